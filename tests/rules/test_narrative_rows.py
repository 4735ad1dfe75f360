"""Counts of one row of the results against 表三 (NAR-ROW)."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.narrative import FIGURES, line_of, narrative_findings

# in FIGURES: 国家秘密 1, 执法案卷 1, 不掌握 2, 重复申请 1
WRONG = [
    ("收到申请22件，其中重复申请不予处理2件。", "其中重复申请不予处理2件", "2≠1"),
    ("申请办理结果中，属于行政执法案卷不予公开2件，属于国家秘密不予公开1件。", "属于行政执法案卷不予公开2件", "2≠1"),
    ("申请办理结果中，本机关不掌握相关政府信息5件。", "本机关不掌握相关政府信息5件", "5≠2"),
    ("收到的申请中，危及“三安全一稳定”3件。", "危及“三安全一稳定”3件", "3≠0"),
    ("### 依申请公开\n\n信访举报投诉类申请3件。", "信访举报投诉类申请3件", "3≠0"),
]
RIGHT = [
    "收到申请22件，其中重复申请不予处理1件。",
    "申请办理结果中，本机关不掌握2件，属于国家秘密1件，属于行政执法案卷1件。",
    "申请办理结果中，因本机关不掌握等原因无法提供2件。",
    "申请中，自然人重复申请3件。",
    "申请中，网络重复申请3件。",
    "上年收到的申请中，重复申请5件。",
    "2019年收到的申请中，重复申请5件。",
    "申请办理结果中，属于国家秘密、行政执法案卷2件。",
    "审查拟公开文件120件，剔除涉及国家秘密3件。",  # nothing of requests
    "申请前开展保密检查，发现涉及国家秘密3件。",
    "全年接到信访举报投诉3件，收到政府信息公开申请22件。",
    "申请办理结果中，重复申请2件以上的申请人3名。",
    "申请办理结果中，重复申请{{表三.重复申请.总计}}件。",
]


@pytest.mark.parametrize(("sentence", "subject", "values"), WRONG)
def test_a_count_that_is_not_in_its_row(sentence: str, subject: str, values: str) -> None:
    (finding,) = [item for item in narrative_findings(sentence) if item.rule == "NAR-ROW"]
    assert (finding.subject, finding.values, finding.level) == (subject, values, Level.WARNING)
    assert (finding.place.line, finding.place.column) == (
        line_of(sentence),
        sentence.rpartition("\n")[2].index(subject) + 1,
    )
    assert finding.cells and "改正文或改表" in finding.message.zh and "check both" in finding.message.en


@pytest.mark.parametrize("sentence", RIGHT)
def test_counts_that_agree_or_speak_of_something_else(sentence: str) -> None:
    assert narrative_findings(sentence) == []


def test_a_blank_leaves_it_open() -> None:
    rows: dict[str, list[object]] = FIGURES | {"表三_重复申请": ["~"] * 7}
    assert narrative_findings("申请办理结果中，重复申请2件。", 2021, None, **rows) == []
