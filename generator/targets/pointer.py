"""Targets where releases lie side by side and a pointer says which one is public: `releases/<id>/` and `current`.

A release is put together under a hidden name, then renamed, then the pointer is replaced by one rename. Whatever is
interrupted before that changes nothing that is public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from generator.finding import NIANBAO, Message, UserError
from generator.ledger.chain import Ledger
from generator.ledger.sums import ADDED, FileSum
from generator.pipeline.interrupts import no_return
from generator.targets.disk import Disk
from generator.targets.release import assemble, sort_out
from generator.targets.target import Advance, Plan, Unreachable, no_release, untouched

CURRENT, RELEASES = "current", "releases"
_RELEASE = re.compile(r"\d{6}-\d{8}T\d{6}Z-[0-9a-f]{8}")
NOT_ONE_STEP = Message(
    "目标不能一步替换指针：换的一瞬间可能有访客看到“找不到”",
    "the target cannot replace the pointer in one step: for a moment visitors may find nothing",
)
NOT_FLUSHED = Message(
    f"服务器不能按要求把文件写到磁盘：它此时断电，可能有空文件；"
    f"来电后请用 {NIANBAO} verify 核对，再运行 {NIANBAO} publish --again",
    "the server cannot be asked to write files to its disk: should its power fail now, some may be empty; then run "
    f"{NIANBAO} verify, and {NIANBAO} publish --again",
)


class PointerTarget:
    """Publishes by a pointer; `keep` releases stay, the public one among them."""

    def __init__(self, disk: Disk, keep: int) -> None:
        self._disk, self._keep = disk, keep

    def read(self, path: str, known: bytes = b"") -> bytes | None:
        return self._disk.read(f"{CURRENT}/{path}", known)

    def read_all(self, paths: Sequence[str]) -> dict[str, bytes | None]:
        return self._disk.read_all(CURRENT, paths) if paths else {}

    def served(self) -> str:
        """Raises UserError where `current` leads to anything but a release, there or not."""
        pointer = self._disk.pointer()
        release = pointer.removeprefix(f"{RELEASES}/")
        if pointer and not _RELEASE.fullmatch(release):
            raise UserError(
                Message(
                    f"{CURRENT} 指向“{pointer}”，不是 nianbao 发布的版本，什么也没有动："
                    f"请查明是谁改的，删去 {CURRENT} 再发布",
                    f"{CURRENT} leads to “{pointer}”, which is no release of nianbao: nothing was touched; find "
                    f"out who changed it, then remove {CURRENT} and publish",
                )
            )
        return release

    def paths(self) -> Iterator[str]:
        served = self.served()
        there = served and served in self.releases()  # somebody may have deleted it
        return self._disk.walk(f"{RELEASES}/{served}") if there else iter(())

    def sums(self, path: str) -> FileSum | None:
        return self._disk.sums(f"{CURRENT}/{path}")

    def strangers(self, ledger: Ledger) -> list[str]:
        top = [name for name in self._disk.names("") if name not in (CURRENT, RELEASES) and not name.startswith(".")]
        releases = self._disk.names(RELEASES)
        below = [name for name in releases if not (_RELEASE.fullmatch(name) or name[0] == ".")]
        ours = {*ledger.files, *ADDED}  # a ledger that is broken does not say what is ours
        served = "" if ledger.faults else self.served()
        there = served and served in releases  # somebody may have deleted it
        inside = self._disk.others(f"{RELEASES}/{served}", ours) if there else []
        return [*top, *(f"{RELEASES}/{name}" for name in below), *inside]

    def unfinished(self) -> bool:
        return False  # what is interrupted is not public

    def publish(self, plan: Plan, advance: Advance) -> list[Message]:
        disk, kept = self._disk, self.releases()
        draft, before = f"{RELEASES}/{disk.draft()}", f"{RELEASES}/{plan.before}" if plan.before else ""
        oldest = kept[0] if len(kept) >= max(2, self._keep) else ""  # it has to go: it becomes the new one
        with self._undone(draft):
            disk.remove(draft)
            old = oldest if oldest and disk.withdraw(f"{RELEASES}/{oldest}", draft) else ""
            if not old:
                disk.begin(draft)
        with self._undone(draft, old, whole=True):
            pieces = sort_out(disk, plan, draft, before, plan.history(old) if old else None)
        with self._undone(draft, old):
            assemble(disk, plan, draft, before, pieces, advance)
            disk.write_all(draft, plan.added)
            flushed = disk.flush(draft, [*pieces.changed, *plan.added])
        try:
            with no_return():
                one_step = disk.switch(draft, f"{RELEASES}/{plan.release}", before)
        except UserError as error:
            raise _without(error, old) from None
        self._prune([name for name in kept if name not in (old, plan.release)])
        return [*pieces.notes, *_shortcomings(one_step, flushed)]

    @contextmanager
    def _undone(self, draft: str, old: str = "", whole: bool = False) -> Iterator[None]:
        """Deletes a release that could not be put together: a full disk would stay full, for the web server too. The
        kept release `old` that the draft was made of gets its name back while it is `whole`."""
        try:
            yield
        except Unreachable as error:
            raise _without(error, old) from None
        except (OSError, UserError) as error:
            back = False
            with suppress(OSError, UserError):
                back = whole and old != "" and self._disk.withdraw(draft, f"{RELEASES}/{old}")
                if not back:
                    self._disk.remove(draft)
            said = untouched(error) if isinstance(error, OSError) else error
            raise _without(said, "" if back else old) from None

    def read_kept(self, release: str, path: str) -> bytes | None:
        return self._disk.read(f"{RELEASES}/{release}/{path}")

    def releases(self) -> list[str]:
        return [name for name in self._disk.names(RELEASES) if _RELEASE.fullmatch(name)]

    def rollback(self, release: str, carried: Sequence[str], added: Mapping[str, bytes]) -> list[Message]:
        disk, kept = self._disk, self.releases()
        if release not in kept:
            raise no_release(release, kept)
        before = self.served()
        for path in carried:
            disk.link(f"{RELEASES}/{before}/{path}", f"{RELEASES}/{release}/{path}")
        disk.write_all(f"{RELEASES}/{release}", added)
        flushed = disk.flush(f"{RELEASES}/{release}", [*carried, *added])
        with no_return():
            one_step = disk.switch("", f"{RELEASES}/{release}", f"{RELEASES}/{before}")
        return _shortcomings(one_step, flushed)

    def close(self) -> None:
        self._disk.close()

    def _prune(self, others: Sequence[str]) -> None:
        """Deletes the oldest releases beside the public one that are too many, and never one that is public by now."""
        hidden = f"{RELEASES}/{self._disk.draft()}"
        for name in others[: max(0, len(others) - self._keep + 1)]:
            if self._disk.withdraw(f"{RELEASES}/{name}", hidden):
                self._disk.remove(hidden)


def _without(error: UserError, old: str) -> UserError:
    """Says beside what failed that the kept release `old` is gone by it; "": none is."""
    said = Message(
        f"{error.message.zh}；保留的旧版本少了一个：{old} 正要改成新版本，不能再换回它",
        f"{error.message.en}; one kept release fewer: {old} was being made the new one, there is no going back to it",
    )
    return type(error)(said) if old else error


def _shortcomings(one_step: bool, flushed: bool) -> list[Message]:
    """What a switch could not promise."""
    return [*([] if one_step else [NOT_ONE_STEP]), *([] if flushed else [NOT_FLUSHED])]
