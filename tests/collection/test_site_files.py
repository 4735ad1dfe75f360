"""site.yaml and organs.yaml, read without the rest of the content folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.collection.site_files import read_site
from generator.finding import UserError


def test_a_folder_without_site_yaml_is_no_content_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no site\.yaml"):
        read_site(tmp_path)
    assert read_site(tmp_path, required=False)[0].organs == ()


def test_the_register_of_a_province_is_read(tmp_path: Path) -> None:
    """A text of a report is refused beyond 2 MB; a register of 20,000 organs has more, and is none."""
    units = "".join(
        f"  - {{编号: shili-{number}, 名称: 示例区示例镇第{number}示例局（示例办公室）, 简称: 第{number}示例局, "
        "层级: 部门, 上级: shili, 起: 2008, 止: ~}\n"
        for number in range(20_000)
    )
    (tmp_path / "site.yaml").write_text("网站名称: 示例区人民政府\n", encoding="utf-8")
    listed = "机关:\n  - {编号: shili, 名称: 示例区人民政府, 层级: 区, 上级: ~}\n" + units
    assert len(listed.encode()) > 2_000_000
    (tmp_path / "organs.yaml").write_text(listed, encoding="utf-8")
    settings, findings = read_site(tmp_path)
    assert len(settings.organs) == 20_001 and "SRC-LARGE" not in {finding.rule for finding in findings}
