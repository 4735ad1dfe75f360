"""Which words of the narrative speak of which figure, how far around a number the search goes, and at what cost."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.collection.context import Context
from generator.narrative.plain_text import passages
from generator.rules import narrative_denials, narrative_figures, narrative_shares, narrative_words
from generator.rules.narrative_claims import passage_claims, sentence_of
from generator.wordlists.figure_patterns import compile_patterns, shipped_patterns, shipped_source
from generator.wordlists.office_patterns import PatternSource
from tests.example import findings, prose, tables
from tests.rules.narrative import FIGURES, LAST, entry_of, narrative_findings


@pytest.mark.parametrize(
    ("far", "within", "beyond"),
    [
        (
            "words that excuse: 60 before the number",
            f"复议{'甲' * 48}收到政府信息公开申请25件。",
            f"复议{'甲' * 49}收到政府信息公开申请25件。",
        ),
        (
            "words that it is about: 60 behind it",
            f"予以公开16件，{'甲' * 58}申请。",
            f"予以公开16件，{'甲' * 57}申请。",
        ),
        (
            "20 behind words that deny",
            f"未收到政府信息公开申请{'甲' * 18}补正。",
            f"未收到政府信息公开申请{'甲' * 19}补正。",
        ),
        ("40 before them", f"复议{'甲' * 38}未收到政府信息公开申请。", f"复议{'甲' * 39}未收到政府信息公开申请。"),
        (
            "what they are about: 100 behind them",
            f"未收到申请，{'甲' * 96}信息公开。",
            f"未收到申请，{'甲' * 95}信息公开。",
        ),
        (
            "words that excuse a channel: 40 before it",
            f"收到政府信息公开申请22件，咨询{'甲' * 34}网上申请15件，信函申请6件。",
            f"收到政府信息公开申请22件，咨询{'甲' * 35}网上申请15件，信函申请6件。",
        ),
        ("600 before it", f"申请{'甲' * 595}予以公开16件。", f"申请{'甲' * 594}予以公开16件。"),
    ],
    ids=lambda words: words[:40],
)
def test_how_far_is_looked(far: str, within: str, beyond: str) -> None:
    assert [narrative_findings(within), len(narrative_findings(beyond))] == [[], 1], far


@pytest.mark.parametrize(
    ("text", "at", "begins"),
    [
        ("甲。乙丙", 3, 2),
        ("甲。乙。丙", 4, 4),
        ("甲。乙。丙", 3, 2),
        ("甲乙丙", 2, 0),
        ("甲" * 400, 350, 50),
        ("甲" * 49 + "。" + "甲" * 400, 350, 50),
        ("甲" * 50 + "。" + "甲" * 400, 350, 51),
        ("。" * 60 + "甲" * 400, 350, 60),
        ("甲" * 20 + "。" + "甲" * 400, 350, 50),
    ],
)
def test_a_sentence_begins_behind_a_stop_and_is_at_most_300_characters_long(text: str, at: int, begins: int) -> None:
    assert sentence_of(text, at) == begins


def test_an_office_may_replace_a_pattern() -> None:
    patterns = compile_patterns(PatternSource({**shipped_source().raw, "fee_said": "示例费"}))
    assert patterns.fee_said.search("示例费") and not shipped_patterns().fee_said.search("示例")
    assert patterns.fee_said.search("信息处理费") is None


def test_the_preface_is_not_held_against_the_tables() -> None:
    text = tables(2021, "shili", **FIGURES)
    narrative = "收到政府信息公开申请25件。\n\n" + prose(2021)
    assert [finding for finding in findings(2021, text, narrative) if finding.rule == "NAR-NEW"] == []


PARAGRAPH = (
    "共收到政府信息公开申请22件，上年结转1件。办结申请22件，其中予以公开15件，占68.18%；部分公开2件，占9.09%；不予公开2件；"
    "无法提供2件；不予处理1件；其他处理0件。1件申请结转下年度继续办理。政府信息公开行政复议2件，行政诉讼4件。"
    "制发行政规范性文件9件，现行有效行政规范性文件30件。收到政府信息公开申请22件，较上年增加2件，增长10%。"
)


NUMBERS = [match.span() for match in re.finditer(r"\d+(?:\.\d+)?", PARAGRAPH)]


@pytest.mark.parametrize("span", NUMBERS[:-1], ids=[PARAGRAPH[a - 6 : b + 1] for a, b in NUMBERS[:-1]])
def test_any_single_wrong_number_of_a_whole_paragraph_is_found_at_its_place(span: tuple[int, int]) -> None:
    start, end = span
    number = PARAGRAPH[start:end]
    wrong = f"{float(number) + 1:.2f}" if "." in number else str(int(number) + 2)
    items = narrative_findings(PARAGRAPH[:start] + wrong + PARAGRAPH[end:], previous=LAST)
    assert items and any(abs(f.place.column - 1 - start) < 12 for f in items)
    assert narrative_findings(PARAGRAPH, previous=LAST) == []


@pytest.mark.slow
@given(st.text(alphabet="收到申请予以公开部分复议诉讼未均维持较上年增加占22件，。；（）%0123余万二十", max_size=120))
@settings(max_examples=80, deadline=None)
def test_whatever_the_words_every_claim_quotes_its_text(text: str) -> None:
    read = entry_of(f"## 一、总体情况\n\n政府信息公开申请，{text}\n")
    for item in passage_claims(read):
        for claim in item.claims:
            assert claim.quote and item.passage.text[claim.at : claim.digits] in claim.quote


HOSTILE = [
    "收到申请" * 250_000,
    "1" * 1_000_000,
    "1,1" * 330_000,
    "予以公开及" * 200_000,
    "未收到" * 330_000,
    "较上年增加" * 200_000,
    "申请1件，" * 100_000,
    "无政府信息公开" * 140_000,
    "行政复议" * 250_000,
    "（" * 1_000_000,
    "一" * 1_000_000,
    "占" * 999_990 + "申请1件",
    "收取费" * 330_000 + "申请元",
    "1余" * 500_000,
    "均全部" * 330_000 + "复议维持",
]


RULES = (*narrative_figures.RULES, *narrative_shares.RULES, *narrative_denials.RULES, *narrative_words.RULES)


@pytest.mark.slow
@pytest.mark.parametrize("line", HOSTILE, ids=[line[:6] for line in HOSTILE])
def test_a_hostile_line_costs_no_more_than_its_length(line: str) -> None:
    """Lines of 1 MB: four times the text takes at most ten times as long, and never more than some seconds."""
    plain = entry_of("## 一、总体情况\n\n申请\n")
    times = []
    for part in (line[: len(line) // 4] + line[-6:], line):
        text = f"## 一、总体情况\n\n申请复议诉讼{part}\n"
        read = replace(plain, text=text)
        assert passages(text, lambda key: None)
        start = time.process_time()
        for rule in RULES:
            list(rule.check(read, Context(previous=LAST)))
        times.append(time.process_time() - start)
    assert times[1] < 15 and times[1] < 10 * max(times[0], 0.05), times
