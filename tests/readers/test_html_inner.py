"""Reads the tables of pages inside a page: frames that carry their text, and shadow trees."""

from __future__ import annotations

import html

import pytest

from generator.readers.html import read
from generator.readers.html_inner import taken_in
from tests.readers.samples import LIMITS, grids, table

TABLE = "<table><tr><td>新收</td><td>22</td></tr><tr><td>结转</td><td>0</td></tr></table>"


@pytest.mark.parametrize(
    "inside",
    [
        f'<iframe width=9 srcdoc="{html.escape(TABLE)}"></iframe>',
        f"<iframe srcdoc='<html><body>{TABLE}</body></html>'>备用</iframe>",
        f"<x-t><template shadowrootmode=open>{TABLE}</template></x-t>",
        f"<x-t><template shadowrootmode=open><template>甲</template><p>乙</p>{TABLE}</template></x-t>",
        f"<dialog open>{TABLE}</dialog>",
        "<aside>" + TABLE.replace("</table>", "<tr><td>合计<td>3<tr><td>其他<td>4</table>") + "</aside>",
    ],
)
def test_a_table_that_a_browser_shows_is_read(inside: str) -> None:
    document = read(f"<!DOCTYPE html><meta charset=utf-8><p>示例</p>{inside}".encode(), "a.html", LIMITS)
    assert [table(grid)[:2] for grid in grids(document)] == [[["新收", "22"], ["结转", "0"]]]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (f"<noscript>{TABLE}</noscript>", "IMP-EMBEDDED"),
        (f"<textarea>{TABLE}</textarea>", "IMP-EMBEDDED"),
        (f"<dialog>{TABLE}</dialog>", "IMP-HIDDEN"),
    ],
)
def test_one_that_it_does_not_show_is_told(inside: str, told: str) -> None:
    document = read(f"<!DOCTYPE html><meta charset=utf-8><p>示例</p>{inside}".encode(), "a.html", LIMITS)
    assert grids(document) == [] and told in {finding.rule for finding in document.findings}


@pytest.mark.parametrize(
    "text",
    [
        "<iframe srcdoc='甲'></iframe>",
        "<template>" + TABLE + "</template>",
        "<template shadowrootmode=open>甲</template>",
        "</template><template shadowrootmode=open>" + TABLE,
    ],
)
def test_others_stay_as_they_are(text: str) -> None:
    assert taken_in(text) == text
