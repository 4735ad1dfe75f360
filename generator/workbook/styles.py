"""Defines how the workbook looks: cell formats by name, row heights that show every word, printing on A4."""

from __future__ import annotations

from math import ceil
from typing import Any

from rich.cells import cell_len

_SONG, _HEI = "宋体", "黑体"
_LINE = 14.5  # points of a line of 10-point text
_BASE: dict[str, Any] = {"font_name": _SONG, "font_size": 10, "valign": "vcenter", "text_wrap": True}
_BOX = {**_BASE, "border": 1}
_INPUT = {**_BOX, "locked": False, "bg_color": "#FFFBE0"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {**_BASE, "font_name": _HEI, "font_size": 15, "align": "center"},
    "heading": {**_BASE, "font_name": _HEI, "font_size": 11, "valign": "bottom"},
    "text": _BASE,
    "note": {**_BASE, "font_color": "#595959", "font_size": 9},
    "hint": {**_BASE, "font_color": "#595959", "font_size": 9, "indent": 1},
    "state": {**_BASE, "font_size": 9, "bold": True},
    "head": {**_BOX, "align": "center", "bg_color": "#F0F0F0"},
    "block": {**_BOX, "align": "center", "bold": True, "bg_color": "#E4E4E4"},
    "label": {**_BOX, "align": "left"},
    "middle": {**_BOX, "align": "center"},
    "blank": {**_BOX, "bg_color": "#F0F0F0"},
    "figure": {**_INPUT, "align": "center"},
    "carried": {**_INPUT, "align": "center", "bg_color": "#D6E8F7"},
    "line": {**_INPUT, "align": "left", "num_format": "@"},
    "amount": {**_INPUT, "align": "left"},
    "carried_line": {**_INPUT, "align": "left", "num_format": "@", "bg_color": "#D6E8F7"},
    "date": {**_INPUT, "align": "left", "num_format": "yyyy-mm-dd"},
    "paragraph": {**_INPUT, "align": "left", "valign": "top", "num_format": "@"},
    "red": {"bg_color": "#FF9C9C", "font_color": "#9C0006"},
    "green": {"bg_color": "#D8F0D2", "font_color": "#1E5E12"},
    "grey": {"font_color": "#7F7F7F"},
    "alarm": {"font_color": "#C00000"},
}


class WorkbookStyles:
    """Holds the formats of one workbook, each made when first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._book.add_format(_FORMATS[name])
        return self._made[name]

    def indented(self, name: str, depth: int) -> Any:
        """Return the format with its text indented by `depth`; lists show by this what belongs to what."""
        if depth == 0:
            return self[name]
        key = f"{name}+{depth}"
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FORMATS[name], "indent": depth})
        return self._made[key]


def height(text: str, width: float) -> float:
    """Return the points that a text takes in a column of `width` characters; Excel fits no merged cell by itself."""
    room = max(1, int(width * 1.06) - 1)
    lines = sum(max(1, ceil(cell_len(line) / room)) for line in text.split("\n"))
    return lines * _LINE + 4


def printing(sheet: Any, landscape: bool = True, pages_tall: int = 0) -> None:
    """Set a sheet up to print on A4, fitted to the page's width, with page numbers."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.55, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, pages_tall)
    sheet.set_footer("&C&A　第&P页，共&N页")
    sheet.hide_gridlines(2)
