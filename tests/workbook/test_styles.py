"""How the workbook looks."""

from __future__ import annotations

from typing import Any

import pytest

from generator.workbook.styles import WorkbookStyles, height, printing


class Book:
    """Counts the formats that are added to it."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []

    def add_format(self, properties: dict[str, Any]) -> int:
        self.made.append(properties)
        return len(self.made)


class Sheet:
    """Records what is set on it."""

    def __init__(self) -> None:
        self.calls: dict[str, tuple[Any, ...]] = {}

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments, **_: self.calls.setdefault(name, arguments)


def test_a_format_is_made_once() -> None:
    book = Book()
    styles = WorkbookStyles(book)
    assert styles["head"] == styles["head"] and styles["head"] != styles["label"] and len(book.made) == 2
    with pytest.raises(KeyError):
        styles["nothing"]


def test_an_indented_format_differs_by_its_indent_only() -> None:
    book = Book()
    styles = WorkbookStyles(book)
    assert styles.indented("label", 0) == styles["label"]
    assert styles.indented("label", 2) == styles.indented("label", 2)
    plain, indented = book.made
    assert indented == {**plain, "indent": 2}


def test_only_input_cells_are_unlocked() -> None:
    book = Book()
    styles = WorkbookStyles(book)
    for name in ("figure", "carried", "line", "paragraph", "title", "label", "head", "note"):
        styles[name]
    assert [properties.get("locked", True) for properties in book.made] == [False] * 4 + [True] * 4


def test_the_height_grows_with_the_lines_a_text_takes() -> None:
    one = height("甲", 20)
    assert height("", 20) == one
    assert height("甲" * 40, 20) == height("a" * 80, 20) > 4 * one - 20
    assert height("甲\n乙\n丙", 20) == pytest.approx(one + 2 * 14.5)


@pytest.mark.parametrize("landscape", [True, False])
def test_a_sheet_prints_on_a4_as_wide_as_the_page(landscape: bool) -> None:
    sheet = Sheet()
    printing(sheet, landscape, pages_tall=1)
    assert sheet.calls["set_paper"] == (9,) and sheet.calls["fit_to_pages"] == (1, 1)
    assert ("set_landscape" in sheet.calls) == landscape
