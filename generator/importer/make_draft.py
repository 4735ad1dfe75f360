"""Makes the draft of a report folder from a Document, with an account of every cell."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from generator import limits
from generator.collection.settings import Organ
from generator.drafts.from_published import published_blocks
from generator.drafts.readings import Account, AddedRow, Certainty, Ignored, SourcePlace, TableRead, TablesRead
from generator.drafts.tables_yaml import added_yaml, imported, note, tables_yaml
from generator.finding import NIANBAO, Finding, Message, UserError
from generator.forms.model import Form, form_for
from generator.importer.best_form import Attempt, read_by_best_form
from generator.importer.draft_findings import draft_findings
from generator.importer.identify import Identity, is_page_head, recognise
from generator.importer.marked_text import settle_marks
from generator.importer.narrative_file import PictureWriter, narrative_of, passages_of
from generator.importer.own_files import corrections_of, without_additions
from generator.importer.page_furniture import remove_furniture
from generator.importer.report_signs import has_narrative, shows_report
from generator.importer.sections import collapsed, part
from generator.importer.signature import take_signature
from generator.readers.document import Block, Document, Paragraph


class Only(StrEnum):
    """Says which part of a report is taken from a file."""

    BOTH = ""
    TABLES = "tables"
    NARRATIVE = "narrative"


@dataclass(frozen=True, slots=True)
class Draft:
    """Holds the result of an import: the files of a report folder by plain name, the readings and the findings.

    `has_tables` and `has_narrative` say which parts of a report the file has at all; `unfilled` is a workbook in which
    no figure was typed, and `fingerprint` what was typed into one. `unfinished` names the tables with cells missing or
    undecided; `passages` tells where the lines of report.md stand in the file."""

    identity: Identity
    form: Form
    tables: tuple[TableRead, ...]
    ignored: tuple[Ignored, ...]
    account: Account
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    extras: tuple[AddedRow, ...] = ()
    has_tables: bool = True
    has_narrative: bool = True
    unfinished: frozenset[str] = frozenset()
    unfilled: bool = False
    fingerprint: str = ""
    passages: Mapping[str, SourcePlace] = field(default_factory=dict)

    @property
    def blank_tables(self) -> tuple[str, ...]:
        """Name the tables of which the file has nothing."""
        return tuple(read.table.key for read in self.tables if not shows(read))

    @property
    def is_draft(self) -> bool:
        """Tell whether the report has to be finished by hand before it can be published."""
        needs_tables = any(not table.optional for table in self.form.tables)
        return bool(self.unfinished) or not self.has_narrative or (needs_tables and not self.has_tables)

    @property
    def counts(self) -> dict[str, int]:
        """Count cells by certainty; `missing` are cells of the form that the file does not have, in a workbook of ours
        those left blank."""
        readings = [reading for read in self.tables for reading in read.readings.values()]
        blank = sum(not reading.raw for reading in readings) if self.fingerprint else 0
        certainties = [reading.certainty for reading in readings]
        certainties += [reading.certainty for extra in self.extras for reading in extra.readings]
        counts = {str(kind): certainties.count(kind) for kind in Certainty}
        counts["certain"] -= blank
        return {**counts, "missing": sum(len(read.missing) for read in self.tables) + blank}


def shows(read: TableRead) -> bool:
    """Tell whether a file has anything of a table beyond its labels."""
    return any(reading.text or reading.raw for reading in read.readings.values())


class NeedsInput(UserError):
    """The file does not say something that must be known; the message says which option to pass."""


def take(
    document: Document,
    forms: Sequence[Form],
    organs: Sequence[Organ],
    organ: str = "",
    year: int = 0,
    only: Only = Only.BOTH,
) -> Draft:
    """Make the draft of one document. `organ` and `year`, where given, override what the file says; `only` leaves out
    its tables or its narrative.

    Raises NeedsInput when it is no report, when neither says whose report it is or for which year, or when no form is
    declared for that year.
    """
    settled = settle_marks(document)
    document = without_additions(settled)
    identity = recognise(document, organs)
    identity = identity._replace(year=year or identity.year, organ=organ or identity.organ)
    blocks = list(_blocks(document, identity))
    due = form_for(forms, identity.year)
    attempt = read_by_best_form(
        blocks, due or next(form for form in reversed(forms) if form.tables and not form.local), forms, identity.year
    )
    if not shows_report(attempt, identity.title, tuple(forms)):
        raise NeedsInput(_NO_REPORT)
    _must_know(identity)
    if due is None:
        raise NeedsInput(
            Message(
                f"{identity.year}年没有登记法定格式，不能导入；有哪些年度见 {NIANBAO} forms，年度看错的请加 --year",
                f"no statutory form is declared for {identity.year}; see {NIANBAO} forms for the years that have one, "
                "or pass --year if the year was misread",
            )
        )
    draft = _draft(document, identity, attempt, due, _signers(document, identity, organs))
    return limited(_with_corrections(draft, settled), only)


def _with_corrections(draft: Draft, document: Document) -> Draft:
    """Return the draft with the corrections (更正) that a file of ours lists."""
    records = corrections_of(document, draft.form.by_name)
    if not records:
        return draft
    text = draft.files["tables.yaml"] + published_blocks({"corrections": records}).encode()
    return replace(draft, files={**draft.files, "tables.yaml": text})


def limited(draft: Draft, only: Only) -> Draft:
    """Return the draft with only the part asked for. Raises NeedsInput where the file does not have it."""
    if only is Only.BOTH:
        return draft
    if not (draft.has_tables if only is Only.TABLES else draft.has_narrative):
        zh, en = ("法定表", "tables") if only is Only.TABLES else ("正文", "narrative")
        raise NeedsInput(
            Message(
                f"文件里没有{zh}，而 --only 只要{zh}；去掉 --only，或换用有{zh}的文件",
                f"the file has no {en}, but --only asks for it; leave out --only, or use a file that has it",
            )
        )
    if only is Only.TABLES:
        return replace(draft, has_narrative=False, files={**draft.files, "report.md": b"\n"}, passages={})
    return _without_tables(draft)


def _without_tables(draft: Draft) -> Draft:
    """Return the draft with all cells blank."""
    identity, form = draft.identity, draft.form
    reads = tuple(TableRead(table, {}) for table in form.tables)
    foreign = "\n格式: " in draft.files["tables.yaml"].decode()
    head = imported(identity.year, "文件")
    title = identity.title or f"{identity.year}年政府信息公开工作年度报告"
    meta, contact = identity.meta, identity.contact
    text = tables_yaml(identity.year, identity.organ, form, foreign, title, meta, contact, reads, {}, head)
    files = {**draft.files, "tables.yaml": text.encode()}
    unfinished = frozenset(table.key for table in form.tables if not table.optional)
    return replace(draft, tables=reads, extras=(), files=files, has_tables=False, unfinished=unfinished)


_NO_REPORT = Message(
    "没有认出法定表，也没有认出正文的任何一部分，不是年度报告，没有写入；确是年度报告的，请换用 Word、Excel 原件导入，"
    f"或用 {NIANBAO} new 建好文件夹、把正文贴进 report.md",
    "neither a statutory table nor a section of a report was recognised: this is no annual report, and nothing was "
    "written. If it is one, import the original Word or Excel file, or make the folder with "
    f"{NIANBAO} new and paste the text into report.md",
)


def _blocks(document: Document, identity: Identity) -> Iterator[Block]:
    """Return the report without its title and the page's head, runs of spaces made one."""
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            if not is_page_head(block):
                yield block
            continue
        if number in identity.labels:
            continue
        tidy = collapsed(block)
        if not identity.title_at <= number < identity.title_at + identity.title_lines:
            yield tidy
        elif identity.title_end:
            rest = part(tidy, identity.title_end, len(tidy.text))
            if rest is not None:
                yield rest


