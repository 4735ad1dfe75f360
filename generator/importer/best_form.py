"""Reads the statutory tables of a document by the form that fits best: from its grids, else from its running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.drafts.readings import Certainty, Ignored, Reading, SourcePlace, TableRead, TablesRead
from generator.finding import Message
from generator.forms.model import Form, Table
from generator.importer import run_together_tables
from generator.importer.cell_figures import read_cell
from generator.importer.form_labels import labels_of
from generator.importer.grid_lines import lines_of
from generator.importer.label_match import label
from generator.importer.other_years import OTHER_TITLE, labels_of_other_years, of_own_year, other_table
from generator.importer.run_together_digits import split
from generator.importer.sections import ReportPart, part, parts_of
from generator.importer.side_by_side import copies
from generator.importer.table_grids import TableScan
from generator.readers.document import Block, DocumentTable, Paragraph, Piece

_CELLS = 20  # that another form than the one due must have found a place for
_NO_COLUMNS = Message("没有表头，看不出是哪几栏", "there is no header, so the columns are unclear")
_LOCAL_CELLS = 8  # a list of one column, of which some rows may be left out


@dataclass(frozen=True, slots=True)
class Attempt:
    """A document read by one form: its tables, and the parts of the narrative that are left, with `kept` cells of
    tables that are not statutory; `score` says how well the form fits; `slips` are misprinted notes of tables."""

    tables: TablesRead
    parts: tuple[ReportPart, ...]
    kept: int
    score: float
    slips: tuple[tuple[Table, str], ...] = ()


def read_by_best_form(blocks: Sequence[Block], due: Form, forms: Sequence[Form], year: int = 0) -> Attempt:
    """Read a document by the form that is due for its year, or by another one that plainly fits better."""
    best = _read_by(blocks, due, forms, year)
    for form in forms:
        if form is due or not form.tables:
            continue
        attempt = _read_by(blocks, form, forms, year)
        if attempt.score > best.score + 5 and attempt.tables.mapped >= (_LOCAL_CELLS if form.local else _CELLS):
            best = attempt
    return best


def _read_by(blocks: Sequence[Block], form: Form, forms: Sequence[Form], year: int) -> Attempt:
    whole = [(block, part) for block in blocks for part in _parts(block, year)]
    blocks = [part for _, part in whole]
    numbered = [(at, block) for at, block in enumerate(blocks) if isinstance(block, DocumentTable)]
    others = labels_of_other_years(blocks, year)
    scan = TableScan(form, year)
    for number, (at, grid) in enumerate(numbered):
        previous = numbered[number - 1][0] if number else -2
        if at not in others:
            scan.grid(number, grid, _only_page_furniture(blocks[previous + 1 : at]) if number else False)
    _of_other_years(scan, [(number, grid, others[at]) for number, (at, grid) in enumerate(numbered) if at in others])
    used = {numbered[number][0] for number in scan.used}
    used |= {at - 1 for at in used if at and _is_caption(blocks[at - 1], form)}
    taken = {id(whole[at][0]) for at in used}
    rest = [block for block in {id(block): block for block, _ in whole}.values() if id(block) not in taken]
    parts = parts_of(rest, tuple(forms))
    tables, ignored, extras = list(scan.found.tables()), list(scan.ignored), list(scan.extras)
    slips: list[tuple[Table, str]] = []
    for number, read in enumerate(tables):
        found = None if read.readings else _from_text(parts, read, form)
        if found is not None:
            parts, table = found
            tables[number] = TableRead(read.table, _readings(read.table, table), table.labels)
            ignored += table.ignored
            extras += table.extras
            slips += ((read.table, slip) for slip in table.slips)
    reads = TablesRead(form, tuple(tables), tuple(ignored), tuple(extras), tuple(scan.marked))
    kept = sum(_cells(block) for section in parts for block in section.blocks if isinstance(block, DocumentTable))
    return Attempt(reads, parts, kept, _fit(reads), tuple(slips))


def _parts(block: Block, year: int) -> Sequence[Block]:
    """Part a grid that holds a table twice, unless heads above all their columns name the years."""
    if not isinstance(block, DocumentTable):
        return (block,)
    parts = copies(block)
    named = of_own_year(lines_of(block), year).others if len(parts) > 1 else ()
    return (block,) if any(item.end - item.start > 1 for _, item in named) else parts


def _of_other_years(scan: TableScan, grids: Sequence[tuple[int, DocumentTable, str]]) -> None:
    """Read the tables that are labelled with another year: all that the file has of a table is taken for a look, what
    it also has of the report's own year is left out."""
    other = TableScan(scan.form, scan.year)
    for number, grid, _ in grids:
        other.grid(number, grid, False)
    own = {table for table, readings in scan.found.readings.items() if readings}
    for number, grid, title in grids:
        table = other.used.get(number)
        if table in own:
            scan.ignored.append(Ignored(title, SourcePlace(grid.where), other_table(scan.year)))
    for table, readings in other.found.readings.items():
        if table not in own:
            scan.found.readings[table] = {at: _of_other_title(reading) for at, reading in readings.items()}
            scan.found.labels[table] += other.found.labels[table]
    scan.extras += [extra for extra in other.extras if extra.table.id not in own]
    scan.ignored += other.ignored
    scan.used |= other.used


def _of_other_title(reading: Reading) -> Reading:
    if reading.certainty is not Certainty.CERTAIN:
        return reading
    return reading._replace(certainty=Certainty.INFERRED, why=OTHER_TITLE)


