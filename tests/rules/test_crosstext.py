from __future__ import annotations

import pytest

from generator.diagnostic import Level
from tests.example import tables
from tests.rules.words import found, in_paragraph, in_preface, levels, with_preface, with_said

PERIOD = "统计期限自2021年1月1日起至2021年12月31日止。"
SIX = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议、提起行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项"


TITLES = [
    ("示例区人民政府2021年政府信息公开工作年度报告", []),
    ("示例市示例区人民政府2021年度政府信息公开工作年度报告", []),
    ("示例区2021年政府信息公开工作年度报告", [("机关名称", Level.NOTE)]),
    ("甲局2021年政府信息公开工作年度报告", [("机关名称", Level.WARNING)]),
    ("示例区人民政府2021年政府信息公开年度报告", [("结尾", Level.WARNING)]),
    ("示例区人民政府 2021年政府信息公开工作年度报告", [("空格", Level.WARNING)]),
    ("\" 示例区人民政府2021年政府信息公开工作年度报告\"", [("空格", Level.WARNING)]),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_titles(title: str, expected: list[tuple[str, Level]]) -> None:
    hits = found("XT-TITLE", None, with_said(f"标题: {title}"))
    assert [(f.subject, f.level) for f in hits] == expected
    assert all(f.place.file == "2021/shili/tables.yaml" and f.place.column == 5 for f in hits)


PERIODS = [
    (PERIOD, []),
    ("从2021年1月1日到12月31日止", []),
    ("从 2021 年 1 月 1 日至 2021 年 12 月 31 日", []),
    ("自2020年1月1日起至2020年12月31日止", [(2, "统计期限")]),
    ("自2021年1月1日起至2021年11月30日止", [(2, "统计期限")]),
    ("自2020年1月1日起至2021年12月31日止", [(2, "统计期限")]),
]


@pytest.mark.parametrize(("words", "expected"), PERIODS)
def test_the_period_is_the_reports_year(words: str, expected: list[tuple[int, str]]) -> None:
    assert in_preface("XT-PERIOD", words) == expected


def test_the_title_bears_the_reports_year() -> None:
    text = tables(2021).replace("示例区人民政府2021年", "示例区人民政府2020年")
    assert [(f.subject, f.level) for f in found("XT-PERIOD", None, text)] == [("标题", Level.ERROR)]


def test_the_basis_is_the_form_of_that_year() -> None:
    old, new = "依据国办公开办函〔2019〕60号编制。", "依据国办公开办函〔2021〕30号编制。"
    assert in_preface("XT-BASIS", old) == [(3, "国办公开办函〔2019〕60号")]
    assert in_preface("XT-BASIS", new) == [] == in_preface("XT-BASIS", old, 2020)
    assert in_preface("XT-BASIS", new, 2020) == [(3, "国办公开办函〔2021〕30号")]
    assert in_paragraph("XT-BASIS", old) == []
    assert found("XT-BASIS", with_preface(old))[0].message.zh == "2021年度报告引用了“国办公开办函〔2019〕60号”，应为“国办公开办函〔2021〕30号”"


def test_indicators_of_another_era() -> None:
    assert in_paragraph("XT-ERA-WORDING", "政策解读稿件发布数10篇") == [(1, "政策解读稿件发布数10篇")]
    assert in_paragraph("XT-ERA-WORDING", "主动公开政府信息数量10条") == []


PARTS = [
    (f"报告由{SIX}6个部分组成。", []),
    (f"报告由{SIX}等六个部分组成。", []),
    (f"报告由{SIX}五个部分组成。", [("个数", f"报告由{SIX}")]),
    (f"报告由{SIX.replace('、其他需要报告的事项', '')}六个部分组成。", [("其他需要报告的事项", "报告")]),
    (f"全文包括{SIX.replace('主要问题及改进情况', '不足及改进措施')}。", [("存在的主要问题及改进情况", "")]),
    ("报告包括工作中的许多方面，内容详实，数据准确，供公众查阅和监督使用。", None),
]


@pytest.mark.parametrize(("words", "expected"), PARTS)
def test_the_preface_lists_the_parts(words: str, expected: list[tuple[str, str]] | None) -> None:
    hits = in_preface("XT-PREFACE", words)
    if expected is None:
        assert len(hits) == 6  # it claims to list the parts and lists none
    else:
        assert hits == [(len(before) + 1 if before and subject == "个数" else hits[0][0], subject) for subject, before in expected]


YEARS = [
    ("2021年，我区收到申请；我局2019年收到申请3件。", [(16, "到申请；我局2019年收到申请3件")]),
    ("2020年，我区将继续努力。", [(1, "2020年，我区将继续")]),
    ("2022年，我区将继续努力。", []),
    ("2021年，我区将继续努力。", [(1, "2021年，我区将继续")]),
    ("对照《2020年工作要点》，自2018年以来持续公开。", []),
    ("2021年将公开工作纳入考核。", []),
]


@pytest.mark.parametrize(("words", "expected"), YEARS)
def test_years_left_from_an_older_report(words: str, expected: list[tuple[int, str]]) -> None:
    assert in_paragraph("XT-YEAR", words) == expected


def test_the_overview_opens_with_the_reports_year() -> None:
    from tests.example import prose

    narrative = prose(2021).replace("示例区在政府网站", "2020年，示例区在政府网站", 1)
    assert [(f.place.line, f.place.column) for f in found("XT-YEAR", narrative)] == [(5, 1)]
    assert found("XT-YEAR", narrative.replace("2020年，", "2021年，")) == []


CONTACTS = [
    ("地址：示例路1号；邮编：255200；电话：0533-4110087；邮箱：shili@example.gov.cn。", []),
    ("邮编：25520；电话：（0533）4110087；邮箱：shili@example.gov.cn。", [(4, "25520")]),
    ("电话：4110087；邮箱：shili@example.gov.cn。", [(4, "4110087")]),
    ("电话：0533—4110087，传真：0533-41100，邮箱：shili@example.gov.cn。", [(20, "0533-41100")]),
    ("电话：0533-4110087；邮箱：shili@163.com。", [(20, "shili@163.com")]),
    ("电话：0533-4110087；邮箱：shili@example.com。", [(20, "shili@example.com")]),
    ("电话：0533-4110087。", [(1, "邮箱")]),
]


@pytest.mark.parametrize(("words", "expected"), CONTACTS)
def test_contacts(words: str, expected: list[tuple[int, str]]) -> None:
    assert in_preface("XT-CONTACT", words) == expected


def test_contacts_in_the_tables_file_and_domains_of_the_office() -> None:
    hits = found("XT-CONTACT", None, with_said("联系: {邮编: \"2552\", 电话: 4110087, 邮箱: a@zb.shandong.cn}"))
    assert [f.subject for f in hits] == ["联系.邮编", "联系.电话"]
    assert in_preface("XT-CONTACT", "邮箱：a@mail.example.com", 邮箱域名="mail.example.com") == []


MAILS = [
    ("bsqkjjbgs@zb.shangdong.cn", "zb.shandong.cn"),
    ("bsqzjj@zb.shandong.com", "zb.shandong.cn"),
    ("shili@163.con", "163.com"),
    ("shili@example.gov.con", "example.gov.cn"),
    ("shili@example.gov.cm", "example.gov.cn"),
    ("shili@zb.shandong.cn", ""),
    ("shili@jn.shandong.cn", ""),
    ("shili@example.gov.cn", ""),
    ("shili@189.cn", ""),
]


@pytest.mark.parametrize(("address", "meant"), MAILS)
def test_misspelt_mail_domains(address: str, meant: str) -> None:
    hits = found("XT-EMAIL-TYPO", with_preface(f"邮箱：{address}。"))
    assert [(f.place.column, f.subject, f.level) for f in hits] == ([(4, address, Level.ERROR)] if meant else [])
    assert not meant or hits[0].message.zh == f"邮箱“{address}”的域名疑为“{meant}”之误"
    assert not meant or in_preface("XT-CONTACT", f"邮箱：{address}。") == []


def test_a_promised_download_is_there() -> None:
    words = "报告电子版可从示例网站下载。"
    assert in_preface("XT-DOWNLOAD", words) == []
    assert in_preface("XT-DOWNLOAD", words, 可下载="否") == [(3, "下载")]
    assert in_preface("XT-DOWNLOAD", "报告在网站公开。", 可下载="否") == []


def test_errors_of_a_record_are_warnings() -> None:
    assert levels("XT-PERIOD", with_preface(PERIOD, 2020), 2020, historical_until=2020) == [Level.WARNING]
