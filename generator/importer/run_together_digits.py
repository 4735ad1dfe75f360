"""Digits of several cells that run together → the figures, where arithmetic leaves one way only.

A way is a sequence of as many figures as the form has columns: no leading zeros, no figure across a space of the
text. The identities printed in the form choose among them; where none or several hold, nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from typing import NamedTuple

from generator.drafts.readings import Certainty, Reading, SourcePlace
from generator.finding import Message
from generator.forms.model import Equation, FormColumn, Table
from generator.importer.cell_figures import plain

MAX_WAYS = 60_000
MAX_TOGETHER = 20_000
_Way = tuple[str, ...]

_WHOLE = r"0|[1-9]\d*"
_PLAIN = {False: re.compile(rf"(?:{_WHOLE})"), True: re.compile(rf"(?:{_WHOLE})(?:\.\d+)?")}
_SIGNED = re.compile(rf"[+-]?(?:{_WHOLE})")
_AMOUNT = re.compile(rf"(?:{_WHOLE})(?:\.\d+)?(?:万?元)")

_AS_SPACED = Message("原文用空格分开，格数正好", "parted by spaces in the text, as many as there are cells")
_BY_LENGTH = Message("原文连写，只有一种切分法", "run together in the text; it can be split one way only")
_BY_SUM = Message(
    "原文连写，按表内勾稽关系只有一种切分法成立",
    "run together in the text; one split alone fulfils the table's identities",
)
_SEVERAL = Message("原文连写，有多种切分法", "run together in the text; it can be split several ways")
_NONE = Message("原文连写，没有一种切分法符合表内勾稽关系", "run together in the text; no split fulfils the identities")
_EMPTY = Message("行名后面没有数", "nothing stands behind the row's name")
_LONG = Message("原文连写太长，未切分", "run together in the text; too long to split")


class Raw(NamedTuple):
    """The text behind a row's name, and where."""

    text: str
    spot: SourcePlace


@dataclass
class _Row:
    key: str
    raw: Raw
    slots: range
    ways: list[_Way]
    why: Message
    certainty: Certainty


def split(table: Table, raws: Mapping[str, Raw]) -> dict[int, Reading]:
    """Readings of all slots of the rows that stand in the text."""
    rows = [_row(table, key, raw) for key, raw in raws.items() if key in table.row_ranges]
    _across(table, rows)
    return {slot: reading for row in rows for slot, reading in _readings(row)}


def _row(table: Table, key: str, raw: Raw) -> _Row:
    first, count = table.row_ranges[key]
    slots = range(first, first + count)
    columns = table.row_columns[key]
    said = [plain(part) for part in raw.text.split()]
    row = _Row(key, raw, slots, [], _NONE, Certainty.UNDECIDED)
    if not said:
        row.why = _EMPTY
        return row
    ways = list(_ways(said, columns))
    if len(ways) > MAX_WAYS:
        row.why = _LONG
        return row
    equations = [e for e in table.equations if e.relation == "equal" and all(i in slots for i in (*e.left, *e.right))]
    holding = [way for way in ways if all(_holds(e, way, first) for e in equations)]
    row.ways = holding
    row.why = _NONE if ways and not holding else _SEVERAL
    if len(holding) == 1:
        row.certainty, row.why = _sureness(said, ways, bool(equations), columns)
    return row


def _sureness(
    said: Sequence[str], ways: Sequence[_Way], proven: bool, columns: Sequence[FormColumn]
) -> tuple[Certainty, Message]:
    if len(columns) == 1 or (len(ways) == 1 and not any(text.strip("0") for text in ways[0])):
        return Certainty.CERTAIN, _BY_LENGTH  # one cell, or as many zeros as cells
    if len(said) == len(columns):
        return Certainty.CERTAIN if proven else Certainty.INFERRED, _AS_SPACED
    return Certainty.INFERRED, _BY_LENGTH if len(ways) == 1 else _BY_SUM


def _ways(said: Sequence[str], columns: Sequence[FormColumn]) -> Iterator[_Way]:
    """Every way to give each column a figure, at most MAX_WAYS + 1 of them."""
    text = "".join(said)
    breaks = set()
    at = 0
    for part in said:
        at += len(part)
        breaks.add(at)
    if len(text) > 20 * len(columns):
        return
    # states: (position, figures so far), column by column, so that nothing is walked twice
    states: dict[int, list[_Way]] = {0: [()]}
    for number, column in enumerate(columns):
        left = len(columns) - number - 1
        states = _step(text, breaks, states, column, left)
        if sum(map(len, states.values())) > MAX_WAYS * 4:
            yield from ((("",) * len(columns),) * (MAX_WAYS + 1))
            return
    yield from states.get(len(text), [])[: MAX_WAYS + 1]


