"""Lays cells on the lattice of their rules and fills them."""

from __future__ import annotations

import pytest

from generator.readers.pdf import read
from generator.readers.pdf_page import PdfBox, PdfChar
from generator.readers.pdf_tables import fill, ruled
from tests.readers.pdf_samples import box, pdf, text
from tests.readers.samples import LIMITS, grids


def test_a_lattice_with_a_hole_reads_it_by_position() -> None:
    table_of = ruled([PdfBox(0, 0, 50, 20), PdfBox(50, 0, 100, 20), PdfBox(50, 20, 100, 40)])
    assert table_of is not None
    assert [(slot.row, slot.column, slot.uncertain) for slot in table_of.slots] == [
        (0, 0, False),
        (0, 1, False),
        (1, 1, False),
        (1, 0, True),
    ]
    assert ruled([PdfBox(0, 0, 50, 20)]) is None


def test_a_figure_wider_than_its_cell_is_read_once_and_in_doubt() -> None:
    table = ruled([PdfBox(0, 0, 50, 20), PdfBox(50, 0, 100, 20)])
    assert table is not None
    fill(table, [char(digit, 11 + 12 * n, 4) for n, digit in enumerate("1234")])
    assert [slot.text for slot in table.slots] == ["1234", ""] and all(slot.doubt for slot in table.slots)


def test_digits_that_touch_at_a_rule_stay_apart_and_in_doubt() -> None:
    table = ruled([PdfBox(0, 0, 50, 20), PdfBox(50, 0, 100, 20)])
    assert table is not None
    fill(table, [char(digit, 14 + 12 * n, 4) for n, digit in enumerate("12345")])
    assert [slot.text for slot in table.slots] == ["123", "45"] and all(slot.doubt for slot in table.slots)


def test_a_cell_within_a_cell_is_none() -> None:
    table = ruled([PdfBox(0, 0, 50, 40), PdfBox(50, 0, 150, 40), PdfBox(60, 10, 90, 30), PdfBox(50, 0, 90, 10)])
    assert table is not None and len(table.slots) == 2


def char(text: str, x: float, y: float) -> PdfChar:
    """A character of 12 points with its top left here."""
    return PdfChar(text, x, y, x + 12, y + 12, 12)


def test_near_rules_are_one_and_spans_are_counted_on_the_lattice() -> None:
    table = ruled([PdfBox(0, 0, 100, 20), PdfBox(0, 20, 51, 40), PdfBox(50, 20, 100, 40)])
    assert table is not None and (table.across, table.down) == ([0, 50, 100], [0, 20, 40])
    assert [(slot.row, slot.column, slot.colspan) for slot in table.slots] == [(0, 0, 2), (1, 0, 1), (1, 1, 1)]


def test_a_cell_takes_the_characters_whose_middle_is_inside_it() -> None:
    table = ruled([PdfBox(0, 0, 50, 60), PdfBox(50, 0, 100, 60)])
    assert table is not None
    chars = [char("规", 10, 10), char("章", 10, 30), char("2", 48, 10), char("外", 200, 10)]
    fill(table, chars)
    assert [(slot.text, slot.uncertain) for slot in table.slots] == [("规章", False), ("2", False)]


@pytest.mark.parametrize(("text", "doubtful"), [("〓", False), ("甲", True)])
def test_unknown_characters_and_doubtful_pages_make_a_cell_uncertain(text: str, doubtful: bool) -> None:
    table = ruled([PdfBox(0, 0, 50, 60), PdfBox(50, 0, 100, 60)])
    assert table is not None
    fill(table, [char(text, 10, 10)], doubtful)
    assert [slot.uncertain for slot in table.slots] == [True, False]


