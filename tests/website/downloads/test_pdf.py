"""The PDF: tagged, archivable, the same on every machine, and set as an official document."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from generator.website.downloads import pdf
from generator.website.downloads.materials import Materials, NotMade
from generator.website.downloads.office_files import Pdf
from generator.website.downloads.page_style import CHARACTERS, LINES, RIGHT
from generator.website.downloads.pdf_tables import row_heights
from tests.example import prose, tables
from tests.website.downloads.samples import FORM_IDS, ORGAN, WORDS, every_form, hard_figures, loaded, narrative, rich
from tests.website.downloads.test_word import png

pytest.importorskip("typst", exc_type=ImportError)
DATA = Pdf().data(rich(), ORGAN, WORDS)


def text(data: bytes, page: int = 0) -> str:
    return str(pypdfium2.PdfDocument(data)[page].get_textpage().get_text_range())


def kinds(node: Any, found: list[str]) -> list[str]:
    """The kinds of structure elements in order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            kinds(child, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append(str(node["/S"]))
        if "/K" in node:
            kinds(node["/K"], found)
    return found


def test_it_says_what_it_is_in_which_language_and_conforms_to_two_standards() -> None:
    with pikepdf.open(io.BytesIO(DATA)) as opened:
        meta = opened.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "B", "1")
        assert str(opened.docinfo["/Title"]) == rich().report.title and opened.Root["/MarkInfo"]["/Marked"]
        assert str(opened.Root["/Lang"]).startswith("zh") and opened.Root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20220120")


def test_headings_lists_and_tables_are_tagged() -> None:
    with pikepdf.open(io.BytesIO(DATA)) as opened:
        found = kinds(opened.Root["/StructTreeRoot"]["/K"], [])
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/THead", "/TH", "/TD", "/Link"} <= set(found)
    assert found.count("/Table") == 4 and found.count("/H1") == 6


def test_headings_are_tagged_without_gaps_whatever_the_narrative_leaves_out() -> None:
    first = "### 引言里的标题\n\n示例引言。\n\n## 一、总体情况\n\n##### 小标题\n\n文字。\n\n### （一）标题\n"
    made = Pdf().data(loaded(2021, tables(2021), narrative(2021, first)), ORGAN, WORDS)
    with pikepdf.open(io.BytesIO(made)) as opened:
        levels = [kind for kind in kinds(opened.Root["/StructTreeRoot"]["/K"], []) if kind.startswith("/H")]
    assert levels[:4] == ["/H1", "/H1", "/H2", "/H2"]


