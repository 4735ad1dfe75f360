"""Opens files from strangers: plain files only, within limits, by what their bytes are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.readers.document import Limits, Unreadable
from generator.readers.open_file import gather, lock_beside, read_bytes, read_path
from tests.readers.samples import LIMITS, texts, zipped
from tests.readers.word_samples import p, word


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("一、总体情况".encode("gb18030"), "txt"),
        (b"<html><body><p>a</p></body></html>", "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>a</p>", "mht"),
        (word(p("文")), "docx"),
    ],
)
def test_the_bytes_decide_how_a_file_is_read(data: bytes, kind: str) -> None:
    assert read_bytes(data, "年报.pdf", LIMITS).kind == kind


def test_a_kind_that_cannot_be_read_is_refused_with_advice() -> None:
    with pytest.raises(Unreadable, match="unpack it"):
        read_bytes(zipped({"年报.docx": ""}), "年报.docx", LIMITS)


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    (tmp_path / "年报.txt").write_text("一、总体情况", encoding="utf-8")
    document = read_path(tmp_path / "年报.txt", LIMITS)
    assert document.file == "年报.txt" and texts(document) == ["一、总体情况"]


def test_a_file_of_exactly_the_limit_is_read_and_a_larger_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 100)
    assert texts(read_path(tmp_path / "a.txt", Limits(file_bytes=100))) == ["a" * 100]
    with pytest.raises(Unreadable, match="--max-mb"):
        read_path(tmp_path / "a.txt", Limits(file_bytes=99))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot open the file"):
        read_path(tmp_path / "none.txt", LIMITS)


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this system cannot refuse links")
def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(Unreadable, match="symbolic link"):
        read_path(tmp_path / "link.txt", LIMITS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(Unreadable, match="not a regular file"):
        read_path(tmp_path / "a.txt", LIMITS)


def test_every_file_of_a_folder_is_read_or_counted_as_litter(tmp_path: Path) -> None:
    names = ["b/2.DOCX", "b/1.pdf", "a.html", "notes.md", "b/图.png", "没有后缀", "b/表.ofd"]
    litter = ["~$a.docx", ".hidden.txt", "Thumbs.db", "b/desktop.ini", "b/x.tmp"]
    for name in (*names, *litter, ".git/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = gather([tmp_path])
    assert {path.relative_to(tmp_path).as_posix() for path in found.files} == set(names)
    assert found.litter == len(litter) + 1  # .git counts once, whatever is in it
    assert found == gather([tmp_path]) and found.files[0] == tmp_path / "a.html"


def test_a_link_to_a_folder_is_listed_so_that_reading_it_says_why_not(tmp_path: Path) -> None:
    (tmp_path / "收到").mkdir()
    (tmp_path / "别处").mkdir()
    (tmp_path / "收到/链接").symlink_to(tmp_path / "别处")
    assert gather([tmp_path / "收到"]).files == [tmp_path / "收到/链接"]
    with pytest.raises(Unreadable, match="symbolic link"):
        read_path(tmp_path / "收到/链接", LIMITS)


def test_a_file_that_is_named_is_taken_whatever_its_extension(tmp_path: Path) -> None:
    assert gather([tmp_path / "年报.dat", tmp_path / "~$年报.docx"]).files == [
        tmp_path / "年报.dat",
        tmp_path / "~$年报.docx",
    ]


def test_folders_without_end_are_refused_in_a_sentence(tmp_path: Path) -> None:
    inner = tmp_path
    for _ in range(60):
        inner /= "d"
    inner.mkdir(parents=True)
    (tmp_path / "d/a.txt").write_bytes(b"")
    found = gather([tmp_path]).files
    assert found[0] == tmp_path / "d/a.txt" and len(found) == 2
    with pytest.raises(Unreadable) as caught:
        read_path(found[1], Limits())
    assert "套的文件夹太多" in caught.value.message.zh


@pytest.mark.parametrize("lock", ["~$示例局报送.xlsx", "~$局报送.xlsx", ".~lock.示例局报送.xlsx#", ".~示例局报送.xlsx"])
def test_a_lock_file_beside_a_file_is_found(lock: str, tmp_path: Path) -> None:
    """As Excel, Word, LibreOffice and WPS name it."""
    (tmp_path / lock).write_bytes(b"")
    assert lock_beside(tmp_path / "示例局报送.xlsx") == lock
    assert lock_beside(tmp_path / "示例乙局.xlsx") == ""
