"""Names the page and data of a report as they were public before its first correction; publishing puts them there."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.website.words import Words

FIRST_PAGE, FIRST_DATA = "first-published.html", "first-published.json"


def no_first_page(words: Words) -> bytes:
    """Makes the page that stands at FIRST_PAGE where a report had its corrections when it was first published."""
    title, text = escape(words("correction.first_page")), escape(words("correction.none_before"))
    back = escape(words("correction.back"))
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        f'<meta name="robots" content="noindex"><title>{title}</title>'
        f'<main><h1>{title}</h1><p>{text}</p><p><a href="index.html">{back}</a></p></main></html>\n'
    ).encode()
