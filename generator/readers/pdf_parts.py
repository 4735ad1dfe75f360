"""Joins the halves of a table's row that a page break cut in two.

Word and LibreOffice let a row break: the first lines of its label stand on one page, the others on the next, and its
figures on one of the two. Which rows a table has is known only when such halves are one again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from generator.finding import Message
from generator.readers.pdf_cells import PdfSlot
from generator.readers.pdf_tables import Ruled
from generator.readers.text_cleanup import joined

_NEAR = 3.0  # points
_HEAD = 4  # rows of a head
_PADDING = 12.0  # points beside the text of a cell, both sides together
_LAST = 1.3  # characters that may be missing at the end of a full line
_Pair = tuple[PdfSlot, PdfSlot]  # a cell at the foot of a page, and the one below it at the top of the next
_ORDINAL = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}[条项]|[①-⑳])")
_BARE = re.compile(rf"(?:{_ORDINAL.pattern})\s*")  # the number of a row whose name has not begun
_UNIT = "[件条个项次份宗元人篇万]{0,2}"
_MEASURED = re.compile(rf"\s*\d[\d,，]*(?:\.\d+)?\s*{_UNIT}\s*(?:[（(][^（()）]*[)）])?\s*")  # 12件, 0（示例）
_BROKEN = Message(
    "原文这一行可能被分页断开，是不是上一页末行的后半，看不出来",
    "this row may be the second half of the last row on the page before, which cannot be told",
)
_CUT = Message(
    "原文此格被分页断开，两页上都有数字，是不是一个数，看不出来",
    "a page break cuts the cell, with digits on both pages; whether they are one figure cannot be told",
)


def with_its_head(head: Ruled, below: Ruled) -> Ruled | None:
    """Join the head of a table that alone stands at the foot of a page with its rows on the next; None for others.

    Each rule of the head goes on below. A head that is printed again needs no other."""
    rows = len(head.down) - 1
    if rows > _HEAD or any(not slot.text or _is_figure(slot.text) for slot in head.slots) or _header(head, below):
        return None
    at = [number for x in head.across for number, to in enumerate(below.across) if abs(to - x) <= _NEAR]
    whole = len(at) == len(head.across) and at[0] == 0 and at[-1] == len(below.across) - 1
    if not whole or not any(_is_figure(slot.text) for slot in below.slots):
        return None
    upper = [
        replace(slot, column=at[slot.column], colspan=at[slot.column + slot.colspan] - at[slot.column])
        for slot in head.slots
    ]
    lower = [replace(slot, row=slot.row + rows) for slot in below.slots]
    if not any(_is_figure(slot.text) for slot in lower if slot.row == rows):  # a row of the head
        lower = _without_ends(upper, lower, rows)
    down = [*head.down[:-1], *(y - below.down[0] + head.down[-1] for y in below.down)]
    return Ruled(head.box, below.across, down, [*upper, *lower])


def _without_ends(upper: list[PdfSlot], lower: list[PdfSlot], row: int) -> list[PdfSlot]:
    """Let cells that end at this row reach down to where empty ones with the same sides begin, which are left out."""
    foot = {(slot.column, slot.colspan): slot for slot in upper if slot.row + slot.rowspan == row}
    kept = []
    for slot in lower:
        over = foot.get((slot.column, slot.colspan)) if slot.row == row and not (slot.text or slot.raw) else None
        if over is None:
            kept.append(slot)
        else:
            over.rowspan += slot.rowspan
    return kept


def rejoin(first: Ruled, above: Ruled, below: Ruled) -> bool:
    """Join the last row of a table's part with the first of its next part, where they are halves of one row.

    `first` is the part with which the table begins, whose header may be repeated. Return whether nothing but that
    header is left of the part below. Where it cannot be decided, the empty cells of the row are put in doubt.
    """
    at = _header(first, below)
    row = [slot for slot in below.slots if slot.row == at]
    pairs = [(upper, lower) for lower in row if (upper := _above(above, below, lower)) is not None]
    if not row or len(pairs) < len(row):
        return False
    counted = [pair for pair in pairs if any(_is_figure(slot.text) for slot in pair)]
    labels = [pair for pair in pairs if pair not in counted and pair[1].text]
    upper_filled, lower_filled = (any(pair[half].text for pair in counted) for half in (0, 1))
    both = upper_filled and lower_filled
    named = any(upper.text for upper, lower in pairs if not lower.text)
    shared = [pair for pair in counted if pair[0].text and pair[1].text]
    if shared and not _is_cut_through(shared, labels, pairs):
        if labels and all(_goes_on(above, *pair) for pair in labels):
            _doubt_figures(shared)
        _continue_labels(above, labels)
        return False
    if all(_goes_on(above, *pair) for pair in labels) and (labels or (lower_filled and named)):
        for upper, lower in pairs:
            _append(upper, lower)
        _drop(below, at)
        return all(slot.row < at for slot in below.slots)
    numbered = any(_ORDINAL.match(lower.text) for _, lower in labels)
    if both:  # each has the figures that the other lacks
        _continue_labels(above, labels)
        _doubt_blanks(slot for pair in counted for slot in pair if not numbered)
    elif upper_filled and labels and not numbered:
        _doubt_blanks(lower for _, lower in counted)
    return False


def _is_cut_through(shared: list[_Pair], labels: list[_Pair], pairs: list[_Pair]) -> bool:
    """Tell whether figures on both pages are the halves of figures: the row below has no name of its own, though the
    one above has, or its name is cut within brackets."""
    if not all(_is_figure(slot.text) for pair in shared for slot in pair):
        return False
    if labels:
        return all(_is_begun(*pair) for pair in labels)
    return any(upper.text and not _is_figure(upper.text) for upper, _ in pairs)


def _doubt_figures(shared: list[_Pair]) -> None:
    for pair in shared:
        for slot in pair:
            slot.doubt, slot.uncertain = slot.doubt or _BROKEN, True


def _doubt_blanks(slots: Iterable[PdfSlot]) -> None:
    for slot in slots:
        if not slot.text:
            slot.doubt = slot.doubt or _BROKEN


def _header(first: Ruled, below: Ruled) -> int:
    """Count the rows of a header that a part repeats."""
    rows = 0
    while (row := _texts(below, rows)) and row == _texts(first, rows) and rows + 2 < len(below.down):
        rows += 1
    return rows


def _texts(table: Ruled, row: int) -> list[str]:
    return [slot.text for slot in sorted(table.slots, key=lambda slot: slot.column) if slot.row == row and slot.text]


def _above(above: Ruled, below: Ruled, lower: PdfSlot) -> PdfSlot | None:
    """Find the cell at the foot of the part above that has the same sides."""
    last = len(above.down) - 1
    left, right = _sides(below, lower)
    for upper in above.slots:
        start, end = _sides(above, upper)
        if upper.row + upper.rowspan == last and abs(start - left) <= _NEAR and abs(end - right) <= _NEAR:
            return upper
    return None


def _sides(table: Ruled, slot: PdfSlot) -> tuple[float, float]:
    return table.across[slot.column], table.across[slot.column + slot.colspan]


def _goes_on(above: Ruled, upper: PdfSlot, lower: PdfSlot) -> bool:
    """Tell whether a label goes on below: it is cut within brackets, or its last line is as long as the cell allows."""
    if not upper.text or not lower.text or _ORDINAL.match(lower.text):
        return False
    if _is_begun(upper, lower):
        return True
    left, right = _sides(above, upper)
    line = upper.last
    return line is not None and line.x1 - line.x0 > right - left - _PADDING - _LAST * line.size


def _is_begun(upper: PdfSlot, lower: PdfSlot) -> bool:
    """Tell a name that is cut within brackets, or right behind its number."""
    within = upper.text.count("（") > upper.text.count("）") and "）" in lower.text
    return within or _BARE.fullmatch(upper.text) is not None


def _continue_labels(above: Ruled, labels: list[_Pair]) -> None:
    """Join a label that spans rows on both pages, the rows themselves being whole."""
    for upper, lower in labels:
        if (upper.rowspan > 1 or lower.rowspan > 1) and _goes_on(above, upper, lower):
            _append(upper, lower)
            lower.text = lower.raw = ""


def _append(upper: PdfSlot, lower: PdfSlot) -> None:
    if upper.raw or lower.raw:
        upper.raw = (upper.raw or upper.text) + (lower.raw or lower.text)
    cut = _is_figure(upper.text) and _is_figure(lower.text)
    if cut:
        upper.raw = upper.raw or f"{upper.text}\n{lower.text}"
    upper.text = "\n".join((upper.text, lower.text)) if cut else joined(list(filter(None, (upper.text, lower.text))))
    upper.doubt = upper.doubt or lower.doubt or (_CUT if cut else None)
    upper.uncertain = upper.uncertain or lower.uncertain
    upper.last = lower.last or upper.last


def _drop(table: Ruled, at: int) -> None:
    """Take a row out of a table; cells that span others too keep those."""
    table.slots[:] = [slot for slot in table.slots if slot.row != at or slot.rowspan > 1]
    for slot in table.slots:
        if slot.row == at:
            slot.rowspan -= 1
        elif slot.row > at:
            slot.row -= 1
    del table.down[at]


def _is_figure(text: str) -> bool:
    """Tell a text of signs and digits, which may have a unit or a remark in brackets behind them, and no name."""
    if not any(map(str.isalpha, text)):
        return bool(text) and not _BARE.fullmatch(text)
    return _MEASURED.fullmatch(text) is not None
