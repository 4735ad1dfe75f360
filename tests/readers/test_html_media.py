"""Media queries are answered for the screen of a desk computer; what cannot be told is left open."""

from __future__ import annotations

import pytest

from generator.readers.html_media import applies, medium


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("", True),
        ("screen", True),
        ("print", False),
        ("print, screen", True),
        ("only screen and (min-width: 900px)", True),
        ("(max-width:48em)", False),
        ("(max-device-width: 480px)", False),
        ("screen and (orientation:portrait)", False),
        ("not print", True),
        ("not screen", False),
        ("(hover:hover)", None),
        ("print and (hover:hover)", False),
        ("(prefers-color-scheme: dark), print", None),
        ("(width >= 600px)", None),
        ("(min-width: 1.2.3px)", True),
    ],
)
def test_media_queries(condition: str, holds: bool | None) -> None:
    assert medium(condition) is holds


@pytest.mark.parametrize(
    ("head", "holds"),
    [
        ("td", True),
        ("@media print", False),
        ("@MEDIA screen", True),
        ("@media(max-width:9px)", False),
        ("@font-face", False),
        ("@keyframes x", False),
        ("@layer base", True),
        ("@supports (display:grid)", True),
        ("@supports not (display:grid)", None),
        ("@container (min-width:1px)", None),
    ],
)
def test_blocks(head: str, holds: bool | None) -> None:
    assert applies(head) is holds
