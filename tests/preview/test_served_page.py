"""What a preview adds to the pages that it serves, and the addresses that it refuses."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from generator.preview.last_build import PreviewResult
from generator.preview.served_page import anywhere, dressed, malformed

PAGE = b"""<head><meta http-equiv="Content-Security-Policy" content="script-src 'self'"><title>t</title></head>
<body>text</body>"""


def test_a_page_gets_the_reload_script_in_place_of_the_policy_that_forbids_it() -> None:
    page = dressed(PAGE, PreviewResult(True, []), 7, 8000)
    assert page == (
        b"<head><title>t</title></head>\n<body>text"
        b'<script src="/livereload.js?port=8000&amp;snipver=7" defer></script></body>'
    )


@pytest.mark.parametrize(("stale", "said"), [(True, "仍是上一次的"), (False, "已按现在的内容显示")])
def test_errors_lie_over_the_page_as_text(stale: bool, said: str) -> None:
    page = dressed(PAGE, PreviewResult(False, ["第1行 <b>"], stale), 1, 1).decode()
    assert said in page and "<li>第1行 &lt;b&gt;</li>" in page and page.index("role=") > page.index("text")


def test_the_page_for_unknown_addresses_leads_to_the_preview_whatever_the_address_of_the_section() -> None:
    drawn = b'<head><link href="/gongkai/nianbao/assets/a.css"></head><a href="/gongkai/nianbao/index.html">'
    drawn += b'<a href="/gongkai/"><a href="http://www.example.gov.cn/gongkai/nianbao/">'
    page = anywhere(drawn)
    assert b'<base href="/">' in page and b'"/assets/a.css"' in page and b'"/index.html"' in page
    assert page.count(b"/gongkai/") == 2, "the portal's own pages are not here"
    assert anywhere(b"<head></head>") == b'<head>\n<base href="/"></head>'


WRONG = {
    "%5C%5Cattacker.example": "backslash",
    "/attacker.example/": "empty name",
    "2021//shili": "empty name",
    "%2e%2e/": "dots",
    "2021/%2e/": "dots",
    "%00": "control character",
    "%0d%0aSet-Cookie:1": "control character",
    "%E2%80%AEgnp.exe": "control character",
    "a" * 256: "name too long",
    "示" * 86: "name too long",
    "a/" * 1_001: "name too long",
    "": "",
    "2021/shili/": "",
    "2021/shili/示例.pdf": "",
    "a" * 255: "",
    "a/" * 1_000: "",
}


@pytest.mark.parametrize("path", list(WRONG))
def test_an_address_that_no_section_has_is_told_by_its_fault(path: str) -> None:
    said = malformed(unquote(path))
    assert said.startswith(WRONG[path]) and bool(said) == bool(WRONG[path])
