"""Dressing true figures and reading them again finds what is right, in doubt, and silently wrong."""

from __future__ import annotations

import pytest

from bench import dressed, import_truth
from tests.example import FORMS

pytestmark = pytest.mark.slow

_TRUTH = {
    "year": 2021,
    "t2": [["行政规范性文件", 2, 1, 14], ["行政许可", 26]],
    "t3": [["一、本年新收政府信息公开申请数量", 13, 2, 0, 0, 1, 0, 16]],
    "t4": [0, 0, 0, 5, 1] * 3,
}


@pytest.mark.parametrize("name", ["html: sup", "docx: strike", "docx: vanish", 'xlsx: 0"万"', "xlsx: struck before"])
def test_dressed_cells_are_right_or_in_doubt_and_the_others_as_they_were(name: str) -> None:
    target, _, kind = name.partition(": ")
    known = import_truth.known_figures(_TRUTH, FORMS)
    assert known is not None and len(known.figures) == 26
    told = import_truth.tally(dressed.draw(target, kind, known), known, FORMS)
    # of the 26 true figures every fifth is dressed
    assert told["right"] + told["marked"] + told["blank"] in (5, 6)
    assert told["wrong"] == told["lost"] == told["doubted"] == told["refused"] == 0
    assert bool(told["right"]) == (kind == "vanish")


def test_a_dressed_cell_that_is_read_wrong_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    known = import_truth.known_figures(_TRUTH, FORMS)
    assert known is not None
    made = dressed.draw("html", "sup", known)
    broken = made._replace(data=made.data.replace(f"<sup>{dressed.OTHER}</sup>".encode(), dressed.OTHER.encode()))
    told = import_truth.tally(broken, known, FORMS)
    assert (told["wrong"], told["blank"]) == (4, 1)  # 13 and three 5; a 0 becomes 047, which is no figure
    assert "html sup" in capsys.readouterr().out
