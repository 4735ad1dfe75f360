"""Licences, penalties, coercion and fees of the narrative against 表二 (NAR-ACT)."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.narrative import FIGURES, line_of, narrative_findings

ACTS: dict[str, list[object]] = FIGURES | {
    "表二_行政许可": [1520],
    "表二_行政处罚": [86],
    "表二_行政强制": [12],
    "表二_行政事业性收费": ["345.6"],
}
WRONG = [
    ("全年作出行政许可决定1250件。", "1250≠1520"),  # digits exchanged
    ("全年作出行政许可决定1530件。", "1530≠1520"),  # one wrong
    ("全年作出行政许可决定152件。", "152≠1520"),  # one left out
    ("依法作出行政处罚决定68件，均已公示。", "68≠86"),
    ("实施行政强制21件。", "21≠12"),
    ("行政处罚决定数量为196件。", "196≠86"),  # whatever its digits, the table's own words
    ("全年作出行政许可决定1521件，行政处罚决定86件。", "1521≠1520"),
    ("全年行政事业性收费总额354.6万元。", "354.6万元≠345.6万元"),
    ("全年收取行政事业性收费345.6元。", "345.6元≠345.6万元"),
    ("行政事业性收费收入为3.456亿元。", "3.456亿元≠345.6万元"),
]
RIGHT = [
    "全年作出行政许可决定1520件，行政处罚决定86件，行政强制决定12件。",
    "行政事业性收费345.6万元，其中教育收费345万元。",
    "行政事业性收费3456000元。",
    "行政事业性收费346万元。",
    "行政事业性收费0.03亿元。",
    "行政事业性收费约340万元。",
    "区市场监管局作出行政处罚决定68件。",
    "加强安全生产领域执法，全年作出行政处罚决定68件。",
    "公示行政处罚决定85件。",
    "公开行政处罚决定85件。",
    "受理行政许可申请1525件，作出行政许可决定1520件。",
    "作出行政处罚决定9件以上。",
    "2020年作出行政处罚决定68件。",
    "上年作出行政处罚决定68件。",
    "行政许可事项152项，取消行政许可15项。",
    "作出行政处罚决定{{表二.行政处罚.本年处理决定数量}}件。",
    "全年作出行政处罚决定32件。",  # of which matter is not said, and no slip of 86
]


@pytest.mark.parametrize(("sentence", "values"), WRONG)
def test_a_slip_of_the_figure(sentence: str, values: str) -> None:
    (finding,) = narrative_findings(sentence, 2021, None, **ACTS)
    assert (finding.rule, finding.values, finding.level) == ("NAR-ACT", values, Level.WARNING)
    assert finding.place.line == line_of(sentence) and finding.subject in sentence
    assert finding.cells and "改正文或改表" in finding.message.zh and "check both" in finding.message.en


@pytest.mark.parametrize("sentence", RIGHT)
def test_figures_that_agree_or_are_of_something_else(sentence: str) -> None:
    assert narrative_findings(sentence, 2021, None, **ACTS) == []


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("本年度未制发规范性文件。", "0≠9"),
        ("全年未作出行政处罚。", "0≠86"),
        ("全年没有实施行政强制措施。", "0≠12"),
        ("未发现违规制发规范性文件的情况。", ""),
        ("区民政局未作出行政处罚决定。", ""),
        ("2020年未制发规范性文件。", ""),
        ("以办公室名义未制发规范性文件。", ""),
    ],
)
def test_denials_of_what_the_table_counts(sentence: str, values: str) -> None:
    found = narrative_findings(sentence, 2021, None, **ACTS)
    assert [(item.rule, item.values) for item in found] == [("NAR-ACT", values)] * bool(values)


def test_a_blank_and_the_form_before_leave_fees_open() -> None:
    assert narrative_findings("行政事业性收费总额9万元。", 表二_行政事业性收费=["~"]) == []
    assert narrative_findings("行政事业性收费总额9万元。", 2020, 表二_行政许可=[0, 0, 5]) == []
    (finding,) = narrative_findings("作出行政许可决定数量15件。", 2020, 表二_行政许可=[0, 0, 51])
    assert (finding.rule, finding.values) == ("NAR-ACT", "15≠51")
