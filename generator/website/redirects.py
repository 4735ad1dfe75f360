"""Keeps old addresses working: pages that lead on, and the same as configuration for web servers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote, urlsplit

from generator.collection.redirects import Redirect
from generator.website.shell import Shell, SitePage


def redirect_pages(shell: Shell, redirects: Sequence[Redirect]) -> Iterator[SitePage]:
    """Yields a page at each old address that leads to the new one, without script, in any browser."""
    for item in redirects:
        address = escape(_target(item, "../" * item.page.count("/")))
        title, text = escape(shell.words("redirect.title")), escape(shell.words("redirect.text"))
        html = (
            f'<!DOCTYPE html>\n<html lang="{shell.words("page.language")}">\n<head>\n<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
            f'<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="0; url={address}">\n'
            f'<link rel="canonical" href="{address}">\n<title>{title}</title>\n</head>\n'
            f'<body>\n<p>{text} <a href="{address}">{address}</a></p>\n</body>\n</html>\n'
        )
        yield SitePage(item.page, html.encode())


def _target(item: Redirect, root: str) -> str:
    if item.new.startswith(("http://", "https://")):
        return item.new
    return root + (f"{item.new}index.html" if item.new.endswith("/") else item.new)


def nginx(redirects: Sequence[Redirect], base_url: str) -> str:
    """Writes the redirects for nginx, to stand in its `server` before the section's `location`."""
    top = urlsplit(base_url).path or "/"
    lines = []
    for item in redirects:
        new = item.new if "://" in item.new else top + quote(item.new)
        # nginx compares locations with decoded addresses, and takes $ in an answer for a variable
        lines.append(f"location = {_word(top + item.old)} {{ return 301 {_word(new.replace('$', '%24'))}; }}\n")
    return "".join(lines)


def _word(text: str) -> str:
    """Writes one word of a configuration of nginx, in quotation marks where it would be several."""
    if re.fullmatch(r"[\w./:?&=%~+,@!*()#-]+", text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def iis(redirects: Sequence[Redirect], base_url: str) -> str:
    """Writes the redirects for IIS with URL Rewrite, to stand in `system.webServer` of the section's own web.config:
    its rules see addresses from the folder it lies in, without what leads there."""
    top = urlsplit(base_url).path or "/"
    rules = []
    for number, item in enumerate(redirects, 1):
        new = item.new if "://" in item.new else top + quote(item.new)
        pattern = f"^{re.escape(item.old)}$"  # compared with decoded addresses
        rules.append(
            f'  <rule name="nianbao {number}" stopProcessing="true">'
            f'<match url="{escape(pattern)}" /><action type="Redirect" url="{escape(new)}" redirectType="Permanent" />'
            "</rule>\n"
        )
    return f"<rewrite><rules>\n{''.join(rules)}</rules></rewrite>\n" if rules else ""
