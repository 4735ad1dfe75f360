"""The ledger: what each line adds to the one before, and how a broken chain is noticed."""

from __future__ import annotations

import hashlib
import json

import pytest

from generator.ledger.chain import Ledger, Override, continues, paths_of_pages, read_ledger
from generator.ledger.proposal import next_entry, propose
from generator.ledger.sums import FileSum
from tests.targets.samples import TIME


def sums(text: str) -> FileSum:
    return FileSum(len(text), hashlib.sha256(text.encode()).hexdigest(), "")


FIRST = {"index.html": sums("1"), "a/示例.html": sums("2")}
SECOND = {"index.html": sums("9"), "b.html": sums("3")}


def ledger() -> Ledger:
    chain = Ledger()
    for files in (FIRST, SECOND):
        overrides = [Override("vanish", "示例原因")] if files is SECOND else []
        chain = chain.following(next_entry(chain, propose(chain, files), TIME, "示例", overrides=overrides))
    return chain


def test_a_ledger_comes_back_as_it_was_written_and_adds_up() -> None:
    read = read_ledger(ledger().data)
    assert read == ledger() and read.faults == ()
    assert read.files == SECOND and read.files_after(1) == FIRST and read.files_after(0) == {}
    assert read.entries[1].gone == ("a/示例.html",) and read.entries[1].overrides == (Override("vanish", "示例原因"),)
    assert read.last(read.entries[0].release) == 1 and read.last("none") == 0
    assert read.current is read.entries[1] and Ledger().current is None


def test_each_line_names_the_sha256_of_the_line_before_as_sha256sum_prints_it() -> None:
    first = ledger().data.split(b"\n")[0]
    assert ledger().entries[1].previous == hashlib.sha256(first).hexdigest() == read_ledger(first + b"\n").tip


def lines() -> list[bytes]:
    return ledger().data.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (lines()[1], "does not follow"),
        (lines()[1] + lines()[0], "does not follow"),
        (lines()[0].replace("示例".encode(), "别人".encode()) + lines()[1], "line 2 of the ledger does not follow"),
        (lines()[0] + lines()[1][:-9], "cut off"),
        (lines()[0] + b"{}\n", "line 2 of the ledger cannot be read"),
        (b"\xff\n", "line 1 of the ledger cannot be read"),
        (lines()[0].replace(b'"index.html"', b'"other.html"'), "do not add up"),
    ],
    ids=["first gone", "swapped", "reworded", "cut", "no entry", "no text", "last line changed"],
)
def test_a_ledger_that_was_tampered_with_says_where(data: bytes, fault: str) -> None:
    assert fault in read_ledger(data).faults[0].en


def test_a_ledger_cut_at_a_line_is_sound_but_shorter_than_the_copy_kept() -> None:
    assert read_ledger(lines()[0]).faults == ()
    assert continues(ledger().data, lines()[0]) and not continues(lines()[0], ledger().data)


@pytest.mark.parametrize("sums", [["1", "a", "b"], [1, "a"], [1, "a", "b", "c"], [1, None, "b"], [True, "a", "b"], 1])
def test_what_are_no_sums_of_a_file_cannot_be_read(sums: object) -> None:
    line = {**json.loads(lines()[0]), "files": {"a": sums, "b": [1, "a", "b"]}}
    assert "cannot be read" in read_ledger(json.dumps(line).encode() + b"\n").faults[0].en


def test_style_sheets_are_not_addresses() -> None:
    assert paths_of_pages(["assets/a.css", "data/a.csv"]) == ["data/a.csv"]
