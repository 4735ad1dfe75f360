"""What rules over all reports need of each: facts, totals of the units below an organ, figures of the organ above."""

from __future__ import annotations

from decimal import Decimal

from generator.collection.facts import CollectionFacts, facts_by_year, gather, slots_of
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from tests.example import FORMS, form, prose, tables

FORM = form("gbkbh-2021-30")
AT = {slot.name: index for index, slot in enumerate(slots_of(FORM))}


def loaded(organ: str, year: int = 2021, /, **changes: list[object]) -> LoadedReport:
    files = Files(tables(year, organ, **changes).encode(), prose(year).encode())
    entry, _ = read_entry(ReportRef(year, organ, f"{year}/{organ}"), files, FORMS)
    assert entry is not None
    return entry


def gathered(*units: LoadedReport) -> CollectionFacts:
    facts = CollectionFacts()
    for entry in units:
        gather(facts, entry, "shili", False, ())
    return facts


def test_units_are_added_up_cell_by_cell() -> None:
    facts = gathered(loaded("jiaju"), loaded("yizhen", 表三_本年新收=[4, 0, 0, 0, 0, 0, 4]))
    totals = facts.unit_totals[2021, "shili", FORM.id]
    assert totals.units == 2 and totals.sums[AT["表三.本年新收.总计"]] == 7 and totals.blank == {}


def test_a_blank_cell_is_remembered_with_the_unit_that_left_it() -> None:
    facts = gathered(loaded("jiaju", 表三_本年新收=[3, 0, 0, 0, 0, 0, "~"]))
    assert facts.unit_totals[2021, "shili", FORM.id].blank == {AT["表三.本年新收.总计"]: "jiaju"}


def test_the_figures_of_an_organ_with_units_are_kept_with_their_places() -> None:
    facts = CollectionFacts()
    entry = loaded("shili", 表三_本年新收=[3, "/", 0, 0, 0, 0, 3])
    gather(facts, entry, "", True, ())
    figures, at = facts.parents[2021, "shili"], AT["表三.本年新收.自然人"]
    assert figures.value(at) == Decimal(3) and figures.value(at + 1) is None and figures.texts[at + 1] == "/"
    sheet = next(sheet for sheet in entry.report.sheets if sheet.table.id == "t3")
    assert figures.place(at) == entry.report.place(sheet, 0)


def test_totals_carried_over_are_facts_of_the_report_and_blank_where_the_form_has_none() -> None:
    (facts,) = gathered(loaded("jiaju", 表三_上年结转=[2, 0, 0, 0, 0, 0, 2])).reports
    assert facts.organ == "jiaju" and (facts.carried_in, facts.carried_out) == (Decimal(2), Decimal(0))


def test_merging_parts_gives_what_one_pass_gives() -> None:
    first, second = loaded("jiaju"), loaded("yizhen")
    whole, part = gathered(first, second), gathered(first)
    part.merge(gathered(second))
    assert part == whole
    assert facts_by_year(whole.reports)[2021].keys() == {"jiaju", "yizhen"}
