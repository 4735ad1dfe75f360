"""The index of the search: every pair of characters leads to all reports that hold it, and to no other."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.website.search.index import CALL, YearFiles, folded, pairs, year_files


def rows(texts: Sequence[str]) -> tuple[YearFiles, dict[str, str]]:
    """The lines of all files of a year, by pair."""
    files, _, made = year_files(2021, 0, enumerate(texts))
    pages = list(made)
    lines: dict[str, str] = {}
    for number, page in enumerate(pages):
        key, text = json.loads("[" + page.data.decode()[len(CALL) : -2] + "]")
        assert page.path == f"search/{key}.js" and key == f"2021-0/{number}"
        for line in filter(None, text.split("\n")):
            assert ord(line[0]) % files.files == number
            lines[line[:2]] = line[2:]
    assert len(pages) == files.files
    return files, lines


def holders(texts: Sequence[str], pair: str) -> list[int]:
    """Which texts hold a pair, read as the page reads it."""
    files, lines = rows(texts)
    line = lines.get(pair, "")
    codes = [files.organs[at : at + 2] for at in range(0, len(files.organs), 2)]
    named = {line[at : at + 2] for at in range(line.startswith("!"), len(line), 2)}
    return [n for n, code in enumerate(codes) if (code in named) != line.startswith("!")]


def test_a_pair_leads_to_its_reports_and_where_most_have_it_to_those_without() -> None:
    texts = ["政府信息", "信息公开", "公开", "信息"]
    assert holders(texts, "公开") == [1, 2] and rows(texts)[1]["公开"] == "0102"
    assert holders(texts, "信息") == [0, 1, 3] and rows(texts)[1]["信息"] == "!02"
    assert holders(texts, "开公") == []


def test_a_line_end_parts_words_and_counts_as_a_unit() -> None:
    lines = rows(["公\n开"])[1]
    assert "公开" not in lines and lines["公\t"] == lines["开\t"] == "!"


def test_only_latin_capitals_are_folded() -> None:
    assert folded("ＡBC政府İ") == "Ａbc政府İ"
    assert holders(["Word文件"], "wo") == [0] and "Wo" not in rows(["Word文件"])[1]


def test_characters_beyond_the_basic_plane_are_pairs_of_units_as_in_a_browser() -> None:
    assert len(pairs("𠮷")) == 2 + 0  # its two halves, and its end


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("甲乙丙A1 \n“𠮷", max_size=12), min_size=1, max_size=6), st.data())
def test_every_pair_of_every_text_is_found_and_no_other(texts: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.text("甲乙丙a1", min_size=2, max_size=2))
    assert holders(texts, wanted) == [n for n, text in enumerate(texts) if wanted in folded(text)]
