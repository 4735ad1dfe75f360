"""Our own files come back as the report they were made of: whatever the form, whatever Markdown the narrative has."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace

import pytest
from PIL import Image

from generator.collection.summary import summarise
from generator.finding import Message
from generator.importer.make_draft import take
from generator.importer.markdown_writer import escape
from generator.importer.own_files import without_additions
from generator.readers.document import Document, DocumentCell, DocumentTable, Limits, Paragraph, Piece
from generator.readers.open_file import read_bytes
from generator.report.entry import DRAFT, Files, LoadedReport, read_entry
from generator.website.downloads.manuscript import StatutoryTable, manuscript
from generator.website.downloads.narrative_blocks import FreeGrid, Heading, Line, Picture, text_of
from generator.website.downloads.narrative_blocks import Paragraph as Printed
from generator.website.site import open_site
from tests.example import FORMS, SETTINGS, tables
from tests.importer.samples import grid_of
from tests.website.downloads.samples import DATED, FORM_IDS, ORGAN, WORDS, every_form, loaded, narrative, rich
from tests.website.downloads.test_word import png

pytest.importorskip("typst", exc_type=ImportError)
FILES = ("index.html", "report.docx", "report.pdf", "report.xlsx")
# A report as people write it: headings, numbered points, a free table, signs that some PDF writers exchange.
PLAIN = """\
示例引言，橡胶、母亲、3～5件、〈示例〉、本年增／减；半角 A/B 与 2.02 万元。

## 一、总体情况

### （一）主动公开

第一段，**加粗**的字。

1. 第一点
2. 第二点

#### 1.小标题

小标题下的文字，（6） 有空格。

### （6） 加强示例建设

{{图片.1}}

表：示例表格

| 项目 | 数量 |
|:-----|-----:|
| 甲 | 1 |
| 乙 | 无 |

表后一段。
"""


def document(*blocks: object) -> Document:
    return Document("示例.docx", "docx", tuple(blocks))  # type: ignore[arg-type]


def said(report: LoadedReport) -> list[str]:
    """What the files print, block by block; a list item as its marker and words."""
    printed = manuscript(report, ORGAN, WORDS)
    out = [printed.title, printed.number, printed.catalogue, printed.publisher, printed.day]
    for block in printed.blocks:
        if isinstance(block, StatutoryTable):
            out.append(f"{block.sheet.table.id} {block.sheet.texts}")
        elif isinstance(block, FreeGrid):
            rows = (block.head, *block.body)
            out += [text_of(block.caption), *("|".join(text_of(cell.runs) for cell in row) for row in rows)]
        elif isinstance(block, Heading):
            out.append(f"{'#' * block.level} {text_of(block.runs)}")
        elif isinstance(block, Printed):
            out.append(f"{block.marker}{text_of(block.runs)}")
        else:
            assert not isinstance(block, Picture | Line)
    return [" ".join(text.split()) for text in out if text.strip()]


def again(report: LoadedReport, name: str, organ: str = "") -> LoadedReport:
    """What import makes of a file of the report, told whose it is where `organ` is given."""
    settings = replace(SETTINGS, downloads=None)
    made = open_site(settings, [report.ref]).report_page.files(report, summarise(report), [])
    data = next(item.data for item in made if item.path.endswith(name))
    draft = take(read_bytes(data, name, Limits()), FORMS, SETTINGS.organs, organ)
    assert (draft.identity.organ, draft.identity.year) == (report.ref.organ, report.ref.year)
    assert draft.account.ignored == 0 and draft.counts["inferred"] == draft.counts["undecided"] == 0
    back, _ = read_entry(report.ref, Files(draft.files["tables.yaml"], draft.files["report.md"]), FORMS)
    assert back is not None and back.report.form is report.report.form
    return back


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("form", FORM_IDS)
def test_a_report_on_every_form_comes_back_exactly(form: str, name: str) -> None:
    report = every_form()[form]
    assert said(again(report, name)) == said(report)


@pytest.mark.parametrize("name", FILES)
def test_text_comes_back_exactly(name: str) -> None:
    report = loaded(2021, _with_lost_picture(), narrative(2021, PLAIN))
    back, expected = said(again(report, name)), said(report)
    if (
        name == "report.xlsx"
    ):  # a workbook does not tell a point of a list from a short heading, nor a heading from text
        back, expected = ([text.lstrip("# ").replace(" ", "") for text in texts] for texts in (back, expected))
    assert back == expected


# what lines of 28 characters cut: an address in the midst of a word, a title behind its first line
CUT = """\
示例引言。本报告的电子版可在示例区人民政府网站（http://www.example.gov.cn/gongkai/site_c_x_n/content_12345.html）下载。

