"""Draws a statutory table with characters, for the terminal: spans, nesting, Chinese two columns wide."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, chop_cells

from generator.forms.table_layout import CoveredArea, PrintedCell, PrintedTable, laid

# Which of up, right, down, left a corner joins, as bits 1 2 4 8.
_CORNERS = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"
_MIN = 4  # a column shows at least two Chinese characters side by side
_INDENT = "  "


def _text(cell: PrintedCell) -> str:
    return _INDENT * (cell.level - 1) + cell.text if cell.level and cell.kind == "th" else cell.text


def _widths(boxes: Sequence[CoveredArea], count: int, room: int) -> tuple[list[int], int]:
    """Chooses column widths that show every text on one line if there is room, else the widest give way first; and the
    blanks on either side of a text, which go before anything leaves the screen. A text over several columns may as well
    break."""
    widths = [_MIN] * count
    for box in boxes:
        if box.right - box.left == 1:
            widths[box.left] = max(widths[box.left], cell_len(_text(box.cell)))
    pad = 1 if (_MIN + 3) * count + 1 <= room else 0
    while sum(widths) + (1 + 2 * pad) * count + 1 > room and max(widths) > _MIN:
        widths[widths.index(max(widths))] -= 1
    return widths, pad


def _heights(boxes: Sequence[CoveredArea], count: int, lines: Sequence[Sequence[str]]) -> list[int]:
    heights = [1] * count
    for box, text in sorted(zip(boxes, lines, strict=True), key=lambda pair: pair[0].bottom - pair[0].top):
        have = sum(heights[box.top : box.bottom]) + box.bottom - box.top - 1
        heights[box.bottom - 1] += max(0, len(text) - have)
    return heights


def _room(box: CoveredArea, widths: Sequence[int], pad: int) -> int:
    return sum(widths[box.left : box.right]) + (1 + 2 * pad) * (box.right - box.left - 1)


def _wrapped(box: CoveredArea, widths: Sequence[int], pad: int) -> list[str]:
    text, room = _text(box.cell), _room(box, widths, pad)
    indent = text[: len(text) - len(text.lstrip(" "))] if cell_len(text) > room else ""
    pieces = chop_cells(text.lstrip(" ") if indent else text, max(_MIN, room - len(indent)))
    return [indent + piece for piece in pieces] or [""]


def draw(grid: PrintedTable, width: int) -> list[str]:
    """Draws the table as lines of at most `width` terminal cells, where its columns can be made so narrow."""
    boxes = laid(grid)
    rows, columns = max(box.bottom for box in boxes), max(box.right for box in boxes)
    widths, pad = _widths(boxes, columns, width)
    lines = [_wrapped(box, widths, pad) for box in boxes]
    at = {
        (r, c): n for n, box in enumerate(boxes) for r in range(box.top, box.bottom) for c in range(box.left, box.right)
    }
    heights = _heights(boxes, rows, lines)
    used = [0] * len(boxes)
    out = []
    for row in range(rows + 1):
        out.append(_line(at, boxes, lines, used, widths, pad, row, border=True))
        for _ in range(heights[row] if row < rows else 0):
            out.append(_line(at, boxes, lines, used, widths, pad, row, border=False))
    return out


def _line(
    at: dict[tuple[int, int], int],
    boxes: Sequence[CoveredArea],
    lines: Sequence[Sequence[str]],
    used: list[int],
    widths: Sequence[int],
    pad: int,
    row: int,
    border: bool,
) -> str:
    """Draws one line of characters: through `row`, or along its upper border."""
    out = []
    column = 0
    while column < len(widths):
        out.append(_corner(at, row, column) if border else "│")
        here = at.get((row, column), -1)
        if border and here != at.get((row - 1, column), -1):
            out.append("─" * (widths[column] + 2 * pad))
            column += 1
            continue
        box = boxes[here]
        text = lines[here][used[here]] if used[here] < len(lines[here]) else ""
        used[here] += 1
        blank = " " * pad
        out.append(blank + text + " " * (_room(box, widths, pad) - cell_len(text)) + blank)
        column = box.right
    return "".join(out) + (_corner(at, row, column) if border else "│")


def _corner(at: dict[tuple[int, int], int], row: int, column: int) -> str:
    """Chooses the character where four cells meet, by which of them are different ones."""
    above_left, above_right = at.get((row - 1, column - 1), -1), at.get((row - 1, column), -1)
    below_left, below_right = at.get((row, column - 1), -1), at.get((row, column), -1)
    up, down = above_left != above_right, below_left != below_right
    left, right = above_left != below_left, above_right != below_right
    return _CORNERS[up + 2 * right + 4 * down + 8 * left]
