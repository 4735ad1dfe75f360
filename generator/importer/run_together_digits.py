"""Splits digits of several cells that ran together into figures, where arithmetic leaves only one split.

A split has as many figures as the form has columns: no leading zeros, no figure across a space of the text. The
identities printed in the form choose among the splits; where none or several fit, nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product
from math import prod
from typing import NamedTuple

from generator.drafts.readings import Certainty, Reading, SourcePlace
from generator.finding import Message
from generator.forms.model import Equation, FormColumn, Table
from generator.importer.cell_figures import plain

MAX_SPLITS = 60_000  # of one row
MAX_TOGETHER = 20_000  # combinations of the splits of several rows
_Split = tuple[str, ...]

_WHOLE = r"0|[1-9]\d*"
_PLAIN = {False: re.compile(rf"(?:{_WHOLE})", re.ASCII), True: re.compile(rf"(?:{_WHOLE})(?:\.\d+)?", re.ASCII)}
_SIGNED = re.compile(rf"[+-]?(?:{_WHOLE})", re.ASCII)
_AMOUNT = re.compile(rf"(?:{_WHOLE})(?:\.\d+)?(?:万?元)", re.ASCII)

_AS_SPACED = Message("原文用空格分开，格数正好", "separated by spaces in the text, as many figures as cells")
_BY_LENGTH = Message("原文连写，只有一种切分法", "run together in the text; there is only one way to split it")
_BY_SUM = Message(
    "原文连写，按表内勾稽关系只有一种切分法成立",
    "run together in the text; only one split satisfies the table's identities",
)
_SEVERAL = Message("原文连写，有多种切分法", "run together in the text; there are several ways to split it")
_NONE = Message(
    "原文连写，没有一种切分法符合表内勾稽关系", "run together in the text; no split satisfies the identities"
)
_EMPTY = Message("行名后面没有数", "there is nothing behind the row's name")
_LONG = Message("原文连写太长，未切分", "run together in the text; too long to split")


class Raw(NamedTuple):
    """Holds the text behind the name of a row, its place, and why it may be that of another (None: it is not)."""

    text: str
    spot: SourcePlace
    doubt: Message | None = None


@dataclass
class _Row:
    """A row with the splits that are still possible."""

    key: str
    raw: Raw
    slots: range
    splits: list[_Split]
    why: Message
    certainty: Certainty


def split(table: Table, raws: Mapping[str, Raw]) -> dict[int, Reading]:
    """Split the rows that stand in the text (by key); the result has a reading for each of their slots."""
    rows = [_row(table, key, raw) for key, raw in raws.items() if key in table.row_ranges]
    _across(table, rows)
    return {slot: reading for row in rows for slot, reading in _readings(row)}


def only_split(text: str, columns: Sequence[FormColumn]) -> tuple[str, ...] | None:
    """Return the figures of a row that no form has, where there is only one way to split its digits; else None."""
    splits = list(islice(_splits([plain(word) for word in text.split()], columns), 2))
    return splits[0] if len(splits) == 1 else None


def _row(table: Table, key: str, raw: Raw) -> _Row:
    """Split a row by its own identities."""
    first, count = table.row_ranges[key]
    slots = range(first, first + count)
    columns = table.row_columns[key]
    words = [plain(part) for part in raw.text.split()]
    row = _Row(key, raw, slots, [], _NONE, Certainty.UNDECIDED)
    if not words:
        row.why = _EMPTY
        return row
    splits = list(_splits(words, columns))
    if len(splits) > MAX_SPLITS:
        row.why = _LONG
        return row
    equations = [e for e in table.equations if e.relation == "equal" and all(i in slots for i in (*e.left, *e.right))]
    row.splits = [figures for figures in splits if all(_holds(e, figures, first) for e in equations)]
    row.why = _NONE if splits and not row.splits else _SEVERAL
    if len(row.splits) == 1:
        row.certainty, row.why = _certainty(words, splits, bool(equations), columns)
        if raw.doubt is not None and row.certainty is Certainty.CERTAIN:
            row.certainty, row.why = Certainty.INFERRED, raw.doubt
    return row


def _certainty(
    words: Sequence[str], splits: Sequence[_Split], proven: bool, columns: Sequence[FormColumn]
) -> tuple[Certainty, Message]:
    """Say how certain the only split that fits is, and why; `proven`: identities of the row confirm it."""
    if len(columns) == 1 or (len(splits) == 1 and not any(text.strip("0") for text in splits[0])):
        return Certainty.CERTAIN, _BY_LENGTH  # one cell, or as many zeros as cells
    if len(words) == len(columns):
        return Certainty.CERTAIN if proven else Certainty.INFERRED, _AS_SPACED
    return Certainty.INFERRED, _BY_LENGTH if len(splits) == 1 else _BY_SUM


def _splits(words: Sequence[str], columns: Sequence[FormColumn]) -> Iterator[_Split]:
    """Generate the splits that give each column a figure it can hold, at most MAX_SPLITS + 1 of them."""
    text = "".join(words)
    breaks = set()
    at = 0
    for part in words:
        at += len(part)
        breaks.add(at)
    if len(text) > 20 * len(columns):
        return
    # by position in the text, the figures so far: column by column, so that no prefix is split twice
    states: dict[int, list[_Split]] = {0: [()]}
    for number, column in enumerate(columns):
        left = len(columns) - number - 1
        states = _step(text, breaks, states, column, left)
        if sum(map(len, states.values())) > MAX_SPLITS * 4:
            yield from ((("",) * len(columns),) * (MAX_SPLITS + 1))
            return
    yield from states.get(len(text), [])[: MAX_SPLITS + 1]


def _step(
    text: str, breaks: set[int], states: Mapping[int, list[_Split]], column: FormColumn, left: int
) -> dict[int, list[_Split]]:
    """Add one column's figure to each state; `left` columns are still to come."""
    after: dict[int, list[_Split]] = {}
    for start, splits in states.items():
        limit = min((b for b in breaks if b > start), default=len(text))
        for end in range(start + 1, limit + 1):
            if len(text) - end < left:
                break
            if left == 0 and end != len(text):
                continue
            if _fits(text[start:end], column):
                after.setdefault(end, []).extend([(*figures, text[start:end]) for figures in splits])
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