def _step(
    text: str, breaks: set[int], states: Mapping[int, list[_Way]], column: FormColumn, left: int
) -> dict[int, list[_Way]]:
    after: dict[int, list[_Way]] = {}
    for start, ways in states.items():
        limit = min((b for b in breaks if b > start), default=len(text))
        for end in range(start + 1, limit + 1):
            if len(text) - end < left:
                break
            if left == 0 and end != len(text):
                continue
            if _fits(text[start:end], column):
                after.setdefault(end, []).extend([(*way, text[start:end]) for way in ways])
    return after


def _fits(word: str, column: FormColumn) -> bool:
    if word == "/":
        return True
    if column.unit_in_cell:
        return _AMOUNT.fullmatch(word) is not None
    if column.signed:
        return _SIGNED.fullmatch(word) is not None
    return _PLAIN[column.decimal].fullmatch(word) is not None


def _number(word: str) -> Decimal | None:
    return None if word == "/" else Decimal(word.rstrip("万元"))


def _holds(equation: Equation, way: _Way, first: int) -> bool:
    return _sums(equation, {first + n: word for n, word in enumerate(way)})


def _sums(equation: Equation, words: Mapping[int, str]) -> bool:
    left = [_number(words[i]) for i in equation.left]
    right = [_number(words[i]) for i in equation.right]
    return sum(n or 0 for n in left) == sum(n or 0 for n in right)


def _across(table: Table, rows: Sequence[_Row]) -> None:
    """Rows that their own sums leave several ways for: the sums across rows may choose, one row or all together."""
    while _one_across(table, rows):
        pass
    open_rows = [row for row in rows if len(row.ways) > 1]
    if not open_rows or prod(len(row.ways) for row in open_rows) > MAX_TOGETHER:
        return
    known = _known(rows)
    slots = {slot for row in open_rows for slot in row.slots}
    equations = [e for e in table.equations if e.relation == "equal" and _only_lacks(e, known, slots)]
    found: list[tuple[_Way, ...]] = []
    for ways in product(*(row.ways for row in open_rows)):
        words = dict(known)
        for row, way in zip(open_rows, ways, strict=True):
            words.update(zip(row.slots, way, strict=True))
        if all(_sums(e, words) for e in equations):
            found.append(ways)
            if len(found) > 1:
                return
    if found and all(any(slot in (*e.left, *e.right) for e in equations for slot in row.slots) for row in open_rows):
        for row, way in zip(open_rows, found[0], strict=True):
            row.ways, row.certainty, row.why = [way], Certainty.INFERRED, _BY_SUM


def _one_across(table: Table, rows: Sequence[_Row]) -> bool:
    """Decide one row by identities in which all else is known."""
    known = _known(rows)
    for row in rows:
        if len(row.ways) < 2:
            continue
        crossing = [e for e in table.equations if e.relation == "equal" and _only_lacks(e, known, row.slots)]
        fits = [way for way in row.ways if all(_sums(e, _with(known, row, way)) for e in crossing)]
        if crossing and len(fits) == 1:
            row.ways, row.certainty, row.why = fits, Certainty.INFERRED, _BY_SUM
            return True
    return False


def _known(rows: Sequence[_Row]) -> dict[int, str]:
    return {slot: word for row in rows if len(row.ways) == 1 for slot, word in zip(row.slots, row.ways[0], strict=True)}


def _with(known: Mapping[int, str], row: _Row, way: _Way) -> dict[int, str]:
    return {**known, **dict(zip(row.slots, way, strict=True))}


def _only_lacks(equation: Equation, known: Mapping[int, str], slots: Container[int]) -> bool:
    cells = (*equation.left, *equation.right)
    return any(i in slots for i in cells) and all(i in known or i in slots for i in cells)


def _readings(row: _Row) -> Iterator[tuple[int, Reading]]:
    raw = " ".join(row.raw.text.split())[:120]
    sure = row.certainty is not Certainty.UNDECIDED and len(row.ways) == 1
    for number, slot in enumerate(row.slots):
        spot = row.raw.spot._replace(column=number + 1)
        if sure:
            yield (
                slot,
                Reading(
                    row.ways[0][number],
                    raw,
                    row.certainty,
                    spot,
                    None if row.certainty is Certainty.CERTAIN else row.why,
                ),
            )
        elif not raw and len(row.slots) == 1:
            yield slot, Reading("", "", Certainty.CERTAIN, spot)
        else:
            yield slot, Reading("", raw, Certainty.UNDECIDED, spot, row.why)
