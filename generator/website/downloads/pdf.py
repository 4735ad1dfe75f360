"""report.pdf is a report as printed pages (GB/T 9704-2012), made by Typst: tagged, PDF/A-2b and PDF/UA-1."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any

from generator.collection.settings import Organ
from generator.finding import Message
from generator.report.entry import LoadedReport
from generator.website.downloads.manuscript import (
    NOTHING,
    Manuscript,
    Materials,
    NotMade,
    Pictures,
    StatutoryTable,
    manuscript,
)
from generator.website.downloads.narrative_blocks import Block, Cell, FreeGrid, Heading, Paragraph, Picture, Run, Runs
from generator.website.downloads.page_style import FOLIO, TEXT_WIDTH
from generator.website.downloads.paper_tables import PaperCell, PaperTable
from generator.website.downloads.picture_size import MOST, kind_of, pixels
from generator.website.words import Words

STANDARDS = ["a-2b", "ua-1"]
_NARROWEST = 20.0  # characters of a line of text, in a list within a list
_SOURCE = Path(__file__).with_name("report.typ")
_UNKNOWN_DAY = 315_532_800  # 1980-01-01, in the properties of a report whose day is unknown

Drawn = dict[str, Any]


class Pdf:
    """The report as printed pages."""

    file, kind, extra = "report.pdf", "PDF", "pdf"
    modules = ("typst", "pylopdf_fonts_zh_cn")

    def label(self, words: Words) -> str:
        return words("report.as_pages")

    def data(self, entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING) -> bytes:
        return pdf(manuscript(entry, organ, words), words, materials)


def pdf(report: Manuscript, words: Words, materials: Materials = NOTHING) -> bytes:
    """Sets the pages; the same report and fonts always give the same bytes. Raises NotMade where no font has a
    character of the report."""
    wanted = [block for block in report.blocks if isinstance(block, Picture)]
    if not wanted:
        return _compile(_said(report, {}, words), materials.fonts, "")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:  # Typst takes pictures from the disk alone
        files = dict(_put(wanted, materials.pictures, Path(folder)))
        return _compile(_said(report, files, words), materials.fonts, folder)


def _compile(said: Drawn, fonts: str, root: str) -> bytes:
    """Sets the pages of one report. What is said is a file and not an input of the program: Typst remembers what it has
    set from report to report while its library is the same, and inputs are part of the library."""
    from typst import TypstError

    files = {"main.typ": _SOURCE.read_bytes(), "report.json": json.dumps(said, ensure_ascii=False).encode("utf-8")}
    place = {"root": root} if root else {}
    try:
        made = _compiler(fonts).compile(files, format="pdf", pdf_standards=STANDARDS, timestamp=_UNKNOWN_DAY, **place)
    except TypstError as error:
        raise NotMade(_why(str(error.message))) from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust code is no Exception
        raise NotMade(_why(str(error))) from None
    return bytes(made)


@lru_cache(maxsize=4)
def _compiler(fonts: str) -> Any:
    """Opens Typst with the office's fonts and those that come with it: no font of the machine, so that every machine
    makes the same pages."""
    import pylopdf_fonts_zh_cn as shipped
    import typst

    folders = [*([fonts] if fonts else []), str(shipped.serif_path().parent)]
    known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(font_paths=known)


def _why(error: str) -> Message:
    if lacking := _LACKING.search(error):
        sign = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), lacking[1])
        code = " ".join(f"U+{ord(character):04X}" for character in sign)
        return Message(
            f"没有一种字体有这份报告里的“{sign}”（{code}），没有做 PDF；请把有这个字的字体文件放进 content/fonts/",
            f'no font has "{sign}" ({code}) of this report, so no PDF was made; put one with it into content/fonts/',
        )
    return Message(f"PDF 没有做成：{error}", f"the PDF was not made: {error}")


_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed with', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


# ---------------------------------------------------------------- what Typst is told


def _said(report: Manuscript, files: dict[str, str], words: Words) -> Drawn:
    return {
        "notice": report.notice,
        "title": report.title_lines,
        "number": report.number,
        "catalogue": report.catalogue,
        "organ": report.organ,
        "date": report.date,
        "folio": FOLIO,
        "signature": [line for line in (report.publisher, report.day) if line],
        "blocks": _nested([drawn for block in report.blocks for drawn in _drawn(block, files, words)]),
        "corrections": list(_drawn(report.corrections, files, words)) if report.corrections is not None else [],
    }


def _nested(blocks: list[Drawn]) -> list[Drawn]:
    """Sets the levels that headings are tagged with: PDF/UA begins at the first and leaves out none. How they look
    stays."""
    last = 0
    for block in blocks:
        if block["kind"] == "heading":
            block["look"] = block["level"]
            block["level"] = last = min(block["level"], last + 1)
    return blocks


def _drawn(block: Block | StatutoryTable, files: dict[str, str], words: Words) -> Iterator[Drawn]:
    if isinstance(block, Heading):
        yield {"kind": "heading", "level": min(block.level, 4), "runs": _runs(block.runs)}
    elif isinstance(block, Paragraph):
        if block.depth:
            yield {"kind": "item", "runs": _runs(block.runs), "depth": block.depth, "marker": block.marker}
        else:
            yield {"kind": "paragraph", "runs": _runs(block.runs)}
    elif isinstance(block, StatutoryTable):
        if block.caption:
            yield {"kind": "caption", "runs": _runs((Run(block.caption),))}
        yield _statutory(block, words)
    elif isinstance(block, FreeGrid):
        if block.caption:
            yield {"kind": "caption", "runs": _runs(block.caption)}
        yield _free(block)
    elif isinstance(block, Picture):
        yield _picture(block, files, words)
        if block.caption:
            yield {"kind": "caption", "runs": _runs((Run(block.caption),))}
    else:
        yield {"kind": "line"}


def _runs(runs: Runs, width: float = _NARROWEST) -> list[list[object]]:
    """Lists runs as (parts of the text, bold, italic, address); links within the page lead nowhere on paper. `width` is
    that of a line, in sizes of the text."""
    return [
        [_breakable(run.text, width), run.bold, run.italic, "" if run.link.startswith("#") else run.link]
        for run in runs
    ]


def _breakable(text: str, width: float) -> list[str | list[str]]:
    """Cuts a text into parts: words too long for a line become lists of characters, and addresses lists of what stands
    between their signs, where a line may end. Typst would let the first run off the page, and draw a line apart that
    ends before the second."""
    parts: list[str | list[str]] = []
    done = 0
    for word in _WORD.finditer(text):
        pieces = list(word[0]) if len(word[0]) * _WIDE > width else _of_address(word[0])
        if len(pieces) > 1:
            parts += [text[done : word.start()], pieces]
            done = word.end()
    return [*parts, text[done:]]


def _of_address(word: str) -> list[str]:
    return _SIGNS.split(word) if len(word) >= _SHORT and _LETTERS.search(word) else [word]


_WORD = re.compile(r"[^\s\u2e80-\uffef]{4,}")
_WIDE = 0.65  # of the size: no narrower than the letters and digits of a word are on average
_SHORT = 12  # characters of a word for whose sake a line is not drawn apart visibly
_LETTERS = re.compile(r"[A-Za-z]")
_SIGNS = re.compile(r"(?<=[A-Za-z0-9][./?&=@_-])(?=[A-Za-z0-9])")


def _statutory(block: StatutoryTable, words: Words) -> Drawn:
    table, mark = block.table, words("document.corrected")

    def cell(cell: PaperCell) -> list[object]:
        side = "left" if cell.left_side else "center"
        text = cell.text if _in_a_line(cell, table) else list(cell.text) if cell.figure else _halves(cell, table)
        corrected = cell.figure and cell.hole in block.corrected
        indent = max(0, cell.level - 1) if cell.left_side else 0
        return [text, cell.rows, cell.columns, side, indent, mark if corrected else ""]

    parts = [
        {"head": kept, "again": rows[0][0].top < table.head, "cells": [cell(item) for row in rows for item in row]}
        for kept, rows in _runs_of_rows(table)
    ]
    return {
        "kind": "statutory",
        "size": table.size,
        "columns": table.widths,
        "rows": row_heights(table, block.corrected),
        "inset": _INSET,
        "parts": parts,
    }


def _runs_of_rows(table: PaperTable) -> Iterator[tuple[bool, list[list[PaperCell]]]]:
    """Groups rows by whether they must stay on the page of the row below, as heads do."""
    for kept, group in groupby(filter(None, table.rows()), key=lambda row: row[0].keeps):
        yield kept, list(group)


def row_heights(table: PaperTable, marked: Container[int] = ()) -> list[float | None]:
    """Tells the height in points of each row that is known to be one line high, None for others, such as those with
    `marked` figures: Typst sets the cells of rows whose height it has to find out twice. What is told is what Typst
    would find."""
    down = _INSET[1]
    line = table.size + 2 * down
    heights: list[float | None] = [line] * table.height
    for cell in sorted(table.cells, key=lambda cell: cell.rows):
        if cell.rows == 1:
            fits = _in_a_line(cell, table) and not (cell.figure and cell.hole in marked)
        else:
            in_line = max(
                1, int(_room(cell, table) / table.size) - 1
            )  # punctuation that begins no line takes a character along
            most = (ceil(len(cell.text) / in_line) * _LINES_APART) * table.size + 2 * down
            fits = most <= line * cell.rows
        if not fits:
            heights[cell.top + cell.rows - 1] = None
    return heights


_POINTS = 72 / 25.4  # in a millimetre
_SMALL = 10.5  # points of the text in tables of the narrative
_INSET = (2.0, 2.5)  # points between a cell's text and its edges: across, down
_LINES_APART = 1.22  # in sizes of the text
_DIGITS = re.compile(r"[0-9.]")


def _room(cell: PaperCell, table: PaperTable) -> float:
    """Tells how many points wide the text of a cell may be."""
    width = sum(table.widths[cell.left : cell.left + cell.columns]) * _POINTS - 2 * _INSET[0]
    return width - (max(0, cell.level - 1) * table.size if cell.left_side else 0)


def _in_a_line(cell: PaperCell, table: PaperTable) -> bool:
    """Tells whether a text surely fits into one line: no digit of the fonts in question is wider than 0.65 of its
    size. Figures that may not are broken where the cell ends, lest they lie in the neighbour's."""
    widest = len(cell.text) - 0.35 * len(_DIGITS.findall(cell.text))
    return widest * table.size <= _room(cell, table) and "\n" not in cell.text


