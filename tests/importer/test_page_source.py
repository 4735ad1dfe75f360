"""Links and lines in a page's source."""

from __future__ import annotations

import pytest

from generator.importer.page_source import bad_links, read_source, without_lines

CELLS = "<tr>" + "<td{style}>1</td>" * 20 + "</tr>"


@pytest.mark.parametrize(
    ("link", "bad"),
    [
        ("http://127.0.0.1:8000/2020/", True),
        ("https://localhost/x", True),
        ("http://[::1]/", True),
        ("file:///C:/x.html", True),
        ("#t1", True),
        ("#here", False),
        ("#", False),
        ("https://www.example.gov.cn/#t1", False),
    ],
)
def test_links_that_lead_nowhere_for_a_visitor(link: str, bad: bool) -> None:
    assert bool(list(bad_links(read_source(f'<p id="here"><a href="{link}">x</a></p>')))) == bad


@pytest.mark.parametrize(
    ("table", "style", "bare"),
    [
        ("<table>", "", True),
        ('<table border="0">', ' style="border-color:#000"', True),
        ("<table>", ' style="border:none"', True),
        ('<table border="1">', "", False),
        ("<table>", ' style="border:1px solid #000"', False),
        ("<table>", ' style="border-left-style: solid"', False),
    ],
)
def test_whether_a_table_draws_its_own_lines(table: str, style: str, bare: bool) -> None:
    source = read_source(table + CELLS.replace("{style}", style) + "</table>")
    assert bool(list(without_lines(source))) == bare


def test_a_small_table_of_the_portals_layout_does_not_count() -> None:
    assert list(without_lines(read_source("<table><tr><td>1</td></tr></table>"))) == []
