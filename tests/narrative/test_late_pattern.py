"""Patterns that are compiled when they are first asked for; what a build without downloads does not load."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from generator.narrative.late_pattern import LatePattern


def test_a_late_pattern_is_compiled_once_and_not_before_it_is_asked_for() -> None:
    wrong = LatePattern("(")
    with pytest.raises(re.error):
        _ = wrong.compiled
    right = LatePattern("[一-鿿]b", re.IGNORECASE)
    assert right.compiled.search("甲B") and right.compiled is right.compiled


def test_a_late_pattern_is_asked_like_a_pattern() -> None:
    late, pattern = LatePattern("[一-鿿]b"), re.compile("[一-鿿]b")
    for span in ((), (1,), (2, 4), (3, 99)):
        for way in ("search", "match"):
            mine, theirs = getattr(late, way)("甲b乙b", *span), getattr(pattern, way)("甲b乙b", *span)
            assert (mine and mine.span()) == (theirs and theirs.span())
        mine = [match.span() for match in late.finditer("甲b乙b", *span)]
        assert mine == [match.span() for match in pattern.finditer("甲b乙b", *span)]


def test_a_build_loads_what_few_sections_need_only_where_it_is_needed() -> None:
    rarely = "{'markdown_it', 'multiprocessing', 'importlib.metadata', 'generator.website.downloads.manuscript'}"
    program = f"import sys, generator.__main__, generator.pipeline.run; print(sorted({rarely} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
