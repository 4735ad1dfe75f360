"""Puts a release together where releases lie side by side, out of what earlier ones hold and what has to be brought.

The oldest kept release, which has to go anyway, is brought up to date; where there is none to spare, the new release
begins as links to the files of the public one. Nothing is taken over on trust: a file counts as the one wanted when the
ledger says that release held it, and its size and time are those of the file in the output folder; or, where times
differ (another computer built the section), when its SHA-256 is right. Every other file is brought over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.finding import NIANBAO, Message, UserError, counted
from generator.ledger.compare import same
from generator.ledger.sums import UNKNOWN, FileSum, Stamp, stamp_of, sum_pieces
from generator.targets.disk import Disk
from generator.targets.target import Advance, Plan, unchanged

_NONE = Stamp(-3, -3)


class Pieces(NamedTuple):
    """What a release is put together of: files of the folder it is made of that have to go, files of the public release
    that are linked, and files that are brought over; `changed` are all paths at which that changes the folder."""

    leaving: Sequence[str]
    linked: Sequence[str]
    brought: Sequence[str]
    changed: Sequence[str]
    notes: Sequence[Message]


def sort_out(disk: Disk, plan: Plan, draft: str, public: str, recycled: Mapping[str, FileSum] | None) -> Pieces:
    """Finds out of what the release of a plan can be put together, and changes nothing.

    `public` is the folder of the release that is public now, "" where none is; `recycled` are the files that the
    folder `draft` holds by the ledger, None where it is empty."""
    wanted = (*plan.changed, *plan.kept)
    missing: Sequence[str] = wanted
    left: list[str] = []
    if recycled is not None:
        alike = [path for path in wanted if path in recycled and same(recycled[path], plan.files[path])]
        fits, left = disk.fit(draft, recycled, alike, plan.lines, plan.turn)
        missing = [path for path in wanted if path not in fits]
    changed = {*plan.changed}
    kept = [path for path in missing if path in plan.files and path not in changed]
    sound, harmed = _sound(disk, plan, public, kept) if kept else ([], [])
    brought = sorted({*missing} - {*sound})
    unchanged(plan, brought)
    return Pieces(left, sound, brought, [*left, *missing], [_brought_again(harmed)] if harmed else [])


def assemble(disk: Disk, plan: Plan, draft: str, public: str, pieces: Pieces, advance: Advance) -> None:
    """Makes the folder `draft`, which holds what was sorted out or nothing, hold the files of a plan."""
    disk.delete(draft, pieces.leaving)
    disk.link_all(public, draft, pieces.linked)
    disk.bring(plan.source, draft, pieces.brought, advance)


def _sound(disk: Disk, plan: Plan, public: str, kept: Sequence[str]) -> tuple[list[str], list[str]]:
    """Sorts files that stay: those that are public as they should be, and those that are not. Raises UserError for one
    that is not and cannot be brought over, because the built section no longer has it."""
    there = disk.listing(public, kept)
    sound = {path for path in kept if path in plan.lines and there.get(path) == stamp_of(plan.lines[path])}
    carried = [path for path in kept if path not in plan.lines]
    for path, data in (disk.read_all(public, carried) if carried else {}).items():
        if data is None or not same(plan.files[path], sum_pieces([data])):
            raise _harmed(path)
        sound.add(path)
    unsure = [path for path in kept if path not in sound]
    alike = [path for path in unsure if there.get(path, _NONE).size in (plan.files[path].size, UNKNOWN.size)]
    hashes = disk.hashes(public, alike) if alike else {}
    sound |= {path for path, sha256 in hashes.items() if sha256 == plan.files[path].sha256}
    untold = {path for path in alike if path not in hashes}
    harmed = [path for path in unsure if path not in sound and path not in untold]
    return [path for path in kept if path in sound], harmed


def _brought_again(paths: Sequence[str]) -> Message:
    some = ", ".join(paths[:3]) + (f", … (+{len(paths) - 3})" if len(paths) > 3 else "")
    return Message(
        f"目标上有{len(paths)}个文件与账本不符，已重新传过：{some}；是谁改的请查明",
        f"{counted(len(paths), 'file')} on the target not as published, brought over again: {some}; find out who "
        "changed them",
    )


def _harmed(path: str) -> UserError:
    return UserError(
        Message(
            f"目标上的“{path}”与账本不符，而生成的栏目里已没有它，不能重新传：什么也没有发布；"
            f"请用 {NIANBAO} verify 查明，从备份放回，或用 --allow chain 不带旧文件重新发布",
            f"“{path}” on the target is not what the ledger says, and the built section no longer has it: nothing was "
            f"published; run {NIANBAO} verify, put it back from a backup, or use --allow chain, "
            "which leaves old files out",
        )
    )
