"""What a published `report.json` tells beyond the tables and the text: indicators and corrections, as tables.yaml has
them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.drafts.tables_yaml import word

_CORRECTION = {
    "日期": "date",
    "位置": "name",
    "原值": "old",
    "更正为": "new",
    "原因": "reason",
    "批准人": "approved_by",
}


def published_blocks(record: Mapping[str, Any]) -> str:
    """Writes the blocks 指标 and 更正 of a `report.json` (schema `nianbao.report/1`), "" where it has neither.

    Figures of the form's own statement bear a key and come back with the text: they are left out."""
    return "".join(f"{line}\n" for line in (*_indicators(record), *_corrections(record)))


def _indicators(record: Mapping[str, Any]) -> Iterator[str]:
    items = [item for item in record.get("indicators", ()) if item.get("key") is None]
    if items:
        yield "指标:"
    for item in items:
        pairs = [("值", str(item["text"])), ("单位", str(item["unit"])), ("部分", str(item["section"]))]
        fields = [f"{key}: {word(text)}" for key, text in pairs if text]
        yield f"  {word(str(item['name']))}: {{{', '.join([*fields, *(['约数: 是'] if item['approximate'] else [])])}}}"


def _corrections(record: Mapping[str, Any]) -> Iterator[str]:
    items = record.get("corrections", ())
    if items:
        yield "更正:"
    for item in items:
        fields = [f"{key}: {word(str(item[name])) if item[name] else '~'}" for key, name in _CORRECTION.items()]
        yield f"  - {{{', '.join(fields)}}}"
