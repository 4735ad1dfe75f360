"""The page of GB/T 9704-2012, as its numbers work out."""

from __future__ import annotations

import pytest

from generator.website.downloads import page_style


def test_the_text_takes_156_by_225_mm_and_holds_22_lines_of_28_characters() -> None:
    height = page_style.HEIGHT - page_style.TOP - page_style.BOTTOM
    assert (page_style.TEXT_WIDTH, height) == (156.0, 225)
    assert height / page_style.LINES / 25.4 * 72 == pytest.approx(29, abs=0.05)
    assert pytest.approx(page_style.SIZE, abs=0.25) == page_style.TEXT_WIDTH / page_style.CHARACTERS / 25.4 * 72


def test_every_font_has_a_stand_in() -> None:
    assert all(name and other and name != other for name, other in page_style.INSTEAD.items())
