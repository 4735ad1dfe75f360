"""信息处理费: three figures that fit one another, and a narrative that says the same."""

from __future__ import annotations

import json

import pytest

from generator.finding import Finding, Level
from generator.report.entry import LoadedReport
from generator.rules import fees
from generator.website.downloads.report_json import report_json
from generator.wordlists.figure_patterns import shipped_patterns
from tests.example import entry, findings, prose, tables

GIVEN = "{发出通知: 3, 总金额: 1200, 实际收取: 900}"
FAMILIES = ("XT-FEE", "NAR-FEE", "FEE-", "T3-UNPAID")


def findings_of(
    given: str,
    sentence: str = "{{信息处理费}}",
    year: int = 2021,
    historical_until: int = 0,
    unpaid: int = 0,
    fees: str = "0",
) -> list[Finding]:
    rows: dict[str, list[object]] = {"表三_逾期不缴费": [unpaid, 0, 0, 0, 0, 0, unpaid], "表二_行政事业性收费": [fees]}
    narrative = prose(year).replace("未收取信息处理费。", sentence)
    text = tables(year, "shili", **(rows if year > 2020 else {})) + (f"信息处理费: {given}\n" if given else "")
    return [f for f in findings(year, text, narrative, historical_until) if f.rule.startswith(FAMILIES)]


# ---------------------------------------------------------------- the figures by themselves

FIGURES = [
    ("{发出通知: 0, 总金额: 0, 实际收取: 0}", []),
    ("{发出通知: 0件, 总金额: 0元, 实际收取: 0元}", []),
    (GIVEN, []),
    ("{发出通知: 3, 总金额: 0.12万元, 实际收取: 0}", []),
    ("{发出通知: 1, 总金额: 10, 实际收取: 10}", []),
    ("{发出通知: 0, 总金额: 100, 实际收取: 100}", [("FEE-PAIR", Level.WARNING, "信息处理费.总金额", "0 100")]),
    ("{发出通知: 2, 总金额: 0, 实际收取: 0}", [("FEE-PAIR", Level.WARNING, "信息处理费.总金额", "2 0")]),
    ("{发出通知: 1, 总金额: 100, 实际收取: 110}", [("FEE-PAIR", Level.NOTE, "信息处理费.实际收取", "110 > 100")]),
    ("{发出通知: 0, 总金额: 0, 实际收取: 100}", [("FEE-PAIR", Level.NOTE, "信息处理费.实际收取", "100 > 0")]),
    ("{发出通知: 1, 总金额: 105, 实际收取: 0}", [("FEE-TARIFF", Level.NOTE, "信息处理费.总金额", "105")]),
    ("{发出通知: 1, 总金额: 100, 实际收取: 0.1}", [("FEE-TARIFF", Level.NOTE, "信息处理费.实际收取", "0.1")]),
    ("{发出通知: 3, 总金额: 20, 实际收取: 0}", [("FEE-TARIFF", Level.NOTE, "信息处理费.总金额", "3 20")]),
    ("{发出通知: 3, 总金额: 30, 实际收取: 0}", []),
    (
        "{发出通知: 0, 总金额: 1, 实际收取: 0}",
        [("FEE-PAIR", Level.WARNING, "信息处理费.总金额", "0 1"), ("FEE-TARIFF", Level.NOTE, "信息处理费.总金额", "1")],
    ),
    (
        "{发出通知: 1, 总金额: 1, 实际收取: 0}",
        [("FEE-TARIFF", Level.NOTE, "信息处理费.总金额", "1"), ("FEE-TARIFF", Level.NOTE, "信息处理费.总金额", "1 1")],
    ),
]


@pytest.mark.parametrize(("given", "expected"), FIGURES, ids=[case[0] for case in FIGURES])
def test_the_figures_fit_one_another(given: str, expected: list[tuple[str, Level, str, str]]) -> None:
    hits = findings_of(given)
    assert [(f.rule, f.level, f.subject, f.values) for f in hits] == expected
    assert all(f.place.line == tables(2021).count("\n") + 1 for f in hits)


