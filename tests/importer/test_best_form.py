"""Which form a document is read by, and which of its blocks are its tables."""

from __future__ import annotations

import pytest

from generator.importer.best_form import Attempt, read_by_best_form
from generator.readers.document import Paragraph, Piece
from tests.example import FORMS
from tests.importer.samples import figures, form, grid_of, page, read_page, run_together, table, taken


def test_the_form_of_another_year_is_recognised_and_named() -> None:
    draft = taken(read_page(page(2020, figures(2020)).replace("2020", "2022")))
    assert draft.identity.year == 2022 and draft.form is form(2020)
    assert "格式: gbkbh-2019-60" in draft.files["tables.yaml"].decode() and "IMP-FORM" in {
        finding.rule for finding in draft.findings
    }


def read_pages_form(html_year: int, due: int) -> Attempt:
    """A page on the form of one year, read where another year's is due."""
    return read_by_best_form(read_page(page(html_year, figures(html_year))).blocks, form(due), FORMS)


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_form_that_is_due_is_preferred_where_it_fits(year: int) -> None:
    attempt = read_pages_form(year, year)
    assert attempt.tables.form is form(year) and attempt.kept == 0 and not attempt.tables.ignored
    assert attempt.tables.mapped == sum(len(one.slots) for one in form(year).tables) and attempt.score > 0


def test_another_form_must_fit_plainly_better() -> None:
    attempt = read_pages_form(2020, 2021)
    assert attempt.tables.form is form(2020) and attempt.score > 100
    words_only = read_by_best_form([Paragraph((Piece("一、总体情况示例。"),))], form(2021), FORMS)
    assert words_only.tables.form is form(2021) and words_only.score < 0


def test_a_table_in_the_text_is_cut_out_of_it() -> None:
    text = run_together(table(2021, "t2"), figures(2021)["t2"])
    blocks = [Paragraph((Piece("二、主动公开政府信息情况"),)), Paragraph((Piece(f"示例前文。{text}示例后文。"),))]
    attempt = read_by_best_form(blocks, form(2021), FORMS)
    (section,) = [section for section in attempt.parts if section.title]
    words = "".join(block.text for block in section.blocks if isinstance(block, Paragraph))
    assert words == "示例前文。示例后文。"
    assert [len(read.readings) for read in attempt.tables.tables] == [10, 0, 0]


def test_a_table_that_goes_on_under_titles_of_its_own_rows_is_read_to_its_end() -> None:
    """三、本年度办理结果 is a group of 表三, and reads like the title of a part."""
    said = figures(2021)["t3"]
    head, tail = run_together(table(2021, "t3"), said).split("三、本年度办理结果", 1)
    texts = ["一、总体情况", "二、主动公开政府信息情况", head, "三、本年度办理结果", tail]
    attempt = read_by_best_form([Paragraph((Piece(text),)) for text in texts], form(2021), FORMS)
    read = attempt.tables.tables[1]
    assert len(read.readings) == len(said) and "三、本年度办理结果" not in [part.title for part in attempt.parts]


def test_a_table_that_is_not_statutory_stays_in_the_narrative() -> None:
    local = grid_of([["事项", "数量"], ["甲", "1"]])
    attempt = read_by_best_form([local], form(2021), FORMS)
    assert attempt.parts[0].blocks == (local,) and attempt.kept == 4
