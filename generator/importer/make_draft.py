"""The whole way: a Document becomes the draft of a report folder, and an account of every cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.collection.settings import Organ
from generator.drafts.readings import Account, AddedRow, Certainty, Ignored, SourcePlace, TableRead, TablesRead
from generator.drafts.tables_yaml import added_yaml, imported, note, tables_yaml
from generator.finding import Finding, Level, Message, Place, UserError
from generator.forms.model import Form, Table, form_for
from generator.importer import run_together_tables
from generator.importer.form_labels import words_of
from generator.importer.identify import Identity, is_stationery, recognise
from generator.importer.label_match import label
from generator.importer.markdown_writer import blocks_as_markdown
from generator.importer.page_furniture import without_chrome
from generator.importer.run_together_digits import split
from generator.importer.sections import ReportPart, collapsed, part, parts_of
from generator.importer.table_grids import TableScan
from generator.readers.document import Block, BlockPlace, Document, DocumentTable, Paragraph, Piece
from generator.report.model import address
from generator.yaml_source.reader import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Draft:
    """What an import makes: the files of a report folder by plain name, and what is to be said of them."""

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
        """Cells by certainty; `missing` are cells of the form that the file does not have."""
        found = [reading.certainty for read in self.tables for reading in read.readings.values()]
        found += [reading.certainty for extra in self.extras for reading in extra.readings]
        number = {str(kind): found.count(kind) for kind in Certainty}
        return {**number, "missing": sum(len(read.missing) for read in self.tables)}


class NeedsInput(UserError):
    """The file does not say something that must be known; the message says what to add to the command."""


def take(document: Document, forms: Sequence[Form], organs: Sequence[Organ], organ: str = "", year: int = 0) -> Draft:
    """The draft of one document. `organ` and `year`, where given, go before what the file says.

    Raises NeedsInput when neither says whose report it is, of which year, or when no form is declared for that year.
    """
    identity = recognise(document, organs)
    identity = identity._replace(year=year or identity.year, organ=organ or identity.organ)
    _must_know(identity)
    blocks = list(_blocks(document, identity))
    own = form_for(forms, identity.year)
    if own is None:
        raise NeedsInput(
            Message(
                f"{identity.year}年没有登记法定格式，暂不能导入",
                f"no statutory form is declared for {identity.year}; it cannot be imported",
            )
        )
    return _draft(document, identity, _best(blocks, own, forms), own)


def _blocks(document: Document, identity: Identity) -> Iterator[Block]:
    """The report without its title and its page's head, spaces counted once."""
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            if not is_stationery(block):
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
            Message("看不出是哪一年的报告；请加 --year", "the year of the report cannot be told; add --year")
        )
    if not identity.organ:
        raise NeedsInput(
            Message(
                "看不出是哪个机关的报告（organs.yaml 里没有文中的名称）；请加 --organ 编号",
                "whose report it is cannot be told (no name of organs.yaml is in it); add --organ ID",
            )
        )


# ---------------------------------------------------------------- tables


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A document read by one form: what became of its tables, and the narrative that is left."""

    taken: TablesRead
    parts: tuple[ReportPart, ...]
    grids: int
    kept: int
    score: float


def _best(blocks: Sequence[Block], own: Form, forms: Sequence[Form]) -> _Attempt:
    """The document by the year's form, unless another one plainly fits better: it has tables, and most cells go into them."""
    best = _take_tables(blocks, own, forms)
    for form in forms:
        if form is own or not form.tables:
            continue
        tried = _take_tables(blocks, form, forms)
        if tried.score > best.score + 5 and tried.taken.mapped >= 20:
            best = tried
    return best


def _take_tables(blocks: Sequence[Block], form: Form, forms: Sequence[Form]) -> _Attempt:
    scan = TableScan(form)
    numbered = [(at, block) for at, block in enumerate(blocks) if isinstance(block, DocumentTable)]
    for number, (at, grid) in enumerate(numbered):
        previous = numbered[number - 1][0] if number else -2
        scan.grid(number, grid, _only_page_furniture(blocks[previous + 1 : at]) if number else False)
    used = {numbered[number][0] for number in scan.used}
    rest = [block for at, block in enumerate(blocks) if at not in used]
    parts = parts_of(rest, tuple(forms))
    tables, ignored = list(scan.tables()), list(scan.ignored)
    for number, read in enumerate(tables):
        if not read.readings:
            parts, found, more = _from_text(parts, read, form)
            tables[number] = found
            ignored += more
    taken = TablesRead(form, tuple(tables), tuple(ignored), tuple(scan.extras))
    kept = sum(
        1
        for p in parts
        for b in p.blocks
        if isinstance(b, DocumentTable)
        for row in b.rows
        for cell in row
        if cell.first
    )
    return _Attempt(taken, parts, len(used), kept, _fit(taken))


