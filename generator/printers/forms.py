"""Shows the declared formats to people and programs: the list of them, and one as a clerk would see it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rich.cells import cell_len

from generator.finding import Message, counted
from generator.forms.model import Form, Table, form_for
from generator.forms.table_layout import grid
from generator.printers.table_drawing import draw
from generator.report.model import address

_CONFIDENCE = {
    "A": Message("官方文本", "official text"),
    "B": Message("已公开的报告", "published reports"),
    "C": Message("未经核实", "unproven"),
}
_RELATIONS = {"equal": "=", "at_most": "≤", "not_negative": "≥ 0"}


def years(form: Form, lang: str) -> str:
    if form.last_year is None:
        return Message(f"{form.first_year}年起", f"from {form.first_year}").say(lang)
    return f"{form.first_year}-{form.last_year}"


def confidence(form: Form, lang: str) -> str:
    letter = form.evidence.confidence
    return f"{letter} {_CONFIDENCE[letter].say(lang)}"


def verified(form: Form, lang: str) -> str:
    return (Message("是", "yes") if form.evidence.verified else Message("否", "no")).say(lang)


def cells(form: Form) -> int:
    return sum(len(table.slots) for table in form.tables)


def find(forms: Sequence[Form], name: str) -> Form | None:
    """Finds a form by its id or by a report year."""
    named = next((form for form in forms if form.id == name), None)
    return named or (form_for(forms, int(name)) if name.isascii() and name.isdecimal() and len(name) == 4 else None)


def listing(forms: Sequence[Form], lang: str) -> Iterator[str]:
    """Lists all forms, one a line within eighty columns; then what each rests on."""
    rows = [Message("编号 年度 文号 格数 依据 已核对", "id years document cells basis verified").say(lang).split()]
    for form in forms:
        letter = form.evidence.confidence
        rows.append([form.id, years(form, lang), form.document, str(cells(form)), letter, verified(form, lang)])
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(word + " " * (width - cell_len(word)) for word, width in zip(row, widths, strict=True)).rstrip()
    yield ""
    yield (
        Message("依据", "basis").say(lang)
        + ": "
        + "  ".join(f"{letter} {text.say(lang)}" for letter, text in _CONFIDENCE.items())
    )
    for form in forms:
        yield f"{form.id}: {form.evidence.note.say(lang)}"


def listing_json(forms: Sequence[Form]) -> str:
    return _dumps([summary(form) for form in forms])


def summary(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "document": form.document,
        "title": form.title,
        "years": [form.first_year, form.last_year],
        "confidence": form.evidence.confidence,
        "verified": form.evidence.verified,
        "source": form.evidence.note._asdict(),
        "closed": form.closed,
        "strict": form.strict,
        "extensible": form.extensible,
        "cells": cells(form),
        "tables": [
            {"id": table.id, "key": table.key, "caption": table.caption, "cells": len(table.slots)}
            for table in form.tables
        ],
    }


def show(form: Form, lang: str, width: int) -> Iterator[str]:
    """Prints a form line by line: its basis, its sections, each table as printed, the identities in the clerk's
    words."""

    def t(zh: str, en: str) -> str:
        return Message(zh, en).say(lang)

    yield form.id
    yield f"{t('年度', 'years')}: {years(form, lang)}    {t('文号', 'document')}: {form.document}"
    yield form.title
    checked = t("已与附件核对", "checked against the annex")
    yield f"{t('依据', 'evidence')}: {confidence(form, lang)}    {checked}: {verified(form, lang)}"
    yield form.evidence.note.say(lang)
    yield ""
    yield t("各部分", "Sections") + (
        "" if form.strict else t("（标题按关键词对应，不一致只作提示）", " (found by keyword, never blocking)")
    )
    for section in form.sections:
        table = next((table for table in form.tables if table.id == section.table), None)
        yield f"  {section.title}" + (f"（{table.key}）" if table else "")
    if not form.tables:
        yield ""
        yield t(
            "没有全国统一的表；本地的表照原样写在 report.md 里。",
            "No national table; local ones are written in report.md as printed.",
        )
    for table in form.tables:
        yield from _table(table, lang, width)


def _table(table: Table, lang: str, width: int) -> Iterator[str]:
    yield ""
    count = len(table.slots)
    yield f"{table.key}  {table.caption}  " + Message(f"（{count}格）", f"({counted(count, 'cell')})").say(lang)
    yield from draw(grid(table), width)
    seen = dict.fromkeys(_identity(table, number) for number in range(len(table.equations)))
    if seen:
        yield Message("勾稽关系", "Identities").say(lang)
    for line in seen:
        yield f"  {line}"


def _identity(table: Table, number: int) -> str:
    """Words an identity as clerks do, without the row or column it runs along where it runs along several."""
    equation = table.equations[number]
    like = [other for other in table.by_rule[equation.rule] if len(other.left) == len(equation.left)]
    across = len({table.slots[other.left[0]].row.key for other in like}) > 1 and len(like) > 1
    sides = []
    for side in (equation.left, equation.right):
        names = [slot.column.key if across else slot.row.key for slot in (table.slots[index] for index in side)]
        if len(table.row_ranges) == 1 or len({table.slots[index].column.key for index in side}) > 1:
            names = [table.slots[index].column.key for index in side]
        elif len(table.blocks) > 1 or table.blocks[0].listed:
            names = [table.slots[index].name.removeprefix(table.key + ".") for index in side]
        sides.append(" + ".join(names))
    return f"{equation.rule}: {sides[0]} {_RELATIONS[equation.relation]} {sides[1]}".rstrip()


def show_json(form: Form) -> str:
    """Prints the whole form as JSON: sections, and every cell with the name that content and prose use."""
    tables = []
    for table in form.tables:
        own = []
        for slot in table.slots:
            cell = address(table, slot)
            own.append(
                {
                    "name": slot.name,
                    "row": list(cell.row),
                    "column": list(cell.column),
                    "unit": slot.column.unit or None,
                }
            )
        identities = [
            {
                "rule": e.rule,
                "relation": e.relation,
                "level": e.level.value,
                "left": [table.slots[i].name for i in e.left],
                "right": [table.slots[i].name for i in e.right],
            }
            for e in table.equations
        ]
        tables.append(
            {"id": table.id, "key": table.key, "caption": table.caption, "cells": own, "identities": identities}
        )
    sections = [
        {"title": s.title, "aliases": list(s.aliases), "keywords": list(s.keywords), "table": s.table or None}
        for s in form.sections
    ]
    return _dumps({**summary(form), "sections": sections, "tables": tables})


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
