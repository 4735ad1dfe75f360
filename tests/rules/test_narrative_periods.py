"""Quarters and half-years against the year in one sentence."""

from __future__ import annotations

import pytest

from tests.rules.words import findings_of, with_paragraph

WRONG = [
    ("一季度公开信息10条，二季度20条，三季度30条，四季度40条，全年共公开110条。", "100≠110"),
    ("公开信息110条，其中第一季度10条、第二季度20条、第三季度30条、第四季度40条。", "100≠110"),
    ("上半年公开信息40条，下半年公开70条，全年主动公开政府信息100条。", "110≠100"),
    ("1—6月公开40条，7—12月公开70条，全年公开100条。", "110≠100"),
    ("1-3月公开10条，4-6月20条，7-9月30条，10-12月40条，全年公开90条。", "100≠90"),
    ("上半年公开25条，一季度公开10条，二季度20条，下半年公开70条，三季度30条，四季度40条。", "30≠25"),
]
RIGHT = [
    "一季度公开信息10条，二季度20条，三季度30条，四季度40条，全年共公开100条。",
    "上半年召开会议2次，下半年召开3次，全年培训8次。",
    "一季度公开10条，二季度公开20条，全年共公开100条。",
    "上半年公开40条，下半年公开70条，比上年全年公开100条有所增加。",
    "上半年公开40条，下半年公开70篇，全年公开100条。",
    "上半年公开40条，下半年公开60条。全年公开解读90条。",
]


@pytest.mark.parametrize(("words", "values"), WRONG)
def test_periods_that_do_not_add_up(words: str, values: str) -> None:
    found = [hit for rule in ("NAR-QUARTER", "NAR-PARTS") for hit in findings_of(rule, with_paragraph(words))]
    assert [hit.values for hit in found] == [values]  # told once, by one of the two
    assert words[found[0].place.column - 1 :].startswith(values.partition("≠")[2])


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("全年公开信息1200条，平均每月120条。", "120≠100"),
        ("全年12个月共发布信息3600条，月均发布200条。", "200≠300"),
        ("全年公开信息100条，平均每季度公开20条。", "20≠25"),
        ("每季度开展1次网站检查，全年共开展5次。", "5≠4"),
        ("每月编发1期，全年共编发11期。", "11≠12"),
        ("全年公开信息1206条，平均每月100条。", ""),
        ("全年公开信息1200条，微信月均发布30条。", ""),
        ("每季度至少开展1次检查，全年开展6次检查。", ""),
        ("每季度召开调度会1次，全年召开会议6次。", ""),
        ("每季度开展1次检查，全年开展4次检查。", ""),
        ("上年公开1000条，全年公开1200条，平均每月10条。", ""),
    ],
)
def test_means_and_totals_fit(words: str, values: str) -> None:
    assert [hit.values for hit in findings_of("NAR-QUARTER", with_paragraph(words))] == [values] * bool(values)


@pytest.mark.parametrize("words", RIGHT)
def test_periods_that_add_up_or_count_other_things(words: str) -> None:
    assert findings_of("NAR-QUARTER", with_paragraph(words)) == []
