"""The built section as it lies in the output folder: what its files sum to, read again only where that is not known.

The record of the build stamps each file (time, size) and its manifest gives the SHA-256; where both say that a file is
what the ledger has summed before, it is. What was changed since, put there by hand, or never published is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from generator.ledger.sums import ADDED, FileSum, Stamp, list_site, sum_file
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import Entry
from generator.pipeline.plain_files import read_plain
from generator.pipeline.record import BuildRecord, record_of


class BuiltSection:
    """Looks at a section once. Raises OSError, and UserError for a link in it, when first asked for its files."""

    def __init__(self, output: Path) -> None:
        self.output = output

    @cached_property
    def seen(self) -> dict[str, str]:
        """Every file to be published, by path: a line as the record of a build has it, `mtime_ns size path`."""
        lines, self.stamps = dict[str, str](), dict[str, Stamp]()
        for path, status in list_site(self.output):
            if path not in ADDED:
                lines[path] = f"{status.st_mtime_ns} {status.st_size} {path}"
                self.stamps[path] = Stamp(status.st_size, status.st_mtime_ns // 1_000_000_000)
        return lines

    @cached_property
    def record(self) -> BuildRecord | None:
        return record_of(self.output)

    def sums(self, public: Mapping[str, FileSum]) -> dict[str, FileSum]:
        """Sums every file; `public` are the sums of the files that are public now."""
        manifest, stamped = self._manifest(), set(self.record.outputs if self.record else ())
        found = {}
        for path, line in self.seen.items():
            item = public.get(path)
            if item is None or not item.sm3 or line not in stamped or _line(path, item) not in manifest:
                item = sum_file(f"{self.output}/{path}")
            found[path] = item
        return found

    def _manifest(self) -> set[bytes]:
        """The lines of the manifest that belongs to the record; none where there is none, or it is damaged."""
        try:
            head, *lines = read_plain(Layout(self.output).manifest).splitlines(keepends=True)
            release = json.loads(head)["release"]
        except (OSError, ValueError, KeyError, TypeError):
            return set()
        made = b"".join(line for line in lines if b'"kind": ' not in line)
        whole = self.record is not None and release == self.record.release == hashlib.sha256(made).hexdigest()
        return set(lines) if whole else set()


def _line(path: str, item: FileSum) -> bytes:
    if path.isascii() and '"' not in path and "\\" not in path:
        return f'{{"path": "{path}", "size": {item.size}, "sha256": "{item.sha256}"}}\n'.encode()
    return f"{Entry(path, item.size, item.sha256).line()}\n".encode()
