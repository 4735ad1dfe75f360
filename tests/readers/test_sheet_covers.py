"""Doubts cells below drawings, and blank ones whose note has a figure."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from generator.readers.document import Document
from generator.readers.open_file import read_bytes
from generator.readers.sheet_covers import COVERED, NOTED, XlsDrawings, anchored, controls, covered
from tests.readers.samples import LIMITS, grids, rules, soffice
from tests.readers.sheet_samples import one_sheet
from tests.readers.word_samples import picture


def _filled(sheet: Any) -> None:
    """A title, and a table of two columns of figures of which D3 is blank, and a row with a merged blank."""
    sheet.write(0, 0, "示例表")
    sheet.write_row(1, 0, ["项目", "甲", "乙", "丙"])
    sheet.write_row(2, 0, ["收到", 11, 12])
    sheet.write_row(3, 0, ["办结", 21, 22, 23])
    sheet.write(4, 0, "收费")
    sheet.merge_range(4, 1, 4, 3, "")
    sheet.write_row(5, 0, ["结转", 31, 32, 33])


def _doubted(document: Document) -> set[str]:
    """What a person sees in the doubted cells; "空" for a blank."""
    cells = [cell for row in grids(document)[0].rows for cell in row if cell.first and cell.doubt is not None]
    return {cell.text or "空" for cell in cells}


def _over(row: int, column: int, **more: Any) -> Any:
    def fill(sheet: Any, _: Any) -> None:
        _filled(sheet)
        sheet.insert_textbox(row, column, "47", {"width": 60, "height": 18, **more})

    return fill


def _pictured(row: int, column: int) -> Any:
    def fill(sheet: Any, _: Any) -> None:
        _filled(sheet)
        sheet.insert_image(row, column, "a.png", {"image_data": BytesIO(picture("png"))})

    return fill


def _noted(row: int, column: int, text: str) -> Any:
    def fill(sheet: Any, _: Any) -> None:
        _filled(sheet)
        sheet.write_comment(row, column, text)

    return fill


CASES = [
    (_over(2, 1), {"11"}),
    (_over(2, 3), {"空"}),  # a box in the place of a figure
    (_over(4, 1), {"空"}),  # in that of a merged one
    (_over(2, 0), set()),  # names are no figures
    (_over(0, 2), set()),  # beside a title
    (_over(2, 4), set()),  # beside the table
    (_over(7, 1), set()),  # below it
    (_over(2, 1, width=140, height=38), {"11", "12", "空", "21", "22", "23"}),
    (_noted(2, 3, "13件"), {"空"}),
    (_noted(4, 1, "1.5"), {"空"}),
    (_noted(2, 3, "待补"), set()),
    (_noted(2, 1, "应为47"), set()),  # told, as all notes are
    (_noted(0, 2, "13"), set()),
]


@pytest.mark.parametrize(("fill", "doubted"), CASES)
def test_cells_below_drawings_and_blanks_with_a_noted_figure_are_in_doubt(fill: Any, doubted: set[str]) -> None:
    assert _doubted(read_bytes(one_sheet(fill), "示例.xlsx", LIMITS)) == doubted


def test_a_picture_in_the_place_of_a_figure_is_no_blank() -> None:
    document = read_bytes(one_sheet(_pictured(2, 3)), "示例.xlsx", LIMITS)
    assert "空" in _doubted(document) and "IMP-SHAPE" in rules(document)


@pytest.mark.office
@pytest.mark.parametrize("target", ["xls:MS Excel 97", "ods:calc8"])
@pytest.mark.parametrize(
    ("fill", "doubted"),
    [(_over(2, 1), {"11"}), (_over(4, 1), {"空"}), (_noted(2, 3, "13件"), {"空"}), (_noted(2, 1, "应为47"), set())],
)
def test_the_older_and_open_formats_too(target: str, fill: Any, doubted: set[str], tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(one_sheet(fill))
    document = read_bytes(soffice(source, target), f"a.{target[:3]}", LIMITS)
    assert _doubted(document) == doubted
    assert bool({"IMP-SHAPE", "IMP-COMMENT"} & rules(document))


def test_drawings_reach_from_cell_to_cell() -> None:
    two = (
        "<twoCellAnchor><from><col>1</col><row>2</row></from><to><col>{}</col><colOff>{}</colOff><row>{}</row>"
        "<rowOff>{}</rowOff></to><sp><cNvPr{}/></sp></twoCellAnchor>"
    )
    one = "<oneCellAnchor><from><col>1</col><row>2</row></from><ext cx='{}' cy='{}'/></oneCellAnchor>"
    root = fromstring(
        f"<wsDr>{two.format(3, 9, 4, 9, '')}{two.format(3, 0, 4, 0, '')}{two.format(1, 0, 2, 0, '')}"
        f"{two.format(3, 9, 4, 9, ' hidden=' + chr(39) + '1' + chr(39))}{one.format(600_000, 300_000)}"
        "<absoluteAnchor/><oneCellAnchor/></wsDr>"
    )
    assert list(anchored(root)) == [(2, 1, 4, 3), (2, 1, 3, 2), (2, 1, 2, 1), (2, 1, 4, 3), (0, 0, 0, 0)]


def test_controls_are_found_and_notes_are_not() -> None:
    control = '<x:ClientData ObjectType="{}"><x:Anchor>{}</x:Anchor></x:ClientData>'
    text = control.format("Button", "1, 15, 2, 2, 3, 5, 4, 0") + control.format("Note", "1,15,2,2,3,5,4,0")
    assert list(controls(text + control.format("Drop", "1,2,3"))) == [(2, 1, 3, 3)]


def test_records_that_are_cut_off_place_nothing() -> None:
    drawings = XlsDrawings()
    for kind, body in [(0x00EC, b"\x10\xf0\x12\0\0\0\1"), (0x005D, b"\0" * 20), (0x001C, b"\0"), (0x005D, b"")]:
        drawings.record(kind, body)
    assert (drawings.areas, drawings.notes) == ([], {})


def test_huge_drawings_are_bounded() -> None:
    texts = {(row, column): "7" for row in range(300) for column in range(3)}
    found = covered(texts, (), [(0, 0, 10**9, 10**9)] * 5_000, {(0, 9): "7", (0, 2): "7"})
    assert found[0, 0] is COVERED and NOTED not in found.values()
