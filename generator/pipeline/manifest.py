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
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from operator import ge, itemgetter
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
        yield head_line(self.release, len(self.entries), self.program)
        for entry in self.entries:
            yield f"{entry.line()}\n".encode()


class ManifestFile(NamedTuple):
    """A manifest that is whole, left in its file: `files` of them, which are read one after the other."""

    file: Path
    release: str
    files: int

    def entries(self) -> Iterator[Entry]:
        """Yields the files, sorted by path. Raises OSError or ValueError where the file has changed meanwhile."""
        with io.BufferedReader(open_plain(self.file)) as lines:
            next(lines, b"")
            for entries, _ in _in_chunks(lines):
                yield from entries


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


def head_line(release: str, count: int, program: str = __version__) -> bytes:
    """Writes the first line of a manifest of so many files."""
    return f"{json.dumps({'schema': SCHEMA, 'release': release, 'program': program, 'files': count})}\n".encode()


def parse_manifest(data: bytes) -> Manifest:
    """Parses the bytes of a manifest. Raises ValueError where they are not a whole one of this schema."""
    entries: list[Entry] = []
    release, program, _ = _parse(io.BytesIO(data), entries.extend)
    return Manifest(release, tuple(entries), program)


def _parse(lines: Iterator[bytes], take: Callable[[list[Entry]], object]) -> tuple[str, str, int]:
    """Parses the lines of a manifest, of which there may be a million, and has its files taken some at a time; returns
    release, program and the number of files. Raises ValueError where it is not a whole one of this schema."""
    digest, count, last, end = hashlib.sha256(), 0, "", next(lines, b"")
    try:
        told = json.loads(end)
        for entries, some in _in_chunks(lines):
            digest.update(b"".join(line for line, entry in zip(some, entries, strict=True) if not entry.kind))
            paths = [last, *map(itemgetter(0), entries)]
            if any(map(ge, paths, paths[1:])):
                raise ValueError("not sorted by path")
            count, last, end = count + len(some), paths[-1], some[-1]
            take(entries)
        release, program = str(told["release"]), str(told["program"])
        whole = told["schema"] == SCHEMA and told["files"] == count and release == digest.hexdigest()
    except (KeyError, TypeError) as error:
        raise ValueError("not a manifest") from error
    if not whole or not end.endswith(b"\n"):
        raise ValueError("not a whole manifest")
    return release, program, count


def _in_chunks(lines: Iterator[bytes]) -> Iterator[tuple[list[Entry], list[bytes]]]:
    """Parses lines of files, many at once. Raises ValueError, KeyError or TypeError."""
    while some := list(islice(lines, _MANY)):
        items = json.loads(b"[" + b",".join(some) + b"]")
        if len(items) != len(some):
            raise ValueError("not a line a file")
        yield [Entry(item["path"], item["size"], item["sha256"], item.get("kind", "")) for item in items], some


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


def open_manifest(path: Path) -> ManifestFile | None:
    """Looks through a manifest's file, of which nothing is held in memory; None and errors as `load_manifest`."""
    try:
        with io.BufferedReader(open_plain(path)) as lines:
            release, _, count = _parse(lines, lambda _: None)
    except (OSError, ValueError):
        return None
    return ManifestFile(path, release, count)


def differences(manifest: Manifest, found: Mapping[str, tuple[int, str]]) -> Differences:
    """Compares a manifest with the files found, as path → (size, sha256)."""
    listed = manifest.by_path()
    changed = [path for path, entry in listed.items() if path in found and found[path] != (entry.size, entry.sha256)]
    return Differences(changed, sorted(listed.keys() - found.keys()), sorted(found.keys() - listed.keys()))


def walk_by_path(folder: str, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Lists what `walk` lists with its path relative to the folder, sorted by path."""
    with os.scandir(f"{folder}/{below}") as listing:
        # a folder comes where the files in it come: 2021-x/a before 2021/a
        named = sorted((f"{i.name}/" if i.is_dir(follow_symlinks=False) else i.name, i) for i in listing)
    for name, item in named:
        if name.endswith("/"):
            yield from walk_by_path(folder, below + name)
        else:
            yield below + name, item


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