## 一、总体情况

### （一）加强政府信息公开平台建设和政务新媒体管理，推进政务公开标准化

电子版可以从www.example.gov.cn下载，邮箱：example_gongkai_shili@zibo.example.gov.cn，如有疑问请联系。

"""
CUT += "\n\n".join(("100%" * 20, "完成" + "9" * 90, "Words that stand apart stay so, " * 5 + "1 2 3."))


def test_what_a_line_of_a_pdf_cuts_comes_back_whole() -> None:
    report = loaded(2021, tables(2021), narrative(2021, CUT))
    assert said(again(report, "report.pdf")) == said(report)


# what stands beside what in a line, however it is broken and squeezed
SIDE_BY_SIDE = (
    "甲乙丙丁 政府信息公开 http://www.example.gov.cn/a_b/c.html查看 12345 2.5万元 100% （二） ， ； 、 A&B <C>"
    " “引” WPS ※ —— … 《示例》 3～5 １２ ａｂ 1,234 -3 +4 a@b.example.cn， （ ） · ㎡ ℃ "
    "2021年1月 〔2021〕3号 ① / * _ # | $x$ \\ ill“ 11（ i《"
)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES[1:])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_odd_texts_come_back_exactly(seed: int, name: str) -> None:
    dealt = random.Random(seed)
    paragraphs = (f"本{''.join(dealt.choices(SIDE_BY_SIDE.split(), k=dealt.randint(1, 25)))}。" for _ in range(20))
    text = "\n\n".join(escape(words).replace("|", "\\|") for words in paragraphs)
    report = loaded(2021, tables(2021), narrative(2021, f"示例引言。\n\n## 一、总体情况\n\n{text}"))
    assert [words.lstrip("# ") for words in said(again(report, name))] == [words.lstrip("# ") for words in said(report)]


@pytest.mark.parametrize("name", FILES[:3])
def test_numbers_of_lists_come_back_that_do_not_count_on(name: str) -> None:
    points = "示例引言。\n\n## 一、总体情况\n\n1. 甲\n2. 乙\n\n文字\n\n1. 丙\n\n文字\n\n9. 丁\n10. 戊\n100. 己\n"
    report = loaded(2021, tables(2021), narrative(2021, points))
    assert said(again(report, name)) == said(report)


LONG_NAMES = [
    "示例省示例市示例区行政审批服务局（示例区大数据局）",
    "示例省示例市示例自治州示例经济技术开发区管理委员会行政审批服务局（示例区大数据局、示例区政务服务中心）示例综合办公室示例",
]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("organ", LONG_NAMES)
def test_a_long_name_in_title_and_signature_comes_back(organ: str, name: str) -> None:
    figures = re.sub("发布机构: .*", f"发布机构: {organ}", tables(2021))
    figures = re.sub("标题: .*", f"标题: {organ}2021年政府信息公开工作年度报告", figures)
    report = loaded(2021, figures + "发文日期: 2022-01-20\n")
    assert said(again(report, name, "shili")) == said(report)


def _with_lost_picture() -> str:
    return tables(2021) + "发文日期: 2022-01-20\n图片:\n  1: {状态: 遗失, 说明: 示例}\n"


@pytest.mark.parametrize("name", ["report.docx", "report.pdf"])
def test_a_picture_comes_back(name: str) -> None:
    report = rich()
    settings = replace(SETTINGS, downloads=None)
    page = open_site(settings, [report.ref]).report_page
    made = page.files(report, summarise(report), [], [], {"tu.png": picture(png((200, 100)))}.get)
    data = next(item.data for item in made if item.path.endswith(name))
    draft = take(read_bytes(data, name, Limits()), FORMS, SETTINGS.organs)
    pictures = [name for name in draft.files if name.endswith((".png", ".jpg"))]
    assert len(pictures) == 1 and pictures[0] in draft.files["report.md"].decode()


def picture(data: bytes) -> bytes:
    """The picture as a JPEG, which PDF files hold as it is."""
    out = io.BytesIO()
    Image.open(io.BytesIO(data)).save(out, "jpeg")
    return out.getvalue()


def test_a_list_of_all_cells_is_no_part_of_the_report() -> None:
    cells = grid_of([["表", "行", "列", "数值", "原表文字", "单位"], ["表二", "规章", "本年制发件数", "1", "1", "件"]])
    other = grid_of([["表", "行", "列"], ["表二", "规章", "1"]])
    assert without_additions(document(cells, other)).blocks == (other,)


def test_marks_of_lost_pictures_are_pictures() -> None:
    (paragraph,) = without_additions(document(Paragraph((Piece("前〔图1：原图遗失〕〔图：示例图〕后"),)))).blocks
    assert isinstance(paragraph, Paragraph)
    assert [(piece.text, bool(piece.picture)) for piece in paragraph.pieces] == [
        ("前", False),
        ("", True),
        ("示例图", True),
        ("后", False),
    ]


def test_words_in_such_brackets_stay_words() -> None:
    block = Paragraph((Piece("见〔图1〕和〔2021〕3号"),))
    assert without_additions(document(block)).blocks == (block,)


CORRECTED = """更正:
  - {日期: 2022-03-01, 位置: 表三.本年新收.总计, 原值: ~, 更正为: 9, 原因: 示例：录入有误, 批准人: 示例甲}
  - {日期: 2022-04-02, 位置: 表三.本年新收.总计, 原值: 9, 更正为: 0, 原因: 示例：漏计, 批准人: 示例乙}
  - {日期: 2022-04-02, 位置: 表二.规章.本年制发件数, 原值: /, 更正为: 3, 原因: 示例, 批准人: 示例甲}
  - {日期: 2022-05-06, 位置: 表二.规章.现行有效件数, 原值: 8, 更正为: ~, 原因: 示例, 批准人: 示例甲}
