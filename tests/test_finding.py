"""Findings as values: what blocks, how they pass through JSON, how they are counted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.finding import (
    NIANBAO,
    CellName,
    Finding,
    Level,
    Message,
    Place,
    UserError,
    counted,
    counts,
    did_you_mean,
    from_record,
    program,
    to_record,
)

ERROR = Finding("T3-ROW", Level.ERROR, Place("2021/jia/tables.yaml", 8, 9), Message("不等", "differs"))


@pytest.mark.parametrize(
    ("typed", "name"), [("/usr/bin/nianbao", "nianbao"), ("/x/generator/__main__.py", "python -m generator")]
)
def test_the_command_is_named_as_it_has_to_be_typed(typed: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", [typed])
    assert program() == name


def test_a_command_is_put_into_a_message_when_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = from_record(to_record(replace(ERROR, message=Message(f"用 {NIANBAO} new", f"run {NIANBAO} new"))))
    for typed, name in (("/home/a/generator/__main__.py", "python -m generator"), ("/opt/bin/nianbao", "nianbao")):
        monkeypatch.setattr("sys.argv", [typed])
        assert [recorded.message.say(lang) for lang in ("zh", "en")] == [f"用 {name} new", f"run {name} new"]


def test_a_message_is_said_in_the_language_asked_for() -> None:
    message = Message("不等", "differs")
    assert (message.say("zh"), message.say("en"), message.say("fr")) == ("不等", "differs", "不等")


@pytest.mark.parametrize(
    ("typed", "cutoff", "suggested"),
    [
        ("重复的申请", 0.6, "重复申请"),
        ("重复申请", 0.6, "重复申请"),
        ("天气", 0.6, ""),
        ("重复", 0.6, "重复申请"),
        ("重复", 0.7, ""),
        ("", 0.6, ""),
    ],
)
def test_only_a_name_close_enough_is_suggested(typed: str, cutoff: float, suggested: str) -> None:
    hint = did_you_mean(typed, iter(["规章", "重复申请"]), cutoff)
    expected = Message(f"；是不是“{suggested}”？", f"; did you mean “{suggested}”?") if suggested else Message("", "")
    assert hint == expected


@pytest.mark.parametrize(
    ("finding", "blocking"),
    [
        (ERROR, True),
        (replace(ERROR, level=Level.WARNING), False),
        (replace(ERROR, level=Level.NOTE), False),
        (replace(ERROR, accepted="原报告如此"), False),
        (replace(ERROR, accepted=""), False),
    ],
)
def test_an_error_blocks_until_it_is_accepted(finding: Finding, blocking: bool) -> None:
    assert finding.blocking is blocking


def test_an_accepted_finding_counts_as_accepted_only() -> None:
    found = [ERROR, ERROR, replace(ERROR, level=Level.NOTE), replace(ERROR, accepted="原报告如此")]
    assert counts(found) == {"error": 2, "warning": 0, "note": 1, "accepted": 1}
    assert counts([]) == {"error": 0, "warning": 0, "note": 0, "accepted": 0}


TEXT = st.text(max_size=8)
PLACE = st.builds(Place, TEXT, st.integers(0, 99), st.integers(0, 99))
FINDINGS = st.builds(
    Finding,
    TEXT,
    st.sampled_from(Level),
    PLACE,
    st.builds(Message, TEXT, TEXT),
    st.lists(
        st.builds(CellName, TEXT, st.lists(TEXT, max_size=3).map(tuple), st.lists(TEXT, max_size=3).map(tuple)),
        max_size=3,
    ).map(tuple),
    TEXT,
    st.integers(0, 3000),
    TEXT,
    st.none() | TEXT,
    TEXT,
    st.lists(PLACE, max_size=3).map(tuple),
)


@pytest.mark.slow
@given(FINDINGS)
def test_a_finding_comes_back_from_json_as_it_was(finding: Finding) -> None:
    assert from_record(json.loads(json.dumps(to_record(finding)))) == finding


def test_a_user_error_keeps_both_languages() -> None:
    error = UserError(Message("没有内容文件夹", "no content folder"))
    assert (error.message.zh, str(error)) == ("没有内容文件夹", "no content folder")


def test_counts_in_english_have_their_number() -> None:
    assert [counted(number, "cell") for number in (0, 1, 2)] == ["0 cells", "1 cell", "2 cells"]
    assert [counted(number, "cell is", "cells are") for number in (1, 2)] == ["1 cell is", "2 cells are"]
