"""Title, preface, basis and contacts of a report, each once right and once wrong, at its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.collection.context import Context
from generator.finding import Finding, Level
from generator.rules.runner import check_entry
from tests.example import SETTINGS, entry, prose, tables
from tests.rules.words import (
    findings_of,
    in_paragraph,
    in_preface,
    last_line,
    levels,
    with_paragraph,
    with_preface,
    with_said,
)

SIX = (
    "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
    "因政府信息公开工作被申请行政复议、提起行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项"
)
ERROR, WARNING, NOTE = Level.ERROR, Level.WARNING, Level.NOTE


def places_of(hits: list[Finding]) -> list[tuple[int, int, Level, str]]:
    """Returns (line, column, level, subject) of each finding."""
    return [(f.place.line, f.place.column, f.level, f.subject) for f in hits]


# ---------------------------------------------------------------- the title

TITLES = [
    ("示例区人民政府2021年政府信息公开工作年度报告", []),
    ("示例市示例区人民政府2021年度政府信息公开工作年度报告", []),
    ("示例区2021年政府信息公开工作年度报告", [("机关名称", NOTE, "用了简称，全称是“示例区人民政府”")]),
    ("甲局2021年政府信息公开工作年度报告", [("机关名称", WARNING, "里没有机关名称“示例区人民政府”")]),
    ("示例区人民政府2021年政府信息公开年度报告", [("结尾", WARNING, "应以“政府信息公开工作年度报告”结尾")]),
    ("示例区 人民政府2021年政府信息公开工作年度报告", [("空格", WARNING, "里有空格，请删去")]),
    ('" 示例区人民政府2021年政府信息公开工作年度报告"', [("空格", WARNING, "里有空格，请删去")]),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_titles(title: str, expected: list[tuple[str, Level, str]]) -> None:
    hits = findings_of("XT-TITLE", None, with_said(f"标题: {title}"))
    words = title.strip('"')
    assert [(f.subject, f.level, f.message.zh) for f in hits] == [
        (subject, level, f"标题“{words}”{zh}") for subject, level, zh in expected
    ]
    assert all(f.place.file == "2021/shili/tables.yaml" and f.place.column == 5 for f in hits)


@pytest.mark.parametrize(
    ("name", "title", "level"),
    [
        ("示例市示例区人民政府", "示例区人民政府2021年政府信息公开工作年度报告", NOTE),
        ("示例市示例区人民政府", "示例市示例区2021年政府信息公开工作年度报告", NOTE),
        ("示例市示例区人民政府", "示例区2021年政府信息公开工作年度报告", NOTE),
        ("示例综合实验区管委会", "示例综合实验区2021年度政府信息公开工作年度报告", NOTE),
        ("示例市示例区甲局", "示例区甲局2021年政府信息公开工作年度报告", NOTE),
        ("示例市示例区人民政府", "人民政府2021年政府信息公开工作年度报告", WARNING),
        ("示例市示例区甲局", "示例区乙局2021年政府信息公开工作年度报告", WARNING),
        ("示例市示例区人民政府", "2021年政府信息公开工作年度报告", WARNING),
    ],
)
def test_a_title_may_name_the_organ_without_the_place_above_it(name: str, title: str, level: Level) -> None:
    report, _ = entry(2021, with_said(f"标题: {title}"))
    assert report is not None
    organ = replace(SETTINGS.organs[0], name=name, short=name)
    (hit,) = (f for f in check_entry(report, Context(organs={"shili": organ})) if f.rule == "XT-TITLE")
    assert (hit.subject, hit.level) == ("机关名称", level)


@pytest.mark.parametrize(("last", "subjects"), [(2021, []), (2020, ["机关名称"])])
def test_an_organ_that_was_renamed_is_called_by_its_name_of_that_year(last: int, subjects: list[str]) -> None:
    report, _ = entry(2021, with_said("标题: 示例区旧局2021年政府信息公开工作年度报告"))
    assert report is not None
    organ = replace(SETTINGS.organs[0], name="示例区新局", short="新局", former=((last, "示例区旧局"),))
    hits = check_entry(report, Context(organs={"shili": organ}))
    assert [f.subject for f in hits if f.rule == "XT-TITLE"] == subjects


@pytest.mark.parametrize(("year", "subjects"), [(2018, ["空格"]), (2019, ["空格", "结尾", "机关名称"])])
def test_what_a_title_must_say_is_prescribed_since_2019(year: int, subjects: list[str]) -> None:
    assert [f.subject for f in findings_of("XT-TITLE", None, with_said("标题: 甲局 年报", year), year)] == subjects


def test_no_title_and_no_such_organ() -> None:
    without = "\n".join(line for line in tables(2021).split("\n") if not line.startswith("标题:"))
    assert findings_of("XT-TITLE", None, without) == findings_of("XT-PERIOD", None, without) == []
    report, _ = entry()
    assert report is not None
    stranger = replace(report, ref=report.ref._replace(organ="unknown"))
    assert [
        f
        for f in check_entry(stranger, Context(organs={organ.id: organ for organ in SETTINGS.organs}))
        if f.rule in ("XT-TITLE", "TOOL-FAULT")
    ] == []


# ---------------------------------------------------------------- period and basis

OLD, NEW = "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"
BASES = [
    (2021, f"依据{OLD}编制。", (3, OLD), NEW),
    (2021, f"依据{NEW}编制。", None, ""),
    (2020, f"依据{OLD}编制。", None, ""),
    (2020, f"依据{NEW}编制。", (3, NEW), OLD),
    (2019, "依据国务院令第492号编制。", (6, "令第492号"), "令第711号"),
    (2018, "依据国务院令第492号编制。", None, ""),
]


@pytest.mark.parametrize(("year", "words", "expected", "due"), BASES)
def test_the_basis_is_the_form_of_that_year(year: int, words: str, expected: tuple[int, str] | None, due: str) -> None:
    assert in_preface("XT-BASIS", words, year) == ([expected] if expected else [])
    assert in_paragraph("XT-BASIS", words, year) == []
    messages = [f.message.zh for f in findings_of("XT-BASIS", with_preface(words, year), None, year)]
    assert messages == ([f"{year}年度报告引用了“{expected[1]}”，应为“{due}”"] if expected else [])


def test_a_section_is_no_preface() -> None:
    assert findings_of("XT-BASIS", prose(2021).replace("一、总体情况", OLD)) == []


ERA_WORDS = [
    (
        "政策解读稿件发布数10篇",
        [(1, "政策解读稿件发布数10篇")],
        "“政策解读稿件发布数”是别的年度格式的指标；请换成本年度的说法",
    ),
    (
        "报告的对外公开总数量有30件",
        [(4, "报告的对外公开总数量有30件")],
        "“对外公开总数量”是别的年度格式的指标，本年度是“现行有效件数”；请换成本年度的说法",
    ),
    ("主动公开政府信息数量10条", [], ""),
]


@pytest.mark.parametrize(("words", "expected", "zh"), ERA_WORDS)
def test_indicators_of_another_era(words: str, expected: list[tuple[int, str]], zh: str) -> None:
    assert in_paragraph("XT-ERA-WORDING", words) == expected
    hits = findings_of("XT-ERA-WORDING", with_paragraph(words))
    assert [f.message.zh for f in hits] == [zh] * len(expected)
    assert all(
        "; this year's is 现行有效件数" in f.message.en
        if "本年度是" in zh
        else f.message.en.endswith("form; use this year's words")
        for f in hits
    )


# ---------------------------------------------------------------- the list of parts

COUNT, LACK = "引言说有{}个部分，正文有6个；请使二者一致", "引言所列各部分中没有“{}”，请使引言与标题一致"
PARTS = [
    (f"报告由{SIX}6个部分组成。", []),
    (f"报告由{SIX}等六个部分组成。", []),
    (f"报告由{SIX}共６部分组成。", []),
    (f"报告由{SIX}五个部分组成。", [(4 + len(SIX), "个数", COUNT.format("五"))]),
    (f"报告由{SIX}十个部分组成。", [(4 + len(SIX), "个数", COUNT.format("十"))]),
    (f"报告由{SIX}10个部分组成。", [(4 + len(SIX), "个数", COUNT.format("10"))]),
    (
        f"报告由{SIX.replace('、其他需要报告的事项', '')}六个部分组成。",
        [(3, "其他需要报告的事项", LACK.format("其他需要报告的事项"))],
    ),
    (
        f"全文包括{SIX.replace('主要问题及改进情况', '不足及改进措施')}。",
        [(1, "存在的主要问题及改进情况", LACK.format("存在的主要问题及改进情况"))],
    ),
    (f"全文包括{SIX.replace('、', '和').replace('的', '')}。", []),  # small words do not count
    ("示例引言。", []),
]


@pytest.mark.parametrize(("words", "expected"), PARTS)
def test_the_preface_lists_the_parts(words: str, expected: list[tuple[int, str, str]]) -> None:
    hits = findings_of("XT-PREFACE", with_preface(words))
    assert [(f.place.line, f.place.column, f.level, f.subject, f.message.zh) for f in hits] == [
        (1, column, WARNING, *rest) for column, *rest in expected
    ]
    assert {f.values for f in hits if f.subject == "个数"} <= {"6"}
    assert in_paragraph("XT-PREFACE", words) == []


def test_a_preface_that_claims_to_list_the_parts_and_lists_none() -> None:
    assert len(in_preface("XT-PREFACE", "报告包括工作中的许多方面，内容详实，数据准确，供公众查阅和监督使用。")) == 6


# ---------------------------------------------------------------- contacts

MAIL = "；邮箱：shili@example.gov.cn。"
NO_MAIL = "联系方式里没有邮箱，建议写上机关邮箱"
CONTACTS = [
    (f"地址：示例路1号；邮编：255200；电话：0533-4110087{MAIL}", []),
    (f"邮编：25520；电话：（0533）4110087{MAIL}", [(4, "25520", "邮政编码“25520”应为6位数字")]),
    (f"邮政编码： 2552000{MAIL}", [(7, "2552000", "邮政编码“2552000”应为6位数字")]),
    (f"电话：4110087{MAIL}", [(4, "4110087", "电话“4110087”应为区号加7或8位号码（如 0533-4110087）")]),
    (
        f"电话：0533—4110087，传真：0533-41100{MAIL}",
        [(20, "0533-41100", "电话“0533-41100”应为区号加7或8位号码（如 0533-4110087）")],
    ),
    (f"电话：0533-4110087（兼传真）{MAIL}", []),
    (f"（电话：0533-4110087）、(传真:0533-4110087)、（电话：12345—）{MAIL}", []),
    (f"电话：0533-4110（工作日）{MAIL}", [(4, "0533-4110", "电话“0533-4110”应为区号加7或8位号码（如 0533-4110087）")]),
    (
        "电话：0533-4110087；邮箱：shili@163.com。",
        [(20, "shili@163.com", "联系邮箱“shili@163.com”：公众邮箱，请用机关邮箱")],
    ),
    (
        "电话：0533-4110087；邮箱：shili@example.com。",
        [(20, "shili@example.com", "联系邮箱“shili@example.com”：域名不在认可之列，请用机关邮箱")],
    ),
    ("电话：0533-4110087。", [(1, "邮箱", NO_MAIL)]),
    ("联系电话：0533-4110087，监督电话：12345。", [(3, "邮箱", NO_MAIL)]),
    ("地址：示例路1号。", []),
]


@pytest.mark.parametrize(("words", "expected"), CONTACTS)
def test_contacts(words: str, expected: list[tuple[int, str, str]]) -> None:
    hits = findings_of("XT-CONTACT", with_preface(words))
    assert [(f.place.line, f.place.column, f.subject, f.message.zh) for f in hits] == [(1, *item) for item in expected]
    assert all(f.level is (NOTE if f.subject == "邮箱" else WARNING) for f in hits)
    assert in_paragraph("XT-CONTACT", words) == [], "a telephone of some section is not the report's"


@pytest.mark.parametrize(("year", "expected"), [(2018, []), (2019, [(1, "邮箱")])])
def test_a_mailbox_is_asked_for_since_2019(year: int, expected: list[tuple[int, str]]) -> None:
    assert in_preface("XT-CONTACT", "电话：0533-4110087。", year) == expected


def test_a_mailbox_of_some_section_is_not_the_reports() -> None:
    narrative = with_preface("电话：0533-4110087。") + "\n举报邮箱：jubao@163.com。\n"
    assert [f.subject for f in findings_of("XT-CONTACT", narrative)] == ["邮箱"]


def test_messages_on_mailboxes_in_english() -> None:
    hits = findings_of("XT-CONTACT", with_preface("邮箱：a@163.com、b@example.com。"))
    assert [f.message.en for f in hits] == [
        "mailbox a@163.com: a public mailbox; use the office's",
        "mailbox b@example.com: not on an official domain; use the office's",
    ]


PHONES = [
    ("0533-4110087 05334110087 010-23456789 （0533）4110087 (0533)4110087 0533——4110087 0533–4110087-801", True),
    ("12345 0533-12345 96315 010-961234 13912345678 400-123-4567 4001234567", True),
    ("0533-4110087、0533-4181234 0533-4110087/12345", True),
    ("4110087 533-4110087 0533-411008 0533-411008700 0533-4110087-123456 112345 0533-4110087、4181234", False),
]


@pytest.mark.parametrize(("phone", "right"), [(phone, right) for phones, right in PHONES for phone in phones.split()])
def test_telephones(phone: str, right: bool) -> None:
    hits = findings_of("XT-CONTACT", None, with_said(f'联系: {{电话: "{phone}", 邮箱: a@example.gov.cn}}'))
    assert [f.subject for f in hits] == ([] if right else ["联系.电话"])


def test_contacts_in_the_tables_file_and_domains_of_the_office() -> None:
    text = with_said('联系: {邮编: "2552", 电话: 4110087, 邮箱: a@zb.shandong.cn}')
    line = text.count("\n")
    hits = findings_of("XT-CONTACT", None, text)
    assert places_of(hits) == [(line, 10, WARNING, "联系.邮编"), (line, 22, WARNING, "联系.电话")]
    assert [f.place.file for f in hits] == ["2021/shili/tables.yaml"] * 2
    assert [f.subject for f in findings_of("XT-CONTACT", None, with_said("联系: {邮编: 二五五二〇〇}"))] == [
        "联系.邮编"
    ]
    assert in_preface("XT-CONTACT", "邮箱：a@mail.example.com", 邮箱域名="mail.example.com") == []


MAILS = [
    ("bsqkjjbgs@zb.shangdong.cn", "zb.shandong.cn"),
    ("bsqzjj@zb.shandong.com", "zb.shandong.cn"),
    ("BSQZJJ@ZB.SHANDNG.CN", "zb.shandong.cn"),
    ("bsqzjj@zb.shandoog.co", "zb.shandong.cn"),
    ("bsqzjj@zb.shangdong.com", ""),  # three letters
    ("shili@163.con", "163.com"),
    ("shili@188.com", ""),
    ("shili@example.gov.con", "example.gov.cn"),
    ("shili@example.gov.cm", "example.gov.cn"),
    ("shili@www.example.gov.c", "www.example.gov.cn"),
    ("shili@example.gov.com", ""),
    ("shili@gov.con", ""),
    ("shili@zb.shandong.cn", ""),
    ("shili@jn.shandong.cn", ""),
    ("shili@jn.shangdong.cn", ""),
    ("shili@example.gov.cn", ""),
    ("shili@189.cn", ""),
]


@pytest.mark.parametrize(("address", "meant"), MAILS)
def test_misspelt_mail_domains(address: str, meant: str) -> None:
    hits = findings_of("XT-EMAIL-TYPO", with_preface(f"邮箱：{address}。"))
    assert places_of(hits) == ([(1, 4, ERROR, address)] if meant else [])
    assert not meant or hits[0].message.zh == f"邮箱“{address}”的域名疑为“{meant}”之误"
    assert not meant or in_preface("XT-CONTACT", f"邮箱：{address}。") == []


def test_an_offices_own_domain_and_a_public_one_are_no_slips_of_each_other() -> None:
    assert in_preface("XT-EMAIL-TYPO", "邮箱：a@139.com、b@zb.shandong.com。", 邮箱域名="139.cn、zb.shandong.com") == []


# ---------------------------------------------------------------- the rest


def test_a_promised_download_is_there() -> None:
    words = "报告电子版可从示例网站下载。"
    assert in_preface("XT-DOWNLOAD", words) == [] == in_preface("XT-DOWNLOAD", words, 可下载="是")
    assert in_preface("XT-DOWNLOAD", words, 可下载="否") == [(3, "下载")]
    assert levels("XT-DOWNLOAD", with_preface(words)) == []
    assert [f.level for f in findings_of("XT-DOWNLOAD", with_preface(words), None, 2021, None, 可下载="否")] == [ERROR]
    assert in_preface("XT-DOWNLOAD", "报告在网站公开。", 可下载="否") == []
    assert in_paragraph("XT-DOWNLOAD", words, 可下载="否") == []


@pytest.mark.parametrize(("rule", "address"), [("XT-CONTACT", "a@163.com"), ("XT-EMAIL-TYPO", "a@163.con")])
def test_one_mailbox_is_reported_once_with_all_its_places(rule: str, address: str) -> None:
    text = with_said(f"联系: {{邮箱: {address}}}")
    narrative = with_paragraph(f"另见{address}。").replace("示例引言。", f"邮箱：{address}。")
    (hit,) = findings_of(rule, narrative, text)
    assert (hit.place.file, hit.place.line, hit.place.column, hit.subject) == ("2021/shili/report.md", 1, 4, address)
    elsewhere = [(place.file, place.line) for place in hit.related]
    section = [("2021/shili/report.md", last_line(narrative))] if rule == "XT-EMAIL-TYPO" else []
    assert elsewhere == [*section, ("2021/shili/tables.yaml", last_line(text))]
    (hit,) = findings_of("XT-CONTACT", with_paragraph("另见a@163.com。"), with_said("联系: {邮箱: a@163.com}"))
    assert hit.place.file == "2021/shili/tables.yaml" and hit.related == ()


LEFT = [
    ("2020年制作、获取政府信息467条，其中主动公开53条，依申请公开246条，不予公开168条。", [1]),
    ("（三）政府信息管理情况。2020年制作、获取政府信息467条。", [13]),
    ("公开目录已更新。2020年公开信息467条；", [9]),
    ("截至2020年底，全区公开信息467条。", [3]),
    ("目录已更新。截至2020年12月31日，全区公开信息467条。", [9]),
    ("在2020年，我区公开信息467条。", [2]),
    ("2020年1月至12月，共公开信息467条。", [1]),
    ("2020年1月1日至12月31日，共公开信息467条。", [1]),
    ("截至2021年底，全区公开信息467条。", []),
    ("截至2020年底，公开信息467条，2021年新增34条。", []),
    ("截至2020年11月，公开信息467条。", []),
    ("2020年底，公开信息467条，较上年增加3条。", []),
    ("2020年以来，公开信息467条。", []),
    ("示例专栏建成后，截至2020年底公开信息467条。", []),
    ("2021年制作、获取政府信息467条。", []),
    ("2019年制作、获取政府信息467条。", []),
    ("2020年公开信息467条，2021年公开信息501条。", []),
    ("2020年公开信息467条。2021年公开信息501条。", []),
    ("2020年公开信息467条，今年增加34条。", []),
    ("2020年部门决算公开3份。", []),
    ("2020年12月发布信息3条。", []),
    ("2020年成立领导小组。", []),
    ("根据2020年发布的3份文件。", []),
]


@pytest.mark.parametrize(("words", "columns"), LEFT)
def test_a_sentence_of_last_year_left_in_the_overview(words: str, columns: list[int]) -> None:
    narrative = prose(2021).replace("## 二、", f"{words}\n\n## 二、", 1)
    hits = findings_of("XT-YEAR", narrative)
    assert [(f.place.column, f.level) for f in hits] == [(column, WARNING) for column in columns]
    assert all("2020年疑为2021年之误" in f.message.zh for f in hits)
    assert findings_of("XT-YEAR", with_paragraph(words)) == [], "other sections may speak of last year"
