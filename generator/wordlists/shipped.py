"""Loads the word lists that ship with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.wordlists.matcher import WordLists, read_words

FOLDER = Path(__file__).parent / "lists"


@cache
def shipped_words() -> WordLists:
    """Loads the shipped lists once: typos, fixed phrases, traditional characters, mail domains and others."""
    return read_words({path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))})
