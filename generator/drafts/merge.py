"""Joins a draft with the report that is there already: what the file says nothing of stays as it is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.finding import Message, counted
from generator.narrative.markdown_notes import PLACEHOLDER
from generator.report.entry import LoadedReport
from generator.report.model import Report

_KEY = re.compile(r"[^\s#:\-][^:]{0,80}(?=:(?:\s|$))")
_ITS_OWN = frozenset(
    {"年度", "机关", "状态", "格式", "增加行", "图片"}
)  # what the file says nothing of, it has none of
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


class _Part(NamedTuple):
    """Holds the lines of one top-level key of tables.yaml, with the comments right above it; `blank`: it says nothing
    (`文号: ~`)."""

    lines: tuple[str, ...]
    blank: bool


def with_kept(new: str, old: str, keep: Sequence[str]) -> tuple[str, list[str]]:
    """Return the new tables.yaml with those keys of the old one that it lacks, has blank, or that are to be kept
    (`keep`: tables which the file does not have); and the names of what was kept."""
    there, given = _parts(old), _parts(new)
    text, behind, kept = new, list[str](), list[str]()
    for name, part in there.items():
        if part.blank or name in _ITS_OWN:
            continue
        block = "\n".join(part.lines)
        if name not in given:
            behind.append(block)
        elif given[name].blank or name in keep:
            text = text.replace("\n".join(given[name].lines), block, 1)
        else:
            continue
        kept.append(name)
    return "\n\n".join([text.rstrip(), *behind]) + "\n" if behind else text, kept


_HEAD = frozenset({"标题", "索引号", "文号", "发文日期", "发布机构", "联系"})


def with_filled(there: str, given: str) -> tuple[str, list[str]]:
    """Return the tables.yaml that is there with what its head leaves blank and the given one has (文号: ~), and the
    names of that."""
    head = "\n".join("\n".join(part.lines) for name, part in _parts(given).items() if name in _HEAD)
    return with_kept(there, head, ())


def _parts(text: str) -> dict[str, _Part]:
    """Split a tables.yaml into its top-level keys."""
    parts: dict[str, _Part] = {}
    name, lines = "", list[str]()
    above: list[str] = []
    for line in text.split("\n"):
        match = _KEY.match(line)
        if match:
            if name:
                parts[name] = _part(lines)
            name, lines, above = match[0].rstrip(), [*above, line], []
        elif line.startswith("#"):
            above.append(line)
        else:
            lines += [*above, line]
            above = []
    if name:
        parts[name] = _part(lines)
    return parts


def _part(lines: Sequence[str]) -> _Part:
    """Return a key with its lines, the blank ones behind it left out."""
    end = next((end for end in range(len(lines), 0, -1) if lines[end - 1].strip()), 0)
    values = [line for line in lines[:end] if not line.startswith("#")]
    value = values[0].partition(":")[2].partition(" #")[0].strip() if len(values) == 1 else "…"
    values_of_flow = re.findall(r":\s*([^,{}]*)", value) if value.startswith("{") else [value]
    return _Part(tuple(lines[:end]), all(text.strip() in ("", "~") for text in values_of_flow))


def rebound(new: str, old: str, resolve: Callable[[str], str | None]) -> str:
    """Return the new narrative with each paragraph of the old one in its place that reads the same once its
    placeholders are filled in: what was bound to the tables stays bound. `resolve` tells what a placeholder prints."""
    there: dict[tuple[str, str], deque[str]] = {}
    for title, paragraph in _below_titles(old.replace("\r\n", "\n")):
        there.setdefault((title, _plain(_filled(paragraph, resolve))), deque()).append(paragraph)
    written = []
    for title, paragraph in _below_titles(new):
        same = there.get((title, _plain(paragraph)))  # of several that read the same, each takes its turn
        bound = same.popleft() if same else ""
        written.append(bound if "{{" in bound else paragraph)
    return "\n\n".join(written) + "\n"


def _below_titles(text: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a narrative, each with the title of its part."""
    title = ""
    for paragraph in _PARAGRAPHS.split(text.strip()):
        title = paragraph if paragraph.startswith("## ") else title
        yield title, paragraph


def _filled(text: str, resolve: Callable[[str], str | None]) -> str:
    return PLACEHOLDER.sub(lambda match: resolve(match[1].strip()) or str(match[0]), text)


def _plain(text: str) -> str:
    return " ".join(text.replace("\\", "").split())


def losses(old: LoadedReport, new: LoadedReport) -> Iterator[Message]:
    """Say what of the old report the new one changes or no longer has, and how many figures it adds."""
    before, after = _figures(old.report), _figures(new.report)
    changed = sum(bool(after.get(name)) and after[name] != text for name, text in before.items())
    filled = sum(name not in before for name in after)
    blank = sum(not after.get(name) for name in before)
    if changed:
        yield Message(f"改变{changed}个数", f"{counted(changed, 'figure changes', 'figures change')}")
    if filled:
        yield Message(f"填上{filled}个原来空白的数", counted(filled, "figure fills a blank", "figures fill blanks"))
    if blank:
        yield Message(f"{blank}个数变成空白", f"{counted(blank, 'figure becomes', 'figures become')} blank")
    yield from _changed_words(old.report, new.report)
    names = {item.name for item in new.report.indicators}
    gone = [item.name for item in old.report.indicators if item.name not in names]
    if gone:
        yield Message(f"去掉指标{'、'.join(gone)}", f"indicators go: {', '.join(gone)}")
    fewer = len(old.report.acceptances) - len(new.report.acceptances)
    if fewer > 0:
        yield Message(f"去掉{fewer}项“接受”", f"{fewer} acceptances go")
    yield from _narrative_losses(old.text, new.text)


def _figures(report: Report) -> Mapping[str, str]:
    """Return the figures that are not blank, as printed, by name."""
    figures = {
        slot.name: text
        for sheet in report.sheets
        for slot, text in zip(sheet.table.slots, sheet.texts, strict=True)
        if text
    }
    stated = report.stated
    if stated is not None:
        figures |= {f"{stated.statement.key}.{key}": item.text for key, item in stated.figures.items()}
    return figures


def _changed_words(old: Report, new: Report) -> Iterator[Message]:
    """Name what else of tables.yaml changes or goes: the title, the date, the contact …"""
    before = {key: item.text for key, item in old.typed.items() if item.text not in ("", "~")}
    after = {key: item.text for key, item in new.typed.items()}
    differing = [key for key, text in before.items() if after.get(key, "") != text]
    if differing:
        yield Message(f"改动或去掉{'、'.join(differing)}", f"changed or gone: {', '.join(differing)}")


def _narrative_losses(old: str, new: str) -> Iterator[Message]:
    there = {_plain(text) for text in _PARAGRAPHS.split(new)}
    lost = [text for text in _PARAGRAPHS.split(old.strip()) if text.strip() and _plain(text) not in there]
    bound = sum(len(PLACEHOLDER.findall(text)) for text in lost)
    if lost:
        yield Message(
            f"正文换掉{len(lost)}段" + (f"（其中引用{bound}处）" if bound else ""),
            f"{counted(len(lost), 'paragraph of the narrative is', 'paragraphs of the narrative are')} replaced"
            + (f" ({counted(bound, 'placeholder')})" if bound else ""),
        )
