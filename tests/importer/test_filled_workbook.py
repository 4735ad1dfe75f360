"""A filled-in workbook comes in exactly, or is refused with one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.drafts.readings import Certainty
from generator.importer.filled_workbook import take_filled
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.workbook.cell_names import address
from generator.workbook.layout import FRONT, INDICATORS, NARRATIVE, Filling, IndicatorRow
from tests.example import FORMS, SETTINGS
from tests.importer.test_round_trips import BOTH_REPORTS, reports
from tests.workbook.samples import Spot, form, layout, opened, packed, part_of, parts, spot, taken, typed

pytestmark = pytest.mark.slow

WORDS = st.text(
    st.sampled_from("示例公开申请政府信息（一）、，。：“”*_[]{}#|>-+1234.%/\\ <&abcé"), min_size=1, max_size=60
)
# lines of one letter below one another in a cell are read as one upright line
PARAGRAPHS = st.lists(WORDS.map(lambda text: " ".join(text.split())).filter(lambda text: len(text) > 2), max_size=12)


def entry(files: dict[str, bytes], year: int, organ: str = "shili") -> LoadedReport:
    found, findings = read_entry(
        ReportRef(year, organ, f"{year}/{organ}"), Files(files["tables.yaml"], files["report.md"]), FORMS
    )
    assert (
        found is not None
        and [f.message.zh for f in findings if f.rule.startswith(("SRC", "KEY", "ROW", "FIG", "IND", "BIND"))] == []
    )
    return found


def by_name(year: int, said: dict[str, list[str]]) -> dict[str, str]:
    return {
        slot.name: text
        for one in layout(year).tables
        for slot, text in zip(one.table.slots, said[one.table.id], strict=True)
    }


# ---------------------------------------------------------------- exact


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(BOTH_REPORTS, st.data())
def test_what_is_filled_in_is_what_comes_in(year: int, data: st.DataObject) -> None:
    """Figures, blanks, narrative, front matter and indicators; nothing to be checked by eye."""
    said = data.draw(reports(year, blanks=True))
    narrative = tuple(tuple(data.draw(PARAGRAPHS)) for _ in layout(year).parts)
    rows = (
        IndicatorRow("示例培训次数", "7", "次", "一", "是"),
        IndicatorRow("示例率", "86.99", "%", "一", "", "示例甲", "示例乙"),
    )
    front = {
        "标题": "示例区2021年“政府信息”年报: 一",
        "索引号": "",
        "文号": "示例〔2022〕1号",
        "发文日期": "2022-01-20",
        "发布机构": "示例区",
        "联系.邮编": "012345",
        "联系.电话": "0533-1234567",
    }
    draft = taken(form(year, Filling(by_name(year, said), front, narrative, rows)))
    typed_ones = sum(bool(text) for texts in said.values() for text in texts)
    blank = sum(map(len, said.values())) - typed_ones
    assert draft.counts == {"certain": typed_ones, "inferred": 0, "undecided": 0, "missing": blank}
    assert (
        draft.findings == ()
        and draft.ignored == ()
        and b"\xe5\xbe\x85\xe6\xa0\xb8\xef\xbc\x9a" not in draft.files["tables.yaml"].split(b"\n", 2)[2]
    )
    report = entry(dict(draft.files), year).report
    assert {sheet.table.id: list(sheet.texts) for sheet in report.sheets} == said
    assert (report.title, report.published, report.meta["文号"], report.typed["联系.邮编"].text) == (
        front["标题"],
        "2022-01-20",
        front["文号"],
        "012345",
    )
    assert [(i.name, i.text, i.unit, i.section, i.approximate, i.parts) for i in report.indicators] == [
        ("示例培训次数", "7", "次", "一", True, None),
        ("示例率", "86.99", "%", "一", False, ("示例甲", "示例乙")),
    ]
    assert _shown(entry(dict(draft.files), year)) == list(map(list, narrative))


def _shown(found: LoadedReport) -> list[list[str]]:
    """What the page shows, paragraph by paragraph: the preface, then each section."""
    pages = [found.prose.preface, *(section.html for section in found.prose.sections)]
    return [
        [
            unescape(re.sub(r"<[^>]*>", "", one))
            for one in re.findall(r"<(?:p|h\d)\b[^>]*>(.*?)</(?:p|h\d)>", html, re.S)
        ]
        for html in pages
    ]


def test_numbers_typed_by_hand_and_cells_with_line_ends() -> None:
    """What Excel itself writes: numbers as floats, words in place, dates as days."""
    data = typed(
        form(2021),
        {
            spot(2021, "表三.本年新收.自然人"): 12.0,
            spot(2021, "表二.行政事业性收费.本年收费金额"): 2.02,
            spot(2021, "表二.规章.本年制发件数"): "/",
            (NARRATIVE, 14, 1): "一、总体情况\n\n（一）主动公开\n示例第一段。",
            (FRONT, 8, 1): 44581.0,
        },
    )
    draft = taken(data)
    report = entry(dict(draft.files), 2021).report
    names = ("表三.本年新收.自然人", "表二.行政事业性收费.本年收费金额", "表二.规章.本年制发件数")
    figures = [report.figure(name) for name in names]
    assert [figure and figure[1] for figure in figures] == ["12", "2.02", "/"]
    assert report.published == "2022-01-20"
    assert "## 一、总体情况\n\n### （一）主动公开\n\n示例第一段。\n\n## 二" in draft.files["report.md"].decode()
    assert {reading.certainty for read in draft.tables for reading in read.readings.values()} == {Certainty.CERTAIN}


def test_what_was_pasted_past_the_validation_is_pointed_at_not_swallowed() -> None:
    data = typed(form(2021), {spot(2021, "表三.本年新收.自然人"): "约3件", spot(2021, "表三.本年新收.总计"): "1,234"})
    draft = taken(data)
    assert [(f.rule, f.subject) for f in draft.findings] == [
        ("IMP-UNDECIDED", "表三.本年新收.自然人"),
        ("IMP-INFERRED", "表三.本年新收.总计"),
    ]
    assert "表三 D7" in draft.findings[0].message.zh


def with_cell(data: bytes, place: Spot, inner: str, kind: str = "") -> bytes:
    """The workbook with this XML in a cell."""
    found = parts(data)
    name = part_of(found, place[0])
    cell, kind = address(*place[1:]), kind and f' t="{kind}"'
    pattern = rf'<c r="{cell}"( s="\d+")?(?: t="\w+")?(?:/>|>.*?</c>)'
    text, count = re.subn(pattern, rf'<c r="{cell}"\1{kind}>{inner}</c>', found[name].decode())
    assert count == 1
    return packed({**found, name: text.encode()})


STRUCK = "<is><r><rPr><strike/></rPr><t>{}</t></r><r><t>{}</t></r></is>"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inner", "kind", "rule", "read"),
    [
        ("<f>20+2</f><v>0</v>", "", "IMP-UNDECIDED", ""),
        ("<f>20+2</f>", "", "IMP-UNDECIDED", ""),
        ("<v>1</v>", "b", "IMP-UNDECIDED", ""),
        (STRUCK.format("99", "22"), "inlineStr", "IMP-INFERRED", "22"),
        (STRUCK.format("22", ""), "inlineStr", "IMP-UNDECIDED", ""),
    ],
)
def test_figures_that_look_or_came_about_otherwise_are_never_certain(
    inner: str, kind: str, rule: str, read: str
) -> None:
    name = "表三.本年新收.自然人"
    draft = taken(with_cell(form(2021), spot(2021, name), inner, kind))
    assert [(f.rule, f.subject) for f in draft.findings if f.subject] == [(rule, name)]
    figure = entry(dict(draft.files), 2021).report.figure(name)
    assert (figure[1] if figure else "") == read or not read


def test_only_formulas_over_figures_are_told_and_by_their_cells() -> None:
    """A program that saves no results leaves our own checks without any; that is no matter of the clerk's."""
    at = spot(2021, "表三.本年新收.总计")
    stale = typed(form(2021), {spot(2021, "表三.总计.总计"): 3.0}, stale=True)
    draft = taken(stale)
    assert [finding.rule for finding in draft.findings if finding.rule == "IMP-FORMULA"] == []
    wrong = taken(with_cell(stale, at, "<f>1+1</f>"))
    (finding,) = (finding for finding in wrong.findings if finding.rule in ("IMP-UNDECIDED", "IMP-FORMULA"))
    assert finding.message.zh.startswith(f"表三.本年新收.总计：表三 {address(*at[1:])}原文“=1+1”")
    assert (finding.place.line, finding.place.column) == (0, 0)


