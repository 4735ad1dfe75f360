"""Duplication is found against last year and between organs, and what is merely short or local is left alone."""

from __future__ import annotations

import random

import pytest

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, gather
from generator.finding import Finding, Level, Place
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.rules.runner import COLLECTION_IDS, check_year
from generator.wordlists.shipped import shipped_words
from tests.example import FORMS, SETTINGS, tables
from tests.rules.words import findings_of

WORDS = "公开政府信息工作示例单位网站平台申请办理答复规范流程加强培训监督考核解读政策回应关切完善制度提升水平"


def essay(seed: int, sentences: int = 60) -> str:
    """Makes up a narrative of some 1,500 characters."""
    chance = random.Random(seed)
    return "".join("".join(chance.choices(WORDS + "的和进对行制加度", k=24)) + "。" for _ in range(sentences))


def pieces(first: int, last: int) -> str:
    """Writes a text of which each numbered piece, and nothing else, is sampled, so that likeness can be counted."""
    return "".join("的" + "".join(random.Random(number).choices(WORDS, k=4)) for number in range(first, last))


def narrative(words: str) -> str:
    """Puts the words into line 5 and on."""
    return f"示例引言。\n\n## 一、总体情况\n\n{words}\n"


def report(organ: str, words: str, year: int = 2021) -> LoadedReport:
    read, _ = read_entry(
        ReportRef(year, organ, f"{year}/{organ}"), Files(tables(year, organ).encode(), narrative(words).encode()), FORMS
    )
    assert read is not None
    return read


# ---------------------------------------------------------------- between organs


def copies(*reports: LoadedReport, **options: str) -> list[Finding]:
    facts = CollectionFacts()
    for item in reports:
        gather(facts, item, "", False, ())
    context = Context(organs={organ.id: organ for organ in SETTINGS.organs}, options=options, words=shipped_words())
    return [f for f in check_year(facts, context) if f.rule == "NAR-SIM-PEER"]


def pairs(*reports: LoadedReport, **options: str) -> list[tuple[str, str]]:
    """Returns by organ whose report is like its own."""
    return [(f.organ, f.subject) for f in copies(*reports, **options)]


def test_a_copy_is_reported_to_both_with_a_sentence_of_both() -> None:
    shared, rest = essay(1, 40), essay(2, 4)
    first, second = copies(report("jiaju", f"{rest}\n\n{shared}"), report("yizhen", shared), report("shili", essay(3)))
    sentence = max(shared.split("。"), key=len)
    column = shared.index(sentence) + 1
    assert (first.organ, first.subject, first.level, first.year) == ("jiaju", "yizhen", Level.WARNING, 2021)
    assert first.place == Place("2021/jiaju/report.md", 7, column) and first.related == (
        Place("2021/yizhen/report.md"),
    )
    assert (
        first.message.zh
        == f"叙述约86%与示例区乙镇人民政府2021年报告（2021/yizhen）相同，如“{sentence}”；请写本机关自己的情况"
    )
    assert first.message.en.endswith(
        f"is also in 示例区乙镇人民政府's report (2021/yizhen), such as “{sentence}”; write your own"
    )
    assert (second.organ, second.subject) == ("yizhen", "jiaju") and second.place == Place(
        "2021/yizhen/report.md", 5, column
    )


def test_without_a_sentence_in_common_no_line_is_to_blame() -> None:
    (first, _) = copies(report("甲", pieces(0, 100)), report("乙", pieces(5, 100)))
    assert first.place == Place("2021/甲/report.md")
    assert first.message.zh == "叙述约95%与乙2021年报告（2021/乙）相同；请写本机关自己的情况"
    assert first.message.en == "about 95% of the narrative is also in 乙's report (2021/乙); write your own"


ALIKE = [
    (100, "", True),
    (81, "", True),
    (80, "", False),  # of 100, not more than 80 %
    (80, "0.79", True),
    (61, "0.6", True),
    (60, "0.5", False),  # never less than 60 %
    (100, "1", False),
]


@pytest.mark.parametrize(("shared", "limit", "expected"), ALIKE)
def test_how_much_in_common_is_too_much(shared: int, limit: str, expected: bool) -> None:
    options = {"雷同他机关": limit} if limit else {}
    both = report("jiaju", pieces(100, 200)), report("yizhen", pieces(100, 100 + shared))
    assert pairs(*both, **options) == [("jiaju", "yizhen"), ("yizhen", "jiaju")] * expected


@pytest.mark.parametrize(("size", "expected"), [(29, 0), (30, 2)])
def test_short_reports_are_alike_of_necessity(size: int, expected: int) -> None:
    assert len(copies(report("jiaju", pieces(0, size)), report("yizhen", pieces(0, size)))) == expected


def test_unlike_years_and_ones_own_are_not_compared() -> None:
    text = essay(1)
    assert copies(report("jiaju", text), report("yizhen", essay(2))) == []
    assert copies(report("jiaju", text), report("yizhen", text, 2020), report("jiaju", text, 2019)) == []