def _fit(taken: TablesRead) -> float:
    """How well a form fits a file: cells that found their place, less what did not."""
    decided = [
        reading.certainty is not Certainty.UNDECIDED for table in taken.tables for reading in table.readings.values()
    ]
    cells = sum(decided) + 0.5 * decided.count(False)
    absent = sum(not table.readings for table in taken.tables)
    beyond = len(taken.ignored) + sum(extra.labels + len(extra.readings) for extra in taken.extras)
    return cells - beyond - 0.2 * sum(len(table.missing) for table in taken.tables) - 15 * absent


_PAGE = re.compile(r"[-—–\s第页/\d]{0,12}")


def _only_page_furniture(blocks: Sequence[Block]) -> bool:
    """Nothing between two grids but page numbers."""
    return all(isinstance(block, Paragraph) and _PAGE.fullmatch(block.text) for block in blocks)


def _from_text(
    parts: tuple[ReportPart, ...], read: TableRead, form: Form
) -> tuple[tuple[ReportPart, ...], TableRead, list[Ignored]]:
    """A table that is in no grid may stand in the text of a part, its cells run together."""
    for number, section in enumerate(parts):
        for start, end in _stretches(section.blocks):
            lines = [block for block in section.blocks[start:end] if isinstance(block, Paragraph)]
            more = _going_on(parts[number + 1 :], read.table, form) if end == len(section.blocks) else ()
            found, lines, beyond = _most(lines, more, read.table, form)
            if found is None or not found.rows:
                continue
            blocks = (*section.blocks[:start], *_without(lines, found.start, found.end), *section.blocks[end:])
            rest = (*parts[:number], ReportPart(section.title, tuple(blocks)), *parts[number + 1 + beyond :])
            readings = split(read.table, found.rows)
            return rest, TableRead(read.table, readings, found.labels), list(found.ignored)
    return parts, read, []


def _most(
    lines: list[Paragraph], more: Sequence[list[Paragraph]], table: Table, form: Form
) -> tuple[run_together_tables.FoundTable | None, list[Paragraph], int]:
    """The table in these lines and as many of the parts behind them as give it more rows; and how many those are."""
    best: tuple[run_together_tables.FoundTable | None, list[Paragraph], int] = (_find(lines, table, form), lines, 0)
    for number, further in enumerate(more, 1):
        if best[0] is None:
            break
        lines = [*lines, *further]
        found = _find(lines, table, form)
        if found is not None and len(found.rows) > len(best[0].rows):
            best = found, lines, number
    return best


def _find(lines: Sequence[Paragraph], table: Table, form: Form) -> run_together_tables.FoundTable | None:
    return run_together_tables.find("\n".join(line.text for line in lines), table, form, partial(_spot, lines))


def _going_on(parts: Sequence[ReportPart], table: Table, form: Form) -> list[list[Paragraph]]:
    """The parts that follow under titles which are lines of the table, numbered like the report's own parts."""
    names = {name for words in words_of(form) if words.table is table for name in (*words.groups, *words.rows)}
    found: list[list[Paragraph]] = []
    for following in parts:
        if label(following.title).bare not in names or not all(
            isinstance(block, Paragraph) for block in following.blocks
        ):
            break
        found.append(
            [
                Paragraph((Piece(following.title),)),
                *(block for block in following.blocks if isinstance(block, Paragraph)),
            ]
        )
    return found


def _spot(lines: Sequence[Paragraph], offset: int) -> SourcePlace:
    """The paragraph an offset of the joined lines is in, and which of its characters."""
    for line in lines:
        if offset <= len(line.text):
            return SourcePlace(line.where._replace(start=0), at=line.where.start + offset + 1)
        offset -= len(line.text) + 1
    return SourcePlace(lines[-1].where)


