"""Draws a report as one piece of HTML to paste into a portal's editor: only what editors and cleaners leave alone.

Top-level h2, h3, p and table > tbody > tr > th|td with strong, sup, span and absolute links; spans and alignment as
attributes and inline style; no caption, thead, id, class, `#` link or wrapper. Empty cells are empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from html.parser import HTMLParser

from generator.forms.table_layout import PrintedCell, grid
from generator.report.entry import LoadedReport
from generator.report.model import TableFigures

# An indent by style survives most editors, two ideographic spaces nearly all; never both.
BY_STYLE, BY_SPACES = "样式", "空格"
# Looks like 1 px on every side, yet differs from the `1px solid` of an editing area: browsers leave out of a copy what
# equals it, and the lines would be gone on the public page.
_LINES = "border-width:1px 1px 1px 1.2px;border-style:solid solid solid double;border-color:#000"
_TABLE = (
    '<table border="1" cellspacing="0" cellpadding="4" width="100%"'
    ' style="border-collapse:collapse;width:100%"><tbody>\n'
)
_END = "</tbody></table>\n"


def fragment(entry: LoadedReport, indent: str = BY_STYLE) -> str:
    """Draws the narrative with the statutory tables in their sections; the title is left to the portal's own page."""
    sheets = {sheet.table.id: sheet for sheet in entry.report.sheets}
    forms = entry.report.form.sections
    parts = [_plain(entry.prose.preface, indent)]
    for number, section in enumerate(entry.prose.sections):
        parts.append(f"<h2>{escape(section.title.strip(), quote=False)}</h2>\n")
        parts.append(_plain(section.html, indent))
        sheet = sheets.pop(forms[number].table, None) if number < len(forms) else None
        if sheet is not None:
            parts.append(statutory(sheet))
    parts += [statutory(sheet) for sheet in sheets.values()]
    return "".join(parts)


def statutory(sheet: TableFigures) -> str:
    """Draws a statutory table with its figures as printed."""
    drawn = grid(sheet.table, sheet.absent)
    rows = [*drawn.head, *(row for body in drawn.bodies for row in body.rows)]
    lines = ("".join(_cell(cell, sheet.texts) for cell in row.cells) for row in rows)
    return _TABLE + "".join(f"<tr>{line}</tr>\n" for line in lines) + _END


def _cell(cell: PrintedCell, texts: Sequence[str]) -> str:
    text = texts[cell.hole] if cell.hole >= 0 else cell.text
    scope = f' scope="{cell.scope}"' if cell.kind == "th" and cell.scope else ""
    return _drawn_cell(cell.kind, escape(text, quote=False), "center", scope, cell.rowspan, cell.colspan)


def _drawn_cell(tag: str, text: str, align: str, scope: str = "", rowspan: int = 1, colspan: int = 1) -> str:
    rows = f' rowspan="{rowspan}"' if rowspan > 1 else ""
    columns = f' colspan="{colspan}"' if colspan > 1 else ""
    return f'<{tag}{scope}{rows}{columns} align="{align}" style="{_LINES};text-align:{align}">{text}</{tag}>'


def _plain(html: str, indent: str) -> str:
    """Rewrites rendered narrative into the safe elements."""
    parser = _Rewriter(indent)
    parser.feed(html)
    parser.close()
    return "".join(parser.finish())


class _Rewriter(HTMLParser):
    """Turns every block into a heading, paragraph or plain table. Its input is what `narrative.html` rendered."""

    _HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
    _BLOCKS = frozenset("p div figure figcaption blockquote aside section ul ol li dl dt dd hr".split())

    def __init__(self, indent: str) -> None:
        super().__init__(convert_charrefs=True)
        self._indent = indent
        self._out: list[str] = []
        self._text: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._heading = ""
        self._lists: list[int] = []
        self._in_cell = False
        self._rows = 0

    def finish(self) -> Iterator[str]:
        self._break()
        yield from self._out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in self._HEADINGS:
            self._break()
            self._heading = tag
        elif tag == "table":
            self._break()
            self._rows = 0
        elif tag == "tr":
            self._out.append("<tr>" if self._rows else f"{_TABLE}<tr>")  # a caption goes before the table
            self._rows += 1
        elif tag in ("th", "td"):
            self._in_cell, self._text = True, []
        elif tag in ("ul", "ol"):
            self._break()
            self._lists.append(int(values.get("start") or 1) if tag == "ol" else 0)
        elif tag in self._BLOCKS:
            self._break()
            if tag == "li" and self._lists:
                self._text.append(f"{self._lists[-1]}. " if self._lists[-1] else "· ")
                self._lists[-1] += bool(self._lists[-1])
        elif tag == "br":
            self._text.append("<br>") if self._in_cell else self._break()
        else:
            self._inline(tag, values)

    def _inline(self, tag: str, values: dict[str, str | None]) -> None:
        address = values.get("href") or ""
        if tag in ("strong", "sup"):
            self._start(tag, f"<{tag}>")
        elif tag == "a" and address.startswith(("https://", "http://")):
            self._start(tag, f'<a href="{escape(address)}">')
        elif tag == "img" and values.get("alt"):
            self._text.append(escape(f"〔{values['alt']}〕", quote=False))

    def _start(self, tag: str, text: str) -> None:
        self._open.append((tag, text))
        self._text.append(text)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
            self._text.append(f"</{tag}>")
        elif tag in ("th", "td"):
            self._out.append(_drawn_cell(tag, "".join(self._text).strip(), "left"))
            self._in_cell, self._text = False, []
        elif tag == "tr":
            self._out.append("</tr>\n")
        elif tag == "table" and self._rows:
            self._out.append(_END)
        elif tag in ("ul", "ol"):
            self._break()
            self._lists.pop()
        elif tag == "caption" or tag in self._BLOCKS or tag in self._HEADINGS:
            self._break()

    def handle_data(self, data: str) -> None:
        self._text.append(escape(data, quote=False))

    def _break(self) -> None:
        """Ends a block; what has no text is left out. Emphasis that is open goes on in the next block."""
        closed = [f"</{tag}>" for tag, _ in reversed(self._open)]
        text, tag = "".join((*self._text, *closed)).strip(), self._heading
        self._text, self._heading = [text for _, text in self._open], ""
        if not re.sub("<[^>]*>", "", text).strip():
            return
        if tag in ("h2", "h3"):
            self._out.append(f"<{tag}>{text}</{tag}>\n")
        elif tag:
            self._out.append(f"<p><strong>{text}</strong></p>\n")
        elif self._indent == BY_SPACES:
            self._out.append(f"<p>　　{text}</p>\n")
        else:
            self._out.append(f'<p style="text-indent:2em">{text}</p>\n')
