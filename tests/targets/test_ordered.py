"""Targets without a pointer: pages come after what they need, deletions last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.ledger.sums import FileSum, sum_pieces
from generator.ledger.verify import verify
from generator.targets.ordered import OrderedTarget
from generator.targets.publication import roll_back
from generator.targets.target import Advance
from tests.targets.samples import FILES, NEXT, TIME, Desk


class Memory:
    """A store that notes the order of what is done to it, and fails after `left` changes."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.done: list[str] = []
        self.left = 1000

    def _change(self, what: str) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(104, "Connection reset by peer", what)
        self.done.append(what)

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def paths(self) -> Iterator[str]:
        return iter(sorted(self.files))

    def sums(self, path: str) -> FileSum | None:
        return sum_pieces([self.files[path]]) if path in self.files else None

    def bring(self, source: Path, paths: Sequence[str], advance: Advance, resuming: bool) -> None:
        for path in paths:
            self._change(path)
            self.files[path] = (source / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        self._change(path)
        self.files[path] = data

    def delete(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._change(f"-{path}")
            self.files.pop(path, None)

    def close(self) -> None: ...


@pytest.fixture
def store() -> Memory:
    return Memory()


@pytest.fixture
def desk(tmp_path: Path, store: Memory) -> Desk:
    return Desk(tmp_path, target=OrderedTarget(store))


def test_pages_come_after_what_they_need_then_the_ledger_then_deletions(desk: Desk, store: Memory) -> None:
    desk.publish()
    desk.publish(NEXT)
    store.done.clear()
    desk.publish({"index.html": b"9", "assets/style.0c0c0c0c.css": b"3", "data/a.csv": b"4"})
    assert store.done == [
        ".nianbao-pending",
        "assets/style.0c0c0c0c.css",
        "data/a.csv",
        "index.html",
        "SHA256SUMS",
        "SM3SUMS",
        "ledger.jsonl",
        "-2021/shili/index.html",
        "-2021/shili/report.json",
        "-assets/style.0a0a0a0a.css",
        "-ledger.jsonl.sig",
        "-.nianbao-pending",
    ]


@pytest.mark.parametrize("left", range(10))
def test_wherever_the_connection_breaks_the_next_publication_makes_it_good(
    desk: Desk, store: Memory, left: int
) -> None:
    desk.publish()
    store.left = left
    with pytest.raises(OSError, match="Connection reset"):
        desk.publish({"index.html": b"9", "2021/shili/new.html": b"8", "assets/style.0b0b0b0b.css": b"p{color:red}"})
    store.left = 1000
    assert desk.target.strangers(desk.ledger) == [] and desk.prepare(FILES).alters == desk.target.unfinished() == (
        left > 0
    )
    desk.publish(NEXT)
    sums = {path: item for path in desk.target.paths() if (item := desk.target.sums(path))}
    assert verify(desk.target.read, lambda _: sums).differences == ()


def test_what_others_put_there_is_named(desk: Desk, store: Memory) -> None:
    store.files["notes.txt"] = b""
    assert desk.target.strangers(desk.ledger) == ["notes.txt"]
    desk.publish(FILES)
    assert desk.target.strangers(desk.ledger) == ["notes.txt"]


def test_only_what_is_public_is_kept(desk: Desk, store: Memory) -> None:
    desk.publish()
    desk.publish(NEXT)
    assert len(desk.target.releases()) == 1
    with pytest.raises(UserError, match=r"is not kept|no earlier release"):
        roll_back(desk.target, desk.folder / "w.jsonl", "", TIME, "示例", "")
