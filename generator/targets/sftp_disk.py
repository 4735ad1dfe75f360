"""A folder of a server that is reached by SFTP, by way of asyncssh.

asyncssh has public functions for what a switch in one step and releases without copies need: `posix_rename`, `link`."""

from __future__ import annotations

import os
import posixpath
import shlex
import stat
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import asyncssh

from generator.finding import Message, UserError
from generator.ledger.sums import ADDED, FileSum, Stamp, sum_pieces
from generator.targets.disk import Fitting
from generator.targets.pointer import CURRENT
from generator.targets.server_tools import (
    FIND,
    HASH,
    SYNC_FOLDER,
    flushing,
    folders_of,
    hashes,
    holds,
    linking,
    packed,
    sorted_out,
    stamps,
    zero,
)
from generator.targets.sftp_session import SftpSession
from generator.targets.ssh import Account, not_writable, refused
from generator.targets.target import Advance, changed_meanwhile

_LOCK = ".nianbao-lock.d"
# A switch takes well under a second: a lock older than this (by the server's clock) was left by a publisher who died.
_STALE_SECONDS, _WAIT_SECONDS = 15, 40
_MANY, _PIECE = 64, 1 << 20
_UNPACK = "tar -xof -"
_TRIES = 3  # to make a lock that nobody holds


