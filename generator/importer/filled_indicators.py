"""Reads the sheet of indicators (指标) of a filled-in workbook: figures that only the narrative has."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from generator.drafts.readings import Ignored, SourcePlace
from generator.drafts.tables_yaml import word
from generator.finding import Message
from generator.readers.document import BlockPlace, Document
from generator.workbook.cell_names import address
from generator.workbook.layout import FIRST_INDICATOR, INDICATOR_HEADS, INDICATORS, MAX_INDICATORS, IndicatorRow

_NO_NAME = Message("没有写指标的名称", "the indicator has no name")
_NOT_A_NUMBER = Message("值不是一个数", "its value is not a number")
_TWICE = Message("同名的指标写了两次", "an indicator of this name was given above")
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d{1,8})?", re.ASCII)


def cell_place(sheet: str, row: int, column: int) -> SourcePlace:
    """Return the place of a cell, counted from 0."""
    return SourcePlace(BlockPlace(sheet=sheet, line=row + 1), row + 1, column + 1, cell=address(row, column))


def indicators_of(document: Document) -> tuple[list[IndicatorRow], list[Ignored]]:
    """Return the rows that give a name and a value, and those that cannot be accepted."""
    accepted: dict[str, IndicatorRow] = {}
    rejected: list[Ignored] = []
    for row in range(FIRST_INDICATOR, FIRST_INDICATOR + MAX_INDICATORS):
        places = [(INDICATORS, row, column) for column in range(len(INDICATOR_HEADS))]
        texts = (document.cells.get(place, "") for place in places)
        indicator = IndicatorRow(*(" ".join(text.split()) for text in texts))
        doubt = next((document.doubts[place].doubt for place in places if place in document.doubts), None)
        why = doubt or _rejection(indicator, accepted)
        if why is not None:
            spot = cell_place(INDICATORS, row, 0)
            rejected.append(Ignored(" ".join(filter(None, indicator))[:200], spot, why))
        elif indicator.name and indicator.value:
            accepted[indicator.name] = indicator
    return list(accepted.values()), rejected


def _rejection(indicator: IndicatorRow, accepted: Container[str]) -> Message | None:
    """Say why a row cannot be accepted; None for one that can, or has nothing to accept."""
    if indicator.value and not indicator.name:
        return _NO_NAME
    if indicator.name in accepted:
        return _TWICE
    return _NOT_A_NUMBER if indicator.value and not _NUMBER.fullmatch(indicator.value) else None


def indicators_yaml(rows: Sequence[IndicatorRow]) -> str:
    """Write indicators as the block of tables.yaml that names them; "" for none."""
    if not rows:
        return ""
    lines = ["", "# 只在正文中出现的数字。“部分”是它所在的部分；“约数”表示正文写作“…余”", "指标:"]
    for row in rows:
        attributes = zip(INDICATOR_HEADS[2:], row[2:], strict=True)
        pairs = [("值", row.value), *((key, word(value)) for key, value in attributes if value)]
        lines.append(f"  {word(row.name)}: {{{', '.join(f'{key}: {value}' for key, value in pairs)}}}")
    return "\n".join(lines) + "\n"
