"""The text of a report for the search: what its page says, and nothing that it does not."""

from __future__ import annotations

import json

from generator.report.entry import LoadedReport
from generator.website.search.report_text import CALL, call, parts, plain, script, text_of
from generator.website.words import load_words
from tests.example import entry, prose, tables

WORDS = load_words()


def loaded(narrative: str | None = None, **changes: list[object]) -> LoadedReport:
    report, _ = entry(2021, tables(2021, **changes), narrative)
    assert report is not None
    return report


def test_blocks_become_lines_and_marks_within_a_line_leave_nothing_behind() -> None:
    assert plain("<p>甲<strong>乙</strong><wbr>丙</p>\n<p>丁<br />戊</p>") == "甲乙丙\n丁\n戊"
    assert plain("<ul>\n<li>甲&amp;乙</li>\n<li>&lt;丙&gt;</li>\n</ul>") == "甲&乙\n<丙>"


def test_every_section_has_its_anchor_and_its_bound_figures_are_filled_in() -> None:
    known = parts(loaded(prose(2021)), WORDS)
    assert [part.anchor for part in known[:4]] == ["", "", "s1", "s2"]
    assert known[2].text.startswith("一、总体情况\n") and "收到申请3件" in known[2].text


def test_a_row_of_a_table_is_a_line_unless_all_of_it_is_zero() -> None:
    third = next(part for part in parts(loaded(), WORDS) if part.title == "收到和处理政府信息公开申请情况")
    received, disclosed, total = third.text.split("\n")
    assert received == "一、本年新收政府信息公开申请数量 申请人情况：自然人 3件、总计 3件"
    assert "（一）予以公开" in disclosed and "（七）总计" in total and third.anchor == "s3"


def test_the_script_gives_its_text_back() -> None:
    report = loaded("引言“甲”\\<乙> 丙\n\n## 一、总体情况\n\n正文\n")
    data = script(report, "示例区", WORDS)
    text = text_of(data)
    assert text == "\n".join(part.text for part in parts(report, WORDS)) and "引言“甲”<乙>" in text
    key, (title, organ, _, _) = json.loads("[" + data.decode()[len(CALL) : -2] + "]")
    assert (key, organ) == ("2021/shili", "示例区") and title == report.report.title


def test_what_would_break_an_old_browser_is_escaped() -> None:
    assert call("f(", "甲\u2028\ud83d乙\ude00") == 'f("甲\\u2028\\ud83d乙\\ude00")\n'.encode()
