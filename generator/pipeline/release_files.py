"""Puts the files of a release together in the order of their paths: its manifest, its record, and how it differs from
the release before and from what lies in the output folder. Of a million files nothing is held in memory."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

from generator.pipeline.carried_files import Assets, is_asset
from generator.pipeline.file_lines import LineFile, StagedLines
from generator.pipeline.manifest import Entry, head_line
from generator.pipeline.staged_files import claimed_twice


@dataclass
class ReleaseFiles:
    """The files of a release: `outputs` as lines of a record. `gone` are those of the release before that are not built
    any more, `replaced` those that it had of certain paths, `others` what lies in the output besides what is built."""

    outputs: LineFile = field(default_factory=LineFile)
    release: str = ""
    gone: dict[str, Entry] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    assets: Assets = field(default_factory=Assets)
    _manifest: LineFile = field(default_factory=LineFile)

    def add(self, line: str, digest: Any) -> str:
        """Adds a file that is built by its line of `Staged`, in order; returns its path."""
        mtime, size, sha256, path = line.split(" ", 3)
        text = Entry(path, int(size), sha256).line()
        digest.update(f"{text}\n".encode())
        self._manifest.add(text)
        self.outputs.add(f"{mtime} {size} {path}")
        if is_asset(path):
            self.assets.now.add(path)
        return path

    def note_gone(self, entry: Entry) -> None:
        """Notes a file of the release before that is not built any more."""
        self.gone[entry.path] = entry
        if is_asset(entry.path):
            self.assets.before[entry.path] = entry

    def note_built_again(self, entry: Entry, asked: bool) -> None:
        """Notes a file that the release before had too, as it was there."""
        if asked:
            self.replaced.append(entry.path)
        if entry.path in self.assets.now:
            self.assets.before[entry.path] = entry

    def write_manifest(self, path: Path, stay: Sequence[Entry]) -> None:
        """Writes the manifest, with the files that stay besides those that were built."""
        lines: Iterable[str] = self._manifest
        if stay:
            others = sorted((entry.path, entry.line()) for entry in stay)
            built = ((json.loads(line)["path"], line) for line in self._manifest)
            lines = map(itemgetter(1), heapq.merge(built, others, key=itemgetter(0)))
        with open(path, "wb") as file:
            file.write(head_line(self.release, len(self._manifest) + len(stay)))
            file.writelines(f"{line}\n".encode() for line in lines)

    def paths(self) -> Iterator[str]:
        """Yields the paths of what is built, in order."""
        return (line.split(" ", 2)[2] for line in self.outputs)


def put_together(
    staged: StagedLines, before: Iterable[Entry], found: Iterable[str], asked: Container[str]
) -> ReleaseFiles:
    """Goes once through what is staged, what the release before was built of and what lies in the output folder, the
    latter two sorted by path. `asked` are the paths of which `replaced` tells. Raises UserError where a path was staged
    twice, even if only letter case differs."""
    files, digest, last = ReleaseFiles(), hashlib.sha256(), ""
    earlier, lying = iter(before), iter(found)
    then, other = next(earlier, None), next(lying, None)
    for line in staged:
        path = files.add(line, digest)
        if staged.twice(path, last):
            raise claimed_twice(path)
        last = path
        while then is not None and then.path < path:
            files.note_gone(then)
            then = next(earlier, None)
        while other is not None and other < path:
            files.others.append(other)
            other = next(lying, None)
        if other == path:
            other = next(lying, None)
        if then is not None and then.path == path:
            files.note_built_again(then, path in asked)
            then = next(earlier, None)
    for entry in () if then is None else (then, *earlier):
        files.note_gone(entry)
    files.others += () if other is None else (other, *lying)
    files.release = digest.hexdigest()
    return files
