"""What changes between two releases of a report: figure by figure, paragraphs word by word."""

from __future__ import annotations

import json
from typing import Any

from generator.forms.declared import declared_form
from generator.ledger.changes import FigureChange, Piece, paragraph_changes, report_change, word_changes
from generator.website.downloads.report_json import report_json
from tests.example import entry, prose, tables


def record(year: int = 2020, narrative: str | None = None, **rows: Any) -> dict[str, Any]:
    loaded, _ = entry(year, tables(year, **rows), narrative or prose(year))
    assert loaded is not None
    read: dict[str, Any] = json.loads(report_json(loaded, "示例区人民政府", ""))
    return read


def test_figures_go_by_the_names_of_tables_yaml() -> None:
    new = record(表三_本年新收=[4, 0, 0, 0, 0, 0, "~"])
    assert report_change(record(), new, declared_form).figures == (
        FigureChange("表三.本年新收.自然人", "3", "4"),
        FigureChange("表三.本年新收.总计", "3", ""),
    )


def test_cells_of_a_form_that_is_unknown_go_by_their_printed_labels() -> None:
    (change, _) = report_change(record(), record(表三_本年新收=[4, 0, 0, 0, 0, 0, 4]), lambda _: None).figures
    assert change.name.startswith("收到和处理政府信息公开申请情况.一、本年新收政府信息公开申请数量.")


def test_a_cell_or_indicator_that_comes_or_goes_has_nothing_on_the_other_side() -> None:
    with_indicator = record() | {"indicators": [{"name": "培训次数", "text": "7"}]}
    assert report_change(record(), with_indicator, declared_form).figures == (FigureChange("指标.培训次数", None, "7"),)
    assert report_change(with_indicator, record(), declared_form).figures == (FigureChange("指标.培训次数", "7", None),)


def test_text_is_compared_by_words_numbers_whole() -> None:
    changed = record(narrative=prose(2020).replace("定期检查", "每月检查"))
    (pieces,) = report_change(record(), changed, declared_form).paragraphs
    assert [piece for piece in pieces if piece.kind != "same"] == [Piece("removed", "定期"), Piece("inserted", "每月")]
    assert word_changes("共12件", "共125件")[1:3] == (Piece("removed", "12"), Piece("inserted", "125"))


def test_paragraphs_that_come_and_go_are_shown_whole() -> None:
    assert list(paragraph_changes(["甲", "乙"], ["甲"])) == [(Piece("removed", "乙"),)]
    assert list(paragraph_changes(["甲"], ["甲", "乙"])) == [(Piece("inserted", "乙"),)]


def test_a_paragraph_of_extreme_length_is_not_compared_word_by_word() -> None:
    assert [piece.kind for piece in word_changes("甲" * 9000, "乙" * 9000)] == ["removed", "inserted"]


def test_dates_and_titles_are_fields() -> None:
    change = report_change(record() | {"published": None}, record() | {"published": "2021-01-20"}, declared_form)
    assert change.fields == (FigureChange("发文日期", "", "2021-01-20"),) and change.figures == ()
