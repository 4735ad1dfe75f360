"""Reads the narrative's HTML back into paragraphs, headings, lists, tables and pictures, for files made of pages.

The HTML is what `narrative.html` renders, not a stranger's: each element of that dialect is known here, and any other
is an error of ours, never dropped unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote


class Run(NamedTuple):
    """A stretch of text of one look; `link` is its address. A line break is a "\\n" in the text."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Runs = tuple[Run, ...]


class Heading(NamedTuple):
    """A heading: level 1 is the title of a section."""

    level: int
    runs: Runs


class Paragraph(NamedTuple):
    """A paragraph; `depth` counts the lists and quotations around it, `marker` is a list item's ("•" or "3.")."""

    runs: Runs
    depth: int = 0
    marker: str = ""


class Cell(NamedTuple):
    """A cell of a free table; `align` is left, center, right or ""."""

    runs: Runs
    align: str = ""


class FreeGrid(NamedTuple):
    """A table of the narrative; `caption` and `head` may be empty, rows may differ in length."""

    caption: Runs
    head: tuple[Cell, ...]
    body: tuple[tuple[Cell, ...], ...]

    @property
    def width(self) -> int:
        return max(map(len, (self.head, *self.body)), default=0)


class Picture(NamedTuple):
    """A picture of the report's folder by name; `caption` is printed below it."""

    name: str
    alt: str
    caption: str

    @property
    def described(self) -> str:
        """What the picture shows, in words: never empty."""
        return self.alt or self.caption or self.name


class Line(NamedTuple):
    """A line across the page."""


Block = Heading | Paragraph | FreeGrid | Picture | Line


def text_of(runs: Runs) -> str:
    """Joins the text of runs."""
    return "".join(run.text for run in runs)


