"""Compiles rarely needed patterns when they are first asked for."""

from __future__ import annotations

import re
from functools import cached_property


class LatePattern:
    """Holds a pattern that few reports reach: one with sets of Chinese characters takes a millisecond or two to
    compile, and hundreds of patterns are made at every start."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source, self._flags = source, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)
