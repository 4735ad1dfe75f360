"""Writes the table of docs/supply-chain.md: what is installed with nianbao, its licence, and why.

Versions come from requirements.lock, licences and who needs what from the packages' own metadata, reasons of direct
dependencies from here. `python -m tests.supply_chain` renews the table; `tests/test_supply_chain.py` compares it.
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "supply-chain.md"
BEGIN, END = "<!-- table -->", "<!-- end -->"

# Why a package stands in pyproject.toml, and which extra asks for it ("" for all installations).
REASONS = {
    "click": ("", "commands, options and help"),
    "jinja2": ("", "pages from templates, escaped by default"),
    "livereload": ("", "`preview` reloads the browser"),
    "markdown-it-py": ("", "Markdown of the narrative, to the CommonMark standard"),
    "pyyaml": ("", "the YAML parser (libyaml) under our own reader"),
    "rich": ("", "tables and progress on the terminal"),
    "tornado": ("", "livereload's web server, which livereload leaves unbounded"),
    "watchfiles": ("", "`preview` sees every edit; livereload's own watcher loses some"),
    "asyncssh": ("publish", "publishes by SFTP"),
    "boto3": ("publish", "publishes to S3 and what speaks it"),
    "python-calamine": ("office", "reads Excel files (.xls, .xlsx, .ods)"),
    "python-docx": ("office", "writes the Word file of a report"),
    "xlsxwriter": ("office", "writes the workbooks that units fill in"),
    "pylopdf-fonts-zh-cn": ("pdf", "Chinese fonts to put into PDF files where the office has none"),
    "typst": ("pdf", "sets the PDF file of a report"),
    "pdfplumber": ("ingest", "reads text and tables of PDF files"),
    "pypdfium2": ("ingest", "draws the digits of PDF files, to compare them with their text"),
    "pillow": ("ingest", "takes metadata out of imported pictures"),
    "selectolax": ("ingest", "reads saved web pages"),
}


def pins(lock: str) -> dict[str, str]:
    """Name → version of every package of a lock file."""
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", lock, re.MULTILINE))


def normal(name: str) -> str:
    """Writes a package's name as lock files do."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(package: Distribution) -> str:
    """Gives the licence that a package declares: an SPDX expression, else its own words, else its classifiers."""
    fields = package.metadata
    said = next((fields[key] for key in ("License-Expression", "License") if key in fields), "")
    if said and len(said) < 60 and "\n" not in said:
        return said
    classifiers = package.metadata.get_all("Classifier") or ()
    known = [text.split(" :: ")[-1] for text in classifiers if text.startswith("License :: OSI Approved :: ")]
    return ", ".join(known) or "?"


def needed_by(names: dict[str, str]) -> dict[str, list[str]]:
    """Name → the packages of the lock file that require it, extras apart."""
    users: dict[str, list[str]] = {name: [] for name in names}
    for user in names:
        for requirement in distribution(user).requires or ():
            needed = normal(re.split(r"[^A-Za-z0-9._-]", requirement)[0])
            if needed in users and "extra ==" not in requirement:
                users[needed].append(user)
    return users


def table() -> str:
    """Makes the table."""
    names = pins((ROOT / "requirements.lock").read_text("utf-8"))
    users = needed_by(names)
    rows = ["| package | version | licence | extra | why |", "|---|---|---|---|---|"]
    for name, version in sorted(names.items()):
        extra, reason = REASONS.get(name, ("", "needed by " + ", ".join(users[name]) if users[name] else "?"))
        rows.append(f"| {name} | {version} | {licence(distribution(name))} | {extra} | {reason} |")
    return "\n".join(rows)


def renewed(page: str) -> str:
    """Returns the page with the table as it should be."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
