"""`nianbao formats`: what is known of each form, and the form as a clerk sees it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from generator.__main__ import commands
from generator.printers.forms import find
from tests.example import FORMS, form


def run(*arguments: str, lang: str = "zh") -> str:
    result = CliRunner().invoke(commands(lang), ["formats", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_list_tells_years_document_size_and_how_well_each_form_is_known() -> None:
    lines = run().splitlines()
    assert lines[2].split() == ["era-2014-stat", "2014-2018", "国办发〔2014〕32号", "58", "C", "否"]
    assert lines[4].split() == ["gbkbh-2021-30", "2021年起", "国办公开办函〔2021〕30号", "200", "B", "否"]
    assert lines[5].split() == ["fujian-2009-list", "2009-2013", "地方自设", "34", "B", "否"]
    assert "A 官方文本  B 已公开的报告  C 未经核实" in lines[8]
    assert all(cell_len(line) <= 80 for line in lines[:8])


def test_the_list_in_english_and_as_json() -> None:
    assert "from 2021" in run(lang="en") and "unproven" in run(lang="en")
    listed = json.loads(run("--json"))
    assert [(item["id"], item["cells"], item["verified"]) for item in listed] == [
        ("era-2007-narrative", 0, False),
        ("era-2014-stat", 58, False),
        ("gbkbh-2019-60", 198, False),
        ("gbkbh-2021-30", 200, False),
        ("fujian-2009-list", 34, False),
        ("fujian-2014-list", 32, False),
    ]


def test_a_form_is_found_by_year_or_id() -> None:
    assert find(FORMS, "2021") is find(FORMS, "gbkbh-2021-30") is form("gbkbh-2021-30")
    assert find(FORMS, "1999") is None and find(FORMS, "２０２１") is None and find(FORMS, "") is None


def test_a_form_is_shown_with_its_tables_sections_and_identities() -> None:
    shown = run("show", "2021")
    assert "│ 信息内容       │ 本年处理决定数量                           │" in shown
    assert "三、收到和处理政府信息公开申请情况（表三）" in shown
    assert "T3-BAL: 本年新收 + 上年结转 = 总计 + 结转下年度" in shown
    assert "T3-ROW: 自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计" in shown


def test_identities_of_the_list_table_are_in_the_words_of_its_rows() -> None:
    shown = run("show", "2016")
    assert "A-31: 当面申请数 + 传真申请数 + 网络申请数 + 信函申请数 = 收到申请数" in shown
    assert (
        "A-12: 主动公开数 ≤ 政府公报公开数 + 政府网站公开数 + 政务微博公开数 + 政务微信公开数 + 其他方式公开数" in shown
    )
    assert "T2-19-DISC: 规章.本年新公开数量 ≤ 规章.对外公开总数量" in run("show", "2019")


def test_a_form_without_tables_says_where_local_ones_go() -> None:
    assert "report.md" in run("show", "2010") and "local ones" in run("show", "2010", lang="en")


@pytest.mark.slow
@pytest.mark.parametrize("item", FORMS, ids=lambda item: item.id)
def test_a_form_as_json_names_every_cell_as_content_calls_it(item: object) -> None:
    of = form(getattr(item, "id", ""))
    shown = json.loads(run("show", of.id, "--json"))
    assert [cell["name"] for table in shown["tables"] for cell in table["cells"]] == list(of.by_name)
    named = {name for table in shown["tables"] for e in table["identities"] for name in (*e["left"], *e["right"])}
    assert named <= set(of.by_name)


def test_an_unknown_form_is_one_clear_sentence() -> None:
    result = CliRunner().invoke(commands("zh"), ["formats", "show", "2003"])
    assert result.exit_code == 2 and "没有格式“2003”" in result.output and "gbkbh-2021-30" in result.output
