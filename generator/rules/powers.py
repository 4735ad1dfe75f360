"""Tells from the register which bodies may make rules (规章), and which collect fees for others."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.collection.settings import Organ

# 立法法（2023）第九十一条、第九十三条
_RULE_MAKERS = frozenset({"国务院部门", "省", "自治区", "直辖市", "设区的市", "市", "自治州"})
_GOVERNMENTS = _RULE_MAKERS | {"区", "县", "县级市", "旗", "镇", "乡", "街道"}
# an office of a government (办公厅, 办公室) reports that government's rules
_OFFICE = re.compile(r"(.*?)(?:人民政府|政府|管理委员会|管委会)(?:办公厅|办公室|办)").fullmatch
_WITHOUT = re.compile(r"(?:(?<!自治)区|县|旗|镇|乡|街道)$").search
_TREASURIES = ("财政", "税务", "非税")


def rule_making_power(organ_id: str, organs: Mapping[str, Organ]) -> bool | None:
    """Tells whether the rules that an organ reports may be its own, or those of the government whose office it is; None
    where the register does not say."""
    organ = organs.get(organ_id)
    if organ is None or not organ.level:
        return None
    office = _OFFICE(organ.name)
    if office is None or organ.level in _RULE_MAKERS:
        return organ.level in _RULE_MAKERS
    government = organs.get(organ.parent)
    if government is not None and government.level in _GOVERNMENTS:
        return government.level in _RULE_MAKERS
    return False if _WITHOUT(office[1]) else None


def makes_rules_above(organ_id: str, organs: Mapping[str, Organ]) -> str:
    """Returns the name of the government with rule-making power that a body stands under, "" where it has none."""
    organ = organs.get(organ_id)
    above = organs.get(organ.parent) if organ else None
    return above.name if above and above.level in _RULE_MAKERS else ""


def collects_for_others(name: str) -> bool:
    """Tells whether a body takes in the fees of others: 财政局, 税务局."""
    return any(word in name for word in _TREASURIES)
