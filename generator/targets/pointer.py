"""Targets where releases lie side by side and a pointer says which one is public: `releases/<id>/` and `current`.

A release is put together under a hidden name, then renamed, then the pointer is replaced by one rename. Whatever is
interrupted before that changes nothing that is public.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from generator.finding import Message
from generator.ledger.sums import FileSum
from generator.targets.target import Advance, Plan, changed_meanwhile, no_release

CURRENT, RELEASES = "current", "releases"
_RELEASE = re.compile(r"\d{6}-\d{8}T\d{6}Z-[0-9a-f]{8}")
NOT_ONE_STEP = Message(
    "目标不能一步替换指针：换的一瞬间可能有访客看到“找不到”",
    "the target cannot replace the pointer in one step: for a moment visitors may find nothing",
)


class Disk(Protocol):
    """A folder here or on a server, with paths relative to it."""

    def read(self, path: str) -> bytes | None: ...

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

    def write(self, path: str, data: bytes) -> None:
        """Writes a file whole or not at all."""

    def rename(self, old: str, new: str) -> None: ...

    def remove(self, folder: str) -> None:
        """Deletes a folder with all it holds; nothing where there is none."""

    def point(self, to: str) -> bool:
        """Lets `current` lead elsewhere; False where that took more than one step."""

    def alone(self) -> AbstractContextManager[None]:
        """Keeps other publishers out for as long as the pointer is being replaced."""

    def draft(self) -> str:
        """A hidden name under `releases/` that only this computer and content folder uses."""

    def close(self) -> None: ...


class PointerTarget:
    """Publishes by a pointer; `keep` releases stay, the public one among them."""

    def __init__(self, disk: Disk, keep: int) -> None:
        self._disk, self._keep = disk, keep

    def read(self, path: str) -> bytes | None:
        return self._disk.read(f"{CURRENT}/{path}")

    def served(self) -> str:
        return self._disk.pointer().removeprefix(f"{RELEASES}/")

    def paths(self) -> Iterator[str]:
        served = self.served()
        return self._disk.walk(f"{RELEASES}/{served}") if served else iter(())

    def sums(self, path: str) -> FileSum | None:
        return self._disk.sums(f"{CURRENT}/{path}")

    def strangers(self) -> list[str]:
        top = [name for name in self._disk.names("") if name not in (CURRENT, RELEASES) and not name.startswith(".")]
        below = [name for name in self._disk.names(RELEASES) if not (_RELEASE.fullmatch(name) or name[0] == ".")]
        return [*top, *(f"{RELEASES}/{name}" for name in below)]

    def unfinished(self) -> bool:
        return False  # what is interrupted is not public

    def publish(self, plan: Plan, advance: Advance) -> list[Message]:
        disk = self._disk
        draft = f"{RELEASES}/{disk.draft()}"
        disk.remove(draft)
        disk.assemble(draft, f"{RELEASES}/{plan.before}" if plan.before else "", plan, advance)
        for path, data in plan.added.items():
            disk.write(f"{draft}/{path}", data)
        with disk.alone():
            if self.served() != plan.before:
                disk.remove(draft)
                raise changed_meanwhile()
            new = f"{RELEASES}/{plan.release}"
            disk.remove(new)  # one that a killed publisher left, never public
            disk.rename(draft, new)
            one_step = disk.point(new)
        self._prune()
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
        with disk.alone():
            if self.served() != before:
                raise changed_meanwhile()
            for path, data in added.items():
                disk.write(f"{RELEASES}/{release}/{path}", data)
            one_step = disk.point(f"{RELEASES}/{release}")
        return [] if one_step else [NOT_ONE_STEP]

    def close(self) -> None:
        self._disk.close()

    def _prune(self) -> None:
        """Deletes the oldest releases beyond those kept, and never the public one."""
        served = self.served()
        others = [name for name in self.releases() if name != served]
        for name in others[: max(0, len(others) - self._keep + 1)]:
            self._disk.remove(f"{RELEASES}/{name}")
