"""The roll-up of one year: who reported, and which sums differ from the figures of the organ above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from generator.collection.context import context_of
from generator.collection.facts import CollectionFacts, gather
from generator.collection.rollup import Comparison, RollupView, UnitStatus, view
from generator.finding import Message
from tests.collection.test_facts import loaded
from tests.example import FORMS, SETTINGS

Rows = Mapping[str, Sequence[object]]
CONTEXT = context_of(SETTINGS, FORMS)
FORM = next(form for form in FORMS if form.governs(2021))
# every row of every table left blank; what `new` carries over is another matter
BLANK = {f"{table.key}_{row}": ["~"] * length for table in FORM.tables for row, (_, length) in table.row_ranges.items()}
CARRIED: Rows = {"表三_上年结转": [2, 0, 0, 0, 0, 0, 2]}
NEW = "表三_本年新收"


def rolled_up(
    received: int,
    year: int = 2021,
    organ: str = "",
    unit: Rows | None = None,
    drafts: frozenset[tuple[int, str]] = frozenset(),
    own: Rows | None = None,
) -> RollupView | Message:
    """The roll-up of 示例区 over 甲局, with the applications it received; `own`, `unit`: their rows."""
    facts = CollectionFacts()
    district: dict[str, list[object]] = {
        NEW: [received, 0, 0, 0, 0, 0, received],
        **{row: list(figures) for row, figures in (own or {}).items()},
    }
    gather(facts, loaded("shili", 2021, **district), "", True, ())
    gather(facts, loaded("jiaju", **{row: list(figures) for row, figures in (unit or {}).items()}), "shili", False, ())
    return view(facts, CONTEXT, year, organ, drafts)


def shown(result: RollupView | Message) -> RollupView:
    assert isinstance(result, RollupView)
    return result


def test_units_are_listed_with_where_their_reports_are() -> None:
    result = rolled_up(3)
    assert isinstance(result, RollupView)
    assert [(unit.organ.id, unit.state, unit.reason) for unit in result.units] == [
        ("jiaju", UnitStatus.HERE, ""),
        ("yizhen", UnitStatus.EXCUSED, "示例：当年没有报告"),
    ]


def test_sums_that_agree_leave_no_difference() -> None:
    result = rolled_up(3)
    assert isinstance(result, RollupView) and result.has_own and result.summed == 1 and result.differences == []


def test_a_cell_that_differs_holds_both_figures() -> None:
    result = rolled_up(5)
    assert isinstance(result, RollupView)
    assert [(item.slot.name, item.own, item.added) for item in result.differences] == [
        ("表三.本年新收.自然人", Decimal(5), Decimal(3)),
        ("表三.本年新收.总计", Decimal(5), Decimal(3)),
    ]


def test_while_a_unit_is_missing_nothing_is_compared() -> None:
    result = rolled_up(5, 2020)
    assert isinstance(result, RollupView) and result.differences == [] and not result.has_own
    assert {unit.state for unit in result.units} == {UnitStatus.MISSING}


def test_an_organ_without_units_is_refused_with_a_sentence() -> None:
    result = rolled_up(3, organ="jiaju")
    assert isinstance(result, Message) and "没有下级机关" in result.zh


# ---------------------------------------------------------------- what is blank is not compared


@pytest.mark.parametrize("unit", [BLANK, {**BLANK, **CARRIED}], ids=["blank", "carried over by new"])
def test_a_report_without_a_typed_figure_is_none_and_called_unfilled(unit: Rows) -> None:
    result = shown(rolled_up(3, unit=unit))
    assert result.units[0].state is UnitStatus.UNFILLED and result.comparison is None and not result.units[0].is_draft


def test_one_typed_figure_makes_it_a_report_and_the_blanks_are_counted() -> None:
    result = shown(rolled_up(3, unit={**BLANK, NEW: [3, "~", "~", "~", "~", "~", "~"]}))
    assert result.units[0].state is UnitStatus.HERE
    assert result.comparison == Comparison(1, 199, [])


def test_the_own_blanks_count_too_and_a_slash_is_no_blank() -> None:
    whole = shown(rolled_up(3)).comparison
    own = shown(rolled_up(3, own={"表二_规章": ["/", "~", 0], "表三_予以公开": ["~"] * 7})).comparison
    assert whole is not None and own is not None and whole == Comparison(200, 0, [])
    assert (own.compared, own.blank) == (200 - 1 - 1 - 7, 1 + 7)


def test_an_own_report_without_a_figure_is_compared_with_nothing() -> None:
    result = shown(rolled_up(3, own={**BLANK, **CARRIED}))
    assert not result.has_own and result.comparison is None


def test_a_draft_is_compared_as_far_as_it_is_filled_in_and_called_one() -> None:
    drafts = frozenset({(2021, "jiaju")})
    result = shown(rolled_up(3, unit={NEW: [3, 0, 0, 0, 0, 0, "~"]}, drafts=drafts))
    assert result.units[0].state is UnitStatus.DRAFT and result.comparison == Comparison(199, 1, [])
    blank = shown(rolled_up(3, unit=BLANK, drafts=drafts)).units[0]
    assert blank.state is UnitStatus.UNFILLED and blank.is_draft
