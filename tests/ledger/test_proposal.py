"""What a publication would change, and its line in the ledger."""

from __future__ import annotations

from generator.ledger.chain import Ledger
from generator.ledger.proposal import next_entry, propose, propose_rollback
from generator.ledger.sums import FileSum
from tests.targets.samples import TIME


def of(**files: str) -> dict[str, FileSum]:
    names = {"page": "index.html", "old": "assets/old.css", "new": "assets/new.css", "newest": "assets/newest.css"}
    return {names[key]: FileSum(1, text, "") for key, text in files.items()}


def after(*releases: dict[str, FileSum]) -> Ledger:
    ledger = Ledger()
    for files in releases:
        ledger = ledger.following(next_entry(ledger, propose(ledger, files), TIME, "示例"))
    return ledger


def test_files_are_new_changed_kept_or_gone() -> None:
    ledger = after({"a": FileSum(1, "1", ""), "b": FileSum(1, "2", ""), "c": FileSum(1, "3", "")})
    found = propose(ledger, {"a": FileSum(1, "1", ""), "b": FileSum(1, "9", ""), "d": FileSum(1, "4", "")})
    assert (found.new, found.changed, found.kept, found.gone) == (("d",), ("b",), ("a",), ("c",)) and found.alters
    assert not propose(ledger, ledger.files).alters


def test_a_style_sheet_of_the_release_before_stays_for_one_more_release() -> None:
    """A visitor who has a page of the old release open may still ask for it."""
    second = after(of(page="1", old="a"), of(page="2", new="b"))
    assert second.files == of(page="2", new="b", old="a")
    assert second.current and second.current.carried == ("assets/old.css",)
    third = propose(second, of(page="3", newest="c"))
    assert third.files == of(page="3", newest="c", new="b") and third.gone == ("assets/old.css",)


def test_a_rollback_brings_back_the_files_of_a_release_and_keeps_the_style_sheets_of_now() -> None:
    ledger = after(of(page="1", old="a"), of(page="2", new="b"))
    first = ledger.entries[0].release
    found = propose_rollback(ledger, first)
    assert found.files == of(page="1", old="a", new="b") and found.changed == ("index.html",)
    entry = next_entry(ledger, found, TIME, "示例", release=first)
    assert (entry.kind, entry.release, entry.number) == ("rollback", first, 3)
    assert ledger.following(entry).files == of(page="1", old="a", new="b")


def test_a_rollback_to_before_a_correction_keeps_the_page_as_first_published_at_its_address() -> None:
    first_page = {f"2020/shili/first-published.{kind}": FileSum(1, "1", "") for kind in ("html", "json")}
    ledger = after(of(page="1"), of(page="2") | first_page)
    found = propose_rollback(ledger, ledger.entries[0].release)
    assert found.files == of(page="1") | first_page
    assert (found.carried, found.gone) == (tuple(first_page), ())


def test_a_release_is_named_by_number_time_and_sum_and_never_below_those_that_exist() -> None:
    entry = next_entry(Ledger(), propose(Ledger(), of(page="1")), TIME, "示例", at_least=7)
    assert entry.release.startswith("000007-20260131T080000Z-") and entry.number == 1