def test_fees_indicators_and_paragraphs_in_doubt_are_listed() -> None:
    filled = Filling({}, {"信息处理费.发出通知": "3"}, (), (IndicatorRow("示例甲", "7"),))
    data = with_cell(form(2021, filled), (INDICATORS, 3, 1), "<f>3+4</f><v>0</v>")
    fee = next(item for item in layout(2021).fields if item.key == "信息处理费.发出通知")
    data = with_cell(data, (FRONT, fee.row, 1), STRUCK.format("3", "4"), "inlineStr")
    part = layout(2021).parts[1]
    data = with_cell(data, (NARRATIVE, part.first, 1), STRUCK.format("此句已删。", "示例第一段。"), "inlineStr")
    draft = taken(data)
    assert [item.text for item in draft.ignored] == ["〔划去：3〕4", "〔划去：此句已删。〕示例第一段。", "示例甲"]
    tables, text = draft.files["tables.yaml"].decode(), draft.files["report.md"].decode()
    assert "发出通知: ~" in tables and "指标:" not in tables and "示例第一段。" in text and "已删" not in text


def test_what_stands_outside_the_form_is_listed() -> None:
    found = parts(form(2021))
    name = part_of(found, "表三")
    text = found[name].decode()
    stray = '<row r="60"><c r="B60" t="inlineStr"><is><t>示例备注</t></is></c></row></sheetData>'
    draft = taken(packed({**found, name: text.replace("</sheetData>", stray).encode()}))
    assert [(item.text, item.spot.describe().zh) for item in draft.ignored] == [("示例备注", "表三 B60")]
    assert draft.account.read == draft.account.labels + draft.account.mapped + draft.account.ignored


