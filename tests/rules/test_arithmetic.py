"""A broken identity explains itself: the equation as printed, the difference, what may repair it, where it stands."""

from __future__ import annotations

import pytest

from generator.finding import Finding, Level
from generator.forms.model import Form
from generator.rules.arithmetic import RULES
from tests.example import FORMS, findings, tables


def broken(year: int, rule: str, **rows: list[object]) -> Finding:
    """Returns the first finding of a rule on a report that is consistent but for the rows given."""
    return next(f for f in findings(year, tables(year, **rows)) if f.rule == rule)


def test_a_row_is_reported_by_its_columns_and_points_at_its_total() -> None:
    finding = broken(2021, "T3-ROW", 表三_重复申请=[1, 4, 0, 0, 0, 0, 2])
    assert finding.message.zh.startswith("表三“重复申请”：自然人 1 + 商业企业 4 = 5 ≠ 总计 2（其余4项为0），相差3。")
    assert finding.message.en.startswith(
        "表三 “重复申请”: 自然人 1 + 商业企业 4 = 5 ≠ 总计 2 (the other 4 are 0), difference 3."
    )
    assert (finding.level, finding.subject, finding.values) == (Level.ERROR, "表三.重复申请.总计", "1 + 4 ≠ 2")
    assert (finding.place.line, finding.place.column) == (29, 28)
    assert [cell.column[-1] for cell in finding.cells][-1] == "总计" and len(finding.cells) == 7


def test_a_column_is_reported_by_its_rows() -> None:
    finding = broken(2021, "T3-BAL", 表三_结转下年度=[1, 0, 0, 0, 0, 0, 1])
    assert finding.message.zh.startswith("表三“自然人”：本年新收 3 ≠ 总计 3 + 结转下年度 1 = 4（其余1项为0），相差-1。")
    assert (finding.subject, finding.values) == ("表三.总计.自然人", "3 ≠ 3 + 1")


def test_where_no_cell_is_nought_none_is_counted() -> None:
    finding = broken(2021, "T4-SUM-REV", 表四_件数=[1, 2, 3, 4, 11, *[0] * 10])
    assert (
        "表四“件数”：行政复议.结果维持 1 + 行政复议.结果纠正 2 + 行政复议.其他结果 3 + 行政复议.尚未审结 4 = 10 "
        "≠ 行政复议.总计 11，相差-1。" in finding.message.zh
    )


def test_where_all_are_nought_the_first_stands_for_them() -> None:
    finding = broken(2021, "T4-SUM-REV", 表四_件数=[0, 0, 0, 0, 11, *[0] * 10])
    assert (
        "行政复议.结果维持 0 ≠ 行政复议.总计 11（其余3项为0），相差-11。" in finding.message.zh
        and finding.values == "0 ≠ 11"
    )


def test_negative_figures_read_as_subtracted() -> None:
    assert broken(2021, "T4-SUM-REV", 表四_件数=[5, -2, 0, 0, 9, *[0] * 10]).values == "5 - 2 ≠ 9"


BOUNDS = [
    (2020, "T2-19-DISC", "表二_规范性文件", [8, 8, 7], "8 > 7", "表二.规范性文件.对外公开总数量", Level.ERROR),
    (2020, "T2-19-DELTA", "表二_行政处罚", [2, -3, 0], "2 - 3 < 0", "表二.行政处罚.上一年项目数量", Level.ERROR),
]


@pytest.mark.parametrize(
    ("year", "rule", "row", "figures", "values", "subject", "level"), BOUNDS, ids=[case[1] for case in BOUNDS]
)
def test_a_bound_is_reported_without_guesses_at_a_repair(
    year: int, rule: str, row: str, figures: list[object], values: str, subject: str, level: Level
) -> None:
    finding = broken(year, rule, **{row: figures})
    assert (finding.values, finding.subject, finding.level) == (values, subject, level)
    assert (
        "  " not in finding.message.zh
        and " ，" not in finding.message.zh
        and f"，相差{-1 if rule == 'T2-19-DELTA' else 1}" in finding.message.zh
        and "改动" not in finding.message.zh
        and "不止一处" not in finding.message.zh
    )


