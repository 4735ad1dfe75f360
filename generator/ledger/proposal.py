"""Works out what publishing a built section would change, and the next line of the ledger."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.ledger.chain import PUBLISH, ROLLBACK, Entry, Ledger, Override
from generator.ledger.compare import same
from generator.ledger.sums import FileSum, sha256_list
from generator.website.first_page import FIRST_DATA, FIRST_PAGE

ASSETS = "assets/"
# A report as it was public before its first correction.
FIRST = re.compile(rf"(\d{{4}}/[a-z0-9-]+)/(?:{re.escape(FIRST_PAGE)}|{re.escape(FIRST_DATA)})")


class Proposal(NamedTuple):
    """Compares what would be public with what is: `files` is all that would be, `carried` what the section does not
    hold and the release before does: its style sheets and scripts, and reports as first published. Of the paths only
    `kept`, of which there may be very many, are in no order."""

    files: Mapping[str, FileSum]
    carried: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def alters(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def propose(ledger: Ledger, built: Mapping[str, FileSum], carrying: bool = True) -> Proposal:
    """Compares a built section with the files that the ledger says are public.

    Visitors may have pages of the release before open, whose style sheets they still ask for: those stay for one more
    release. Reports as first published (FIRST) stay for good, and so do all style sheets then."""
    public = ledger.files
    left_out = sorted(public.keys() - built.keys())
    first = [path for path in left_out if FIRST.fullmatch(path)]
    leaving = set(ledger.current.carried) if ledger.current and not first else set()
    carried = tuple(path for path in left_out if path.startswith(ASSETS) and path not in leaving)
    carried = (*carried, *first) if carrying else ()
    files = dict(built) | {path: public[path] for path in carried}
    return _compared(public, files, carried)


def propose_rollback(ledger: Ledger, release: str) -> Proposal:
    """Compares an earlier release with what is public now, whose style sheets and reports as first published stay
    beside it: the address of such a page was told to the public, also where the release is older than the page."""
    public, files = ledger.files, ledger.files_after(ledger.last(release))
    left_out = sorted(public.keys() - files.keys())
    carried = tuple(path for path in left_out if path.startswith(ASSETS) or FIRST.fullmatch(path))
    return _compared(public, files | {path: public[path] for path in carried}, carried)


def _compared(public: Mapping[str, FileSum], files: Mapping[str, FileSum], carried: tuple[str, ...]) -> Proposal:
    new, gone = files.keys() - public.keys(), public.keys() - files.keys()
    altered = [path for path, item in files.items() if public.get(path) is not item and path not in new]
    changed = {path for path in altered if not same(public[path], files[path])}
    kept = tuple(path for path in files if path not in new and path not in changed)
    return Proposal(files, carried, tuple(sorted(new)), tuple(sorted(changed)), kept, tuple(sorted(gone)))


def release_id(number: int, time: str, sums: str) -> str:
    """Names a release: its number in the ledger, the UTC time without punctuation, the start of its sum of sums."""
    return f"{number:06d}-{time.replace('-', '').replace(':', '')}-{sums[:8]}"


def next_entry(
    ledger: Ledger,
    proposal: Proposal,
    time: str,
    author: str,
    reason: str = "",
    overrides: Sequence[Override] = (),
    release: str = "",
    at_least: int = 0,
    listed: bytes = b"",
) -> Entry:
    """Makes the ledger's next line; with `release`, that of a rollback to it. `time` is UTC, 2026-01-31T08:00:00Z;
    `at_least` is the lowest number that the new release may bear, `listed` the SHA256SUMS where it was made already."""
    number = len(ledger.entries) + 1
    sums = hashlib.sha256(listed or sha256_list(proposal.files)).hexdigest()
    return Entry(
        number,
        ROLLBACK if release else PUBLISH,
        release or release_id(max(number, at_least), time, sums),
        time,
        author,
        reason,
        tuple(overrides),
        {path: proposal.files[path] for path in (*proposal.new, *proposal.changed)},
        proposal.gone,
        proposal.carried,
        sums,
        ledger.tip,
    )
