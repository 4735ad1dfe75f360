"""A district beside the sum of its units: a difference is told only where every unit is in the sum."""

from __future__ import annotations

from generator.collection.summary import ReportSummary
from generator.finding import Finding, Level, Message, Place
from generator.forms.declared import declared_trends
from generator.website.numbers import by_organ
from generator.website.site import open_site
from tests.example import FORMS, SETTINGS
from tests.website.compare.samples import report
from tests.website.test_listings import texts

SHILI = SETTINGS.organs[0]


def page(*reports: ReportSummary, findings: tuple[Finding, ...] = ()) -> str:
    sums = open_site(SETTINGS, [], declared_trends(FORMS), forms=FORMS).compare.sums
    return sums.page(SHILI, by_organ(reports), findings).data.decode()


def first(made: str) -> list[str]:
    return texts(made, "(//table)[1]/tbody/tr[1]/*")


def test_a_complete_year_tells_the_difference() -> None:
    made = page(report(2020, "shili", 60), report(2020, "jiaju", 40), report(2020, "yizhen", 21))
    assert first(made) == ["新收申请", "60", "61", "−1", "2"] and "所属机关2个，收入报告2份。" in made


def test_an_excused_unit_does_not_stop_it_and_is_named() -> None:
    made = page(report(2021, "shili", 60), report(2021, "jiaju", 60))
    assert first(made) == ["新收申请", "60", "60", "0", "1"]
    assert texts(made, "//ul[@class='missing']/li") == ["示例区乙镇人民政府：示例：当年没有报告"]


def test_a_missing_unit_leaves_the_difference_open() -> None:
    made = page(report(2020, "shili", 60), report(2020, "jiaju", 40))
    assert first(made) == ["新收申请", "60", "40", "", "1"]
    assert texts(made, "//ul[@class='missing']/li") == ["示例区乙镇人民政府"]


def test_units_on_another_form_are_no_measure() -> None:
    other = report(2020, "yizhen", 20)._replace(form="gbkbh-2021-30")
    assert first(page(report(2020, "shili", 60), report(2020, "jiaju", 40), other))[3] == ""


def test_accepted_differences_give_their_reason_in_their_year() -> None:
    place, message = Place(""), Message("", "")
    accepted = Finding(
        "AGG-CELL", Level.ERROR, place, message, (), "shili", 2020, "表二.甲", "示例原因", values="5 ≠ 0"
    )
    reports = (report(2020, "shili"), report(2021, "shili"), report(2020, "jiaju"), report(2020, "yizhen"))
    made = page(*reports, findings=(accepted,))
    assert texts(made, "//section[h2/@id='y2020']/ul[@class='flaws']/li") == ["示例原因"]
    assert texts(made, "//section[h2/@id='y2021']/ul[@class='flaws']/li") == []
