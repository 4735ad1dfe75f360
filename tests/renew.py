"""Golden folders: tests/golden/<case>/content goes in; what stands in <case>/expected must come out, byte for byte.

`python -m tests.renew` renews them, for a person to look at the difference and commit it; never in CI.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from generator.printers import terminal

CASES = Path(__file__).parent / "golden"

# What is kept of a section in full. Of the pages one report is enough: the browser tests look at all kinds.
KEPT = re.compile(r"(?!.*/data/schema/).*\.(json|csv|xml)|flaws/2020/jiaju/(index\.html|tu-1\.png)")
# The name of an asset changes with its content; a page need not be renewed for a new shade of blue.
ASSET = re.compile(rb"(assets/[\w-]+)\.[0-9a-f]{8}\.")


def made(case: Path) -> dict[str, bytes]:
    """Everything a case comes to: findings.txt, paths.txt, and the kept files under site/."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "site"
        outcome = pipeline.run(Request(case / "content", jobs=1), output)
        lines = [line for _, line in terminal.lines(outcome.findings, "zh")]
        told = "".join(f"{line}\n" for line in [*lines, terminal.totals(outcome.findings, "zh")])
        site = {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in sorted(output.rglob("*"))
            if path.is_file()
        }
    site = {path: data for path, data in site.items() if not path.startswith("assets/")}
    kept = {
        f"site/{path}": ASSET.sub(rb"\1.*.", data)
        for path, data in site.items()
        if KEPT.fullmatch(f"{case.name}/{path}")
    }
    return {"findings.txt": told.encode(), "paths.txt": "".join(f"{path}\n" for path in site).encode(), **kept}


def expected(case: Path) -> dict[str, bytes]:
    folder = case / "expected"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def cases() -> list[Path]:
    return sorted(folder for folder in CASES.iterdir() if (folder / "content").is_dir())


def renew() -> None:
    for case in cases():
        before, now = expected(case), made(case)
        for path in sorted({path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}):
            print(f"{case.name}/expected/{path}")
        shutil.rmtree(case / "expected", ignore_errors=True)
        for path, data in now.items():
            target = case / "expected" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


if __name__ == "__main__":
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        sys.exit(
            "CI 中不更新样本：请在本机更新、看过差别再提交 · "
            "never in CI: renew on your machine, look at the difference, commit it"
        )
    renew()
