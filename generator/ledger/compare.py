"""Compares what is published with what the ledger says was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.finding import Message
from generator.ledger.sums import FileSum


class Difference(NamedTuple):
    """One way in which the published site differs: `kind` is `changed`, `missing`, `extra`, `swapped`, `ledger`,
    `signature`, `header`, `https` or `connection`; `path` is "" where no single file is concerned."""

    kind: str
    path: str
    message: Message


def compare(expected: Mapping[str, FileSum], found: Mapping[str, FileSum]) -> Iterator[Difference]:
    """Yields every file that is not, byte for byte, what the ledger lists; sums decide, SM3 where both have it."""
    owners: dict[str, str] = {}
    for path, item in expected.items():
        owners.setdefault(item.sha256, path)
    for path in sorted(expected.keys() | found.keys()):
        wanted, got = expected.get(path), found.get(path)
        if wanted is None:
            yield Difference("extra", path, Message(f"多出“{path}”，账本里没有", f"“{path}” is not in the ledger"))
        elif got is None:
            yield Difference("missing", path, Message(f"缺少“{path}”", f"“{path}” is missing"))
        elif not same(wanted, got):
            yield _changed(path, wanted, got, owners.get(got.sha256, ""))


def same(wanted: FileSum, got: FileSum) -> bool:
    """Tells whether two files hold the same bytes, as far as both were summed."""
    sums_agree = wanted.sm3 == got.sm3 or not wanted.sm3 or not got.sm3
    return wanted is got or (wanted.size == got.size and wanted.sha256 == got.sha256 and sums_agree)


def _changed(path: str, wanted: FileSum, got: FileSum, owner: str) -> Difference:
    if owner:
        text = Message(f"“{path}”的内容是“{owner}”的", f"“{path}” has the content of “{owner}”")
        return Difference("swapped", path, text)
    if wanted.size == got.size:
        text = Message(
            f"“{path}”被改动：大小未变，内容不同", f"“{path}” was changed: of the same size, with other content"
        )
        return Difference("changed", path, text)
    text = Message(
        f"“{path}”被改动：应为{wanted.size}字节，现为{got.size}字节",
        f"“{path}” was changed: {wanted.size} bytes expected, {got.size} found",
    )
    return Difference("changed", path, text)
