"""Groups characters into lines; tells white and places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.readers.pdf_page import PdfChar, lines


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 800), st.sampled_from("甲a1 ")), max_size=60))
def test_no_character_is_lost_in_lines(places: list[tuple[float, float, str]]) -> None:
    chars = [PdfChar(char, x, y, x + 12, y + 12, 12) for x, y, char in places]
    joined = "".join(line.text for line in lines(chars, tabs=True))
    kept = sorted(char.text for char in chars if char.text.strip())
    assert sorted(joined.replace(" ", "").replace("\t", "")) == kept
