"""A first content folder: read without a slip, and nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.collection.office import open_office
from generator.drafts.first_content import start_content
from generator.finding import UserError


def test_the_files_are_read_as_what_was_given(tmp_path: Path) -> None:
    start_content(tmp_path / "content", "shili", "示例区人民政府", "www.example.gov.cn")
    office = open_office(tmp_path / "content")
    assert [(organ.id, organ.name, organ.parent) for organ in office.settings.organs] == [
        ("shili", "示例区人民政府", "")
    ]
    assert office.settings.values["域名"] == "www.example.gov.cn" and office.settings.nav[3].current
    assert {finding.level.value for finding in office.findings} == {"note"}


def test_what_is_not_known_yet_is_reported_as_missing(tmp_path: Path) -> None:
    start_content(tmp_path / "content", "shili", "示例区人民政府", "")
    findings = open_office(tmp_path / "content").findings
    assert [f.subject for f in findings if f.rule == "SITE-REQUIRED"] == ["域名"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ['示例"区"', "示例: 区", "null", "#示例", "{示例}", "示例\\区"])
def test_a_name_of_any_characters_comes_back_as_it_is(tmp_path: Path, name: str) -> None:
    start_content(tmp_path / "content", "shili", name, "www.example.gov.cn")
    (organ,) = open_office(tmp_path / "content").settings.organs
    assert organ.name == name


@pytest.mark.parametrize("organ", ["示例", "Shili", "con", "../x", ""])
def test_an_id_that_cannot_be_a_folder_is_refused(tmp_path: Path, organ: str) -> None:
    with pytest.raises(UserError, match="organ id"):
        start_content(tmp_path / "content", organ, "示例区", "")
    assert not (tmp_path / "content").exists()


@pytest.mark.parametrize("name", ["", " ", "\u3000"])
def test_an_office_without_a_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="no name of the office"):
        start_content(tmp_path / "content", "shili", name, "")
    assert not (tmp_path / "content").exists()


@pytest.mark.parametrize("file", ["site.yaml", "organs.yaml"])
def test_what_is_there_is_left_alone(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text("我的", encoding="utf-8")
    with pytest.raises(UserError, match=file):
        start_content(tmp_path, "shili", "示例区", "")
    assert [path.name for path in tmp_path.iterdir()] == [file] and (tmp_path / file).read_text("utf-8") == "我的"
