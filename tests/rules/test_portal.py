"""Index number, date, links and empty sections, each once right and once wrong, at its place."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from generator.collection.context import Context
from generator.finding import Finding, Level
from generator.rules.portal import RULES
from tests.example import SETTINGS, entry, prose, sound
from tests.rules.words import findings_of, in_paragraph, with_said

CODE = "113703040042180156"
OTHER = "113703040042186725"
NO_INDEX = "应写成“统一社会信用代码/年份-流水号”"
WRONG_CODE = "中的统一社会信用代码校验码不对"
# index number, the code registered for the organ ("" = none), what is said
INDEXES = [
    (f"{CODE}/2025-5504304", "", ""),
    (f"{CODE}/2025-550430", "", ""),
    (f"{CODE}/2025-55043041", "", ""),
    (f"{CODE}/2025-5504304", CODE, ""),
    ("12370304778428163B/2025-5504304", "", ""),
    (f"{CODE}/2021-None", "", NO_INDEX),
    (f"{CODE}/2023-5335442.0", "", NO_INDEX),
    (f"{CODE}/2025-55043", "", NO_INDEX),
    ("无", "", NO_INDEX),
    (f"{CODE}/2025-550430412", "", NO_INDEX),
    (f"A{CODE}/2025-5504304", "", NO_INDEX),
    (f"{CODE}/25-5504304", "", NO_INDEX),
    ("113703040042180155/2025-5504304", "", WRONG_CODE),
    ("113703040042180155/2025-5504304", OTHER, WRONG_CODE),
    (f"{CODE}/2025-5504304", OTHER, f"中的统一社会信用代码与登记的“{OTHER}”不同"),
]


def of_organ(rule: str, line: str, year: int = 2021, level: str = "区", code: str = "") -> list[Finding]:
    """Checks a report with one more line in tables.yaml, of an organ of that level and code; of none for ""."""
    report, _ = entry(year, with_said(line, year))
    assert report is not None
    organs = {"shili": replace(SETTINGS.organs[0], level=level, code=code)} if level else {}
    hits = next(item for item in RULES if item.id == rule).check(report, Context(organs=organs))
    return sound(list(hits), year, with_said(line, year), None)


@pytest.mark.parametrize(("index", "code", "words"), INDEXES)
def test_index_numbers(index: str, code: str, words: str) -> None:
    expected = [(6, f"索引号“{index}”{words}", index, Level.WARNING, "索引号")] if words else []
    hits = of_organ("PUB-INDEX", f"索引号: {index}", code=code)
    assert [(f.place.column, f.message.zh, f.values, f.level, f.subject) for f in hits] == expected


def test_a_report_without_an_index_number_or_a_registered_organ_is_not_judged_by_them() -> None:
    assert of_organ("PUB-INDEX", "文号: 示例") == []
    assert of_organ("PUB-INDEX", f"索引号: {CODE}/2025-5504304", level="") == []


DEADLINES = [
    ("区", "2022-01-31", ""),
    ("区", "2022-03-31 09:30", ""),
    ("区", "2022-04-01", "次年3月31日"),
    ("区", "2022-04-01 09:30", "次年3月31日"),
    ("县", "2022-03-31", ""),
    ("县", "2022-04-01", "次年3月31日"),
    ("市", "2022-04-01", "次年3月31日"),
    ("省", "2022-04-01", "次年3月31日"),
    ("部门", "2022-01-31", ""),
    ("部门", "2022-02-01", "次年1月31日"),
    ("镇", "2023-01-01", ""),
    ("", "2023-01-01", ""),
]


@pytest.mark.parametrize(("level", "date", "words"), DEADLINES)
def test_a_date_past_the_deadline_of_its_kind_of_organ_is_a_note(level: str, date: str, words: str) -> None:
    day = date[:10]
    expected = [(Level.NOTE, 7, f"发文日期{day}：晚于法定期限{words}", day, "发文日期")] if words else []
    assert [
        (f.level, f.place.column, f.message.zh, f.values, f.subject)
        for f in of_organ("PUB-DATE", f"发文日期: {date}", 2021, level)
    ] == expected


@pytest.mark.parametrize(("year", "late"), [(2018, False), (2019, True)])
def test_the_deadlines_are_those_of_the_regulations_in_force_since_2019(year: int, late: bool) -> None:
    assert bool(of_organ("PUB-DATE", f"发文日期: {year + 1}-12-31", year)) is late


DATES = [
    ("2022-01-01", ""),
    ("2022-02-28", ""),
    ("2024-02-29", "晚于法定期限次年3月31日"),
    ("2021-12-31", "报告年度2021年还没有结束"),
    ("2020-02-29", "报告年度2021年还没有结束"),
    ("2022-02-29", "没有这一天"),
    ("2022-02-30", "没有这一天"),
    ("2022-04-31", "没有这一天"),
    ("2100-02-29", "没有这一天"),
    ("2021-02-29", "没有这一天"),
]


@pytest.mark.parametrize(("date", "words"), DATES)
def test_dates(date: str, words: str) -> None:
    level = Level.NOTE if words.startswith("晚于") else Level.WARNING
    expected = [(level, f"发文日期{date}：{words}")] if words else []
    assert [(f.level, f.message.zh) for f in findings_of("PUB-DATE", None, with_said(f"发文日期: {date}"))] == expected


def test_a_date_that_could_not_be_read_is_reported_by_that_only() -> None:
    assert findings_of("PUB-DATE", None, with_said("发文日期: 2022年1月9日")) == findings_of("PUB-DATE") == []


LINKS = [
    ("见[示例](https://www.example.gov.cn/a)和www.example.gov.cn。", []),
    ("见[示例](http://10.1.1.1/a)。", [(7, "10.1.1.1", Level.ERROR)]),
    ("见[示例](http://localhost/a)。", [(7, "localhost", Level.ERROR)]),
    ("见[示例](http://[::1]/a)。", [(7, "[::1]", Level.ERROR)]),
    ("见[示例](http://www.example.gov.cn:8080/a)。", [(7, "www.example.gov.cn:8080", Level.WARNING)]),
    ("见[示例](http://www.example.gov.cn@evil.example/a)。", [(7, "evil.example", Level.WARNING)]),
    ("见https://www.example.com。", [(2, "www.example.com", Level.WARNING)]),
    ("见www.example.com。", [(2, "www.example.com", Level.WARNING)]),
    ("见www.example.com.和www.a-b.cn-。", [(2, "www.example.com", Level.WARNING), (19, "www.a-b.cn", Level.WARNING)]),
    ("见a.www.example.com和/www.example.com、5www.example.com。", []),
    ("见http://gov.cn和http://WWW.EXAMPLE.GOV.CN/和http://www.example.gov.cn.。", []),
    ("见http://notgov.cn。", [(2, "notgov.cn", Level.WARNING)]),
    ("见http://gov.cn.example/。", [(2, "gov.cn.example", Level.WARNING)]),
    (
        "见http://www.gov.cn:80和http://10.1.1.1:80。",
        [(2, "www.gov.cn:80", Level.WARNING), (23, "10.1.1.1", Level.ERROR)],
    ),
    ("见http://10.example.gov.cn。", []),
    (
        "可在http://www.example.gov.cn查询，问http://www.example.gov.cn?甲或http://gov.cn#1或http://gov.cn、a@b.example。",
        [],
    ),
    ("见http://示例.公司、http://示例.政务。", [(2, "示例.公司", Level.WARNING), (15, "示例.政务", Level.WARNING)]),
    ("见http://a:b@c.example/甲。", [(2, "c.example", Level.WARNING)]),
    (
        "见http://a.example\n和http://b.example（甲）",
        [(2, "a.example", Level.WARNING), (2, "b.example", Level.WARNING)],
    ),
]


@pytest.mark.parametrize(("words", "expected"), LINKS)
def test_links(words: str, expected: list[tuple[int, str, Level]]) -> None:
    narrative = f"{prose(2021)}\n{words}\n"
    hits = findings_of("PUB-LINK", narrative)
    assert [(f.place.column, f.subject, f.level) for f in hits] == expected
    lines = narrative.split("\n")
    assert all(f.subject in lines[f.place.line - 1].lower() and f.place.file == "2021/shili/report.md" for f in hits)


def test_no_more_links_than_a_reader_needs() -> None:
    assert len(findings_of("PUB-LINK", f"{prose(2021)}\n{'见http://a.example。' * 40}\n")) == 30


def test_addresses_of_the_tables_file_are_no_links_of_the_narrative() -> None:
    assert findings_of("PUB-LINK", None, with_said("联系: {地址: 见www.example.com, 电话: 0533-0000000}")) == []


def test_the_message_says_what_is_wrong_with_a_link() -> None:
    hits = findings_of("PUB-LINK", f"{prose(2021)}\n见http://localhost:8、http://gov.cn:8、http://a.example。\n")
    assert [f.message.zh for f in hits] == [
        "网址的主机“localhost”是数字地址或本机，请换成域名",
        "网址“gov.cn:8”带端口，请换成公开的网址",
        "网址“a.example”不是政府网站（*.gov.cn）；确需的请登记在规则设置的“可链网站”",
    ]


def test_an_office_may_allow_a_host() -> None:
    assert in_paragraph("PUB-LINK", "见www.example.com和http://www.example.com/甲。", 可链网站="www.example.com") == []


FIRST, SIXTH = ("一、总体情况", 3), ("六、其他需要报告的事项", 23)
# section, what stands in it, whether that is nothing
EMPTY = [
    (SIXTH, "", True),
    (SIXTH, "　　", True),
    (SIXTH, "\t\u200b\n\n\xa0", True),
    (SIXTH, "&nbsp;", True),
    (SIXTH, ">\n\n-\n\n---", True),
    (SIXTH, "无", False),
    (SIXTH, "　　无。", False),
    (SIXTH, "![](甲.png)", False),
    (SIXTH, "&lt;", False),
    (SIXTH, "|甲|\n|-|", False),
    (SIXTH, "### 甲", False),
    (FIRST, "　　", True),
    (FIRST, "无", False),
    (("二、主动公开政府信息情况", 7), "", False),  # the table stands there
    (("五、存在的主要问题及改进情况", 19), "", False),  # another rule's
]


@pytest.mark.parametrize(("section", "words", "nothing"), EMPTY)
def test_a_section_without_a_table_says_something(section: tuple[str, int], words: str, nothing: bool) -> None:
    title, line = section
    narrative = re.sub(rf"(?s)## {title}\n.*?(?=\n## |$)", lambda _: f"## {title}\n\n{words}\n", prose(2021))
    expected = [(line, 1, title, Level.ERROR, f"“{title}”没有内容，请补写或写明“无”")] if nothing else []
    hits = findings_of("PUB-EMPTY", narrative)
    assert [(f.place.line, f.place.column, f.subject, f.level, f.message.zh) for f in hits] == expected


def test_the_title_of_an_empty_section_is_named_as_typed_and_known_as_the_form_has_it() -> None:
    narrative = prose(2021).split("## 六、")[0] + "## 六、其他事项\n"
    (hit,) = findings_of("PUB-EMPTY", narrative)
    assert (hit.subject, hit.message.zh) == ("六、其他需要报告的事项", "“六、其他事项”没有内容，请补写或写明“无”")


def test_before_2019_a_section_may_be_empty() -> None:
    narrative = re.sub(r"(?s)## 七、(.*?)\n.*", r"## 七、\1\n", prose(2010))
    assert narrative != prose(2010) and findings_of("PUB-EMPTY", narrative, year=2010) == []
