"""Finds names of persons who applied, sued or were helped (PRIV-NAME, PRIV-ROWS). Never prints them in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Level, Message, counted
from generator.narrative.late_pattern import LatePattern
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule, at_text
from generator.rules.text import some
from generator.wordlists.matcher import Names

_ROWS = 3  # so many names with numbers make a list of persons
# what a name ends at: a mark, a number, or words that speak of what its bearer did
_END = (
    r"(?=$|[\s，。、；：,;:（(）)“”‘’《》|！？0-9.]|等|诉|不服|申请(?!人)|向|因|就|对|提起|提出|提交|要求"
    r"|起诉|反映|通过|女士|先生|同志|及|的)"
)
_HAN = "一-鿿"
_NUMBER = re.compile(r"[0-9]")
_MARKER = re.compile(r"\s*[（(]?[0-9]{1,3}[.、)）．]\s*")
_SHORT = 80  # a line of a list; in a longer one a long number must follow the name itself
_LONG = re.compile(r"[0-9*]{5}")
_BEHIND = re.compile(r"[^0-9]{0,20}[0-9*]{5}")


class _Finders(NamedTuple):
    """Holds the patterns. `meant` and `standing` are fast pre-checks for `context` and `alone`; they let a few
    through that are no names."""

    meant: tuple[re.Pattern[str], ...]
    context: LatePattern
    standing: LatePattern
    alone: LatePattern
    unlike: frozenset[str]


@lru_cache(maxsize=4)
def _finders(names: Names) -> _Finders:
    person = rf"(?P<surname>{'|'.join((*names.compound, f'[{names.surnames}]'))})(?P<given>[{names.given}]{{1,2}})"
    before = "|".join(sorted(map(re.escape, names.before), key=len, reverse=True))
    first = re.escape(names.surnames + "".join(name[0] for name in names.compound))
    return _Finders(
        tuple(
            re.compile(f"{last}(?<={words})(?=[{first}姓名：:为是“\\s])") for last, words in _by_ending(names.before)
        ),
        LatePattern(rf"(?:{before})(?:姓名|名字)?[：:为是“]?\s?{person}{_END}"),
        LatePattern(rf"[{first}](?<![{_HAN}].)[{_HAN}]{{1,3}}(?![{_HAN}])"),
        LatePattern(rf"(?<![{_HAN}]){person}(?![{_HAN}])"),
        frozenset(names.unlike),
    )


def _by_ending(words: Iterable[str]) -> list[tuple[str, str]]:
    """Groups words by last character and length, as alternatives: the engine skips to that character fast."""
    kinds: dict[tuple[str, int], list[str]] = {}
    for word in words:
        kinds.setdefault((word[-1], len(word)), []).append(re.escape(word))
    return [(re.escape(last), "|".join(alike)) for (last, _), alike in kinds.items()]


def _is_person(match: re.Match[str], finders: _Finders) -> bool:
    return match["surname"] + match["given"] not in finders.unlike


def named(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """申请人、原告、复议申请人等后面紧跟自然人的姓名（“申请人张三”）：报告里不写当事人的姓名。
    机关、企业的名称，“申请人数量”“申请人逾期”之类的话，已写作“张某”的不算。
    照 generator/wordlists/lists/names.yaml 的姓和名字用字认，请人工确认；发现里只印姓。
    改法：删去，或写作“张某”。依据：《个人信息保护法》第四条；《政府信息公开条例》第十五条。
    ---
    A person's name follows 申请人, 原告 or the like. Organisations, ordinary words and 张某 do not count; a person must
    decide. Delete it or write 张某 (Personal Information Protection Law, article 4)."""
    return some(_named(entry, context))


def _named(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    if not context.words.names.surnames:
        return
    finders = _finders(context.words.names)
    if not any(meant.search(entry.plain.text) for meant in finders.meant):
        return
    for passage in entry.passages:
        for match in finders.context.finditer(passage.text) if passage.section else ():
            if _is_person(match, finders):
                shown = passage.text[match.start() : match.start("given")] + "*" * len(match["given"])
                message = Message(
                    f"“{shown}”像是自然人的姓名：报告里不写当事人的姓名，请删去或写作“{match['surname']}某”",
                    f"“{shown}” looks like a person's name; delete it or write {match['surname']}某",
                )
                yield at_text(entry, passage, match.start(), "PRIV-NAME", Level.WARNING, message, shown)


def rows(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """同一部分里有三行以上各有一个人名和一个数（名单：姓名加证件号、电话、金额或序号），
    多半是不该公开的个人名单，请人工确认。发现里只印姓。
    改法：删去名单，只写人数、件数。依据：《个人信息保护法》第四条、第二十八条；《政府信息公开条例》第十五条。
    ---
    Three or more rows of one section each hold a person's name and a number: most likely a list of persons that must
    not be public; a person must decide. Give their number only."""
    return some(_rows(entry, context))


def _rows(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    names = context.words.names
    if not names.surnames:
        return
    lines = _lines(entry)
    if not lines:
        return
    finders = _finders(names)
    by_section: dict[int, list[tuple[Passage, re.Match[str]]]] = {}
    for passage in lines:
        if finders.standing.search(passage[3]):
            by_section.setdefault(passage.section, []).extend((passage, match) for match in _persons(passage, finders))
    for persons in by_section.values():
        if len(persons) >= _ROWS:
            passage, first = persons[0]
            shown = first["surname"] + "*" * len(first["given"])
            count = len(persons)
            message = Message(
                f"从“{shown}”起有{count}行各有人名和数，像是个人名单：请删去，只写人数、件数",
                f"from “{shown}” on, {counted(count, 'row')} each with a name and number: persons? Give the count only",
            )
            yield at_text(entry, passage, first.start(), "PRIV-ROWS", Level.WARNING, message, shown, str(count))


def _lines(entry: LoadedReport) -> Sequence[Passage]:
    """Returns the lines of sections in which a name may go with a number: short ones that hold any, and where the
    report has a long number, all."""
    lines = [passage for passage in entry.passages if passage[0]]
    if _LONG.search(entry.plain.latin):
        return lines
    return [
        passage
        for passage in lines
        if (len(passage[3]) <= _SHORT or passage[1] == "table") and _NUMBER.search(passage[3])
    ]


def _persons(passage: Passage, finders: _Finders) -> Iterable[re.Match[str]]:
    """Returns names of a line that go with a number: anywhere in a short line, right behind the name in a long one."""
    text = passage.text
    matches = [match for match in finders.alone.finditer(text) if _is_person(match, finders)]
    if passage.kind == "table" or len(text) <= _SHORT:
        marker = _MARKER.match(text)
        return matches[:1] if _NUMBER.search(text, marker.end() if marker else 0) else []
    return [match for match in matches if _BEHIND.match(text, match.end())]


RULES = (Rule("PRIV-NAME", named, softens=False), Rule("PRIV-ROWS", rows, softens=False))
