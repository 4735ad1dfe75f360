"""Tells what a line of a grid is by the labels of a form: a block's title, its header, or one of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.finding import Message
from generator.importer.added_rows import Trail
from generator.importer.cell_figures import looks_like_figure
from generator.importer.form_labels import BlockLabels
from generator.importer.grid_lines import LineCell, TableLine
from generator.importer.label_match import bare, label

_CORNERS = frozenset({"项目", "指标", "指标名称", "统计指标", "统计项目", "内容", "名称", "项目名称", "公开内容"})
_UNHEADED = 5  # rows of a block that make a grid without a header that block
_NAMES = 4  # cells of a line that may name its row
_LINES = 80  # of a grid that are looked at for that: no list has more


class NamedRow(NamedTuple):
    """Holds the row that a line names, the number of the cell that does, and why that is doubtful."""

    words: BlockLabels
    row: str
    at: int
    why: Message | None


def titled_block(blocks: Sequence[BlockLabels], filled: Sequence[LineCell]) -> BlockLabels | None:
    """Return the block whose title a line is."""
    if len({item.text for item in filled}) > 1:
        return None
    name = bare(filled[0].text)
    return next((words for words in blocks if words.title and words.title == name), None)


def headed_block(
    blocks: Sequence[BlockLabels], context: BlockLabels | None, filled: Sequence[LineCell]
) -> BlockLabels | None:
    """Return the block whose header a line is, the current one (`context`) first: two texts or more, two thirds of them
    header labels of the block."""
    if not blocks or len(filled) < 2 or any(looks_like_figure(item.text) for item in filled):
        return None
    order = [context, *blocks] if context is not None else list(blocks)
    known = [(words, sum(words.head(item.text) for item in filled)) for words in order]
    words, most = max(known, key=lambda pair: pair[1])
    if most and most == len(filled) - 1 and words.width <= 2 and bare(filled[0].text) in _CORNERS:
        return words
    return words if most == len(filled) or (most >= 2 and most * 3 >= len(filled) * 2) else None


def unheaded_block(blocks: Sequence[BlockLabels], lines: Sequence[TableLine]) -> BlockLabels | None:
    """Return the block whose rows a grid without any header has: most of its lines begin with the name of one."""
    names = [
        [item.text for item in line.items[:_NAMES] if item.text and not looks_like_figure(item.text)]
        for line in lines[:_LINES]
    ]
    named = [texts for texts in names if texts]

    def known(words: BlockLabels) -> int:
        return sum(any(words.row(text) is not None for text in texts) for texts in named)

    best = max(blocks, key=known, default=None)
    rows = known(best) if best is not None else 0
    return best if rows >= _UNHEADED and 3 * rows >= 2 * len(named) else None


def named_row(blocks: Sequence[BlockLabels], trail: Trail, line: TableLine) -> NamedRow | None:
    """Return the row whose name comes last in a line; None where the line names no row of these blocks."""
    for at in reversed(range(len(line.items))):
        text = line.items[at].text
        if not text or looks_like_figure(text):
            continue
        rows = [(words, near) for words in blocks if (near := words.row(text)) is not None]
        twins = [(words, near) for words in blocks if (near := trail.twin(words, text)) is not None]
        if rows or twins:
            best = min((*rows, *twins), key=lambda match: match[1].slips)
            return NamedRow(best[0], best[1].name, at, trail.doubt if best in twins else None)
        if names_group(blocks, line.items[at]):
            return None
    return None


def names_group(blocks: Sequence[BlockLabels], item: LineCell) -> bool:
    """Tell whether a cell names a group of rows of these blocks."""
    return any(label(item.text).bare in words.groups for words in blocks)
