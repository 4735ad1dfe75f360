"""Reads colours, and tells text in the colour of its background."""

from __future__ import annotations

import pytest

from generator.readers.colours import BLACK, WHITE, Colour, clear, colour, unseen


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("#fff", WHITE),
        ("FFFFFF", WHITE),
        ("white", WHITE),
        ("rgb(255, 255, 255)", WHITE),
        ("rgb(100% 0% 0%)", Colour(255, 0, 0)),
        ("rgba(0,0,0,0.5)", BLACK),
        ("#000000ff", BLACK),
        ("rgba(0,0,0,0)", None),
        ("#00000000", None),
        ("transparent", None),
        ("hsl(0, 0%, 100%)", WHITE),
        ("hsl(0deg 100% 50%)", Colour(255, 0, 0)),
        ("hsla(0, 0%, 0%, 0)", None),
        ("hsl(red)", None),
        ("var(--ink)", None),
        ("", None),
        ("rgb(1,2)", None),
    ],
)
def test_colours_as_word_and_web_pages_write_them(text: str, made: Colour | None) -> None:
    assert colour(text) == made


def test_wholly_transparent_colours() -> None:
    assert all(
        map(clear, ["transparent", "rgba(9,9,9,0)", "rgb(9 9 9 / 0%)", "#0000", "#12345600", "hsl(0 0% 0% / 0)"])
    )
    assert not any(map(clear, ["#000", "rgba(9,9,9,1)", "black", "#123456ff"]))


def test_text_is_unseen_in_nearly_the_colour_behind_it_and_seen_where_one_is_not_known() -> None:
    assert unseen(WHITE, WHITE) and unseen(Colour(250, 250, 250), WHITE)
    assert not unseen(BLACK, WHITE) and not unseen(Colour(200, 200, 200), WHITE)
    assert not unseen(None, WHITE) and not unseen(WHITE, None)
