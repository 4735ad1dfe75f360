"""Measures how many single-character edits part two short words (Levenshtein distance)."""

from __future__ import annotations


def edit_distance(first: str, second: str, limit: int) -> int:
    """Counts the characters to insert, delete or replace to turn one word into the other; gives `limit` + 1 as soon as
    there must be more than `limit`."""
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    row = list(range(len(second) + 1))
    for i, char in enumerate(first, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(second, 1):
            diagonal, row[j] = row[j], min(diagonal + (char != other), row[j] + 1, row[j - 1] + 1)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
