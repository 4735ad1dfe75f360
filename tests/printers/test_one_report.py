"""The findings of one report as prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.example import prose, write_content
from tests.printers.samples import ACCEPTED, BROKEN, nianbao


@pytest.mark.slow
def test_a_report_is_explained_in_prose(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {"2022/shili": (BROKEN + ACCEPTED, prose(2022))})
    done = nianbao("explain", content / "2022/shili")
    assert done.returncode == 0
    assert "【错误】T3-ROW" in done.stdout and "│ 表三每行" in done.stdout and "← 示例：原表空白" in done.stdout
    assert done.stdout.index("【错误】") < done.stdout.index("已接受，不再处理")
