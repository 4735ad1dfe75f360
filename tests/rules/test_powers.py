"""Who makes rules, by the register: governments of some kinds, and the offices that report for them."""

from __future__ import annotations

import pytest

from generator.collection.settings import Organ
from generator.rules.powers import collects_for_others, makes_rules_above, rule_making_power


def organ(organ_id: str, name: str, level: str, parent: str = "") -> Organ:
    return Organ(organ_id, name, name, level, parent, "", "", "")


POWERS = [
    ("示例市人民政府", "市", "", True),
    ("示例区人民政府", "区", "", False),
    ("示例市甲局", "部门", "市", False),
    ("示例市人民政府办公厅", "部门", "市", True),
    ("示例市人民政府办公室", "部门", "市", True),
    ("示例区人民政府办公室", "部门", "区", False),
    ("示例市人民政府办公厅", "部门", "", None),
    ("示例区政府办公室", "部门", "", False),
    ("示例县人民政府办公室", "部门", "", False),
    ("示例自治区人民政府办公厅", "部门", "", None),
    ("示例市甲办公室", "部门", "市", False),
    ("示例市人民政府办公室", "部门", "部门", None),
    ("示例市甲局", "", "", None),
]


@pytest.mark.parametrize(("name", "level", "above", "power"), POWERS)
def test_rule_making_power(name: str, level: str, above: str, power: bool | None) -> None:
    organs = {"甲": organ("甲", name, level, "上级"), "上级": organ("上级", "上级", above)}
    assert rule_making_power("甲", organs) is power


def test_a_body_that_is_not_registered() -> None:
    assert rule_making_power("甲", {}) is None and makes_rules_above("甲", {}) == ""


def test_the_government_above_that_makes_rules() -> None:
    organs = {"甲": organ("甲", "示例市甲局", "部门", "市"), "市": organ("市", "示例市人民政府", "市")}
    assert makes_rules_above("甲", organs) == "示例市人民政府" and makes_rules_above("市", organs) == ""
    assert makes_rules_above("甲", organs | {"市": organ("市", "示例区人民政府", "区")}) == ""


def test_who_collects_fees_for_others() -> None:
    assert collects_for_others("示例区财政局") and collects_for_others("国家税务总局示例区税务局")
    assert collects_for_others("示例区非税收入管理局") and collects_for_others("示例区财政和国资局")
    assert not collects_for_others("示例区教育局")
