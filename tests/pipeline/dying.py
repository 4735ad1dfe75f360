"""`python tests/pipeline/dying.py CONTENT OUTPUT REPORT [MARKER]`: a build whose worker processes die at one report.

With MARKER, a file that is removed when it happens, they die once; without, every time. The patch stands at the top, so
that processes that are started anew have it too.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from generator.collection.office import Office
from generator.pipeline import executor

READ = Office.read


def read(office: Office, ref: Any, *arguments: Any) -> Any:
    if multiprocessing.parent_process() and ref.folder == sys.argv[3]:
        marker = Path(sys.argv[4]) if len(sys.argv) > 4 else None
        if marker is None or marker.exists():
            if marker:
                marker.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
    return READ(office, ref, *arguments)


Office.read = read  # type: ignore[assignment, method-assign]
executor._PARALLEL_FROM = 1
executor._BATCH = 4

if __name__ == "__main__":
    from generator.__main__ import commands

    commands("zh")(["build", "--content", sys.argv[1], "--output", sys.argv[2], "--jobs", "2"])
