"""Words of the lists, damaged phrases, script, former organs and enumerations, found where they stand."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.words import findings_of, in_paragraph, in_preface, last_line, levels, with_paragraph, with_said


def test_typos() -> None:
    assert in_paragraph("WORD-TYPO", "示例区攻府加强领导。") == [(4, "示例区攻府加强领导")]
    hit = findings_of("WORD-TYPO", with_paragraph("示例条列规定。"))[0]
    assert hit.message.zh == "“条列”疑为“条例”之误" and hit.level is Level.WARNING


@pytest.mark.parametrize(
    "words",
    [
        "有关健全制度",
        "第三条列明",
        "批复盖章",
        "公布署名",
        "来自已公开的信息",
        "按装配式",
        "一贯策略",
        "统一但",
        "各部份额",
    ],
)
def test_a_longer_word_excuses_what_it_holds(words: str) -> None:
    assert in_paragraph("WORD-TYPO", f"示例{words}示例。") == []


def test_words_on_hong_kong_macao_and_taiwan() -> None:
    assert in_paragraph("WORD-HMT", "赴香港等国家考察。") == [(2, "赴香港等国家考察。")]
    assert (
        findings_of("WORD-HMT", with_paragraph("赴香港等国家考察。"))[0].message.zh
        == "“香港等国家”疑为“香港等地区”之误"
    )
    assert in_paragraph("WORD-HMT", "赴香港等地区考察，集中台关系示例，数据中台关系统一。") == []


FORMER = [
    ("会同示例区国土资源局办理。", [(6, "同示例区国土资源局办理。")]),
    ("国土资源局", [(1, "国土资源局")]),
    ("会同原示例区国土资源局办理。", []),
    ("原国土资源局", []),
    ("原示例省示例市示例区国土资源局", []),
    ("原示例区工商行政管理局、质量技术监督局", []),
    (f"原{'例' * 24}国土资源局", []),
    (f"原{'例' * 25}国土资源局", [(27, "例例例例国土资源局")]),
    ("原来文。国土资源局", [(5, "原来文。国土资源局")]),
    ("原文；国土资源局", [(4, "原文；国土资源局")]),
    ("原示例区，国土资源局", [(6, "示例区，国土资源局")]),
    ("以公开为原则的国土资源局", [(8, "为原则的国土资源局")]),
    ("因故障等原因国土资源局", [(7, "障等原因国土资源局")]),
]


@pytest.mark.parametrize(("words", "expected"), FORMER)
def test_former_names_of_organs(words: str, expected: list[tuple[int, str]]) -> None:
    assert in_paragraph("WORD-ORG", words) == expected


def test_a_former_name_is_reported_with_its_year_and_from_its_year() -> None:
    (hit,) = findings_of("WORD-ORG", with_paragraph("示例区国土资源局。"))
    assert (
        hit.level is Level.WARNING
        and hit.message.zh == "“国土资源局”在2021年已改为“自然资源局”；说的是从前，请写“原国土资源局”"
    )
    assert in_paragraph("WORD-ORG", "会同示例区扶贫开发办公室办理。", 2020) == []
    assert len(in_paragraph("WORD-ORG", "会同示例区扶贫开发办公室办理。", 2022)) == 1


def test_traditional_characters() -> None:
    hit = findings_of("WORD-SCRIPT", with_paragraph("示例無法提供。"))
    assert [(f.place.column, f.subject, f.message.zh) for f in hit] == [
        (3, "示例無法提供。", "“無”是繁体字，规范字是“无”")
    ]
    assert in_paragraph("WORD-SCRIPT", "示例瞭望、昇、后、里、干。") == []


def test_a_character_is_quoted_with_what_stands_beside_it_and_thirty_are_enough() -> None:
    (hit,) = findings_of("WORD-SCRIPT", with_paragraph("示例單位都在這裡", 2021).replace("這裡", "这里"))
    assert (hit.subject, hit.level) == ("示例單位都在这", Level.WARNING)
    assert len(findings_of("WORD-SCRIPT", with_paragraph("無" * 31))) == 30
    assert (
        len(findings_of("WORD-SCRIPT", with_paragraph("\ufffd" * 30 + "無"))) == 1
    )  # odd characters of another rule take no place


def test_a_note_of_the_list_is_reported_with_its_word() -> None:
    (hit,) = findings_of("WORD-TYPO", with_paragraph("示例钩稽关系。"))
    assert hit.level is Level.NOTE and hit.message.zh == "“钩稽”疑为“勾稽”之误（法定表格印作“勾稽”）"
    assert hit.message.en == "“钩稽” should probably be “勾稽” (法定表格印作“勾稽”)"
    (plain,) = findings_of("WORD-TYPO", with_paragraph("示例攻府。"))
    assert plain.message.en == "“攻府” should probably be “政府”"


def test_a_damaged_phrase_is_an_error_at_its_place_and_a_figure_between_does_not_hide_it() -> None:
    words = "共收到政府信息公开申{{表三.本年新收.总计}}件。"
    narrative = with_paragraph(words)
    (hit,) = findings_of("WORD-FIXED", narrative)
    assert (hit.place.line, hit.place.column, hit.level) == (last_line(narrative), 4, Level.ERROR)
    assert hit.message.zh == "“政府信息公开申”有错漏，应为“政府信息公开申请”"
    assert levels("WORD-FIXED", with_paragraph(words, 2020), 2020, historical_until=2020) == [Level.WARNING]


def test_of_phrases_within_one_another_the_longest_is_reported_once() -> None:
    assert in_paragraph("WORD-FIXED", "以习近平新时代中国特社会主义思想为指导。") == [
        (2, "以习近平新时代中国特社会主义思想为指导")
    ]


def test_a_phrase_counts_from_its_year() -> None:
    assert in_paragraph("WORD-FIXED", "党的二十大精申。", 2020) == []
    assert len(in_paragraph("WORD-FIXED", "党的二十大精申。", 2022)) == 1


def test_an_office_adds_phrases() -> None:
    assert in_paragraph("WORD-FIXED", "示例区人民政付。", 固定表述="示例区人民政府") == [(1, "示例区人民政付。")]
    assert in_paragraph("WORD-FIXED", "示例区人民政付。") == []


DAMAGED = [
    # phrases of the office, what stands there, what is said
    ("示例区人民政府", "示例区人民政付示例区人民政付", [(1, "示例区人民政付示例"), (8, "民政付示例区人民政付")]),
    ("示例区人民政府、示例区人民政府办公室", "示例区人民政付办公室", [(1, "示例区人民政付办公室")]),
    ("示例区人民政府办公室、示例区人民政府", "示例区人民政付办公室", [(1, "示例区人民政付办公室")]),
    ("甲乙丙丁", "甲乙。" * 499 + "甲乙丙戊", [(1498, "甲乙。甲乙丙戊")]),
    ("甲乙丙丁", "甲乙。" * 500 + "甲乙丙戊", []),
]


@pytest.mark.parametrize(("phrases", "words", "expected"), DAMAGED)
def test_damaged_phrases_of_an_office(phrases: str, words: str, expected: list[tuple[int, str]]) -> None:
    assert in_paragraph("WORD-FIXED", words, 固定表述=phrases) == expected


def test_of_phrases_at_one_place_the_longer_is_wanted_and_thirty_are_enough() -> None:
    (hit,) = findings_of(
        "WORD-FIXED", with_paragraph("示例区人民政付办公室"), 固定表述="示例区人民政府、示例区人民政府办公室"
    )
    assert hit.message.zh == "“示例区人民政付办公室”有错漏，应为“示例区人民政府办公室”"
    assert len(findings_of("WORD-FIXED", with_paragraph("示例区人民政付。" * 31), 固定表述="示例区人民政府")) == 30


def test_a_phrase_may_be_the_first_words_of_a_report() -> None:
    assert in_preface("WORD-FIXED", "示例区人民政付。", 固定表述="示例区人民政府") == [(1, "示例区人民政付。")]


ENUMERATIONS = [
    ("一是甲。二是乙。三是丙。四完善丁。", [(13, "乙。三是丙。四完善丁。")]),
    ("一是甲；三是乙。", [(5, "一是甲；三是乙。")]),
    ("一是甲；二是乙；二是丙。", [(9, "甲；二是乙；二是丙。")]),
    ("一是甲；二是乙。三年来成效明显。", []),
    ("一是甲：一是子，二是丑；二是乙；三是丙。", []),
    ("改进措施：一是甲；二是乙。存在问题：一是甲；二是乙。", []),
    ("统一是原则，之二是例外。", []),
    ("建设方面一是甲；二是乙。", []),
    ("要求：一是甲；二是乙；四是丁；五是戊。", [(12, "甲；二是乙；四是丁；五是戊。")]),
    ("一是甲；二是乙；四是丁；三是丙；五是戊。", [(9, "甲；二是乙；四是丁；三是丙；")]),  # changed places: one slip
    ("一是甲；二是乙；二是丙；四是丁。", [(9, "甲；二是乙；二是丙；四是丁。")]),
    (
        "一是甲；二是乙；二是丙；二是丁；五是戊。",
        [(9, "甲；二是乙；二是丙；二是丁；"), (13, "乙；二是丙；二是丁；五是戊。")],
    ),
    ("一是甲：一是子，二是丑；二是乙；四是丁。", [(17, "丑；二是乙；四是丁。")]),
    ("现有二是甲；三是乙。", []),
    ("二是甲；三是乙。一是丙；二是丁。", []),
    ("一是甲。X光检查。", []),
    ("一是甲；二一是乙。", []),
    ("一是甲；二是乙；之二是丙；三是丁。", []),
    ("首先。二完善甲。一是乙。", []),
    ("一是甲：一是子，二是丑。二完善乙。", []),
    ("一是甲：一是子，二是丑，四是寅；二是乙。", [(13, "子，二是丑，四是寅；二是乙。")]),
    ("首先。一完善甲。二完善乙。一是丙。", []),
    ("一是甲。五完善戊。一完善己。", []),
    ("一是甲；九十九是乙。", [(5, "一是甲；九十九是乙。")]),
    ("一是甲：一是子，二是丑，三是寅，三是卯。", [(17, "丑，三是寅，三是卯。")]),
    ("一是甲：一是子，二是丑。三完善寅。", [(13, "子，二是丑。三完善寅。")]),
    ("示例 一是甲\t三是乙", [(8, "例 一是甲\t三是乙")]),
]
TEN = "".join(f"{numeral}是第{numeral}件；" for numeral in "一二三四五六七八九十")
BEYOND_TEN = [
    ("十一是甲；十二是乙。", []),
    ("十一是甲；十三是乙。", ["十三是"]),
    ("十是甲；十二是乙。", ["十是"]),
    ("十是甲；十是乙；十是丙。", ["十是", "十是", "十是"]),
    (
        "十一是甲；十二是乙；十三是丙；十四是丁；十五是戊；十六是己；十七是庚；十八是辛；十九是壬；二十是癸；二十一是子；二十三是丑。",
        ["二十三是"],
    ),
]


@pytest.mark.parametrize(("words", "expected"), ENUMERATIONS)
def test_enumerations(words: str, expected: list[tuple[int, str]]) -> None:
    assert in_paragraph("NAR-ENUM", words) == expected


@pytest.mark.parametrize(("words", "expected"), BEYOND_TEN)
def test_enumerations_go_on_beyond_ten(words: str, expected: list[str]) -> None:
    columns = [column for column, _ in in_paragraph("NAR-ENUM", TEN + words)]
    assert [words[column - 1 - len(TEN) :].partition("是")[0] + "是" for column in columns] == expected


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        ("一是甲；三是乙。", ["“三是”前一项是“一是”，应为“二是”"]),
        ("一是甲；二是乙；二是丙；二是丁。", ["“二是”前一项是“二是”，应为“三是”", "“二是”前一项是“二是”，应为“四是”"]),
        ("一是甲；二是乙；四是丙；七是丁。", ["“四是”前一项是“二是”，应为“三是”", "“七是”前一项是“四是”，应为“五是”"]),
        (TEN + "十是甲；十是乙。", ["“十是”前一项是“十是”，应为“十一是”", "“十是”前一项是“十是”，应为“十二是”"]),
        ("一是甲：一是子，二是丑，四是寅，三是卯。", ["“四是”前一项是“二是”，应为“三是”"]),
        (TEN + "十三是甲。", ["“十三是”前一项是“十是”，应为“十一是”"]),
        ("一是甲。二完善乙。", ["“二”后漏了“是”：上一项是“一是”"]),
    ],
)
def test_what_is_missing_is_named(words: str, messages: list[str]) -> None:
    assert [hit.message.zh for hit in findings_of("NAR-ENUM", with_paragraph(words))] == messages


def test_an_enumeration_goes_on_over_paragraphs_that_begin_with_its_items() -> None:
    assert findings_of("NAR-ENUM", with_paragraph("一是甲。\n\n二是乙。\n\n三是丙。")) == []
    assert [f.subject for f in findings_of("NAR-ENUM", with_paragraph("一是甲。\n\n三是丙。"))] == ["三是丙。"]


def test_a_paragraph_or_a_section_begins_its_own_list() -> None:
    assert findings_of("NAR-ENUM", with_paragraph("一是甲；二是乙。\n\n再说：二是丙。")) == []
    assert findings_of("NAR-ENUM", with_paragraph("一是甲。\n\n## 七、乙\n\n三是丙。")) == []
    assert in_preface("NAR-ENUM", "一是甲；三是乙。") == [(5, "一是甲；三是乙。")]
    assert {f.level for f in findings_of("NAR-ENUM", with_paragraph("一是甲；三是乙。二完善丙。三完善丁。"))} == {
        Level.WARNING
    }


def test_one_enumeration_is_parted_by_one_mark() -> None:
    (hit,) = findings_of("WORD-PUNCT", with_paragraph("示例。一是甲；二是乙；三是丙。四是丁。"))
    assert (hit.level, hit.place.column) == (Level.NOTE, 16)
    assert in_paragraph("WORD-PUNCT", "示例。一是甲；二是乙；二是丙。") == []
    assert in_preface("WORD-PUNCT", "二是甲；三是乙；一是丙。") == []
    # told once, and each list by itself: one behind the other, one within the other, one with a numeral that is no item
    assert in_paragraph("WORD-PUNCT", "一是甲；二是乙。三是丙；四是丁。五是戊。") == [
        (9, "甲；二是乙。三是丙；四是丁。")
    ]
    assert in_paragraph("WORD-PUNCT", "一是甲；二是乙；三是丙。措施：一是丁。二是戊。三是己。四是庚。") == []
    assert in_paragraph("WORD-PUNCT", "一是甲：一是子，二是丑。三是寅；二是乙；三是丙。") == []
    assert in_paragraph("WORD-PUNCT", "一是甲；二是乙。五完善丙。") == []
    assert in_paragraph("WORD-PUNCT", "一是甲；二是乙。三是丙。") == [(9, "甲；二是乙。三是丙。")]
    assert in_paragraph("WORD-PUNCT", "一是甲；二是乙；三是丙。") == []


def test_words_of_the_preface_are_read_too() -> None:
    assert in_preface("WORD-TYPO", "示例攻府。") == [(3, "示例攻府。")]


def test_words_of_the_tables_file_are_read_too() -> None:
    text = with_said("联系: {地址: 示例区攻府路1号, 电话: 0533-0000000}")
    (hit,) = findings_of("WORD-TYPO", None, text)
    line = text.rstrip("\n").split("\n")[-1]
    assert (hit.place.file, hit.place.line) == ("2021/shili/tables.yaml", len(text.rstrip("\n").split("\n")))
    assert line[hit.place.column - 1 :].startswith("攻府路")
