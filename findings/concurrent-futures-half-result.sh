#!/usr/bin/env bash
# CPython 3.11.7, 3.12.1 and 3.13.0: concurrent.futures.ProcessPoolExecutor; nothing else is needed.
#
# The documentation promises BrokenProcessPool when a worker process ends abruptly. All workers hand their results over in
# one pipe. One that is killed (out of memory, most often) in the middle of a result leaves the beginning of it there; the
# pool's thread reads on and waits for the rest, while the write end stays open in the pool's own process. It never looks
# at the processes again: the result never comes, no exception is raised, and the program cannot even end, because Python
# joins that thread at exit. The larger the results, the likelier; a kill at another moment is noticed, so a test that
# kills once does not show this.
#
# Seen: result() still waits after 10 s, with every worker dead.
# Expected: BrokenProcessPool.
# For us: the executor looks at the processes itself and closes the pipes (generator/pipeline/executor.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
cat > half.py <<'PY'
import os
import signal
import struct
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection


def killed_halfway(connection, data):
    os.write(connection.fileno(), struct.pack("!i", len(data)) + bytes(data[: len(data) // 2]))
    os.kill(os.getpid(), signal.SIGKILL)


def work():
    Connection._send_bytes = killed_halfway  # what a kill at that moment comes to, made certain
    return b"x" * 100_000


if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("fork"))
    future = pool.submit(work)
    try:
        future.result(timeout=10)
    except TimeoutError:
        dead = [process.exitcode for process in pool._processes.values()]
        print(f"Python {sys.version.split()[0]}: after 10 s still waiting; exit codes of the workers: {dead}", flush=True)
        os._exit(0)  # the interpreter would wait for ever
    except Exception as error:
        sys.exit(f"Python has changed: {error!r}")
PY
python3 half.py
