"""Reads from a page's source what its text does not show: links, and whether anything draws the lines of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from generator.finding import Message, counted

# Tables of fewer cells lay out the portal's page.
_LARGE = 20


class PageSource(HTMLParser):
    """Collects links, targets of links, and the tables with whether anything draws their lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.names: set[str] = set()
        self.tables: list[list[int]] = []  # cells, and whether lines are drawn
        self._open: list[list[int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self.names |= {values[key] for key in ("id", "name") if values.get(key)}
        if tag == "a" and "href" in values:
            self.links.append(values["href"].strip())
        elif tag == "table":
            self._open.append([0, int(values.get("border", "0") not in ("", "0"))])
        elif tag in ("td", "th") and self._open:
            self._open[-1][0] += 1
            self._open[-1][1] |= bool(_DRAWN.search(values.get("style", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            self.tables.append(self._open.pop())


# border-color alone draws nothing
_DRAWN = re.compile(r"border(?:-(?:top|left|right|bottom))?(?:-style|-width)?\s*:\s*(?!none|0)", re.IGNORECASE)
_HERE = re.compile(r"^(?:file:|https?://(?:127\.|localhost|\[::1\]))", re.IGNORECASE)


def read_source(html: str) -> PageSource:
    source = PageSource()
    source.feed(html)
    source.close()
    return source


def bad_links(source: PageSource) -> Iterator[Message]:
    """Yields links to this computer, and to places of the page that do not exist."""
    for link in dict.fromkeys(source.links):
        if _HERE.match(link):
            yield Message(f"链接指向本机：“{link[:80]}”", f"a link leads to this computer: “{link[:80]}”")
        elif link.startswith("#") and len(link) > 1 and link[1:] not in source.names:
            yield Message(f"链接“{link[:80]}”没有去处", f"the link “{link[:80]}” leads nowhere")


def without_lines(source: PageSource) -> Iterator[Message]:
    """Says how many tables leave their lines to the portal's style sheet."""
    bare = sum(cells >= _LARGE and not drawn for cells, drawn in source.tables)
    if bare:
        yield Message(
            f"{bare}个表没有自带边框，全靠网站的样式画线：请打开网页看一眼线在不在",
            f"{counted(bare, 'table')} without lines: open the page and see whether the portal draws them",
        )
