"""A connection to a server by SFTP, by way of asyncssh: opened at once, used as if each request were a plain call."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import suppress
from getpass import getpass
from typing import Any, TypeVar

import asyncssh

from generator.finding import Message
from generator.targets.ssh import Account, denied, key_fault, lost, refused, unknown_host, useless_key

T = TypeVar("T")
# Requests under way at a time.
_AT_ONCE = 64
# Printed first by every command, so that what another program prints is not taken for the answer.
_RUNS = "nianbao-runs"


class SftpSession:
    """One connection. Raises UserError for whatever the server refuses."""

    def __init__(self, account: Account) -> None:
        logging.getLogger("asyncio").setLevel(logging.ERROR)  # of a cut connection it writes the same line many times
        self._account = account
        self._loop = asyncio.new_event_loop()
        try:
            self._connection = self._log_in()
            self._sftp = self._run(self._connection.start_sftp_client(), "sftp")
        except BaseException:
            self._loop.close()
            raise

    def close(self) -> None:
        if not self._loop.is_closed():
            self._connection.close()
            with suppress(OSError, asyncssh.Error):
                self._loop.run_until_complete(self._connection.wait_closed())
            self._loop.close()

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

    def _connect(self, password: str | None, by_agent: bool = False) -> asyncssh.SSHClientConnection:
        """With `by_agent` the key file is left to ssh-agent: it has a passphrase."""
        account, more = self._account, dict[str, Any]()
        if account.known_hosts:
            if not account.known_hosts.is_file():
                raise unknown_host(account)
            more["known_hosts"] = str(account.known_hosts)
        if account.key and not by_agent:
            if not account.key.is_file():
                raise denied(account)
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
            if account.key and "assphrase" in str(error) and os.environ.get("SSH_AUTH_SOCK"):
                return self._connect(password, by_agent=True)
            said = str(error)
            raise useless_key(account, (account.key and key_fault(account.key)) or Message(said, said)) from None
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
            raise refused(self._account, f"{self._account.folder}/{what}", str(error)) from None
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

    def _command(self, script: str, data: bytes = b"") -> bytes | None:
        """What a command prints on the server; None where it fails, or the server runs none (many allow SFTP only, or
        run SFTP whatever they are asked for)."""

        async def run() -> bytes | None:
            try:
                done = await self._connection.run(f"echo {_RUNS}; {script}", input=data, encoding=None)
            except (asyncssh.ChannelOpenError, BrokenPipeError):  # SFTP ran instead, and ended at what it was sent
                return None
            said = done.stdout if isinstance(done.stdout, bytes) else b""
            head = f"{_RUNS}\n".encode()
            return said.removeprefix(head) if done.exit_status == 0 and said.startswith(head) else None

        return self._run(run(), "command")

    def _stream(self, script: str, pieces: Iterator[bytes]) -> bool:
        """Gives a command of the server its input piece by piece; False where it fails, or the server runs none."""
        if self._command(":") is None:
            return False

        async def run() -> bool:
            process = await self._connection.create_process(f"{{ {script}; }} >/dev/null 2>&1", encoding=None)
            with suppress(BrokenPipeError):  # it ended before it had read all
                for piece in pieces:
                    process.stdin.write(piece)
                    await process.stdin.drain()
                process.stdin.write_eof()
            return (await process.wait()).exit_status == 0

        return self._run(run(), "command")

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
