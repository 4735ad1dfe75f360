"""Selectors are split, weighed and widened as CSS says."""

from __future__ import annotations

import time

import pytest

from generator.readers.html_selectors import Tag, listed, selector, specificity, wider


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("td", (0, 0, 1)),
        ("*", (0, 0, 0)),
        ("#a .b td > i", (1, 1, 2)),
        ("td:nth-child(2n+1)", (0, 1, 1)),
        ("i:not(.a, #b)", (1, 0, 1)),
        (":is(i, .a b)", (0, 1, 1)),
        (":where(#a .b)", (0, 0, 0)),
        ("td:has(> i.x)", (0, 1, 2)),
        ("a[href='x#y.z']:first-child", (0, 2, 1)),
        (r".md\:hidden", (0, 1, 0)),
    ],
)
def test_specificity(text: str, weight: tuple[int, int, int]) -> None:
    assert specificity(text) == weight


def test_commas_inside_brackets_do_not_part_selectors() -> None:
    assert listed("a, :is(b, i) > u,[title=',']") == ["a", ":is(b, i) > u", "[title=',']"]


def test_steps_that_ask_for_a_place_are_looked_up_whole() -> None:
    asked: list[str] = []

    def ask(step: str) -> bool:
        asked.append(step)
        return True

    steps = selector("table > tr:nth-child(2) b + i.x", ask)
    assert asked == ["tr:nth-child(2)", "b+i.x"] and steps is not None
    assert [(step.key, step.child, step.place) for step in steps] == [
        ("table", False, ""),
        ("tr", True, "tr:nth-child(2)"),
        (".x", False, "b+i.x"),
    ]
    assert steps[1].fits(Tag("tr", "", frozenset(), {}, frozenset(["tr:nth-child(2)"])))
    assert not steps[1].fits(Tag("tr", "", frozenset(), {}))


@pytest.mark.parametrize("text", ["", ">", "td >", "> td", "a > > b", "a " * 9 + "b", "a~b~c~d", "i:nth-child(1)"])
def test_what_is_broken_or_costly_or_unknown_is_not_read(text: str) -> None:
    assert selector(text) is None


@pytest.mark.parametrize(
    ("text", "wide"),
    [("td i:lang(zh)", "i"), ("b + i.x:foo(a(b))", "i.x"), (":foo", "*"), ("td >", ""), (r"td .a\:b", "*")],
)
def test_wider_selectors(text: str, wide: str) -> None:
    assert wider(text) == wide


@pytest.mark.parametrize("text", ["(" * 50_000, ":not(" * 20_000, "a[" * 30_000, ":is(a," * 20_000])
def test_hostile_selectors_end_soon(text: str) -> None:
    begun = time.process_time()
    assert selector(text, lambda step: True) is None
    assert wider(text) is not None
    assert time.process_time() - begun < 2
