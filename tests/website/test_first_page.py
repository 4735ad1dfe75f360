"""The page that stands in for a report as first published, where there is none."""

from __future__ import annotations

from lxml import html  # type: ignore[import-untyped]

from generator.website.first_page import no_first_page
from generator.website.words import load_words


def test_it_says_so_and_leads_to_the_report() -> None:
    words = load_words()
    tree = html.document_fromstring(no_first_page(words))
    assert tree.xpath("//h1/text()") == [words("correction.first_page")] and tree.xpath("//a/@href") == ["index.html"]
    assert words("correction.none_before") in tree.text_content() and tree.xpath("//meta[@name='robots']")


def test_it_brings_a_policy_as_verify_asks_of_every_public_page() -> None:
    (policy,) = html.document_fromstring(no_first_page(load_words())).xpath(
        "//meta[@http-equiv='Content-Security-Policy']/@content"
    )
    assert policy == "default-src 'none'"
