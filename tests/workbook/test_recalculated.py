"""LibreOffice opens, computes and saves the workbook: wrong figures are marked, right ones not, nothing is lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from generator.workbook.checks import BROKEN, PASSED, UNFILLED, checks
from generator.workbook.layout import CHECKS
from generator.workbook.make import FIRST_CHECK
from tests.importer.samples import figures
from tests.readers.samples import converted
from tests.workbook.samples import Spot, form, layout, opened, spot, taken, typed

pytestmark = [pytest.mark.office, pytest.mark.slow]

KINDS = [("xlsx", "xlsx:Calc MS Excel 2007 XML"), ("ods", "ods"), ("xls", "xls:MS Excel 97")]


def filled(year: int, **changes: str | float) -> bytes:
    """A consistent report typed into the form, with changes: 表三_本年新收_总计=4."""
    said = figures(year)
    cells: dict[Spot, str | float] = {}
    for one in layout(year).tables:
        for slot, text in zip(one.table.slots, said[one.table.id], strict=True):
            cells[spot(year, slot.name)] = text if slot.column.unit_in_cell else float(text)
    cells |= {spot(year, name.replace("_", ".")): value for name, value in changes.items()}
    return typed(form(year), cells, stale=True)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Forms by what was typed into them, all computed and saved in one start of LibreOffice."""
    wrong_figures: dict[Spot, str | float] = {
        spot(2020, "表二.规范性文件.本年新公开数量"): 8.0,
        spot(2020, "表二.行政许可.本年增/减"): -3.0,
    }
    forms = {
        "right 2020": filled(2020),
        "right 2021": filled(2021),
        "wrong 2020": typed(filled(2020), wrong_figures),
        "wrong 2021": filled(2021, 表三_本年新收_自然人=5.0, 表四_行政复议_总计=2.0),
        "empty": typed(form(2021), {}, stale=True),
    }
    return resaved(forms, tmp_path_factory.mktemp("office"), KINDS[0][1])


def resaved(forms: dict[str, bytes], folder: Path, target: str) -> dict[str, bytes]:
    sources = [folder / f"{name}.xlsx" for name in forms]
    for source, data in zip(sources, forms.values(), strict=True):
        source.write_bytes(data)
    return dict(zip(forms, converted(sources, target), strict=True))


def results(data: bytes, year: int, name: str = "a.xlsx") -> dict[str, tuple[str, str]]:
    """Identity in words → (what the 校验 sheet says, the difference)."""
    document = opened(data, name)
    # a formula's 0 in a file of LibreOffice is in doubt, for it may have kept one that nobody calculated
    zeros = {place: "0" for place, doubt in document.doubts.items() if doubt.raw.endswith("〔存的是0〕")}
    cells = {**document.cells, **zeros}
    return {
        f"{check.plan.sheet}{check.words}": (cells[CHECKS, row, 2], cells.get((CHECKS, row, 3), ""))
        for row, check in enumerate(checks(layout(year)), FIRST_CHECK)
    }


@pytest.mark.parametrize("year", [2020, 2021])
def test_a_right_report_passes_every_check(year: int, recalculated: dict[str, bytes]) -> None:
    said = results(recalculated[f"right {year}"], year)
    assert set(said.values()) == {(PASSED, "0")} and len(said) > 40


def test_a_wrong_figure_fails_the_identities_through_it_and_no_other(recalculated: dict[str, bytes]) -> None:
    data = recalculated["wrong 2021"]
    wrong = {words: found for words, found in results(data, 2021).items() if found[0] != PASSED}
    assert wrong == {
        "表三“本年新收”：自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计": (BROKEN, "2"),
        "表三“自然人”：本年新收 + 上年结转 = 总计 + 结转下年度": (BROKEN, "2"),
        "表四“行政复议”：结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计": (BROKEN, "-2"),
    }
    cells = opened(data).cells
    assert cells["表三", 2, 0] == "有2项勾稽关系不符：看红格和“校验”表；已填完"
    assert (
        cells["表二", 2, 0] == "已填完"
        and cells[CHECKS, 1, 0] == f"共{len(results(data, 2021))}项：通过39项、不符3项、未填0项"
    )


def test_an_empty_form_raises_no_alarm(recalculated: dict[str, bytes]) -> None:
    data = recalculated["empty"]
    assert {state for state, _ in results(data, 2021).values()} == {UNFILLED}
    assert opened(data).cells["表三", 2, 0] == "还有175格未填"


def test_the_2019_form_knows_its_inequalities(recalculated: dict[str, bytes]) -> None:
    data = recalculated["wrong 2020"]
    wrong = {words: found for words, found in results(data, 2020).items() if found[0] != PASSED}
    assert wrong == {
        "表二“规范性文件”：本年新公开数量 ≤ 对外公开总数量": (BROKEN, "8"),
        "表二“行政许可”：上一年项目数量 + 本年增/减 ≥ 0": (BROKEN, "-3"),
    }


@pytest.mark.parametrize(("kind", "target"), KINDS, ids=[kind for kind, _ in KINDS])
def test_what_another_program_saved_reads_the_same(kind: str, target: str, tmp_path: Path) -> None:
    front = {
        ("正文", 2 + 8 + 2 + 2, 1): "示例 第一段。",
        ("基本信息", 5, 1): "示例区人民政府年度报告",
        ("基本信息", 8, 1): "2026-01-20",
    }
    forms = {str(year): typed(filled(year), front) for year in (2020, 2021)}
    for year, data in resaved(forms, tmp_path, target).items():
        again = taken(data, f"form.{kind}")
        assert again.files == taken(forms[year]).files and not again.ignored
        assert [finding.rule for finding in again.findings if finding.rule != "IMP-META"] == []


def test_a_wrong_cell_turns_red_on_paper(tmp_path: Path) -> None:
    """The colour of the mark is on the page only where something is wrong."""
    pdfplumber = pytest.importorskip("pdfplumber")
    wrong = {"right": {}, "wrong": {"表三_本年新收_自然人": 5.0}}
    forms = {kind: filled(2021, **changes) for kind, changes in wrong.items()}
    red = {}
    for name, print_ in resaved(forms, tmp_path, "pdf").items():
        with pdfplumber.open(BytesIO(print_)) as paper:
            page = paper.pages[3]  # after the guide, the front matter and 表二
            red[name] = sum(_is_red(one["non_stroking_color"]) for one in page.rects)
    assert [name for name, count in red.items() if count] == ["wrong"]


def _is_red(colour: object) -> bool:
    return (
        isinstance(colour, tuple)
        and len(colour) == 3
        and colour[0] > 0.95
        and 0.5 < colour[1] < 0.7
        and 0.5 < colour[2] < 0.7
    )