"""


@pytest.mark.parametrize("name", FILES[1:])
def test_corrections_come_back_and_are_no_prose(name: str) -> None:
    figures = tables(2021, 表二_规章=[3, 0, "~"])
    report = loaded(2021, figures + DATED + CORRECTED, narrative(2021, PLAIN.replace("{{图片.1}}\n\n", "")))
    plain = replace(report.report, corrections=())
    back = again(replace(report, ref=report.ref._replace(withheld=DRAFT)), name)
    expected = said(replace(report, report=plain, facts={}))
    got = said(replace(back, report=replace(back.report, corrections=()), facts={}))
    if name == "report.xlsx":
        got, expected = ([text.lstrip("# ").replace(" ", "") for text in texts] for texts in (got, expected))
    assert got == expected
    assert [item[:6] for item in back.report.corrections] == [item[:6] for item in report.report.corrections]


def test_a_mark_that_no_list_explains_stays_in_doubt() -> None:
    doubt = Message("示例", "示例")
    cell = DocumentCell("3", raw="3〔上标：更正〕", doubt=doubt)
    table = DocumentTable(((cell,),))
    assert without_additions(document(table)).blocks == (table,)
    heads = grid_of([["日期", "位置", "原值", "更正为", "原因", "批准人"]])
    (kept,) = without_additions(document(table, heads)).blocks
    assert isinstance(kept, DocumentTable) and kept.rows == ((DocumentCell("3"),),)
    other = DocumentTable(((cell._replace(raw="3〔上标：更正〕1"),),))
    assert without_additions(document(other, heads)).blocks == (other,)
