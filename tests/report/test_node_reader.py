"""What a node is not is reported, however many there are."""

from __future__ import annotations

from tests.example import report, tables


def test_a_file_full_of_mistakes_is_reported_without_a_search_for_each_name() -> None:
    wrong = "".join(f"重复申清{number}: 1\n" for number in range(300))
    unknown = [f for f in report(2021, tables(2021) + wrong).findings if f.rule == "KEY-UNKNOWN"]
    assert len(unknown) == 300 and "是不是" not in unknown[-1].message.zh
