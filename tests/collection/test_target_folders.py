"""Folders that no section may be published to are refused before anything is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.collection.destinations import Destination
from generator.collection.site_files import read_site
from generator.collection.target_folders import check_target_folders, refused_folder, refused_here
from generator.yaml_source.reader import read
from tests.example import SITE, write_content

WAYS = ("目录", "zip", "片段", "sftp", "rsync")


def folder(typed: str, way: str = "目录") -> Destination:
    return Destination("本机", way, {"方式": way, "主机": "a", "目录": typed})


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("/", "磁盘的根目录"),
        ("//", "磁盘的根目录"),
        ("/usr", "系统的文件夹"),
        ("/usr/", "系统的文件夹"),
        ("/usr/lib/nianbao", "系统的文件夹"),
        ("/etc", "系统的文件夹"),
        ("/etc/nginx/nianbao", "系统的文件夹"),
        ("/srv", "系统的文件夹"),
        ("/home", "系统的文件夹"),
        ("/home/shili", "主目录"),
        ("/root", "主目录"),
        ("/Users/shili/", "主目录"),
        ("C:", "磁盘的根目录"),
        ("C:\\", "磁盘的根目录"),
        ("d:/", "磁盘的根目录"),
        ("C:nianbao", "磁盘的根目录"),
        ("C:\\Windows\\nianbao", "系统的文件夹"),
        ("C:\\Users\\shili", "主目录"),
        ("\\\\fuwuqi", "磁盘的根目录"),
        ("\\", "磁盘的根目录"),
        ("", "空的"),
        (".", "空的"),
        ("./", "空的"),
        (" ", "空格"),
        ("www ", "空格"),
        ("a\0b", "控制字符"),
        ("a\u202eb", "控制字符"),
        ("..", "“..”"),
        ("../www", "“..”"),
        ("/srv/nianbao/../..", "“..”"),
        ("C:\\www\\..", "“..”"),
        ("www/.", "“..”"),
        ("~", "“~”"),
        ("~/www", "“~”"),
        ("~shili", "“~”"),
    ],
)
def test_a_folder_of_the_system_or_of_nobody_is_refused_for_every_way(
    tmp_path: Path, typed: str, why: str, way: str
) -> None:
    refused = refused_folder(folder(typed, way), tmp_path / "content")
    assert refused and why in refused.zh and "本机.目录" in refused.zh and "it may not be" in refused.en


@pytest.mark.parametrize(
    "typed",
    [
        *("发布", "./发布", "site-public", "a..b", "/srv/nianbao", "/var/www/html/nianbao", "/usr/share/nginx/html"),
        *("/home/shili/www", "D:\\www\\nianbao", "\\\\fuwuqi\\nianbao", "/mnt/menhu/nianbao", "/media/x/USB/zip"),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_a_folder_of_its_own_is_taken(tmp_path: Path, typed: str, way: str) -> None:
    assert refused_folder(folder(typed, way), tmp_path / "content") is None


@pytest.mark.parametrize("way", ["目录", "zip", "片段"])
def test_the_content_folder_and_what_holds_it_are_refused(tmp_path: Path, way: str) -> None:
    content = tmp_path / "shili/content"
    content.mkdir(parents=True)
    (tmp_path / "link").symlink_to(content)
    (tmp_path / "top").symlink_to("/")
    for typed in (content, content / "x", "content", content.parent, tmp_path, tmp_path / "link"):
        refused = refused_folder(folder(str(typed), way), content)
        assert refused and "内容文件夹" in refused.zh, typed
    assert (refused := refused_folder(folder(str(tmp_path / "top"), way), content)) and "根目录" in refused.zh
    assert (refused := refused_folder(folder("发布记录", way), content)) and "发布记录" in refused.zh
    assert refused_folder(folder(str(content.parent / "contents"), way), content) is None


def test_the_home_folder_is_refused_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME" if os.sep == "/" else "USERPROFILE", str(tmp_path / "homes/shili"))
    for typed in ("homes/shili", "homes"):
        refused = refused_folder(folder(str(tmp_path / typed)), tmp_path / "homes/shili/x/content")
        assert refused and "主目录" in refused.zh
    assert refused_folder(folder(str(tmp_path / "homes/shili/www")), tmp_path / "content") is None


def test_the_folder_that_build_writes_is_refused(tmp_path: Path) -> None:
    content, site = tmp_path / "content", tmp_path / "out/site"
    for typed in ("out", "out/site", "out/site/www"):
        refused = refused_here(folder(typed), content, site)
        assert refused and "build 生成的文件夹" in refused.zh
    assert refused_here(folder("www"), content, site) is None
    assert refused_here(folder("/srv/out", "sftp"), content, Path("/srv/out")) is None  # on another machine


@pytest.mark.skipif(os.sep != "/", reason="paths of Windows are at home there")
def test_a_path_of_windows_is_refused_elsewhere_when_it_is_opened(tmp_path: Path) -> None:
    for typed in ("D:\\www\\nianbao", "www\\nianbao"):
        assert refused_folder(folder(typed), tmp_path / "content") is None  # checked here, published there
        assert (refused := refused_here(folder(typed), tmp_path / "content")) and "Windows" in refused.zh


def test_the_prefix_of_a_bucket_is_a_plain_path(tmp_path: Path) -> None:
    for typed, fine in (
        ("", True),
        ("nianbao/", True),
        ("a/b", True),
        ("../x", False),
        ("a//b", False),
        ("a/.", False),
    ):
        refused = refused_folder(Destination("存储", "s3", {"桶": "a", "前缀": typed}), tmp_path / "content")
        assert (refused is None) == fine, typed


def test_check_reports_it_at_its_line(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {})
    text = "发布:\n  本机: {方式: 目录, 目录: 发布}\n  门户:\n    方式: zip\n    目录: /usr\n"
    (content / "site.yaml").write_text(f"{SITE.rstrip()}\n{text}", "utf-8")
    found = [item for item in read_site(content)[1] if item.rule == "SITE-PUBLISH"]
    line = SITE.rstrip().count("\n") + 6
    assert [(item.place.line, item.subject, item.blocking) for item in found] == [(line, "门户.目录", True)]


def test_a_missing_folder_is_told_once(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {})
    (content / "site.yaml").write_text(f"{SITE}发布: {{本机: {{方式: 目录, 目录: ''}}}}\n", "utf-8")
    assert [item.subject for item in read_site(content)[1] if item.rule == "SITE-PUBLISH"] == ["本机.目录"]


def test_an_unnamed_place_is_the_target_or_the_file(tmp_path: Path) -> None:
    """Targets that did not come from the file are reported against it all the same."""
    site = read("发布:\n  本机: {方式: 目录}\n".encode(), "site.yaml")[0]
    for node, line in ((site, 2), (None, 0)):
        (finding,) = check_target_folders([folder("/")], node, "site.yaml", tmp_path / "content")
        assert finding.place.line == line
