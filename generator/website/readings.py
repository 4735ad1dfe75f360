"""Gives the key by which names are sorted: characters with several readings are replaced as place names are read.

A browser sorts by pinyin character by character and takes 长城 for zhǎng; readings.yaml knows better."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from generator.yaml_source.shipped import load_yaml

_FILE = Path(__file__).parent / "readings.yaml"


@cache
def readings() -> dict[str, str]:
    """Loads the words whose reading is not the usual one, and what they sort like."""
    loaded = load_yaml(_FILE.read_bytes())
    return {str(word): str(like) for word, like in loaded["readings"].items()}


@cache
def _pattern() -> Callable[..., str]:
    words = sorted(readings(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words))).sub


def sort_key(name: str) -> str:
    """The name with characters of several readings replaced by ones that sort as it is read."""
    return _pattern()(lambda found: readings()[found[0]], name)