class SftpDisk(SftpSession):
    """A folder of the server. Raises UserError for whatever the server refuses."""

    def __init__(self, account: Account, draft: str) -> None:
        super().__init__(account)
        self._draft = draft

    def read(self, path: str, known: bytes = b"") -> bytes | None:
        if known and self._command(holds(shlex.quote(self._at(path)), known)) is not None:
            return known
        return self._run(self._read(path), path)

    def read_all(self, folder: str, paths: Sequence[str]) -> dict[str, bytes | None]:
        found = self._run(self._each(paths, lambda path: self._read(f"{folder}/{path}")), folder)
        return dict(zip(paths, found, strict=True))

    def names(self, folder: str) -> list[str]:
        found = self._or_none(self._sftp.listdir(self._at(folder)), folder) or []
        return sorted(str(name) for name in found if name not in (".", ".."))

    def walk(self, folder: str) -> Iterator[str]:
        return iter(sorted(self.listing(folder)))

    def sums(self, path: str) -> FileSum | None:
        data = self.read(path)
        return None if data is None else sum_pieces([data])

    def pointer(self) -> str:
        found = self._or_none(self._sftp.lstat(self._at(CURRENT)), CURRENT)
        if found is None:
            return ""
        if not stat.S_ISLNK(found.permissions or 0):
            raise UserError(
                Message(
                    f"服务器上的“{self._at(CURRENT)}”不是 nianbao 的指针（不是符号链接）：请移走它，或换一个空文件夹",
                    f"“{self._at(CURRENT)}” on the server is not nianbao's pointer (no symbolic link): move it away or "
                    "name an empty folder",
                )
            )
        return str(self._run(self._sftp.readlink(self._at(CURRENT)), CURRENT)).rstrip("/")

    def listing(self, folder: str, only: Sequence[str] | None = None) -> dict[str, Stamp]:
        """By find, where the server runs commands: SFTP itself takes four requests a folder."""
        if not folder:
            return {}
        listed = self._command(f"cd {shlex.quote(self._at(folder))} && {FIND}")
        return dict(self._run(self._walk(folder), folder)) if listed is None else stamps(listed)

    def others(self, folder: str, known: Collection[str]) -> list[str]:
        return [path for path in self.walk(folder) if path not in known]

    def fit(
        self, folder: str, held: Collection[str], wanted: Sequence[str], lines: Mapping[str, str], turn: int = 0
    ) -> Fitting:
        return sorted_out(self.listing(folder), wanted, lines)

    def hashes(self, folder: str, paths: Sequence[str]) -> dict[str, str]:
        """SFTP knows no sums: only where the server runs commands."""
        script = f"cd {shlex.quote(self._at(folder))} && {HASH}"
        return hashes(self._command(script, zero(paths)) or b"")

    def begin(self, folder: str) -> None:
        self.remove(folder)
        self._run(self._make_folders(folder), folder)

    def link_all(self, old: str, new: str, paths: Sequence[str]) -> None:
        """Many at once, where the server runs commands."""
        command = linking(*(shlex.quote(self._at(folder)) for folder in (old, new)))
        if len(paths) >= _MANY and self._command(command) is not None:
            self.delete(new, sorted({*self.listing(new)} - {*paths}))
            return

        async def one(path: str) -> None:
            source, target = f"{old}/{path}", f"{new}/{path}"
            if not await self._link(source, target):
                await self._sftp.copy(self._at(source), self._at(target))

        self._run(self._make_folders(new, paths), new)
        self._run(self._each(paths, one), old)

    def bring(self, source: Path, folder: str, paths: Sequence[str], advance: Advance) -> None:
        """Many files in one stream, where the server runs commands: by SFTP each takes four requests."""
        if len(paths) >= _MANY and self._unpacked(source, folder, paths, advance):
            return

        async def one(path: str) -> None:
            advance(await self._put(source / path, self._at(f"{folder}/{path}")))

        self._run(self._make_folders(folder, paths), folder)
        self._run(self._each(paths, one), folder)

    def _unpacked(self, source: Path, folder: str, paths: Sequence[str], advance: Advance) -> bool:
        """Brings files by `tar`, which removes a file before it writes one of that name. False where the server cannot,
        or did not bring all: why, SFTP says when it tries."""
        brought = 0

        def told(size: int) -> None:
            nonlocal brought
            brought += size
            advance(size)

        place = shlex.quote(self._at(folder))
        if self._stream(f"umask 022; mkdir -p {place} && cd {place} && {_UNPACK}", packed(source, paths, told)):
            return True
        advance(-brought)
        return False

    async def _put(self, source: Path, place: str) -> int:
        """Copies one file, with its time; one that is there is not written into."""
        with suppress(asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
            return await self._put_new(source, place)
        await self._sftp.remove(place)
        return await self._put_new(source, place)

    async def _put_new(self, source: Path, place: str) -> int:
        with source.open("rb") as file:
            status = os.fstat(file.fileno())
            async with self._sftp.open(place, "xb") as copy:
                while piece := file.read(_PIECE):
                    await copy.write(piece)
                times = asyncssh.SFTPAttrs(permissions=0o644, atime=int(status.st_atime), mtime=int(status.st_mtime))
                await copy.setstat(times)
        return status.st_size

    def delete(self, folder: str, paths: Sequence[str]) -> None:
        async def file(path: str) -> None:
            await self._sftp.remove(self._at(f"{folder}/{path}"))

        async def inner(path: str) -> None:
            with suppress(asyncssh.SFTPError):  # not empty
                await self._sftp.rmdir(self._at(f"{folder}/{path}"))

        async def delete() -> None:
            await self._each(paths, file)
            for path in folders_of(paths):
                await inner(path)

        self._run(delete(), folder)

    def withdraw(self, folder: str, hidden: str) -> bool:
        self._lock()
        try:
            there = self._or_none(self._sftp.stat(self._at(folder)), folder) is not None
            if self.pointer() == folder or not there:
                return False
            self._run(self._sftp.rename(self._at(folder), self._at(hidden)), folder)
            return True
        finally:
            self._run(self._sftp.rmdir(self._at(_LOCK)), _LOCK)

    def link(self, old: str, new: str) -> None:
        async def link() -> None:
            await self._make_folders(posixpath.dirname(new))
            if not await self._sftp.lexists(self._at(new)) and not await self._link(old, new):
                await self._sftp.copy(self._at(old), self._at(new))

        self._run(link(), new)

    def write_all(self, folder: str, files: Mapping[str, bytes]) -> None:
        async def write(path: str) -> None:
            draft = f"{folder}/{path}.draft"
            async with self._sftp.open(self._at(draft), "wb") as file:
                await file.write(files[path])
            await self._replace(draft, f"{folder}/{path}")

        async def delete(path: str) -> None:
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._sftp.remove(self._at(f"{folder}/{path}"))

        self._run(self._each(files, write), folder)
        self._run(self._each([path for path in ADDED if path not in files], delete), folder)

    def flush(self, folder: str, paths: Sequence[str]) -> bool:
        """By `sync` where the server runs commands; else by OpenSSH's extension, where the server has it. SFTP knows no
        way to flush a folder."""
        script, data = flushing(paths)
        if self._command(f"cd {shlex.quote(self._at(folder))} && {script}", data) is not None:
            return True

        async def file(path: str) -> None:
            with suppress(asyncssh.SFTPNoSuchFile):
                async with self._sftp.open(self._at(f"{folder}/{path}"), "rb") as opened:
                    await opened.fsync()

        async def flush() -> bool:
            with suppress(asyncssh.SFTPOpUnsupported):
                await self._each(paths, file)
                return True
            return False

        return self._run(flush(), folder)

    def remove(self, folder: str) -> None:
        self._or_none(self._sftp.rmtree(self._at(folder)), folder)

    def switch(self, draft: str, new: str, before: str) -> bool:
        self._lock()
        try:
            there = self._or_none(self._sftp.stat(self._at(draft or new)), new)
            if self.pointer() != before or there is None:
                if draft:
                    self.remove(draft)
                raise changed_meanwhile()
            if draft:
                self.remove(new)  # one that a killed publisher left, never public
                self._run(self._sftp.rename(self._at(draft), self._at(new)), new)
            one_step = self._run(self._point(new), CURRENT)
        finally:
            self._run(self._sftp.rmdir(self._at(_LOCK)), _LOCK)
        self._command(f"cd {shlex.quote(self._at('.'))} && {SYNC_FOLDER}")
        return one_step

    async def _point(self, to: str) -> bool:
        draft = f".{CURRENT}.{self._draft.strip('.')}"
        with suppress(asyncssh.SFTPNoSuchFile):
            await self._sftp.remove(self._at(draft))
        await self._sftp.symlink(to, self._at(draft))
        return await self._replace(draft, CURRENT)

    def draft(self) -> str:
        return self._draft

    # ---------------------------------------------------------------- the server

    async def _read(self, path: str) -> bytes | None:
        try:
            async with self._sftp.open(self._at(path), "rb") as file:
                data = await file.read()
                return data if isinstance(data, bytes) else data.encode()
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            return None

    async def _make_folders(self, folder: str, paths: Sequence[str] = ()) -> None:
        """Makes a folder, and those below it that files with these paths lie in, parents first."""
        await self._make_path(self._at(folder))
        levels: dict[int, list[str]] = {}
        for below in folders_of(paths):
            levels.setdefault(below.count("/"), []).append(f"{folder}/{below}")
        for level in sorted(levels):
            await self._each(levels[level], self._make_folder)

    async def _make_path(self, path: str) -> None:
        """Makes a folder and those above it; `makedirs` would not say which of them this user may not write to."""
        missing = []
        while path and not await self._sftp.isdir(path):
            missing.append(path)
            path = posixpath.dirname(path.rstrip("/"))
        for place in reversed(missing):
            try:
                await self._sftp.mkdir(place)
            except asyncssh.SFTPPermissionDenied:
                raise not_writable(self._account, posixpath.dirname(place)) from None

    async def _make_folder(self, folder: str) -> None:
        with suppress(asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):  # there already; else what follows fails
            await self._sftp.mkdir(self._at(folder))

    async def _link(self, old: str, new: str) -> bool:
        """Makes a hard link; False where the server cannot."""
        try:
            await self._sftp.link(self._at(old), self._at(new))
        except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure):
            return False
        return True

    async def _replace(self, draft: str, path: str) -> bool:
        """Puts a file or link in place of another, in one step where the server can."""
        try:
            await self._sftp.posix_rename(self._at(draft), self._at(path))
        except asyncssh.SFTPOpUnsupported:
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._sftp.remove(self._at(path))
            await self._sftp.rename(self._at(draft), self._at(path))
            return False
        return True

    async def _walk(self, folder: str) -> list[tuple[str, Stamp]]:
        found: list[tuple[str, Stamp]] = []
        folders = [""]
        while folders:
            listings = await self._each(folders, lambda below: self._scan(folder, below))
            folders = []
            for files, inner in listings:
                found += files
                folders += inner
        return found

    async def _scan(self, folder: str, below: str) -> tuple[list[tuple[str, Stamp]], list[str]]:
        files: list[tuple[str, Stamp]] = []
        inner: list[str] = []
        async for item in self._sftp.scandir(self._at(f"{folder}/{below}".rstrip("/"))):
            name, mode = str(item.filename), item.attrs.permissions or 0
            if name in (".", ".."):
                continue
            if stat.S_ISDIR(mode):
                inner.append(f"{below}{name}/")
            else:
                size = (item.attrs.size or 0) if stat.S_ISREG(mode) else -1
                files.append((below + name, Stamp(size, item.attrs.mtime or 0)))
        return files, inner

    def _lock(self) -> None:
        """Takes the lock, a folder; one that a dead publisher left is removed. Ages go by the server's own clock."""
        began = time.monotonic()
        while True:
            if self._run(self._try_lock(), _LOCK):
                return
            if time.monotonic() - began > _WAIT_SECONDS:
                raise refused(self._account, _LOCK, "another publisher is switching")
            time.sleep(0.3)

    async def _try_lock(self) -> bool:
        await self._sftp.makedirs(self._account.folder, exist_ok=True)
        for tried in range(_TRIES):
            try:
                await self._sftp.mkdir(self._at(_LOCK))
            except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
                if await self._sftp.lexists(self._at(_LOCK)):
                    break
                if tried == _TRIES - 1:  # nobody holds it, and it cannot be made: read-only, full …
                    raise
            else:
                return True
        with suppress(asyncssh.SFTPNoSuchFile):
            taken = (await self._sftp.stat(self._at(_LOCK))).mtime or 0
            # also one of the future, from before the server's clock was put back
            if abs(await self._clock() - taken) > _STALE_SECONDS:
                await self._sftp.rmdir(self._at(_LOCK))
        return False

    async def _clock(self) -> int:
        """The server's time, in seconds."""
        probe = self._at(f".clock{self._draft}")
        async with self._sftp.open(probe, "wb") as file:
            await file.write(b"")
        now = (await self._sftp.stat(probe)).mtime or 0
        await self._sftp.remove(probe)
        return now
