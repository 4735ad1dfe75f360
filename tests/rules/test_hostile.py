"""Hostile text costs no more than its length: doubled text takes about twice as long, for every rule.

Not a clock but a ratio: the work of one rule on 2n characters against n, the best of several, with ample room. A rule
that went quadratic would show four and more.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence

import pytest

from generator.collection.context import Context
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.rules import RULES
from generator.rules.rule import Rule
from generator.wordlists.shipped import shipped_words
from tests.example import FORMS, SETTINGS, prose, tables

pytestmark = pytest.mark.slow

SEEDS = [
    "1",
    "13",
    "*1",
    "620",
    "政府信息",
    "政府信息公开申",
    "a@",
    "a@a.",
    "\\\\a",
    "C:/",
    "0123456789abcdef",
    "，",
    "、、",
    "《",
    "（",
    "“",
    "一是",
    "。二",
    "由",
    "由等",
    "包括",
    "邮编：",
    "电话：0",
    "2021年",
    "我局2020年",
    "http://",
    "www.",
    "http://a@",
    "1单元",
    "/home/a",
    "[image:",
    "的",
    "(",
    "习近平",
    " ",
    "示 ",
    "\u200b",
    "無",
    "×",
    "〔〕",
    "中华人民共和国政府",
    "电子版",
    "2020年1月1日至",
    "![a](",
    "![",
    "{{",
    "申请人张",
    "申请人张三",
    "张三，",
    "张三1",
    "收费通知",
    "收费通知3件",
    "收取",
    "收取一",
    "未收取",
    "公开30条，其中甲类10条，",
    "公开30条：",
    "受理3件，办结4件，",
    "统计期限自2021年月",
    "2020年公开3件",
    "《甲县乙局",
    "甲县乙局",
    "甲局2021年1月1日 ",
    "〔2099〕3号",
    "附件",
    "甲局 ",
    "进行进行",
    "举办培训3次，",
    "全年发布政策解读36篇。",
    "同比增长3%，",
    "第一季度3件，",
    "二〇二〇年",
    "予以公开3件，占5%；",
    "行政复议3件，均维持，",
    "没有",
    "（一）",
    "分别为1、2、3",
]
FIGURES = tables(2021) + "信息处理费: {发出通知: 1, 总金额: 100, 实际收取: 100}\n"
CONTEXT = Context(
    organs={organ.id: organ for organ in SETTINGS.organs}, words=shipped_words(), options={"可下载": "否"}
)


def hostile(seed: str, size: int) -> LoadedReport:
    """Repeats the seed on one line of the preface and on one at the end."""
    line = (seed * (size // len(seed) + 1))[:size]
    narrative = prose(2021).replace("示例引言。", line, 1) + f"\n{line}\n"
    # the parser of Markdown is not on trial here: it reads the plain example
    read, _ = read_entry(ReportRef(2021, "shili", "2021/shili"), Files(FIGURES.encode(), prose(2021).encode()), FORMS)
    assert read is not None
    return LoadedReport(read.ref, read.report, read.prose, narrative)


def work(rules: Sequence[Rule], entry: LoadedReport) -> float:
    """Measures the work of rules alone: not that of going over all that other tests left in memory."""
    gc.disable()
    try:
        started = time.process_time()
        for rule in rules:
            for _ in rule.check(entry, CONTEXT):
                pass
        return time.process_time() - started
    finally:
        gc.enable()


def growth(seed: str) -> float:
    """Measures how much more work four times the text is: 4 when linear, 16 when quadratic; 0 when too little."""
    once = work(RULES, hostile(seed, 20_000))
    more = work(RULES, hostile(seed, 80_000))
    return more / once if more > 0.05 else 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_four_times_the_text_is_about_four_times_the_work(seed: str) -> None:
    """A busy machine may disturb one measurement, not five running."""
    seen: list[float] = []
    while len(seen) < 5 and (not seen or min(seen) > 9):
        seen.append(growth(seed))
    assert min(seen) <= 9, seen


@pytest.mark.slow
def test_a_line_of_a_megabyte_is_done_with_soon() -> None:
    for seed in ("政府信息公开申", "1", "由等"):
        assert work(RULES, hostile(seed, 1_000_000)) < 20
