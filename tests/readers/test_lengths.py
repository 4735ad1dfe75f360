"""Lengths of style sheets in pixels."""

from __future__ import annotations

import pytest

from generator.readers.lengths import pixels


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("12px", 12),
        ("9pt", 12),
        ("-.5em", -8),
        ("50%", 8),
        ("0", 0),
        ("1rem", 16),
        ("1cm", 37.8),
        ("x", None),
        ("", None),
        ("calc(0)", None),
    ],
)
def test_lengths(text: str, length: float | None) -> None:
    assert pixels(text, 16) == length