def test_a_figure_left_out_is_not_nought() -> None:
    hits = [f for f in findings_of("{发出通知: 0, 总金额: ~}", "未收取信息处理费。") if f.rule == "FEE-BLANK"]
    assert [(f.level, f.subject, f.place.column) for f in hits] == [(Level.ERROR, "信息处理费", 23)]
    assert hits[0].message.zh == "信息处理费：2格空白（总金额、实际收取），请确认是0还是漏填"
    old = [
        f
        for f in findings_of("{实际收取: 400}", "收取信息处理费400元。", historical_until=2021)
        if f.rule == "FEE-BLANK"
    ]
    assert [f.level for f in old] == [Level.WARNING]
    assert findings_of("", "未收取信息处理费。") == [], "the block is not owed where the narrative tells"


# ---------------------------------------------------------------- what the narrative says

SAME = [
    "{{信息处理费}}",
    "依据《政府信息公开信息处理费管理办法》，本年度发出收费通知3件，总金额1200元，实际收取总金额900元。",
    "共发出3份信息处理费收费通知，收费总金额1,200元，实际收取0.09万元。",
    "发出收费通知的件数为三件，收费通知的总金额为1200元；实际收取信息处理费共计九百元。",
    "发出收费通知{{信息处理费.发出通知}}件，实际收取{{信息处理费.实际收取}}元。",
    "信息处理费的收费标准为每件100元。2020年收取信息处理费400元。收取行政事业性收费24万元。",
    "按规定，收取信息处理费100元/件；上年收取信息处理费500元。",
    "收取信息处理费一百二元。",  # not plainly a number
]
OTHER = [
    (
        "本年度发出收费通知2件，总金额1000元，实际收取总金额0元。",
        [("发出通知", "2≠3"), ("总金额", "1000≠1200"), ("实际收取", "0≠900")],
    ),
    ("共发出两份收费通知书。", [("发出通知", "2≠3")]),
    ("收费通知涉及金额合计1.2万元。", [("总金额", "12000≠1200")]),
    ("依据《政府信息公开信息处理费管理办法》规定，2021年全市实际收取信息处理费共计400元。", [("实际收取", "400≠900")]),
]


@pytest.mark.parametrize("sentence", SAME)
def test_a_narrative_that_says_the_same_is_left_alone(sentence: str) -> None:
    assert findings_of(GIVEN, sentence) == []


@pytest.mark.parametrize(("sentence", "expected"), OTHER, ids=[case[0] for case in OTHER])
def test_a_narrative_that_says_otherwise_is_an_error(sentence: str, expected: list[tuple[str, str]]) -> None:
    hits = findings_of(GIVEN, sentence)
    assert [(f.rule, f.level, f.values) for f in hits] == [("XT-FEE", Level.ERROR, values) for _, values in expected]
    assert all(
        f"信息处理费.{key} 是" in f.message.zh and f.related[0].file == "2021/shili/tables.yaml"
        for f, (key, _) in zip(hits, expected, strict=True)
    )
    assert findings_of("", sentence) == [], "without figures there is nothing to compare with"


def test_what_another_section_charges_is_not_compared() -> None:
    narrative = (
        prose(2021)
        .replace("件，均已答复。", "件，均已答复。收取档案复制费50元。", 1)
        .replace("未收取信息处理费。", "{{信息处理费}}")
    )
    assert [
        f.rule for f in findings(2021, tables(2021) + f"信息处理费: {GIVEN}\n", narrative) if f.rule == "XT-FEE"
    ] == []


DENIED = [
    ("本年度未发出收费通知。", ["0≠3件"]),
    ("未收取任何费用。", ["0≠900元"]),
    ("未发出收费通知，未收取费用。", ["0≠3件", "0≠900元"]),
    ("2020年未收取信息处理费。", []),
    ("未收取行政事业性费用以外的信息处理费。", []),
]


