"""The page that tells citizens how to verify, with standard tools only, that the section is what was published."""

from __future__ import annotations

from urllib.parse import urlsplit

from generator.website.shell import Shell, SitePage
from generator.website.views import LinkView


def verify_page(shell: Shell) -> SitePage:
    """Draws the page; without the section's public address its commands name a place to fill in."""
    words = shell.words
    title, address = words("verify.title"), shell.url("")
    return shell.page(
        "verify.html",
        "verify/index.html",
        "verify",
        title,
        (shell.home_link("../"), LinkView(title, None)),
        address=address or words("verify.address"),
        cut=urlsplit(address).path.count("/") - 1 if address else 0,
        key=shell.settings.values.get("签名公钥", ""),
    )
