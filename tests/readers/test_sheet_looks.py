"""Reads cells of an unusual look: struck, hidden, scaled, never calculated. Never another figure, never certain."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.readers.document import DocumentCell, Mark, Piece
from generator.readers.sheet import read
from generator.readers.sheet_formats import Look, Seen
from generator.readers.sheet_looks import CellLook, Face, Run, Trust, read_look, seen_pieces, trust
from tests.readers.samples import LIMITS, grids, soffice
from tests.readers.sheet_samples import one_sheet

HIDDEN = {"hidden": True}
Dress = Callable[[Any, Any, int], object]  # writes a true figure into B1 in some dress


def formatted(code: str) -> Dress:
    return lambda sheet, made, figure: sheet.write(0, 1, figure, made.add_format({"num_format": code}))


def faced(**face: object) -> Dress:
    return lambda sheet, made, figure: sheet.write(0, 1, figure, made.add_format(face))


def beside(other: str, front: bool, **face: object) -> Dress:
    """The figure as text with other digits before or behind it in another face."""

    def dress(sheet: Any, made: Any, figure: int) -> None:
        marked = [made.add_format(face), other]
        plain = [made.add_format({}), str(figure)]
        sheet.write_rich_string(0, 1, *(marked + plain if front else plain + marked))

    return dress


DRESSES: dict[str, Dress] = {
    **{code: formatted(code) for code in ("0,", "0!.0,", '0"万"', '0"件"', "0%", "0.0,,", '"约"0', "000000000000")},
    **{code: formatted(code) for code in ("[DBNum1]General", "# ?/?", "0.00E+00", ";;;", "yyyy-mm-dd", "[h]:mm")},
    **{code: formatted(code) for code in ('m"月"d"日"', "[$￥-804]0", '[>0]"-"', '0"."0')},
    "struck": faced(font_strikeout=True),
    "raised": faced(font_script=1),
    "lowered": faced(font_script=2),
    "white": faced(font_color="#FFFFFF"),
    "nearly white": faced(font_color="#FAFAFA"),
    "black on black": faced(font_color="#000000", bg_color="#000000"),
    "tiny": faced(font_size=1),
    "[White]0": formatted("[White]0"),
    "in a font of pictures": faced(font_name="Wingdings"),
    "over and over": faced(align="fill"),
    "crossed by a diagonal": faced(diag_type=3, diag_border=1),
    "struck before": beside("99", True, font_strikeout=True),
    "raised behind": beside("1", False, font_script=1),
    "lowered behind": beside("1", False, font_script=2),
    "formula": lambda sheet, made, figure: sheet.write_formula(0, 1, f"={figure}+0"),
    "formula with a result": lambda sheet, made, figure: sheet.write_formula(0, 1, f"={figure}+0", None, figure + 1),
    "error": lambda sheet, made, figure: sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!"),
    "truth": lambda sheet, made, figure: sheet.write_boolean(0, 1, True),
    "hidden column": lambda sheet, made, figure: (
        sheet.write(0, 1, figure),
        sheet.set_column(1, 1, None, None, HIDDEN),
    ),
    "hidden row": lambda sheet, made, figure: (sheet.write(0, 1, figure), sheet.set_row(0, None, None, HIDDEN)),
}


def dressed(dress: str, figure: int) -> bytes:
    def fill(sheet: Any, made: Any) -> None:
        sheet.write_row(0, 0, ["甲", "", 1])
        sheet.write_row(1, 0, ["乙", 2, 3])
        DRESSES[dress](sheet, made, figure)

    return one_sheet(fill)


def is_the_figure(cell: DocumentCell, figure: int) -> bool:
    """Whether the text is the figure itself, or no figure at all."""
    number = cell.text.removeprefix("-").replace(".", "", 1).isdecimal()
    return not number or cell.text == str(figure)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(DRESSES)), st.integers(1, 10**8))
def test_a_figure_in_any_dress_is_in_doubt_and_never_another(dress: str, figure: int) -> None:
    row = grids(read(dressed(dress, figure), "a.xlsx", LIMITS))[0].rows[0]
    assert row[1].doubt is not None and row[1].raw and is_the_figure(row[1], figure)


# What LibreOffice writes: it has no raised or lowered cells, and no Chinese digits without the language of the system.
# Diagonal lines are read of .xlsx only.
NOT_THERE = {"raised", "lowered", "[DBNum1]General", "# ?/?", "formula with a result", "crossed by a diagonal"}


@pytest.mark.office
@pytest.mark.parametrize("target", ["xls:MS Excel 97", "ods:calc8"])
def test_a_figure_in_any_dress_of_the_older_and_open_formats(target: str, tmp_path: Path) -> None:
    def fill(sheet: Any, made: Any) -> None:
        for row, name in enumerate(names):
            DRESSES[name](_Row(sheet, row), made, 22)
            sheet.write(row, 0, name)
            sheet.write(row, 2, 7)

    names = sorted(set(DRESSES) - NOT_THERE - {"hidden column"})
    source = tmp_path / "a.xlsx"
    source.write_bytes(one_sheet(fill))
    kind = target.partition(":")[0]
    (grid,) = grids(read(soffice(source, target), f"a.{kind}", LIMITS))
    cells = {row[0].text: row[1] for row in grid.rows}
    assert [name for name in names if cells[name].doubt is None or not is_the_figure(cells[name], 22)] == []
    assert all(row[2].text == "7" and (row[2].doubt is None or row[0].doubt is not None) for row in grid.rows)


class _Row:
    """A worksheet whose first row is another one."""

    def __init__(self, sheet: Any, row: int) -> None:
        self._sheet, self._row = sheet, row

    def __getattr__(self, name: str) -> Any:
        return lambda row, *rest: getattr(self._sheet, name)(self._row + row, *rest)


@pytest.mark.parametrize(
    ("look", "text", "raw", "doubt"),
    [
        (CellLook(error=True), "22", "22", "此格是公式错误22，不是数"),
        (CellLook(truth=True), "22", "22", "此格是逻辑值22，不是数"),
        (CellLook(unseen=True), "", "〔看不见：22〕", "此格的字看不见（白色、极小或被格式隐藏），存的是“22”"),
        (CellLook(mark=Mark.STRUCK), "", "〔划去：22〕", "原文此格有划去“22”，没有算作数的一部分"),
        (
            CellLook(number=Decimal(22), seen=Look(Seen.TEXT, "22万")),
            "22万",
            "22万〔存的是22〕",
            "此格存的是22，显示为“22万”",
        ),
        (CellLook(number=Decimal(22), seen=Look(Seen.TEXT, "0")), "", "0〔存的是22〕", "此格存的是22，显示为“0”"),
        (CellLook(number=Decimal(22), seen=Look(Seen.TEXT)), "", "〔看不见：22〕", "此格存的是22，显示为空白"),
        (
            CellLook(number=Decimal(22), seen=Look(Seen.DATE)),
            "1900-01-22",
            "1900-01-22〔存的是22〕",
            "此格是日期或时间格式，显示为“1900-01-22”，存的数是22",
        ),
        (
            CellLook(number=Decimal(22), formula="20+2"),
            "",
            "=20+2〔存的是22〕",
            "公式未计算，请用表格软件打开并保存后再读",
        ),
        (CellLook(number=Decimal(22), seen=Look(Seen.TEXT, "22.0")), "22", "", ""),
        (CellLook(code="@"), "22", "", ""),
    ],
)
def test_each_look_has_its_reason(look: CellLook, text: str, raw: str, doubt: str) -> None:
    cell = read_look("22", look)
    assert (cell.text, cell.raw, cell.doubt.zh if cell.doubt else "") == (text, raw, doubt)


def test_a_rounded_amount_is_read_as_stored_in_doubt() -> None:
    cell = read_look("7730.28", CellLook(number=Decimal("7730.28"), seen=Look(Seen.TEXT, "7,730.3")))
    assert (cell.text, cell.raw) == ("7730.28", "7,730.3〔存的是7730.28〕") and cell.doubt is not None


def test_long_texts_that_nobody_sees_are_only_left_out() -> None:
    assert read_look("说明" * 40, CellLook(unseen=True)) == ("", "", None, ())


def test_pieces_that_nobody_sees_are_left_out_and_others_keep_their_mark() -> None:
    white, struck = Face(colour="FFFFFF"), Face(Mark.STRUCK)
    runs = [Run("1", white), Run("2", struck), Run("3")]
    assert seen_pieces(runs, Face(), "FFFFFF") == ((Piece("2", mark=Mark.STRUCK), Piece("3")), True)
    assert seen_pieces(runs, struck, "000080") == (
        (Piece("1"), Piece("2", mark=Mark.STRUCK), Piece("3", mark=Mark.STRUCK)),
        False,
    )


@pytest.mark.parametrize(
    ("program", "trusted"),
    [
        ("Microsoft Excel", Trust.ALL),
        ("Microsoft\xa0Excel", Trust.ALL),
        ("MicrosoftOffice/16.0 MicrosoftExcel", Trust.ALL),
        ("WPS Office_11.1.0", Trust.ALL),
        ("LibreOffice/7.4", Trust.NOT_ZERO),
        ("Calc", Trust.NOT_ZERO),
        ("Microsoft Excel Compatible / Openpyxl 3.1.5", Trust.NONE),
        ("Etwas", Trust.NONE),
        ("", Trust.NONE),
    ],
)
def test_programs_that_calculate_are_trusted(program: str, trusted: Trust) -> None:
    assert trust(program) is trusted
