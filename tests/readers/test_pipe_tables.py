"""Reads Markdown's pipe tables: cells that were merged are merged again, blank figures stay blank."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.readers.document import BlockPlace, DocumentTable, Mark, Piece
from generator.readers.pipe_tables import begins, has_pipe_table, inline_pieces, pipe_table, ruled_as_pipes, unescaped
from tests.readers.samples import LIMITS, Spec, big_table, expanded, small_table, table


def read(*lines: str) -> DocumentTable:
    return pipe_table(lines, BlockPlace(table=1), LIMITS)


def piped(rows: Sequence[Sequence[Spec]]) -> list[str]:
    """The lines of a pipe table in which a merged cell leaves its other places empty, as converters write it."""
    full = expanded(rows)
    texts = [[""] * len(row) for row in full]
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for text, down, across in row:
            c = next(column for column in range(len(full[0])) if (r, column) not in taken)
            texts[r][c] = text
            taken |= {(a, b) for a in range(r, r + down) for b in range(c, c + across)}
    lines = ["|" + "|".join(f" {text} " for text in row) + "|" for row in texts]
    return [lines[0], "|" + "---|" * len(full[0]), *lines[1:]]


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_statutory_tables_come_out_as_they_went_in(seed: int) -> None:
    draw = random.Random(seed)
    for rows in (small_table(draw), big_table(draw)):
        assert table(read(*piped(rows))) == expanded(rows)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.data())
def test_a_blank_figure_among_others_stays_blank(seed: int, data: st.DataObject) -> None:
    rows = big_table(random.Random(seed))
    r = data.draw(st.sampled_from([n for n, row in enumerate(rows) if row[-1][0].isdigit()]))
    blanks = data.draw(st.sets(st.integers(1, 7), max_size=6))
    rows[r] = [("", 1, 1) if len(rows[r]) - at in blanks else spec for at, spec in enumerate(rows[r])]
    assert table(read(*piped(rows))) == expanded(rows)


def test_spans_are_told() -> None:
    head, row = read("| 申请人情况 | |", "|---|---|", "| 1 | 2 |").rows
    assert [(cell.text, cell.first, cell.colspan) for cell in head] == [
        ("申请人情况", True, 2),
        ("申请人情况", False, 2),
    ]
    assert [cell.text for cell in row] == ["1", "2"]


def test_ragged_rows_are_uncertain_and_nothing_is_merged() -> None:
    grid = read("|a|b|", "|-|-|", "|1|2|3|", "|4|", "|5\\|6|7|")
    assert table(grid) == [["a", "b", ""], ["1", "2", "3"], ["4", "", ""], ["5|6", "7", ""]]
    assert [row[0].uncertain for row in grid.rows] == [False, True, True, False]


def test_marks_and_breaks_in_cells() -> None:
    cells = read("|数|", "|--|", "|~~99~~2293|", "|13<sup>1</sup>|", "|**22**|", "|本年<br>数量|").rows
    assert [row[0].text for row in cells] == ["数", "2293", "13", "22", "本年数量"]
    assert [row[0].doubt is None for row in cells] == [True, False, False, True, True]


def test_inline_marks() -> None:
    assert [piece for piece in inline_pieces("甲**乙**<DEL>丙</DEL>3\\*4") if piece.text] == [
        Piece("甲"),
        Piece("乙", bold=True),
        Piece("丙", mark=Mark.DELETED),
        Piece("3*4"),
    ]
    assert unescaped("a\\_b\\c") == "a_b\\c"


def test_a_table_begins_with_cells_and_dashes() -> None:
    assert begins("|a|b|", "|:-|-:|") and begins("a|b", "-|-") and has_pipe_table(["x", "a|b", "-|-"])
    assert not begins("a", "---") and not begins("|a|", "|a|") and not begins("a|b", "---")


@pytest.mark.parametrize(
    "drawn",
    [
        ["｜甲｜ 1｜", "｜---｜---｜", "｜乙｜22｜"],
        ["｜甲｜ 1｜", "｜——｜－－｜", "｜乙｜22｜"],
        ["┌──┬──┐", "│甲│ 1│", "├──┼──┤", "│乙│22│", "└──┴──┘"],
        ["+--+--+", "|甲|1 |", "+==+==+", "|乙|22|", "+--+--+"],
        ["│甲│1│", "│乙│22│"],
        ["┌──┬──┐", "│甲│ 1│", "│乙│22│", "└──┴──┘"],
        ["╔══╦══╗", "║甲║ 1║", "╠══╬══╣", "║乙║22║", "╚══╩══╝"],
    ],
)
def test_tables_drawn_with_characters_are_tables(drawn: list[str]) -> None:
    lines = ["前", *drawn, "后"]
    made = ruled_as_pipes(lines)
    assert len(made) == max(len(lines), 5) and (made[0], made[-1]) == ("前", "后")
    grid = read(*(line for line in made[1:-1] if line))
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "1"], ["乙", "22"]]


def test_the_lines_between_two_rules_are_one_row_and_never_one_figure() -> None:
    drawn = ["+---+---+", "|行政|1  |", "|许可|2  |", "+---+---+", "|乙 |3  |", "+---+---+", "|丙 |4  |", "+---+---+"]
    grid = read(*(line for line in ruled_as_pipes(drawn) if line))
    assert [[cell.text for cell in row] for row in grid.rows] == [["行政许可", "1\n2"], ["乙", "3"], ["丙", "4"]]


@pytest.mark.parametrize(
    "lines", [["---"], ["|甲|乙|", "|--|--|", "|1|2|"], ["|甲|乙|"], ["a", "-----", "b"], ["-" * 9 + "字"]]
)
def test_other_lines_stay_as_they_are(lines: list[str]) -> None:
    assert ruled_as_pipes(lines) == lines
