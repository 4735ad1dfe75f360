"""Corrections against what is public: no change in silence, no untruth, nothing taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest

from generator.forms.declared import declared_form
from generator.targets.correction_gate import correction_faults
from tests.targets.samples import record

NAME = "表三.本年新收.总计"


@pytest.mark.parametrize(
    ("received", "public", "items", "fault"),
    [
        ("4", (), [("03-01", "3", "4")], ""),
        ("5", (), [("03-01", "3", "4"), ("03-02", "4", "5")], ""),  # two before the first is public
        ("5", (), [("03-02", "4", "5"), ("03-01", "3", "4")], "says it was 4; 3 is public"),
        ("4", (), [("03-01", "3", "5")], "3 → 4 without a correction"),
        ("3", (), [("03-01", "2", "3")], "says it was 2; 3 is public"),  # of a figure that does not change
        ("3", (), [("03-01", "3", "4"), ("03-02", "4", "3")], ""),
        ("3", [("02-01", "2", "3")], [("02-01", "2", "3")], ""),
        ("4", [("02-01", "2", "3")], [("02-01", "2", "3"), ("03-01", "3", "4")], ""),
        ("4", [("02-01", "2", "3")], [("03-01", "3", "4")], "gone or was altered: 2026-02-01"),
        ("3", [("02-01", "2", "3")], [("02-02", "2", "3")], "gone or was altered: 2026-02-01"),
        ("3", [("02-01", "2", "3")], [("02-01", "2", "3")] * 2, "says it was 2; 3 is public"),
        ("4", (), [("03-12", "3", "4")], "of the future: 2026-03-12"),
        ("4", (), [("03-11", "3", "4")], ""),  # tomorrow: perhaps the clock is wrong
        ("~", (), [("03-01", "3", "")], "3 → ~ without a correction"),
        ("", (), [("03-01", "3", "")], ""),
    ],
)
def test_corrections_lead_from_what_is_public_to_what_will_be_and_none_is_taken_back(
    received: str, public: Sequence[tuple[str, str, str]], items: Sequence[tuple[str, str, str]], fault: str
) -> None:
    before, after = (
        [{"date": f"2026-{day}", "name": NAME, "old": old, "new": new, "reason": "示例"} for day, old, new in told]
        for told in (public, items)
    )
    old, new = record(corrections=before), record(received=received, corrections=after)
    told = list(correction_faults(json.loads(old), json.loads(new), declared_form, date(2026, 3, 10)))
    assert any(fault in item.en for item in told) if fault else told == []


def test_corrections_that_somebody_broke_on_the_server_are_no_corrections() -> None:
    old, new = (json.loads(record(received=text)) for text in ("3", "4"))
    new["corrections"] = [{"date": "2026-03-01", "name": NAME, "old": "3", "new": "4", "reason": "示例"}]
    broken: object
    for broken in ("x", None, ["x"], [{"name": []}], [{"date": "2026-01-01"}], 7):
        assert list(correction_faults({**old, "corrections": broken}, new, declared_form, None)) == []