def fonts_of(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        names = [str(font["/BaseFont"]) for page in opened.pages for font in page["/Resources"]["/Font"].values()]
    return {name.partition("+")[2].partition("-")[0] for name in names}


def test_no_font_of_the_machine_is_used_and_the_whole_one_for_rare_characters_only() -> None:
    assert fonts_of(DATA) == {"NianbaoSerif", "NotoSansSC"}
    rare = Pdf().data(loaded(2021, text=prose(2021).replace("示例引言。", "示例瑕疵引言。", 1)), ORGAN, WORDS)
    assert fonts_of(rare) == {"NianbaoSerif", "NotoSansSC", "NotoSerifSC"} and "示例瑕疵引言。" in text(rare)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert Pdf().data(rich(), ORGAN, WORDS) == DATA
    assert Pdf().data(loaded(), ORGAN, WORDS) == Pdf().data(loaded(), ORGAN, WORDS)


def test_nothing_that_holds_for_all_pages_mentions_the_report() -> None:
    """Typst would remember nothing from report to report, and take half as long again."""
    source = Path(pdf.__file__).with_name("report.typ").read_text(encoding="utf-8")
    styles = re.findall(r"^  set \w+(?:[^\n]*\)$|.*?^  \))", source.partition("#let paper")[2], re.M | re.S)
    assert len(styles) == 5 and styles[0].count("report") == styles[0].count("numbered(report.folio)") == 1
    assert not [style for style in styles[1:] if "report" in style] and "sys.inputs" not in source


def test_what_is_on_pages_stands_in_one_block() -> None:
    """Typst goes over pages twice because of their numbers; it remembers blocks, and would lay out all else again."""
    source = Path(pdf.__file__).with_name("report.typ").read_text(encoding="utf-8")
    assert re.findall(r"^  (\w+)\(", source.partition("#let paper")[2], re.M) == ["properties", "block"]


def test_a_page_has_22_lines_of_28_characters() -> None:
    long = prose(2021).replace("示例引言。", "字" * 28 * 60, 1)
    page = text(Pdf().data(loaded(2021, text=long), ORGAN, WORDS), 1)
    lines = [line for line in page.splitlines() if set(line) == {"字"}]
    assert len(lines) == LINES and {len(line) for line in lines} == {CHARACTERS}


def test_pages_are_numbered() -> None:
    assert "— 1 —" in text(DATA, 0) and "— 2 —" in text(DATA, 1)


@pytest.mark.parametrize("length", [24, 25, 26, 27, 28])
def test_a_name_that_fits_into_a_line_signs_on_one(length: int) -> None:
    """Four characters from the edge or closer, but never broken before its last character."""
    figures = re.sub("发布机构: .*", f"发布机构: {'署' * length}", tables(2021))
    data = Pdf().data(loaded(2021, figures), ORGAN, WORDS)
    pages = [text(data, number) for number in range(len(pypdfium2.PdfDocument(data)))]
    assert "署" * length in pages[-1].splitlines()


def test_signs_come_back_as_they_were_typed() -> None:
    """Chromium prints look-alikes of these for readers that do not look at ActualText."""
    assert all(sign in text(DATA, 0) for sign in "胶母～〈〉／")


def test_nothing_in_a_report_is_typst() -> None:
    evil = '#import "x.typ" $x$ \\ `raw` <label> @ref // 注 /* 注 */ #panic()'
    made = Pdf().data(loaded(2021, text=prose(2021).replace("示例引言。", evil.replace("<", "\\<"), 1)), ORGAN, WORDS)
    assert "".join(evil.split()) in "".join(text(made).split())


def test_a_picture_is_in_it_and_described() -> None:
    made = Pdf().data(rich(), ORGAN, WORDS, Materials({"tu.png": png()}.get))
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert "/Figure" in kinds(opened.Root["/StructTreeRoot"]["/K"], [])
    assert "图题" in "".join(text(made, number) for number in range(len(pypdfium2.PdfDocument(made))))
    other = Pdf().data(rich(), ORGAN, WORDS, Materials({"tu.png": png((90, 30))}.get))
    assert other != made == Pdf().data(rich(), ORGAN, WORDS, Materials({"tu.png": png()}.get))


def test_a_broken_picture_is_told_in_words_or_refused() -> None:
    assert "〔图：示例图〕" in text(Pdf().data(rich(), ORGAN, WORDS, Materials(lambda name: b"none")), 1)
    giant = png()[:16] + (60_000).to_bytes(4, "big") * 2 + png()[24:]
    assert "〔图：示例图〕" in text(Pdf().data(rich(), ORGAN, WORDS, Materials(lambda name: giant)), 1)
    with pytest.raises(NotMade):
        Pdf().data(rich(), ORGAN, WORDS, Materials(lambda name: png()[:30]))


@pytest.mark.parametrize(("sign", "name"), [("\U0001f600", "U+1F600"), ("\U00020bb7", "U+20BB7"), ("\ue000", "U+E000")])
def test_a_character_that_no_font_has_is_said_and_not_left_blank(sign: str, name: str) -> None:
    strange = loaded(2021, tables(2021), prose(2021).replace("示例引言。", f"示例{sign}引言。", 1))
    with pytest.raises(NotMade) as error:
        Pdf().data(strange, ORGAN, WORDS)
    said = error.value.said
    assert f'no font has "{sign}" ({name}) of' in said.en and f"“{sign}”（{name}），" in said.zh


DEJAVU = Path("/usr/share/fonts/truetype/dejavu")


@pytest.mark.skipif(not DEJAVU.is_dir(), reason="no other font is here")
def test_the_office_s_own_fonts_are_used() -> None:
    strange = loaded(2021, tables(2021), prose(2021).replace("示例引言。", "示例\U0001f600引言。", 1))
    made = Pdf().data(strange, ORGAN, WORDS, Materials(fonts=str(DEJAVU)))
    assert "示例\U0001f600引言。" in text(made)


def placed(data: bytes) -> list[tuple[str, int, float, float]]:
    """Every character with its page and place."""
    with pdfplumber.open(io.BytesIO(data)) as opened:
        return [(c["text"], page.page_number, c["x0"], c["top"]) for page in opened.pages for c in page.chars]


@pytest.mark.parametrize("form", FORM_IDS)
def test_rows_of_a_told_height_are_as_high_as_typst_finds_them(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = every_form()[form]
    made = placed(Pdf().data(entry, ORGAN, WORDS))
    monkeypatch.setattr(
        "generator.website.downloads.pdf.row_heights", lambda sheet, *corrected: [None] * len(row_heights(sheet))
    )
    found = placed(Pdf().data(entry, ORGAN, WORDS))
    assert [item[:2] for item in made] == [item[:2] for item in found]
    moved = [(a, b) for a, b in zip(made, found, strict=True) if a[2:] != pytest.approx(b[2:], abs=0.05)]
    assert not moved


@pytest.mark.parametrize("figure", ["123456789012345678", "-12345678"])
def test_a_long_figure_stays_in_its_cell(figure: str) -> None:
    made = Pdf().data(loaded(2021, tables(2021, 表三_本年新收=[figure] * 7)), ORGAN, WORDS)
    with pdfplumber.open(io.BytesIO(made)) as opened:
        rows = [row for page in opened.pages for table in page.extract_tables() for row in table]
    (row,) = (row for row in rows if row[0] and row[0].startswith("一、本年新收"))
    assert ["".join(cell.split()) for cell in row if cell][1:] == [figure] * 7


NARROW = 18  # columns of a table, for hardly two characters each


def test_no_character_of_a_narrow_cell_leaves_it() -> None:
    """Punctuation that begins no line, and hangs out at its end, would lie in the neighbour's cell."""
    rows = "|" + "|".join(["三、本年度，办理、结果"] * NARROW) + "|"
    table = f"示例引言。\n\n{rows}\n{'|-' * NARROW}|\n{rows}\n"
    made = Pdf().data(loaded(2021, tables(2021), prose(2021).replace("示例引言。", table, 1)), ORGAN, WORDS)
    with pdfplumber.open(io.BytesIO(made)) as opened:
        page = opened.pages[0]
        cells = page.find_tables()[0].cells
        for left, top, right, bottom in cells:
            inside = [c for c in page.chars if left <= (c["x0"] + c["x1"]) / 2 <= right and top <= c["top"] < bottom]
            assert "".join(c["text"] for c in inside) == "三、本年度，办理、结果"
    assert len(cells) == 2 * NARROW


def test_no_long_word_runs_off_the_page_or_into_the_neighbours_cell() -> None:
    address = "https://www.example.gov.cn/" + "a1" * 90
    table = f"示例{address}引言。\n\n- 一\n  - 二{address}\n\n|甲|乙|丙|\n|-|-|-|\n|{'1' * 40}|{'x' * 40}|。|\n"
    made = Pdf().data(loaded(2021, tables(2021), prose(2021).replace("示例引言。", table, 1)), ORGAN, WORDS)
    with pdfplumber.open(io.BytesIO(made)) as opened:
        page = opened.pages[0]
        assert "".join(char["text"] for char in page.chars).count(address) == 2
        right = float(page.width) - RIGHT * 72 / 25.4
        assert max(char["x1"] for char in page.chars) < right + 16  # punctuation may hang
        (row,) = (row for row in page.extract_tables()[0] if row[2] == "。")
        assert ["".join(str(cell).split()) for cell in row] == ["1" * 40, "x" * 40, "。"]


def lines(data: bytes) -> list[list[dict[str, Any]]]:
    """The characters of the first page by line, from left to right."""
    with pdfplumber.open(io.BytesIO(data)) as opened:
        rows: dict[int, list[dict[str, Any]]] = {}
        for char in opened.pages[0].chars:
            rows.setdefault(round(char["bottom"]), []).append(char)
        return [sorted(row, key=lambda char: char["x0"]) for _, row in sorted(rows.items())]


def test_an_address_does_not_draw_the_line_before_it_apart() -> None:
    told = "报告的电子版可以从示例区人民政府门户网站（www.example.gov.cn）下载。"
    told += "来信请寄someone.else@example.gov.cn，谢谢。"
    made = Pdf().data(loaded(2021, tables(2021), prose(2021).replace("示例引言。", told, 1)), ORGAN, WORDS)
    drawn = lines(made)[2:5]  # below the title
    assert "".join(char["text"] for line in drawn for char in line) == told
    gaps = [b["x0"] - a["x1"] for line in drawn for a, b in pairwise(line)]
    assert max(gaps) < 0.3 * 16
    assert [line[-1]["text"] for line in drawn[:2]] == [".", "."]


def test_a_head_of_two_lines_is_cut_in_the_middle() -> None:
    assert {"商业", "企业", "科研", "机构"} <= set(text(Pdf().data(loaded(), ORGAN, WORDS), 1).split())


def nodes(node: Any) -> list[pikepdf.Dictionary]:
    """The structure elements below one, in order."""
    if isinstance(node, pikepdf.Array):
        return [found for child in node for found in nodes(child)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    return [node] * ("/S" in node) + (nodes(node["/K"]) if "/K" in node else [])


def test_what_both_standards_ask_of_the_file_is_there() -> None:
    """No validator of PDF/A or PDF/UA can be installed here: these are the points that can be looked up."""
    made = Pdf().data(rich(), ORGAN, WORDS, Materials({"tu.png": png()}.get))
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert not opened.is_encrypted and "/ID" in opened.trailer
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(opened.Root.keys())
        (intent,) = opened.Root["/OutputIntents"]
        assert intent["/S"] == "/GTS_PDFA1" and "/DestOutputProfile" in intent
        meta = opened.open_metadata()
        assert meta["dc:title"] == str(opened.docinfo["/Title"]) == rich().report.title
        for page in opened.pages:
            assert page.obj["/Tabs"] == "/S" and "/StructParents" in page.obj
            for font in page.obj["/Resources"]["/Font"].values():
                (inner,) = font["/DescendantFonts"]
                assert "/ToUnicode" in font and {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].keys())
        found = nodes(opened.Root["/StructTreeRoot"]["/K"])
        figures = [node for node in found if node["/S"] == "/Figure"]
        assert [str(node["/Alt"]) for node in figures] == ["示例图"]
        heads = [node for node in found if node["/S"] == "/TH"]
        assert heads and all(
            "/Scope" in attribute for node in heads for attribute in as_list(node["/A"]) if table(attribute)
        )
        assert all(any(map(table, as_list(node["/A"]))) for node in heads)


def as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def table(attribute: Any) -> bool:
    return isinstance(attribute, pikepdf.Dictionary) and attribute.get("/O") == "/Table"


def test_a_figure_over_several_lines_stays_on_one_page() -> None:
    """Halves on two pages would be read as two figures: wherever the table begins, each page has whole ones."""
    for lines in range(4):
        text_ = prose(2021).replace("示例引言。", "示例引言。\n\n" * (lines + 1), 1)
        document = pypdfium2.PdfDocument(Pdf().data(loaded(2021, hard_figures(), text_), ORGAN, WORDS))
        nines = [page.get_textpage().get_text_range().count("9") for page in document]
        assert sum(nines) > 18 * 30 and all(count % 18 == 0 for count in nines)
