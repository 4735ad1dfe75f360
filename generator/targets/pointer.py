"""Targets where releases lie side by side and a pointer says which one is public: `releases/<id>/` and `current`.

A release is put together under a hidden name, then renamed, then the pointer is replaced by one rename. Whatever is
interrupted before that changes nothing that is public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from generator.finding import Message
from generator.ledger.chain import Ledger
from generator.ledger.sums import ADDED, FileSum
from generator.targets.target import Advance, Plan, no_release

CURRENT, RELEASES = "current", "releases"
_RELEASE = re.compile(r"\d{6}-\d{8}T\d{6}Z-[0-9a-f]{8}")
NOT_ONE_STEP = Message(
    "目标不能一步替换指针：换的一瞬间可能有访客看到“找不到”",
    "the target cannot replace the pointer in one step: for a moment visitors may find nothing",
)


class Disk(Protocol):
    """A folder here or on a server, with paths relative to it."""

    def read(self, path: str) -> bytes | None: ...

    def read_all(self, folder: str, paths: Sequence[str]) -> dict[str, bytes | None]:
        """Reads many files of a folder, by path."""

    def names(self, folder: str) -> list[str]:
        """Lists a folder in order; empty where there is none."""

    def walk(self, folder: str) -> Iterator[str]:
        """Lists every file below a folder, relative to it, in order."""

    def sums(self, path: str) -> FileSum | None: ...

    def pointer(self) -> str:
        """Where `current` leads, relative; "" where there is none. Raises UserError where it is no link."""

    def assemble(self, folder: str, base: str, plan: Plan, advance: Advance) -> None:
        """Makes a release: kept files linked or copied from the folder `base`, changed ones brought over."""

    def link(self, old: str, new: str) -> None:
        """Makes a file available under a second path."""

    def write_all(self, folder: str, files: Mapping[str, bytes]) -> None:
        """Writes small files into a folder that is not public."""

    def remove(self, folder: str) -> None:
        """Deletes a folder with all it holds; nothing where there is none."""

    def switch(self, draft: str, new: str, before: str) -> bool:
        """Lets `current` lead to `new` while no other publisher does the same; first gives the folder `draft`, where
        named, that name.

        False where the pointer took more than one step. Raises UserError where `current` no longer leads to `before`:
        then nothing is changed, and `draft` is deleted."""

    def draft(self) -> str:
        """A hidden name under `releases/` that only this computer and content folder uses."""

    def close(self) -> None: ...


class PointerTarget:
    """Publishes by a pointer; `keep` releases stay, the public one among them."""

    def __init__(self, disk: Disk, keep: int) -> None:
        self._disk, self._keep = disk, keep

    def read(self, path: str) -> bytes | None:
        return self._disk.read(f"{CURRENT}/{path}")

    def read_all(self, paths: Sequence[str]) -> dict[str, bytes | None]:
        return self._disk.read_all(CURRENT, paths) if paths else {}

    def served(self) -> str:
        return self._disk.pointer().removeprefix(f"{RELEASES}/")

    def paths(self) -> Iterator[str]:
        served = self.served()
        return self._disk.walk(f"{RELEASES}/{served}") if served else iter(())

    def sums(self, path: str) -> FileSum | None:
        return self._disk.sums(f"{CURRENT}/{path}")

    def strangers(self, ledger: Ledger) -> list[str]:
        top = [name for name in self._disk.names("") if name not in (CURRENT, RELEASES) and not name.startswith(".")]
        below = [name for name in self._disk.names(RELEASES) if not (_RELEASE.fullmatch(name) or name[0] == ".")]
        ours = {*ledger.files, *ADDED}  # a ledger that is broken does not say what is ours
        inside = [] if ledger.faults else [path for path in self.paths() if path not in ours]
        return [*top, *(f"{RELEASES}/{name}" for name in below), *inside]

    def unfinished(self) -> bool:
        return False  # what is interrupted is not public

    def publish(self, plan: Plan, advance: Advance) -> list[Message]:
        disk = self._disk
        draft, before = f"{RELEASES}/{disk.draft()}", f"{RELEASES}/{plan.before}" if plan.before else ""
        disk.remove(draft)
        disk.assemble(draft, before, plan, advance)
        disk.write_all(draft, plan.added)
        one_step = disk.switch(draft, f"{RELEASES}/{plan.release}", before)
        self._prune(plan.release)
        return [] if one_step else [NOT_ONE_STEP]

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
        one_step = disk.switch("", f"{RELEASES}/{release}", f"{RELEASES}/{before}")
        return [] if one_step else [NOT_ONE_STEP]

    def close(self) -> None:
        self._disk.close()

    def _prune(self, served: str) -> None:
        """Deletes the oldest releases beyond those kept, and never the public one."""
        others = [name for name in self.releases() if name != served]
        for name in others[: max(0, len(others) - self._keep + 1)]:
            self._disk.remove(f"{RELEASES}/{name}")
