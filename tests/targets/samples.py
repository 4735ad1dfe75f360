"""A 示例 section of a few files, laid down without a build, and its publication."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.collection.destinations import Destination
from generator.collection.site_files import Site, open_site
from generator.ledger.chain import Entry, Ledger, Override, read_ledger
from generator.ledger.sums import LEDGER
from generator.targets.built import BuiltSection
from generator.targets.publication import Publication, carry_out, prepare
from generator.targets.target import Target
from generator.targets.ways import open_target
from tests.example import write_content

TIME = "2026-01-31T08:00:00Z"
HERE = Destination("本机", "目录", {"方式": "目录", "目录": "www"})


def record(
    published: str | None = "2022-01-20", received: str = "3", corrections: Sequence[Mapping[str, str]] = ()
) -> bytes:
    cell = {"row": ["一、本年新收政府信息公开申请数量"], "column": ["申请人情况", "总计"], "text": received}
    report = {
        "year": 2021,
        "organ": {"id": "shili", "name": "示例区人民政府"},
        "format": "gbkbh-2021-30",
        "title": "示例区人民政府2021年政府信息公开工作年度报告",
        "published": published,
        "publisher": "示例区人民政府",
        "tables": [{"id": "t3", "caption": "收到和处理政府信息公开申请情况", "cells": [cell]}],
    }
    if corrections:
        report["corrections"] = list(corrections)
    return json.dumps(report, ensure_ascii=False).encode()


FILES: Mapping[str, bytes] = {
    "index.html": "示例首页".encode(),
    "2021/shili/index.html": "示例报告，收到3件".encode(),
    "2021/shili/report.json": record(),
    "assets/style.0a0a0a0a.css": b"p{}",
}
NEXT: Mapping[str, bytes] = {
    "index.html": "示例首页".encode(),
    "2021/shili/index.html": "示例报告，收到4件".encode(),
    "2021/shili/report.json": record(received="4"),
    "assets/style.0b0b0b0b.css": b"p{color:red}",
}


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Make a folder hold exactly these files."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    for name, data in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder


class Desk:
    """An office with a built section and one target."""

    def __init__(self, folder: Path, destination: Destination = HERE, target: Target | None = None) -> None:
        self.folder, self.destination = folder, destination
        self.portal: Site = open_site(write_content(folder / "content", {}))
        self.site = lay(folder / "site", FILES)
        self.target = target or open_target(destination, self.portal.content)

    @property
    def ledger(self) -> Ledger:
        return read_ledger(self.target.read(LEDGER) or b"")

    def prepare(self, files: Mapping[str, bytes] | None = None) -> Publication:
        if files is not None:
            lay(self.site, files)
        scratch = Path(tempfile.mkdtemp(dir=self.folder))
        return prepare(self.portal, BuiltSection(self.site), self.destination, self.target, (), False, scratch)

    def publish(self, files: Mapping[str, bytes] | None = None, overrides: Sequence[Override] = ()) -> Entry:
        return carry_out(self.prepare(files), TIME, "示例", "", overrides, lambda _: None)[0]


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """Mounts a file system of a size (of `mount`: 256k, 1m) at a new folder; skips the test where nobody may."""
    if os.geteuid() != 0:
        pytest.skip("mounts a small file system")
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("may not mount here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)
