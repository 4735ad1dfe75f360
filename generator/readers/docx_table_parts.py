"""Knows which cells of a Word table its style strikes out, moves or hides: those of the first row, the last column …

What such a part makes of text is not worked out letter by letter; a figure in it is in doubt.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.finding import Message
from generator.readers.docx_look import look, shade

STYLED = Message(
    "表格样式把这一行或这一列的字划去、移位或隐藏：数是否还算数，请核对",
    "the style of the table strikes out, moves or hides this row or column: does the figure stand?",
)
# the switches of w:tblLook as bits of its older form (ECMA-376 part 1, 17.4.55 and 17.18.87)
_SWITCHES = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}
_OFF_SWITCHES = {"noHBand": 0x200, "noVBand": 0x400}
_SIDES = {"firstRow": "firstRow", "lastRow": "lastRow", "firstCol": "firstColumn", "lastCol": "lastColumn"}
_CORNERS = {
    "nwCell": ("firstRow", "firstColumn"),
    "neCell": ("firstRow", "lastColumn"),
    "swCell": ("lastRow", "firstColumn"),
    "seCell": ("lastRow", "lastColumn"),
}
_HEX = re.compile(r"[0-9a-fA-F]{1,4}")
_BANDS = {"band1Horz": "noHBand", "band2Horz": "noHBand", "band1Vert": "noVBand", "band2Vert": "noVBand"}


def dressing_parts(style: Element, ground: str | None) -> frozenset[str]:
    """Return the parts of a table style (`firstRow`, `band1Horz` …) whose text is not plainly seen on its ground."""
    return frozenset(
        part.get("type", "")
        for part in style.findall("tblStylePr")
        if (made := look(part.find("rPr"))).mark(1) or made.unseen(shade(part.find("tcPr")) or ground or "")
    )


class TableParts(NamedTuple):
    """Holds the parts of one table's style that dress their text, and the sides on which the table uses its style."""

    dressed: frozenset[str] = frozenset()
    switches: frozenset[str] = frozenset()

    def doubt(self, first_row: bool, last_row: bool, first_column: bool, last_column: bool) -> Message | None:
        """Say of a figure at these sides of the table why it may not stand."""
        if not self.dressed:
            return None
        at = {"firstRow": first_row, "lastRow": last_row, "firstColumn": first_column, "lastColumn": last_column}
        used = {side for side, is_there in at.items() if is_there and side in self.switches}
        hit = any(
            part == "wholeTable"
            or _SIDES.get(part) in used
            or (part in _CORNERS and used.issuperset(_CORNERS[part]))
            or (part in _BANDS and _BANDS[part] not in self.switches)
            for part in self.dressed
        )
        return STYLED if hit else None


def table_parts(properties: Element | None, dressed: frozenset[str]) -> TableParts:
    """Read which sides of its style a table uses; all but bands off where it says nothing."""
    element = None if properties is None else properties.find("tblLook")
    if not dressed or element is None:
        return TableParts(dressed)
    text = element.get("val", "")[:4]
    bits = int(text, 16) if _HEX.fullmatch(text) else 0
    on = {
        name
        for name, bit in (_SWITCHES | _OFF_SWITCHES).items()
        if (bits & bit if (said := element.get(name)) is None else said not in ("0", "false", "off"))
    }
    return TableParts(dressed, frozenset(on))
