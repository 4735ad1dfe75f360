"""Loads the word lists that ship with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.wordlists.matcher import WordLists, read_words

FOLDER = Path(__file__).parent / "lists"


@cache
def shipped_words() -> WordLists:
    """The lists of words that rules look for: typos, fixed phrases, traditional characters, mail domains."""
    return read_words({path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))})