def rows(*words: tuple[float, str], hidden: tuple[float, str] | None = None) -> list[bool]:
    """Whether each cell of a row of three, 60 wide, is in doubt or uncertain; words begin where they are put."""
    made = ruled([PdfBox(60 * n, 0, 60 * n + 60, 40) for n in range(3)])
    assert made is not None
    drawn = [char(letter, x + 12 * n, 15) for x, word in words for n, letter in enumerate(word)]
    unseen = [char(letter, hidden[0] + 12 * n, 15) for n, letter in enumerate(hidden[1])] if hidden else []
    fill(made, drawn, hidden=unseen)
    return [slot.doubt is not None or slot.uncertain for slot in made.slots]


def test_figures_pushed_against_the_rules_leave_their_row_in_doubt() -> None:
    """Tabs and indents push figures into the next cell: 254 stands in the second, a blank is left in the first."""
    assert rows((6, "12"), (66, "34"), (126, "56")) == [False] * 3
    assert rows((60.2, "25"), (126, "56")) == [True] * 3  # touches the rule behind which the cell is empty
    assert rows((6, "12"), (66, "34"), (126, "56"), (182, "7")) == [True] * 3  # one stands beside the table
    assert rows((6, "1"), (30, "3"), (126, "5")) == [True] * 3  # 3 may be that of the empty cell behind it
    assert rows((6, "12"), (95.8, "34"), (126, "56")) == [False, True, False]  # further digits may be cut off


def test_digits_cut_off_at_the_edge_of_a_cell_leave_it_in_doubt() -> None:
    assert rows((6, "359"), (126, "56"), hidden=(42, "2"))[0]
    assert rows((30, "35"), (126, "56"), hidden=(54, "9")) == [True, True, False]


FLUSH = [(52.8, "7"), (40.8, "12"), (28.8, "340")]


@pytest.mark.parametrize(
    ("column", "doubted"),
    [
        (FLUSH, [False] * 3),  # of several lengths, all end beside the rule: set flush right
        ([(52.4, "7"), (52.4, "1"), (52.4, "3")], [True] * 3),  # begin at one place, where a tab pushed them
        ([(52.8, "7"), (40.8, "12"), (52.4, "3")], [False, False, True]),
    ],
)
def test_figures_beside_their_right_rule(column: list[tuple[float, str]], doubted: list[bool]) -> None:
    """Glyphs are 12 wide, and the rule is at 65: 0.2 right of the end of the flush ones."""
    table = ruled([PdfBox(0, 20 * n, 65, 20 * n + 20) for n in range(3)])
    assert table is not None
    fill(
        table,
        [char(digit, x + 12 * at, 20 * n + 4) for n, (x, word) in enumerate(column) for at, digit in enumerate(word)],
    )
    assert [slot.uncertain for slot in table.slots] == doubted
    assert [slot.text for slot in table.slots] == [word for _, word in column]


def test_digits_that_may_go_on_beyond_a_clip_are_in_doubt() -> None:
    """Chromium leaves out the characters that an element with overflow: hidden does not show at all."""
    clip = "q 80 700 25 40 re W n\n"
    frame = box(50, 102, 200, 142) + box(200, 102, 300, 142)
    made = grids(read(pdf(frame + clip + text(81, 120, "38") + "Q\n" + text(210, 120, "38")), "a.pdf", LIMITS))[0]
    assert [(cell.text, cell.uncertain) for cell in made.rows[0]] == [("38", True), ("38", False)]


@pytest.mark.parametrize(
    ("x", "width", "doubted"),
    [
        (48.5, 7, True),  # behind the figure: 12 with a drawn 7
        (16, 1, True),  # a 1 of one stroke before it
        (30, 8, False),  # upon it: a ring, an underline, a ground
        (57, 0.5, False),  # the side of a box around the cell
    ],
)
def test_a_shape_as_high_as_a_digit_beside_a_figure_leaves_it_in_doubt(x: float, width: float, doubted: bool) -> None:
    table = ruled([PdfBox(0, 0, 61, 20), PdfBox(61, 0, 120, 20)])
    assert table is not None
    fill(table, [char("1", 24, 4), char("2", 36, 4)], shapes=[PdfBox(x, 5, x + width, 14)])
    assert (table.slots[0].text, table.slots[0].doubt is not None) == ("12", doubted)
