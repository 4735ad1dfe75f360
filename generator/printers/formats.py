"""Writes findings in the output format asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from generator import __version__
from generator.collection.folder import scan
from generator.collection.office import open_office
from generator.finding import Finding
from generator.printers.explain import documentation
from generator.printers.findings_json import document
from generator.printers.github import workflow_commands
from generator.printers.html_page import page
from generator.printers.sarif import sarif
from generator.report.model import Report
from generator.website.theme import load_theme, templates_folder

FORMATS = ("text", "json", "sarif", "github", "html")


def repository_path(content: Path) -> str:
    """Names the content folder as code hosts know it: from the top of its repository, else from where the command runs;
    "" where it is the top itself."""
    whole = content.resolve()
    tops = [folder for folder in (whole, *whole.parents) if (folder / ".git").exists()]
    workspace = os.environ.get("GITHUB_WORKSPACE")
    for top in (*tops[:1], *([Path(workspace).resolve()] if workspace else []), Path.cwd()):
        if whole.is_relative_to(top):
            return whole.relative_to(top).as_posix().removeprefix(".")
    return whole.as_posix()


def pieces(findings: Sequence[Finding], form: str, lang: str, content: Path) -> Iterator[str]:
    """Yields the findings in one of FORMATS except text."""
    if form == "json":
        yield document(findings, lang)
    elif form == "sarif":
        yield sarif(findings, lang, __version__, repository_path(content), documentation)
    elif form == "github":
        yield from (line + "\n" for line in workflow_commands(findings, lang, repository_path(content)))
    elif form == "html":
        yield from _page(findings, lang, content)


def _page(findings: Sequence[Finding], lang: str, content: Path) -> Iterator[str]:
    office = open_office(content)
    refs = {(ref.year, ref.organ): ref for ref in scan(content)[0]}
    theme = load_theme()
    tools = templates_folder() / "tools"
    style, script = ((tools / name).read_text(encoding="utf-8") for name in ("findings.css", "findings.js"))

    @lru_cache(maxsize=1)
    def report_of(year: int, organ: str) -> Report | None:
        ref = refs.get((year, organ))
        entry = office.read(ref)[0] if ref else None
        return entry.report if entry else None

    names = {organ.id: organ.name for organ in office.settings.organs}
    return page(theme.templates, style, script, findings, lang, report_of, names, documentation)
