"""What files offered beside a report are made with, and why one may not be made."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generator.finding import Message

Pictures = Callable[[str], bytes | None]  # gives the bytes of a picture of the report's folder, None where it has none


def no_pictures(name: str) -> bytes | None:
    """Has no picture."""
    return None


class Materials(NamedTuple):
    """What files are made with besides the report: its pictures, and the folder of the office's own fonts ("" for
    none)."""

    pictures: Pictures = no_pictures
    fonts: str = ""


NOTHING = Materials()


class NotMade(ValueError):
    """A file cannot be made of a report; `said` tells the clerk why and what to do."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.en)
        self.said = said
