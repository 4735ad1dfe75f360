"""The side-by-side page of an import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from generator.finding import Finding, Level, Message, Place
from generator.importer.review_page import review_page
from generator.readers.document import Document, Paragraph, Picture, Piece
from generator.readers.open_file import read_bytes
from generator.website.theme import templates_folder
from tests.importer.samples import LIMITS, document, figures, flat_text, page, taken

TEMPLATE = (templates_folder() / "review.html").read_text("utf-8")


def review(document: Document, checked: Sequence[Finding] = ()) -> str:
    return review_page(TEMPLATE, document, taken(document), checked)


@pytest.mark.slow
def test_the_review_page_stands_alone_and_leads_from_each_figure_to_its_place() -> None:
    said = figures(2021, t2_行政规范性文件=[69, 3, 665])
    for name, text in (
        ("a.html", page(2021, said)),
        ("b.txt", flat_text(2021, said).replace("示例正文", "<script>x</script>示例")),
    ):
        html = review(read_bytes(text.encode(), name, LIMITS))
        assert "<script" not in html and not re.search(r"(?:src|href)=[\"'](?!#|data:)", html)
        ids = set(re.findall(r"id=[\"']([^\"']+)[\"']", html))
        links = re.findall(r'href="#([^"]+)"', html)
        assert len(links) >= 200 and set(links) <= ids
    assert 'class="undecided"' in html and "<small>原文 693665</small>" in html


def test_findings_of_the_check_are_listed_but_for_accepted_ones() -> None:
    open_ = Finding("T3-SUM", Level.ERROR, Place("tables.yaml"), Message("示例甲不等", "unequal"))
    accepted = replace(open_, message=Message("示例乙不等", "unequal"), accepted="示例理由")
    html = review(document("一、总体情况", "示例正文。"), [open_, accepted])
    assert "示例甲不等" in html and "示例乙不等" not in html


def test_pictures_are_embedded() -> None:
    made = document("一、总体情况")
    picture = Paragraph((Piece("示例图", picture="a.jpg"),))
    html = review(replace(made, blocks=(*made.blocks, picture), pictures=(Picture("a.jpg", b"abc"),)))
    assert 'src="data:image/jpeg;base64,YWJj"' in html
