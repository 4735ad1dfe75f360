"""What is asked about all organs for every report: worked out once, by the names of the year."""

from __future__ import annotations

import pytest

from generator.collection.register import Register, register_of
from generator.collection.settings import Organ


def _organ(name: str, parent: str = "", former: tuple[tuple[int, str], ...] = ()) -> Organ:
    return Organ(name, f"示例{name}", name, "", parent, "", "", "", former=former)


_ORGANS = {
    organ.id: organ
    for organ in (
        _organ("区"),
        _organ("甲局", "区", former=((2019, "示例旧局"),)),
        _organ("乙局", "区"),
        _organ("站", "乙局"),
    )
}


@pytest.mark.parametrize(
    ("year", "names"),
    [(2019, {"示例区", "示例旧局", "示例乙局", "示例站"}), (2020, {"示例区", "示例甲局", "示例乙局", "示例站"})],
)
def test_names_are_those_of_the_year(year: int, names: set[str]) -> None:
    assert register_of(_ORGANS).names_in(year) == names


@pytest.mark.parametrize(("parent", "below"), [("区", ["甲局", "乙局"]), ("乙局", ["站"]), ("站", []), ("没有", [])])
def test_lists_the_organs_right_below_one(parent: str, below: list[str]) -> None:
    assert list(register_of(_ORGANS).below(parent)) == below


def test_asks_each_organ_once_however_many_reports_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    register, asked = Register(_ORGANS), list[str]()
    named = Organ.named_in

    def counted(organ: Organ, year: int) -> Organ:
        asked.append(organ.id)
        return named(organ, year)

    monkeypatch.setattr(Organ, "named_in", counted)
    for _ in range(3):
        assert "示例站" in register_of(register).names_in(2020)
    assert sorted(asked) == sorted(_ORGANS)
