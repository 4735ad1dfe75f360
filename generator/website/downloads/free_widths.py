"""Gives the columns of a narrative's table their widths on paper: what is short stays on one line where it can."""

from __future__ import annotations

import re
from itertools import zip_longest
from math import sqrt

from generator.website.downloads.narrative_blocks import FreeGrid, text_of
from generator.website.downloads.page_style import TEXT_WIDTH
from generator.website.downloads.paper_tables import POINTS

SIZE = 10.5  # points of the text in tables of the narrative
_SIDES = 9.0  # points beside the text of a cell, both sides together, with some room to spare
_NARROW = re.compile(r"[\x20-\x7e]")
_NARROWER = 0.35  # of the size, by which no letter or digit is wider than a Chinese character less that


def free_widths(grid: FreeGrid) -> tuple[float, ...]:
    """Returns the width of each column in mm, all together those of the page's text: alike where every text fits into
    a line so; else columns of short texts are as wide as these, and the others share the rest."""
    if not grid.width:
        return ()
    columns = zip_longest(*([text_of(cell.runs) for cell in row] for row in (grid.head, *grid.body)), fillvalue="")
    wanted = [max(map(_wanted, column)) for column in columns]
    if max(wanted) * grid.width <= TEXT_WIDTH:
        return (TEXT_WIDTH / grid.width,) * grid.width
    rest, most = TEXT_WIDTH, 0.0
    for left, width in zip(range(grid.width, 0, -1), sorted(wanted), strict=True):
        if width * left > rest:
            break
        rest, most = rest - width, width
    # those that take several lines: by the root, lest one long text leave the others no room
    shares = [sqrt(width) if width > most else 0.0 for width in wanted]
    spare = 0.0 if any(shares) else rest / grid.width
    parts = [
        rest * share / sum(shares) if share else width + spare for width, share in zip(wanted, shares, strict=True)
    ]
    return tuple(round(part, 2) for part in parts)


def _wanted(text: str) -> float:
    """Tells how many mm a text takes on lines of its own."""
    lines = (len(line) - _NARROWER * len(_NARROW.findall(line)) for line in text.split("\n"))
    return (max(lines) * SIZE + _SIDES) / POINTS
