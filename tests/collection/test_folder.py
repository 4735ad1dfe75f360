"""Reading the content folder: report folders, their files, and what is refused at the door."""

from __future__ import annotations

from pathlib import Path

from generator import limits
from generator.collection.folder import read_files, read_lists, read_pictures, report_folder, scan
from generator.finding import Level
from generator.report.entry import ReportRef
from tests.example import prose, tables, write_content

REF = ReportRef(2021, "shili", "2021/shili")


def test_reports_are_listed_by_organ_with_their_neighbours(tmp_path: Path) -> None:
    reports = {f"{year}/{organ}": ("", "") for year, organ in ((2021, "yi"), (2019, "jia"), (2021, "jia"))}
    refs, findings = scan(write_content(tmp_path, reports))
    assert findings == [] and [tuple(ref) for ref in refs] == [
        (2019, "jia", "2019/jia", 0, 2021, ""),
        (2021, "jia", "2021/jia", 2019, 0, ""),
        (2021, "yi", "2021/yi", 0, 0, ""),
    ]


def test_a_link_in_place_of_a_folder_is_reported_and_not_followed(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "2021").mkdir(parents=True)
    (content / "2021/jia").symlink_to(tmp_path)
    refs, findings = scan(content)
    assert refs == [] and [(f.rule, f.place.file) for f in findings] == [("FILE-LINK", "2021/jia")]


def test_a_missing_file_is_none_and_a_giant_is_refused(tmp_path: Path) -> None:
    content = write_content(tmp_path, {"2021/shili": (tables(2021), prose(2021))})
    (content / "2021/shili/report.md").unlink()
    with (content / "2021/shili/tables.yaml").open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    files = read_files(content, REF)
    assert (files.tables, files.prose) == (None, None) and [f.rule for f in files.findings] == ["SRC-LARGE"]


def test_pictures_are_read_by_plain_name_and_others_reported(tmp_path: Path) -> None:
    content = write_content(tmp_path, {"2021/shili": (tables(2021), prose(2021))})
    (content / "2021/shili/tu.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (content / "2021/shili/a.txt").write_bytes(b"x")
    read = {
        name: (data, [f.rule for f in slips])
        for name, data, slips in read_pictures(content, REF, ["tu.png", "a.txt", "no.png"])
    }
    assert read == {
        "a.txt": (None, ["MD-PICTURE"]),
        "no.png": (None, ["MD-PICTURE"]),
        "tu.png": (b"\x89PNG\r\n\x1a\n", []),
    }


def test_lists_are_read_by_name(tmp_path: Path) -> None:
    assert read_lists(tmp_path) == ({}, [])
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists/typos.yaml").write_text("entries: []\n", encoding="utf-8")
    (tmp_path / "lists/readme.md").write_text("不是字表", encoding="utf-8")
    lists, findings = read_lists(tmp_path)
    assert list(lists) == ["typos"]
    assert [(f.rule, f.level, f.place.file) for f in findings] == [("FILE-STRAY", Level.NOTE, "lists/readme.md")]


def test_a_report_is_named_by_its_folder(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {"2021/shili": ("", "")})
    assert report_folder(str(content / "2021/shili")) == (content, ReportRef(2021, "shili", "2021/shili"))
    assert report_folder(str(content / "2021")) is None
    assert report_folder(str(content / "2020/shili")) is None
    assert report_folder("T3-SUM") is None
