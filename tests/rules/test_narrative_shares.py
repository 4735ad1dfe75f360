"""Shares, sums of channels and changes against last year: what the narrative computes from counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.collection.context import Context
from generator.finding import Level
from generator.report.entry import Files, ReportRef, read_entry
from generator.rules.narrative_shares import near, trend
from tests.example import FORMS, tables
from tests.rules.narrative import FIGURES, LAST, ZERO, assert_reported, brief, narrative_findings, report_of, row

AGREE = [
    "答复申请22件（另有1件申请按照《条例》顺延到下年度答复），予以公开及部分公开17件，占77.27%。",
    "收到申请22件，予以公开15件，占68.2%；不予公开的2件，占9%。",
    "收到政府信息公开申请22件，其中网上申请15件，信函申请7件。",
    "收到申请22件，其中自然人20件、网上15件、信函5件。",
    "对申请予以公开15件、部分公开2件，占比分别为68.18%、9.09%。",
    "申请公开指南可查阅。办事材料网上15件，邮寄5件。",
    "收到政府信息公开申请22件，其中网上申请10余件，信函申请6件，当面申请1件。",
    "收到政府信息公开申请22件，占全部来件的50%；部分公开2件，占9%。",
    "对申请予以公开15件，部分公开2件，占9%。",
    "2020年对申请予以公开5件，占10%。",
    "对申请予以公开15件，占{{表三.予以公开.总计|占 表三.结转下年度.总计}}。",
    "收到政府信息公开申请22件，其中网上申请15件。",
    "收到政府信息公开申请22件，其中网上申请{{表三.部分公开.总计}}件，信函申请{{表三.上年结转.总计}}件。",
    "收到政府信息公开申请22件，网站留言15件，咨询信函6件。",
    "收到政府信息公开申请22件，网上申请15件，来访咨询信函6件。",
    "收到政府信息公开申请22件，其中网上申请15件。另有信函申请7件。",
    "政府信息公开网上申请15件，信函申请7件。",
    "政府信息公开网上申请15件，信函申请8件。",  # with what was carried in
    "2020年通过网上申请15件，信函申请5件，均是政府信息公开申请。",
    "收到政府信息公开申请22件，网上办公15件，信函6件。",
]


@pytest.mark.parametrize("sentence", AGREE)
def test_shares_and_channels_that_fit_are_left_alone(sentence: str) -> None:
    assert brief(narrative_findings(sentence)) == []


DIFFER = [
    ("对申请予以公开15件，占71.4%。", "NAR-PCT", "予以公开15件，占71.4%", "71.4%≠68.18%", "71.4"),
    (
        "收到政府信息公开申请22件，其中网上申请15件，信函申请6件。",
        "NAR-CHANNEL",
        "网上申请15件，信函申请6件",
        "21≠22",
        "网上申请15",
    ),
    ("对申请予以公开{{表三.予以公开.总计}}件，占71.4%。", "NAR-PCT", "予以公开15件，占71.4%", "71.4%≠68.18%", "71.4"),
    (
        "收到政府信息公开申请22件，其中网上申请15件，信函申请6件，解答了好多件。",
        "NAR-CHANNEL",
        "网上申请15件，信函申请6件",
        "21≠22",
        "网上申请15",
    ),
    ("对申请不予公开2件，占5%。", "NAR-PCT", "不予公开2件，占5%", "5%≠9.09%", "5%"),
    ("对申请无法提供2件，占5%。", "NAR-PCT", "无法提供2件，占5%", "5%≠9.09%", "5%"),
    ("对申请不予处理1件，占5.0%。", "NAR-PCT", "不予处理1件，占5.0%", "5.0%≠4.55%", "5.0%"),
    ("对申请其他处理0件，占5%。", "NAR-PCT", "其他处理0件，占5%", "5%≠0.00%", "5%"),
    (
        "收到政府信息公开申请22件，其中网上申请{{表三.部分公开.总计}}件，信函申请6件。",
        "NAR-CHANNEL",
        "网上申请2件，信函申请6件",
        "8≠22",
        "网上申请",
    ),
    (
        "收到信息公开类申请22件，其中网上10件，信函6件，当面5件，合力解决群众急难愁盼。",
        "NAR-CHANNEL",
        "网上10件，信函6件，当面5件",
        "21≠22",
        "网上10",
    ),
    (
        "收到政府信息公开申请22件，不予公开2件，网上申请1件，信函申请1件。",
        "NAR-CHANNEL",
        "网上申请1件，信函申请1件",
        "2≠22",
        "网上申请1",
    ),
    ("收到政府信息公开申22件，其中网上15件，信函6件。", "NAR-CHANNEL", "网上15件，信函6件", "21≠22", "网上15"),
    ("政府信息公开网上申请15件，信函申请6件。", "NAR-CHANNEL", "网上申请15件，信函申请6件", "21≠22", "网上申请15"),
    (
        "政府信息公开网站提交的申请15件，电子邮件提交的申请3件，邮政快递寄送提出的申请2件，信函提交的申请1件。",
        "NAR-CHANNEL",
        "网站提交的申请15件，电子邮件提交的申请3件，邮政快递寄送提出的申请2件，信函提交的申请1件"[:40],
        "21≠22",
        "网站",
    ),
]


@pytest.mark.parametrize(
    ("sentence", "rule", "subject", "values", "at"), DIFFER, ids=[f"{case[1]} {case[2]}" for case in DIFFER]
)
def test_a_share_or_sum_that_does_not_fit_is_found_where_it_stands(
    sentence: str, rule: str, subject: str, values: str, at: str
) -> None:
    assert_reported(sentence, rule, subject, values, at)


MESSAGES: list[tuple[str, dict[str, list[object]], str, str]] = [
    (
        "对申请予以公开15件，占71.4%。",
        FIGURES,
        "“予以公开15件，占71.4%”：15 ÷ 22（办理总计）是68.18%，除以“本年新收 + 上年结转”23是65.22%，不是71.4%",
        "“予以公开15件，占71.4%”: 15 ÷ 22 (total handled) is 68.18%, not 71.4%",
    ),
    (
        "对申请予以公开15件，占71.4%。",
        {**FIGURES, "表三_总计": row(30)},
        "“予以公开15件，占71.4%”：15 ÷ 30（办理总计）是50.00%，"
        "除以“本年新收”22是68.18%，除以“本年新收 + 上年结转”23是65.22%，不是71.4%",
        "“予以公开15件，占71.4%”: 15 ÷ 30 (total handled) is 50.00%, not 71.4%",
    ),
    (
        "收到信息公开类申请22件，其中网上10件，信函6件，当面5件。",
        FIGURES,
        "各渠道相加 10 + 6 + 5 = 21，申请总数是22；请核对“网上10件，信函6件，当面5件”",
        "the channels add up to 10 + 6 + 5 = 21, the total is 22; check “网上10件，信函6件，当面5件”",
    ),
]


@pytest.mark.parametrize(("sentence", "rows", "zh", "en"), MESSAGES, ids=[case[0] for case in MESSAGES])
def test_the_message_shows_the_calculation(sentence: str, rows: dict[str, list[object]], zh: str, en: str) -> None:
    (finding,) = narrative_findings(sentence, 2021, None, **rows)
    assert (finding.message.zh, finding.message.en) == (zh, en)


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请22件，较上年增加2件。",
        "收到政府信息公开申请22件，同比增长10%。",
        "申请数量较2020年上升10.0%。",
        "对申请部分公开2件，与去年持平。",
        "收到政府信息公开申请22件，比去年有所增加。",
        "公开信息350条，较上年增加20条。",
        "涉及征地拆迁的申请较多。",
        "收到政府信息公开申请22件，较2018年减少9件。",
        "收到政府信息公开申请22件，较上年{{表三.本年新收.总计|较上年}}。",
        "收到政府信息公开申请22件，部分公开较上年持平。",
        "收到政府信息公开申请22件（含上年结转1件），较上年减少9件。",
        "收到政府信息公开申请22件，较上年{{表三.部分公开.总计|较上年}}。",
        "收到政府信息公开申请22件，较上年增加3个百分点。",
        "2020年收到政府信息公开申请20件，较上年减少5件。",
        "政府信息公开申请指南公开条目350条，较上年减少20条。",
        "较上年减少5件，收到申请22件。",
        "政府信息公开申请办理质量较上年下降。",
        "政府信息公开栏目发布5件，较上年减少，收到政府信息公开申请22件。",
        "收到政府信息公开申请22件，较上年增加件数不多。",
        "收到政府信息公开申请22件，相比减少5件。",
        "收到政府信息公开申请22件。较上年减少5件。",
    ],
)
def test_a_change_that_follows_from_both_years_is_left_alone(sentence: str) -> None:
    assert [f for f in narrative_findings(sentence, previous=LAST) if f.rule == "NAR-YOY"] == []


UP, UP_EN, SAME, SAME_EN = "应为增加2件（10%）", "up 2 (10%)", "应为持平", "unchanged"


CHANGES = [
    ("收到政府信息公开申请22件，较上年减少2件。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，较上年增加4件。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，同比增长12%。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，同比增长12％。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，与去年持平。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件（比上年少）。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，与去年同比增长12%。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，总量较上年下降。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请{{表三.本年新收.总计}}件，与上年持平。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请{{表三.本年新收.总计}}件，较上年持平。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请{{表三.本年新收.总计}}件（比上年少）。", "22;20", UP, UP_EN),
    ("对申请部分公开2件，较上年增加1件。", "2;2", SAME, SAME_EN),
    ("对申请予以公开15件，较上年增加1件。", "15;18", "应为减少3件（16.67%）", "down 3 (16.67%)"),
    ("全年申请数量较去年有所下降。", "22;20", UP, UP_EN),
    ("申请数量较2020年下降9.1%。", "22;20", UP, UP_EN),
    ("答复申请22件，较上年减少1件。", "22;20", UP, UP_EN),
    ("政府信息公开行政复议2件，与上年持平。", "2;0", "应为增加2件", "up 2"),
    ("政府信息公开行政诉讼4件，与上年持平。", "4;0", "应为增加4件", "up 4"),
    ("对申请不予公开2件，与上年持平。", "2;0", "应为增加2件", "up 2"),
]


@pytest.mark.parametrize(("sentence", "values", "right", "right_en"), CHANGES, ids=[case[0] for case in CHANGES])
def test_a_change_that_does_not_follow_says_what_does(sentence: str, values: str, right: str, right_en: str) -> None:
    (finding,) = narrative_findings(sentence, previous=LAST)
    now, then = values.split(";")
    assert (finding.rule, finding.level, finding.values) == ("NAR-YOY", Level.WARNING, values)
    quoted = finding.message.zh[1:].partition("”")[0]
    assert finding.message.zh == f"“{quoted}”：本年{now}、上年{then}，{right}"
    assert finding.message.en == f"“{quoted}”: {now} this year, {then} last year: {right_en}"
    assert finding.subject.endswith(quoted) and (quoted in sentence or "{{" in sentence)
    (unchecked,) = narrative_findings(sentence)
    assert (unchecked.rule, unchecked.level) == ("NAR-YOY", Level.NOTE) and "没有核对" in unchecked.message.zh


def test_a_change_that_a_placeholder_gives_is_of_what_it_names() -> None:
    text = "## 一、总体情况\n\n收到政府信息公开申请22件，较上年{{表三.部分公开.总计|较上年}}。\n"
    files = Files(tables(2021, "shili", **FIGURES).encode(), text.encode())
    read, _ = read_entry(ReportRef(2021, "shili", "2021/shili"), files, FORMS, LAST.report)
    assert read is not None and "22件，较上年持平。" in read.plain.text
    assert list(trend(read, Context(previous=LAST))) == []


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("申请数量较去年有所下降。", "申请数量较去年有所下降"),
        ("甲。 申请数量较去年有所下降。", "申请数量较去年有所下降"),
        ("甲。乙；申请数量较去年有所下降。", "申请数量较去年有所下降"),
        (f"{'甲' * 30}申请数量较去年有所下降。", f"{'甲' * 12}申请数量较去年有所下降"),
    ],
)
def test_a_change_is_quoted_with_the_words_before_it(sentence: str, subject: str) -> None:
    assert [f.subject for f in narrative_findings(sentence, previous=LAST)] == [subject]


@pytest.mark.parametrize(
    ("then", "sentence", "right"),
    [
        (1, "较上年增加1件", []),
        (1, "与上年持平", ["应为增加1件（100%）"]),
        (3, "较上年减少1件", []),
        (3, "与上年持平", ["应为减少1件（33.33%）"]),
        (0, "与上年持平", ["应为增加2件"]),
        (0, "同比增长100%", []),
        (0, "同比下降100%", ["应为增加2件"]),
    ],
)
def test_a_change_by_one_or_from_nothing(then: int, sentence: str, right: list[str]) -> None:
    last = report_of(表三_部分公开=row(then))
    assert [
        f.message.zh.rpartition("，")[2] for f in narrative_findings(f"对申请部分公开2件，{sentence}。", previous=last)
    ] == right


def test_what_was_carried_in_may_be_counted_with_what_was_received() -> None:
    """23 with it, 20 last year: up 3, or up 2 without."""
    carried = report_of(表三_本年新收=row(20), 表三_予以公开=row(20), 表三_总计=row(20))
    assert narrative_findings("申请数量较去年增加3件，申请数量较去年增加2件。", previous=carried) == []
    assert [f.subject for f in narrative_findings("申请数量较去年增加1件。", previous=carried)] == [
        "申请数量较去年增加1件"
    ]


def test_a_blank_compares_with_nothing() -> None:
    blank: dict[str, list[object]] = {"表三_部分公开": ["~"] * 7}
    sentence = "对申请部分公开2件，较上年增加9件。"
    assert len(narrative_findings(sentence, previous=LAST)) == 1
    assert narrative_findings(sentence, previous=report_of(2020, **blank)) == []
    assert narrative_findings(sentence, 2021, LAST, **{**FIGURES, **blank}) == []


def test_forms_that_count_otherwise_are_not_compared() -> None:
    received: dict[str, list[object]] = {"表三_本年新收": row(22), "表三_予以公开": row(22), "表三_总计": row(22)}
    sentence = "收到政府信息公开申请22件，较上年减少2件。"
    assert narrative_findings(sentence, 2019, report_of(2018, 统计表_收到申请数=[20]), **received) == []
    assert (
        len(
            narrative_findings(
                sentence,
                2020,
                report_of(2019, 表三_本年新收=row(20), 表三_予以公开=row(20), 表三_总计=row(20)),
                **received,
            )
        )
        == 1
    )


@pytest.mark.parametrize("share", ["50", "68.18", "65.22", "68", "68.2", "50.05", "49.95"])
def test_a_share_may_be_of_all_handled_of_all_received_or_of_these_with_what_was_carried_in(share: str) -> None:
    handled: dict[str, list[object]] = {**FIGURES, "表三_总计": row(30)}
    assert narrative_findings(f"对申请予以公开15件，占{share}%。", 2021, None, **handled) == []


@pytest.mark.parametrize(
    ("printed", "value", "is_near"),
    [
        ("68", "68.5", True),
        ("68", "67.5", True),
        ("68", "68.51", False),
        ("68.2", "68.25", True),
        ("68.2", "68.26", False),
        ("68.18", "68.23", True),
    ],
)
def test_a_percentage_is_as_near_as_its_decimals(printed: str, value: str, is_near: bool) -> None:
    assert near(printed, Decimal(value)) is is_near


def test_a_report_without_such_figures_owes_no_sum_and_no_share() -> None:
    blank: dict[str, list[object]] = {**FIGURES, "表三_本年新收": ["~"] * 7}
    assert narrative_findings("政府信息公开网上申请15件，信函申请6件。", 2021, None, **blank) == []
    nothing: dict[str, list[object]] = {**ZERO, "表三_上年结转": row(0)}
    assert narrative_findings("对申请予以公开0件，占5%。", 2021, None, **nothing) == []
    assert [
        f.rule for f in narrative_findings("政府信息公开网上申请15件，信函申请6件。", 2018, 统计表_收到申请数=[22])
    ] == ["NAR-CHANNEL"], "2018 has no row for 结转"


def test_less_than_last_year_is_less_in_words_too() -> None:
    more = report_of(表三_本年新收=row(32), 表三_予以公开=row(32), 表三_总计=row(32))
    assert narrative_findings("收到政府信息公开申请22件，较上年减少10件，申请数量同比下降31.25%。", previous=more) == []
    (finding,) = narrative_findings("收到政府信息公开申请22件，较上年增加10件。", previous=more)
    assert "应为减少10件（31.25%）" in finding.message.zh
