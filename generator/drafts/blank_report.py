"""Writes a new report folder: blank cells but for the figures carried over, sections with a prompt, no text copied.

It begins as a draft (状态: 草稿), and prompts that are still there are errors of `check`: nothing half-done is
published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.drafts.readings import Certainty, Reading, SourcePlace, TableRead
from generator.drafts.tables_yaml import stated_yaml, tables_yaml, with_state, word
from generator.forms.model import Form
from generator.forms.sections import SectionForm
from generator.narrative.prompt import PROMPT
from generator.report.model import Indicator

CARRIED = "由上年结转下年度带入，请核对"
LAST_YEARS = "由上年报告带入，请核对"
_PREFACE = "依据、统计期限、联系方式等；没有引言的删去这一段。"
_ANY = "写这一部分的内容；没有的写明没有。"


class Prefill(NamedTuple):
    """Holds what is known before anything is typed: `figures` carried over by slot name, contact (联系.电话) and
    indicators of last year's report."""

    year: int
    organ: str
    name: str
    figures: Mapping[str, str]
    contact: Mapping[str, str]
    indicators: Sequence[Indicator]

    @property
    def title(self) -> str:
        return f"{self.name}{self.year}年政府信息公开工作年度报告"


def scaffold(form: Form, start: Prefill) -> dict[str, bytes]:
    """Write tables.yaml and report.md; the result maps file names to bytes."""
    return {"tables.yaml": _tables(form, start).encode(), "report.md": _narrative(form).encode()}


def _tables(form: Form, start: Prefill) -> str:
    meta = {"发布机构": start.name}
    contact = {key.removeprefix("联系."): text for key, text in start.contact.items()}
    reads = []
    remarks = {"联系": LAST_YEARS} if contact else {}
    for table in form.tables:
        texts = [start.figures.get(slot.name, "") for slot in table.slots]
        remarks.update(
            (f"{table.key}.{slot.row.key}", CARRIED) for slot, text in zip(table.slots, texts, strict=True) if text
        )
        readings = {at: Reading(text, text, Certainty.CERTAIN, SourcePlace()) for at, text in enumerate(texts)}
        reads.append(TableRead(table, readings))
    head = (f"{start.year}年度报告的法定统计数据。", "  ~  还没有填；没有发生填0        /  不适用（只用于规章）")
    text = tables_yaml(start.year, start.organ, form, False, start.title, meta, contact, reads, {}, head, remarks)
    return with_state(text, draft=True) + stated_yaml(form, {}) + "".join(_indicators(start.indicators))


def _indicators(indicators: Sequence[Indicator]) -> Iterator[str]:
    """List last year's indicators (figures that only the narrative gives) as comments, ready to be filled in."""
    if indicators:
        yield "\n# 上年登记的指标。今年仍有的，去掉行首的 # 并填“值”\n# 指标:\n"
    for item in indicators:
        parts = f", 分子: {word(item.parts[0])}, 分母: {word(item.parts[1])}" if item.parts else ""
        yield f"#   {word(item.name)}: {{值: , 单位: {word(item.unit)}, 部分: {word(item.section)}{parts}}}\n"


def _narrative(form: Form) -> str:
    parts = [f"{PROMPT}{_PREFACE}"]
    for section in form.sections:
        prompt = "" if section.table else f"\n\n{PROMPT}{section.prompt or _ANY}"
        parts.append(f"## {section.title}{_statement(form, section)}{prompt}")
    return "\n\n".join(parts) + "\n"


def _statement(form: Form, section: SectionForm) -> str:
    """Return the placeholder of the required sentence (信息处理费) in the section that takes it, else ""."""
    statement = form.statement
    if statement is None or not statement.required or not section.title.startswith(statement.section):
        return ""
    return f"\n\n{{{{{statement.key}}}}}"
