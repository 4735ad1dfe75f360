"""What the narrative denies against what the tables show."""

from __future__ import annotations

import pytest

from generator.finding import Finding, Level
from tests.example import findings, prose, tables
from tests.rules.narrative import FIGURES, ZERO, brief, line_of, narrative_findings, row

AGREE = [
    "未发生因答复超期引发的政府信息公开行政复议案件。",
    "未收到外省转来的政府信息公开申请，未收到法人提出的政府信息公开申请。",
    "政府信息公开行政复议和行政诉讼均依法应诉。",
    "未收到政府信息公开申请的补正材料。",
    "未收到政府信息公开申请的补正材料，未收到通过传真提交的申请。",
    "未发生因行政复议、行政诉讼应诉不当被通报的情况。",
    "全年没有发生政府信息公开行政诉讼审结后逾期履行的情况。",
    "未收到申请。政府信息公开工作平稳。",
    "未收到申请。甲乙丙。政府信息公开工作平稳。",
    "2020年未收到政府信息公开申请。",
    f"复议方面未收到政府信息公开申请{'，甲' * 20}。",
    "未出现政府信息公开行政复议被纠正的情况。",  # lawsuits were
    "政府信息公开行政诉讼4件，均已审结。",  # a review was not
    "政府信息公开案件均获维持。",
    "收取信息处理费0元。",
    "收取行政事业性收费400元，收取涉企服务费用400元。",
    "未收取涉企费用。",
]


@pytest.mark.parametrize("sentence", AGREE)
def test_denials_that_agree_or_speak_of_other_things_are_left_alone(sentence: str) -> None:
    assert brief(narrative_findings(sentence)) == []


