"""Tables whose cells ran together in plain text."""

from __future__ import annotations

from generator.drafts.readings import Certainty, SourcePlace
from generator.importer.run_together_tables import FoundTable, find
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