def _halves(cell: PaperCell, table: PaperTable) -> str | list[str]:
    """Cuts the head of a column in two where that fills two lines alike: 商业 | 企业, not 商业企 | 业."""
    half, odd = divmod(len(cell.text), 2)
    fits = half * table.size <= _room(cell, table) and not odd and _HAN.fullmatch(cell.text)
    return [cell.text[:half], cell.text[half:]] if fits and not cell.left_side else cell.text


_HAN = re.compile(r"[\u4e00-\u9fff]+")


def _free(grid: FreeGrid) -> Drawn:
    room = TEXT_WIDTH * _POINTS / grid.width / _SMALL - 1

    def row(cells: Sequence[Cell], head: bool) -> Iterator[list[object]]:
        for at in range(grid.width):
            cell = cells[at] if at < len(cells) else Cell(())
            yield [_runs(cell.runs, room), cell.align or ("left" if not at and not head else "center")]

    body = [cell for cells in grid.body for cell in row(cells, False)]
    return {"kind": "free", "width": grid.width, "head": list(row(grid.head, True)) if grid.head else [], "body": body}


def _picture(picture: Picture, files: dict[str, str], words: Words) -> Drawn:
    if picture.name not in files:
        return {"kind": "missing", "text": words("document.picture", text=picture.described)}
    return {"kind": "picture", "file": files[picture.name], "alt": picture.described}


def _put(wanted: Sequence[Picture], pictures: Pictures, folder: Path) -> Iterator[tuple[str, str]]:
    """Puts pictures into the folder, under plain names; yields each name with the file's."""
    for number, name in enumerate(dict.fromkeys(picture.name for picture in wanted)):
        data = pictures(name)
        kind = kind_of(data) if data and pixels(data) <= MOST else ""
        if data and kind:
            (folder / f"{number}.{kind}").write_bytes(data)
            yield name, f"{number}.{kind}"
