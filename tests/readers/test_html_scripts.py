"""Doubts cells that scripts may rewrite."""

from __future__ import annotations

import pytest

from generator.readers.html import read
from tests.readers.samples import LIMITS, grids, rules

TABLE = "<table><tr><td>规章</td><td{}>{}</td><td>7</td></tr></table>"


@pytest.mark.parametrize(
    ("cell", "scripts", "doubted", "told"),
    [
        (("", "22<script>document.write(9)</script>"), "", True, False),
        (("", "22<script type=text/javascript>document.write(9)</script>"), "", True, False),
        (("", "22<script type=application/json>{}</script>"), "", False, False),
        ((" id=a", "22"), "<script>document.getElementById('a').innerHTML = 9</script>", True, False),
        (("", "<b id=a>22</b>"), "<script>$('#a').text(9)</script>", True, False),
        ((" id=b", "22"), "<script>$('#a').text(9)</script>", False, False),
        ((" id=a", "22"), "<script>track('#a')</script>", False, False),
        ((" id=a", "22"), "<img src=x onload=\"document.getElementById('a').textContent = 9\">", True, False),
        ((" class=num", "22"), "<script>$('.num').html(9)</script>", False, True),
        ((" class=num", "22"), "<script>$('.share').html(9)</script>", False, False),
        (("", "22"), "<script>document.querySelectorAll('table td')[1].innerText = 9</script>", False, True),
        (("", "22"), "<script>t.rows[0].cells[1].innerHTML = 9</script>", False, True),
        (("", "22"), "<script>document.querySelector('.share').innerHTML = '<a>'</script>", False, False),
        (("", "22"), "<script src=/js/jquery.js></script>", False, False),
    ],
)
def test_a_figure_that_a_script_may_rewrite_is_in_doubt_or_told(
    cell: tuple[str, str], scripts: str, doubted: bool, told: bool
) -> None:
    document = read((TABLE.format(*cell) + scripts).encode(), "示例.html", LIMITS)
    ((label, figure, other),) = grids(document)[0].rows
    assert (label.text, label.doubt, figure.text, other.text, other.doubt) == ("规章", None, "22", "7", None)
    assert (figure.doubt is not None, "IMP-MACRO" in rules(document)) == (doubted, told)


def test_scripts_of_a_page_without_tables_are_not_told() -> None:
    assert not rules(read(b"<p>22</p><script>$('table').html(9)</script>", "a.html", LIMITS))


def test_scripts_too_long_to_be_looked_through_are_told() -> None:
    document = read((TABLE.format("", "22") + f"<script>{' ' * 1_000_001}</script>").encode(), "a.html", LIMITS)
    assert "IMP-MACRO" in rules(document)