def _must_know(identity: Identity) -> None:
    if not identity.year:
        raise NeedsInput(
            Message(
                "看不出是哪一年的报告；请加 --year，如 --year 2021",
                "cannot tell which year the report is for; pass --year, as in --year 2021",
            )
        )
    if not identity.organ:
        raise NeedsInput(
            Message(
                "看不出是哪个机关的报告（organs.yaml 里没有文中的名称）；请加 --organ 编号",
                "cannot tell whose report it is (it has no name of organs.yaml); pass --organ ID",
            )
        )


def _draft(document: Document, identity: Identity, attempt: Attempt, due: Form, signers: Container[str]) -> Draft:
    reads = attempt.tables
    parts, removals = remove_furniture(attempt.parts, document.file)
    parts, date, publisher, signed = take_signature(parts, document.file, signers)
    for key, value in (("发文日期", date), ("发布机构", publisher)):
        if value and not identity.meta.get(key):
            identity = identity._replace(meta={**identity.meta, key: value})
    pictures = PictureWriter({picture.name for picture in document.pictures})
    narrative = narrative_of(parts, pictures)
    if len(narrative.encode()) > limits.NARRATIVE_BYTES:
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
        *signed,
        *draft_findings(document.file, reads, attempt.parts, due, identity.year, attempt.slips),
    )
    account = _account(reads, attempt.kept)
    return Draft(
        identity,
        reads.form,
        reads.tables,
        reads.ignored,
        account,
        files,
        findings,
        reads.extras,
        has_tables=any(map(shows, reads.tables)),
        has_narrative=has_narrative(parts, reads.form),
        unfinished=frozenset(read.table.key for read in reads.tables if _is_unfinished(read)),
        passages=passages_of(parts),
    )


def _signers(document: Document, identity: Identity, organs: Sequence[Organ]) -> frozenset[str]:
    """Name who may sign a report without a date: the organ itself, and the author that the file names."""
    names = {name for organ in organs if organ.id == identity.organ for name in (organ.name, organ.short)}
    return frozenset(filter(None, {*names, document.properties.get("author", "")}))


def _is_unfinished(read: TableRead) -> bool:
    """Tell whether a cell of a prescribed table is missing, or one that is there could not be decided."""
    undecided = any(reading.certainty is Certainty.UNDECIDED for reading in read.readings.values())
    return undecided or (bool(read.missing) and not read.table.optional)


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
