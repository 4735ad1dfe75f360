"""Ctrl-C reaches all processes of a terminal; one that is just being started says nothing of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks")

STARTED_AND_INTERRUPTED = """
import multiprocessing, os, signal
from generator.readers.children import interrupts_held, leave_interrupts

def child(pipe):
    os.kill(os.getpid(), signal.SIGINT)  # while the process is being started
    leave_interrupts()
    os.kill(os.getpid(), signal.SIGINT)  # afterwards
    pipe.send("worked")

ours, its = multiprocessing.get_context("fork").Pipe()
process = multiprocessing.get_context("fork").Process(target=child, args=(its,))
with interrupts_held():
    process.start()
print(ours.recv(), flush=True)
os.kill(os.getpid(), signal.SIGINT)
"""


def test_a_process_being_started_leaves_an_interrupt_to_the_one_that_starts_it() -> None:
    result = subprocess.run(
        [sys.executable, "-c", STARTED_AND_INTERRUPTED], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.stdout == "worked\n"
    assert result.stderr.count("KeyboardInterrupt") == 1, "the first process is interrupted, once"
