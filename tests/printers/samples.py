"""Findings to print: a report with a row that does not add up, and an accepted blank."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.example import tables

BROKEN = tables(2022, 表三_重复申请=[0, 0, 0, 0, 0, 0, 2], 表二_规章=["~", 0, 0])


ACCEPTED = (
    "接受:\n  - {规则: T2-BLANK, 位置: 表二.规章.本年制发件数, 原因: 示例：原表空白, "
    "批准人: 示例甲, 批准日期: 2023-01-20}\n"
)


def nianbao(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)], capture_output=True, text=True, check=False
    )
