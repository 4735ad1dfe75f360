"""What marks a workbook as a form of ours: a hidden sheet of keys and values that writer and reader agree on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SHEET = "_nianbao"  # very hidden: Excel does not offer to show it
VERSION = "1"  # of the layout; raised when positions change
YEAR, ORGAN = "year", "organ"


class Stamp(NamedTuple):
    """Whose form, of which year, on which statutory form; `layout` is a digest of every label and its place."""

    version: str
    year: int
    organ: str
    name: str
    format: str
    layout: str

    def rows(self) -> list[tuple[str, str]]:
        values = (self.version, str(self.year), self.organ, self.name, self.format, self.layout)
        return list(zip(_KEYS, values, strict=True))


_KEYS = ("version", YEAR, ORGAN, "name", "format", "layout")


def read_stamp(said: Mapping[str, str]) -> Stamp | None:
    """The stamp of the key and value rows; None where one is missing or the year is none."""
    version, year, organ, name, form, layout = (said.get(key, "").strip() for key in _KEYS)
    if not all((version, organ, name, form, layout)) or not (year.isascii() and year.isdecimal() and len(year) == 4):
        return None
    return Stamp(version, int(year), organ, name, form, layout)
