"""Content controls that are bound to data: what is shown is the data, what was stored with them holds no longer."""

import pytest

from generator.readers import docx
from generator.readers.document import Document, DocumentTable, Mark, Paragraph
from tests.readers.samples import LIMITS
from tests.readers.word_samples import OOXML, relations, run, tbl, tc, tr, word

STORE = "{11111111-2222-3333-4444-555555555555}"
DATA = (
    '<n:figures xmlns:n="urn:example:figures" date="2021-01-20T00:00:00"><n:received>22</n:received>'
    "<n:received>7</n:received><n:empty/><n:kind>b</n:kind></n:figures>"
)
LIST = '<w:dropDownList><w:listItem w:value="b" w:displayText="第二种"/></w:dropDownList>'
PATH = "/ns0:figures[1]/ns0:received[1]"


def control(stored: str, path: str = PATH, properties: str = "<w:text/>", store: str = STORE) -> str:
    binding = f'<w:dataBinding w:xpath="{path}" w:storeItemID="{store}"/>'
    return f"<w:sdt><w:sdtPr>{binding}{properties}</w:sdtPr><w:sdtContent>{stored}</w:sdtContent></w:sdt>"


def document(body: str, data: str = DATA) -> Document:
    ids = f'<ds:datastoreItem ds:itemID="{STORE}" xmlns:ds="{OOXML}/officeDocument/2006/customXml"/>'
    parts: dict[str, str | bytes] = {
        "customXml/item1.xml": data,
        "customXml/itemProps1.xml": ids,
        "customXml/_rels/item1.xml.rels": relations(("r1", "customXmlProps", "itemProps1.xml", False)),
        "docProps/core.xml": '<c:p xmlns:c="urn:c" xmlns:dc="urn:dc"><dc:title>2021年</dc:title></c:p>',
    }
    return docx.read(word(body, parts, [("r9", "customXml", "../customXml/item1.xml", False)]), "a.docx", LIMITS)


def pieces(body: str) -> list[tuple[str, Mark | None]]:
    (block,) = document(f"<w:p>{body}</w:p>").blocks
    assert isinstance(block, Paragraph)
    return [(piece.text, piece.mark) for piece in block.pieces]


def test_the_data_is_shown_and_what_was_stored_is_marked() -> None:
    assert pieces(control(run("20"))) == [("22", None), ("20", Mark.REPLACED)]


def test_a_control_that_agrees_with_its_data_is_plain_text() -> None:
    assert pieces(control(run("22"))) == [("22", None)]


@pytest.mark.parametrize(
    ("stored", "path", "properties", "seen"),
    [
        ("2021年1月20日", "/ns0:figures[1]/@date", '<w:date w:fullDate="2021-01-20T00:00:00Z"/>', "2021年1月20日"),
        ("第二种", "/ns0:figures[1]/ns0:kind[1]", LIST, "第二种"),
        ("20", "/ns0:figures[1]/ns0:gone[1]", "<w:text/>", "20"),
        ("20", "/ns0:figures[1]/ns0:received[9]", "<w:text/>", "20"),
        ("☒", PATH, '<w14:checkbox xmlns:w14="urn:w14"/>', "☒"),
        ("请填写", "/ns0:figures[1]/ns0:empty[1]", "<w:showingPlcHdr/><w:text/>", "请填写"),
    ],
)
def test_where_data_and_text_say_the_same_nothing_is_marked(stored: str, path: str, properties: str, seen: str) -> None:
    assert pieces(control(run(stored), path, properties)) == [(seen, None)]


@pytest.mark.parametrize(
    ("stored", "path", "properties", "seen"),
    [
        ("2021年1月19日", "/ns0:figures[1]/@date", "<w:date/>", "2021-01-20T00:00:00"),
        ("第一种", "/ns0:figures[1]/ns0:kind[1]", LIST, "第二种"),
        ("6", "/ns0:figures/ns0:received[2]/text()[1]", "<w:text/>", "7"),
    ],
)
def test_lists_dates_and_paths_are_followed(stored: str, path: str, properties: str, seen: str) -> None:
    assert pieces(control(run(stored), path, properties)) == [(seen, None), (stored, Mark.REPLACED)]


def test_emptied_data_takes_the_stored_figure_away() -> None:
    assert pieces(control(run("20"), "/ns0:figures[1]/ns0:empty[1]")) == [("20", Mark.REPLACED)]


def test_properties_of_the_document_are_data_too() -> None:
    core = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
    path = "/ns1:p[1]/ns0:title[1]"
    assert pieces(control(run("2020年"), path, store=core)) == [("2021年", None), ("2020年", Mark.REPLACED)]


def test_a_path_that_is_not_understood_puts_the_text_in_doubt() -> None:
    assert pieces(control(run("20"), "//ns0:received[last()]")) == [("20", Mark.DRAWN)]


def test_text_bound_to_a_store_that_is_not_there_stays() -> None:
    assert pieces(control(run("20"), store="{0}")) == [("20", None)]


def test_a_cell_of_a_table_is_doubted_with_both_readings() -> None:
    bound = control(tc("20"))
    table = next(b for b in document(tbl(tr(tc("本年新收"), bound))).blocks if isinstance(b, DocumentTable))
    cell = table.rows[0][1]
    assert cell.text == "22" and cell.doubt is not None and "20" in cell.raw
    assert "绑定数据" in cell.doubt.zh
