"""What is noted while a narrative is parsed."""

from __future__ import annotations

import pytest

from generator.narrative.markdown_notes import words_of
from tests.narrative.rendered import html


def test_an_unknown_placeholder_is_shown_as_it_stands() -> None:
    assert html('{{"><script>}}') == "<p>{{&quot;&gt;&lt;script&gt;}}</p>"
    assert html("{{''.__class__}}") == "<p>{{''.__class__}}</p>"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("甲", "甲"),
        (" <b>甲</b>乙 ", "甲乙"),
        ("&lt;甲&gt; &amp; 乙", "<甲> & 乙"),
        ("<a href='?a=1&amp;b'>甲</a>", "甲"),
    ],
)
def test_html_is_stripped_to_its_words(html: str, words: str) -> None:
    assert words_of(html) == words