CONTRADICT = [
    ("2021年未收到政府信息公开申请。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("本年度没有接到依申请公开申请。", "NAR-NOREQ", "没有接到依申请公开申请", "0≠22"),
    ("未发生因政府信息公开被申请行政复议的情况。", "NAR-NOCASE", "未发生因政府信息公开被申请行政复议的情况", "0≠2"),
    ("全年没有因政府信息公开引发的行政诉讼案件。", "NAR-NOCASE", "没有因政府信息公开引发的行政诉讼案件", "0≠4"),
    ("未出现政府信息公开行政诉讼败诉的情况。", "NAR-NOCASE", "未出现政府信息公开行政诉讼败诉的情况", "结果纠正1"),
    ("政府信息公开类行政复议2件，均获维持。", "NAR-UPHELD", "复议2件，均获维持", "尚未审结1"),
    ("政府信息公开行政诉讼4件，全部胜诉。", "NAR-UPHELD", "诉讼4件，全部胜诉", "结果纠正1"),
    ("政府信息公开行政诉讼保持零败诉。", "NAR-UPHELD", "零败诉", "结果纠正1"),
    ("未收取信息处理费。依据规定向一名申请人收取信息处理费400元。", "NAR-FEE", "未收取信息处理费", "0≠400元"),
    ("未收取信息处理费。收取信息处理费0元，收取信息处理费1,400元。", "NAR-FEE", "未收取信息处理费", "0≠1,400元"),
    ("未收到申请，政府信息公开工作平稳。", "NAR-NOREQ", "未收到申请", "0≠22"),
    ("### （二）政府信息公开情况\n\n未收到申请。", "NAR-NOREQ", "未收到申请", "0≠22"),
    ("2020年政府信息公开平台改版，2021年未收到政府信息公开申请。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("2020年机构改革。未收到政府信息公开申请。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("未收到政府信息公开申请，及时提醒补正。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("办理复议，未收到政府信息公开申请。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("未发生政府信息公开行政复议 。", "NAR-NOCASE", "未发生政府信息公开行政复议", "0≠2"),
    ("政府信息公开行政复议、行政诉讼6件，均获维持。", "NAR-UPHELD", "诉讼6件，均获维持", "结果纠正1;尚未审结1"),
    (f"政府信息公开行政复议{'甲' * 28}均获维持。", "NAR-UPHELD", f"复议{'甲' * 28}均获维持", "尚未审结1"),
    (f"政府信息公开行政复议{'甲' * 29}均获维持。", "NAR-UPHELD", "均获维持", "尚未审结1"),
]


@pytest.mark.parametrize(
    ("sentence", "rule", "subject", "values"), CONTRADICT, ids=[f"{c[1]} {c[2]}" for c in CONTRADICT]
)
def test_what_contradicts_the_table_is_an_error(sentence: str, rule: str, subject: str, values: str) -> None:
    line = line_of(sentence)
    (finding,) = [f for f in narrative_findings(sentence) if f.rule != "NAR-FEE" or f.place.line == line]
    assert (finding.rule, finding.subject, finding.values, finding.level) == (rule, subject, values, Level.ERROR)
    assert finding.place.line == line
    assert finding.place.column == sentence.rpartition("\n")[2].index(subject) + 1


LONG = "未发生因政府信息公开申请办理答复及信息主动公开工作各环节引起的申请人提起行政复议或者提起行政诉讼的情况"


DENIALS = [
    (
        "未收到政府信息公开申请。",
        ["正文写“未收到政府信息公开申请”，而表三本年新收是22；请核对，改正文或改表"],
        ["the narrative says “未收到政府信息公开申请”, but table 三 received 22; check both"],
        ["本年新收"],
    ),
    (
        LONG,
        [
            f"正文写“{LONG[:40]}”，而表四行政复议总计是2；请核对，改正文或改表",
            f"正文写“{LONG[:40]}”，而表四行政诉讼总计是4；请核对，改正文或改表",
        ],
        [
            f"the narrative says “{LONG[:40]}”, but table 四 has 2 reviews; check both",
            f"the narrative says “{LONG[:40]}”, but table 四 has 4 lawsuits; check both",
        ],
        ["件数", "件数", "件数"],
    ),
    (
        "政府信息公开行政复议、行政诉讼6件，均获维持。",
        [
            "正文写“诉讼6件，均获维持”，而表四.未经复议直接起诉.结果纠正是1，表四.行政复议.尚未审结是1；请核对，改正文或改表"
        ],
        ["the narrative says “诉讼6件，均获维持”, but table 四 has 1 corrected, 1 pending; check both"],
        ["件数", "件数"],
    ),
]


@pytest.mark.parametrize(("sentence", "zh", "en", "rows"), DENIALS, ids=[case[0][:20] for case in DENIALS])
def test_the_message_sets_the_words_against_the_cells(
    sentence: str, zh: list[str], en: list[str], rows: list[str]
) -> None:
    items = narrative_findings(sentence)
    assert [f.message.zh for f in items] == zh and [f.message.en for f in items] == en
    lines = tables(2021, "shili", **FIGURES).split("\n")
    assert [lines[place.line - 1].split(":")[0].strip() for f in items for place in f.related] == rows
    assert [len(f.cells) for f in items] == [len(f.related) for f in items]


REVIEW_LOST: dict[str, list[object]] = {**FIGURES, "表四_件数": [1, 1, 1, 0, 3, 3, 0, 0, 0, 3, 1, 0, 0, 0, 1]}


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("未出现政府信息公开行政复议被纠正的情况。", ["结果纠正1"]),
        ("未出现政府信息公开行政诉讼败诉的情况。", []),
        ("政府信息公开行政复议3件，均获维持。", ["结果纠正1;其他结果1"]),
        ("政府信息公开行政诉讼4件，均获维持。", []),
    ],
)
def test_each_kind_of_case_has_its_own_outcomes(sentence: str, values: list[str]) -> None:
    assert [f.values for f in narrative_findings(sentence, 2021, None, **REVIEW_LOST)] == values


def test_a_blank_outcome_contradicts_nothing() -> None:
    blank: dict[str, list[object]] = {**FIGURES, "表四_件数": [2, "~", 0, "~", 2, *[0] * 10]}
    assert narrative_findings("政府信息公开行政复议2件，均获维持。", 2021, None, **blank) == []


def test_no_fee_notice_contradicts_requests_closed_for_an_unpaid_one() -> None:
    unpaid: dict[str, list[object]] = {**FIGURES, "表三_逾期不缴费": row(1), "表三_总计": row(23)}
    (finding,) = [f for f in narrative_findings("本年度未发出收费通知。", 2021, None, **unpaid) if f.rule == "NAR-FEE"]
    assert (finding.level, finding.subject, finding.values) == (Level.ERROR, "未发出收费通知", "0≠1")
    assert (
        finding.message.zh
        == "正文写“未发出收费通知”，而表三有1件因逾期未按收费通知缴费而不再处理；请核对，改正文或改表"
    )
    assert (
        finding.message.en
        == "the narrative says “未发出收费通知”, but table 三 closed 1 for an unpaid fee notice; check both"
    )
    assert narrative_findings("本年度未发出收费通知。") == []


def test_denials_of_fees_are_set_against_their_figures() -> None:
    text = tables(2021) + "信息处理费: {发出通知: 3, 总金额: 1200, 实际收取: 900}\n"
    narrative = prose(2021).replace(
        "未收取信息处理费。", "未发出收费通知，未收取信息处理费。2020年未收取费用。未收取涉企费用。"
    )
    items = [f for f in findings(2021, text, narrative) if f.rule == "NAR-FEE"]
    assert [(f.subject, f.values) for f in items] == [("未发出收费通知", "0≠3件"), ("未收取信息处理费", "0≠900元")]
    none = tables(2021) + "信息处理费: {发出通知: 0, 总金额: 0, 实际收取: 0}\n"
    assert [f for f in findings(2021, none, narrative) if f.rule == "NAR-FEE"] == []
    assert items[0].message.zh == "正文写“未发出收费通知”，而 tables.yaml 的信息处理费写的是3件；请核对，改成一致"
    assert items[1].message.en == "the narrative says “未收取信息处理费”, tables.yaml gives 900 元; make them agree"


def test_every_denial_of_fees_is_set_against_the_first_amount() -> None:
    items = [
        f
        for f in narrative_findings("收取信息处理费400元，收取信息处理费500元。未收费，未收取费用。")
        if f.rule == "NAR-FEE"
    ]
    assert [(f.subject, f.values) for f in items] == [
        ("未收取信息处理费", "0≠400元"),
        ("未收费", "0≠400元"),
        ("未收取费用", "0≠400元"),
    ]
    assert items[1].message.zh == "“未收费”与“收取信息处理费400元”矛盾；请核对，改成一致"


def test_closed_cases_may_have_closed_since_so_that_is_a_warning() -> None:
    (finding,) = narrative_findings("政府信息公开行政复议2件，均已结案。")
    assert (finding.rule, finding.level, finding.values) == ("NAR-UPHELD", Level.WARNING, "尚未审结1")


QUIET: dict[str, list[object]] = {**ZERO, "表四_件数": [0] * 15}


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年未收到政府信息公开申请，未发生因政府信息公开引发的行政复议或行政诉讼案件。",
        "无政府信息公开行政复议、行政诉讼案件。",
        "2018年未收到政府信息公开申请。",
        "未发生因政府信息公开工作被申请行政复议或提起行政诉讼的情况，未收取任何费用。",
    ],
)
def test_denials_that_are_true_are_left_alone(sentence: str) -> None:
    assert narrative_findings(sentence, 2021, None, **QUIET) == []