@pytest.mark.parametrize(("row", "figures"), [("表二_规范性文件", [8, 8, 8]), ("表二_行政处罚", [3, -3, 0])])
def test_a_bound_may_be_reached(row: str, figures: list[object]) -> None:
    assert not {"T2-19-DISC", "T2-19-DELTA"} & {f.rule for f in findings(2020, tables(2020, **{row: figures}))}


def test_several_repairs_come_likeliest_first_and_no_more_than_three_are_reported() -> None:
    message = broken(2021, "T4-SUM-REV", 表四_件数=[12, 0, 0, 0, 21, *[0] * 10]).message
    assert "以下任一改动都能使经过它的勾稽全部成立，可能性由大到小：" in message.zh
    assert message.zh.endswith(
        "表四.行政复议.结果维持 由12改为21；表四.行政复议.总计 由21改为12；表四.行政复议.结果纠正 由0改为9 等5处"
    )
    assert message.en.endswith(
        "表四.行政复议.结果维持 from 12 to 21; 表四.行政复议.总计 from 21 to 12; 表四.行政复议.结果纠正 from 0 to 9"
    )


def test_a_single_way_is_named_as_the_only_one_and_three_are_reported_without_a_count() -> None:
    """Lowering the 4 under 新收 repairs its row and its column alike."""
    message = broken(2021, "T3-ROW", 表三_本年新收=[4, 0, 0, 0, 0, 0, 3]).message
    assert message.zh.endswith("。只有一处改动能使经过它的勾稽全部成立：表三.本年新收.自然人 由4改为3")
    assert message.en.endswith(
        ". Exactly one change satisfies all identities through it: 表三.本年新收.自然人 from 4 to 3"
    )
    three = broken(2021, "T4-SUM-DIR", 表四_件数=[*[0] * 5, 1, 1, 0, 0, 1, *[0] * 5]).message.zh
    four = broken(2021, "T4-SUM-DIR", 表四_件数=[*[0] * 5, 1, 1, 1, 0, 2, *[0] * 5]).message.zh
    assert four.endswith("未经复议直接起诉.结果纠正 由1改为0 等4处") or four.endswith(" 等4处")
    name = "表四.未经复议直接起诉"
    assert three.endswith(f"，可能性由大到小：{name}.结果维持 由1改为0；{name}.结果纠正 由1改为0；{name}.总计 由1改为2")


def test_a_row_never_filled_in_is_the_first_guess_of_several() -> None:
    four: list[object] = [4, 0, 0, 0, 0, 0, 4]
    message = broken(2021, "T3-SUM", 表三_本年新收=four, 表三_予以公开=four, 表三_总计=[0] * 7).message
    assert "，第一处最可能：表三.总计.自然人 由0改为4、表三.总计.总计 由0改为4" in message.zh
    assert "likeliest first: 表三.总计.自然人 from 0 to 4, 表三.总计.总计 from 0 to 4" in message.en


def test_the_one_that_mends_most_is_likelier_than_several_others() -> None:
    rows: dict[str, list[object]] = {
        name: [n, 0, 0, 0, 0, 0, n] for name, n in (("本年新收", 8), ("予以公开", 4), ("部分公开", 4), ("总计", 6))
    }
    message = broken(2021, "T3-SUM", **{f"表三_{name}": row for name, row in rows.items()}).message.zh
    first, *others = message.partition("，第一处最可能：")[2].split("；")
    assert first == "表三.总计.自然人 由6改为8、表三.总计.总计 由6改为8"
    assert others == [f"表三.{name}.自然人 由4改为2、表三.{name}.总计 由4改为2" for name in ("予以公开", "部分公开")]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_identity_of_every_form_has_its_rule_and_its_rule_speaks(form: Form) -> None:
    docs = {rule.id: rule.doc for rule in RULES}
    assert all(docs.get(equation.rule) for table in form.tables for equation in table.equations)
