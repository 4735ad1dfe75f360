"""Matches grids to statutory tables, and their cells to figures.

Rows are recognised by their names, columns by their headers; a row with as many cells as the form has columns is read
in order, another by where its cells stand below the headers. What fits neither way is listed, not guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.drafts.readings import AddedRow, Certainty, Ignored, SourcePlace, spot_in
from generator.finding import Message
from generator.forms.model import Form
from generator.importer.added_rows import Trail, read_added_row
from generator.importer.cell_figures import looks_like_figure, plain, read_cell
from generator.importer.clipped_names import completed
from generator.importer.form_labels import BlockLabels, labels_of
from generator.importer.found_readings import FoundReadings
from generator.importer.grid_lines import (
    LineCell,
    TableLine,
    doubt_spread,
    is_struck,
    lines_of,
    marked_labels,
    may_be_figure,
    only_figures,
    transposed,
    without_numbering,
)
from generator.importer.label_match import label
from generator.importer.line_roles import headed_block, named_row, names_group, titled_block, unheaded_block
from generator.importer.other_years import OTHER_COLUMNS, of_own_year, other_year
from generator.importer.run_together_digits import Raw
from generator.importer.table_heading import Heading
from generator.readers.document import DocumentTable

_NO_ROW = Message("这个格式的表中没有这一行", "the form has no such row")
_NO_COLUMN = Message(
    "格数与表头对不上，不知是哪一列", "the number of cells does not match the header; the column is unclear"
)
_NO_HEADER = Message("表头与这个格式不同", "the header differs from the form's")
_NO_HEAD = Message("表头中的这一栏是格式没有的", "the form has no such column")
_BEFORE_NAME = Message("在行名前面的数，不知是哪一列", "a figure before the row's name; its column is unclear")
_STRUCK_NAME = Message("行名里有划去的字，这一行是否还算数，请核对", "a part of the row's name is struck out")
_CUT_NAME = Message("行名没有印全，按行序对应", "the row's name was not printed in full; matched by the order of rows")
_TURNED = Message("表四按行印，按行名和表头对应", "printed in rows; matched by the names of rows and columns")
_SIDEWAYS = Message("表是横竖对调印的", "the table is printed with rows and columns exchanged")
_FIGURE = 5  # digits: no county received a million applications
_ONE_CELL = Message("几格的数写在一格里", "the figures of several cells stand in one")
_COUNTED = ("条", "件", "次", "个", "人", "人次", "项", "篇", "份", "笔")  # any of them may stand for another
_SHOWN = 2000  # characters of a cell that is listed
_MAX_EXTRAS = 200  # as many as tables.yaml takes


class TableScan:
    """Reads all grids of a document by one form, as the tables of a year (0: it is not known)."""

    def __init__(self, form: Form, year: int = 0) -> None:
        self.words = labels_of(form)
        self.form, self.year = form, year
        self.found = FoundReadings(form)
        self.ignored: list[Ignored] = []
        self.extras: list[AddedRow] = []
        self.marked: list[Ignored] = []
        self.trail = Trail()
        self.used: dict[int, str] = {}
        self.heading = Heading()
        self._turned_grid = False
        self._labels = 0
        self._spare: list[Ignored] = []
        self._more: list[AddedRow] = []
        self._cut = frozenset[int]()  # lines of whose name hardly a letter was printed
        self._waiting: tuple[int, int] | None = None  # a grid of header rows only, and how many labels it has

    def grid(self, number: int, grid: DocumentTable, follows: bool) -> None:
        """Read one grid. `follows`: there is nothing but a page break between it and the one before."""
        waiting = self._waiting if follows and self._waiting and self._waiting[0] == number - 1 else None
        self._waiting = None
        carried = (follows and number - 1 in self.used) or waiting is not None
        state = self.found.saved()
        self.heading = replace(self.heading, foreign=False, joined=True) if carried else Heading()
        lines, numbers = without_numbering(lines_of(grid))
        lines, labels, others = of_own_year(lines, self.year)
        numbers += labels
        self._cut = frozenset[int]()
        if grid.where.page:
            lines, self._cut = completed(lines, self.words)
        self._begin(numbers)
        tables, headers = self._lines(lines, grid)
        unheaded = None if tables or headers or carried else unheaded_block(self.words, lines)
        if unheaded is not None:
            self.heading = Heading(unheaded, alone=True)
            self._begin(numbers)
            tables, _ = self._lines(lines, grid)
        if not tables:
            self.found.restore(state)
            if headers > 1 and not self._spare:
                self._waiting = (number, self._labels)
            elif not carried:
                self._sideways(number, grid)
            return
        for line, item in others:
            self._ignore(item, line, grid, OTHER_COLUMNS)
        self._keep(number, tables, lines, grid)
        if waiting is not None:
            # a header alone at the foot of a page: its rows are at the top of the next
            table = self.used[waiting[0]] = self.used[number]
            self.found.labels[table] += waiting[1]

    def _begin(self, labels: int) -> None:
        """Forget what the lines of the grid gave so far."""
        self._labels, self._spare, self._more = labels, [], []

    def _keep(self, number: int, tables: Mapping[str, int], lines: Sequence[TableLine], grid: DocumentTable) -> None:
        """Take over what the lines of a grid gave."""
        table = self.used[number] = max(tables, key=lambda name: tables[name])
        self.found.labels[table] += self._labels
        self.ignored += self._spare
        self.extras += self._more
        told = {item.spot for item in self._spare} | self.found.spots()
        told |= {reading.spot for extra in self._more for reading in extra.readings}
        self.marked += [item for item in marked_labels(lines, grid) if item.spot not in told]

    def _sideways(self, number: int, grid: DocumentTable) -> None:
        """Read a table whose columns are the form's rows, where that finds most of a table that was not read yet."""
        turned = transposed(grid)
        if not turned.rows:
            return
        state, self.heading, self._turned_grid = self.found.saved(), Heading(), True
        self._begin(0)
        tables, _ = self._lines(lines_of(turned), turned)
        self._turned_grid = False
        first = max(tables, key=lambda name: tables[name], default="")
        new = len(self.found.readings[first]) if first and not state[0][first] else 0
        table = next((one for one in self.form.tables if one.id == first), None)
        if table is None or new * 3 < len(table.slots) * 2:
            self.found.restore(state)
        else:
            self._keep(number, tables, (), grid)

    def _spot(self, grid: DocumentTable, line: TableLine, item: LineCell) -> SourcePlace:
        """Return the place of a cell in the grid as the file has it."""
        return spot_in(grid, line.number, item.start + 1, self._turned_grid)

    # lines -------------------------------------------------------------------------------------------------

    def _lines(self, lines: Sequence[TableLine], grid: DocumentTable) -> tuple[dict[str, int], int]:
        """Read lines; return how many gave figures to which table, and how many were headers."""
        kinds = Counter(self._line(line, grid) for line in lines)
        return {kind: count for kind, count in kinds.items() if kind not in ("", "head")}, kinds["head"]

    def _line(self, line: TableLine, grid: DocumentTable) -> str:
        """Read one line; return the id of the table it gave figures to, "head" for a header, "" for anything else."""
        filled = [item for item in line.items if item.shown]
        if not filled:
            return self._hidden(line, grid) if self._awaits_hidden() else ""
        title = titled_block(self.words, filled)
        if title is not None:
            self.heading = Heading(title)
            self._labels += len(line.items)
            return "head"
        head = headed_block(self.words, self.heading.words, filled)
        if head is not None:
            if self.heading.joined or not self.heading.lines or self.heading.lines[-1].number != line.number - 1:
                self.heading = Heading(head)
            self.heading.words = head
            self.heading.lines.append(line)
            self._labels += len(line.items)
            self._beyond(head, line, grid)
            return "head"
        return self._data(line, grid, filled)

    def _beyond(self, head: BlockLabels, line: TableLine, grid: DocumentTable) -> None:
        """List the header cells of columns that the form does not have; the first may be the corner above the names."""
        for item in line.items:
            if not item.text or item.above or head.head(item.text):
                continue
            if item.start:
                self.heading.beyond = True
                self._labels -= 1
                self._ignore(item, line, grid, _NO_HEAD)

    def _awaits_hidden(self) -> bool:
        words = self.heading.words
        return words is not None and words.hidden and bool(self.heading.lines)

    def _hidden(self, line: TableLine, grid: DocumentTable) -> str:
        """Read the only row of a table that leaves it unnamed: nothing but figures, as many as there are columns."""
        words = self.heading.words
        assert words is not None
        items = line.items
        named = len(items) == words.width + 1 and (not items[0].text or not looks_like_figure(items[0].text))
        name, items = (items[0].text, items[1:]) if named else ("", items)
        row = words.block.rows[0].key
        again = row in self.found.rows_read(words.table) and (name or not any(item.shown for item in items))
        if again or other_year(name, self.year):
            return self._leave(line, [item for item in line.items if item.text], grid)
        self.trail = self.trail.at(words, row)
        return self._values(words, row, items, line, grid)

    def _turned(self, line: TableLine, grid: DocumentTable) -> str:
        """Read a line of a table printed in rows although the form has one row: its name and the header make out each
        column together. Return the table's id, or "" where a cell is not made out."""
        words = self.heading.words
        assert words is not None
        at = next((n for n in reversed(range(len(line.items))) if not looks_like_figure(line.items[n].text)), -1)
        items = [item for item in line.items[at + 1 :] if item.shown]
        if at < 0 or not items:
            return ""
        columns: dict[int, LineCell] = {}
        for item in items:
            found = (words.crossing(line.items[at].text, head) for head in self.heading.span(item.start, 1))
            number = next((number for number in found if number is not None), None)
            if number is None or number in columns:
                return ""
            columns[number] = item
        self._labels += at + 1
        first = words.table.row_ranges[words.block.rows[0].key][0]
        self._fill(words, first, columns, line, grid, _TURNED)
        return words.table.id

    def _data(self, line: TableLine, grid: DocumentTable, filled: list[LineCell]) -> str:
        if self._awaits_hidden() and (turned := self._turned(line, grid)):
            return turned
        if self._awaits_hidden() and only_figures(filled[1:]):
            named = not may_be_figure(filled[0])
            if not named or (len(filled) > 1 and line.items[0].text == filled[0].text):
                return self._hidden(line, grid)
        blocks = self._current()
        found = named_row(blocks, self.trail, line)
        if found is None:
            known = (looks_like_figure(item.text) or names_group(blocks, item) for item in filled)
            if len(filled) > 1 and not any(known):
                self.heading.foreign = True  # a header, but not of this form
            return self._leave(line, filled, grid)
        words, row, at, why = found
        if why is None and is_struck(line.items[at]):
            why = _STRUCK_NAME
        if line.number in self._cut:
            why = why or _CUT_NAME
        self.trail = self.trail.at(words, row)
        for item in line.items[:at]:
            if any(map(str.isdigit, item.shown)) and looks_like_figure(item.text) and not item.above:
                self._labels -= 1
                self._ignore(item, line, grid, _BEFORE_NAME)
        self._labels += sum(not item.above for item in line.items[: at + 1])
        return self._values(words, row, doubt_spread(line.items[at], line.items[at + 1 :]), line, grid, why)

    def _current(self) -> list[BlockLabels]:
        """Return the blocks of the table that is being read."""
        context = self.heading.words
        return [] if context is None else [words for words in self.words if words.table is context.table]

    def _leave(self, line: TableLine, filled: list[LineCell], grid: DocumentTable) -> str:
        """Read a line that is not a row of the form: group names are labels, a row of the table's own shape is an added
        row, the rest is listed. Return the id of the table it gave figures to, or ""."""
        blocks = self._current()
        names = [label(item.text).bare for item in filled]
        groups = [name for name in names if any(name in words.groups for words in blocks)]
        extra = self._extra(line, grid)
        if extra is not None:
            self._more.append(extra)
            self._labels += extra.labels
            self.trail = self.trail.behind(extra.label)
            return extra.table.id
        named = any(not item.above and not looks_like_figure(item.text) for item in filled)
        for words in blocks:
            self.trail = self.trail.past(words, groups, named)
        for item in filled:
            if item.above:
                continue
            if label(item.text).bare in groups or (groups and not any(map(str.isalnum, item.text))):
                self._labels += 1
            else:
                self._ignore(item, line, grid, _NO_ROW)
        return ""

    def _ignore(self, item: LineCell, line: TableLine, grid: DocumentTable, why: Message) -> None:
        self._spare.append(Ignored(item.shown[:_SHOWN], self._spot(grid, line, item), why))

    def _extra(self, line: TableLine, grid: DocumentTable) -> AddedRow | None:
        """Read a line as an added row, where it has a figure for each column of the current block."""
        words = self.heading.words
        if words is None or self.heading.foreign or len(self.extras) + len(self._more) >= _MAX_EXTRAS:
            return None
        known = [extra.label for extra in (*self.extras, *self._more) if extra.table is words.table]
        return read_added_row(
            words, line, grid, self.trail, known, lambda items: self.heading.assigned(words, items)[0]
        )

    # values ------------------------------------------------------------------------------------------------

    def _values(
        self,
        words: BlockLabels,
        row: str,
        items: Sequence[LineCell],
        line: TableLine,
        grid: DocumentTable,
        named: Message | None = None,
    ) -> str:
        """Read the cells behind a row's name; `named` says why the name is doubtful. Return the table's id, or ""."""
        first = words.table.row_ranges[row][0]
        if words.block.listed:
            # the unit stands in a column of its own between name and figure
            unit = words.table.slots[first].column.unit
            units = {unit} if unit.endswith("元") else {unit, *_COUNTED}
            self._labels += sum(item.text in units for item in items)
            items = [item for item in items if item.text not in units]
        raw = self._in_one_cell(words, items, line, grid)
        if raw is not None and row not in self.found.together[words.table.id]:
            self.found.together[words.table.id][row] = raw
            return words.table.id
        matched, why = self.heading.assigned(words, items)
        taken = self._fill(words, first, matched, line, grid, why or named)
        reason = _NO_HEADER if (self.heading.lines or self.heading.foreign) and not matched else _NO_COLUMN
        for item in items:
            if item.start not in taken and item.shown:
                self._ignore(item, line, grid, reason)
        return words.table.id if matched else ""

    def _fill(
        self,
        words: BlockLabels,
        first: int,
        matched: Mapping[int, LineCell],
        line: TableLine,
        grid: DocumentTable,
        why: Message | None,
    ) -> set[int]:
        """Read cells by their column numbers, of a row whose first slot is `first`; return where they start."""
        taken: set[int] = set()
        for number, item in matched.items():
            if item.start in taken:
                continue
            taken.add(item.start)
            spot = self._spot(grid, line, item)
            column = words.table.slots[first + number].column
            reading = read_cell(item.text, column, spot, item.uncertain, item.raw, item.doubt)
            why_here = _SIDEWAYS if self._turned_grid else why
            if why_here is not None and reading.certainty is Certainty.CERTAIN:
                reading = reading._replace(certainty=Certainty.INFERRED, why=why_here)
            self.found.put(words.table, first + number, reading)
        return taken

    def _in_one_cell(
        self, words: BlockLabels, items: Sequence[LineCell], line: TableLine, grid: DocumentTable
    ) -> Raw | None:
        """Return the digits of a row all of whose figures stand in its first cell; None for other rows.

        A short figure with empty cells of its own behind it is that figure: an office may leave a zero blank."""
        filled = [item for item in items if item.shown]
        if len(filled) != 1 or words.width < 3 or self.heading.foreign or not (self.heading.lines or len(items) == 1):
            return None
        (item,) = filled
        digits = sum(map(str.isdecimal, item.text))
        if digits < words.width or item.doubt or plain(item.text).strip("0123456789./+-"):
            return None
        own = len(items) == words.width and item.text.isdecimal() and digits <= _FIGURE and item.text[0] != "0"
        if item is not items[0] or own:
            return None
        return Raw(item.text, self._spot(grid, line, item), _ONE_CELL)
