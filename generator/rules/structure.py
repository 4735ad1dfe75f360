"""Structure: the six sections, their order, titles and numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostic import Finding, Level, Text
from generator.format import SectionForm
from generator.library import Entry
from generator.prose import Section
from generator.rules.rule import Context, Rule, at_line

_NUMERALS = "一二三四五六七八九十"
_OFFICIAL = re.compile(rf"([{_NUMERALS}]+)、")
_ANY_NUMBER = re.compile(rf"\s*[（(]?[{_NUMERALS}\d０-９]+[)）]?[、.．,，]?\s*")
_SUB_OFFICIAL = re.compile(rf"（[{_NUMERALS}]+）\S")


def _bare(title: str) -> str:
    """A title without its number and blanks, for comparing words."""
    return re.sub(r"\s", "", _ANY_NUMBER.sub("", title, count=1))


def _fits(title: str, form: SectionForm) -> bool:
    return any(re.sub(r"\s", "", title) == re.sub(r"\s", "", known) for known in (form.title, *form.aliases))


def missing(entry: Entry, context: Context) -> Iterator[Finding]:
    """报告应依次有法定的六个部分，三张表各在其部分之内。依据：《政府信息公开条例》第五十条及年度报告格式。
    改法：在 report.md 中以“## 一、总体情况”的样子补上缺少的部分。
    2018年度以前没有统一的标题，按关键词看各部分在不在，只作提示。
    ---
    The six statutory sections are present, in order (Regulations, article 50). Before 2019 a note, going by keywords."""
    if not entry.report.form.strict:
        yield from _unseen(entry)
        return
    expected, found = entry.report.form.sections, entry.prose.sections
    for form in expected[len(found) :]:
        text = Text(f"缺少“{form.title}”这一部分", f"section “{form.title}” is missing")
        yield at_line(entry, "report.md", 0, 0, "STR-MISSING", Level.ERROR, text, form.title)
    for section in found[len(expected) :]:
        text = Text(f"“{section.title}”是格式之外的部分", f"“{section.title}” is not a section of the format")
        yield at_line(entry, "report.md", section.line, 1, "STR-MISSING", Level.ERROR, text, section.title)


def _unseen(entry: Entry) -> Iterator[Finding]:
    """Parts that no title speaks of, where titles were not prescribed."""
    for form in entry.report.form.sections:
        if not any(form.meant(section.title) for section in entry.prose.sections):
            text = Text(f"没有看到“{form.title}”一类的部分", f"no section like “{form.title}” was seen")
            yield at_line(entry, "report.md", 0, 0, "STR-MISSING", Level.NOTE, text, form.title)


def _pairs(entry: Entry) -> Iterator[tuple[Section, SectionForm]]:
    return zip(entry.prose.sections, entry.report.form.sections, strict=False)


def titles(entry: Entry, context: Context) -> Iterator[Finding]:
    """各部分标题应与格式一致，或是公认的变体。改法：照格式改标题；已公开的历史报告可以接受。
    2018年度以前没有统一的标题，不核对。
    ---
    Section titles are the official ones or an accepted variant."""
    for section, form in _pairs(entry) if entry.report.form.strict else ():
        if not _fits(section.title, form) and _bare(section.title) not in map(_bare, (form.title, *form.aliases)):
            text = Text(f"标题“{section.title}”应为“{form.title}”", f"title “{section.title}” should be “{form.title}”")
            yield at_line(entry, "report.md", section.line, 1, "STR-TITLE", Level.WARNING, text, section.title.strip())


def numbers(entry: Entry, context: Context) -> Iterator[Finding]:
    """层次序数：一级“一、”，二级“（一）”，依次连续，用汉字和全角括号。依据：GB/T 9704—2012。
    ---
    Level marks are 一、 then （一）, consecutive, in Chinese numerals (GB/T 9704-2012)."""
    for number, section in enumerate(entry.prose.sections[: len(_NUMERALS)]):
        match = _OFFICIAL.match(section.title)
        if match is None or match[1] != _NUMERALS[number]:
            text = Text(
                f"“{section.title.strip()}”的序数应为“{_NUMERALS[number]}、”",
                f"“{section.title.strip()}” should be numbered “{_NUMERALS[number]}、”",
            )
            level = Level.ERROR if entry.report.form.strict else Level.NOTE
            yield at_line(entry, "report.md", section.line, 1, "STR-NUM", level, text, section.title.strip())
        for heading in section.headings:
            if heading.level == 3 and heading.text[:1] in "（(" and not _SUB_OFFICIAL.match(heading.text):
                text = Text(
                    f"“{heading.text}”的序数应写成“（一）”的样子，后面不空格",
                    f"“{heading.text}” should be numbered like （一）, without a blank after it",
                )
                yield at_line(
                    entry, "report.md", heading.line, 1, "STR-NUM", Level.WARNING, text, heading.text.strip()
                )


RULES = (Rule("STR-MISSING", missing, softens=False), Rule("STR-TITLE", titles), Rule("STR-NUM", numbers))
