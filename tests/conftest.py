"""What holds for every test."""

from __future__ import annotations

import signal

# In the background of a shell script Ctrl-C is ignored, and programs started from here would ignore it too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
