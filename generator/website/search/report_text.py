"""Writes down the text of one report for the search: what its page says, line by line, as a script.

A page that lies on a disk may load scripts but read no files, so the text is the argument of a call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import takewhile
from typing import NamedTuple

from generator.forms.model import Table
from generator.report.entry import LoadedReport
from generator.report.model import TableFigures
from generator.website.words import Words


class Part(NamedTuple):
    """A stretch of a report: `anchor` is the id it has on the page ("" = its top), `text` has a line for each block."""

    anchor: str
    title: str
    text: str


CALL = "nianbaoSearch.text("
_BLOCK = re.compile(r"</(?:p|h[1-6]|li|t[dhr]|caption|figcaption|pre|dt|dd|blockquote)>|<(?:br|hr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_LONE = re.compile(r"[\ud800-\udfff\u2028\u2029]")


# Blocks that no line end follows by themselves; paragraphs and headings are written one a line.
_INSIDE = re.compile(r"<(?:br|hr|li|t[dhr]|caption|fig|pre|d[td]|block)|</p>(?!\n|$)").search


def plain(html: str) -> str:
    """Strips rendered HTML to the lines a reader sees."""
    text = _TAG.sub("", _BLOCK.sub("\n", html) if _INSIDE(html) else html)
    lines = map(str.strip, (unescape(text) if "&" in text else text).split("\n"))
    return "\n".join(filter(None, lines))


def parts(entry: LoadedReport, words: Words) -> list[Part]:
    """The text of a report as its page shows it: preface, sections, and the rows of tables that are not all zero."""
    report = entry.report
    known = [
        Part("", report.title, "\n".join([report.title, *filter(None, report.meta.values())])),
        Part("", report.title, plain(entry.prose.preface)),
    ]
    for number, section in enumerate(entry.prose.sections, 1):
        title = section.title.strip()
        known.append(Part(f"s{number}", title, f"{title}\n{plain(section.html)}"))
    anchors = {
        section.table: f"s{number}"
        for number, section in enumerate(report.form.sections, 1)
        if section.table and number <= len(entry.prose.sections)
    }
    last = f"s{len(entry.prose.sections)}" if entry.prose.sections else ""
    for sheet in report.sheets:
        lines = "\n".join(_rows(sheet, words))
        known.append(Part(anchors.get(sheet.table.id, last), sheet.table.caption, lines))
    return [part for part in known if part.text]


def script(entry: LoadedReport, organ: str, words: Words) -> bytes:
    """The text of a report as a script that hands it to the search page."""
    report = entry.report
    texts = [[part.anchor, part.title, part.text] for part in parts(entry, words)]
    key = f"{report.year}/{report.organ}"
    return call(CALL, key, [report.title, organ, report.published[:10], texts])


def call(function: str, *arguments: object) -> bytes:
    """A script that calls a function with plain values, safe for every browser."""
    inside = ",".join(json.dumps(argument, ensure_ascii=False, separators=(",", ":")) for argument in arguments)
    script = f"{function}{inside})\n"
    if "\u2028" not in inside and "\u2029" not in inside:
        try:
            return script.encode()
        except UnicodeEncodeError:  # a lone half of a character
            pass
    return _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", script).encode()


def text_of(data: bytes) -> str:
    """All text of a report, read back from its script: the lines of its parts one below the other."""
    _, report = json.loads("[" + data.decode()[len(CALL) : -2] + "]")
    return "\n".join(text for _, _, text in report[3])


class _Row(NamedTuple):
    """A row of a table: its label with what the heads of all its columns begin with, and what is printed before and
    behind the figure of each cell; `first` is the number of its first cell."""

    first: int
    label: str
    cells: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def _printed(table: Table) -> tuple[_Row, ...]:
    rows = []
    for start, length in table.row_ranges.values():
        slots = table.slots[start : start + length]
        title, row = table.blocks[slots[0].block].title, slots[0].row
        label = " ".join(filter(None, (title, *row.path))) or row.hidden
        levels = zip(*(slot.column.path[:-1] for slot in slots), strict=False)
        common = [level[0] for level in takewhile(lambda level: len({*level}) == 1, levels)]
        units = ("" if slot.column.unit_in_cell else slot.column.unit for slot in slots)
        heads = (" ".join(slot.column.path[len(common) :]) + " " for slot in slots)
        rows.append(_Row(start, " ".join((label, *common)), tuple(zip(heads, units, strict=True))))
    return tuple(rows)


def _rows(sheet: TableFigures, words: Words) -> Iterator[str]:
    """Prints each row that has a figure other than zero, with these figures."""
    values, texts, comma = sheet.values, sheet.texts, words("page.comma")
    colon = words("page.labelled", label="", value="")
    for row in _printed(sheet.table):
        if not any(values[row.first : row.first + len(row.cells)]):
            continue
        cells = [before + texts[at] + behind for at, (before, behind) in enumerate(row.cells, row.first) if values[at]]
        yield row.label + colon + comma.join(cells)
