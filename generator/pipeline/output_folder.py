"""Makes the output folder equal to a set of files, all at once or not at all.

Everything is staged beside the output; a file equal to the old one is hard-linked, so only changed files are
written. Then the two folders change places in one step, and the old one is deleted.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from generator.collection.safe_files import safe_path
from generator.finding import Message, UserError
from generator.pipeline.record import STATE, BuildRecord, load_state
from generator.pipeline.request import FileCounts


def apart(output: Path, content: Path) -> None:
    """Refuse, before anything is touched, folders of which one lies in the other: replacing one would harm the other."""
    made, read = Path(os.path.realpath(output)), Path(os.path.realpath(content))
    if made.is_relative_to(read) or read.is_relative_to(made):
        raise UserError(
            Message(
                f"输出文件夹“{output}”和内容文件夹“{content}”不能一个在另一个里面",
                f"output “{output}” and content “{content}” may not lie one in the other",
            )
        )


class Staged(NamedTuple):
    """What a writer staged: `mtime size path` lines, and how many files were really written."""

    lines: list[str]
    written: int


class StageWriter:
    """Writes into the stage; picklable, so that worker processes can hold one each.

    `old` is the folder published before, empty where there is none.
    """

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self._made: set[str] = set()
        self._lines: list[str] = []
        self._written = 0

    def put(self, path: str, data: bytes) -> None:
        """Stage one file: a link to the one published before where that is equal, else a new file."""
        target = self._target(path)
        if self.old and _same(f"{self.old}/{path}", data):
            self._keep(path, target)
            return
        with open(target, "xb", buffering=0) as file:
            file.write(data)
            status = os.fstat(file.fileno())
        self._note(path, status)
        self._written += 1

    def take(self) -> Staged:
        """What was staged since the last call."""
        staged = Staged(self._lines, self._written)
        self._lines, self._written = [], 0
        return staged

    def _keep(self, path: str, target: str) -> None:
        old = f"{self.old}/{path}"
        try:
            os.link(old, target)
        except OSError:
            shutil.copy2(old, target)
        self._note(path, os.stat(target))

    def _note(self, path: str, status: os.stat_result) -> None:
        self._lines.append(f"{status.st_mtime_ns} {status.st_size} {path}")

    def append(self, path: str, data: bytes) -> None:
        """Write a part file, to be joined later; parts never reach the output."""
        with open(self._target(f"{STATE}/{path}"), "wb") as file:
            file.write(data)

    def join(self, path: str, parts: Sequence[str]) -> None:
        """Concatenate part files into one staged file, without passing through memory."""
        with open(self._target(path), "xb") as out:
            for part in parts:
                name = f"{self.new}/{STATE}/{part}"
                with open(name, "rb") as file:
                    _copy(file, out)
                os.unlink(name)
        old, target = f"{self.old}/{path}", f"{self.new}/{path}"
        if self.old and os.path.isfile(old) and filecmp.cmp(old, target, shallow=False):
            os.unlink(target)
            self._keep(path, target)
            return
        self._note(path, os.stat(target))
        self._written += 1

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
    """`with Stage(output) as stage: stage.put(…); stage.commit(…)`. Leaving without commit changes nothing."""

    def __init__(self, output: Path) -> None:
        self.output = Path(os.path.realpath(output))
        name = self.output.name
        self.new = self.output.with_name(f".{name}.nianbao-new")
        self.old = self.output.with_name(f".{name}.nianbao-old")
        self.lock = self.output.with_name(f".{name}.nianbao-lock")
        self._claimed: set[str] = set()
        self._lines: list[str] = []
        self._written = 0

    def __enter__(self) -> Stage:
        self.output.parent.mkdir(parents=True, exist_ok=True)
        self._locked = open(self.lock, "ab")
        if not _try_lock(self._locked):
            self._locked.close()
            raise UserError(
                Message(
                    f"另一个 nianbao 正在生成“{self.output}”，请稍后再试",
                    f"another nianbao is building “{self.output}”; try again later",
                )
            )
        try:
            self._recover()
            self._refuse_foreign()
            (self.new / STATE).mkdir(parents=True)
        except BaseException:
            self._locked.close()
            raise
        self._before = load_state(self.output)
        self._writer = StageWriter(str(self.output) if self.output.exists() else "", str(self.new))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.new, ignore_errors=True)
        self._locked.close()
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UserError(
                Message("磁盘已满：旧栏目未动", "the disk is full; the old section stands untouched")
            ) from error

    def writer(self) -> StageWriter:
        return self._writer

    def put(self, path: str, data: bytes) -> None:
        self._writer.put(path, data)

    def claim(self, staged: Staged) -> None:
        """Take over what a writer staged; the same path twice, also by letter case alone, is an error."""
        for line in staged.lines:
            path = line.split(" ", 2)[2]
            if path.lower() in self._claimed:
                raise UserError(Message(f"两个页面都要写“{path}”", f"two pages want the path “{path}”"))
            self._claimed.add(path.lower())
        self._lines += staged.lines
        self._written += staged.written

    def commit(self, salt: str, inputs: Sequence[str], report: str) -> FileCounts:
        """Put the stage in place of the output, with the proof by which `still_true` knows it again."""
        self.claim(self._writer.take())
        kept = {line.split(" ", 2)[2] for line in self._lines}
        before = self._before.outputs if self._before else []
        removed = sum(line.split(" ", 2)[2] not in kept for line in before)
        (self.new / STATE / "state").write_bytes(BuildRecord(salt, list(inputs), self._lines, report).to_bytes())
        if self.output.exists():
            self._carry_over()
            _exchange(self.new, self.output, self.old)
            shutil.rmtree(self.new, ignore_errors=True)
            shutil.rmtree(self.old, ignore_errors=True)
        else:
            os.rename(self.new, self.output)
        return FileCounts(self._written, len(self._lines) - self._written, removed)

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
        if foreign and not (self.output / STATE / "state").is_file():
            raise UserError(
                Message(
                    f"“{self.output}”里有不是 nianbao 生成的文件；请换一个空文件夹",
                    f"“{self.output}” holds files nianbao did not make; name an empty folder",
                )
            )

    def _carry_over(self) -> None:
        """What no build made (.gitignore, web.config, a file laid there by hand) belongs to the user and stays.

        Earlier versions of a hashed asset are known by their names: the record of what an older program made may not be readable.
        """
        ours = {line.split(" ", 2)[2] for line in (*(self._before.outputs if self._before else ()), *self._lines)}
        hashed = {_HASH.sub(".", path) for path in ours if _HASH.search(path)}
        for path in _files(str(self.output)):
            if path not in ours and not (_HASH.search(path) and _HASH.sub(".", path) in hashed):
                target = self.new / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self.output / path, target, follow_symlinks=False)


# The hash in the name of an asset, which stands before its ending.
_HASH = re.compile(r"\.[0-9a-f]{8}\.(?=[a-z0-9]+$)")


def _files(root: str, below: str = "") -> Iterator[str]:
    """Every file and link under a folder but the tool's own record, as paths relative to it."""
    with os.scandir(f"{root}/{below}") as listing:
        for item in listing:
            if item.is_dir(follow_symlinks=False):
                if item.name != STATE or below:
                    yield from _files(root, f"{below}{item.name}/")
            else:
                yield below + item.name


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
