"""Reads the reports that a publication changes as they are public, and keeps corrected ones as first published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.ledger.chain import Ledger
from generator.ledger.proposal import Proposal
from generator.targets.gate import REPORT, Reports
from generator.targets.target import Target
from generator.website.first_page import FIRST_DATA, FIRST_PAGE, no_first_page


def changed_reports(
    target: Target, output: Path, ledger: Ledger, proposal: Proposal, moved: Mapping[str, str] = MappingProxyType({})
) -> Reports:
    """Reads the `report.json` of every report that is new or changed; one that moved is compared below its old address,
    so that no figure and no date changes by being moved."""
    old = target.read_all([path for path in proposal.changed if REPORT.fullmatch(path)])
    paths = [path for path in (*proposal.new, *proposal.changed) if REPORT.fullmatch(path)]
    return Reports(
        {path: _record(data) for path, data in old.items()},
        {
            path: record
            for path in paths
            if (record := _record((output / moved.get(path, path)).read_bytes())) is not None
        },
        _withdrawn(target, ledger, proposal),
    )


def _withdrawn(target: Target, ledger: Ledger, proposal: Proposal) -> dict[str, Mapping[str, Any] | None]:
    """Reads the `report.json` of reports that were public before, are not now and come again, from the last release
    that had them, where the target keeps it."""
    again = {path for path in proposal.new if REPORT.fullmatch(path)}
    held: dict[str, str] = {}  # by path the last release that had it
    release = ""
    for entry in ledger.entries if again else ():
        held |= dict.fromkeys(again.intersection(entry.gone), release)
        release = entry.release
    kept = {*target.releases()} if held else set()
    return {path: _record(target.read_kept(held[path], path)) for path in held if held[path] in kept}


def as_public(reports: Reports, moved: Mapping[str, str], proposal: Proposal) -> Reports:
    """Leaves out the reports whose page already leads on from an old address: it is no report as first published."""
    changed = {*proposal.changed}
    left = {path for path in moved if f"{path.rpartition('/')[0]}/index.html" not in changed}
    return reports._replace(new={path: record for path, record in reports.new.items() if path not in left})


def first_published(
    target: Target,
    ledger: Ledger,
    reports: Reports,
    moved: Mapping[str, str] = MappingProxyType({}),
    pages: bool = True,
) -> dict[str, bytes]:
    """Reads the public page and data of every report that is corrected for the first time: they stay readable at an
    address of their own, and come along with a report that moves. With `pages`, a report that is new here with its
    corrections gets one that says so, for its own page leads there."""
    found: dict[str, bytes] = {}
    sources = {place: path for path, place in moved.items()}
    for path, new in reports.new.items():
        folder = path.removesuffix("/report.json")
        if not new.get("corrections") or f"{folder}/{FIRST_PAGE}" in ledger.files:
            continue
        if path not in reports.old:
            before = _first_elsewhere(target, ledger, folder, sources.get(path, ""))
            found |= before or ({f"{folder}/{FIRST_PAGE}": _no_first_page()} if pages else {})
            continue
        for public, kept in (("index.html", FIRST_PAGE), ("report.json", FIRST_DATA)):
            data = target.read(f"{folder}/{public}") if reports.old[path] else None
            if data is not None:
                found[f"{folder}/{kept}"] = data
    return found


def _no_first_page() -> bytes:
    from generator.website.words import load_words  # all words of the interface: rarely needed here

    return no_first_page(load_words())


def _first_elsewhere(target: Target, ledger: Ledger, folder: str, old: str) -> dict[str, bytes]:
    """The page and data as first published of a report that moves, from its old address `old` ("": it does not)."""
    place, found = old.rpartition("/")[0], dict[str, bytes]()
    kept = f"{place}/{FIRST_PAGE}" in ledger.files
    for public, name in (("index.html", FIRST_PAGE), ("report.json", FIRST_DATA)):
        data = target.read(f"{place}/{name if kept else public}") if old else None
        if data is not None:
            found[f"{folder}/{name}"] = data
    return found


def _record(data: bytes | None) -> Mapping[str, Any] | None:
    """Reads a `report.json`; None where it is none, as when somebody changed the public one."""
    try:
        record = json.loads(data or b"")
        return (
            record if isinstance(record, dict) and {"year", "organ", "format", "published"} <= record.keys() else None
        )
    except ValueError:
        return None
