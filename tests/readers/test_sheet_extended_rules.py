"""Figures under a conditional format of Excel 2010 and later, which carries its format with it, are in doubt."""

from __future__ import annotations

import pytest

from generator.readers.sheet import read
from tests.readers.samples import LIMITS, grids
from tests.readers.sheet_samples import sheet_xml

_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
CELLS = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>22</v></c></row>'


def rule(inside: str, kind: str = "expression", where: str = "B1") -> str:
    return (
        f'<extLst><ext xmlns:x14="{_X14}" xmlns:xm="{_XM}"><x14:conditionalFormattings><x14:conditionalFormatting>'
        f'<x14:cfRule type="{kind}"><xm:f>A1</xm:f>{inside}<extLst><ext/></extLst></x14:cfRule>'
        f"<xm:sqref>{where}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
    )


@pytest.mark.parametrize(
    ("inside", "doubted"),
    [
        ('<x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>', True),
        ("<x14:dxf><font><strike/></font></x14:dxf>", True),
        ('<x14:dxf><numFmt numFmtId="190" formatCode="&quot;9&quot;0"/></x14:dxf>', True),
        ('<x14:iconSet showValue="0"/>', True),
        ('<x14:dataBar showValue="0"/>', True),
        ('<x14:dataBar minLength="0"/>', False),
        ('<x14:dxf><font><color rgb="FF9C0006"/></font><fill><patternFill/></fill></x14:dxf>', False),
        ("<x14:dxf/>", False),
    ],
)
def test_a_rule_in_the_extensions_that_changes_how_a_figure_reads_is_a_doubt(inside: str, doubted: bool) -> None:
    (grid,) = grids(read(sheet_xml(CELLS, rule(inside)), "示例.xlsx", LIMITS))
    assert [(cell.text, cell.doubt is not None) for cell in grid.rows[0]] == [("1", False), ("22", doubted)]


def test_a_rule_that_applies_elsewhere_is_none() -> None:
    inside = "<x14:dxf><font><strike/></font></x14:dxf>"
    (grid,) = grids(read(sheet_xml(CELLS, rule(inside, where="F9") + "<x/>"), "示例.xlsx", LIMITS))
    assert [cell.doubt for cell in grid.rows[0]] == [None, None]
