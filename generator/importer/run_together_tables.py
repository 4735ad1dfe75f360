"""Cuts tables whose cells ran together in plain text into rows.

What stands between two labels of a table is what the cells held. Only a dense run of header labels starts a table, so
prose that mentions a label does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.drafts.readings import AddedRow, Certainty, Ignored, Reading, SourcePlace
from generator.finding import Message
from generator.forms.model import Form, Table, plain_label
from generator.importer.added_rows import AS_ONE_ROW, BEYOND, Trail, in_unit
from generator.importer.form_labels import BlockLabels, labels_of
from generator.importer.label_match import label, nearest
from generator.importer.run_together_digits import Raw, only_split
from generator.importer.run_together_labels import Token, tokens_of

_CELLS = re.compile(r"[\s\d.,，/+\-−–—－．０-９万元件项条笔次个]*")
_DIGIT = re.compile(r"[\d/]").search
_LOCAL = re.compile(
    r"(?P<name>[^\d\s。；;！？][^。；;！？\n]{1,60}?)[ \n]?(?P<figures>\d[\d ./]*)(?=[^\d件条次个年月日%％、，,]|$)"
)
_UNIT = re.compile(r"(?:万元|人次|[元件项条笔次个人篇])$")
_COUNTED = "人次|[件项条笔次个人篇份]"
_NOTE = 20  # letters that the note in a table's corner has at least
_APART = 120  # characters between two labels of a table
_JUNK_SHOWN = 40
_ODD = re.compile(r"[^\u4e00-\u9fff\n]{0,20}\d[^\u4e00-\u9fff\n]{0,20}")
_SHOWN = 2000
_MOST = 200
_NUMBERED = Message(
    "行前有序号，与前一行的数连在一起，分不清", "lines are numbered, and number and figure ran together"
)
_SEQUENCE = Message(
    "行前的序号与数连在一起，已按次序拆开", "line numbers ran together with the figures; taken off in order"
)
_MISSPELT = Message("行名印得与格式不同，按缺的行认定", "the row's name is misspelt; taken for the row that is missing")
_FOREIGN = Message("这个格式的表中没有这一行", "the form has no such row")


@dataclass(frozen=True, slots=True)
class FoundTable:
    """Holds a table found between `start` and `end` of a text; `rows` are the raw texts by row key,
    `extras` rows that the form does not have, `slips` notes of its head that are misprinted, `columns` the numbers
    of those whose header is there (of a table of one block)."""

    table: Table
    start: int
    end: int
    rows: Mapping[str, Raw]
    labels: int
    ignored: tuple[Ignored, ...]
    extras: tuple[AddedRow, ...] = ()
    slips: tuple[str, ...] = ()
    columns: frozenset[int] = frozenset()


def find(text: str, table: Table, form: Form, place: Callable[[int], SourcePlace]) -> FoundTable | None:
    """Find a table in a text (runs of spaces already made one), None where it is not there.

    `place` converts an offset of the text to a place in the file.
    """
    tokens = tokens_of(text, table, form)
    if not tokens:
        return None
    return _rows(text, table, form, tokens, place)


def _rows(
    text: str, table: Table, form: Form, tokens: Sequence[Token], place: Callable[[int], SourcePlace]
) -> FoundTable:
    """Cut the text behind the tokens into the raw texts of rows, as far as the table goes on."""
    cut = _Cutting(text, table, form, place)
    start, slips = _note_before(text, tokens[0].start, cut.blocks)
    cut.end = tokens[0].start
    before = text[:start].rstrip()
    if before.endswith("序号"):
        cut.line, start = 0, len(before) - len("序号")
    for number, token in enumerate(tokens):
        if not _joined(cut.end, token, cut.rows):
            break
        cut.between(cut.end, token.start)
        cut.take(token, tokens[number + 1].start if number + 1 < len(tokens) else len(text), number + 1 == len(tokens))
        if len(cut.rows) == len(table.row_ranges):
            break
    labels = cut.labels + (start < tokens[0].start)
    return FoundTable(
        table,
        start,
        cut.end,
        cut.rows,
        labels,
        tuple(cut.ignored),
        tuple(cut.extras),
        slips,
        _columns(tokens, cut.blocks),
    )


def _columns(tokens: Sequence[Token], blocks: Sequence[BlockLabels]) -> frozenset[int]:
    heads = [token.name for token in tokens if token.kind == "head"]
    found = (blocks[0].column_of((name,)) for name in heads) if len(blocks) == 1 else ()
    return frozenset(number for number in found if number is not None)


def _note_before(text: str, start: int, blocks: Sequence[BlockLabels]) -> tuple[int, tuple[str, ...]]:
    """Return where a table begins together with the note in its corner, which may be misprinted; and that note."""
    for words in blocks:
        corner = words.block.corner
        if len(corner) < _NOTE:
            continue
        before = text[max(0, start - len(corner) - 10) : start]
        at = max(before.rfind("（"), before.rfind("("), before.rfind("\n") + 1)
        note = before[at:].strip() if at >= 0 else ""
        if note and nearest(label(note).bare, {label(corner).bare: corner}) is not None:
            return start - len(before) + at, (f"{note}→{corner}",)
    return start, ()


class _Cutting:
    """Cuts a text into what stands behind each label of a table; `end` is where it has been read to."""

    def __init__(self, text: str, table: Table, form: Form, place: Callable[[int], SourcePlace]) -> None:
        self.text, self.table, self.place = text, table, place
        self.blocks = [words for words in labels_of(form) if words.table is table]
        self.hidden = next((words.block.rows[0].key for words in self.blocks if words.hidden), "")
        self.current = self.blocks[0]
        self.trail = Trail()
        self.rows: dict[str, Raw] = {}
        self.ignored: list[Ignored] = []
        self.extras: list[AddedRow] = []
        self.labels = 0
        self.end = 0
        self.line = -1  # the number printed before the last line, where lines are numbered (序号); -1 where not

    def _junk(self, start: int, behind: int, last: bool) -> str:
        """Return what stands behind a row's name and is no figure; behind the last row only what has digits at once."""
        if not last:
            return self.text[start:behind].strip()[:_JUNK_SHOWN]
        odd = _ODD.match(self.text, start, behind)
        return odd[0].strip() if odd else ""

    def take(self, token: Token, behind: int, last: bool) -> None:
        """Read what stands between a label and the next, at `behind`."""
        key, self.trail = _row_of(token, self.blocks, self.trail)
        self.current = next((words for words in self.blocks if token.name in words.paths), self.current)
        start = _past_unit(self.text, token.end, behind, self.table, key)
        cells = _CELLS.match(self.text, start, behind)
        assert cells is not None
        raw = cells[0].strip()
        if self.line >= 0:
            unnumbered = self._unnumbered(token, raw, last)
            if unnumbered is None:
                self.end = cells.end()
                self.ignored.append(Ignored(f"{token.name} {raw}"[:_SHOWN], self.place(token.start), _NUMBERED))
                return
            raw = unnumbered
            last = last or not raw
        if not key and token.kind == "head" and _DIGIT(raw):
            key = self.hidden
        spot = self.place(start + len(cells[0]) - len(cells[0].lstrip()))
        self.labels += 1
        self.end = token.end if self.line < 0 else cells.end()
        if key:
            # a blank is one only where the next label follows at once
            junk = "" if raw else self._junk(start, behind, last)
            _take(
                self.rows,
                key,
                Raw(raw or junk, spot, _SEQUENCE if self.line >= 0 else _MISSPELT if token.near else None),
                self.ignored,
            )
            self.end = cells.end() if raw else behind if junk and len(junk) < _JUNK_SHOWN else token.end
        elif any(char.isdigit() for char in raw):
            self.end = cells.end()
            extra = self._group_as_row(token, raw, spot)
            if extra is None:
                self.ignored.append(Ignored(raw[:_SHOWN], spot, _FOREIGN))
            else:
                self.extras.append(extra)

    def _unnumbered(self, token: Token, raw: str, last: bool) -> str | None:
        """Take the number of the next line off the figures of this one; None where it is not there."""
        if token.kind in ("row", "group", "twin"):
            self.line += 1
        figures = self._before_number(raw)
        if figures is not None:
            return figures
        return raw if last or not raw or token.kind in ("head", "title") else None

    def _before_number(self, raw: str) -> str | None:
        """Return what stands before the number of the next line; None where that number is not there."""
        following = str(self.line + 1)
        return raw.removesuffix(following).rstrip() if raw.endswith(following) else None

    def between(self, start: int, end: int) -> None:
        """Read what stands between two labels and belongs to neither: rows that the form does not have."""
        at = start
        for row in _LOCAL.finditer(self.text, start, end):
            self._listed(at, row.start())
            at = row.end()
            extra = self._local_row(row)
            if extra is None:
                self._listed(row.start(), row.end())
            else:
                self.extras.append(extra)
        self._listed(at, end)

    def _listed(self, start: int, end: int) -> None:
        """List a passage of the table that has no place in it."""
        passage = self.text[start:end].strip()
        if any(words.head(passage) for words in self.blocks):
            self.labels += 1
        elif sum(map(str.isalnum, passage)) > 1:
            self.ignored.append(Ignored(passage[:_SHOWN], self.place(start), _FOREIGN))

    def _group_as_row(self, token: Token, raw: str, spot: SourcePlace) -> AddedRow | None:
        """Read a group's name with figures behind it: all its rows printed as one."""
        if token.kind != "group" or self.current.block.listed:
            return None
        return self._extra(token.name, "", raw, spot, plain_label(token.name), AS_ONE_ROW)

    def _local_row(self, row: re.Match[str]) -> AddedRow | None:
        """Read a name, in a list its unit, and the digits behind it as an added row."""
        name, unit = row["name"].strip(), ""
        if self.current.block.listed:
            split_off = _UNIT.search(name)
            name, unit = (name[: split_off.start()], split_off[0]) if split_off else (name, "")
        figures: str | None = row["figures"]
        if self.line >= 0:
            self.line += 1
            figures = self._before_number(row["figures"])
        names = {plain_label(extra.label) for extra in self.extras}
        if not figures or not plain_label(name) or plain_label(name) in names or self.current.row(name) is not None:
            return None
        return self._extra(name, unit, figures, self.place(row.start("figures")), self.trail.after, BEYOND)

    def _extra(self, name: str, unit: str, raw: str, spot: SourcePlace, after: str, why: Message) -> AddedRow | None:
        """Make an added row of a name and its digits; None where they are not as many figures as the block has."""
        block = self.current.block
        columns = [in_unit(column, unit, block.listed) for column in block.columns]
        figures = only_split(raw, columns)
        if figures is None or len(self.extras) >= _MOST:
            return None
        readings = [Reading(text, raw, Certainty.INFERRED, spot, why) for text in figures]
        return AddedRow(self.table, name, unit, after, "", tuple(readings), 1)


