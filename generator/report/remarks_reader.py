"""Reads what a tables.yaml says of its figures: differences that were accepted (接受) and corrections (更正)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.report.model import Acceptance, Correction
from generator.report.node_reader import NodeReader, is_blank
from generator.yaml_source.nodes import Items, Node

_ACCEPTANCE = ("规则", "位置", "原因", "值", "批准人", "批准日期")


def read_acceptances(reader: NodeReader, node: Node) -> Iterator[Acceptance]:
    """Read the accepted differences; one without rule, place or reason is reported and left out."""
    for item, given in _items(reader, node, "接受", _ACCEPTANCE):
        acceptance = _acceptance(reader, item, given)
        if acceptance is None:
            zh, en = "每项接受都要写明“规则”“位置”“原因”", "an acceptance needs 规则, 位置 and 原因"
            reader.find("ACC-INCOMPLETE", item, zh, en)
        else:
            yield acceptance


def _items(
    reader: NodeReader, node: Node, name: str, known: Sequence[str]
) -> Iterator[tuple[Node, Mapping[str, Node]]]:
    """Read a list of mappings: each with its values by key; other keys than the known are reported."""
    if not isinstance(node, Items):
        if not is_blank(node):
            reader.find("KEY-SHAPE", node, f"“{name}”应为以“- ”开头的若干项", f"“{name}” must be a list of “- ” items")
        return
    for item in node.items:
        pairs = reader.pairs(item, name)
        for key, _ in pairs:
            if key.text not in known:
                reader.unknown(key, list(known), name)
        yield item, {key.text: value for key, value in pairs}


def _acceptance(reader: NodeReader, item: Node, given: Mapping[str, Node]) -> Acceptance | None:
    """Read one acceptance; None where it lacks its rule, place or reason."""
    texts = {name: reader.text(given[name], name).strip() for name in _ACCEPTANCE if name != "位置" and name in given}
    places = given.get("位置")
    nodes = places.items if isinstance(places, Items) else (places,) if places else ()
    subjects = tuple(reader.text(node, "位置").strip() for node in nodes)
    rule, reason = texts.get("规则"), texts.get("原因")
    if not rule or not reason or not subjects:
        return None
    value, approver, date = (texts.get(name, "") for name in ("值", "批准人", "批准日期"))
    return Acceptance(rule, subjects, reason, item.line, item.column, value, approver, date)


_CORRECTION = ("日期", "位置", "原值", "更正为", "原因", "批准人")


def read_corrections(reader: NodeReader, node: Node) -> Iterator[Correction]:
    """Read the corrections of published figures; one that lacks something is reported and left out."""
    for item, given in _items(reader, node, "更正", _CORRECTION):
        texts = {name: reader.text(given[name], name).strip() for name in _CORRECTION if name in given}
        date, name, old, new, reason, approver = (texts.get(key, "") for key in _CORRECTION)
        whole = date and name and reason and approver and {"原值", "更正为"} <= given.keys()
        if not whole or not _is_day(date):
            zh = "每项更正都要写明“日期”（如 2026-03-01）“位置”“原值”“更正为”“原因”“批准人”"
            en = "a correction needs 日期 (like 2026-03-01), 位置, 原值, 更正为, 原因 and 批准人"
            reader.find("CORR-INCOMPLETE", item, zh, en)
        else:
            yield Correction(date, name, old, new, reason, approver, item.line, item.column)


def _is_day(text: str) -> bool:
    """Tells whether a text is a day of the calendar, 2026-03-01."""
    parts = re.fullmatch(r"(?a:(\d{4})-(\d\d)-(\d\d))", text)
    if parts is None:
        return False
    year, month, day = map(int, parts.groups())
    return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
