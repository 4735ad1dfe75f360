"""A limit on the time of a trial: what was begun is finished, the rest is left out, and the tally says how many."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


def add_minutes(options: argparse.ArgumentParser) -> None:
    """Adds --minutes."""
    options.add_argument("--minutes", type=float, help="begin nothing more after so many minutes (default: no limit)")


class Budget:
    """Counts from now."""

    def __init__(self, minutes: float | None) -> None:
        self._end = None if minutes is None else monotonic() + 60 * minutes

    @property
    def spent(self) -> bool:
        return self._end is not None and monotonic() >= self._end

    def within(self, items: Iterable[T]) -> Iterator[T]:
        """Yields items until the time is spent."""
        for item in items:
            if self.spent:
                return
            yield item


def tally(done: int, of: int) -> str:
    """`40` or `12 of 40 (time spent)`."""
    return str(done) if done == of else f"{done} of {of} (time spent)"
