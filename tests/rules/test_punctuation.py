"""Each kind of wrong mark, found where it stands, and the right ones left alone."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.words import findings_of, in_paragraph, last_line, with_paragraph, with_said

CASES = [
    # half-width marks, one between Chinese characters and one between marks of Chinese
    ("2020年,示例区公开", [(6, "020年,示例区公")]),
    ("示例(其中机构)", [(3, "示例(其中机构")]),
    ("甲;乙", [(2, "甲;乙")]),
    ("甲:乙", [(2, "甲:乙")]),
    ("甲?乙", [(2, "甲?乙")]),
    ("甲!乙", [(2, "甲!乙")]),
    ("《甲》,《乙》", [(4, "《甲》,《乙》")]),
    ("“甲”:“乙”", [(4, "“甲”:“乙”")]),
    ("（甲）!（乙）", [(4, "（甲）!（乙）")]),
    ("共1,234条，见www.example.gov.cn,12:30。", []),
    ("甲,A", []),
    ("A,甲", []),
    ("甲.乙", []),
    ("甲?", []),
    # marks typed twice
    ("示例。，示例", [(3, "示例。，示例")]),
    ("甲，，乙", [(2, "甲，，乙")]),
    ("甲、。乙", [(2, "甲、。乙")]),
    ("甲；：乙", [(2, "甲；：乙")]),
    ("甲：、乙", [(2, "甲：、乙")]),
    ("甲，；乙", [(2, "甲，；乙")]),
    ("甲！！乙？。", []),
    ("甲。”，乙“。", []),
    ("按《《示例》办法〉执行", [(2, "按《《示例》办"), (2, "按《《示例》办法")]),
    # document numbers
    ("国办发[2020]17号", [(4, "国办发[2020]17号")]),
    ("国办发（2020）17号", [(4, "国办发（2020）17号")]),
    ("国办发(1998)第5号", [(4, "国办发(1998)第5号")]),
    ("国办发【2020】17号", [(4, "国办发【2020】17号")]),
    ("国办发［2020］12345号", [(4, "国办发［2020］1234")]),
    ("国办发〔2020〕17号（2020年）", []),
    ("示X2020]17号", []),
    ("示例（2020）示01行初5号", []),
    ("示例（3020）17号（2020）123456号", []),
    # blanks
    ("示例 单位", [(3, "示例 单位")]),
    ("示例， 单位。 示例； 示例", [(4, "示例， 单位。"), (8, "单位。 示例；"), (12, "示例； 示例")]),
    ("示例 2020 年 A 单位", []),
    ("示例： 单位", []),
    ("示例区政府 信息公开", [(6, "例区政府 信息公开")]),
    # spaces that set words apart: letters of one word, aligned names, headings, columns, a signature, annexes
    ("邮 编：000000，电 话：0533-0000000", []),
    ("参加人员：张 三、李某某、王 五。", []),
    ("总 体 情 况", []),
    ("（一）主动公开方面 示例区公开信息3条。", []),
    ("一、机构职能、机构设置 示例区公开信息3条。", []),
    ("甲局 乙局 丙局 丁局", []),
    ("| 甲局 乙局 | 丙局 |", []),
    ("未收取费用。 示例区示例局 2025年1月20日 （此件主动公开）", []),
    ("公开信息3条。 附件：示例 目录", []),
    ("附件1 示例区政府信息公开 统计表", []),
    ("附件：示例区政府信息公开 统计表", []),
    ("附件齐全 单位公开信息", [(5, "附件齐全 单位公开")]),
    ("示例区政府 信息公开办公室 2025年1月20日", []),
    ("示例区政府 信息公开，截至2025年1月20日", [(6, "例区政府 信息公开")]),
    # lists
    ("《甲》、《乙》和“丙”、“丁”", [(3, "《甲》、《乙》和“")]),
    ("“丙”、“丁”、“戊”", [(3, "“丙”、“丁”、“")]),
    ("《甲》《乙》和“丙”“丁”。", []),
    ("《甲》、“乙”、《丙》、丁、《戊》", []),
]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_marks(words: str, expected: list[tuple[int, str]]) -> None:
    assert sorted(in_paragraph("WORD-PUNCT", words)) == sorted(expected)


UNPAIRED = [
    ("示例（联系：甲", [(3, "示例（联系：甲")]),
    ("（示例", [(1, "（示例")]),
    ("示例联系：甲）", [(7, "示例联系：甲）")]),
    ("“示例《甲》“", [(1, "“示例《甲》“")]),
    ("示例《甲》乙》", [(7, "示例《甲》乙》")]),
    ("（甲）（乙（丙）", [(4, "（甲）（乙（丙）")]),
    ("（（甲", [(1, "（（甲")]),
    ("（甲））乙）", [(4, "（甲））乙）")]),
    ("“甲（乙”", [(3, "“甲（乙”")]),
    # words quoted over paragraphs; a paragraph by itself may be right where another is not
    ("他说：“甲。\n\n乙。”", []),
    ("（甲）\n\n乙（丙", [(2, "乙（丙")]),
    # items
    ("1）甲，2）乙。", []),
    ("具体为：1）甲；2）乙；10）丙。", []),
    ("（包括：1）甲；2）乙）", []),
    ("a）甲 b）乙", []),
    ("一）甲、十二）乙", []),
    ("1）甲，（乙））", [(8, "）甲，（乙））")]),
    ("1）甲，乙）", [(6, "1）甲，乙）")]),
    ("（甲，1）乙；2）丙））丁", [(11, "）乙；2）丙））丁")]),
    ("甲）乙", [(2, "甲）乙")]),
    ("123）甲", [(4, "123）甲")]),
    ("共12）甲", [(4, "共12）甲")]),
    ("1》甲", [(2, "1》甲")]),
    ("1）甲》乙", [(4, "1）甲》乙")]),
    ("1）甲。", []),
    ("1）甲（乙（丙", [(4, "1）甲（乙（丙")]),
]


@pytest.mark.parametrize(("words", "expected"), UNPAIRED)
def test_quotes_and_brackets_come_in_pairs_within_a_paragraph(words: str, expected: list[tuple[int, str]]) -> None:
    assert [(f.place.column, f.subject) for f in findings_of("WORD-PUNCT", with_paragraph(words))] == expected


def test_levels_and_words() -> None:
    hits = findings_of("WORD-PUNCT", with_paragraph("示例,示例 示例（"))
    assert [(f.level, f.message.zh) for f in hits] == [
        (Level.WARNING, "“示例,示例 示”：中文之间用了半角“,”，应为全角“，”"),
        (Level.WARNING, "“,示例 示例（”：“（”与“）”不成对，请补上或删去"),
        (Level.NOTE, "“例,示例 示例（”：汉字之间有空格，请删去"),
    ]


def test_what_is_wrong_and_how_to_write_it() -> None:
    hits = findings_of("WORD-PUNCT", with_paragraph("按《《甲》、《乙》，。国办发[2020]17号"))
    assert sorted((f.place.column, f.level, f.message.zh) for f in hits) == [
        (2, Level.WARNING, "“按《《甲》、《”：标点“《《”连用，请删去一个；书名号里再用书名号，里面的用〈〉"),
        (2, Level.WARNING, "“按《《甲》、《乙”：“《”与“》”不成对，请补上或删去"),
        (5, Level.NOTE, "“按《《甲》、《乙》，。”：并列的书名号或引号之间不用顿号"),
        (10, Level.WARNING, "“、《乙》，。国办发[”：标点“，。”连用，请删去一个"),
        (15, Level.WARNING, "“。国办发[2020]17号”：发文字号的年份应用六角括号“〔2020〕”"),
    ]


@pytest.mark.parametrize(
    ("half", "full"), [(",", "，"), (";", "；"), (":", "："), ("(", "（"), ("?", "？"), ("!", "！")]
)
def test_each_half_width_mark_is_reported_with_the_full_width_one(half: str, full: str) -> None:
    (hit,) = findings_of("WORD-PUNCT", with_paragraph(f"甲{half}乙"))
    assert hit.message.zh == f"“甲{half}乙”：中文之间用了半角“{half}”，应为全角“{full}”" and hit.message.en.endswith(
        f"among Chinese; write “{full}”"
    )


def test_a_title_within_a_title_takes_other_marks() -> None:
    assert [f.message.en.partition(": ")[2] for f in findings_of("WORD-PUNCT", with_paragraph("甲，，《《乙》》"))] == [
        "two marks “，，” in a row; delete one",
        "two marks “《《” in a row; delete one; a title within a title takes 〈〉",
    ]


def test_a_list_is_reported_once_a_paragraph() -> None:
    narrative = with_paragraph("《甲》、《乙》、《丙》\n\n《丁》、《戊》和《己》、《庚》")
    last = last_line(narrative)
    assert [(f.place.line, f.place.column) for f in findings_of("WORD-PUNCT", narrative)] == [(last - 2, 3), (last, 3)]


SAID = [
    ("文号: 示政发[2021]1号", [(8, "示政发[2021]1号")]),
    ("联系: {地址: 示例路1号（甲楼, 电话: 0533-0000000}", [(15, "示例路1号（甲楼")]),
    ('联系: {地址: "示例路1号）甲楼", 电话: 0533-0000000}', [(16, "示例路1号）甲楼")]),
    ("联系: {地址: 示例路1号（}", [(15, "示例路1号（")]),
    ("联系: {地址: 示例路1号（甲楼）, 电话: 0533-0000000}", []),
]


@pytest.mark.parametrize(("line", "expected"), SAID)
def test_marks_of_the_tables_file(line: str, expected: list[tuple[int, str]]) -> None:
    text = with_said(line)
    hits = findings_of("WORD-PUNCT", None, text)
    assert [(f.place.column, f.subject) for f in hits] == expected
    assert all(
        (f.place.file, f.place.line) == ("2021/shili/tables.yaml", last_line(text)) and f.level is Level.WARNING
        for f in hits
    )


def test_no_more_than_a_reader_needs() -> None:
    assert len(in_paragraph("WORD-PUNCT", "示例,例示" * 400)) == 30
