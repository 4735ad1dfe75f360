"""report.pdf is a report as printed pages (GB/T 9704-2012), made by Typst: tagged, PDF/A-2b and PDF/UA-1."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from generator.finding import Message
from generator.website.downloads.free_widths import SIZE, free_widths
from generator.website.downloads.manuscript import Manuscript, StatutoryTable
from generator.website.downloads.materials import NOTHING, Materials, NotMade, Pictures
from generator.website.downloads.narrative_blocks import Block, Cell, FreeGrid, Heading, Paragraph, Picture, Run, Runs
from generator.website.downloads.page_style import FOLIO
from generator.website.downloads.paper_tables import POINTS, PaperTable, blank
from generator.website.downloads.pdf_row_names import name_rows
from generator.website.downloads.pdf_tables import figures, form_table, row_heights
from generator.website.downloads.picture_size import MOST, kind_of, pixels
from generator.website.words import Words

STANDARDS = ["a-2b", "ua-1"]
_NARROWEST = 20.0  # characters of a line of text, in a list within a list
_SOURCE = Path(__file__).with_name("report.typ")
_UNKNOWN_DAY = 315_532_800  # 1980-01-01, in the properties of a report whose day is unknown

Drawn = dict[str, Any]


def pdf(report: Manuscript, words: Words, materials: Materials = NOTHING) -> bytes:
    """Sets the pages; the same report and fonts always give the same bytes. Raises NotMade where no font has a
    character of the report."""
    wanted = [block for block in report.blocks if isinstance(block, Picture)]
    if not wanted:
        return name_rows(_compile(_said(report, {}, words), materials.fonts, _SOURCE.parent), _tables(report))
    with tempfile.TemporaryDirectory(prefix="nianbao-") as name:  # Typst takes pictures from the disk alone
        folder = Path(name)
        files = dict(_put(wanted, materials.pictures, folder))
        shutil.copyfile(_SOURCE, folder / _SOURCE.name)  # it reads nothing outside one folder
        return name_rows(_compile(_said(report, files, words), materials.fonts, folder), _tables(report))


def _tables(report: Manuscript) -> list[PaperTable | None]:
    """Lists the tables in their order, as they are laid out; None for those of the narrative and of corrections."""
    tables = [block for block in (*report.blocks, report.corrections) if isinstance(block, StatutoryTable | FreeGrid)]
    return [blank(it.sheet.table, it.sheet.absent) if isinstance(it, StatutoryTable) else None for it in tables]


def _compile(said: str, fonts: str, folder: Path) -> bytes:
    """Sets the pages of one report. The rules are a module on the disk, which Typst reads and remembers once; what is
    said is no input of the program (`sys.inputs`), for inputs are part of the library, with which it would forget all
    that it has set for the reports before."""
    from typst import TypstError

    try:
        made = _compiler(fonts).compile(
            said.encode("utf-8"), root=str(folder), format="pdf", pdf_standards=STANDARDS, timestamp=_UNKNOWN_DAY
        )
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

    folders = [*([fonts] if fonts else []), str(_SOURCE.parent / "fonts"), str(shipped.serif_path().parent)]
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


class _Told(NamedTuple):
    """What is told of a report besides its blocks: the names of its pictures' files, and the tables of its form by
    number, which Typst remembers from report to report."""

    files: Mapping[str, str]
    forms: dict[str, int]
    words: Words


def _said(report: Manuscript, files: Mapping[str, str], words: Words) -> str:
    """Writes the program that sets a report: its only texts are JSON in quotes."""
    told = _Told(files, {}, words)
    known = {
        "notice": report.notice,
        "title": report.title_lines,
        "number": report.number,
        "catalogue": report.catalogue,
        "organ": report.organ,
        "date": report.date,
        "folio": FOLIO,
        "signature": [line for line in (report.publisher, report.day) if line],
        "blocks": _nested([drawn for block in report.blocks for drawn in _drawn(block, told)]),
        "corrections": list(_drawn(report.corrections, told)) if report.corrections is not None else [],
    }
    quoted = ", ".join(map(_quoted, (json.dumps(known, ensure_ascii=False), *told.forms)))
    return f'#import "{_SOURCE.name}": paper\n#paper({quoted})\n'


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _nested(blocks: list[Drawn]) -> list[Drawn]:
    """Sets the levels that headings are tagged with: PDF/UA begins at the first and leaves out none. How they look
    stays."""
    last = 0
    for block in blocks:
        if block["kind"] == "heading":
            block["look"] = block["level"]
            block["level"] = last = min(block["level"], last + 1)
    return blocks


def _drawn(block: Block | StatutoryTable, told: _Told) -> Iterator[Drawn]:
    if isinstance(block, Heading):
        yield {"kind": "heading", "level": min(block.level, 4), "runs": _runs(block.runs)}
    elif isinstance(block, Paragraph):
        if block.depth:
            yield {"kind": "item", "runs": _runs(block.runs), "depth": block.depth, "marker": block.marker}
        else:
            yield _paragraph(_runs(block.runs))
    elif isinstance(block, StatutoryTable):
        if block.caption:
            yield {"kind": "caption", "runs": _runs((Run(block.caption),))}
        yield _statutory(block, told)
    elif isinstance(block, FreeGrid):
        if block.caption:
            yield {"kind": "caption", "runs": _runs(block.caption)}
        yield _free(block)
    elif isinstance(block, Picture):
        yield _picture(block, told)
        if block.caption:
            yield {"kind": "caption", "runs": _runs((Run(block.caption),))}
    else:
        yield {"kind": "line"}


def _paragraph(runs: list[list[object]]) -> Drawn:
    """Tells a paragraph of one plain text by that text: of all that a report has, these are the most."""
    match runs:
        case [[[str(text)], False, False, ""]]:
            return {"kind": "plain", "text": text}
    return {"kind": "paragraph", "runs": runs}


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


def _statutory(block: StatutoryTable, told: _Told) -> Drawn:
    sheet, corrected = block.sheet, block.corrected
    form = form_table(sheet.table, sheet.absent)
    texts = figures(sheet, corrected, told.words("document.corrected"))
    return {
        "kind": "statutory",
        "form": told.forms.setdefault(form.said, len(told.forms)),
        "figures": texts,
        "odd": not all(isinstance(text, str) for text in texts),
        "rows": row_heights(sheet, corrected),
    }


def _free(grid: FreeGrid) -> Drawn:
    widths = free_widths(grid)

    def row(cells: Sequence[Cell], head: bool) -> Iterator[list[object]]:
        for at, width in enumerate(widths):
            cell = cells[at] if at < len(cells) else Cell(())
            room = width * POINTS / SIZE - 1
            yield [_runs(cell.runs, room), cell.align or ("left" if not at and not head else "center")]

    body = [cell for cells in grid.body for cell in row(cells, False)]
    return {"kind": "free", "widths": widths, "head": list(row(grid.head, True)) if grid.head else [], "body": body}


def _picture(picture: Picture, told: _Told) -> Drawn:
    if picture.name not in told.files:
        return {"kind": "missing", "text": told.words("document.picture", text=picture.described)}
    return {"kind": "picture", "file": told.files[picture.name], "alt": picture.described}


def _put(wanted: Sequence[Picture], pictures: Pictures, folder: Path) -> Iterator[tuple[str, str]]:
    """Puts pictures into the folder, under plain names; yields each name with the file's."""
    for number, name in enumerate(dict.fromkeys(picture.name for picture in wanted)):
        data = pictures(name)
        kind = kind_of(data) if data and pixels(data) <= MOST else ""
        if data and kind:
            (folder / f"{number}.{kind}").write_bytes(data)
            yield name, f"{number}.{kind}"
