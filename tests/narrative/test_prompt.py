"""What `new` writes where a person has yet to write."""

from __future__ import annotations

from generator.narrative.prompt import PROMPT
from generator.wordlists.shipped import shipped_words


def test_check_looks_for_it() -> None:
    """A report in which a prompt is left cannot be built."""
    found = shipped_words().look(f"示例\n\n{PROMPT}引言\n")
    assert [(at, word.rule) for at, word in found.words] == [(4, "LEAK-TEMPLATE")]
