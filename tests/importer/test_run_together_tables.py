"""Tables whose cells ran together in plain text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from generator.drafts.readings import Certainty, SourcePlace
from generator.importer.added_rows import AS_ONE_ROW
from generator.importer.run_together_digits import split
from generator.importer.run_together_tables import FoundTable, find
from tests.example import FORMS
from tests.importer.samples import figures, form, ordered_list, read_list, run_together, table, texts_of


def test_what_stands_behind_a_name_and_is_no_figure_is_no_certain_blank() -> None:
    draft = read_list("flat", ordered_list(), f"4.信函申请数件{ordered_list()[20]}", "4.信函申请数件约二十")
    reading = draft.tables[0].readings[20]
    assert (reading.text, reading.certainty, reading.raw) == ("", Certainty.UNDECIDED, "约二十")


def test_a_misspelt_name_right_behind_a_unit_takes_nothing_from_it() -> None:
    """Found by bench/fuzz_import.py: the unit of a blank cell reads like the beginning of the next name."""
    draft = read_list(
        "flat",
        ordered_list(),
        f"（一）收到申请数件{ordered_list()[16]}1.当面申请数件",
        "（一）收到申请数件当面申请数件",
    )
    assert texts_of(draft, "stat")[15:19] == [ordered_list()[15], "", ordered_list()[17], ordered_list()[18]]


def find_t2(text: str) -> FoundTable | None:
    return find(text, table(2021, "t2"), form(2021), lambda offset: SourcePlace(at=offset + 1))


def test_a_table_is_found_between_other_words() -> None:
    printed = run_together(table(2021, "t2"), figures(2021)["t2"])
    found = find_t2(f"示例前文。{printed}示例后文。")
    assert found is not None and (found.start, found.end) == (5, 5 + len(printed))
    assert found.rows.keys() == table(2021, "t2").row_ranges.keys() and not found.ignored


def test_what_stands_behind_a_row_name_is_its_raw_text_with_its_place() -> None:
    printed = run_together(table(2021, "t2"), figures(2021)["t2"]).replace("行政规范性文件000", "行政规范性文件7 1 30")
    found = find_t2(printed)
    assert found is not None
    raw = found.rows["行政规范性文件"]
    assert raw.text == "7 1 30" and printed[raw.spot.at - 1 :].startswith("7 1 30")


def test_prose_that_mentions_a_row_is_no_table() -> None:
    assert find_t2("全年办理行政许可120件、行政处罚30件，行政规范性文件制发7件。") is None


def test_punctuation_and_spaces_of_labels_are_left_open() -> None:
    printed = run_together(table(2021, "t2"), figures(2021)["t2"])
    found = find_t2(printed.replace("（", "(").replace("）", ")").replace("行政许可", "行政 许可"))
    assert found is not None and "行政许可" in found.rows


def test_a_row_that_comes_twice_with_other_figures_is_listed() -> None:
    printed = run_together(table(2021, "t2"), figures(2021)["t2"]).replace("行政处罚0", "行政处罚0行政处罚5", 1)
    found = find_t2(printed)
    assert found is not None and found.rows["行政处罚"].text == "0"
    assert [(item.text, item.why.zh) for item in found.ignored] == [("5", "同一行又出现了一次")]


def test_a_misprinted_header_and_row_name_that_run_together_are_taken_apart() -> None:
    printed = run_together(table(2021, "t2"), figures(2021)["t2"])
    found = find_t2(printed.replace("现行有效件数规章000行政规范性文件000", "先行有效件数规范性文件204"))
    assert found is not None
    raw = found.rows["行政规范性文件"]
    assert raw.text == "204" and raw.doubt is not None and not found.ignored and "规章" not in found.rows


def t3(printed: str) -> FoundTable:
    found = find(printed, table(2021, "t3"), form(2021), lambda offset: SourcePlace(at=offset + 1))
    assert found is not None
    return found


T3 = run_together(table(2021, "t3"), figures(2021)["t3"])


@pytest.mark.parametrize("note", ["钩稽关系", "勾嵇关系", "勾稽关系"])
def test_the_note_in_a_tables_corner_belongs_to_it_however_it_is_printed(note: str) -> None:
    found = t3("示例前文。" + T3.replace("勾稽关系", note))
    assert found.start == 5
    assert [slip[:10] for slip in found.slips] == ([] if note == "勾稽关系" else [f"（本列数据的{note}"])


def test_rows_that_the_form_does_not_have_are_added_rows_or_listed() -> None:
    found = t3(T3.replace("2.重复申请", "本地一行1000001另一行12大量2.重复申请"))
    (extra,) = found.extras
    assert (extra.label, extra.after, [r.text for r in extra.readings]) == (
        "本地一行",
        "信访举报投诉类申请",
        [*"1000001"],
    )
    assert [item.text for item in found.ignored] == ["另一行12", "大量"]
    assert len(found.rows) == len(table(2021, "t3").row_ranges)


def test_a_group_with_figures_is_an_added_row() -> None:
    three = T3[T3.index("1.申请人无正当理由逾期") : T3.index("（七）总计")]
    (extra,) = t3(T3.replace(three, "1000001")).extras
    assert (extra.label, extra.after) == ("（六）其他处理", "其他处理")
    assert all(reading.why == AS_ONE_ROW for reading in extra.readings)


NUMBERED = (
    "附表序号统计指标单位统计数1一、主动公开情况——2（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）条123"
    "其中：主动公开规范性文件数条34制发规范性文件总数件35主动公开机构领导信息条16三、依申请公开情况——7（一）收到申请数件28"
    "1.当面申请数件2"
)


def test_numbers_of_lines_are_taken_off_the_figures_before_them() -> None:
    stat = table(2016, "stat")
    found = find(NUMBERED, stat, form(2016), lambda offset: SourcePlace(at=offset + 1))
    assert found is not None and found.start == 2
    assert {key: raw.text for key, raw in found.rows.items()} == {
        "主动公开数": "12",
        "公开规范性文件数": "3",
        "制发规范性文件数": "3",
        "收到申请数": "2",
        "当面申请数": "2",
    }
    assert all(raw.doubt is not None for raw in found.rows.values())
    assert [(extra.label, extra.unit, extra.readings[0].text) for extra in found.extras] == [
        ("主动公开机构领导信息", "条", "1")
    ]


def test_where_a_number_of_a_line_is_not_there_the_figures_are_listed() -> None:
    broken = NUMBERED.replace("文件总数件35", "文件总数件39")
    found = find(broken, table(2016, "stat"), form(2016), lambda offset: SourcePlace(at=offset + 1))
    assert found is not None and "制发规范性文件数" not in found.rows
    assert "制发规范性文件数 39" in [item.text for item in found.ignored]


LIST = next(form for form in FORMS if form.id == "fujian-2014-list")


def find_list(head: str, figures: Sequence[str]) -> FoundTable | None:
    names = [row.path[-1] for row in LIST.tables[0].blocks[0].rows]
    text = head + "".join(name + figure for name, figure in zip(names, figures, strict=True))
    return find(text, LIST.tables[0], LIST, lambda offset: SourcePlace(at=offset + 1))


def test_a_list_is_known_by_its_rows_where_its_header_is_short() -> None:
    found = find_list("项目本年度", ["12"] * 16)
    assert found is not None and len(found.rows) == 16 and found.columns == {0}


def test_a_sentence_that_names_rows_of_a_list_is_no_table() -> None:
    sentence = (
        "其中当面申请数1件，网上申请数2件，信函、传真申请数3件，对申请的答复总数4件，"
        "同意公开答复数5件，行政复议数0件，行政诉讼数0件。"
    )
    assert find(sentence, LIST.tables[0], LIST, lambda offset: SourcePlace(at=offset + 1)) is None


def test_a_list_whose_header_names_the_year_and_whose_units_differ() -> None:
    names = [row.path[-1] for row in LIST.tables[0].blocks[0].rows if row.key != "收费减免金额"]
    text = "指标名称计量单位2016年度历年累计" + "".join(f"{name}件{n}00" for n, name in enumerate(names, 1))
    found = find(text, LIST.tables[0], LIST, lambda offset: SourcePlace(at=offset + 1))
    assert found is not None and found.columns == {0, 1} and not found.ignored
    assert [raw.text for raw in found.rows.values()] == [f"{n}00" for n in range(1, 16)]


@pytest.mark.parametrize(
    ("behind", "certain"), [("|12.5|", False), ("（12.5）", False), ("", True), ("第三部分", True)]
)
def test_the_last_row_is_blank_only_where_no_digits_follow_at_once(behind: str, certain: bool) -> None:
    texts = [*figures(2021)["t2"][:-1], ""]
    found = find_t2(run_together(table(2021, "t2"), texts) + behind + "\n示例后文12条。")
    assert found is not None
    reading = split(table(2021, "t2"), found.rows)[len(texts) - 1]
    assert (reading.text, reading.certainty is Certainty.CERTAIN) == ("", certain) and bool(reading.raw) is not certain