def _holds(equation: Equation, figures: _Split, first: int) -> bool:
    return _sums(equation, {first + n: word for n, word in enumerate(figures)})


def _sums(equation: Equation, words: Mapping[int, str]) -> bool:
    left, right = (sum(_number(words[i]) or 0 for i in side) for side in (equation.left, equation.right))
    return left == right


def _across(table: Table, rows: Sequence[_Row]) -> None:
    """Decide rows with several splits by the identities across rows: first row by row, then all together."""
    while _one_across(table, rows):
        pass
    open_rows = [row for row in rows if len(row.splits) > 1]
    if not open_rows or prod(len(row.splits) for row in open_rows) > MAX_TOGETHER:
        return
    known = _known(rows)
    slots = {slot for row in open_rows for slot in row.slots}
    equations = [e for e in table.equations if e.relation == "equal" and _depends_on(e, known, slots)]
    summed = {slot for e in equations for slot in (*e.left, *e.right)}
    fitting = list(islice(_fitting(open_rows, equations, known), 2))
    if len(fitting) == 1 and all(any(slot in summed for slot in row.slots) for row in open_rows):
        for row, figures in zip(open_rows, fitting[0], strict=True):
            row.splits, row.certainty, row.why = [figures], Certainty.INFERRED, _BY_SUM


def _fitting(
    rows: Sequence[_Row], equations: Sequence[Equation], known: Mapping[int, str]
) -> Iterator[tuple[_Split, ...]]:
    """Generate the combinations of the rows' splits that satisfy all equations."""
    for splits in product(*(row.splits for row in rows)):
        words = dict(known)
        for row, figures in zip(rows, splits, strict=True):
            words.update(zip(row.slots, figures, strict=True))
        if all(_sums(e, words) for e in equations):
            yield splits


def _one_across(table: Table, rows: Sequence[_Row]) -> bool:
    """Decide one row by identities in which all other figures are known; False where there is no such row."""
    known = _known(rows)
    for row in rows:
        if len(row.splits) < 2:
            continue
        crossing = [e for e in table.equations if e.relation == "equal" and _depends_on(e, known, row.slots)]
        fits = [figures for figures in row.splits if all(_sums(e, _with(known, row, figures)) for e in crossing)]
        if crossing and len(fits) == 1:
            row.splits, row.certainty, row.why = fits, Certainty.INFERRED, _BY_SUM
            return True
    return False


def _known(rows: Sequence[_Row]) -> dict[int, str]:
    decided = [row for row in rows if len(row.splits) == 1]
    return {slot: word for row in decided for slot, word in zip(row.slots, row.splits[0], strict=True)}


def _with(known: Mapping[int, str], row: _Row, figures: _Split) -> dict[int, str]:
    return {**known, **dict(zip(row.slots, figures, strict=True))}


def _depends_on(equation: Equation, known: Mapping[int, str], slots: Container[int]) -> bool:
    """Tell whether an equation is about these slots, and all its other figures are known."""
    cells = (*equation.left, *equation.right)
    return any(i in slots for i in cells) and all(i in known or i in slots for i in cells)


def _readings(row: _Row) -> Iterator[tuple[int, Reading]]:
    raw = " ".join(row.raw.text.split())[:120]
    decided = row.certainty is not Certainty.UNDECIDED and len(row.splits) == 1
    why = None if row.certainty is Certainty.CERTAIN else row.why
    for number, slot in enumerate(row.slots):
        spot = row.raw.spot._replace(column=number + 1)
        if decided:
            yield slot, Reading(row.splits[0][number], raw, row.certainty, spot, why)
        elif not raw and len(row.slots) == 1 and row.raw.doubt is None:
            yield slot, Reading("", "", Certainty.CERTAIN, spot)
        else:
            yield slot, Reading("", raw, Certainty.UNDECIDED, spot, row.why)
