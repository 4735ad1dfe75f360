"""The built section as it lies in the output folder: what its files sum to, read again only where that is not known.

The record of the build stamps each file (time, size) and its manifest gives the SHA-256; where both say that a file is
what the ledger has summed before, it is. What was changed since, put there by hand, or never published is read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.ledger.sums import ADDED, FileSum, is_shown, list_site, refuse_odd, sum_file
from generator.pipeline.build_record import BuildRecord, outputs_stand, record_of
from generator.pipeline.layout import Layout
from generator.pipeline.many_files import MANY, all_stand, changed_folders, folders_of, looking_below, others_in
from generator.pipeline.plain_files import read_plain


class _Lines(NamedTuple):
    """The lines of a manifest, and the files that it names besides what the build made."""

    lines: frozenset[str] = frozenset()
    by_hand: Sequence[str] = ()


class BuiltSection:
    """Looks at a section once. Raises OSError, and UserError for a link in it, when first asked for its files."""

    def __init__(self, output: Path) -> None:
        self.output = output

    @cached_property
    def record(self) -> BuildRecord | None:
        return record_of(self.output)

    @cached_property
    def stands(self) -> bool:
        """Tells whether the files that the build made are as it left them. Of a large section those are looked at whose
        folders changed since: what was written into others is not noticed here, and not published (see `unchanged`)."""
        try:
            if self.record is None or len(self.record.outputs) < MANY:
                return self.record is not None and outputs_stand(self.record, self.output)
            with looking_below(self.output) as look:
                near = [line for line, path in self._made if path.rpartition("/")[0] in self._changed]
                return all_stand(look, near)
        except OSError:
            return False

    @cached_property
    def _made(self) -> list[tuple[str, str]]:
        """The files that the build made: lines of its record, and the paths in them."""
        return [(line, line.split(" ", 2)[2]) for line in self.record.outputs] if self.record else []

    @cached_property
    def _folders(self) -> set[str]:
        """The folders in which they lie."""
        return folders_of(path for _, path in self._made)

    @cached_property
    def _changed(self) -> set[str]:
        """Those of them that changed since the build wrote its record. Raises OSError."""
        since = os.stat(Layout(self.output).record).st_mtime_ns
        with looking_below(self.output) as look:
            return changed_folders(look, self._folders, since)

    @cached_property
    def seen(self) -> dict[str, str]:
        """Every file to be published, by path: a line as the record of a build has it, `mtime_ns size path`."""
        if self.record is not None and self.stands and self._manifest.lines:
            known = {path: line for line, path in self._made}
            return known | dict(self._beside(self.record, known))
        return {path: _line(path, status) for path, status in list_site(self.output) if path not in ADDED}

    def sums(self, public: Mapping[str, FileSum]) -> dict[str, FileSum]:
        """Sums every file; `public` are the sums of the files that are public now.

        Whole sets are compared: nearly all of what may be a hundred thousand files are the public ones."""
        seen = self.seen.keys()
        told = {_entry(path, item) if item.sm3 else path: path for path, item in public.items()}
        unsure = {told[line] for line in told.keys() - self._manifest.lines} | self._touched()
        sums = dict(public)
        for path in public.keys() - seen:
            del sums[path]
        for path in (seen - public.keys()) | (unsure & seen):
            sums[path] = sum_file(f"{self.output}/{path}")
        return sums

    def _touched(self) -> set[str]:
        """The files that are not as the build left them, where there is a record of it."""
        if self.record is None or self.stands:
            return set()
        outputs = set(self.record.outputs)
        return {path for path, line in self.seen.items() if line not in outputs}

    def _beside(self, record: BuildRecord, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Lists what lies in the section besides what the build made: what the manifest names, and what came since."""
        named = self._manifest.by_hand
        folders = self._folders | folders_of(named)
        mine = known.keys() | named if named else known
        came = others_in(self.output, mine, folders, self._changed | (folders - self._folders))
        for path in sorted({*named, *came}):
            if path not in ADDED and is_shown(path) and os.path.lexists(f"{self.output}/{path}"):
                status = os.lstat(f"{self.output}/{path}")
                refuse_odd(path, status)
                yield path, _line(path, status)

    @cached_property
    def _manifest(self) -> _Lines:
        """The manifest that belongs to the record; blank where there is none, or it is damaged."""
        try:
            head, _, body = read_plain(Layout(self.output).manifest).partition(b"\n")
            release = json.loads(head)["release"]
            lines = body.decode().split("\n")
            besides = [line for line in lines if '"kind": ' in line] if b'"kind": ' in body else []
            by_hand = [str(json.loads(line)["path"]) for line in besides]
        except (OSError, ValueError, KeyError, TypeError):
            return _Lines()
        made = "\n".join(line for line in lines if '"kind": ' not in line).encode() if by_hand else body
        whole = self.record is not None and release == self.record.release == hashlib.sha256(made).hexdigest()
        return _Lines(frozenset(lines), by_hand) if whole else _Lines()


def _line(path: str, status: os.stat_result) -> str:
    return f"{status.st_mtime_ns} {status.st_size} {path}"


def _entry(path: str, item: FileSum) -> str:
    """A line of a manifest as it is written of nearly every path; of others it differs, and they are read."""
    return f'{{"path": "{path}", "size": {item.size}, "sha256": "{item.sha256}"}}'
