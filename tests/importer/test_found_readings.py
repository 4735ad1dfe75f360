"""What grids gave for the cells of a form: kept, contradicted, given back."""

from __future__ import annotations

from generator.drafts.readings import Certainty, Reading, SourcePlace
from generator.importer.found_readings import FoundReadings
from tests.importer.samples import form, table


def reading(text: str, row: int = 1) -> Reading:
    return Reading(text, text, Certainty.CERTAIN, SourcePlace(row=row))


def test_a_cell_read_twice_is_kept_once_or_blank() -> None:
    found, t4 = FoundReadings(form(2021)), table(2021, "t4")
    for index, text in ((0, "3"), (1, "4"), (0, "3"), (1, "5")):
        found.put(t4, index, reading(text))
    kept = found.readings["t4"]
    assert (kept[0].text, kept[0].certainty) == ("3", Certainty.CERTAIN)
    assert (kept[1].text, kept[1].raw, kept[1].certainty) == ("", "4 / 5", Certainty.UNDECIDED)


def test_what_was_read_since_can_be_forgotten() -> None:
    found, t3 = FoundReadings(form(2021)), table(2021, "t3")
    found.put(t3, 0, reading("3"))
    state = found.saved()
    found.put(t3, 7, reading("4", 2))
    assert found.rows_read(t3) == {"本年新收", "上年结转"} and len(found.spots()) == 2
    found.restore(state)
    assert found.rows_read(t3) == {"本年新收"} and len(found.tables()[1].readings) == 1
