"""How the requests of a year were dealt with: sums over leading organs, with what is left out said."""

from __future__ import annotations

from generator.collection.summary import ReportSummary
from generator.website.charts import composition_of
from generator.website.outcomes import Outcomes, outcomes
from generator.website.site import open_site
from tests.example import FORMS, SETTINGS
from tests.website.compare.samples import report
from tests.website.test_listings import texts

SITE = open_site(SETTINGS, [], forms=FORMS)
FORM = next(form for form in FORMS if form.id == report(2021, "shili").form)


def dealt(summary: ReportSummary, **cases: int) -> ReportSummary:
    """The report with so many cases in these rows of results, and none in the others."""
    names = [name.split(".")[1] for name in FORM.role("results")]
    assert cases.keys() <= {*names}
    return summary._replace(outcomes=tuple(str(cases.get(name, 0)) for name in names))


def drawn(*summaries: ReportSummary) -> Outcomes | None:
    return outcomes(SITE.shell, SITE.directory, FORMS, 2021, summaries)


def test_cases_of_units_are_not_added_to_those_of_their_district() -> None:
    district = dealt(report(2021, "shili"), 予以公开=24, 属于国家秘密=4, 属于行政执法案卷=8, 本机关不掌握=4)
    made = drawn(district, dealt(report(2021, "jiaju"), 予以公开=5, 本机关不掌握=5))
    assert made is not None
    assert made.said == (
        "2021年，1份报告（区）共办理政府信息公开申请40件，其中予以公开24件（60.0%）、不予公开12件（30.0%）、"
        "无法提供4件（10.0%）。"
    )
    parts = composition_of(FORM)
    assert parts is not None and len(texts(made.table, "//tbody/tr/th")) == len(parts.parts)
    assert texts(made.table, "//tbody/tr[3]/td")[1:] == ["12", "30.0%"]


def test_a_report_with_a_blank_is_left_out_and_that_is_said() -> None:
    whole = dealt(report(2021, "jiaju"), 予以公开=5, 本机关不掌握=5)
    other = dealt(report(2021, "yizhen"), 予以公开=3, 本机关不掌握=1)
    blank = other._replace(outcomes=("", *other.outcomes[1:]))
    made, both = drawn(whole, blank), drawn(whole, other)
    assert made and "1份（共2份，其余有空白或用另一种表）报告（部门）共办理政府信息公开申请10件" in made.said
    assert both and "2份报告（部门、镇）共办理政府信息公开申请14件" in both.said


def test_of_fewer_than_thirty_cases_no_share_is_told() -> None:
    few = drawn(dealt(report(2021, "shili"), 予以公开=20, 本机关不掌握=9))
    enough = drawn(dealt(report(2021, "shili"), 予以公开=20, 本机关不掌握=10))
    assert few and "%" not in few.said and texts(few.table, "//tbody/tr[1]/td")[1:] == ["20", "–"]
    assert few.said.endswith("其中予以公开20件、无法提供9件。") and enough and "33.3%" in enough.said


def test_those_of_the_year_before_stand_beside_where_the_same_organs_have_them() -> None:
    now = [dealt(report(2022, organ), 予以公开=5, 本机关不掌握=5) for organ in ("jiaju", "yizhen")]
    then = {item.organ: dealt(report(2021, item.organ), 予以公开=3, 本机关不掌握=1) for item in now}
    assert {item.form for item in now} == {item.form for item in then.values()}

    def first_row(before: dict[str, ReportSummary]) -> list[str]:
        made = outcomes(SITE.shell, SITE.directory, FORMS, 2022, now, before)
        assert made is not None
        return texts(made.table, "//tbody/tr[1]/td")[1:]

    assert first_row(then) == ["10", "6", "–"]
    other = report(2020, "yizhen")._replace(outcomes=then["yizhen"].outcomes)
    blank = then["yizhen"]._replace(outcomes=("", *then["yizhen"].outcomes[1:]))
    for lacking in ({}, {"jiaju": then["jiaju"]}, then | {"yizhen": other}, then | {"yizhen": blank}):
        assert first_row(lacking) == ["10", "–"]


def test_nothing_is_drawn_of_one_result_or_none() -> None:
    assert drawn() is None and drawn(dealt(report(2021, "shili"))) is None
    assert drawn(dealt(report(2021, "shili"), 予以公开=6)) is None
    assert drawn(report(2021, "shili")._replace(outcomes=())) is None
