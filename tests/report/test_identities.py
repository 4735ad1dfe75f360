"""Which single cell may be wrong when an identity fails, and what a blank must be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.report.identities import holds, implied, is_slip, repairs
from generator.report.model import TableFigures
from tests.example import entry, findings, tables


def sheet(**rows: list[object]) -> TableFigures:
    read, _ = entry(2021, tables(2021, **rows))
    assert read is not None
    return read.report.sheets[1]


def failing(read: TableFigures) -> dict[str, list[tuple[str, int]]]:
    """Rule → (cell, value) of the repairs of its first broken identity."""
    found: dict[str, list[tuple[str, int]]] = {}
    for equation in read.table.equations:
        if holds(equation, read.values) is False:
            said = [(read.table.slots[c.slot].name, int(c.value)) for r in repairs(read, equation) for c in r.changes]
            found.setdefault(equation.rule, said)
    return found


def test_a_wrong_total_of_a_row_has_exactly_one_repair() -> None:
    assert failing(sheet(表三_重复申请=[0, 0, 0, 0, 0, 0, 2])) == {
        "T3-ROW": [("表三.重复申请.总计", 0)],
        "T3-SUM": [("表三.重复申请.总计", 0)],
    }


def test_the_message_says_so() -> None:
    (row, _) = [
        f for f in findings(2021, tables(2021, 表三_重复申请=[0, 0, 0, 0, 0, 0, 2])) if f.rule in ("T3-ROW", "T3-SUM")
    ]
    assert "只有一处改动能使经过它的勾稽全部成立：表三.重复申请.总计 由2改为0" in row.message.zh
    assert "Exactly one change" in row.message.en


def test_a_row_never_filled_in_is_told_as_a_whole() -> None:
    """（七） 总计 left at 0 while the results add up to 4: as in a report really published."""
    four: list[object] = [4, 0, 0, 0, 0, 0, 4]
    text = tables(2021, 表三_本年新收=four, 表三_予以公开=four, 表三_总计=[0] * 7)
    found = [f for f in findings(2021, text) if f.rule == "T3-SUM"]
    assert [f.subject for f in found] == ["表三.总计.自然人", "表三.总计.总计"]
    assert all("最可能：表三.总计.自然人 由0改为4、表三.总计.总计 由0改为4" in f.message.zh for f in found)


def test_results_wrong_in_two_columns_of_one_row_are_told_together() -> None:
    """Σ results 26 and 27, （七） 20 and 21, while the balance holds: as in a report really published."""
    text = tables(
        2021,
        表三_本年新收=[20, 0, 0, 0, 0, 1, 21],
        表三_予以公开=[26, 0, 0, 0, 0, 1, 27],
        表三_总计=[20, 0, 0, 0, 0, 1, 21],
    )
    found = [f for f in findings(2021, text) if f.rule == "T3-SUM"]
    assert [f.subject for f in found] == ["表三.总计.自然人", "表三.总计.总计"]
    assert all(
        "只有一处改动" in f.message.zh
        and "表三.予以公开.自然人 由26改为20、表三.予以公开.总计 由27改为21" in f.message.zh
        for f in found
    )


def test_what_no_single_row_explains_is_said_to_be_more_than_one() -> None:
    text = tables(
        2021,
        表三_予以公开=[2, 0, 0, 0, 0, 0, 3],
        表三_部分公开=[0, 5, 0, 0, 0, 0, 0],
        表三_结转下年度=[0, 0, 9, 0, 0, 0, 1],
    )
    assert any("不止一处有误" in f.message.zh for f in findings(2021, text))


def test_slips_of_the_hand_come_before_arbitrary_changes() -> None:
    read, _ = entry(2021, tables(2021, 表四_件数=[12, 0, 0, 0, 21, *[0] * 10]))
    assert read is not None
    case = read.report.sheets[2]
    (broken,) = [e for e in case.table.equations if holds(e, case.values) is False]
    assert [
        (case.table.slots[c.slot].name, int(c.value), r.slip) for r in repairs(case, broken) for c in r.changes
    ] == [
        ("表四.行政复议.结果维持", 21, True),
        ("表四.行政复议.总计", 12, True),
        ("表四.行政复议.结果纠正", 9, False),
        ("表四.行政复议.其他结果", 9, False),
        ("表四.行政复议.尚未审结", 9, False),
    ]


def test_the_other_side_of_an_identity_counts() -> None:
    """新收 3 = 总计 3 + 结转 1: what is carried out must be 0, not 3 + 3."""
    assert failing(sheet(表三_结转下年度=[1, 0, 0, 0, 0, 0, 0])) == {
        "T3-ROW": [("表三.结转下年度.自然人", 0)],
        "T3-BAL": [("表三.结转下年度.自然人", 0)],
    }


@pytest.mark.parametrize(("disclosed", "handled", "slip"), [((26, 27), (20, 21), True), ((19, 20), (10, 11), False)])
def test_several_cells_are_a_slip_only_where_each_is_one(
    disclosed: tuple[int, int], handled: tuple[int, int], slip: bool
) -> None:
    """19 for 10 is a digit typed wrong, 20 for 11 is not."""
    total: list[object] = [handled[0], 0, 0, 0, 0, 1, handled[1]]
    read = sheet(表三_本年新收=total, 表三_予以公开=[disclosed[0], 0, 0, 0, 0, 1, disclosed[1]], 表三_总计=total)
    column = next(e for e in read.table.equations if holds(e, read.values) is False)
    slips = {tuple(int(change.value) for change in repair.changes): repair.slip for repair in repairs(read, column)}
    assert slips[handled] is slip


def test_a_bound_holds_or_not_and_has_no_repair() -> None:
    def stock(*figures: int | str) -> tuple[bool | None, bool]:
        read, _ = entry(2020, tables(2020, 表二_规范性文件=list(figures)))
        assert read is not None
        table = read.report.sheets[0]
        bound = next(e for e in table.table.equations if e.rule == "T2-19-DISC" and e.along == "规范性文件")
        return holds(bound, table.values), repairs(table, bound) == []

    assert (
        stock(0, 3, 4) == stock(0, 3, 3) == (True, True)
        and stock(0, 3, 2) == (False, True)
        and stock(0, 3, "~") == stock(0, "~", 3) == (None, True)
    )
    read, _ = entry(2020, tables(2020, 表二_行政处罚=[3, -3, 0]))
    assert read is not None
    assert {
        holds(e, read.report.sheets[0].values)
        for e in read.report.sheets[0].table.equations
        if e.relation == "not_negative"
    } == {True}


@pytest.mark.parametrize(
    ("now", "value", "slip"),
    [
        ("12", "21", True),
        ("12", "13", True),
        ("12", "122", True),
        ("122", "12", True),
        ("12", "34", False),
        ("12", "132", True),
        ("12", "345", False),
        ("123", "321", False),
        ("12", "31", False),
        ("12", "23", False),
        ("1", "11", True),
        ("1", "2", False),
        ("7", "700", False),
    ],
)
def test_slips_of_the_hand(now: str, value: str, slip: bool) -> None:
    assert is_slip(now, value) is slip


def test_a_blank_is_told_by_its_row_and_column() -> None:
    read = sheet(表三_上年结转=[0, 0, 0, 0, 0, 0, "~"], 表三_重复申请=["~", "~", 0, 0, 0, 0, 0])
    blanks = {
        slot.name: implied(read, index) for index, slot in enumerate(read.table.slots) if read.values[index] is None
    }
    assert blanks == {"表三.上年结转.总计": 0, "表三.重复申请.自然人": 0, "表三.重复申请.商业企业": 0}


def test_a_blank_whose_identities_contradict_is_not_told() -> None:
    read = sheet(表三_上年结转=[1, 0, 0, 0, 0, 0, "~"])
    index = next(i for i, slot in enumerate(read.table.slots) if slot.name == "表三.上年结转.总计")
    assert implied(read, index) is None


@given(
    row=st.sampled_from(["本年新收", "予以公开", "重复申请", "总计", "结转下年度"]),
    column=st.integers(0, 6),
    to=st.integers(0, 30),
)
def test_a_repair_really_mends_every_identity_through_its_cell(row: str, column: int, to: int) -> None:
    figures: list[object] = [3, 0, 0, 0, 0, 0, 3] if row in ("本年新收", "予以公开", "总计") else [0] * 7
    figures[column] = to
    read = sheet(**{f"表三_{row}": figures})
    for equation in read.table.equations:
        for repair in repairs(read, equation) if holds(equation, read.values) is False else []:
            mended = list(read.values)
            for change in repair.changes:
                mended[change.slot] = change.value
            changed = {change.slot for change in repair.changes}
            through = [e for e in read.table.equations if changed & {*e.left, *e.right}]
            assert all(holds(e, mended) is not False for e in through)
            assert repair.mends == sum(holds(e, read.values) is False for e in through) > 0
