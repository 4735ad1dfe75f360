"""Makes the draft of a report folder from a Document, with an account of every cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.collection.settings import Organ
from generator.drafts.readings import Account, AddedRow, Certainty, Ignored, TableRead, TablesRead
from generator.drafts.tables_yaml import added_yaml, imported, note, tables_yaml
from generator.finding import Finding, Message, UserError
from generator.forms.model import Form, form_for
from generator.importer.best_form import Attempt, read_by_best_form
from generator.importer.draft_findings import draft_findings
from generator.importer.identify import Identity, is_page_head, recognise
from generator.importer.markdown_writer import blocks_as_markdown, escape
from generator.importer.page_furniture import remove_furniture
from generator.importer.sections import ReportPart, collapsed, part
from generator.readers.document import Block, Document, Paragraph, Piece
from generator.yaml_source.reader import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Draft:
    """Holds the result of an import: the files of a report folder by plain name, the readings and the findings."""

    identity: Identity
    form: Form
    tables: tuple[TableRead, ...]
    ignored: tuple[Ignored, ...]
    account: Account
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    extras: tuple[AddedRow, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Count cells by certainty; `missing` are cells of the form that the file does not have."""
        certainties = [reading.certainty for read in self.tables for reading in read.readings.values()]
        certainties += [reading.certainty for extra in self.extras for reading in extra.readings]
        counts = {str(kind): certainties.count(kind) for kind in Certainty}
        return {**counts, "missing": sum(len(read.missing) for read in self.tables)}


class NeedsInput(UserError):
    """The file does not say something that must be known; the message says which option to pass."""


def take(document: Document, forms: Sequence[Form], organs: Sequence[Organ], organ: str = "", year: int = 0) -> Draft:
    """Make the draft of one document. `organ` and `year`, where given, override what the file says.

    Raises NeedsInput when neither says whose report it is or for which year, or when no form is declared for that year.
    """
    identity = recognise(document, organs)
    identity = identity._replace(year=year or identity.year, organ=organ or identity.organ)
    _must_know(identity)
    blocks = list(_blocks(document, identity))
    due = form_for(forms, identity.year)
    if due is None:
        raise NeedsInput(
            Message(
                f"{identity.year}年没有登记法定格式，暂不能导入",
                f"no statutory form is declared for {identity.year}; it cannot be imported",
            )
        )
    return _draft(document, identity, read_by_best_form(blocks, due, forms), due)


def _blocks(document: Document, identity: Identity) -> Iterator[Block]:
    """Return the report without its title and the page's head, runs of spaces made one."""
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            if not is_page_head(block):
                yield block
            continue
        tidy = collapsed(block)
        if number != identity.title_at:
            yield tidy
        elif identity.title_end:
            rest = part(tidy, identity.title_end, len(tidy.text))
            if rest is not None:
                yield rest


def _must_know(identity: Identity) -> None:
    if not identity.year:
        raise NeedsInput(
            Message("看不出是哪一年的报告；请加 --year", "cannot tell which year the report is for; pass --year")
        )
    if not identity.organ:
        raise NeedsInput(
            Message(
                "看不出是哪个机关的报告（organs.yaml 里没有文中的名称）；请加 --organ 编号",
                "cannot tell whose report it is (it has no name of organs.yaml); pass --organ ID",
            )
        )


def _draft(document: Document, identity: Identity, attempt: Attempt, due: Form) -> Draft:
    reads = attempt.tables
    parts, removals = remove_furniture(attempt.parts, document.file)
    pictures = _PictureWriter({picture.name for picture in document.pictures})
    narrative = narrative_of(parts, pictures)
    if len(narrative.encode()) > MAX_BYTES:
        raise NeedsInput(
            Message("正文过长，不像一份报告，未导入", "the narrative is far too long for a report; not imported")
        )
    files = {
        "tables.yaml": _tables_file(document.file, identity, reads, due, pictures.lost).encode(),
        "report.md": narrative.encode(),
        **{picture.name: picture.data for picture in document.pictures},
    }
    findings = (
        *document.findings,
        *identity.findings,
        *removals,
        *draft_findings(document.file, reads, attempt.parts, due, identity.year),
    )
    account = _account(reads, attempt.kept)
    return Draft(identity, reads.form, reads.tables, reads.ignored, account, files, findings, reads.extras)


def _tables_file(file: str, identity: Identity, reads: TablesRead, due: Form, lost: Mapping[str, str]) -> str:
    text = tables_yaml(
        identity.year,
        identity.organ,
        reads.form,
        reads.form is not due,
        identity.title or f"{identity.year}年政府信息公开工作年度报告",
        identity.meta,
        identity.contact,
        reads.tables,
        lost,
        imported(identity.year, f"“{note(file)}”"),
    )
    return text + added_yaml(reads.extras)


def _account(reads: TablesRead, kept: int) -> Account:
    labels = sum(read.labels for read in reads.tables)  # those of added rows among them
    ignored = len(reads.ignored)
    return Account(labels + reads.mapped + ignored + kept, labels, reads.mapped, ignored, kept)


class _PictureWriter:
    """Writes pictures into the narrative; one whose data is not in the file becomes a numbered placeholder."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.lost: dict[str, str] = {}

    def __call__(self, piece: Piece) -> str:
        if piece.picture in self.names:
            alt = re.sub(r"[\[\]\\]", "", piece.text).strip()
            return f"![{alt}]({piece.picture})"
        number = str(len(self.lost) + 1)
        self.lost[number] = _describe_lost(piece.text)
        return f"{{{{图片.{number}}}}}"


_LEAKS = re.compile(
    r"[A-Za-z]:[\\/]|\\\\|/(?:home|Users)/|AppData|[0-9a-f]{16,}|\.(?:png|jpe?g|gif|bmp)", re.IGNORECASE
)


def _describe_lost(alt: str) -> str:
    """Describe a lost picture by its alternative text; file paths and hashes in it are not repeated."""
    alt = " ".join(alt.split())
    if not alt:
        return "原替代文本为空"
    return "原替代文本是文件名或路径，未转录" if _LEAKS.search(alt) else f"原替代文本：{alt[:80]}"


def narrative_of(parts: Sequence[ReportPart], pictures: Callable[[Piece], str]) -> str:
    """Write report.md: the parts below their titles, the preface first."""
    texts: list[str] = []
    for section in parts:
        title = f"## {escape(section.title)}" if section.title else ""
        texts += filter(None, (title, blocks_as_markdown(section.blocks, pictures)))
    return "\n\n".join(texts) + "\n"
