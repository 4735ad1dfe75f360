"""Reads the conditional formats that Excel 2010 and later keep apart, in the extensions of a worksheet (x14:cfRule).

They carry their format with them, and say last where they apply ([MS-XLSX] 2.6.20, CT_ConditionalFormatting).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from generator.readers.sheet_conditions import Condition, areas
from generator.readers.sheet_looks import BASIC_COLOURS
from generator.readers.sheet_styles import dresses

_DEEP = 20
_LONG = 100_000  # characters of a list of areas
_OFF = ("0", "false")


class ExtendedRules:
    """Takes the XML events within one `extLst`, adds what may change figures to `found`."""

    def __init__(self, found: list[Condition]) -> None:
        self._found = found
        self._format: list[Element] = []  # the elements still open, of a format
        self._dresses = False  # a rule of those whose areas are still to come
        self._areas: list[str] | None = None
        self._depth = 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        self._depth += tag == "extLst"
        if tag == "dxf" or (self._format and len(self._format) < _DEEP):
            element = Element(tag, attributes)
            if self._format:
                self._format[-1].append(element)
            self._format.append(element)
        elif tag == "conditionalFormatting":
            self._dresses = False
        elif tag in ("dataBar", "iconSet") and attributes.get("showValue") in _OFF:
            self._dresses = True
        elif tag == "sqref":
            self._areas = []

    def characters(self, text: str) -> None:
        """Take in text, of which only the areas count."""
        if self._areas is not None and len(self._areas) < _LONG:
            self._areas.append(text)

    def end(self, tag: str) -> bool:
        """Take in the end of an element; tell whether the extensions end with it."""
        if self._format and self._format[-1].tag == tag:
            done = self._format.pop()
            if not self._format:
                self._dresses = self._dresses or dresses(done, [*BASIC_COLOURS, *BASIC_COLOURS])
        elif tag == "sqref" and self._areas is not None:
            if self._dresses and (where := areas("".join(self._areas)[:_LONG])):
                self._found.append(Condition(where))
            self._areas = None
        elif tag == "extLst":
            self._depth -= 1
        return self._depth == 0
