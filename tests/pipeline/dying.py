"""`python tests/pipeline/dying.py CONTENT OUTPUT REPORTS [MARKER [half]]`: a build whose workers die at some reports.

REPORTS is a pattern of folders. With MARKER, a file that is removed when it happens, they die once; without, every
time; where MARKER is `pool`, only in processes that are not alone. With `half` it happens later, when half of the
result has been handed over. The variable NIANBAO_READ names a file that takes a line for each report that is read. The
patch stands at the top, so that processes that are started anew have it too.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import struct
import sys
import time
from fnmatch import fnmatch
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from generator.collection.office import Office
from generator.pipeline import executor, worker_process

READ = Office.read
SEND = Connection._send_bytes  # type: ignore[attr-defined]
half = False


def read(office: Office, ref: Any, *arguments: Any) -> Any:
    if multiprocessing.parent_process():
        if log := os.environ.get("NIANBAO_READ"):
            with open(log, "a", encoding="utf-8") as file:
                file.write(f"{os.getpid()} {ref.folder} {time.monotonic()}\n")
        if fnmatch(ref.folder, sys.argv[3]):
            _die()
    return READ(office, ref, *arguments)


def _die() -> None:
    how = sys.argv[4] if len(sys.argv) > 4 else ""
    alone = worker_process._seat is None
    if (how == "pool" and alone) or (how not in ("", "pool") and not Path(how).exists()):
        return
    Path(how).unlink() if how not in ("", "pool") else None
    if "half" not in sys.argv[5:]:
        os.kill(os.getpid(), signal.SIGKILL)
    global half
    half = True


def send(connection: Any, data: Any) -> None:
    if half:
        os.write(connection.fileno(), struct.pack("!i", len(data)) + bytes(data[: len(data) // 2]))
        os.kill(os.getpid(), signal.SIGKILL)
    SEND(connection, data)


Connection._send_bytes = send  # type: ignore[attr-defined]
Office.read = read  # type: ignore[assignment, method-assign]
executor._PARALLEL_FROM = 1
executor._BATCH = 4

if __name__ == "__main__":
    from generator.__main__ import commands

    commands("zh")(["build", "--content", sys.argv[1], "--output", sys.argv[2], "--jobs", "2", "--cold"])