def test_more_paragraphs_than_rows_are_all_there() -> None:
    paragraphs = tuple(f"示例第{number}段。" for number in range(60))
    text = taken(form(2021, Filling(narrative=((), paragraphs)))).files["report.md"].decode()
    assert text.split("## 二")[0].strip() == "## 一、总体情况\n\n" + "\n\n".join(paragraphs)


def test_the_form_of_the_list_table_comes_in_too() -> None:
    said = {slot.name: str(number) for number, slot in enumerate(layout(2016).tables[0].table.slots)}
    report = entry(dict(taken(form(2016, Filling(said))).files), 2016).report
    assert {name: report.figure(name)[1] for name in said} == said  # type: ignore[index]


# ---------------------------------------------------------------- whether anything was filled in

CARRIED = Filling({"表三.上年结转.自然人": "2", "表三.上年结转.总计": "2"}, carried={"表三.上年结转.自然人": "带入"})
NEW, LAST = spot(2021, "表三.本年新收.自然人"), spot(2021, "表三.上年结转.自然人")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "unfilled"),
    [
        (lambda: form(2021), True),
        (lambda: form(2021, replace(CARRIED, carried=dict.fromkeys(CARRIED.figures, "由上年带入"))), True),
        (lambda: typed(form(2021), {(NARRATIVE, 14, 1): "示例正文。"}), True),
        (lambda: typed(form(2021), {(FRONT, 7, 1): "示例〔2022〕1号"}), True),
        (lambda: typed(form(2021), {NEW: 0.0}), False),
        (lambda: typed(form(2021), {NEW: "约3件"}), False),
        (lambda: typed(form(2021), {LAST: 3.0}), False),
        (
            lambda: typed(
                form(2021, replace(CARRIED, carried=dict.fromkeys(CARRIED.figures, "由上年带入"))), {LAST: 3.0}
            ),
            False,
        ),
        (lambda: form(2021, Filling({}, {"信息处理费.发出通知": "0"})), False),
        (lambda: form(2021, Filling(indicators=(IndicatorRow("示例培训次数", "7"),))), False),
        (lambda: form(2021, Filling(indicators=(IndicatorRow("示例培训次数"),))), True),
    ],
)
def test_a_workbook_without_a_typed_figure_is_not_filled_in(data: Callable[[], bytes], unfilled: bool) -> None:
    """What it came with from last year was not typed; a figure that was changed, or cannot be read, was."""
    assert taken(data()).unfilled is unfilled


