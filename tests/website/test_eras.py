"""示例 reports of earlier years, from folder to page: the statutory list, local tables, a report on the wrong form."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]

from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from tests.example import prose, tables, write_content
from tests.website.test_browser import html_faults

pytestmark = pytest.mark.slow

ADDED = """\
增加行:
  - {行: 主动公开机构领导信息数, 上级: 主动公开数, 单位: 条, 数: 12}
"""
LOCAL = "表：2010年主动公开情况\n\n|指标|单位|数量|\n|:-|:-:|-:|\n|网站公开|条|120|\n|公报公开|条||\n"
ACCEPTED = (
    "接受:\n"
    "  - {规则: STR-FORM-YEAR, 位置: [gbkbh-2019-60], 值: gbkbh-2019-60, "
    "原因: 原报告如此, 批准人: 示例, 批准日期: 2023-01-20}\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eras")
    content = write_content(
        folder / "content",
        {
            "2010/shili": (tables(2010), prose(2010).replace("## 三、", LOCAL + "\n## 三、", 1)),
            "2016/shili": (
                tables(2016, 统计表_收取费用=["2.02"], 统计表_主动公开数=[12], 统计表_政府网站公开数=[12]) + ADDED,
                prose(2016),
            ),
            "2017/shili": (
                "\n".join(line for line in tables(2017).splitlines() if "微博微信回应数" not in line) + "\n",
                prose(2017),
            ),
            "2022/shili": (tables(2020).replace("2020", "2022") + "格式: gbkbh-2019-60\n" + ACCEPTED, prose(2022)),
        },
    )
    outcome = pipeline.run(Request(content, jobs=1), folder / "site")
    assert outcome.written is not None, [f.message.zh for f in outcome.findings if f.blocking]
    return folder / "site"


def page(site: Path, year: int) -> Any:
    return html.document_fromstring((site / f"{year}/shili/index.html").read_bytes())


def test_the_list_is_printed_line_by_line_with_units_and_figures(site: Path) -> None:
    (table,) = page(site, 2016).xpath("//table[contains(@class, 'stat')]")
    lines = [["".join(cell.itertext()) for cell in row.xpath("th|td")] for row in table.xpath("tbody/tr")]
    assert len(lines) == 66 and len(table.xpath("tbody")) == 9
    assert lines[0] == ["一、主动公开情况", "——", ""]
    assert lines[4] == ["主动公开机构领导信息数", "条", "12"]
    assert ["七、依申请公开信息收取的费用", "万元", "2.02"] in lines
    assert [th.get("class") for th in table.xpath("tbody[1]/tr/th")][:4] == ["l1", "l2", "l3", "l3"]
    assert not table.xpath(".//*[@style]") and not table.xpath("tbody/tr/td[@class='blank']")


def test_the_figures_are_bound_in_the_prose_and_exported(site: Path) -> None:
    assert "收到申请3件，均已答复。" in "".join(page(site, 2016).itertext())
    rows = list(csv.DictReader(io.StringIO((site / "2016/shili/tables.csv").read_text("utf-8-sig"))))
    assert len(rows) == 59 and {row["表"] for row in rows} == {"统计表"} and {row["列"] for row in rows} == {"统计数"}
    by_row = {row["行"].rpartition("/")[2]: (row["数值"], row["单位"]) for row in rows}
    assert by_row["七、依申请公开信息收取的费用"] == ("2.02", "万元") and by_row["主动公开机构领导信息数"] == (
        "12",
        "条",
    )
    report = json.loads((site / "2016/shili/report.json").read_bytes())
    assert report["format"] == "era-2014-stat" and len(report["tables"][0]["cells"]) == 59
    assert [cell["row"][-1] for cell in report["tables"][0]["cells"] if cell.get("added")] == ["主动公开机构领导信息数"]


def test_a_row_the_original_never_printed_is_nowhere(site: Path) -> None:
    (table,) = page(site, 2017).xpath("//table[contains(@class, 'stat')]")
    assert len(table.xpath("tbody/tr")) == 64 and "微博微信回应事件数" not in "".join(page(site, 2017).itertext())
    assert "斜纹格" not in "".join(page(site, 2017).itertext())
    report = json.loads((site / "2017/shili/report.json").read_bytes())
    assert len(report["tables"][0]["cells"]) == 57
    assert (site / "2017/shili/tables.csv").read_text("utf-8-sig").count("\n") == 58


def test_a_local_table_is_on_the_page_and_in_the_data(site: Path) -> None:
    (table,) = page(site, 2010).xpath("//table[@class='free']")
    assert table.xpath("string(caption)") == "2010年主动公开情况"
    assert [td.text for td in table.xpath("tbody/tr/td")] == ["网站公开", "条", "120", "公报公开", "条", None]
    report = json.loads((site / "2010/shili/report.json").read_bytes())
    assert report["tables"] == [] and report["free_tables"] == [
        {
            "section": 2,
            "caption": "2010年主动公开情况",
            "head": ["指标", "单位", "数量"],
            "body": [["网站公开", "条", "120"], ["公报公开", "条", ""]],
        }
    ]
    assert (site / "2010/shili/tables.csv").read_text("utf-8-sig").count("\n") == 1


def test_a_report_on_the_wrong_form_is_shown_as_published_with_a_note(site: Path) -> None:
    report = json.loads((site / "2022/shili/report.json").read_bytes())
    assert report["format"] == "gbkbh-2019-60" and [len(table["cells"]) for table in report["tables"]] == [22, 161, 15]
    text = "".join(page(site, 2022).itertext())
    assert "政府集中采购" in text and "原报告如此" in text


def test_listings_leave_out_what_a_year_did_not_count(site: Path) -> None:
    rows = html.document_fromstring((site / "organs/shili/index.html").read_bytes()).xpath(
        "//table[caption/@id='counts']/tbody/tr"
    )
    cells = {
        row.xpath("string(th)"): [td.text_content() for td in row.xpath("td[contains(@class, 'num')]")] for row in rows
    }
    figures = {year: [text.replace("※", "") for text in row] for year, row in cells.items()}
    assert (
        # 新收申请 较上年 办理总计 予以公开 部分公开 不予公开 无法提供 不予处理 结转下年 行政复议 行政诉讼
        figures["2016年度报告"] == ["3", "", "", "3", "0", "0", "", "", "", "0", "0"]
        and figures["2010年度报告"] == [""] * 11
        and figures["2022年度报告"][:3] == ["3", "", "3"]
        and "※" in cells["2022年度报告"][0]
    )


def test_the_pages_are_valid_html(site: Path) -> None:
    pages = [str(site / f"{year}/shili/index.html") for year in (2010, 2016)]
    assert html_faults(pages) == ""
    assert not re.search(r"style=", "".join(Path(path).read_text("utf-8") for path in pages))
