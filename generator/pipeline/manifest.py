"""The manifest of a published section: which files it holds, by size and hash, and how a folder differs from it.

A manifest is a file of JSON lines. The head line names the schema, the release, the program and the number of files;
then follows one line a file, sorted by path. It holds no time: the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from generator import __version__
from generator.pipeline.plain_files import is_odd, open_plain, read_plain

SCHEMA = "nianbao.manifest/1"
# Kinds of files besides those the build made: put there by hand and carried along; an asset of the release before.
CARRIED, EARLIER = "carried", "earlier"


_PLAIN = re.compile(r"[A-Za-z0-9_./-]+").fullmatch
_MANY = 1000  # lines that are read at once


class Entry(NamedTuple):
    """A file of the section: `path` relative to it, `size` in bytes; `kind` is "" for what the build made.

    A link is described by the text it points to."""

    path: str
    size: int
    sha256: str
    kind: str = ""

    def line(self) -> str:
        if _PLAIN(self.path) and not self.kind:  # as json writes it, several times as fast
            return f'{{"path": "{self.path}", "size": {self.size}, "sha256": "{self.sha256}"}}'
        item = {"path": self.path, "size": self.size, "sha256": self.sha256}
        if self.kind:
            item["kind"] = self.kind
        text = json.dumps(item, ensure_ascii=False)
        return text if text.isprintable() else json.dumps(item)  # a name that is no text


class Manifest(NamedTuple):
    """Describes a release; `release` is the hash of the lines of what the build made, so that the same input gives the
    same release whatever was put into the folder by hand."""

    release: str
    entries: tuple[Entry, ...]
    program: str = __version__

    def by_path(self) -> dict[str, Entry]:
        return {entry.path: entry for entry in self.entries}

    def lines(self) -> Iterator[bytes]:
        """Yields the lines of the manifest's file."""
        head = {"schema": SCHEMA, "release": self.release, "program": self.program, "files": len(self.entries)}
        yield f"{json.dumps(head)}\n".encode()
        for entry in self.entries:
            yield f"{entry.line()}\n".encode()


class Differences(NamedTuple):
    """Lists by path what differs from a manifest: other content, not there, there but not in the manifest."""

    changed: list[str]
    missing: list[str]
    extra: list[str]


def make_manifest(entries: Iterable[Entry]) -> Manifest:
    """Makes the manifest of a release from its files in any order."""
    ordered = tuple(sorted(entries, key=itemgetter(0)))
    digest = hashlib.sha256()
    for entry in ordered:
        if not entry.kind:
            digest.update(f"{entry.line()}\n".encode())
    return Manifest(digest.hexdigest(), ordered)


def parse_manifest(data: bytes) -> Manifest:
    """Parses the bytes of a manifest. Raises ValueError where they are not a whole one of this schema."""
    lines = io.BytesIO(data)  # a line at a time: there may be a million
    digest = hashlib.sha256()
    entries: list[Entry] = []
    try:
        told = json.loads(next(lines, b""))
        while some := list(islice(lines, _MANY)):
            items = json.loads(b"[" + b",".join(some) + b"]")
            entries += [Entry(item["path"], item["size"], item["sha256"], item.get("kind", "")) for item in items]
            if len(items) != len(some):
                raise ValueError("not a line a file")
            digest.update(b"".join(line for line, item in zip(some, items, strict=True) if "kind" not in item))
        release, program = str(told["release"]), str(told["program"])
        whole = told["schema"] == SCHEMA and told["files"] == len(entries) and release == digest.hexdigest()
    except (KeyError, TypeError) as error:
        raise ValueError("not a manifest") from error
    if not whole or not data.endswith(b"\n") or any(one[0] >= two[0] for one, two in pairwise(entries)):
        raise ValueError("not a whole manifest")
    return Manifest(release, tuple(entries), program)


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Writes a manifest to its file."""
    with open(path, "wb") as file:
        file.writelines(manifest.lines())


def load_manifest(path: Path) -> Manifest | None:
    """Loads a manifest from its file; None where there is none that is whole. Raises UserError where a pipe or device
    stands in its place."""
    try:
        return parse_manifest(read_plain(path))
    except (OSError, ValueError):
        return None


def differences(manifest: Manifest, found: Mapping[str, tuple[int, str]]) -> Differences:
    """Compares a manifest with the files found, as path → (size, sha256)."""
    listed = manifest.by_path()
    changed = [path for path, entry in listed.items() if path in found and found[path] != (entry.size, entry.sha256)]
    return Differences(changed, sorted(listed.keys() - found.keys()), sorted(found.keys() - listed.keys()))


def walk(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    """Lists every file, link and odd thing under a folder, links not followed; folders are not listed."""
    with os.scandir(folder) as listing:
        for item in listing:
            if item.is_dir(follow_symlinks=False):
                yield from walk(item.path)
            else:
                yield item


def relative(path: str, folder: str | Path) -> str:
    """Names a file below a folder as a manifest does: relative to it, with slashes."""
    return path[len(str(folder)) + 1 :].replace(os.sep, "/")


def measure(path: str) -> tuple[int, str]:
    """Measures a file or link: size and sha256. A pipe, device or socket has the size −1: it equals nothing."""
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        text = os.fsencode(os.readlink(path))
        return len(text), hashlib.sha256(text).hexdigest()
    if is_odd(mode):
        return -1, ""
    with open_plain(path) as file:
        return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()


def measure_folder(folder: Path) -> dict[str, tuple[int, str]]:
    """Measures every file of a folder, as path → (size, sha256)."""
    return {relative(item.path, folder): measure(item.path) for item in walk(folder)}
