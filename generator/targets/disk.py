"""Says what a folder must be able to do, here or on a server, to hold releases side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from generator.ledger.sums import FileSum, Stamp
from generator.targets.target import Advance

# The files of a folder that are as they should be, and its others.
Fitting = tuple[set[str], list[str]]


class Disk(Protocol):
    """A folder here or on a server, with paths relative to it."""

    def read(self, path: str, known: bytes = b"") -> bytes | None: ...

    def read_all(self, folder: str, paths: Sequence[str]) -> dict[str, bytes | None]:
        """Reads many files of a folder, by path."""

    def names(self, folder: str) -> list[str]:
        """Lists a folder in order; empty where there is none."""

    def walk(self, folder: str) -> Iterator[str]:
        """Lists every file below a folder, relative to it, in order."""

    def sums(self, path: str) -> FileSum | None: ...

    def pointer(self) -> str:
        """Where `current` leads, relative; "" where there is none. Raises UserError where it is no link."""

    def listing(self, folder: str, only: Sequence[str] | None = None) -> dict[str, Stamp]:
        """Stamps every file below a folder, by path relative to it; with `only`, those must be among them, and others
        may be left out."""

    def others(self, folder: str, known: Collection[str]) -> list[str]:
        """Lists the files below a release that are not among those known, as far as its folders say that something
        came since it was put together."""

    def fit(
        self, folder: str, held: Collection[str], wanted: Sequence[str], lines: Mapping[str, str], turn: int = 0
    ) -> Fitting:
        """Sorts the files of a release, which by the ledger holds `held`: those of the `wanted` that are of the size
        and time in their `lines`, `mtime_ns size path`, and all others. `turn` counts publications, for a disk
        that does not look at all files every time."""

    def hashes(self, folder: str, paths: Sequence[str]) -> dict[str, str]:
        """The SHA-256 of files, by path; those are left out which the place itself cannot tell."""

    def begin(self, folder: str) -> None:
        """Makes an empty folder, whatever was there before."""

    def link_all(self, old: str, new: str, paths: Sequence[str]) -> None:
        """Makes files of the folder `old` available in `new` too, without their bytes being brought over."""

    def bring(self, source: Path, folder: str, paths: Sequence[str], advance: Advance) -> None:
        """Brings files of a folder of this computer over, with their times. A file that is there is replaced, not
        written into: other releases may have it in common."""

    def delete(self, folder: str, paths: Sequence[str]) -> None:
        """Deletes files of a folder, and folders in it that are empty then."""

    def withdraw(self, folder: str, hidden: str) -> bool:
        """Gives a release a hidden name while no other publisher switches. False, and nothing done, where `current`
        leads to it, or it is gone."""

    def link(self, old: str, new: str) -> None:
        """Makes a file available under a second path."""

    def write_all(self, folder: str, files: Mapping[str, bytes]) -> None:
        """Writes what is published beside the section (ADDED) into a folder that is not public, as `bring` does; of
        these names, those without a file go."""

    def flush(self, folder: str, paths: Sequence[str]) -> bool:
        """Has the server write what was changed at these paths of a folder to its disk, before the folder becomes
        public; False where it cannot be asked to."""

    def remove(self, folder: str) -> None:
        """Deletes a folder with all it holds; nothing where there is none."""

    def switch(self, draft: str, new: str, before: str) -> bool:
        """Lets `current` lead to `new` while no other publisher does the same; first gives the folder `draft`, where
        named, that name.

        False where the pointer took more than one step. Raises UserError where `current` no longer leads to `before` or
        `new` is not there: then nothing is changed, and `draft` is deleted."""

    def draft(self) -> str:
        """A hidden name under `releases/` that only this computer and content folder uses."""

    def close(self) -> None: ...
