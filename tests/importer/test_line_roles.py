"""What a line of a grid is: a title, a header, a row of the form, or none of these."""

from __future__ import annotations

import pytest

from generator.importer.added_rows import Trail
from generator.importer.form_labels import BlockLabels, labels_of
from generator.importer.grid_lines import TableLine, lines_of
from generator.importer.line_roles import headed_block, named_row, names_group, titled_block, unheaded_block
from tests.importer.samples import form, grid_of

BLOCKS = labels_of(form(2021))


def line(*texts: str) -> TableLine:
    return lines_of(grid_of([texts]))[0]


def of(name: str) -> list[BlockLabels]:
    return [words for words in BLOCKS if words.table.id == name]


@pytest.mark.parametrize(
    ("texts", "title", "head"),
    [
        (("第二十条第（一）项",) * 4, "第二十条第（一）项", False),
        (("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), "", True),
        (("信息内容", "本年制发件数", "本年废止件数", "2021"), "", False),
        (("规章", "1", "2", "3"), "", False),
        (("示例", "示例二"), "", False),
    ],
)
def test_titles_and_headers(texts: tuple[str, ...], title: str, head: bool) -> None:
    titled = titled_block(BLOCKS, line(*texts).items)
    assert (titled.block.title if titled else "") == title
    assert (headed_block(BLOCKS, None, line(*texts).items) is not None) is head


def test_a_row_is_named_by_the_last_name_of_its_line() -> None:
    found = named_row(of("t3"), Trail(), line("三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", "7", "8"))
    assert found is not None and (found.row, found.at, found.why) == ("属于国家秘密", 2, None)
    assert named_row(of("t3"), Trail(), line("（三）不予公开", "7")) is None
    assert names_group(of("t3"), line("（三）不予公开").items[0]) and not names_group(of("t2"), line("规章").items[0])


def test_rows_without_a_header_are_those_of_the_block_that_most_of_them_name() -> None:
    names = [row.path[-1] for row in of("t3")[0].block.rows][:8]
    assert unheaded_block(BLOCKS, [line(name, "1") for name in names]) is of("t3")[0]
    assert unheaded_block(BLOCKS, [line(name, "1") for name in [*names[:5], *["示例"] * 4]]) is None
    assert unheaded_block(BLOCKS, [line(name, "1") for name in names[:4]]) is None
