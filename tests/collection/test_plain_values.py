"""Facts and summaries as plain values: what is read back is what was written."""

from __future__ import annotations

import json

from generator.collection.facts import CollectionFacts, gather
from generator.collection.plain_values import Summaries, add_facts, dump_facts, dump_summary
from generator.collection.summary import summarise
from generator.report.model import Acceptance
from tests.collection.test_facts import loaded

ACCEPTED = Acceptance("AGG-CELL", ("表三.本年新收.总计",), "示例", 3, 5, "1 ≠ 2", "示例人", "2026-01-20")


def facts_of(organ: str, /, **changes: list[object]) -> CollectionFacts:
    facts = CollectionFacts()
    gather(facts, loaded(organ, **changes), "shili" if organ != "shili" else "", organ == "shili", (ACCEPTED,))
    return facts


def test_facts_survive_as_json() -> None:
    for organ, changes in (("shili", {}), ("jiaju", {"表三_本年新收": [3, "~", 0, 0, 0, 0, "/"]})):
        facts = facts_of(organ, **changes)
        facts.withheld.add((2021, "jiaju"))
        facts.unread.add((2020, "jiaju"))
        read = CollectionFacts()
        add_facts(read, json.loads(json.dumps(dump_facts(facts))))
        assert read == facts


def test_adding_the_facts_of_reports_gives_what_merging_gives() -> None:
    merged, added = CollectionFacts(), CollectionFacts()
    for organ, changes in (("jiaju", {}), ("yizhen", {"表三_本年新收": [1, 0, 0, 0, 0, 0, "~"]})):
        merged.merge(facts_of(organ, **changes))
        add_facts(added, json.loads(json.dumps(dump_facts(facts_of(organ, **changes)))))
    assert added == merged and added.unit_totals


def test_a_summary_survives_as_json_without_its_indicators() -> None:
    summary = summarise(loaded("shili"))._replace(corrected="2026-03-01")
    assert Summaries().load(json.loads(json.dumps(dump_summary(summary)))) == summary._replace(indicators=())


def test_equal_figures_of_summaries_are_held_once() -> None:
    dumped, summaries = json.dumps(dump_summary(summarise(loaded("jiaju")))), Summaries()
    first, second = (summaries.load(json.loads(dumped)) for _ in range(2))
    assert first.figures and all(mine is other for mine, other in zip(first.figures, second.figures, strict=True))
