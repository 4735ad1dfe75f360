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
