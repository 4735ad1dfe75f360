"""Follows curves."""

from __future__ import annotations

from typing import Any

from generator.readers.pdf_curves import measured, sides

ARCH: dict[str, Any] = {"x0": 10, "x1": 30, "top": 120, "bottom": 120}
CURVE = ("c", (10, 90), (30, 90), (30, 120))


def test_a_curve_has_several_sides_and_the_box_that_it_fills() -> None:
    arch = {**ARCH, "path": [("m", (10, 120)), CURVE, ("h",)]}
    found = list(sides(arch))
    assert len(found) == 8 and (found[0][0], found[-1][1]) == ((10, 120), (30, 120))
    box = measured(arch)
    assert (box["x0"], box["x1"], box["top"], box["bottom"]) == (10, 30, 97.5, 120)


def test_straight_sides_begin_where_the_last_one_ended_and_moves_draw_none() -> None:
    path = [("m", (0, 0)), ("l", (5, 0)), ("m", (9, 9)), ("l", (9, 12)), ("v", (1, 1), (2, 2))]
    assert list(sides({"path": path})) == [((0, 0), (5, 0)), ((9, 9), (9, 12)), ((9, 12), (2, 2))]


def test_paths_that_are_missing_or_endless_are_left_as_they_are() -> None:
    assert measured(ARCH) == ARCH
    assert measured({**ARCH, "path": [CURVE] * 1_001}) == {**ARCH, "path": [CURVE] * 1_001}
