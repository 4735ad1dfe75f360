"""Checks the structure of a report: its six sections, their order, titles and numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.forms.sections import SectionForm
from generator.narrative.markdown_notes import Section
from generator.report.entry import LoadedReport
from generator.report.section_forms import bare_title, section_forms
from generator.rules.figures import figure
from generator.rules.rule import Rule, at_line, at_text

_NUMERALS = "一二三四五六七八九十"
_OFFICIAL = re.compile(rf"([{_NUMERALS}]+)、")
_SUB_OFFICIAL = re.compile(rf"（[{_NUMERALS}]+）\S")


def missing(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """报告应依次有法定的六个部分，三张表各在其部分之内。
    依据：《政府信息公开条例》第五十条及年度报告格式。
    改法：在 report.md 中以“## 一、总体情况”的样子补上缺少的部分。
    2018年度以前没有统一的标题，按关键词看各部分在不在，只作提示；没有其他事项的、没有收到申请而没有写收费的，不提示。
    ---
    The six statutory sections are present, in order (Regulations, article 50). Before 2019 a note, by keywords; not for
    other matters, nor for fees where no request was received."""
    if not entry.report.form.strict:
        yield from _not_recognised(entry)
        return
    found = section_forms(entry)
    lacking = [form for form in entry.report.form.sections if form not in found]
    beyond = [section for section, form in zip(entry.prose.sections, found, strict=True) if form is None]
    if lacking and beyond:
        yield _instead(entry, beyond[0], lacking[0])
        lacking, beyond = lacking[1:], beyond[1:]
    if len(lacking) > 1 and len(lacking) == len(entry.report.form.sections):
        yield at_line(entry, "report.md", 0, 0, "STR-MISSING", Level.ERROR, _all_missing(len(lacking)), "正文")
        lacking = []
    for form in lacking:
        message = Message(f"缺少“{form.title}”这一部分，请补上", f"section “{form.title}” is missing; add it")
        yield at_line(entry, "report.md", 0, 0, "STR-MISSING", Level.ERROR, message, form.title)
    for section in beyond:
        message = Message(
            f"“{section.title}”是格式之外的部分，请并入相应的部分",
            f"“{section.title}” is not a section of the form; move its text into one that is",
        )
        yield at_line(entry, "report.md", section.line, 1, "STR-MISSING", Level.ERROR, message, section.title)


def _all_missing(count: int) -> Message:
    return Message(
        f"正文一个部分也没有：缺少全部{count}个部分，标题写成“## 一、总体情况”的样子",
        f"the narrative has none of the {count} sections; titles are written like “## 一、总体情况”",
    )


def _instead(entry: LoadedReport, section: Section, form: SectionForm) -> Finding:
    """Tells of a section that the form does not have where another is missing: it stands in a wrong place, or most
    likely holds the other."""
    title = section.title.strip()
    if bare_title(title) == bare_title(form.title):
        message = Message(
            f"“{title}”的位置不对：各部分应依格式的次序", f"“{title}” is out of order: sections follow the form's order"
        )
        return at_line(entry, "report.md", section.line, 1, "STR-MISSING", Level.ERROR, message, title)
    message = Message(
        f"“{title}”是格式之外的部分，又缺少“{form.title}”：请把它并入“{form.title}”",
        f"“{title}” is not a section of the form, and “{form.title}” is missing: put the one into the other",
    )
    return at_line(entry, "report.md", section.line, 1, "STR-MISSING", Level.WARNING, message, title)


def _not_recognised(entry: LoadedReport) -> Iterator[Finding]:
    """Notes the parts that no title speaks of, where titles were not prescribed."""
    for form in entry.report.form.sections:
        if form.optional or (form.needs and figure(entry.report, form.needs) == 0):
            continue
        if not any(form.meant(section.title) for section in entry.prose.sections):
            message = Message(f"没有看到“{form.title}”一类的部分", f"no section like “{form.title}” was recognised")
            yield at_line(entry, "report.md", 0, 0, "STR-MISSING", Level.NOTE, message, form.title)


def _pairs(entry: LoadedReport) -> Iterator[tuple[Section, SectionForm]]:
    pairs = zip(entry.prose.sections, section_forms(entry), strict=True)
    return ((section, form) for section, form in pairs if form is not None)


def titles(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """各部分标题应与格式一致；公认的变体（如“政府信息公开工作存在的主要问题及改进情况”）只作提示。
    2018年度以前没有统一的标题，不核对。
    改法：照格式改标题；已公开的历史报告可以接受。依据：国办公开办函〔2021〕30号。
    错：## 五、存在的不足及改进措施
    对：## 五、存在的主要问题及改进情况
    ---
    Section titles are the official ones; accepted variants are notes.
    Wrong: 五、存在的不足及改进措施. Right: 五、存在的主要问题及改进情况."""
    for section, form in _pairs(entry) if entry.report.form.strict else ():
        if section.title == form.title:
            continue
        title = section.title.strip()
        if bare_title(title) in map(bare_title, form.aliases):
            message = Message(
                f"标题“{title}”是变体，格式上是“{form.title}”", f"title “{title}” is a variant of “{form.title}”"
            )
            yield at_line(entry, "report.md", section.line, 1, "STR-TITLE", Level.NOTE, message, title)
        elif bare_title(title) != bare_title(form.title):
            message = Message(
                f"标题“{section.title}”应为“{form.title}”", f"title “{section.title}” should be “{form.title}”"
            )
            yield at_line(entry, "report.md", section.line, 1, "STR-TITLE", Level.WARNING, message, title)


def numbers(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """层次序数：一级“一、”（错则为错误），二级“（一）”，用汉字和全角括号，在一个部分里依次连续（警告），
    三级“1.”，不写“1、”“1．”（提示）。
    如“2、 主动公开政府信息情况”应为“二、主动公开政府信息情况”，“1、健全机制”应为“1.健全机制”。改法：照此改。
    依据：GB/T 9704—2012 第7.3.3条。
    ---
    Levels are numbered 一、 (else an error), then （一）, in Chinese numerals and consecutive within a section
    (a warning), then “1.” (a note); GB/T 9704-2012, 7.3.3."""
    forms = section_forms(entry)
    whole = not entry.report.form.strict or set(entry.report.form.sections) <= set(forms)
    for number, section in enumerate(entry.prose.sections[: len(_NUMERALS)]):
        match, form = _OFFICIAL.match(section.title), forms[number]
        # where a section lacks, those behind it keep the numbers of the form: it is to be added, not they renumbered
        official = None if whole or form is None else _OFFICIAL.match(form.title)
        right = official[1] if official else _NUMERALS[number]
        if match is None or match[1] not in (right, _NUMERALS[number]):
            title = section.title.strip()
            message = Message(f"“{title}”的序数应为“{right}、”", f"“{title}” should be numbered “{right}、”")
            level = Level.ERROR if entry.report.form.strict else Level.NOTE
            yield at_line(entry, "report.md", section.line, 1, "STR-NUM", level, message, title)
        yield from _second_level(entry, section)
    yield from _lower_numbers(entry)


def _second_level(entry: LoadedReport, section: Section) -> Iterator[Finding]:
    """Checks how the headings of a section are numbered."""
    for heading in section.headings:
        if heading.level == 3 and heading.text[:1] in "（(" and not _SUB_OFFICIAL.match(heading.text):
            message = Message(
                f"“{heading.text}”的序数应写成“（一）”的样子，后面不空格",
                f"“{heading.text}” should be numbered like （一）, with no space after it",
            )
            yield at_line(entry, "report.md", heading.line, 1, "STR-NUM", Level.WARNING, message, heading.text.strip())


_SUB = re.compile(rf"（([{_NUMERALS}])）")
_BEGINS = frozenset("（123456789")
_THIRD = re.compile(r"([1-9][0-9]?)[、．](?=[^\s0-9])")


def _lower_numbers(entry: LoadedReport) -> Iterator[Finding]:
    """Checks that second-level numbers are consecutive (warnings) and third-level ones written “1.” (notes)."""
    section, last = 0, 0
    for passage in [passage for passage in entry.passages if passage[3][:1] in _BEGINS]:
        text = passage.text
        if passage.kind not in ("heading", "text"):
            continue
        if passage.section != section:
            section, last = passage.section, 0
        second, third = (_SUB.match(text), None) if text[0] == "（" else (None, _THIRD.match(text))
        if third:
            message = Message(
                f"“{text[:10]}”：三级序数应写“{third[1]}.”",
                f"“{text[:10]}”: third-level numbers are written “{third[1]}.”",
            )
            yield at_text(entry, passage, 0, "STR-NUM", Level.NOTE, message, text[:10])
        elif second:
            number = _NUMERALS.index(second[1]) + 1
            if number != 1 and last and number != last + 1:
                message = Message(
                    f"“{text[:10]}”：上一个是“（{_NUMERALS[last - 1]}）”，序数不连续，请改正",
                    f"“{text[:10]}” follows （{_NUMERALS[last - 1]}）: not consecutive; number them anew",
                )
                yield at_text(entry, passage, 0, "STR-NUM", Level.WARNING, message, text[:10])
            last = number


def blanks(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """标题里外的空格和标题末尾的句号。如“## 四、……情况　　　”“（六）加强平台建设。”。改法：删去。
    依据：GB/T 9704—2012；GB/T 15834—2011。
    ---
    Spaces in and around headings, and a full stop at their end. Delete them."""
    for passage in entry.passages:
        if passage.kind in {"text", "table"}:
            continue
        text, title = passage.text, passage.text.strip()
        if text.endswith("。"):
            message = Message(f"标题“{title}”末尾不用句号", f"no full stop at the end of the heading “{title}”")
            yield at_text(entry, passage, len(text) - 1, "STR-WS", Level.NOTE, message, f"{title}（句号）")
        blank = _INNER_BLANK.search(text) if len(text.split()) > 1 or text != title else None
        if blank:
            message = Message(
                f"标题“{title}”有多余的空格，请删去", f"the heading “{title}” contains spaces; delete them"
            )
            yield at_text(entry, passage, blank.start(), "STR-WS", Level.NOTE, message, title)


_INNER_BLANK = re.compile(r"^\s|\s$|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|\s\s")


RULES = (
    Rule("STR-MISSING", missing, softens=False),
    Rule("STR-TITLE", titles),
    Rule("STR-NUM", numbers),
    Rule("STR-WS", blanks),
)
