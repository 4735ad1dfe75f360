"""What rules on words share: mail addresses in a text, what is quoted of it, where a word stands."""

from __future__ import annotations

import pytest

from generator.collection.context import Context
from generator.finding import Level, Message
from generator.rules.text import LIMIT, at_quote, at_word, emails, listed, quote, some
from generator.wordlists.shipped import shipped_words
from tests.example import entry, tables
from tests.rules.words import with_paragraph, with_preface

LONG = "a" * 64
ADDRESSES = [
    ("示例引言。", []),
    ("abc@example.gov.cn", [(0, "abc@example.gov.cn")]),  # at the text's very beginning
    ("邮箱：A.b_c+d-9@Example.gov.cn。", [(3, "A.b_c+d-9@Example.gov.cn")]),
    ("邮箱：ａｂｃ＠163.ｃｏｍ", [(3, "abc@163.com")]),
    ("写到a@163.com.或b@126.com-，", [(2, "a@163.com"), (13, "b@126.com")]),
    ("邮箱：@163.com，示例@163.com", []),  # nobody's
    (f"{LONG}@163.com", [(0, f"{LONG}@163.com")]),
    (f"bb{LONG}@163.com", [(2, f"{LONG}@163.com")]),  # no longer name is anybody's
]


@pytest.mark.parametrize(("words", "expected"), ADDRESSES)
def test_mail_addresses(words: str, expected: list[tuple[int, str]]) -> None:
    report, _ = entry(2021, None, with_preface(words))
    assert report is not None
    assert emails(report) == tuple(expected)


def test_of_very_many_the_first_are_enough() -> None:
    report, _ = entry(2021, None, with_preface("a@163.com " * 40))
    assert report is not None
    assert len(emails(report)) == LIMIT == len(list(some(range(40)))) == 30


QUOTES = [
    ("甲乙丙丁戊己庚辛壬癸", 5, 6, "乙丙丁戊己庚辛壬癸"),
    ("甲乙丙", 0, 1, "甲乙丙"),
    ("甲乙丙", 1, 2, "甲乙丙"),
    ("甲乙丙", 2, 3, "甲乙丙"),
    ("甲\n乙\n丙\n丁\n戊", 4, 5, "丙"),  # of its line only
    ("甲\n乙丙丁\n戊", 3, 4, "乙丙丁"),
    ("甲 乙 丙", 2, 3, "甲 乙 丙"),
    ("甲\n 乙 \n丙", 3, 4, "乙"),
]


@pytest.mark.parametrize(("text", "start", "end", "quoted"), QUOTES)
def test_a_quote_has_a_few_characters_on_both_sides(text: str, start: int, end: int, quoted: str) -> None:
    assert quote(text, start, end) == quoted


def test_a_quote_as_wide_as_wanted() -> None:
    assert quote("甲乙丙丁戊己庚", 3, 4, 1) == "丙丁戊"


def test_a_word_stands_in_the_narrative_or_in_the_tables_file() -> None:
    report, _ = entry(2021, tables(2021), with_paragraph("示例甲"))
    assert report is not None
    text = report.plain.text
    hits = [
        at_word(report, text.index(word), "X", Level.NOTE, Message("", ""), word)
        for word in ("例引言", "例甲", "示例区人民政府2021年")
    ]
    assert [hit.values for hit in hits] == ["", "", ""]
    places = [hit.place for hit in hits]
    narrative = report.text.rstrip("\n").count("\n") + 1
    assert [(place.file.rpartition("/")[2], place.line, place.column) for place in places] == [
        ("report.md", 1, 2),
        ("report.md", narrative, 2),
        ("tables.yaml", 3, 5),
    ]


def test_a_finding_may_begin_with_its_quote() -> None:
    report, _ = entry(2021, None, with_preface("甲乙丙丁戊己庚辛。"))
    assert report is not None
    hit = at_quote(report, 3, 5, "X", Level.WARNING, "：有误", ": wrong", 1)
    assert (hit.rule, hit.level, hit.subject) == ("X", Level.WARNING, "丙丁戊己")
    assert (hit.message.zh, hit.message.en) == ("“丙丁戊己”：有误", "“丙丁戊己”: wrong")
    assert (hit.place.file, hit.place.line, hit.place.column) == ("2021/shili/report.md", 1, 4)
    assert at_quote(report, 4, 5, "X", Level.WARNING, "", "").subject == "甲乙丙丁戊己庚辛。"


def test_list_words_of_one_rule_of_one_year_that_are_no_part_of_a_right_word() -> None:
    words = shipped_words()
    for year, narrative, expected in (
        (2021, "主动公开政府信息数，主动公开政府信息数量", [0]),
        (2018, "主动公开政府信息数", []),
    ):
        report, _ = entry(year, None, narrative)
        assert report is not None
        assert [at for at, _ in listed(report, Context(words=words), "XT-ERA-WORDING")] == expected
        assert listed(report, Context(words=words), "XT-BASIS") == []
