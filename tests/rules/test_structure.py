"""Sections, their titles and their numbers, each once right and once wrong."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.example import THREE_IN_2014, findings, prose, tables
from tests.rules.words import findings_of, with_paragraph


def test_a_variant_of_a_title_is_a_note_and_another_title_a_warning() -> None:
    official = "五、存在的主要问题及改进情况"
    variant = prose(2021).replace(official, "五、政府信息公开工作存在的主要问题及改进情况")
    assert [(f.level, f.place.line) for f in findings_of("STR-TITLE", variant)] == [(Level.NOTE, 19)]
    assert [
        (f.level, f.subject) for f in findings_of("STR-TITLE", prose(2021).replace(official, "五、存在的不足"))
    ] == [(Level.WARNING, "五、存在的不足")]
    assert findings_of("STR-TITLE", prose(2021)) == []


LOWER = [
    ("1、健全机制。", [(Level.NOTE, "1、健全机制。")]),
    ("1．健全机制。", [(Level.NOTE, "1．健全机制。")]),
    ("1.健全机制。", []),
    ("2021年收到申请。", []),
    ("（一）甲\n\n（二）乙\n\n（三）丙", []),
    ("（一）甲\n\n（三）丙", [(Level.WARNING, "（三）丙")]),
    ("### （一）甲\n\n### （三）丙", [(Level.WARNING, "（三）丙")]),
]


@pytest.mark.parametrize(("words", "expected"), LOWER)
def test_lower_numbers(words: str, expected: list[tuple[Level, str]]) -> None:
    hits = findings_of("STR-NUM", f"{prose(2021)}\n{words}\n")
    assert [(f.level, f.subject) for f in hits] == expected
    lines = f"{prose(2021)}\n{words}".split("\n")
    assert all(lines[f.place.line - 1].endswith(f.subject) for f in hits)


def placed(rule: str, narrative: str, year: int = 2021) -> list[tuple[Level, int, int, str]]:
    return [(f.level, f.place.line, f.place.column, f.subject) for f in findings_of(rule, narrative, year=year)]


def test_a_section_too_few_and_one_too_many() -> None:
    last = "## 六、其他需要报告的事项"
    assert placed("STR-MISSING", prose(2021).split(last)[0]) == [(Level.ERROR, 0, 0, "六、其他需要报告的事项")]
    longer = prose(2021) + "\n## 七、附件\n\n示例。\n"
    assert placed("STR-MISSING", longer) == [(Level.ERROR, longer.split("\n").index("## 七、附件") + 1, 1, "七、附件")]
    assert placed("STR-MISSING", prose(2021)) == placed("STR-MISSING", prose(2010), 2010) == []


def test_a_section_left_out_or_put_in_is_told_and_those_behind_it_are_not() -> None:
    second, third = "## 二、主动公开政府信息情况", "## 三、收到和处理政府信息公开申请情况"
    text = prose(2021)
    without = text[: text.index(second)] + text[text.index(third) :]
    assert placed("STR-MISSING", without) == [(Level.ERROR, 0, 0, "二、主动公开政府信息情况")]
    assert placed("STR-TITLE", without) == []
    fees = text.replace("## 五、存在", "## 五、信息处理费收取情况\n\n示例。\n\n## 六、存在")
    fees = fees[: fees.index("## 六、其他")]
    (hit,) = findings_of("STR-MISSING", fees)
    assert (hit.level, hit.subject) == (Level.WARNING, "五、信息处理费收取情况")
    assert hit.message.zh == (
        "“五、信息处理费收取情况”是格式之外的部分，又缺少“六、其他需要报告的事项”：请把它并入“六、其他需要报告的事项”"
    )
    assert placed("STR-TITLE", fees) == []


def test_a_narrative_without_any_section_is_told_once() -> None:
    """Six findings would say the same."""
    (hit,) = findings_of("STR-MISSING", "示例引言。\n")
    assert (hit.level, hit.subject) == (Level.ERROR, "正文") and "全部6个部分" in hit.message.zh


def test_sections_that_changed_places_are_told_as_such() -> None:
    swapped = prose(2021).replace("## 一、总体情况", "## 零").replace("## 二、主动公开政府信息情况", "## 一、总体情况")
    (hit,) = findings_of("STR-MISSING", swapped.replace("## 零", "## 二、主动公开政府信息情况"))
    assert (hit.level, hit.subject) == (Level.ERROR, "一、总体情况") and "位置不对" in hit.message.zh


def test_a_missing_section_stays_an_error_on_a_record_and_is_a_note_before_2019() -> None:
    short = prose(2021).split("## 六、")[0]
    assert [f.level for f in findings(2021, None, short, 2021) if f.rule == "STR-MISSING"] == [Level.ERROR]
    unseen = prose(2010).split("## 六、")[0]
    assert placed("STR-MISSING", unseen, 2010) == [(Level.NOTE, 0, 0, "六、政府信息公开工作存在的主要问题及改进情况")]


def test_before_2019_other_matters_may_be_left_out_and_fees_where_nothing_was_asked() -> None:
    assert placed("STR-MISSING", prose(2010).split("## 七、")[0], 2010) == []
    fees, cases = "## 四、政府信息公开的收费及减免情况", "## 五、因政府信息公开"
    text = prose(2016)
    without = text[: text.index(fees)] + text[text.index(cases) :]
    asked = [f.subject for f in findings(2016, tables(2016), without) if f.rule == "STR-MISSING"]
    none = tables(2016, **{f"统计表_{name}": [0] for name in THREE_IN_2014})
    assert asked == ["四、政府信息公开的收费及减免情况"]
    assert [f for f in findings(2016, none, without) if f.rule == "STR-MISSING"] == []


TITLES: list[tuple[str, list[tuple[Level, int, int, str]]]] = [
    ("五、存在的主要问题 及改进情况", []),  # a blank in a title is another rule's
    ("5. 存在的主要问题及改进情况", []),  # so is its number
    ("（五）存在的主要问题及改进情况", []),
    ("存在的主要问题及改进情况", []),
    (
        "5、政府信息公开工作存在的主要问题及改进情况　",
        [(Level.NOTE, 19, 1, "5、政府信息公开工作存在的主要问题及改进情况")],
    ),
    ("五、存在的不足　", [(Level.WARNING, 19, 1, "五、存在的不足")]),
    ("五、五、存在的主要问题及改进情况", [(Level.WARNING, 19, 1, "五、五、存在的主要问题及改进情况")]),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_titles_are_compared_without_number_and_blanks(title: str, expected: list[tuple[Level, int, int, str]]) -> None:
    assert placed("STR-TITLE", prose(2021).replace("五、存在的主要问题及改进情况", title)) == expected


def test_before_2019_titles_are_free_and_numbers_a_note() -> None:
    narrative = prose(2010).replace("## 二、", "## 2、").replace("主动公开政府信息", "主动公开")
    line = next(n for n, text in enumerate(narrative.split("\n"), 1) if text.startswith("## 2、"))
    assert placed("STR-TITLE", narrative, 2010) == []
    assert [(level, at, column) for level, at, column, _ in placed("STR-NUM", narrative, 2010)] == [
        (Level.NOTE, line, 1)
    ]


def test_each_section_has_the_number_of_its_place() -> None:
    narrative = (
        prose(2021).replace("## 二、", "## 三、").replace("## 五、", "## 附五、").replace("改进情况\n", "改进情况　\n")
    )
    assert placed("STR-NUM", narrative) == [
        (Level.ERROR, 7, 1, "三、主动公开政府信息情况"),
        (Level.ERROR, 19, 1, "附五、存在的主要问题及改进情况"),
    ]
    (second, _) = findings_of("STR-NUM", narrative)
    assert second.message.zh == "“三、主动公开政府信息情况”的序数应为“二、”"


def test_a_report_of_more_than_ten_sections_is_numbered_as_far_as_the_numerals_go() -> None:
    narrative = prose(2021) + "".join(f"\n## {number}、附件\n\n示例。\n" for number in ("七", "八", "九", "十", "十一"))
    assert placed("STR-NUM", narrative) == []


SUBHEADINGS: list[tuple[str, list[tuple[Level, int]]]] = [
    ("### X光检查", []),
    ("### （一）甲", []),
    ("### (一)甲", [(Level.WARNING, 1)]),
    ("### （1）甲", [(Level.WARNING, 1)]),
    ("### （一） 甲", [(Level.WARNING, 1)]),
    ("### (一)甲（二）乙", [(Level.WARNING, 1)]),
    ("### （1）甲　", [(Level.WARNING, 1)]),
    ("### 甲", []),
    ("#### (一)甲", []),
    ("#### （1）甲", []),
]


@pytest.mark.parametrize(("heading", "expected"), SUBHEADINGS)
def test_second_level_numbers_are_in_chinese_and_close_to_their_words(
    heading: str, expected: list[tuple[Level, int]]
) -> None:
    narrative = f"{prose(2021)}\n{heading}\n\n示例。\n"
    line = narrative.split("\n").index(heading) + 1
    assert placed("STR-NUM", narrative) == [(level, line, column, heading.strip("# 　")) for level, column in expected]


SEQUENCES = [
    ("（一）甲\n\n## 七、乙\n\n（三）丙", []),  # where a section begins anew, nothing came before
    ("（一）甲\n\n（二）乙\n\n（一）丙", []),
    ("（二）甲\n\n（三）乙", []),
    ("（三）甲\n\n（二）乙", ["（二）乙"]),
    ("（一）甲\n\n（二）乙\n\n（四）丙\n\n（五）丁", ["（四）丙"]),
    ("（一）甲\n\n1、乙\n\n（三）一二三四五六七八九十", ["1、乙", "（三）一二三四五六七"]),
    ("（一）甲\n\n2.见（五）", []),
    ("（一）见2、乙", []),
    ("（九）甲\n\n（十）乙", []),
    ("10、甲", ["10、甲"]),
    ("20．甲", ["20．甲"]),
    ("100、甲", []),
    ("3、5件", []),
    ("1、 甲", []),
    ("甲1、乙", []),
    ("|（一）|（三）|\n|-|-|\n|1、甲|2、乙|", []),
]


@pytest.mark.parametrize(("words", "expected"), SEQUENCES)
def test_numbers_follow_one_another_within_a_section(words: str, expected: list[str]) -> None:
    narrative = f"{prose(2021)}\n{words}\n"
    assert [subject for _, _, _, subject in placed("STR-NUM", narrative)] == expected


def test_a_preface_may_begin_anywhere() -> None:
    assert findings_of("STR-NUM", prose(2021).replace("示例引言。", "（三）示例引言。", 1)) == []


def test_blanks_within_tables_and_paragraphs_are_no_matter_of_headings() -> None:
    assert findings_of("STR-WS", f"{prose(2021)}\n|甲 乙|丙。|\n|-|-|\n|丁  戊|己。|\n\n甲 乙。\n") == []


def test_a_number_out_of_turn_says_what_came_before() -> None:
    (finding,) = findings_of("STR-NUM", f"{prose(2021)}\n（二）甲\n\n（五）乙\n")
    assert finding.message.zh == "“（五）乙”：上一个是“（二）”，序数不连续，请改正" and finding.place.column == 1
    (third,) = findings_of("STR-NUM", f"{prose(2021)}\n3、甲\n")
    assert third.message.zh == "“3、甲”：三级序数应写“3.”" and third.place.column == 1


BLANKS = [
    ("## 六、其他需要报告的事项  ", [(15, "六、其他需要报告的事项")]),
    ("## 六、 其他需要报告的事项", [(6, "六、 其他需要报告的事项")]),
    ("## 六、其他需要报告的事项。", [(15, "六、其他需要报告的事项。（句号）")]),
    ("## 六、其他需要报告的事项", []),
    ("## 六、其他需要  报告的事项", [(10, "六、其他需要  报告的事项")]),
    ("## 六、其他 Web and App 的事项", []),
    ("## 六、其他需要报告的事项。 ", [(16, "六、其他需要报告的事项。")]),
]


@pytest.mark.parametrize(("title", "expected"), BLANKS)
def test_blanks_and_full_stops_of_headings(title: str, expected: list[tuple[int, str]]) -> None:
    hits = findings_of("STR-WS", prose(2021).replace("## 六、其他需要报告的事项", title))
    assert [(f.place.column, f.subject) for f in hits] == expected
    assert all(f.level is Level.NOTE and f.place.line == 23 for f in hits)


@pytest.mark.parametrize("words", ["（注）示例见（三）。", "2021年示例：1、示例；2、示例。"])
def test_a_number_within_a_paragraph_is_none_of_its_own(words: str) -> None:
    before = "（一）示例。\n\n"
    assert findings_of("STR-NUM", with_paragraph(before + words)) == []


def test_sections_behind_one_that_lacks_keep_their_numbers() -> None:
    narrative = prose(2021)
    first, second = (narrative.index(f"## {number}、") for number in "二三")
    without = narrative[:first] + narrative[second:]
    assert len(findings_of("STR-MISSING", without)) == 1 and findings_of("STR-NUM", without) == []
    (hit,) = findings_of("STR-NUM", without.replace("## 五、", "## 八、"))
    assert "序数应为“五、”" in hit.message.zh
    anew = without.replace("## 三、", "## 二、").replace("## 四、", "## 三、")
    assert findings_of("STR-NUM", anew) == []
