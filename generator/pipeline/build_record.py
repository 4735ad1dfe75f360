"""Records what a build came from and made, and tells whether it is still current."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator import __version__, limits
from generator.finding import Finding, from_record, to_record
from generator.pipeline.file_lines import ChangedLines, LineFile, Lines
from generator.pipeline.installed import made_with
from generator.pipeline.layout import Layout
from generator.pipeline.many_files import all_stand, looking_below
from generator.pipeline.plain_files import read_plain
from generator.pipeline.request import BuildResult, FileCounts, Request
from generator.website.theme import templates_folder

# Where programs before 0.1.0 kept their record, inside the section.
OLD_RECORD = Path(".nianbao") / "state"
_PACKAGE = Path(__file__).parent.parent


class BuildRecord(NamedTuple):
    """Holds what a build came from and made: lines `mtime_ns size path`; `inputs` is empty when they prove nothing.
    `release` is that of the manifest that belongs to it, `started` when the build began, by the clock in ns."""

    salt: str
    inputs: Lines
    outputs: Lines
    report: str
    release: str = "-"
    started: int = 0

    def lines(self) -> Iterator[bytes]:
        """Yields the lines of the record's file: a head with a checksum of the others, then these."""
        check = 0
        for line in self._body():
            check = zlib.crc32(line, check)
        head = RecordHead(self.salt, len(self.inputs), len(self.outputs), check, self.release, self.started)
        yield head.line()
        yield from self._body()

    def _body(self) -> Iterator[bytes]:
        for line in self.inputs:
            yield f"{line}\n".encode("utf-8", "surrogateescape")
        if isinstance(self.outputs, ChangedLines):
            yield from self.outputs.parts()
        else:
            for line in self.outputs:
                yield f"{line}\n".encode("utf-8", "surrogateescape")
        yield self.report.encode("utf-8", "surrogateescape")


class RecordHead(NamedTuple):
    """The first line of a record: how many lines follow, of what came in and of what was made, and their checksum."""

    salt: str
    inputs: int
    outputs: int
    check: int
    release: str
    started: int

    def line(self) -> bytes:
        return f"{' '.join(map(str, self))}\n".encode()


def parse_head(line: bytes) -> RecordHead:
    """Parses the first line of a record. Raises ValueError."""
    salt, inputs, outputs, check, *more = line.decode("ascii").split(" ")
    release, started = (*more, "0")[:2] if more else ("-", "0")  # older programs wrote neither or one
    return RecordHead(salt, int(inputs), int(outputs), int(check), release, int(started))


def write_record(path: Path, record: BuildRecord) -> None:
    """Writes a record to its file."""
    with open(path, "wb") as file:
        file.writelines(record.lines())


def load_record(path: Path) -> BuildRecord | None:
    """Loads a record from its file; None where there is none that is whole. Raises UserError where a pipe or device
    stands in its place."""
    try:
        head, _, body = read_plain(path).partition(b"\n")
        told = parse_head(head)
        if told.check != zlib.crc32(body):
            return None
    except (OSError, ValueError):
        return None
    lines = body.decode("utf-8", "surrogateescape").split("\n")
    first, second = told.inputs, told.inputs + told.outputs
    report = "\n".join(lines[second:])
    return BuildRecord(told.salt, lines[:first], lines[first:second], report, told.release, told.started)


def record_of(output: Path) -> BuildRecord | None:
    """Loads the record of a section; None where there is none that is whole, or the section is half renewed."""
    layout = Layout(output)
    return None if layout.journal.exists() else load_record(layout.record)


# A file changed this shortly before the build started may change again within the clock's grain unseen.
_GRAIN_NS = 2_000_000_000


def stamps(paths: Iterable[str]) -> Iterator[str]:
    """Stamps each file as `mtime_ns size path`; a folder by its time only, which changes with its entries."""
    for path in paths:
        status = os.stat(path)
        size = -1 if stat.S_ISDIR(status.st_mode) else status.st_size
        yield f"{status.st_mtime_ns} {size} {path}"


def proving(lines: Iterable[str], started_ns: int) -> Lines:
    """Returns the stamps when all are old enough to prove anything, else nothing."""
    kept, newest = LineFile(), 0
    for line in lines:
        if "\n" in line:  # a name that cannot stand in a record of lines
            return []
        newest = max(newest, int(line.split(" ", 1)[0]))
        kept.add(line)
    return kept if newest < started_ns - _GRAIN_NS else []


def still_true(record: BuildRecord, salt: str, output: Path, output_stands: bool = False) -> bool:
    """Tells whether the folder is what a build would make now: only stamps are compared, nothing is read. The output is
    not looked at where somebody has just found that it stands."""
    if record.salt != salt or not record.inputs:
        return False
    try:
        return all_stand(os.stat, record.inputs) and (output_stands or outputs_stand(record, output))
    except OSError:
        return False


def outputs_stand(record: BuildRecord, output: Path) -> bool:
    """Tells whether every file that a build made is as it left it. Raises OSError where one is gone."""
    with looking_below(output) as look:
        return all_stand(look, record.outputs)


def salt(request: Request) -> str:
    """Digests what besides the files decides the result."""
    parts = (
        __version__,
        made_with(),
        sys.version_info[:3],
        str(request.content.absolute()),
        request.base_url,
        request.strict,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def result_json(findings: Sequence[Finding], reports: int) -> str:
    """Serialises a build's result for its record, as `standing` reads it."""
    return json.dumps([reports, [to_record(finding) for finding in findings]], ensure_ascii=False)


def standing(
    request: Request, output: Path, record: BuildRecord | None = None, output_stands: bool = False
) -> BuildResult | None:
    """Returns the result of the last build when nothing has changed since; None when a build is due. `record` and
    `output_stands` are for those who have just looked."""
    record = record or record_of(output)
    if record is None or not still_true(record, salt(request), output, output_stands):
        return None
    reports, findings = json.loads(record.report)
    counts = FileCounts(0, len(record.outputs), 0)
    return BuildResult([from_record(finding) for finding in findings], counts, reports)


_PROGRAM = 9  # levels of folders that templates and program have, at most


def input_paths(content: Path) -> Iterator[str]:
    """Lists every file and folder that a build depends on."""
    for root, deep in ((content.absolute(), limits.FOLDERS), (templates_folder(), _PROGRAM), (_PACKAGE, _PROGRAM)):
        yield from _below(str(root), deep)


def _below(folder: str, deep: int) -> Iterator[str]:
    """Lists what is in a folder and, as many levels deep, in its folders: what is deeper is not read."""
    yield folder
    with os.scandir(folder) as listing:
        for item in sorted(listing, key=lambda entry: entry.name):
            if item.is_dir(follow_symlinks=False):
                if item.name != "__pycache__" and deep:
                    yield from _below(item.path, deep - 1)
            elif item.is_file():
                yield item.path
