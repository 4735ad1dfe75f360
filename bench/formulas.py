"""Formulas in every free text of many reports: python bench/formulas.py [REPORTS]

A spreadsheet computes a cell that begins with = + - @ or a control character, and such a formula can send figures away
or start a program. Builds a section of 示例 reports whose titles, names and indicators begin so, then reads every cell
of every CSV file. Exit code 1 when one cell would be computed; numbers may begin with a sign.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import workload
from generator.pipeline.request import Request
from generator.pipeline.run import run

FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|'/c calc'!A0", '=HYPERLINK("http://evil.example","示例")', "=示例"),
    *("\t=1+1", "  =1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "'=1+1", '"=1+1"', ";=1+1", ",=1+1", "\u00a0=1+1"),
)
_COMPUTED = re.compile(r"[=+@\-\t\r\n|]|\s*[=+@]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def spoil(content: Path) -> None:
    """Puts formulas into the titles, indicators and notes of every report, and into the names of organs."""
    formulas = cycle(FORMULAS)
    for file in sorted(content.glob("*/*/tables.yaml")):
        text = re.sub(r"^标题:.*$", lambda _: f"标题: {quoted(next(formulas))}", file.read_text("utf-8"), flags=re.M)
        text = text.partition("\n指标:")[0].rstrip() + "\n指标:\n"
        for number in range(12):
            name = quoted(f"{next(formulas)}{number}")
            text += f"  {name}: {{值: -{number}, 单位: {quoted(next(formulas))}, 部分: {quoted(next(formulas))}}}\n"
        file.write_text(text, "utf-8")
    organs = content / "organs.yaml"
    named = re.sub(r"名称: [^,}]+", lambda _: f"名称: {quoted(next(formulas))}", organs.read_text("utf-8"))
    organs.write_text(named, "utf-8")


def cells(site: Path) -> Iterator[tuple[str, str]]:
    """Yields every cell of every CSV file with the file's kind."""
    for file in sorted(site.rglob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.reader(opened):
                yield from ((file.name, cell) for cell in row)


def main(reports: int) -> int:
    """Builds, reads and counts; gives the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        content, site = Path(folder) / "content", Path(folder) / "site"
        workload.write_content(content, reports)
        spoil(content)
        run(Request(content, preview=True), site)
        counts: Counter[str] = Counter()
        computed: list[tuple[str, str]] = []
        for name, cell in cells(site):
            counts[name] += 1
            if _COMPUTED.match(cell) and not _NUMBER.fullmatch(cell):
                computed.append((name, cell))
    files = ", ".join(f"{name} {count:,}" for name, count in counts.items())
    print(f"{sum(counts.values()):,} cells ({files}), {len(computed)} would be computed")
    for name, cell in computed[:20]:
        print(f"  {name}: {cell!r}")
    return 1 if computed or not counts else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