def _stretches(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Runs of paragraphs without a table between them."""
    start = 0
    for at, block in enumerate((*blocks, None)):
        if not isinstance(block, Paragraph):
            if at > start:
                yield start, at
            start = at + 1


def _without(lines: Sequence[Paragraph], start: int, end: int) -> Iterator[Paragraph]:
    at = 0
    for line in lines:
        length = len(line.text)
        for begin, stop in ((at, min(start, at + length)), (max(end, at), at + length)):
            cut = part(line, begin - at, stop - at) if begin < stop else None
            if cut is not None:
                yield cut
        at += length + 1


# ---------------------------------------------------------------- the folder


def _draft(document: Document, identity: Identity, tried: _Attempt, own: Form) -> Draft:
    taken = tried.taken
    parts, left = without_chrome(tried.parts, document.file)
    pictures = _Pictures({picture.name for picture in document.pictures})
    narrative = narrative_of(parts, pictures)
    if len(narrative.encode()) > MAX_BYTES:
        raise NeedsInput(
            Message("正文过长，不像一份报告，未导入", "the narrative is far too long for a report; not imported")
        )
    foreign = taken.form is not own
    title = identity.title or f"{identity.year}年政府信息公开工作年度报告"
    figures = tables_yaml(
        identity.year,
        identity.organ,
        taken.form,
        foreign,
        title,
        identity.meta,
        identity.contact,
        taken.tables,
        pictures.lost,
        imported(identity.year, f"“{note(document.file)}”"),
    )
    figures += added_yaml(taken.extras)
    files = {"tables.yaml": figures.encode(), "report.md": narrative.encode()}
    files.update((picture.name, picture.data) for picture in document.pictures)
    labels = sum(read.labels for read in taken.tables)  # those of added rows among them
    account = Account(
        labels + taken.mapped + len(taken.ignored) + tried.kept, labels, taken.mapped, len(taken.ignored), tried.kept
    )
    findings = [*document.findings, *identity.findings, *left, *_findings(document.file, tried, own, identity.year)]
    return Draft(identity, taken.form, taken.tables, taken.ignored, account, files, tuple(findings), taken.extras)


class _Pictures:
    """Names pictures in the narrative; one whose data is not in the file is a numbered gap."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.lost: dict[str, str] = {}

    def __call__(self, piece: Piece) -> str:
        if piece.picture in self.names:
            alt = re.sub(r"[\[\]\\]", "", piece.text).strip()
            return f"![{alt}]({piece.picture})"
        number = str(len(self.lost) + 1)
        self.lost[number] = _about(piece.text)
        return f"{{{{图片.{number}}}}}"


_LEAKS = re.compile(
    r"[A-Za-z]:[\\/]|\\\\|/(?:home|Users)/|AppData|[0-9a-f]{16,}|\.(?:png|jpe?g|gif|bmp)", re.IGNORECASE
)


def _about(alt: str) -> str:
    """What is recorded of a lost picture; file paths and hashes in its text are not repeated."""
    alt = " ".join(alt.split())
    if not alt:
        return "原替代文本为空"
    return "原替代文本是文件名或路径，未转录" if _LEAKS.search(alt) else f"原替代文本：{alt[:80]}"


def narrative_of(parts: Sequence[ReportPart], pictures: Callable[[Piece], str]) -> str:
    """report.md: the parts below their titles, the preface first."""
    said = []
    for section in parts:
        body = blocks_as_markdown(section.blocks, pictures)
        if section.title:
            from generator.importer.markdown_writer import escape

            said.append(f"## {escape(section.title)}" + (f"\n\n{body}" if body else ""))
        elif body:
            said.append(body)
    return "\n\n".join(said) + "\n"


# ---------------------------------------------------------------- what is to be said


def _findings(file: str, tried: _Attempt, own: Form, year: int) -> Iterator[Finding]:
    taken = tried.taken
    if taken.form is not own:
        yield _note(
            "IMP-FORM",
            Level.WARNING,
            file,
            BlockPlace(),
            Message(
                f"报告用的是{taken.form.document}的表，{year}年度应用{own.document}；已在 tables.yaml 写明格式，请核对",
                f"the tables are those of {taken.form.id}, {own.id} is in force for {year}; the form is named in tables.yaml, please check",
            ),
        )
    for read in taken.tables:
        yield from table_findings(file, read)
    yield from (_extra(file, extra, taken.form) for extra in taken.extras)
    yield from _unread(file, tried.parts)
    for item in taken.ignored:
        yield ignored_finding(file, item)


def ignored_finding(file: str, item: Ignored) -> Finding:
    place = item.spot.describe()
    return _note(
        "IMP-IGNORED",
        Level.WARNING,
        file,
        item.spot.where,
        Message(
            f"{place.zh}的“{item.text}”没有填入：{item.why.zh}",
            f"“{item.text}” ({place.en}) was not taken: {item.why.en}",
        ),
    )


def _extra(file: str, extra: AddedRow, form: Form) -> Finding:
    spot = extra.readings[0].spot
    place, words = spot.describe(), ", ".join(reading.text or "~" for reading in extra.readings)
    zh, en = ("", "") if form.extensible else ("；这个格式的表不应增行", "; the form allows no added rows")
    return _note(
        "IMP-EXTRA",
        Level.WARNING,
        file,
        spot.where,
        Message(
            f"{place.zh}的“{extra.label}”（{words}）是{extra.table.key}没有的行，写在“增加行”里，请核对{zh}",
            f"“{extra.label}” ({place.en}; {words}) is no row of {extra.table.key}; written under 增加行, please check{en}",
        ),
    )


# names and figures by turns without a stop: cells of a table that no form knows
_RUN_TOGETHER = re.compile(r"(?:[^\d\s。；;，,！？]{2,30}\d{1,20}){6,}")


def _unread(file: str, parts: Sequence[ReportPart]) -> Iterator[Finding]:
    """Running text that was plainly a table: kept in the narrative word for word, and pointed at."""
    for section in parts:
        for block in section.blocks:
            found = _RUN_TOGETHER.search(block.text) if isinstance(block, Paragraph) else None
            if found:
                yield _note(
                    "IMP-RUN-TOGETHER",
                    Level.WARNING,
                    file,
                    block.where,
                    Message(
                        f"“{found[0][:60]}…”像是连写的表格，这个格式没有这样的表；原文留在正文里，请照原文件改成表格",
                        f"“{found[0][:60]}…” looks like a table run together that the form does not have; kept as text, make a table of it",
                    ),
                )


def table_findings(file: str, read: TableRead) -> Iterator[Finding]:
    """What is missing of a table, and each reading that is not certain."""
    table = read.table
    if not read.readings:
        zh, en = (
            ("，草稿里没有写", "; the draft is without it")
            if table.optional
            else ("，各格留空", "; its cells are blank")
        )
        yield _note(
            "IMP-TABLE",
            Level.WARNING,
            file,
            BlockPlace(),
            Message(f"没有找到{table.key}（{table.caption}）{zh}", f"{table.key} ({table.caption}) was not found{en}"),
        )
        return
    lacking = dict.fromkeys(table.slots[index].row.key for index in read.missing)
    if lacking:
        yield _note(
            "IMP-MISSING",
            Level.WARNING,
            file,
            BlockPlace(),
            Message(
                f"{table.key}在原文件中没有这些行或格：{'、'.join(lacking)}",
                f"{table.key}: not in the file: {', '.join(lacking)}",
            ),
        )
    doubts: dict[tuple[str, str, str, Certainty], list[int]] = {}
    for index, reading in sorted(read.readings.items()):
        if reading.certainty is not Certainty.CERTAIN:
            why = reading.why.zh if reading.why else ""
            doubts.setdefault((table.slots[index].row.key, reading.raw, why, reading.certainty), []).append(index)
    for indexes in doubts.values():
        yield _doubt(file, read, indexes)


def _doubt(file: str, read: TableRead, indexes: Sequence[int]) -> Finding:
    """One finding for the cells of a row that share their raw text and its doubt."""
    first = read.readings[indexes[0]]
    slots = [read.table.slots[index] for index in indexes]
    place, why = first.spot.describe(), first.why or Message("未能确定", "not certain")
    words = ", ".join(read.readings[index].text or "~" for index in indexes)
    if first.certainty is Certainty.INFERRED:
        rule, zh, en = "IMP-INFERRED", f"读作“{words}”，请核对", f"read as “{words}”, please check"
    else:
        rule, zh, en = "IMP-UNDECIDED", "留空，请照原文件填", "left blank, please fill in from the file"
    name = slots[0].name if len(slots) == 1 else f"{read.table.key}.{slots[0].row.key}（{len(slots)}格）"
    message = Message(
        f"{name}：{place.zh}原文“{first.raw}”，{why.zh}；{zh}", f"{name}: “{first.raw}” ({place.en}): {why.en}; {en}"
    )
    cells = tuple(address(read.table, slot) for slot in slots)
    return Finding(rule, Level.WARNING, Place(file, first.spot.where.line, 0), message, cells, subject=slots[0].name)


def _note(rule: str, level: Level, file: str, where: BlockPlace, message: Message) -> Finding:
    return Finding(rule, level, Place(file, where.line, 0), message)
