"""Makes the output folder equal to a set of files, all at once or not at all.

Everything is staged beside the output; a file equal to the old one is hard-linked, so only changed files are
written. Then the two folders change places in one step, and the old one is deleted.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from generator.diagnostic import Text

_STATE = ".nianbao"
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})


class OutputError(Exception):
    """The output folder could not be made; the old one stands as it was."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Summary(NamedTuple):
    """How many files were written, kept, and removed as stale."""

    written: int
    unchanged: int
    removed: int


def safe_path(path: str) -> str:
    """The path itself when it stays inside the output on every system; ValueError otherwise."""
    parts = path.split("/")
    wrong = any(
        part in ("", ".", "..") or part.split(".")[0].lower() in _RESERVED or any(c in '\\:*?"<>|\0' for c in part)
        for part in parts
    )
    if wrong or any(part[-1] in " ." for part in parts):
        raise ValueError(f"not a safe path: {path!r}")
    return path


class Hand:
    """Writes into the stage; picklable, so that worker processes can hold one each."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self._made: set[str] = set()

    def put(self, path: str, data: bytes) -> bool:
        """Stage one file. True when it differs from the one published before."""
        target = self._target(path)
        old = f"{self.old}/{path}"
        if _same(old, data):
            try:
                os.link(old, target)
            except OSError:
                shutil.copy2(old, target)
            return False
        with open(target, "xb") as file:
            file.write(data)
        return True

    def append(self, path: str, data: bytes) -> None:
        """Write a part file, to be joined later; parts never reach the output."""
        with open(self._target(f"{_STATE}/{path}"), "wb") as file:
            file.write(data)

    def join(self, path: str, parts: Sequence[str]) -> None:
        """Concatenate part files into one staged file, without passing through memory."""
        with open(self._target(path), "xb") as out:
            for part in parts:
                name = f"{self.new}/{_STATE}/{part}"
                with open(name, "rb") as file:
                    _copy(file, out)
                os.unlink(name)
        old = f"{self.old}/{path}"
        target = f"{self.new}/{path}"
        if os.path.isfile(old) and filecmp.cmp(old, target, shallow=False):
            os.unlink(target)
            os.link(old, target)

    def _target(self, path: str) -> str:
        target = f"{self.new}/{safe_path(path)}"
        folder = target.rpartition("/")[0]
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        return target


def _same(old: str, data: bytes) -> bool:
    try:
        descriptor = os.open(old, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return False
    with os.fdopen(descriptor, "rb") as file:
        return os.fstat(descriptor).st_size == len(data) and file.read() == data


def _copy(source: IO[bytes], out: IO[bytes]) -> None:
    out.flush()
    if hasattr(os, "sendfile"):
        offset, size = 0, os.fstat(source.fileno()).st_size
        while offset < size:
            offset += os.sendfile(out.fileno(), source.fileno(), offset, size - offset)
        out.seek(0, os.SEEK_END)
    else:  # pragma: no cover - Windows
        shutil.copyfileobj(source, out)


class Stage:
    """`with Stage(output) as stage: stage.put(…); stage.commit(b"")`. Leaving without commit changes nothing."""

    def __init__(self, output: Path) -> None:
        self.output = Path(os.path.realpath(output))
        name = self.output.name
        self.new = self.output.with_name(f".{name}.nianbao-new")
        self.old = self.output.with_name(f".{name}.nianbao-old")
        self.lock = self.output.with_name(f".{name}.nianbao-lock")
        self._claimed: dict[str, str] = {}

    def __enter__(self) -> Stage:
        self.output.parent.mkdir(parents=True, exist_ok=True)
        self._locked = open(self.lock, "ab")
        if not _try_lock(self._locked):
            self._locked.close()
            raise OutputError(Text(
                f"另一个 nianbao 正在生成“{self.output}”，请稍后再试", f"another nianbao is building “{self.output}”; try again later"
            ))  # fmt: skip
        try:
            self._recover()
            self._refuse_foreign()
            (self.new / _STATE).mkdir(parents=True)
        except BaseException:
            self._locked.close()
            raise
        self._hand = Hand(str(self.output), str(self.new))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        shutil.rmtree(self.new, ignore_errors=True)
        self._locked.close()
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutputError(Text("磁盘已满：旧栏目未动", "the disk is full; the old section stands untouched")) from error

    def hand(self) -> Hand:
        return self._hand

    def put(self, path: str, data: bytes) -> bool:
        return self._hand.put(path, data)

    def claim(self, paths: Iterable[str]) -> None:
        """Note what was staged; the same path twice, also by letter case alone, is an error."""
        for path in paths:
            other = self._claimed.setdefault(path.lower(), path)
            if other is not path:
                raise OutputError(Text(f"两个页面都要写“{path}”", f"two pages want the path “{path}”"))

    def commit(self, state: bytes) -> Summary:
        """Put the stage in place of the output."""
        summary = self._count()
        (self.new / _STATE / "state").write_bytes(state)
        if self.output.exists():
            self._carry_over()
            _exchange(self.new, self.output, self.old)
            shutil.rmtree(self.new, ignore_errors=True)
            shutil.rmtree(self.old, ignore_errors=True)
        else:
            os.rename(self.new, self.output)
        return summary

    def _recover(self) -> None:
        """Finish or undo what a killed run left."""
        if self.old.exists() and not self.output.exists():
            os.rename(self.old, self.output)
        shutil.rmtree(self.new, ignore_errors=True)
        shutil.rmtree(self.old, ignore_errors=True)

    def _refuse_foreign(self) -> None:
        if not self.output.exists():
            return
        foreign = self.output.is_file() or any(not name.startswith(".") for name in os.listdir(self.output))
        if foreign and not (self.output / _STATE / "state").is_file():
            raise OutputError(Text(
                f"“{self.output}”里有不是 nianbao 生成的文件；请换一个空文件夹", f"“{self.output}” holds files nianbao did not make; name an empty folder"
            ))  # fmt: skip

    def _carry_over(self) -> None:
        """Dot files at the top (.gitignore, .htaccess) belong to the user and stay."""
        for name in os.listdir(self.output):
            if name.startswith(".") and name != _STATE:
                source, target = self.output / name, self.new / name
                if source.is_dir():
                    shutil.copytree(source, target, symlinks=True)
                else:
                    shutil.copy2(source, target, follow_symlinks=False)

    def _count(self) -> Summary:
        """From the claimed paths: a staged file that shares its inode with the old one was not written."""
        unchanged = 0
        for path in self._claimed.values():
            try:
                unchanged += os.path.samefile(self.new / path, self.output / path)
            except OSError:
                continue
        before = 0
        for folder, subfolders, names in os.walk(self.output):
            if Path(folder) == self.output:
                subfolders[:] = [name for name in subfolders if not name.startswith(".")]
                before += sum(not name.startswith(".") for name in names)
            else:
                before += len(names)
        kept = sum((self.output / path).is_file() for path in self._claimed.values())
        return Summary(len(self._claimed) - unchanged, unchanged, max(0, before - kept))


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":  # pragma: no cover
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _exchange(new: Path, output: Path, old: Path) -> None:
    """Swap two folders in one step where the system can; else two renames, mended by the next run if killed."""
    if sys.platform.startswith("linux") and _renameat2(new, output):
        return
    os.rename(output, old)
    try:
        os.rename(new, output)
    except OSError:
        os.rename(old, output)
        raise


def _renameat2(first: Path, second: Path) -> bool:
    exchange, here = 2, -100
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    return bool(call(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0)