def test_the_nearest_is_named_and_of_equals_the_first() -> None:
    a, b, c = report("a", pieces(0, 100)), report("b", pieces(0, 90)), report("c", pieces(0, 97))
    assert pairs(a, b, c) == [("a", "c"), ("b", "c"), ("c", "a")]
    assert pairs(c, b, a) == [("c", "a"), ("b", "c"), ("a", "c")]
    assert pairs(a, report("b", pieces(0, 100)), report("c", pieces(0, 100))) == [("a", "b"), ("b", "a"), ("c", "a")]


@pytest.mark.parametrize(("between", "nearest"), [(7, "first"), (8, "o0")])
def test_of_many_that_are_alike_the_last_eight_are_compared(between: int, nearest: str) -> None:
    crowd = [report(f"o{number}", pieces(0, 97)) for number in range(between)]
    shares = dict(pairs(report("first", pieces(0, 100)), *crowd, report("last", pieces(0, 100))))
    assert len(shares) == between + 2 and shares["last"] == nearest


def test_acceptances_of_it_wait_for_all_reports() -> None:
    assert "NAR-SIM-PEER" in COLLECTION_IDS


# ---------------------------------------------------------------- with last year

AGAIN = [
    (100, "", "叙述约100%与本机关2020年报告相同"),
    (86, "", "叙述约86%与本机关2020年报告相同"),
    (85, "", ""),  # of 100, not more than 85 %
    (85, "0.84", "叙述约85%与本机关2020年报告相同"),
    (100, "1", ""),
]


@pytest.mark.parametrize(("shared", "limit", "zh"), AGAIN)
def test_last_years_narrative_again(shared: int, limit: str, zh: str) -> None:
    options = {"雷同上年": limit} if limit else {}
    last = report("shili", f"{pieces(0, 50)}\n\n{pieces(50, 100)}", 2020)
    hits = findings_of("NAR-SIM", narrative(pieces(0, shared)), None, 2021, last, **options)
    assert [(f.subject, f.level, f.message.zh, f.place.line, f.place.column) for f in hits] == (
        [("2020年", Level.WARNING, f"{zh}；请写本年的新情况", 0, 0)] if zh else []
    )
    assert [f.message.en for f in hits] == [
        f"about {shared}% of the narrative repeats the report of 2020; write what is new"
    ] * bool(zh)


@pytest.mark.parametrize(("size", "expected"), [(29, 0), (30, 1)])
def test_a_short_one_may_repeat_itself(size: int, expected: int) -> None:
    assert (
        len(findings_of("NAR-SIM", narrative(pieces(0, size)), previous=report("shili", pieces(0, size), 2020)))
        == expected
    )
    assert findings_of("NAR-SIM", narrative(pieces(0, size))) == []


LONG = "示例区制作示例信息，经审查后在网站发布，供公众查阅，共三十一字"  # 31 characters, told by their first 20
OPENINGS = [
    ("", "", 5, "，如第5行“{}……”"),
    (f"{LONG}。", f"{LONG}！", 7, "，如第7行“{}……”"),  # changed
    (LONG[1:], LONG[1:], 7, "，如第7行“{}……”"),  # too short to tell much
    (f"### {LONG}", f"### {LONG}", 7, "，如第7行“{}……”"),
    (f"| {LONG} |", f"| {LONG} |", 7, "，如第7行“{}……”"),
    (LONG, LONG, 5, f"，如第5行“{LONG[:20]}……”"),
]


@pytest.mark.parametrize(("before", "now", "line", "template"), OPENINGS)
def test_a_paragraph_of_both_is_quoted(before: str, now: str, line: int, template: str) -> None:
    rest = f"{pieces(0, 100)}\n\n{pieces(100, 200)}"
    last = report("shili", f"{before}\n\n{rest}".lstrip(), 2020)
    (hit,) = findings_of("NAR-SIM", narrative(f"{now}\n\n{rest}".lstrip()), previous=last)
    quoted = template.format(pieces(0, 100)[:20])
    assert (hit.place.line, hit.place.column) == (line, 1)
    assert hit.message.zh == f"叙述约100%与本机关2020年报告相同{quoted}；请写本年的新情况"
    words = quoted[quoted.index("“") + 1 : -3]
    assert hit.message.en == (
        f"about 100% of the narrative repeats the report of 2020, such as line {line}, “{words}…”; write what is new"
    )


def test_a_preface_may_stay_and_a_table_alone_is_no_paragraph() -> None:
    row = f"| 示例 |\n|---|\n| {pieces(0, 100)} |"
    (hit,) = findings_of(
        "NAR-SIM", narrative(row).replace("示例引言。", LONG), previous=report("shili", f"{LONG}\n\n{row}", 2020)
    )
    assert (hit.place.line, hit.place.column) == (0, 0)
