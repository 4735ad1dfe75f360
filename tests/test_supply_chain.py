"""docs/supply-chain.md says what is really installed: versions, licences and reasons, compared with the metadata."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.supply_chain import PAGE, REASONS, ROOT, normal, pins, renewed

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
INSTALLED = ("office", "pdf", "publish", "ingest")


def test_the_table_is_that_of_the_packages_installed() -> None:
    page = PAGE.read_text("utf-8")
    assert renewed(page) == page, "renew it: python -m tests.supply_chain"
    assert "| ? |" not in page and "MIT" in page


def test_every_direct_dependency_has_its_reason_and_its_extra() -> None:
    asked = {normal(re.split(r"[^A-Za-z0-9._-]", item)[0]): "" for item in PROJECT["dependencies"]}
    for extra in INSTALLED:
        for item in PROJECT["optional-dependencies"][extra]:
            asked[normal(re.split(r"[^A-Za-z0-9._-]", item)[0])] = extra
    assert {name: extra for name, (extra, _) in REASONS.items()} == asked


# Used as it is, under EPL-2.0: only a changed copy of it would have to be published.
CHOSEN = {"asyncssh": "EPL-2.0 OR GPL-2.0-or-later"}


def test_no_licence_asks_for_more_than_to_be_named() -> None:
    """Nobody who runs or changes nianbao takes over duties from a copyleft licence without noticing."""
    page = PAGE.read_text("utf-8")
    rows = {row[0]: row[2] for row in (line[2:].split(" | ") for line in page.splitlines() if " | " in line)}
    named = {name: rows[name] for name in pins((ROOT / "requirements.lock").read_text("utf-8"))}
    kinds = re.compile(r"MIT|BSD|Apache|PSF|SIL Open Font|HPND|Dual License", re.IGNORECASE)
    others = {name: said for name, said in named.items() if not kinds.search(said) or "GPL" in said}
    assert others == CHOSEN and all(name in page.partition("<!-- end -->")[2] for name in CHOSEN)


def test_the_tools_of_the_audit_are_locked_with_hashes_and_stay_out_of_the_program() -> None:
    text = (ROOT / "requirements-audit.lock").read_text("utf-8")
    names = pins(text)
    assert {"cyclonedx-bom", "pip-audit"} <= names.keys() and "://" not in text
    assert text.count("--hash=sha256:") >= len(names)
    assert not {"cyclonedx-bom", "pip-audit"} & pins((ROOT / "requirements.lock").read_text("utf-8")).keys()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("sbom", ["requirements.lock", "cyclonedx-py environment", "--output-reproducible", "sbom.cdx.json"]),
        ("audit", ["pip-audit --strict", "--require-hashes", "-r requirements.lock"]),
    ],
)
def test_make_runs_the_tools_as_the_page_says(target: str, words: list[str], tmp_path: Path) -> None:
    """Only what would be run: both install from an index, and the audit needs the network."""
    shown = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [word for word in words if word not in shown] == []
