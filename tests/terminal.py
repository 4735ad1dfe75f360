"""A command on a real pseudo-terminal: what it shows, what is typed to it."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parent.parent
# makes the terminal the process's own, so that Ctrl-C typed there reaches it; then becomes the command
_OWN = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
PATIENCE = 120  # seconds before a test gives up; on a busy machine a command takes long to start
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A running command. As a context: whatever is still running at its end is killed, the whole group."""

    def __init__(self, command: Sequence[str], columns: int = 80, errors: int | None = None) -> None:
        import fcntl
        import termios

        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        environment = {
            key: value
            for key, value in os.environ.items()
            if key not in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
        }
        environment |= {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _OWN, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave if errors is None else errors,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self.raw = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._master)

    @property
    def shown(self) -> str:
        """Everything shown so far, without colours and movements of the cursor."""
        return _CODES.sub("", self.raw.decode("utf-8", "replace")).replace("\r\n", "\n")

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the last process has left the terminal
            return False
        self.raw += data
        return bool(data)

    def expect(self, words: str, seconds: float = PATIENCE) -> None:
        """Wait until the words are shown."""
        end = time.monotonic() + seconds
        while words not in self.shown:
            assert self._read(0.1) and time.monotonic() < end, f"“{words}” was not shown, but:\n{self.shown}"

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def answer(self, question: str, text: str) -> None:
        """Types once the question is shown and the process waits for an answer: in between Python loses a Ctrl-C."""
        self.expect(question)
        asleep = 0
        while asleep < 4:
            time.sleep(0.05)
            state = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
            asleep = asleep + 1 if state == "S" else 0
        self.type(text)

    def end(self, seconds: float = PATIENCE) -> int:
        """Wait for the end; the exit code."""
        end = time.monotonic() + seconds
        while self._read(0.1):
            assert time.monotonic() < end, f"still running; shown:\n{self.shown}"
        return self.process.wait(PATIENCE)
