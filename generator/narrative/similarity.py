"""A sketch of a narrative: a sample of its five-character shingles, chosen by content, so that two texts that share much
share as much of their samples. Linear to make, small to keep, the same on every machine."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Collection, Iterable

# A shingle is sampled where one of these characters, evenly spread in such texts, stands; its next four make the shingle.
# One pattern a character: the engine skips to a single one five times as fast as to a class.
_SAMPLES = [re.compile(f"{char}(?=(.{{4}}))").findall for char in "的和进对"]
_PRIME = 4_294_967_291
SIZE = 256  # of the hashes the smallest are kept: a fair choice, the same in both texts


def sketch(text: str) -> frozenset[int]:
    """32-bit hashes of the sampled shingles, at most SIZE of them."""
    data = "".join([gram for sample in _SAMPLES for gram in sample(text)]).encode("utf-16-le", "surrogatepass")
    grams = array("Q", data[: len(data) // 8 * 8])
    if sys.byteorder == "big":
        grams.byteswap()
    hashes = {gram % _PRIME for gram in grams}
    return frozenset(hashes if len(hashes) <= SIZE else sorted(hashes)[:SIZE])


def pack(hashes: Iterable[int]) -> bytes:
    return array("I", hashes).tobytes()


def unpack(data: bytes) -> array[int]:
    return array("I", data)


def likeness(one: frozenset[int] | set[int], other: Collection[int]) -> float:
    """The share of shingles in common (Jaccard), as the samples tell: within a few per cent for a report of usual length.
    Neither holds a hash twice."""
    both = len(one.intersection(other))
    either = len(one) + len(other) - both
    return both / either if either else 0.0


_BANDS, _ROWS = 16, 4  # 64 buckets
SHARED = 4
_NONE = (-1,) * _ROWS


def bands(hashes: Iterable[int]) -> bytes:
    """Keys (64 bits each) by which likely pairs are found without comparing all: of texts alike by four fifths hardly any
    pair shares fewer than SHARED of them, of texts alike by a half hardly any shares so many."""
    row = [-1] * (_BANDS * _ROWS)
    for value in sorted(hashes, reverse=True):
        row[value & 63] = value
    fours = zip(range(_BANDS), row[::4], row[1::4], row[2::4], row[3::4], strict=True)
    return array("q", [hash(four) for four in fours if four[1:] != _NONE]).tobytes()


def keys(data: bytes) -> array[int]:
    return array("q", data)
