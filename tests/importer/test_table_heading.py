"""Which cell of a row belongs to which column: by order where the count leaves no choice, else by place."""

from __future__ import annotations

from generator.importer.form_labels import labels_of
from generator.importer.grid_lines import LineCell, TableLine
from generator.importer.table_heading import Heading
from tests.importer.samples import form

WORDS = labels_of(form(2021))[0]
HEAD = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")


def line(number: int, *texts: str) -> TableLine:
    return TableLine(number, tuple(LineCell(text, at, at + 1, False, False) for at, text in enumerate(texts)))


def assigned(
    head: tuple[str, ...], *figures: str, joined: bool = False, alone: bool = False, foreign: bool = False
) -> tuple[dict[int, str], bool]:
    """The figures by column of the form, and whether that is doubtful."""
    made = Heading(WORDS, [line(1, *head)] if head else [], joined=joined, alone=alone, foreign=foreign)
    cells, why = made.assigned(WORDS, line(2, "规章", *figures).items[1:])
    return {number: cell.text for number, cell in cells.items()}, why is not None


def test_as_many_cells_as_columns_are_taken_in_the_order_of_the_header() -> None:
    assert assigned(HEAD, "1", "2", "3") == ({0: "1", 1: "2", 2: "3"}, False)
    swapped = HEAD[0], HEAD[2], HEAD[1], HEAD[3]
    assert assigned(swapped, "1", "2", "3") == ({1: "1", 0: "2", 2: "3"}, False)


def test_fewer_cells_are_taken_by_their_place_and_doubted() -> None:
    assert assigned(HEAD, "1", "2") == ({0: "1", 1: "2"}, True)
    assert assigned(HEAD, "1", "2", joined=True)[0] == {}


def test_without_a_header_only_the_right_count_is_taken_and_doubted() -> None:
    assert assigned((), "1", "2", "3", alone=True) == ({0: "1", 1: "2", 2: "3"}, True)
    assert assigned((), "1", "2")[0] == {} == assigned((), "1", "2", "3", foreign=True)[0]