def blocks_of(html: str) -> tuple[Block, ...]:
    """Reads the blocks of one section. Raises ValueError for an element that the narrative's dialect does not have."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return tuple(reader.blocks)


_HEADINGS = {f"h{level}": level - 1 for level in range(3, 7)}
_SILENT = frozenset({"span", "div", "thead", "tbody", "figure"})


class _Reader(HTMLParser):
    """Collects blocks; paragraphs end where the next block begins, as a list item's text has no <p> of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._bold = self._italic = 0
        self._link = ""
        self._lists: list[int | None] = []  # next number of each open ordered list, None for a list of points
        self._quotes = 0
        self._marker = ""
        self._text_counts = False  # text between blocks is the line breaks of the markup
        self._pictures: list[Picture] = []
        self._grid: _Grid | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            return
        opened = getattr(self, f"open_{tag}", None)
        if tag in _HEADINGS or tag == "p":
            self.end_paragraph()
            self._text_counts = True
        elif opened is None:
            raise ValueError(f"the narrative's HTML has no <{tag}>")
        else:
            opened(values)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._end_runs(lambda runs: Heading(_HEADINGS[tag], runs))
        elif tag == "p":
            self.end_paragraph()
        elif tag not in _SILENT:
            closed = getattr(self, f"close_{tag}", None)
            if closed is not None:
                closed()

    def handle_data(self, data: str) -> None:
        if not self._text_counts and not data.strip():
            return
        self._text_counts = True
        self._add(data.replace("\n", ""))  # line ends of the markup: a break that is meant is a <br>

    def _add(self, data: str) -> None:
        self._runs.append(Run(data, self._bold > 0, self._italic > 0, self._link))

    # ------------------------------------------------------------ text

    def end_paragraph(self) -> None:
        """Ends the paragraph that is open, if any."""
        marker, depth = self._marker, len(self._lists) + self._quotes
        self._end_runs(lambda runs: Paragraph(runs, depth, marker))
        for picture in self._pictures:
            self._put(picture)
        self._pictures = []

    def _put(self, block: Block) -> None:
        """Adds a block; behind the number of an item that does not begin with words the number stands alone."""
        if not isinstance(block, Paragraph) and self._marker != "•":
            self._end_marker()
        self.blocks.append(block)

    def _end_marker(self) -> None:
        marker, self._marker = self._marker, ""
        if marker not in ("", "•"):
            self.blocks.append(Paragraph((), len(self._lists) + self._quotes, marker))

    def _end_runs(self, make: Callable[[Runs], Block]) -> None:
        runs, self._runs, self._text_counts = _tidy(self._runs), [], False
        if runs:
            self._put(make(runs))
            self._marker = ""

    def open_strong(self, values: dict[str, str]) -> None:
        self._bold += 1

    def close_strong(self) -> None:
        self._bold -= 1

    def open_em(self, values: dict[str, str]) -> None:
        self._italic += 1

    def close_em(self) -> None:
        self._italic -= 1

    def open_a(self, values: dict[str, str]) -> None:
        self._link = values.get("href", "")

    def close_a(self) -> None:
        self._link = ""

    def open_br(self, values: dict[str, str]) -> None:
        self._add("\n")

    def open_hr(self, values: dict[str, str]) -> None:
        self.end_paragraph()
        self._put(Line())

    # ------------------------------------------------------------ lists, quotations, pictures

    def open_ul(self, values: dict[str, str]) -> None:
        self.end_paragraph()
        self._end_marker()
        self._lists.append(None)

    def open_ol(self, values: dict[str, str]) -> None:
        self.end_paragraph()
        self._end_marker()
        self._lists.append(int(values.get("start", "1")))

    def close_ul(self) -> None:
        self.end_paragraph()
        self._lists.pop()

    close_ol = close_ul

    def open_li(self, values: dict[str, str]) -> None:
        self.end_paragraph()
        number = self._lists[-1]
        if number is None:
            self._marker = "•"
        else:
            number = int(values.get("value", number))
            self._marker, self._lists[-1] = f"{number}.", number + 1
        self._text_counts = True

    def close_li(self) -> None:
        self.end_paragraph()
        self._end_marker()

    def open_blockquote(self, values: dict[str, str]) -> None:
        self.end_paragraph()
        self._quotes += 1

    def close_blockquote(self) -> None:
        self.end_paragraph()
        self._quotes -= 1

    def open_img(self, values: dict[str, str]) -> None:
        self._pictures.append(Picture(unquote(values["src"]), values.get("alt", ""), values.get("title", "")))
        if not self._text_counts:
            self.end_paragraph()

    def open_figcaption(self, values: dict[str, str]) -> None:
        self.end_paragraph()
        self._text_counts = True

    def close_figcaption(self) -> None:
        caption, self._runs, self._text_counts = text_of(tuple(self._runs)), [], False
        last = self.blocks.pop()
        assert isinstance(last, Picture)
        self.blocks.append(last._replace(caption=caption))

    # ------------------------------------------------------------ free tables

    def open_table(self, values: dict[str, str]) -> None:
        self.end_paragraph()
        self._grid = _Grid()

    def close_table(self) -> None:
        assert self._grid is not None
        made, self._grid = self._grid.made(), None
        if made.width:
            self._put(made)

    def open_caption(self, values: dict[str, str]) -> None:
        self._text_counts = True

    def close_caption(self) -> None:
        assert self._grid is not None
        self._grid.caption, self._runs, self._text_counts = _tidy(self._runs), [], False

    def open_tr(self, values: dict[str, str]) -> None:
        assert self._grid is not None
        self._grid.rows.append([])

    def open_td(self, values: dict[str, str]) -> None:
        assert self._grid is not None
        self._grid.align, self._text_counts = values.get("class", ""), True

    def open_th(self, values: dict[str, str]) -> None:
        self.open_td(values)
        assert self._grid is not None
        self._grid.headed = True

    def close_td(self) -> None:
        assert self._grid is not None
        self._grid.rows[-1].append(Cell(_tidy(self._runs), self._grid.align))
        self._runs, self._text_counts = [], False

    close_th = close_td


class _Grid:
    """Gathers a free table while it is read."""

    def __init__(self) -> None:
        self.caption: Runs = ()
        self.rows: list[list[Cell]] = []
        self.headed = False
        self.align = ""

    def made(self) -> FreeGrid:
        rows = tuple(map(tuple, self.rows))
        return FreeGrid(self.caption, rows[0], rows[1:]) if self.headed else FreeGrid(self.caption, (), rows)


def _tidy(runs: list[Run]) -> Runs:
    """Joins neighbours of one look and takes the white space off both ends; nothing where no text is left."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1][1:] == run[1:]:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    while joined and not joined[0].text.strip():
        joined.pop(0)
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        joined[0] = joined[0]._replace(text=joined[0].text.lstrip())
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip())
    return tuple(joined)