def test_a_workbook_sent_out_before_it_remembered_its_figures_counts_none_of_that_row() -> None:
    document = opened(typed(form(2021), {LAST: 3.0}))
    older = replace(document, stamp={key: text for key, text in document.stamp.items() if key != "carried"})
    assert take_filled(older, FORMS, SETTINGS.organs).unfilled


@pytest.mark.slow
def test_what_is_not_filled_in_makes_a_draft() -> None:
    said = {slot.name: "0" for one in layout(2021).tables for slot in one.table.slots}
    fees = {f"信息处理费.{key}": "0" for key in ("发出通知", "总金额", "实际收取")}
    text = (("示例正文。",),)
    whole = taken(form(2021, Filling(said, fees, text)))
    assert not whole.is_draft and whole.counts["missing"] == 0
    assert taken(form(2021, Filling({**said, "表四.行政复议.结果维持": ""}, fees, text))).unfinished == {"表四"}
    assert taken(form(2021, Filling(said, {}, text))).unfinished == {"信息处理费"}
    assert taken(form(2021, Filling(said, fees))).is_draft


@pytest.mark.slow
def test_the_fingerprint_goes_by_what_was_typed_not_by_the_file() -> None:
    data = typed(form(2021), {NEW: 3.0})
    first = taken(data).fingerprint
    assert taken(packed(parts(data)), "另存.xlsx").fingerprint == first != taken(typed(data, {NEW: 4.0})).fingerprint


# ---------------------------------------------------------------- 信息处理费


@pytest.mark.slow
def test_the_fee_is_filled_in_as_figures_and_prints_as_a_sentence() -> None:
    fees = {"信息处理费.发出通知": "3", "信息处理费.总金额": "1200", "信息处理费.实际收取": "900.5"}
    files = dict(taken(form(2021, Filling({}, fees))).files)
    assert "\n信息处理费: {发出通知: 3, 总金额: 1200, 实际收取: 900.5}\n" in files["tables.yaml"].decode()
    assert "发出收费通知3件，总金额1200元，实际收取总金额900.5元。" in entry(files, 2021).prose.sections[5].html
    own = [()] * 6 + [("收取信息处理费900.5元。",)]
    assert b"{{" not in taken(form(2021, Filling({}, fees, tuple(own)))).files["report.md"], (
        "a unit that wrote it is not made to say it twice"
    )
    unasked = dict(taken(form(2020)).files)
    assert "信息处理费".encode() not in unasked["tables.yaml"] and b"{{" not in unasked["report.md"]
    unfilled = dict(taken(form(2021)).files)
    assert (
        "信息处理费: {发出通知: ~, 总金额: ~, 实际收取: ~}" in unfilled["tables.yaml"].decode()
        and b"{{" not in unfilled["report.md"]
    )
