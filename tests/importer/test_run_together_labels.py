"""Labels of a table are found in text without cells, misprinted ones by what is missing."""

from __future__ import annotations

from generator.importer.run_together_labels import tokens_of
from tests.importer.samples import figures, form, run_together, table


def test_labels_come_in_their_order_with_their_places() -> None:
    printed = run_together(table(2021, "t2"), figures(2021)["t2"])
    tokens = tokens_of(f"示例前文行政许可。{printed}", table(2021, "t2"), form(2021))
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert {token.name for token in tokens if token.kind == "row"} == table(2021, "t2").row_ranges.keys()
    assert tokens[0].start == len("示例前文行政许可。") and tokens[0].kind == "title", "prose starts no table"


def test_no_dense_run_of_headers_gives_no_label() -> None:
    assert tokens_of("全年办理行政许可120件、行政处罚30件。", table(2021, "t2"), form(2021)) == []


def test_a_misprinted_row_name_is_taken_for_the_row_that_is_missing() -> None:
    printed = run_together(table(2021, "t2"), figures(2021)["t2"]).replace("行政强制", "行政強制")
    near = [token for token in tokens_of(printed, table(2021, "t2"), form(2021)) if token.near]
    assert [(token.name, printed[token.start : token.end]) for token in near] == [("行政强制", "行政強制")]
