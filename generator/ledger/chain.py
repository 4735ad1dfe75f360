"""The ledger: one JSON line for each publication or rollback, each naming the SHA-256 of the line before it.

A line lists the files that changed and those that are gone, so that the ledger of a large section stays small."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import starmap
from operator import itemgetter
from typing import Any, NamedTuple

from generator.finding import Message
from generator.ledger.sums import FileSum, sha256_list

SCHEMA = "nianbao.ledger/1"
PUBLISH, ROLLBACK = "publish", "rollback"
_BEGIN = "0" * 64


class Override(NamedTuple):
    """A refusal of the gate that somebody set aside, and why."""

    gate: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication or rollback.

    `release` is what is served since, `time` UTC; `changed` and `gone` are against the entry before; `carried` are
    style sheets and scripts of the release before that stay for visitors who still have its pages open; `sums` is the
    SHA-256 of the whole SHA256SUMS; `previous` that of the line before."""

    number: int
    kind: str
    release: str
    time: str
    author: str
    reason: str = ""
    overrides: tuple[Override, ...] = ()
    changed: Mapping[str, FileSum] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    sums: str = ""
    previous: str = _BEGIN

    def line(self) -> bytes:
        record = {
            "schema": SCHEMA,
            "number": self.number,
            "kind": self.kind,
            "release": self.release,
            "time": self.time,
            "author": self.author,
            "reason": self.reason,
            "overrides": [item._asdict() for item in self.overrides],
            "files": {path: list(self.changed[path]) for path in sorted(self.changed)},
            "gone": sorted(self.gone),
            "carried": sorted(self.carried),
            "sha256sums": self.sums,
            "previous": self.previous,
        }
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _entry(line: bytes) -> Entry:
    """Reads a line. Raises ValueError, TypeError or LookupError where it is none."""
    record: dict[str, Any] = json.loads(line)
    if record["schema"] != SCHEMA:
        raise ValueError(record["schema"])
    return Entry(
        int(record["number"]),
        str(record["kind"]),
        str(record["release"]),
        str(record["time"]),
        str(record["author"]),
        str(record["reason"]),
        tuple(Override(str(item["gate"]), str(item["reason"])) for item in record["overrides"]),
        _sums(record["files"]),
        tuple(map(str, record["gone"])),
        tuple(map(str, record["carried"])),
        str(record["sha256sums"]),
        str(record["previous"]),
    )


def _sums(files: Mapping[str, Sequence[Any]]) -> dict[str, FileSum]:
    """Reads the sums of files, column by column: the first line of a large section has a hundred thousand. Raises
    TypeError or LookupError where they are none."""
    for number, kind in enumerate((int, str, str)):
        if not {*map(type, map(itemgetter(number), files.values()))} <= {kind}:
            raise TypeError("not the sums of files")
    return dict(zip(files, starmap(FileSum, files.values()), strict=True))


@dataclass(frozen=True)
class Ledger:
    """A ledger as read: its bytes, its entries, and what is wrong with the chain."""

    data: bytes = b""
    entries: tuple[Entry, ...] = ()
    faults: tuple[Message, ...] = ()

    @cached_property
    def files(self) -> dict[str, FileSum]:
        """Every file that should be public now, by path."""
        return self.files_after(len(self.entries))

    def files_after(self, count: int) -> dict[str, FileSum]:
        """The files that were public after the first `count` entries."""
        files: dict[str, FileSum] = {}
        for entry in self.entries[:count]:
            files.update(entry.changed)
            for path in entry.gone:
                files.pop(path, None)
        return files

    def files_of(self, release: str) -> dict[str, FileSum]:
        """The files of a release as it was last public; empty where it never was."""
        return self.files_after(self.last(release))

    def last(self, release: str) -> int:
        """The number of entries up to the last one that made `release` public; 0 where none did."""
        return max((n for n, entry in enumerate(self.entries, 1) if entry.release == release), default=0)

    @property
    def current(self) -> Entry | None:
        return self.entries[-1] if self.entries else None

    def following(self, entry: Entry) -> Ledger:
        """The ledger with one more line."""
        return Ledger(b"".join((self.data, entry.line(), b"\n")), (*self.entries, entry), self.faults)

    @property
    def tip(self) -> str:
        """The SHA-256 of the last line, which the next one names."""
        last = self.data[self.data.rfind(b"\n", 0, -1) + 1 :].rstrip(b"\n")
        return hashlib.sha256(last).hexdigest() if self.data else _BEGIN


def read_ledger(data: bytes, known: bytes = b"") -> Ledger:
    """Reads a ledger and checks its chain; what is wrong stands in `faults`, and entries end before the first line
    that cannot be read. `known` is one that was checked before: the same need not be added up again."""
    entries: list[Entry] = []
    faults: list[Message] = []
    previous = _BEGIN
    if data and not data.endswith(b"\n"):
        faults.append(Message("账本的最后一行不完整（被截断）", "the ledger's last line is cut off"))
    for number, line in enumerate(data.splitlines(), 1):
        try:
            entry = _entry(line)
        except (ValueError, TypeError, LookupError, AttributeError):
            faults.append(Message(f"账本第{number}行读不出来", f"line {number} of the ledger cannot be read"))
            break
        if entry.previous != previous or entry.number != number:
            faults.append(
                Message(
                    f"账本第{number}行与上一行接不上：上一行被改过、删过或调换过",
                    f"line {number} of the ledger does not follow the line before: that line was changed, removed or "
                    "moved",
                )
            )
        entries.append(entry)
        previous = hashlib.sha256(line).hexdigest()
    ledger = Ledger(data, tuple(entries), tuple(faults))
    if not entries or faults or data == known:
        return ledger
    if hashlib.sha256(sha256_list(ledger.files)).hexdigest() != entries[-1].sums:
        fault = Message(
            "账本各行相加，与最后一行写明的文件清单不符",
            "the lines of the ledger do not add up to the list of files that the last one names",
        )
        return Ledger(data, tuple(entries), (fault,))
    return ledger


def continues(longer: bytes, shorter: bytes) -> bool:
    """Tells whether a ledger only adds lines to another."""
    return longer.startswith(shorter)


def paths_of_pages(files: Sequence[str]) -> list[str]:
    """The addresses whose vanishing a visitor would notice: all files but style sheets and scripts."""
    return [path for path in files if not path.startswith("assets/")]
