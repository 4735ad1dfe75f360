"""Makes the pages of the section ready to be served by a preview, and refuses addresses that no section has."""

from __future__ import annotations

import re
from html import escape

from generator.preview.last_build import PreviewResult
from generator.yaml_source.controls import CONTROL

# livereload.js hands `snipver` back when it connects: the number of the build that the page shows
_SCRIPT = b'<script src="/livereload.js?port=%d&amp;snipver=%d" defer></script>'
_ASSETS = re.compile(rb'="(/[^"]*)assets/')
_NAME_BYTES, _PATH_BYTES = 255, 2_000
_STALE = "有错误，页面仍是上一次的 · errors; the pages are those of the build before"
_FRESH = "有错误，发布前须改正；页面已按现在的内容显示 · errors to mend before publishing; the pages are up to date"


def overlay(result: PreviewResult) -> bytes:
    """Makes the notice that lies over a page while there are errors."""
    lines = "".join(f"<li>{escape(line)}</li>" for line in result.lines)
    title = _STALE if result.stale else _FRESH
    style = (
        "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:99;background:#7a1414;color:#fff;"
        "padding:1rem 1.5rem;font:15px/1.7 sans-serif"
    )
    return (
        f'<div role="alert" style="{style}"><b>{title}</b><ul style="white-space:pre-wrap">{lines}</ul></div>'
    ).encode()


def dressed(page: bytes, result: PreviewResult, number: int, port: int) -> bytes:
    """Adds the reload script and a notice, if any, to a page, and removes the policy that would forbid both."""
    start = page.find(b'<meta http-equiv="Content-Security-Policy"')
    if start >= 0:
        page = page[:start] + page[page.index(b">", start) + 1 :]
    extra = _SCRIPT % (port, number) + (b"" if result.ok else overlay(result))
    return page.replace(b"</body>", extra + b"</body>")


def anywhere(page: bytes) -> bytes:
    """Makes the page for unknown addresses find its styles and links from an address at any depth, and where it was
    drawn for the section's own address, at the top of this server."""
    drawn_for = _ASSETS.search(page)
    if drawn_for is not None:
        page = page.replace(b'="' + drawn_for[1], b'="/')
    return page.replace(b"<head>", b'<head>\n<base href="/">', 1)


def malformed(path: str) -> str:
    """Says what no address of the section has, "" where there is nothing: what a browser reads as another site (two
    slashes, a backslash), what steps out of the folder, and what no file system takes."""
    names = path.split("/")
    if "\\" in path:
        return "backslash in address"
    if "" in names[:-1]:
        return "empty name in address"
    if "." in names or ".." in names:
        return "dots in address"
    if CONTROL.search(path) or not path.isprintable():
        return "control character in address"
    if len(path.encode("utf-8", "replace")) > _PATH_BYTES or any(len(name.encode()) > _NAME_BYTES for name in names):
        return "name too long in address"
    return ""
