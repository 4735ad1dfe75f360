"""Signs a workbook as one of ours: a hidden sheet of keys and values that the writer makes and the reader checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SHEET = "_nianbao"  # very hidden: Excel does not offer to show it
VERSION = "1"  # of the layout; raised when positions change
YEAR, ORGAN = "year", "organ"
CARRIED = "carried"  # the figures that the workbook came with, from last year's report


class Stamp(NamedTuple):
    """Says whose workbook it is, of which year and on which form (its id); `layout` fingerprints labels and places."""

    version: str
    year: int
    organ: str
    name: str
    form: str
    layout: str

    def rows(self) -> list[tuple[str, str]]:
        """Return the keys and values as the hidden sheet lists them."""
        values = (self.version, str(self.year), self.organ, self.name, self.form, self.layout)
        return list(zip(_KEYS, values, strict=True))


_KEYS = ("version", YEAR, ORGAN, "name", "format", "layout")


def read_stamp(rows: Mapping[str, str]) -> Stamp | None:
    """Parse the keys and values of the hidden sheet; None where one is missing or the year is not four digits."""
    version, year, organ, name, form, layout = (rows.get(key, "").strip() for key in _KEYS)
    if not all((version, organ, name, form, layout)) or not (year.isascii() and year.isdecimal() and len(year) == 4):
        return None
    return Stamp(version, int(year), organ, name, form, layout)


def carried_row(figures: Mapping[str, str]) -> tuple[str, str]:
    """Return key and value by which a workbook remembers the figures that it came with, by slot name."""
    return CARRIED, ";".join(f"{name}={text}" for name, text in sorted(figures.items()))


def read_carried(rows: Mapping[str, str]) -> dict[str, str] | None:
    """Parse the figures that a workbook came with; None for workbooks that do not remember them."""
    if CARRIED not in rows:
        return None
    pairs = (pair.rpartition("=") for pair in rows[CARRIED].split(";") if pair)
    return {name: text for name, _, text in pairs}