def _is_caption(block: Block, form: Form) -> bool:
    """Tell whether a paragraph is the caption of a statutory table, which pages print themselves, and no title of a
    part, which may say the same."""
    if not isinstance(block, Paragraph):
        return False
    text = "".join(block.text.split())
    named = any(text in section.title for section in form.sections)
    return not named and any(text == table.caption for table in form.tables)


def _readings(table: Table, found: run_together_tables.FoundTable) -> Mapping[int, Reading]:
    """Read the rows of a table in running text; of a list that prints one of its columns, that one alone."""
    columns = table.blocks[0].columns
    if not table.optional or len(columns) == 1 or len(found.columns) == len(columns):
        return split(table, found.rows)
    readings = {}
    for key, raw in found.rows.items():
        first = table.row_ranges[key][0]
        for number in found.columns or range(len(columns)):
            reading = read_cell(raw.text, table.row_columns[key][number], raw.spot)
            if len(found.columns) != 1:
                reading = Reading("", raw.text[:120], Certainty.UNDECIDED, raw.spot, _NO_COLUMNS)
            readings[first + number] = reading
    return readings


def _cells(grid: DocumentTable) -> int:
    return sum(cell.first for row in grid.rows for cell in row)


def _fit(reads: TablesRead) -> float:
    """Score how well a form fits a file: cells that found their place, less what did not."""
    certainties = [reading.certainty for table in reads.tables for reading in table.readings.values()]
    undecided = certainties.count(Certainty.UNDECIDED)
    absent = sum(not table.readings for table in reads.tables)
    beyond = len(reads.ignored) + sum(extra.labels + len(extra.readings) for extra in reads.extras)
    missing = sum(len(table.missing) for table in reads.tables)
    return len(certainties) - 0.5 * undecided - beyond - 0.2 * missing - 15 * absent


_PAGE = re.compile(r"[-—–\s第页/\d]{0,12}")
_GOES_ON = re.compile(r"[（(]?(?:表.{0,3})?[（(]?(?:接上|续|转下).{0,6}[)）]?")


def _only_page_furniture(blocks: Sequence[Block]) -> bool:
    """Tell whether there is nothing between two grids but page numbers and words such as （续表）."""
    return all(isinstance(block, Paragraph) and _is_between(block.text) for block in blocks)


def _is_between(text: str) -> bool:
    return bool(_PAGE.fullmatch(text) or _GOES_ON.fullmatch(text.strip()))


def _from_text(
    parts: tuple[ReportPart, ...], read: TableRead, form: Form
) -> tuple[tuple[ReportPart, ...], run_together_tables.FoundTable] | None:
    """Look for a table that is in no grid in the text of a part, its cells run together; return the other text too."""
    for number, section in enumerate(parts):
        for start, end in _stretches(section.blocks):
            lines = [block for block in section.blocks[start:end] if isinstance(block, Paragraph)]
            more = _continuations(parts[number + 1 :], read.table, form) if end == len(section.blocks) else ()
            table, lines, beyond = _longest(lines, more, read.table, form)
            if table is None or not table.rows:
                continue
            blocks = (*section.blocks[:start], *_without(lines, table.start, table.end), *section.blocks[end:])
            rest = (*parts[:number], ReportPart(section.title, tuple(blocks)), *parts[number + 1 + beyond :])
            return rest, table
    return None


def _longest(
    lines: list[Paragraph], more: Sequence[list[Paragraph]], table: Table, form: Form
) -> tuple[run_together_tables.FoundTable | None, list[Paragraph], int]:
    """Find the table in these lines and in as many of the parts behind them as give it more rows; count those."""
    best, best_lines, parts = _find(lines, table, form), lines, 0
    for number, further in enumerate(more, 1):
        if best is None:
            break
        lines = [*lines, *further]
        longer = _find(lines, table, form)
        if longer is not None and len(longer.rows) > len(best.rows):
            best, best_lines, parts = longer, lines, number
    return best, best_lines, parts


def _find(lines: Sequence[Paragraph], table: Table, form: Form) -> run_together_tables.FoundTable | None:
    return run_together_tables.find("\n".join(line.text for line in lines), table, form, partial(_spot, lines))


def _continuations(parts: Sequence[ReportPart], table: Table, form: Form) -> list[list[Paragraph]]:
    """Return the parts whose titles are really lines of the table, numbered like the report's own parts."""
    names = {name for words in labels_of(form) if words.table is table for name in (*words.groups, *words.rows)}
    continuations: list[list[Paragraph]] = []
    for following in parts:
        lines = [block for block in following.blocks if isinstance(block, Paragraph)]
        if label(following.title).bare not in names or len(lines) < len(following.blocks):
            break
        continuations.append([Paragraph((Piece(following.title),)), *lines])
    return continuations


def _spot(lines: Sequence[Paragraph], offset: int) -> SourcePlace:
    """Return the paragraph and character that an offset of the joined lines is at."""
    for line in lines:
        if offset <= len(line.text):
            return SourcePlace(line.where._replace(start=0), at=line.where.start + offset + 1)
        offset -= len(line.text) + 1
    return SourcePlace(lines[-1].where)


def _stretches(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Return the runs of paragraphs without a table between them, as start and end."""
    start = 0
    for at, block in enumerate((*blocks, None)):
        if not isinstance(block, Paragraph):
            if at > start:
                yield start, at
            start = at + 1


def _without(lines: Sequence[Paragraph], start: int, end: int) -> Iterator[Paragraph]:
    """Cut the characters from start to end out of the joined lines."""
    at = 0
    for line in lines:
        length = len(line.text)
        for begin, stop in ((at, min(start, at + length)), (max(end, at), at + length)):
            cut = part(line, begin - at, stop - at) if begin < stop else None
            if cut is not None:
                yield cut
        at += length + 1
