"""What became of a pasted fragment: every kind of damage that editors were seen to do is found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache

import pytest

from generator.importer.page_check import PageVerdict, as_json, check_page, lines
from generator.readers.document import Limits
from generator.readers.html import read
from generator.report.entry import LoadedReport
from generator.website.fragment import fragment
from tests.example import entry, prose, tables

TABLE = "\n\n|项目|数|\n|----|----|\n|甲|17|\n"
FRAME = (
    "<html><head><title>{title}</title></head><body><ul class='nav'><li><a href='#'>首页</a></li></ul>"
    "<div class='TRS_Editor'>{body}</div><div>版权所有</div></body></html>"
)


@cache
def report() -> LoadedReport:
    text = tables(2021, 表三_上年结转=[0, 0, 0, 0, 0, 0, "~"])
    found, _ = entry(2021, text, prose(2021).replace("示例引言。", f"示例引言（培训360余人）。{TABLE}", 1))
    assert found is not None
    return found


def checked(harm: Callable[[str], str] = lambda html: html) -> PageVerdict:
    whole = fragment(report())
    page = FRAME.format(title=report().report.title, body=harm(whole))
    assert harm(whole) != whole or harm("x") == "x", "nothing was harmed"
    pasted = read(whole.encode(), "fragment.html", Limits())
    return check_page(report(), pasted, read(page.encode(), "page.html", Limits()), page)


def kinds(verdict: PageVerdict) -> set[str]:
    return {fault.kind for fault in verdict.faults}


def test_a_sound_page_has_all_cells_and_paragraphs() -> None:
    found = checked()
    assert found.faults == () and found.cells == found.all_cells > 180 and found.paragraphs == found.all_paragraphs


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("spaces", lambda html: html.replace('<p style="text-indent:2em">', "<p>&nbsp;&emsp;\u3000")),
        ("empty cells", lambda html: re.sub(r"(<td[^>]*>)(</td>)", r"\1<br/>&nbsp;\2", html)),
        ("paragraphs in cells", lambda html: re.sub(r"(<td[^>]*>)([^<]*)(</td>)", r"\1<p>\2</p>\3", html)),
        (
            "first row",
            lambda html: html.replace("<tr>", '<tr class="firstRow">', 3).replace("<th", "<td").replace("</th", "</td"),
        ),
    ],
)
def test_what_editors_do_harmlessly_is_no_fault(name: str, harm: Callable[[str], str]) -> None:
    found = checked(harm)
    assert kinds(found) <= {"lines"}, [fault.message.zh for fault in found.faults]


@pytest.mark.parametrize(
    ("harm", "kind", "said"),
    [
        (lambda html: html.replace(">3</td>", ">8</td>", 1), "cell", "表三.本年新收.自然人：应为“3”，网页上是“8”"),
        (lambda html: html.replace(">3</td>", "></td>", 1), "cell", "应为“3”，网页上是“空白”"),
        (lambda html: re.sub(r' (?:row|col)span="\d+"', "", html), "grid", "表格结构变了"),
        (
            lambda html: re.sub(r"<tr>(?:(?!</tr>).)*重复申请.*?</tr>", "", html, flags=re.S),
            "grid",
            "表三：网页上没有表头“2.重复申请”：整行（列）丢了，或改了字",
        ),
        (lambda html: html.split("<h2>三")[0], "cell", "整个表不见了"),
        (lambda html: html.replace("360余", "余"), "text", "其中的数不见了：360"),
        (lambda html: html.replace("（", "("), "width", "全角、半角被改过"),
        (lambda html: re.sub(r"<h2>一、[^<]*</h2>", "", html), "text", "缺少段落“一、总体情况”"),
        (lambda html: html.replace("示例引言", "示例&lt;wbr&gt;引言"), "tag", "看得见标签“<wbr>”"),
        (lambda html: html + '<a href="http://127.0.0.1:8000/#s1">见</a>', "link", "链接指向本机"),
        (lambda html: html + '<a href="file:///C:/a.html">见</a>', "link", "链接指向本机"),
        (lambda html: html + '<a href="#t1">见</a>', "link", "没有去处"),
        (lambda html: html.replace(">17</td>", ">18</td>"), "grid", "正文中的第1个表与原文不同"),
        (lambda html: html.replace("</tbody>", "<tr><td>多</td></tr></tbody>", 2), "grid", "多出"),
    ],
)
def test_damage_is_named(harm: Callable[[str], str], kind: str, said: str) -> None:
    found = checked(harm)
    assert any(fault.kind == kind and said in fault.message.zh and fault.grave for fault in found.faults), found.faults


def test_paragraphs_that_changed_places_are_named() -> None:
    def swap(html: str) -> str:
        (first, second) = re.findall(r"<h2>[^<]*</h2>", html)[:2]
        return html.replace(first, "@").replace(second, first).replace("@", second)

    assert any("段落次序变了" in fault.message.zh for fault in checked(swap).faults)


def test_lines_left_to_the_portal_are_a_remark_and_no_fault() -> None:
    bare = re.compile(r' border="1"|border-[^;"]*;')
    found = checked(lambda html: bare.sub("", html))
    assert kinds(found) == {"lines"} and not any(fault.grave for fault in found.faults)


def test_the_verdict_is_told_as_text_and_json() -> None:
    found = checked(lambda html: html.split("<h2>三")[0])
    told = list(lines(found, "zh"))
    assert any("还有" in line for line in told) and told[-1].startswith(f"数 {found.cells}/{found.all_cells}")
    record = json.loads(as_json("content/2021/shili", found))
    assert record["schema"] == "nianbao.page/1" and not record["same"] and len(record["faults"]) == len(found.faults)
