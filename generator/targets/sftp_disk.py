"""A folder of a server that is reached by SFTP, by way of asyncssh.

asyncssh has public functions for what a switch in one step and releases without copies need: `posix_rename`, `link`."""

from __future__ import annotations

import asyncio
import os
import posixpath
import stat
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from getpass import getpass
from typing import Any, TypeVar

import asyncssh

from generator.finding import Message, UserError
from generator.ledger.sums import FileSum, sum_pieces
from generator.targets.pointer import CURRENT
from generator.targets.ssh import Account, denied, lost, refused, unknown_host
from generator.targets.target import Advance, Plan, changed_meanwhile

T = TypeVar("T")
# Requests under way at a time.
_AT_ONCE = 64
_LOCK = ".nianbao-lock.d"
# A switch takes well under a second: a lock older than this (by the server's clock) was left by a publisher who died.
_STALE_SECONDS, _WAIT_SECONDS = 15, 40


class SftpDisk:
    """One connection, opened at once. Raises UserError for whatever the server refuses."""

    def __init__(self, account: Account, draft: str) -> None:
        self._account, self._draft = account, draft
        self._loop = asyncio.new_event_loop()
        try:
            self._connection = self._log_in()
            self._sftp = self._run(self._connection.start_sftp_client(), "sftp")
        except BaseException:
            self._loop.close()
            raise

    def read(self, path: str) -> bytes | None:
        return self._run(self._read(path), path)

    def read_all(self, folder: str, paths: Sequence[str]) -> dict[str, bytes | None]:
        found = self._run(self._each(paths, lambda path: self._read(f"{folder}/{path}")), folder)
        return dict(zip(paths, found, strict=True))

    def names(self, folder: str) -> list[str]:
        found = self._or_none(self._sftp.listdir(self._at(folder)), folder) or []
        return sorted(str(name) for name in found if name not in (".", ".."))

    def walk(self, folder: str) -> Iterator[str]:
        return iter(sorted(self._run(self._walk(folder), folder)))

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

    def assemble(self, folder: str, base: str, plan: Plan, advance: Advance) -> None:
        paths = (*plan.kept, *plan.changed)
        self._run(self._make_folders([folder, *_folders(folder, paths)]), folder)
        linked = self._run(self._each(plan.kept, lambda path: self._link(f"{base}/{path}", f"{folder}/{path}")), base)
        self._run(
            self._each(
                [*plan.changed, *_false(plan.kept, linked)], lambda p: self._put(plan, folder, base, p, advance)
            ),
            folder,
        )

    def link(self, old: str, new: str) -> None:
        async def link() -> None:
            await self._make_folders([posixpath.dirname(new)])
            if not await self._sftp.lexists(self._at(new)) and not await self._link(old, new):
                await self._sftp.copy(self._at(old), self._at(new))

        self._run(link(), new)

    def write_all(self, folder: str, files: Mapping[str, bytes]) -> None:
        async def write(path: str) -> None:
            draft = f"{folder}/{path}.draft"
            async with self._sftp.open(self._at(draft), "wb") as file:
                await file.write(files[path])
            await self._replace(draft, f"{folder}/{path}")

        self._run(self._each(files, write), folder)

    def remove(self, folder: str) -> None:
        self._or_none(self._sftp.rmtree(self._at(folder)), folder)

    def switch(self, draft: str, new: str, before: str) -> bool:
        self._lock()
        try:
            if self.pointer() != before:
                if draft:
                    self.remove(draft)
                raise changed_meanwhile()
            if draft:
                self.remove(new)  # one that a killed publisher left, never public
                self._run(self._sftp.rename(self._at(draft), self._at(new)), new)
            return self._run(self._point(new), CURRENT)
        finally:
            self._run(self._sftp.rmdir(self._at(_LOCK)), _LOCK)

    async def _point(self, to: str) -> bool:
        draft = f".{CURRENT}.{self._draft.strip('.')}"
        with suppress(asyncssh.SFTPNoSuchFile):
            await self._sftp.remove(self._at(draft))
        await self._sftp.symlink(to, self._at(draft))
        return await self._replace(draft, CURRENT)

    def draft(self) -> str:
        return self._draft

    def close(self) -> None:
        if not self._loop.is_closed():
            self._connection.close()
            with suppress(OSError, asyncssh.Error):
                self._loop.run_until_complete(self._connection.wait_closed())
            self._loop.close()

    # ---------------------------------------------------------------- the connection

    def _log_in(self) -> asyncssh.SSHClientConnection:
        try:
            return self._connect(os.environ.get("NIANBAO_PASSWORD"))
        except asyncssh.PermissionDenied:
            if not sys.stdin.isatty():
                raise denied(self._account) from None
        try:
            return self._connect(getpass(f"{self._account.place}: "))
        except asyncssh.PermissionDenied:
            raise denied(self._account) from None

    def _connect(self, password: str | None) -> asyncssh.SSHClientConnection:
        account, more = self._account, dict[str, Any]()
        if account.known_hosts:
            if not account.known_hosts.is_file():
                raise unknown_host(account)
            more["known_hosts"] = str(account.known_hosts)
        if account.key:
            more["client_keys"] = [str(account.key)]
        if account.user:
            more["username"] = account.user
        if password:
            more["password"] = password
        connecting = asyncssh.connect(account.host, account.port, keepalive_interval=15, **more)
        try:
            return self._loop.run_until_complete(asyncio.wait_for(connecting, 30))
        except asyncssh.HostKeyNotVerifiable:
            raise unknown_host(account) from None
        except asyncssh.PermissionDenied:
            raise
        except asyncssh.KeyImportError as error:
            raise refused(account, str(account.key), str(error)) from None
        except (OSError, asyncssh.Error, TimeoutError) as error:
            raise lost(account, str(error) or type(error).__name__) from None

    def _at(self, path: str) -> str:
        return f"{self._account.folder}/{path}".rstrip("/")

    def _run(self, work: Coroutine[Any, Any, T] | Awaitable[T], what: str) -> T:
        """Waits for the server. Raises UserError for what it refuses, and where the connection breaks."""

        async def wait() -> T:
            return await work

        try:
            return self._loop.run_until_complete(wait())
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.ConnectionLost) as error:
            raise lost(self._account, str(error)) from None
        except asyncssh.SFTPError as error:
            raise refused(self._account, what, str(error)) from None
        except (asyncssh.Error, ConnectionError) as error:
            raise lost(self._account, str(error)) from None

    def _or_none(self, work: Coroutine[Any, Any, T] | Awaitable[T], what: str) -> T | None:
        """The same; None where there is no such file."""

        async def wait() -> T | None:
            try:
                return await work
            except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
                return None

        return self._run(wait(), what)

    # ---------------------------------------------------------------- several requests

    async def _each(self, items: Iterable[str], work: Callable[[str], Awaitable[T]]) -> list[T]:
        """Works on all items, several at a time, in whatever order; the first failure ends it."""
        allowed = asyncio.Semaphore(_AT_ONCE)

        async def one(item: str) -> T:
            async with allowed:
                return await work(item)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(item)) for item in items]
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None
        return [task.result() for task in tasks]

    async def _read(self, path: str) -> bytes | None:
        try:
            async with self._sftp.open(self._at(path), "rb") as file:
                data = await file.read()
                return data if isinstance(data, bytes) else data.encode()
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            return None

    async def _make_folders(self, folders: Sequence[str]) -> None:
        """Makes folders, parents first."""
        await self._sftp.makedirs(self._at(folders[0]), exist_ok=True)
        levels: dict[int, list[str]] = {}
        for folder in folders[1:]:
            levels.setdefault(folder.count("/"), []).append(folder)
        for level in sorted(levels):
            await self._each(levels[level], lambda folder: self._sftp.mkdir(self._at(folder)))

    async def _link(self, old: str, new: str) -> bool:
        """Makes a hard link; False where the server cannot."""
        try:
            await self._sftp.link(self._at(old), self._at(new))
        except (asyncssh.SFTPOpUnsupported, asyncssh.SFTPFailure):
            return False
        return True

    async def _put(self, plan: Plan, folder: str, base: str, path: str, advance: Advance) -> None:
        source = plan.source / path
        if not source.is_file():  # carried along from the release before, on a server without hard links
            await self._sftp.copy(self._at(f"{base}/{path}"), self._at(f"{folder}/{path}"))
            return
        await self._sftp.put(str(source), self._at(f"{folder}/{path}"))
        if path in plan.changed:
            advance(source.stat().st_size)

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

    async def _walk(self, folder: str) -> list[str]:
        found: list[str] = []
        folders = [""]
        while folders:
            listings = await self._each(folders, lambda below: self._scan(folder, below))
            folders = []
            for files, inner in listings:
                found += files
                folders += inner
        return found

    async def _scan(self, folder: str, below: str) -> tuple[list[str], list[str]]:
        files: list[str] = []
        inner: list[str] = []
        async for item in self._sftp.scandir(self._at(f"{folder}/{below}".rstrip("/"))):
            name = str(item.filename)
            if name in (".", ".."):
                continue
            if stat.S_ISDIR(item.attrs.permissions or 0):
                inner.append(f"{below}{name}/")
            else:
                files.append(below + name)
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
        with suppress(asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
            await self._sftp.mkdir(self._at(_LOCK))
            return True
        with suppress(asyncssh.SFTPNoSuchFile):
            taken = (await self._sftp.stat(self._at(_LOCK))).mtime or 0
            if await self._clock() - taken > _STALE_SECONDS:
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


def _folders(root: str, paths: Iterable[str]) -> list[str]:
    """Every folder below `root` that files lie in, with those above it."""
    found: set[str] = set()
    for path in paths:
        folder = posixpath.dirname(path)
        while folder and folder not in found:
            found.add(folder)
            folder = posixpath.dirname(folder)
    return [f"{root}/{folder}" for folder in sorted(found)]


def _false(items: Sequence[str], done: Sequence[bool]) -> list[str]:
    return [item for item, ok in zip(items, done, strict=True) if not ok]
