"""Takes the signature off the end of a report: the organ's name, the date, and the lines that name its annexes."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.finding import Finding, Level, Message, Place
from generator.importer.sections import ReportPart, part
from generator.narrative import numerals
from generator.readers.document import Block, Paragraph

_DATE = re.compile(
    r"(?:(?P<year>20\d\d)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"
    r"|(?P<zh_year>二[〇○零0O][〇○零O一二三四五六七八九]{2})\s?年\s?(?P<zh_month>[一二三四五六七八九十]{1,2})\s?月"
    r"\s?(?P<zh_day>[一二三四五六七八九十]{1,3})\s?日)"
)
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,40}(?:政府|办公室|委员会|管委会|局|委|厅|院|中心|办事处|队|站|馆|社|处|所|会)"
)
_BREAK = re.compile(r"\s|(?<=无)(?=[\u4e00-\u9fff])")
_SAYS = re.compile(r"无|暂无|没有|本|我")
_OPENNESS = re.compile(r"[（(]\s?(?:此件|本件|信息公开形式)[^（）()。]{2,20}[）)]")
_ANNEX = re.compile(r"附\s?件?\s?\d{0,2}\s?[:：][^。；]{2,120}")
_LONGEST = 200  # characters at the end of the last paragraph that are looked at
_LAST = 6  # paragraphs
_NAME_LINES = 3  # over which the name of an organ is broken


class Signature(NamedTuple):
    """Holds the report without its signature, the date in it (2025-01-20) and who signed ("" for none), and
    findings."""

    parts: tuple[ReportPart, ...]
    date: str
    organ: str
    findings: tuple[Finding, ...]


def take_signature(parts: Sequence[ReportPart], file: str, signers: Container[str] = ()) -> Signature:
    """Take the signature off the last part, where it stands in lines of its own or behind the last sentence. `signers`
    are names that sign also without a date."""
    if not parts or not parts[-1].blocks:
        return Signature(tuple(parts), "", "", ())
    blocks, removed = _off(parts[-1].blocks, signers)
    if not removed:
        return Signature(tuple(parts), "", "", ())
    text = " ".join(removed)
    date = next((found for found in map(_date, _DATE.finditer(text)) if found), "")
    organ = next((name for name in map(_signer, removed) if name in signers or _ORGAN.fullmatch(name)), "")
    return Signature((*parts[:-1], replace(parts[-1], blocks=blocks)), date, organ, (_finding(file, text, date),))


def _signer(line: str) -> str:
    """Return what a line of a signature says besides dates, annexes and notes on openness."""
    return "".join(_OPENNESS.sub("", _DATE.sub("", _ANNEX.sub("", line))).split())


def _off(blocks: Sequence[Block], signers: Container[str]) -> tuple[tuple[Block, ...], list[str]]:
    """Return the blocks without the signature, and its lines in reading order."""
    left = list(blocks)
    removed: list[str] = []
    while left and len(blocks) - len(left) < _LAST:
        if over := _lines_of_name(left, signers):
            removed.append("".join(_squeezed(block) for block in left[-over:]))
            del left[-over:]
            continue
        block = left[-1]
        if not isinstance(block, Paragraph) or any(piece.picture for piece in block.pieces):
            break
        at = _begins(block.text, signers, any(map(_DATE.search, removed)))
        if at == len(block.text) and block.text.strip():
            break
        removed.append(block.text[at:].strip())
        rest = part(block, 0, at)
        left[-1:] = [rest] if rest is not None else []
        if rest is not None:
            break
    return tuple(left), [line for line in reversed(removed) if line]


def _lines_of_name(blocks: Sequence[Block], signers: Container[str]) -> int:
    """Tell over how many of the last blocks a signer's name is broken: two or more, 0 where it is not."""
    name = ""
    for lines, block in enumerate(reversed(blocks[-_NAME_LINES:]), 1):
        name = _squeezed(block) + name
        if lines > 1 and name in signers:
            return lines
    return 0


def _squeezed(block: Block) -> str:
    """Return the words of a paragraph without blanks; what no name holds for any other block."""
    return "".join(block.text.split()) if isinstance(block, Paragraph) else "\n"


def _begins(text: str, signers: Container[str], dated: bool) -> int:
    """Return where the signature begins in a paragraph: at its start, or behind its last full stop; else its end.
    `dated`: a date stands below it."""
    start = max(text.rfind(stop, max(0, len(text) - _LONGEST)) for stop in "。！；") + 1
    if not start and len(text) > _LONGEST:
        return len(text)
    # "无 示例区示例局 2025年1月20日": what a section says in a word is no part of it
    starts = [start, *(match.end() for match in _BREAK.finditer(text, start))]
    tails = (at for at in starts if text[at:].strip() and _is_signature(text[at:], signers, dated))
    return next(tails, len(text))


def _is_signature(text: str, signers: Container[str], dated: bool) -> bool:
    """Tell whether a text is nothing but an organ's name, a date, a note on openness or the name of an annex."""
    rest = _ANNEX.sub("", text)
    annexes = rest != text
    dated = dated or _DATE.search(rest) is not None
    rest = _OPENNESS.sub("", _DATE.sub("", rest)).strip()
    named = "".join(rest.split()) in signers
    if not rest:
        return True
    return named or ((dated or annexes) and _ORGAN.fullmatch(rest) is not None and not _SAYS.match(rest))


def _date(match: re.Match[str]) -> str:
    if match["year"]:
        year, month, day = match["year"], int(match["month"]), int(match["day"])
    else:
        year = match["zh_year"].translate(_DIGITS)
        month, day = (int(numerals.read(match[name]) or 0) for name in ("zh_month", "zh_day"))
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _finding(file: str, text: str, date: str) -> Finding:
    zh, en = (f"，日期读作发文日期 {date}", f"; its date was read as 发文日期 {date}") if date else ("", "")
    message = Message(
        f"落款和附件名没有收入正文：“{text[:300]}”{zh}；页面另印机关和日期",
        f"the signature was left out of the narrative: “{text[:300]}”{en}; pages print organ and date themselves",
    )
    return Finding("IMP-SIGNATURE", Level.NOTE, Place(file), message)
