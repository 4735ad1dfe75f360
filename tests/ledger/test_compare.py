"""What differs between the ledger and what is found."""

from __future__ import annotations

from generator.ledger.compare import compare, same
from generator.ledger.sums import FileSum

A, B = FileSum(1, "aa", "11"), FileSum(1, "bb", "22")


def kinds(found: dict[str, FileSum]) -> list[tuple[str, str]]:
    return [(item.kind, item.path) for item in compare({"a": A, "b": B}, found)]


def test_every_kind_of_difference_is_named() -> None:
    assert kinds({"a": A, "b": B}) == []
    assert kinds({"a": A}) == [("missing", "b")] and kinds({"a": A, "b": B, "c": A}) == [("extra", "c")]
    assert kinds({"a": B, "b": A}) == [("swapped", "a"), ("swapped", "b")]
    assert kinds({"a": A, "b": FileSum(1, "cc", "33")}) == [("changed", "b")]
    assert kinds({"a": A, "b": FileSum(7, "cc", "33")}) == [("changed", "b")]


def test_either_sum_alone_gives_a_changed_file_away_and_a_sum_that_is_missing_does_not() -> None:
    assert not same(A, A._replace(sm3="99")) and not same(A, A._replace(sha256="99"))
    assert same(A, A._replace(sm3=""))
