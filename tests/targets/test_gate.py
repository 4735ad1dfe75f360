"""The gate: each refusal, and that it stays silent where nothing is wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from generator.collection.settings import Settings
from generator.finding import Finding, Level, Message, Place
from generator.forms.declared import declared_form
from generator.ledger.chain import Ledger, read_ledger
from generator.ledger.proposal import next_entry, propose
from generator.ledger.sums import FileSum
from generator.targets.gate import GATES, Refusal, Reports, refusals
from tests.example import SETTINGS
from tests.targets.samples import TIME, record

PATH = "2021/shili/report.json"
PUBLIC = {f"{n}.html": FileSum(1, str(n), "") for n in range(400)}
NONE = Reports({}, {})


def published(files: dict[str, FileSum] = PUBLIC) -> Ledger:
    ledger = Ledger()
    return ledger.following(next_entry(ledger, propose(ledger, files), TIME, "示例"))


def asked(
    settings: Settings = SETTINGS,
    findings: Sequence[Finding] = (),
    stale: bool = False,
    ledger: Ledger | None = None,
    witness: bytes = b"",
    files: dict[str, FileSum] = PUBLIC,
    reports: Reports = NONE,
    strangers: Sequence[str] = (),
) -> list[Refusal]:
    ledger = ledger or published()
    proposal = propose(ledger, files)
    return list(refusals(settings, findings, stale, ledger, witness, proposal, reports, strangers, declared_form))


def gates(found: list[Refusal]) -> list[str]:
    assert all(item.gate in GATES and item.message.zh and item.message.en for item in found)
    return [item.gate for item in found]


def without(count: int) -> dict[str, FileSum]:
    return dict(list(PUBLIC.items())[count:])


def reports(old: str | None, new: str | None) -> Reports:
    return Reports({PATH: json.loads(record(old))}, {PATH: json.loads(record(new))})


def test_nothing_stands_against_a_sound_publication() -> None:
    assert asked(reports=reports("2022-01-20", "2022-01-20"), witness=published().data) == []


@pytest.mark.parametrize("key", ["网站标识码", "ICP备案号", "公安备案号"])
def test_identifiers_must_be_set(key: str) -> None:
    settings = replace(SETTINGS, values={k: v for k, v in SETTINGS.values.items() if k != key})
    (refusal,) = asked(settings)
    assert refusal.gate == "identifiers" and key in refusal.message.zh


def test_errors_and_a_stale_build() -> None:
    error = Finding("T3-SUM", Level.ERROR, Place("2021/shili/tables.yaml"), Message("错", "wrong"))
    assert gates(asked(findings=[error])) == ["errors"] and gates(asked(stale=True)) == ["stale"]
    assert "or of another nianbao" in asked(stale=True)[0].message.en  # as after an upgrade
    assert asked(findings=[replace(error, level=Level.WARNING)]) == []


def test_reports_need_a_date_and_keep_it() -> None:
    assert gates(asked(reports=Reports({}, {PATH: json.loads(record(None))}))) == ["dates"]
    (refusal,) = asked(reports=reports("2022-01-20", "2022-01-21"))
    assert refusal.gate == "redate" and "2021/shili 2022-01-20 → 2022-01-21" in refusal.message.zh
    assert asked(reports=reports(None, "2022-01-21")) == []  # a date that was unknown may become known


def corrected(*corrections: tuple[str, str, str]) -> Reports:
    new = json.loads(record(received="4"))
    new["corrections"] = [
        {"date": "2022-03-01", "name": name, "old": old, "new": now} for name, old, now in corrections
    ]
    return Reports({PATH: json.loads(record())}, {PATH: new})


def test_a_published_figure_changes_only_with_a_correction_that_says_so() -> None:
    (refusal,) = asked(reports=corrected())
    assert refusal.gate == "correction" and "表三.本年新收.总计 3 → 4" in refusal.message.zh
    assert asked(reports=corrected(("表三.本年新收.总计", "3", "4"))) == []
    for wrong in (("表三.本年新收.总计", "2", "4"), ("表三.本年新收.总计", "3", "5"), ("表三.上年结转.总计", "3", "4")):
        assert gates(asked(reports=corrected(wrong))) == ["correction"]


def test_no_address_vanishes() -> None:
    (refusal,) = asked(files=without(1))
    assert refusal.gate == "vanish" and "0.html" in refusal.message.zh


def test_at_most_five_files_or_two_in_a_hundred_may_go() -> None:
    assert gates(asked(files=without(8))) == ["vanish"] and gates(asked(files=without(9))) == ["vanish", "mass"]
    few = dict(list(PUBLIC.items())[:20])
    assert gates(asked(ledger=published(few), files=dict(list(few.items())[5:]))) == ["vanish"]
    assert gates(asked(ledger=published(few), files=dict(list(few.items())[6:]))) == ["vanish", "mass"]


def test_style_sheets_may_go() -> None:
    old = PUBLIC | {f"assets/{n}.css": FileSum(1, "x", "") for n in range(3)}
    ledger = published(old)
    ledger = ledger.following(next_entry(ledger, propose(ledger, PUBLIC), TIME, "示例"))
    assert propose(ledger, PUBLIC).gone and asked(ledger=ledger) == []


def test_what_others_put_there_is_not_touched() -> None:
    (refusal,) = asked(strangers=["notes.txt"])
    assert refusal.gate == "foreign" and "notes.txt" in refusal.message.zh


def test_a_broken_ledger_or_one_that_is_not_ours() -> None:
    data = published().data
    assert gates(asked(ledger=read_ledger(data[:-5]))) == ["chain"]
    assert gates(asked(witness=data + b"{}\n")) == ["chain"]


def test_an_empty_target_that_was_published_to_is_called_empty() -> None:
    (refusal,) = asked(ledger=read_ledger(b""), witness=published().data)
    assert refusal.gate == "chain" and "磁盘没有挂上" in refusal.message.zh and "not mounted" in refusal.message.en
