"""Makes the output folder equal to a set of files, all at once or not at all.

Everything is staged beside the output; a file equal to the old one is hard-linked, so only changed files are
written. Then the two folders change places in one step, and the old one is deleted.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from generator.finding import Message, UserError
from generator.pipeline.record import STATE, BuildRecord, load_record
from generator.pipeline.request import FileCounts
from generator.pipeline.stage_writer import Staged, StageWriter


def apart(output: Path, content: Path) -> None:
    """Refuses folders of which one lies in the other, before anything is touched: replacing one would harm the
    other."""
    made, read = Path(os.path.realpath(output)), Path(os.path.realpath(content))
    if made.is_relative_to(read) or read.is_relative_to(made):
        raise UserError(
            Message(
                f"输出文件夹“{output}”和内容文件夹“{content}”不能一个在另一个里面",
                f"output “{output}” and content “{content}” may not lie one in the other",
            )
        )


class Stage:
    """Stages a whole site: `with Stage(output) as stage: stage.put(…); stage.commit(…)`.

    Leaving without commit changes nothing."""

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
        self._before = load_record(self.output)
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
        """Registers what a writer staged; the same path twice, even if only letter case differs, is an error."""
        for line in staged.lines:
            path = line.split(" ", 2)[2]
            if path.lower() in self._claimed:
                raise UserError(Message(f"两个页面都要写“{path}”", f"two pages want the path “{path}”"))
            self._claimed.add(path.lower())
        self._lines += staged.lines
        self._written += staged.written

    def commit(self, salt: str, inputs: Sequence[str], report: str) -> FileCounts:
        """Puts the stage in place of the output, with the record by which `still_true` recognises it."""
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
        """Completes or undoes what a killed run left."""
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
        """Copies over what no build made (.gitignore, web.config, a file put there by hand): it belongs to the user.

        Earlier versions of a hashed asset are recognised by name: the record of an older program may not be readable.
        """
        built = {line.split(" ", 2)[2] for line in (*(self._before.outputs if self._before else ()), *self._lines)}
        hashed = {_HASH.sub(".", path) for path in built if _HASH.search(path)}
        for path in _files(str(self.output)):
            if path not in built and not (_HASH.search(path) and _HASH.sub(".", path) in hashed):
                target = self.new / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self.output / path, target, follow_symlinks=False)


# The hash in the name of an asset, which stands before its ending.
_HASH = re.compile(r"\.[0-9a-f]{8}\.(?=[a-z0-9]+$)")


def _files(root: str, below: str = "") -> Iterator[str]:
    """Lists every file and link under a folder except the build record, as paths relative to it."""
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
    """Swaps two folders in one step where the system can, else by two renames, which the next run completes if
    killed."""
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
