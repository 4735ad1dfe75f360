"""The page that says how to use the section."""

from __future__ import annotations

from generator.website.shell import Shell, SitePage
from generator.website.views import LinkView


def help_page(shell: Shell) -> SitePage:
    """Draws help/index.html: finding, comparing, reading, taking away, and what the figures mean."""
    words = shell.words
    title = words("help.title")
    return shell.page(
        "help.html",
        "help/index.html",
        "help",
        title,
        (shell.home_link("../"), LinkView(title, None)),
        description=words("help.description"),
        apply=shell.apply,
        feed=bool(shell.settings.base_url),
    )