@pytest.mark.parametrize(("sentence", "values"), DENIED, ids=[case[0] for case in DENIED])
def test_what_denies_a_fee_that_is_given_is_an_error(sentence: str, values: list[str]) -> None:
    assert [(f.rule, f.level, f.values) for f in findings_of(GIVEN, sentence)] == [
        ("NAR-FEE", Level.ERROR, value) for value in values
    ]
    assert findings_of("{发出通知: 0, 总金额: 0, 实际收取: 0}", sentence) == []


def test_an_unpaid_notice_must_have_been_sent() -> None:
    (finding,) = [f for f in findings_of("{发出通知: 0, 总金额: 0, 实际收取: 0}", unpaid=1) if f.rule == "T3-UNPAID"]
    assert (finding.level, finding.subject, finding.values) == (Level.WARNING, "表三.逾期不缴费.总计", "1 0")
    assert [f for f in findings_of(GIVEN, unpaid=1) if f.rule == "T3-UNPAID"] == []
    assert [f.rule for f in findings_of("", "收取信息处理费。", unpaid=1)] == ["T3-UNPAID"]
    assert findings_of("", "已发出收费通知。", unpaid=1) == []


def test_figures_of_table_two_have_nothing_to_do_with_it() -> None:
    assert findings_of(GIVEN, fees="24252.31") == []


# ---------------------------------------------------------------- where it goes


def test_it_may_be_given_since_2019_and_is_exported() -> None:
    assert findings_of(GIVEN, year=2019) == findings_of(GIVEN, year=2020) == []
    report, _ = entry(2021, tables(2021) + "信息处理费: {发出通知: 3, 总金额: 0.12万元}\n")
    assert isinstance(report, LoadedReport)
    assert [
        (i["name"], i["value"], i["unit"], i["section"])
        for i in json.loads(report_json(report, "示例", ""))["indicators"]
    ] == [("信息处理费收费通知", 3, "件", "六"), ("信息处理费通知总金额", 1200, "元", "六")]
    assert set(fees.given(report)) == {"notices", "charged"}


def test_a_section_of_its_own_on_the_fee_is_compared_instead() -> None:
    """Where a report gives the fee a section of its own, that section is compared and 六 need not mention it."""
    narrative = prose(2021).replace(
        "未收取信息处理费。", "无其他事项。\n\n## 七、信息处理费收取情况\n\n实际收取400元。"
    )
    hits = [f for f in findings(2021, tables(2021) + f"信息处理费: {GIVEN}\n", narrative) if f.rule == "XT-FEE"]
    assert [(f.level, f.values) for f in hits] == [(Level.ERROR, "400≠900")]
    before = narrative.replace("示例引言。", "收取信息处理费500元。")
    assert [
        f.values for f in findings(2021, tables(2021) + f"信息处理费: {GIVEN}\n", before) if f.rule == "XT-FEE"
    ] == ["400≠900"], "not the preface"
    elsewhere = narrative.replace("## 七、信息处理费收取情况", "## 七、附则")
    hits = [f for f in findings(2021, tables(2021) + f"信息处理费: {GIVEN}\n", elsewhere) if f.rule == "XT-FEE"]
    assert [(f.level, f.subject) for f in hits] == [(Level.WARNING, "信息处理费")]


def test_the_statement_is_a_note_in_the_years_before_it_was_owed() -> None:
    for year, levels in ((2018, []), (2019, [Level.NOTE]), (2020, [Level.NOTE]), (2021, [Level.WARNING])):
        silent = prose(year).replace("未收取信息处理费。", "无。")
        hits = [f for f in findings(year, tables(year), silent) if f.rule == "XT-FEE"]
        assert [f.level for f in hits] == levels
        assert all(("没有收取的可以不写" in hit.message.zh) == (year < 2021) for hit in hits)


