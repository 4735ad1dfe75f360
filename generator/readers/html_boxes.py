"""Works out tables that a style sheet makes of other elements: `display: table` with rows and cells, and plain grids.

Only what a browser lays out in one way is taken for a table: cells in rows of one length, or items that a grid of a
known number of columns places one after another (CSS Grid Layout 8.5). Anything else stays running text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from generator.readers.html_content import children
from generator.readers.html_unclear import resolved

_GROUPS = ("table-row-group", "table-header-group", "table-footer-group")
_MOST = 5_000  # cells of one table
_DEEP = 5  # wrappings that are no boxes (`display: contents`)
_LONG = 200  # characters of a cell; no statutory label is longer
_TRACK = re.compile(r"repeat\(\s*(\d{1,3})\s*,((?:[^()]|\([^()]*\))*)\)|(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+")
_LINES = re.compile(r"\[[^\[\]]*\]")
_SPAN = re.compile(r"(?:auto\s*/\s*)?span\s+(\d{1,3})(?:\s*/\s*auto)?")
GRID_SPANS = ("grid-row", "grid-column")  # what only says how many rows and columns an item takes
_PLACED = ("grid-area", "grid-column-start", "grid-row-start", "grid-column-end", "grid-row-end")


class Box(NamedTuple):
    """Holds an element that is a cell, and where it stands."""

    node: LexborNode
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


StyleOf = Callable[[LexborNode], Mapping[str, str]]  # what is declared for an element


def plain_style(style: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """Return declarations with the values of variables put in."""
    return resolved({name: value.removesuffix("!important").strip() for name, value in style.items()}, variables)[0]


def boxes(node: LexborNode, style_of: StyleOf) -> list[Box]:
    """Return the cells of an element that is laid out as a table with labels and figures; none for any other."""
    style = style_of(node)
    display = style.get("display", "")
    if display in ("table", "inline-table") and node.tag != "table":
        made = _rows(node, style_of)
    elif display in ("grid", "inline-grid"):
        made = _grid(node, style, style_of)
    else:
        return []
    return made if _is_table(made) else []


def _is_table(made: list[Box]) -> bool:
    texts = [box.node.text().strip() for box in made]
    figures = sum(text.isdecimal() for text in texts)
    labels = sum(1 < len(text) < _LONG and not text.isascii() for text in texts)
    return figures > 1 and labels > 1 and all(len(text) < _LONG for text in texts) and made[-1].row > 0


def _elements(node: LexborNode) -> Iterator[LexborNode | None]:
    """Yield the elements inside another; None for words that stand beside them."""
    for child in children(node):
        if child.tag == "-text":
            if (child.text_content or "").strip():
                yield None
        elif not str(child.tag).startswith(("-", "!")):
            yield child


def _rows(node: LexborNode, style_of: StyleOf) -> list[Box]:
    """Read rows of cells; none where a row is of another length, or anything else stands between."""
    rows: list[list[LexborNode]] = []
    waiting = list(reversed(list(_elements(node))))
    while waiting:
        item = waiting.pop()
        display = "" if item is None else style_of(item).get("display", "")
        if item is not None and display in _GROUPS:
            waiting += reversed(list(_elements(item)))
        elif item is not None and display == "table-row":
            cells = [cell for cell in _elements(item) if cell is None or style_of(cell).get("display") != "none"]
            if any(cell is None or style_of(cell).get("display") != "table-cell" for cell in cells):
                return []
            rows.append([cell for cell in cells if cell is not None])
        elif display != "none":
            return []
    width = len(rows[0]) if rows else 0
    if width < 2 or len(rows) * width > _MOST or any(len(row) != width for row in rows):
        return []
    return [Box(cell, r, c) for r, row in enumerate(rows) for c, cell in enumerate(row)]


def _columns(style: Mapping[str, str]) -> int:
    """Count the columns that a grid declares, 0 where that cannot be told."""
    text = style.get("grid-template-columns", "") or style.get("grid-template", "").partition("/")[2]
    count = 0
    for match in _TRACK.finditer(_LINES.sub(" ", text)):
        if match[1]:
            count += int(match[1]) * len(_TRACK.findall(match[2]))
        elif match[0].startswith(("repeat", "subgrid", "none", "masonry", "inherit", "initial", "unset", "revert")):
            return 0
        else:
            count += 1
    return count


def _grid(node: LexborNode, style: Mapping[str, str], style_of: StyleOf) -> list[Box]:
    """Place the items of a grid one after another; none where one is put somewhere else."""
    width = _columns(style)
    apart = any(style.get(name) for name in ("grid", "grid-template-areas", "content::before", "content::after"))
    if not 2 <= width <= 100 or apart or style.get("grid-auto-flow", "row") != "row":
        return []
    taken: set[tuple[int, int]] = set()
    made: list[Box] = []
    row = column = 0
    for item in _items(node, style_of, 0):
        spans = None if item is None or len(made) >= _MOST else _spans(style_of(item))
        if item is None or spans is None or spans[1] > width:
            return []
        high, wide = spans
        while column + wide > width or any((row, at) in taken for at in range(column, column + wide)):
            row, column = (row + 1, 0) if column + wide >= width else (row, column + 1)
        taken |= {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
        made.append(Box(item, row, column, high, wide))
    rows = {r for r, _ in taken}
    return made if len(taken) == len(rows) * width else []  # a gap may be at another place than it seems


def _items(node: LexborNode, style_of: StyleOf, depth: int) -> Iterator[LexborNode | None]:
    for item in _elements(node):
        style = {} if item is None else style_of(item)
        if style.get("display") == "none":
            continue
        if item is not None and style.get("display") == "contents":
            before = style.get("content::before") or style.get("content::after")
            yield from [None] if before or depth > _DEEP else _items(item, style_of, depth + 1)
        else:
            yield item


def _spans(style: Mapping[str, str]) -> tuple[int, int] | None:
    """Return how many rows and columns an item takes; None where it is put at a line, or out of the flow."""
    if any(style.get(name, "auto") != "auto" for name in _PLACED) or style.get("order", "0") != "0":
        return None
    if style.get("position") in ("absolute", "fixed"):
        return None
    counts = []
    for name in GRID_SPANS:
        text = style.get(name, "auto")
        match = _SPAN.fullmatch(text)
        if match is None and text not in ("auto", "initial", "unset", "auto / auto"):
            return None
        counts.append(max(1, int(match[1])) if match else 1)
    return counts[0], counts[1]
