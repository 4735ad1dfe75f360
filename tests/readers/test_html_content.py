"""Finds the report among what a portal shows around it, and the metadata of its page."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from generator.readers.html_content import properties_of, report_of, take_margins

LONG = "示例" * 900


def found(body: str) -> str:
    tree = LexborHTMLParser(f"<body>{body}</body>")
    assert tree.body is not None
    return report_of(tree, tree.body).text().strip()


def test_the_usual_container_of_a_portal_holds_the_report() -> None:
    assert found(f"<div class=nav>首页</div><div id=zoom><p>{LONG}</p></div><div class=footer>主办</div>") == LONG


def test_without_one_what_surrounds_the_text_is_taken_away() -> None:
    assert found(f"<header>某网</header><div class=crumbs>位置</div><div><div>{LONG}</div></div>") == LONG


def test_a_container_without_all_tables_of_figures_is_not_the_report() -> None:
    table = "<table><tr><td>新收<td>1<tr><td>结转<td>2<tr><td>合计<td>3</table>"
    assert found(f"<div id=zoom>{LONG}</div>{table * 3}").count("新收") == 3
    framed = f"<table><tr><td>导航<td>新闻<td><div id=zoom>{LONG}{table}</div></table>"
    assert found(framed) == LONG + "新收1结转2合计3"
    calendar = f"<table><tr>{'<td>1' * 28}</table>"
    assert found(f"<div id=zoom>{LONG}{table}</div>{calendar}") == LONG + "新收1结转2合计3"


def test_a_page_s_head_and_foot_and_metadata_are_taken() -> None:
    tree = LexborHTMLParser(
        "<title> 示例  年报 </title><meta name=Author content=某局><body><div title=header>页眉</div>正文</body>"
    )
    assert properties_of(tree) == {"title": "示例 年报", "Author": "某局"}
    assert take_margins(tree) == ["页眉"] and tree.body is not None and tree.body.text().strip() == "正文"
