"""The index of the search: every pair of characters leads to all reports that hold it, and to no other."""

from __future__ import annotations

import json
from array import array
from base64 import urlsafe_b64decode
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.website.search.index import ALONE, CALL, SEGMENT, Part, PartFiles, folded, part_files, row_of

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def in_units(text: str) -> str:
    """The text as a browser has it: a character for each UTF-16 unit."""
    return "".join(map(chr, array("H", text.encode("utf-16-le", "surrogatepass"))))


def rows(texts: Sequence[str]) -> tuple[PartFiles, dict[str, str]]:
    """The lines of all files of a part, by pair."""
    files, _, made = part_files(Part("2021-0", [2021], 0, SEGMENT), enumerate(texts))
    pages = list(made)
    lines: dict[str, str] = {}
    for number, page in enumerate(pages):
        key, text = json.loads("[" + page.data.decode()[len(CALL) : -2] + "]")
        assert page.path == f"search/{key}.js" and key == f"2021-0/{number}"
        for line in filter(None, in_units(text).split("\n")):
            assert (ord(line[0]) * 31 + ord(line[1])) % files.files == number
            lines[line[:2]] = line[2:]
    assert len(pages) == files.files
    return files, lines


def members(row: str, everyone: set[int]) -> set[int]:
    """The reports of a row, read as the page reads it."""
    if row.startswith("*"):
        data = urlsafe_b64decode(row[1:] + "=" * (-len(row[1:]) % 4))
        return {number for number in range(len(data) * 8) if data[number // 8] >> number % 8 & 1}
    named = row.removeprefix("!")
    numbers = {DIGITS.index(named[at]) * 64 + DIGITS.index(named[at + 1]) for at in range(0, len(named), 2)}
    return everyone - numbers if row.startswith("!") else numbers


def holders(texts: Sequence[str], pair: str) -> set[int]:
    """Which texts hold a pair."""
    files, lines = rows(texts)
    return members(lines.get(pair, ""), members(files.reports, set()))


def test_a_pair_leads_to_its_reports_and_where_most_have_it_to_those_without() -> None:
    texts = ["政府信息", "信息公开", "公开", "信息", *["信息"] * 20]
    assert holders(texts, "公开") == {1, 2} and rows(texts)[1]["公开"] == "*Bg"
    assert holders(texts, "信息") == {0, 1, *range(3, 24)} and rows(texts)[1]["信息"] == "!AC"
    assert holders(texts, "开公") == set()


def test_a_row_is_written_in_the_shortest_way_and_read_back() -> None:
    everyone = (1 << 100) - 1
    every_second = sum(1 << number for number in range(0, 100, 2))
    kinds = {bits: row_of(bits, everyone) for bits in (1 << 99, every_second, everyone ^ 1 << 7, everyone)}
    assert [row[0] for row in kinds.values()] == ["B", "*", "!", "!"] and row_of(everyone)[0] == "*"
    assert len(kinds[every_second]) == 1 + 18
    for bits, row in kinds.items():
        assert members(row, set(range(100))) == {n for n in range(100) if bits >> n & 1}


def test_a_line_end_parts_words_and_a_unit_is_found_alone() -> None:
    texts = ["公\n开，公", "开"]
    lines = rows(texts)[1]
    assert "公开" not in lines and "公，" not in lines and {"开，", "，公"} <= {*lines}
    assert holders(texts, f"公{ALONE}") == {0} and holders(texts, f"开{ALONE}") == {0, 1}


def test_more_reports_than_are_indexed_at_once_are_told_apart() -> None:
    texts = [f"第{number}号" for number in range(600)]
    assert holders(texts, "第5") == {number for number in range(600) if str(number).startswith("5")}
    assert holders(texts, "7号") == {number for number in range(600) if number % 10 == 7}


def test_only_latin_capitals_are_folded() -> None:
    assert folded("ＡBC政府İ") == "Ａbc政府İ"
    assert holders(["Word文件"], "wo") == {0} and "Wo" not in rows(["Word文件"])[1]


def test_characters_beyond_the_basic_plane_are_pairs_of_units_as_in_a_browser() -> None:
    first, second = map(str, in_units("𠮷"))
    assert {*rows(["𠮷"])[1]} == {first + second, first + ALONE, second + ALONE}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("甲乙丙A1 \n“，。𠮷", max_size=12), min_size=1, max_size=6), st.data())
def test_every_pair_of_every_text_is_found_and_no_other(texts: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.text("甲乙丙a1，", min_size=1, max_size=2))
    there = {n for n, text in enumerate(texts) if wanted in folded(text)}
    assert holders(texts, in_units(wanted) if len(wanted) == 2 else wanted + ALONE) == there
