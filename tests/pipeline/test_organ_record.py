"""Records are plain text: hashes keep parts apart, findings survive."""

from __future__ import annotations

from generator.finding import CellName, Finding, Level, Message, Place
from generator.pipeline.organ_record import digest, dump_findings, load_findings


def test_a_hash_tells_parts_apart_and_takes_any_name() -> None:
    assert digest("a", "bc") != digest("ab", "c") != digest("abc") != digest("abc", "")
    assert digest("\udcff") != digest("\udcfe") and len(digest()) == 32


def test_findings_survive() -> None:
    place = Place("2021/shili/tables.yaml", 3, 5)
    cells = (CellName("t3", ("本年新收",), ("总计",)),)
    finding = Finding(
        "T3-SUM", Level.ERROR, place, Message("示例", "sample"), cells, "shili", 2021, "甲", "因", "1", (place,)
    )
    assert load_findings(dump_findings([finding])) == [finding] and load_findings(dump_findings([])) == []
