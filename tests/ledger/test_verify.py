"""Verification: each kind of tampering is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.ledger.sums import LEDGER, SHA256SUMS, sum_site
from generator.ledger.verify import Verdict, as_json, lines, verify
from tests.targets.samples import NEXT, Desk


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A folder as a citizen might have downloaded it, published twice."""
    desk = Desk(tmp_path)
    desk.publish()
    desk.publish(NEXT)
    return tmp_path / "www/current"


def verdict(folder: Path, witness: bytes = b"") -> Verdict:
    def read(path: str) -> bytes | None:
        return (folder / path).read_bytes() if (folder / path).is_file() else None

    return verify(read, lambda _: sum_site(folder), witness)


def kinds(folder: Path, witness: bytes = b"") -> list[tuple[str, str]]:
    return [(item.kind, item.path) for item in verdict(folder, witness).differences]


def test_what_was_published_is_the_same(public: Path) -> None:
    found = verdict(public, (public / LEDGER).read_bytes())
    assert (found.differences, found.files) == ((), 5)
    assert "5 个文件逐字节相同" in "".join(lines(found, "zh")) and json.loads(as_json("x", found))["same"] is True


def flip(folder: Path) -> None:
    data = bytearray((folder / "index.html").read_bytes())
    data[0] ^= 1
    (folder / "index.html").write_bytes(data)


def swap(folder: Path) -> None:
    a, b = folder / "index.html", folder / "2021/shili/index.html"
    one, two = a.read_bytes(), b.read_bytes()
    a.write_bytes(two), b.write_bytes(one)


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (flip, [("changed", "index.html")]),
        (lambda f: (f / "extra.html").write_bytes(b""), [("extra", "extra.html")]),
        (lambda f: (f / "2021/shili/report.json").unlink(), [("missing", "2021/shili/report.json")]),
        (swap, [("swapped", "2021/shili/index.html"), ("swapped", "index.html")]),
        (lambda f: (f / SHA256SUMS).write_bytes(b""), [("changed", SHA256SUMS)]),
        (lambda f: (f / LEDGER).unlink(), [("ledger", LEDGER)]),
        (lambda f: (f / LEDGER).write_bytes((f / LEDGER).read_bytes()[:-7]), [("ledger", LEDGER), ("ledger", LEDGER)]),
    ],
    ids=["flipped", "extra", "missing", "swapped", "sums", "no ledger", "cut ledger"],
)
def test_each_tampering_is_named(public: Path, harm: Callable[[Path], object], found: list[tuple[str, str]]) -> None:
    harm(public)
    assert [item for item in kinds(public) if item in found] == found


def test_a_ledger_cut_at_a_line_or_written_anew_is_found_by_the_copy_kept(public: Path) -> None:
    whole = (public / LEDGER).read_bytes()
    (public / LEDGER).write_bytes(whole.split(b"\n")[0] + b"\n")
    assert "截断" in verdict(public, whole).differences[0].message.zh
    (public / LEDGER).write_bytes(whole)
    assert "改写" in verdict(public, whole.replace("示例".encode(), b"x")).differences[0].message.zh