def _row_of(token: Token, blocks: Sequence[BlockLabels], trail: Trail) -> tuple[str, Trail]:
    """Return the key of the row that a label names ("" for another label), and the trail behind it."""
    if token.kind == "row":
        words = next(words for words in blocks if token.name in words.paths)
        return token.name, trail.at(words, token.name)
    for words in blocks:
        if token.kind == "twin" and (near := trail.twin(words, token.name)) is not None:
            return near.name, trail.at(words, near.name)
        if token.kind == "group" and label(token.name).bare in words.groups:
            return "", trail.past(words, [label(token.name).bare], False)
    return "", trail


def _past_unit(text: str, at: int, behind: int, table: Table, key: str) -> int:
    """Return where the unit ends that a list prints between a row's name and its figure, before the next label."""
    if not any(block.listed for block in table.blocks):
        return at
    unit = table.row_columns[key][0].unit if key else ""
    # what is counted is one figure in any of these units; money is not
    counted = "" if unit.endswith("元") else f"|{_COUNTED}"
    pattern = rf"\s*(?:{re.escape(unit)}{counted}|[—－–-]+)" if unit else r"\s*[—－–-]+"
    match = re.compile(pattern).match(text, at, behind)
    return match.end() if match else at


def _take(rows: dict[str, Raw], key: str, raw: Raw, ignored: list[Ignored]) -> None:
    if key in rows and rows[key].text != raw.text:
        ignored.append(Ignored(raw.text[:120], raw.spot, Message("同一行又出现了一次", "the same row appears again")))
    else:
        rows[key] = raw


def _joined(end: int, token: Token, rows: Mapping[str, Raw]) -> bool:
    """Tell whether a label still belongs to the table: no long prose lies between it and what was read last."""
    return not rows or token.start - end < _APART
