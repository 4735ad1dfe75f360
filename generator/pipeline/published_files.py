"""The files of the published release, as its record and manifest tell, of which a new release changes a few.

Record and manifest are left in their files: what is new of them is put between what stays, which is not even parsed."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
import stat
import zlib
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.pipeline.build_record import parse_head
from generator.pipeline.carried_files import Assets, is_asset
from generator.pipeline.file_lines import ChangedLines, SortedLines, StagedLines
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import EARLIER, Entry, ManifestFile, head_line, walk_by_path
from generator.pipeline.plain_files import is_odd, open_plain, refusal
from generator.pipeline.record_store import Damaged
from generator.pipeline.stage_writer import staged_line
from generator.pipeline.staged_files import claimed_twice


class FilesNow(NamedTuple):
    """The paths of files that do not stand as they were published, and of others that lie in the folder."""

    stale: frozenset[str]
    others: list[str]


class PublishedFiles:
    """The files that the published release was built of. `close` has to be called before other files take the places of
    its record and manifest."""

    def __init__(self, output: Path, record: SortedLines, manifest: SortedLines, count: int) -> None:
        self.output, self._record, self._manifest, self._count = output, record, manifest, count
        self.opened = ExitStack()

    def close(self) -> None:
        self.opened.close()

    @cached_property
    def now(self) -> FilesNow:
        """Looks at every file. Raises UserError where there is a pipe, device or socket."""
        stale, others, lines = set[str](), list[str](), iter(self._record)
        line = next(lines, None)
        for path, item in walk_by_path(str(self.output)) if self.output.exists() else ():
            while line is not None and (known := _path_in_record(line)) < path:
                stale.add(known)
                line = next(lines, None)
            status = item.stat(follow_symlinks=False)
            if is_odd(status.st_mode):
                raise refusal(item.path)
            if line is None or known != path:
                others.append(path)
                continue
            if not stat.S_ISREG(status.st_mode) or not line.startswith(
                b"%d %d " % (status.st_mtime_ns, status.st_size)
            ):
                stale.add(path)
            line = next(lines, None)
        stale.update(map(_path_in_record, () if line is None else (line, *lines)))
        return FilesNow(frozenset(stale), others)

    def holds(self, path: str, dropped: Container[str]) -> bool:
        """Tells whether there is a file of this path among those that are not dropped, whatever the case of its
        letters."""
        begin, end = self._record.find(path.lower())
        if begin < end:
            return path.lower() not in dropped
        cased = self._cased.get(path.lower(), "")
        return bool(cased) and cased not in dropped

    @cached_property
    def _cased(self) -> dict[str, str]:
        """The paths that are not in lower case, by themselves in lower case."""
        paths = map(_path_in_record, self._record)
        return {lower: path for path in paths if (lower := path.lower()) != path}

    def remaining(self, dropped: Collection[str]) -> Iterator[str]:
        """Yields the files but for those that are dropped, as lines of `Staged`."""
        entries = (entry for entry in map(_entry, self._manifest) if not entry.kind)
        for line, entry in zip(self._record, entries, strict=True):
            if entry.path not in dropped:
                yield staged_line(int(line.split(b" ", 1)[0]), entry)

    def find(self, path: str) -> Entry | None:
        """Returns what the manifest says of a file."""
        begin, end = self._manifest.find(path)
        return _entry(self._manifest.data[begin : end - 1]) if begin < end else None

    def renewed(self, dropped: Collection[str], staged: StagedLines, asked: Iterable[str]) -> RenewedFiles:
        """Returns the files of a release that is as this one but for those dropped and those staged; of the paths
        `asked` it tells which it replaced. Raises UserError where a path is staged twice or stays, even if only letter
        case differs, and Damaged where this release had not the files that are dropped, or one that stays does not
        stand."""
        new: dict[str, tuple[str, Entry]] = {}
        last = ""
        for line in staged:
            mtime, size, sha256, path = line.split(" ", 3)
            if staged.twice(path, last):
                raise claimed_twice(path)
            new[path], last = (f"{mtime} {size} {path}", Entry(path, int(size), sha256)), path
        for path in dropped:
            begin, end = self._record.find(path)
            if begin == end:
                raise Damaged(path)
        if not self.now.stale.issubset(dropped):
            raise Damaged("published")
        self._refuse_twice(new.keys() - set(dropped), dropped)
        return self._renewed(dropped, new, asked)

    def _refuse_twice(self, paths: Collection[str], dropped: Collection[str]) -> None:
        lower = {path.lower() for path in paths}
        for line in self._record if paths else ():
            path = _path_in_record(line)
            if path.lower() in lower and path not in dropped:
                raise claimed_twice(path)

    def _renewed(
        self, dropped: Collection[str], new: Mapping[str, tuple[str, Entry]], asked: Iterable[str]
    ) -> RenewedFiles:
        none = dict.fromkeys(dropped, "")
        count = len(self) - len(none) + len(new)
        outputs = ChangedLines(self._record, none | {path: line for path, (line, _) in new.items()}, count)
        kinds = {entry.path: entry for entry in self.by_hand}
        lines = dict.fromkeys(kinds, "") | none | {path: entry.line() for path, (_, entry) in new.items()}
        assets = self._assets(kinds.values())
        assets.now = {path for path in assets.now if path not in none} | set(filter(is_asset, new))
        gone = dict.fromkeys(path for path in dropped if path not in new)
        left = [path for path in gone if os.path.lexists(f"{self.output}/{path}")]
        others = sorted([*left, *(path for path in self.now.others if path not in new)])
        replaced = [path for path in asked if path in none]
        manifest = ChangedLines(self._manifest, lines, count)
        digest = hashlib.sha256()
        for part in manifest.parts():
            digest.update(part)
        return RenewedFiles(digest.hexdigest(), manifest, outputs, gone, replaced, others, assets)

    def _assets(self, kinds: Iterable[Entry]) -> Assets:
        """Finds the hashed assets of this release."""
        start, end = self._record.start, self._record.end
        lines = (self._record.line_at(found.start()) for found in _ASSET.finditer(self._record.data, start, end))
        now = set(map(_path_in_record, lines))
        before = {path: entry for path in now if (entry := self.find(path))}
        return Assets(now, before | {entry.path: entry for entry in kinds if entry.kind == EARLIER})

    @cached_property
    def by_hand(self) -> list[Entry]:
        """The files that the manifest names besides what was built."""
        found, data, at = list[Entry](), self._manifest.data, self._manifest.start
        while (at := data.find(b'"kind": ', at)) != -1:
            found.append(_entry(self._manifest.line_at(at)))
            at += 1
        return found

    def __len__(self) -> int:
        return self._count


class RenewedFiles(NamedTuple):
    """What `ReleaseFiles` tells of a release, of one that differs little from the one before."""

    release: str
    manifest: ChangedLines
    outputs: ChangedLines
    gone: Mapping[str, None]
    replaced: list[str]
    others: list[str]
    assets: Assets

    def write_manifest(self, path: Path, stay: Sequence[Entry]) -> None:
        """Writes the manifest, with the files that stay besides those that were built."""
        lines = self.manifest.and_also({entry.path: entry.line() for entry in stay})
        with open(path, "wb") as file:
            file.write(head_line(self.release, len(lines)))
            file.writelines(lines.parts())

    def paths(self) -> Iterator[str]:
        """Yields the paths of what is built, in order."""
        return (line.split(" ", 2)[2] for line in self.outputs)


_ASSET = re.compile(rb"\.[0-9a-f]{8}\.[a-z0-9]+\n")


def _path_in_record(line: bytes) -> str:
    return line.split(b" ", 2)[2].decode("utf-8", "surrogateescape")


def _entry(line: bytes) -> Entry:
    item = json.loads(line)
    return Entry(item["path"], item["size"], item["sha256"], item.get("kind", ""))


def _path_in_manifest(line: bytes) -> str:
    return _entry(line).path


def open_published(layout: Layout, published: ManifestFile) -> PublishedFiles | None:
    """Opens what is known of the published release, whose manifest is whole; None where its record is not, or does not
    belong to it."""
    with ExitStack() as stack:
        try:
            record, manifest = (_mapped(path, stack) for path in (layout.record, published.file))
            start = record.find(b"\n") + 1
            head = parse_head(record[: start - 1])
        except (OSError, ValueError):
            return None
        with memoryview(record) as view, view[start:] as body:
            whole = zlib.crc32(body) == head.check
        if not whole or head.release != published.release:
            return None
        begin = _after(record, start, head.inputs)
        lines = SortedLines(record, begin, _after(record, begin, head.outputs), _path_in_record)
        entries = SortedLines(manifest, manifest.find(b"\n") + 1, len(manifest), _path_in_manifest)
        files = PublishedFiles(layout.output, lines, entries, head.outputs)
        if published.files != head.outputs + len(files.by_hand):
            return None
        files.opened = stack.pop_all()
        return files
    return None


def _mapped(path: Path, stack: ExitStack) -> mmap.mmap:
    with open_plain(path) as file:
        return stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _after(data: mmap.mmap, start: int, lines: int) -> int:
    """Finds where so many lines end."""
    for _ in range(lines):
        start = data.find(b"\n", start) + 1
    return start