def test_a_blank_does_not_contradict_a_denial() -> None:
    blank: dict[str, list[object]] = {**ZERO, "表三_本年新收": ["~"] * 7}
    assert narrative_findings("未收到政府信息公开申请。", 2021, None, **blank) == []


def unmentioned(narrative: str) -> list[Finding]:
    return [f for f in findings(2021, tables(2021, "shili", **FIGURES), narrative) if f.rule == "NAR-REV"]


def test_cases_the_narrative_never_mentions_are_noted() -> None:
    (finding,) = unmentioned(prose(2021))
    assert (finding.level, finding.values, finding.subject) == (Level.NOTE, "2;4", "复议诉讼")
    assert (finding.place.line, finding.place.column) == (3, 1)
    assert finding.message.zh == "表四：行政复议总计2，行政诉讼总计4，正文没有说明；建议在总体情况中说明"
    assert finding.message.en == "table 四 has 2 reviews, 4 lawsuits; the narrative never mentions them"
    for words in ("行政复议情况见表。", "行政诉讼情况见表。"):
        assert unmentioned(prose(2021) + f"\n{words}\n") == []
    for words in ("### 复议和诉讼情况", "| 复议 | 诉讼 |"):
        assert len(unmentioned(prose(2021) + f"\n{words}\n")) == 1, "a heading and a table tell nothing"
    assert len(unmentioned("复议和诉讼见表。\n\n" + prose(2021))) == 1, "nor does the preface"
    assert [(f.place.line, f.place.column) for f in unmentioned("没有标题。\n")] == [(1, 1)]
    assert [f for f in findings(2021) if f.rule == "NAR-REV"] == [], "no cases, nothing to say"


MIXED: dict[str, list[object]] = {**FIGURES, "表四_件数": [1, 1, 0, 0, 2, 3, 0, 0, 0, 3, 0, 0, 0, 0, 0]}


@pytest.mark.parametrize(
    "sentence",
    [
        "政府信息公开行政复议2件，其中维持1件、纠正1件；行政诉讼3件，均获维持。",
        "政府信息公开行政复议2件，其中纠正1件，行政诉讼3件，均获维持。",
    ],
)
def test_all_upheld_speaks_of_the_kind_it_follows(sentence: str) -> None:
    assert narrative_findings(sentence, 2021, None, **MIXED) == []


def test_a_denial_speaks_of_its_own_clause() -> None:
    none_sued: dict[str, list[object]] = {**FIGURES, "表四_件数": [1, 0, 0, 0, 1, *[0] * 10]}
    assert narrative_findings("未发生政府信息公开行政诉讼案件，行政复议案件1件。", 2021, None, **none_sued) == []
