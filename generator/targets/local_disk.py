"""A folder of this computer, or of a server that is mounted here, as a target."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from generator.collection.file_lock import wait_for_lock
from generator.collection.safe_files import write_bytes, write_whole
from generator.finding import Message, UserError
from generator.ledger.chain import ROLLBACK
from generator.ledger.sums import ADDED, LEDGER, FileSum, Stamp, list_files, stamp_of, sum_file
from generator.pipeline.flush import flush
from generator.pipeline.many_files import MANY, Look, changed_folders, looking_below, others, others_in
from generator.pipeline.many_files import folders_of as folders_with
from generator.targets.disk import Fitting
from generator.targets.pointer import CURRENT, RELEASES
from generator.targets.server_tools import folders_of
from generator.targets.target import Advance, changed_meanwhile

_LOCK = ".nianbao-lock"
_PIECE = 1 << 20
_SHARES = 4
_FEW = 1000  # files, up to which each is looked at; for more the whole tree is listed


class LocalDisk:
    """The folder is made when something is first published; `draft` names what is not public yet."""

    def __init__(self, root: Path, draft: str) -> None:
        self._root, self._draft = root, draft

    def read(self, path: str, known: bytes = b"") -> bytes | None:
        try:
            return (self._root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def read_all(self, folder: str, paths: Sequence[str]) -> dict[str, bytes | None]:
        return {path: self.read(f"{folder}/{path}") for path in paths}

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(os.listdir(self._root / folder))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def walk(self, folder: str) -> Iterator[str]:
        return iter(sorted(path for path, _ in list_files(self._root / folder)))

    def sums(self, path: str) -> FileSum | None:
        try:
            return sum_file(self._root / path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def pointer(self) -> str:
        place = self._root / CURRENT
        if place.is_symlink():
            return os.readlink(place).replace(os.sep, "/").rstrip("/")
        if place.exists():
            raise UserError(
                Message(
                    f"“{place}”不是 nianbao 的指针（不是符号链接）：请移走它，或换一个空文件夹",
                    f"“{place}” is not nianbao's pointer (no symbolic link): move it away or name an empty folder",
                )
            )
        return ""

    def listing(self, folder: str, only: Sequence[str] | None = None) -> dict[str, Stamp]:
        if folder and only is not None and len(only) < _FEW:
            return dict(self._stamps(folder, only))
        listed = list_files(self._root / folder) if folder else ()
        return {path: _stamp(item.stat(follow_symlinks=False)) for path, item in listed}

    def _stamps(self, folder: str, paths: Sequence[str]) -> Iterator[tuple[str, Stamp]]:
        for path in paths:
            with suppress(FileNotFoundError, NotADirectoryError):
                yield path, _stamp(os.lstat(self._root / folder / path))

    def others(self, folder: str, known: Collection[str]) -> list[str]:
        return others(self._root / folder, known, self._made(folder))

    def _made(self, folder: str) -> int:
        """When a release was put together: its ledger is written last. 0, since ever, where it was rolled back to: the
        ledger was written anew then, and what was changed before would not be seen."""
        place = self._root / folder / LEDGER
        try:
            made, last = os.lstat(place).st_mtime_ns, place.read_bytes().rstrip().rpartition(b"\n")[2]
        except FileNotFoundError:
            return 0
        return 0 if b'"kind":"%s"' % ROLLBACK.encode() in last else made

    def fit(
        self, folder: str, held: Collection[str], wanted: Sequence[str], lines: Mapping[str, str], turn: int = 0
    ) -> Fitting:
        """Of many files only those are looked at whose folders changed since the release was put together, and a share
        of the others, which turns from release to release; where one of them was written into since, all are."""
        place, folders, made = self._root / folder, folders_with(held), self._made(folder)
        with looking_below(place) as look:
            changed = changed_folders(look, folders, made)
            some = self._share(wanted, folders, changed, turn) if len(wanted) >= MANY else wanted
            fitting = _fitting(look, some, lines)
            if len(some) < len(wanted):
                unfit = {*some} - fitting
                harmed = any(not _older(look, path, made) for path in unfit)
                fitting = _fitting(look, wanted, lines) if harmed else {*wanted} - unfit
        left = sorted({*held} - fitting)
        there = [path for path in left if _is_there(place / path)]
        return fitting, [*there, *others_in(place, held, folders, changed)]

    def _share(self, paths: Sequence[str], folders: Collection[str], changed: Collection[str], turn: int) -> list[str]:
        """The files in folders that changed, and in one of _SHARES of the others: each is among them once in so many
        publications."""
        near = {*changed, *(name for name in folders if crc32(os.fsencode(name)) % _SHARES == turn % _SHARES)}
        return [path for path in paths if path.rpartition("/")[0] in near]

    def hashes(self, folder: str, paths: Sequence[str]) -> dict[str, str]:
        return {path: sum_file(self._root / folder / path).sha256 for path in paths}

    def begin(self, folder: str) -> None:
        self.remove(folder)
        os.makedirs(self._root / folder)

    def link_all(self, old: str, new: str, paths: Sequence[str]) -> None:
        source, draft, made = str(self._root / old), str(self._root / new), set[str]()
        for path in paths:
            _link(f"{source}/{path}", _place(draft, path, made))

    def bring(self, source: Path, folder: str, paths: Sequence[str], advance: Advance) -> None:
        draft, made = str(self._root / folder), set[str]()
        for path in paths:
            advance(_copy(f"{source}/{path}", _place(draft, path, made)))

    def delete(self, folder: str, paths: Sequence[str]) -> None:
        place = self._root / folder
        for path in paths:
            (place / path).unlink(missing_ok=True)
        for inner in folders_of(paths):
            with suppress(OSError):  # not empty
                (place / inner).rmdir()

    def withdraw(self, folder: str, hidden: str) -> bool:
        with open(self._root / _LOCK, "ab") as file:
            wait_for_lock(file)
            if self.pointer() == folder or not (self._root / folder).is_dir():
                return False
            os.rename(self._root / folder, self._root / hidden)
        return True

    def link(self, old: str, new: str) -> None:
        target = self._root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            _link(str(self._root / old), str(target))

    def write_all(self, folder: str, files: Mapping[str, bytes]) -> None:
        place = self._root / folder
        place.mkdir(parents=True, exist_ok=True)
        for path in ADDED:
            (place / path).unlink(missing_ok=True)
        for path, data in files.items():
            write_bytes(place / path, data)

    def flush(self, folder: str, paths: Sequence[str]) -> bool:
        place = self._root / folder
        flush([f"{place}/{path}" for path in (*paths, *folders_of(paths), ".")])
        return True

    def remove(self, folder: str) -> None:
        try:
            shutil.rmtree(self._root / folder)
        except FileNotFoundError:
            return
        except OSError as error:  # it names the last part of a path alone
            raise OSError(error.errno, error.strerror, str(self._root / folder)) from error

    def switch(self, draft: str, new: str, before: str) -> bool:
        with open(self._root / _LOCK, "ab") as file:
            wait_for_lock(file)
            if self.pointer() != before or not (self._root / (draft or new)).is_dir():
                if draft:
                    self.remove(draft)
                raise changed_meanwhile()
            if draft:
                self.remove(new)  # one that a killed publisher left, never public
                os.rename(self._root / draft, self._root / new)
                flush([self._root / RELEASES])
            self._point(new)
        return True

    def _point(self, to: str) -> None:
        draft = self._root / f".{CURRENT}.{self._draft.strip('.')}"
        draft.unlink(missing_ok=True)
        os.symlink(to, draft, target_is_directory=True)
        os.replace(draft, self._root / CURRENT)
        flush([self._root])

    def draft(self) -> str:
        return self._draft

    def close(self) -> None:
        """Nothing is open."""


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size if stat.S_ISREG(status.st_mode) else -1, status.st_mtime_ns // 1_000_000_000)


def _fitting(look: Look, paths: Sequence[str], lines: Mapping[str, str]) -> set[str]:
    """Those of the files that are of the time and size in their lines; by times to the second, where those are kept."""
    fitting = set[str]()
    for path in paths:
        try:
            status = look(path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        line = lines.get(path, "")
        same = line == f"{status.st_mtime_ns} {status.st_size} {path}" and stat.S_ISREG(status.st_mode)
        if same or (line and _stamp(status) == stamp_of(line)):
            fitting.add(path)
    return fitting


def _older(look: Look, path: str, time_ns: int) -> bool:
    try:
        return look(path).st_mtime_ns < time_ns
    except (FileNotFoundError, NotADirectoryError):
        return False


def _is_there(path: Path) -> bool:
    return os.path.lexists(path) and (path.is_symlink() or not path.is_dir())


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except (FileNotFoundError, FileExistsError):
        raise
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _copy(source: str, target: str) -> int:
    """Copies a file with its time, readable for all: the web server runs as somebody else. Returns its size."""
    if os.path.lexists(target):  # perhaps shared with other releases: not to be written into
        os.unlink(target)
    with open(source, "rb", buffering=0) as old, open(target, "xb", buffering=0) as new:
        while piece := old.read(_PIECE):
            write_whole(new, piece, target)
        status = os.fstat(old.fileno())
    os.chmod(target, stat.S_IMODE(status.st_mode) | 0o444)
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
    return status.st_size


def _place(root: str, path: str, made: set[str]) -> str:
    target = f"{root}/{path}"
    folder = target.rpartition("/")[0]
    if folder not in made:
        os.makedirs(folder, exist_ok=True)
        made.add(folder)
    return target
