"""`python tests/pipeline/dying.py CONTENT OUTPUT REPORT [MARKER [half]]`: a build whose workers die at one report.

With MARKER, a file that is removed when it happens, they die once; without, every time. With `half` it happens later,
when half of the result has been handed over. The patch stands at the top, so that processes that are started anew have
it too.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import struct
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from generator.collection.office import Office
from generator.pipeline import executor

READ = Office.read
SEND = Connection._send_bytes  # type: ignore[attr-defined]
half = False


def read(office: Office, ref: Any, *arguments: Any) -> Any:
    if multiprocessing.parent_process() and ref.folder == sys.argv[3]:
        marker = Path(sys.argv[4]) if len(sys.argv) > 4 else None
        if marker is None or marker.exists():
            if marker:
                marker.unlink()
            if "half" not in sys.argv[5:]:
                os.kill(os.getpid(), signal.SIGKILL)
            global half
            half = True
    return READ(office, ref, *arguments)


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