def test_a_heading_and_the_preface_are_not_compared() -> None:
    narrative = (
        prose(2021)
        .replace("未收取信息处理费。", "### 收取信息处理费400元\n\n{{信息处理费}}")
        .replace("示例引言。", "收取信息处理费400元。")
    )
    assert [f for f in findings(2021, tables(2021) + f"信息处理费: {GIVEN}\n", narrative) if f.rule == "XT-FEE"] == []


@pytest.mark.parametrize("given", ["{总金额: 100}", "{实际收取: 100}", "{发出通知: 2}", "{发出通知: 2, 实际收取: 10}"])
def test_what_is_not_given_is_not_compared(given: str) -> None:
    hits = [f.rule for f in findings_of(given, "收取信息处理费。", historical_until=2021)]
    assert set(hits) == {"FEE-BLANK"}


@pytest.mark.parametrize(
    ("kind", "sentence", "number", "unit"),
    [
        ("notices", "发出收费通知3件", "3", "件"),
        ("notices", "发出三份收费通知", "三", "份"),
        ("charged", "收费通知总金额1,234.50元", "1,234.50", "元"),
        ("collected", "实际收取总金额2万元", "2", "万元"),
    ],
)
def test_a_statement_on_fees_has_a_number_and_a_unit(kind: str, sentence: str, number: str, unit: str) -> None:
    patterns = shipped_patterns().fees[kind]
    (match,) = [match for pattern in patterns if (match := pattern.search(sentence))]
    assert (match["number"], match["unit"]) == (number, unit)


def fee_statement(narrative: str, year: int = 2021) -> list[Finding]:
    return [f for f in findings(year, narrative=narrative) if f.rule == "XT-FEE"]


def test_section_six_says_what_fees_were_charged() -> None:
    silent = prose(2021).replace("未收取信息处理费。", "无其他需要报告的事项。")
    (finding,) = fee_statement(silent)
    line = silent[: silent.index("## 六")].count("\n") + 1
    assert (finding.level, finding.place.line, finding.place.column, finding.subject) == (
        Level.WARNING,
        line,
        1,
        "信息处理费",
    )
    zh = (
        "“六、其他需要报告的事项”没有说明信息处理费的收取情况{}；"
        "没有收取也要写明，如“本年度发出收费通知0件，总金额0元，实际收取总金额0元”"
    )
    en = "“六、其他需要报告的事项” does not state the information-processing fees charged{}; state them even when none"
    assert (finding.message.zh, finding.message.en) == (zh.format(""), en.format(""))
    (moved,) = fee_statement(silent.replace("件，均已答复。", "件，均已答复，未收取任何费用。", 1))
    assert moved.message.zh == zh.format("（别处写了“未收取任何费用”，应移到这里）")
    assert moved.message.en == en.format(" (“未收取任何费用” stands elsewhere)")
    (preface,) = fee_statement("未收取任何费用。\n\n" + silent)
    assert preface.message.zh == zh.format("")
    assert fee_statement(silent + "\n## 七、信息处理费收取情况\n\n无。\n") == []
    (other_title,) = fee_statement(
        silent.replace("六、其他需要报告的事项", "六、其他应当报告的事项").replace("问题及改进", "问题及其改进")
    )
    assert "“六、其他应当报告的事项”" in other_title.message.zh
    for year, levels in ((2020, [Level.NOTE]), (2019, [Level.NOTE]), (2018, [])):
        assert [f.level for f in fee_statement(prose(year).replace("未收取信息处理费。", "无。"), year)] == levels
    assert fee_statement(prose(2021)) == []


def test_older_reports_and_a_missing_section_owe_no_fee_statement() -> None:
    assert [
        f for f in findings(2018, narrative=prose(2018).replace("未收取信息处理费。", "")) if f.rule == "XT-FEE"
    ] == []
    assert [f for f in findings(2021, narrative=prose(2021).split("## 六、")[0]) if f.rule == "XT-FEE"] == []
