from __future__ import annotations

import pytest

from tests.example import MORE, entry, findings, prose
from tests.rules.words import found

OVERVIEW, PROBLEMS = MORE["总体情况"], MORE["问题"]
LONG = "示例文字。" * 15


def hits(rule: str, old: str, new: str, year: int = 2021, **options: str) -> list[tuple[int, int, str]]:
    return [(f.place.line, f.place.column, f.subject) for f in found(rule, prose(year).replace(old, new), None, year, None, **options)]


def test_the_overview_speaks_of_five_matters() -> None:
    assert hits("NAR-SEC1-COV", OVERVIEW, OVERVIEW) == []
    assert hits("NAR-SEC1-COV", OVERVIEW, "示例主动公开、考核。") == [(3, 1, "政府信息管理、平台建设")]
    (hit,) = found("NAR-SEC1-COV", prose(2021).replace(OVERVIEW, ""))
    assert hit.message.zh == "总体情况没有说到：主动公开、政府信息管理、平台建设、监督保障"


CASES = [(PROBLEMS, []), ("", ["太短"]), (LONG, ["问题"]), (LONG + "问题", ["改进"]), (LONG + "问题不少，要改进", [])]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_problems_and_improvements(words: str, expected: list[str]) -> None:
    narrative = prose(2021).replace(PROBLEMS, words).replace("收到申请{{表三.本年新收.总计}}件，均已答复。", "") if words else prose(2021).replace(PROBLEMS, "")
    found_ = found("NAR-SEC5", narrative)
    assert [(f.place.line, f.subject) for f in found_] == [(next(n for n, line in enumerate(narrative.split("\n"), 1) if line.startswith("## 五")), s) for s in expected]


@pytest.mark.parametrize("words", ["", "无", "无。", "没有"])
def test_nothing_is_not_enough(words: str) -> None:
    narrative = prose(2021).replace(PROBLEMS + "收到申请{{表三.本年新收.总计}}件，均已答复。", words)
    assert [f.subject for f in found("NAR-SEC5", narrative)] == ["空"]


NAMED = "存在问题：一是政策解读形式单一；二是基层人员力量薄弱。改进情况：要加强培训。" + LONG
ANSWERS = [
    ("一是示例事项办理时限偏长；二是示例栏目更新迟缓。改进情况：要完善。", ["2020年的问题"]),
    ("存在问题：一是示例栏目更新迟缓。改进情况：丰富了政策解读。", []),  # one of them is enough
]


@pytest.mark.parametrize(("words", "expected"), ANSWERS)
def test_what_became_of_last_years_problems(words: str, expected: list[str]) -> None:
    before, _ = entry(2020, None, prose(2020).replace(PROBLEMS, NAMED))
    now = prose(2021).replace(PROBLEMS, words + LONG)
    hits = [f for f in findings(2021, None, now, previous=before) if f.rule == "NAR-ANSWER"]
    title = next(number for number, line in enumerate(now.split("\n"), 1) if line.startswith("## 五"))
    assert [(f.place.line, f.subject) for f in hits] == [(title, subject) for subject in expected]
    assert all("上一年报告说的问题（如“政策解读形式单一”）本年没有再提到" in f.message.zh for f in hits)
    assert not [f for f in findings(2021, None, now) if f.rule == "NAR-ANSWER"], "without last year nothing is said"


def test_a_government_tells_of_assessment_review_and_account() -> None:
    assert hits("NAR-GOV50", OVERVIEW, OVERVIEW) == []
    assert hits("NAR-GOV50", "，没有责任追究", "") == [(3, 1, "责任追究结果")]
    assert hits("NAR-GOV50", OVERVIEW, "") == [(3, 1, "工作考核、社会评议、责任追究结果")]


def test_a_department_need_not() -> None:
    from generator.check import check_entry
    from generator.library import Files, Ref, read_entry
    from generator.rules.rule import Context
    from tests.example import FORMS, SETTINGS, tables

    report, _ = read_entry(Ref(2021, "jiaju", "2021/jiaju"), Files(tables(2021, "jiaju").encode(), prose(2021).replace(OVERVIEW, "").encode()), FORMS)
    assert report is not None
    context = Context(organs={organ.id: organ for organ in SETTINGS.organs})
    assert not [f for f in check_entry(report, context) if f.rule == "NAR-GOV50"]


def test_length_where_a_limit_is_set() -> None:
    assert hits("NAR-LEN", OVERVIEW, OVERVIEW) == []
    assert hits("NAR-LEN", OVERVIEW, OVERVIEW, 总体情况字数="1000") == []
    assert hits("NAR-LEN", OVERVIEW, OVERVIEW, 总体情况字数="20") == [(3, 1, "总体情况")]
