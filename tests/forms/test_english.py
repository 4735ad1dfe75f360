"""The forms in English: every printed text is translated, and nothing but texts differs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml

from generator.forms.declared import declared_trends
from generator.forms.english import _FILE, english, english_texts, english_unit, in_english
from generator.forms.extension import NewRow, extended
from generator.forms.model import Form
from generator.forms.table_layout import grid
from generator.website.glossary import uses
from tests.example import FORMS, form

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def printed(form: Form) -> Iterator[str]:
    """Every text of a form that a page prints, in its language."""
    yield from (section.title for section in form.sections)
    yield from (text for term in form.glossary for text in (term.term, term.text, term.article))
    for table in form.tables:
        yield table.caption
        drawn = grid(table)
        for row in (*drawn.head, *(row for body in drawn.bodies for row in body.rows)):
            yield from (cell.text for cell in row.cells)
        for slot in table.slots:
            yield from (*slot.row.path, *slot.column.path, slot.row.hidden, slot.column.unit)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_printed_text_is_translated(form: Form) -> None:
    trends = declared_trends(FORMS)
    beside = [*(trend.name for trend in trends), *(trend.share.name for trend in trends if trend.share)]
    beside += [table.key for table in form.tables]
    beside += [figure.label for figure in form.statement.figures] if form.statement else []
    texts = [*printed(in_english(form)), *map(english, beside)]
    assert [text for text in texts if CHINESE.search(text)] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_cells_keep_their_names_keys_and_places(form: Form) -> None:
    ours = in_english(form)
    for one, other in zip(form.tables, ours.tables, strict=True):
        assert one.keys == other.keys and [s.name for s in one.slots] == [s.name for s in other.slots]
        assert [len(row.cells) for row in grid(one).head] == [len(row.cells) for row in grid(other).head]


@pytest.mark.parametrize("form", [form for form in FORMS if form.glossary], ids=lambda form: form.id)
def test_terms_are_found_in_the_same_labels(form: Form) -> None:
    assert uses(in_english(form)) == uses(form) != {}


def test_words_of_one_report_stay_as_they_are() -> None:
    longer = extended(form("era-2014-stat"), (NewRow("统计表", "甲", "微视频公开数", "条"),))
    row = in_english(longer).tables[0].slots[-1].row
    assert row.path == ("微视频公开数",) and row.added


def test_a_form_is_translated_once() -> None:
    assert in_english(FORMS[-1]) is in_english(FORMS[-1])


def test_no_text_is_given_twice_and_none_is_empty() -> None:
    node = yaml.compose(_FILE.read_text("utf-8"))
    assert isinstance(node, yaml.MappingNode)
    keys = [key.value for key, _ in node.value]
    assert len(set(keys)) == len(keys) == len(english_texts()) and all(english_texts().values())
    assert [text for text in english_texts().values() if CHINESE.search(text)] == []


def test_what_is_counted_decides_how_a_unit_is_called() -> None:
    """A document issued is no case."""
    assert (english_unit("件", "新收申请"), english_unit("件", "规范性文件制发")) == ("cases", "documents")
    counted = [english_unit("件", "新收申请", number) for number in ("1", "−1", "11", "0")]
    assert counted == ["case", "case", "cases", "cases"]
    units = {slot.name: slot.column.unit for slot in in_english(form("era-2014-stat")).tables[0].slots}
    for name, made, decided in (
        ("gbkbh-2019-60", "本年新制作数量", "处理决定数量"),
        ("gbkbh-2021-30", "本年制发件数", "本年处理决定数量"),
    ):
        table = in_english(form(name)).tables[0]
        found = {slot.name: slot.column.unit for slot in table.slots}
        assert (found[f"表二.规章.{made}"], found[f"表二.行政许可.{decided}"]) == ("documents", "decisions")
    assert units["统计表.制发规范性文件数"] == "documents" and units["统计表.公开规范性文件数"] == "pieces"
