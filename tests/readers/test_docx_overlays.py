"""Doubts the cells over which something may lie that is anchored elsewhere."""

from __future__ import annotations

import re
from time import process_time
from xml.etree.ElementTree import Element, fromstring

import pytest

from generator.readers.docx_overlays import overlays
from generator.readers.open_file import read_bytes
from tests.readers.samples import LIMITS, grids, rules
from tests.readers.word_samples import run, tbl, tc, tr, word

TABLE = tbl(*(tr(tc("规章"), tc(str(figure)), tc("")) for figure in (11, 12, 13, 14)))
PATCH = "<wps:wsp><wps:spPr/></wps:wsp>"
BOX = f"<wps:wsp><wps:txbx><w:txbxContent><w:p>{run('9')}</w:p></w:txbxContent></wps:txbx></wps:wsp>"


def floating(
    top: int, high: int, left: int = 0, wide: int = 60, of: str = "paragraph", wrap: str = "wrapNone", **looks: str
) -> str:
    """A run with a drawing in front of the text, so many points below its paragraph."""
    across = f'<wp:positionH relativeFrom="column"><wp:posOffset>{12700 * left}</wp:posOffset></wp:positionH>'
    down = f'<wp:positionV relativeFrom="{of}"><wp:posOffset>{12700 * top}</wp:posOffset></wp:positionV>'
    size = f'<wp:extent cx="{12700 * wide}" cy="{12700 * high}"/><wp:{wrap}/>'
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="{looks.get("behind", "0")}">{across}{down}{size}'
        f"{looks.get('inner', PATCH)}</wp:anchor></w:drawing></w:r>"
    )


def shape(style: str, inner: str = "") -> str:
    return f'<w:r><w:pict><v:shape style="{style}">{inner}</v:shape></w:pict></w:r>'


def line(style: str, start: str, end: str) -> str:
    return f'<w:r><w:pict><v:line style="{style}" from="{start}" to="{end}"/></w:pict></w:r>'


def par(inner: str = "") -> str:
    return f"<w:p>{run('示例')}{inner}</w:p>"


VML = "position:absolute;margin-left:1pt;width:30pt;height:20pt"


@pytest.mark.parametrize(
    ("body", "doubted"),
    [
        (par(floating(12, 18)) + TABLE, [1, 1, 0, 0]),
        (par(floating(0, 8)) + TABLE, [0, 0, 0, 0]),  # within its line
        (par(floating(12, 18)) + par() + TABLE, [1, 0, 0, 0]),
        (f"<w:sdt><w:sdtContent>{par(floating(12, 8))}</w:sdtContent></w:sdt>" + TABLE, [1, 0, 0, 0]),
        (TABLE + par(floating(-25, 20)), [0, 1, 1, 1]),
        (TABLE + par() * 5 + par(floating(-40, 90)), [0, 0, 0, 0]),  # a seal on the signature
        (par(floating(12, 18, wrap="wrapSquare")) + TABLE, [0, 0, 0, 0]),
        (par(floating(12, 18, behind="1")) + TABLE, [0, 0, 0, 0]),
        (par(floating(12, 8, behind="1", inner=BOX)) + TABLE, [1, 0, 0, 0]),
        (par(shape(VML + ";margin-top:14pt")) + TABLE, [1, 1, 1, 0]),
        (par(shape(VML + ";margin-top:14pt", '<w10:wrap type="square"/>')) + TABLE, [0, 0, 0, 0]),
        (par(shape(VML + ";margin-top:14pt;z-index:-1")) + TABLE, [0, 0, 0, 0]),
        (par(shape("width:30pt;height:200pt")) + TABLE, [0, 0, 0, 0]),  # in the line
        (par(line("position:absolute", "10pt,15pt", "60pt,15pt")) + TABLE, [1, 0, 0, 0]),
    ],
)
def test_rows_that_a_drawing_may_reach_are_in_doubt(body: str, doubted: list[int]) -> None:
    xmlns = 'xmlns:w10="urn:schemas-microsoft-com:office:word" '
    data = word(body.replace("<w10:wrap ", f"<w10:wrap {xmlns}"))
    document = read_bytes(data, "示例.docx", LIMITS)
    (table,) = grids(document)
    assert [cell.text for row in table.rows for cell in row[:2]] == [x for n in range(11, 15) for x in ("规章", str(n))]
    assert [[cell.doubt is not None for cell in row] for row in table.rows] == [
        [False, bool(d), bool(d)] for d in doubted
    ]
    assert "IMP-SHAPE" not in rules(document)


@pytest.mark.parametrize("drawn", [floating(12, 18, of="page"), shape(VML + ";mso-position-vertical-relative:page")])
def test_what_is_placed_on_the_page_is_told_where_there_is_a_table(drawn: str) -> None:
    assert "IMP-SHAPE" in rules(read_bytes(word(par(drawn) + TABLE), "示例.docx", LIMITS))
    assert "IMP-SHAPE" not in rules(read_bytes(word(par(drawn)), "示例.docx", LIMITS))


@pytest.mark.parametrize(
    ("drawn", "doubted"),
    [
        (floating(0, 8, left=40, wide=60), [1, 0]),  # over the cell beside
        (floating(0, 8, left=-30, wide=60), [1, 0]),
        (floating(0, 25), [1, 1]),  # and over the row below
        (floating(0, 8, wide=30), [0, 0]),
    ],
)
def test_a_drawing_of_one_cell_may_lie_over_others(drawn: str, doubted: list[int]) -> None:
    first = tc(f"<w:p>{run('规章')}{drawn}</w:p>", '<w:tcW w:w="1400"/>')
    (table,) = grids(read_bytes(word(tbl(tr(first, tc("9")), tr(tc("规范"), tc("8")))), "示例.docx", LIMITS))
    assert [(row[1].text, row[1].doubt is not None) for row in table.rows] == [("9", doubted[0]), ("8", doubted[1])]


def test_what_a_cell_places_on_the_page_is_told() -> None:
    def told(inner: str) -> bool:
        return "IMP-SHAPE" in rules(read_bytes(word(tbl(tr(tc(par(inner)), tc("9")))), "示例.docx", LIMITS))

    assert told(floating(100, 20, of="page")) and not told(floating(0, 8, wide=30))


def test_many_drawings_over_many_rows_take_time_in_proportion() -> None:
    def seconds(number: int) -> float:
        table = fromstring(plain_names(tbl(*(tr(tc("规章")) for _ in range(number)))))
        for cell in table.iter("tc"):
            cell.append(fromstring(plain_names(par(floating(0, 100_000)))))
        body = Element("body")
        body.append(table)
        began = process_time()
        assert len(overlays(body).rows) == number
        return process_time() - began

    assert seconds(1000) < 12 * seconds(250) + 0.2  # the square would be 16 times


def plain_names(xml: str) -> str:
    """The XML as the reader has it: names without their namespaces."""
    return re.sub(r"(</?| )\w+:", r"\1", xml)
