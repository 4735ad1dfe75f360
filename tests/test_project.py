"""The project's own files: locks that are hashed and name no address, hooks and targets that exist, one version."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import __version__

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def locked(text: str) -> dict[str, list[str]]:
    """Name → hashes of every requirement in a lock file."""
    joined = text.replace("\\\n", " ")
    pins = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    assert all(re.match(r"[a-z0-9][a-z0-9._-]*==[^ ;]+", pin) for pin in pins), (
        "only pinned requirements stand in a lock"
    )
    return {pin.split("==")[0].split("[")[0]: re.findall(r"--hash=sha256:[0-9a-f]{64}", pin) for pin in pins}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-") for requirement in requirements}


@pytest.mark.parametrize(
    ("file", "extras"), [("requirements.lock", ["office", "ingest", "publish"]), ("requirements-test.lock", ["test"])]
)
def test_a_lock_is_hashed_names_no_address_and_covers_what_is_asked(file: str, extras: list[str]) -> None:
    text = (ROOT / file).read_text("utf-8")
    pins = locked(text)
    assert "://" not in text and "index" not in text and "file:" not in text
    assert all(pins.values()), [name for name, hashes in pins.items() if not hashes]
    wanted = names(PROJECT["dependencies"]).union(*(names(PROJECT["optional-dependencies"][extra]) for extra in extras))
    assert wanted <= {name.lower().replace("_", "-") for name in pins}


def test_every_hook_runs_what_the_project_installs() -> None:
    hooks = [
        hook
        for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
        for hook in repo["hooks"]
    ]
    assert {hook["id"] for hook in hooks} == {"ruff", "ruff-format", "mypy", "nianbao-check"}
    lock = locked((ROOT / "requirements-test.lock").read_text("utf-8"))
    for hook in hooks:
        program = hook["entry"].split()[0].removeprefix(".venv/bin/")
        assert program == "python" or program in lock, hook["entry"]


def test_ci_runs_the_two_commands_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert [line for line in script if line.startswith("make")] == ["make site", "make test"] and "set -eu" in script


def test_the_version_is_said_once() -> None:
    assert "version" in PROJECT["dynamic"] and re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    newest = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    assert newest.startswith((f"[{__version__}] ", "[Unreleased]")) and __version__ in newest
