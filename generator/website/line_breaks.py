"""Chinese typesetting that CSS cannot do alone: where titles and labels may break, and how years are listed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from generator.website.words import Words

_PHRASE = re.compile(
    r"(?=(?<!\d)\d{4}年)|(?<=\d年)|(?=历年)|(?<=历年)|(?=政府信息)|(?=工作年度报告)|(?=与所属机关之和)|(?=年报$)|(?=情况$)"
    r"|(?<=[\u4e00-\u9fff]{8})(?=人民政府)"  # a long name alone takes more than a phone's line
)
_LABEL = re.compile(r"(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\.)?([\u4e00-\u9fff]+)")
_NUMBER = re.compile(r"^(?:\d+\.|[（(][^）)]{1,3}[）)])\s*")
_REMARK = re.compile(r"(?<=.)（[^（）]+）$")
_KEY_PARTS = re.compile(r"(?<=\.)|(?=-)|(?<=_)")
_BREAK = Markup("<wbr>")
_SPACED = Markup('<span class="gap"></span><wbr>{}')
_LONGEST = 6


@lru_cache(maxsize=256)
def phrases(title: str) -> Markup:
    """Lets a report's title break between its phrases, never inside 政府信息."""
    first, *rest = [part for part in _PHRASE.split(title) if part] or [""]
    # a break before a figure takes away the space that browsers put there; the style sheet gives it back, at the end of
    # the line before, where nobody sees it
    drawn = (_SPACED.format(part) if part[0].isdecimal() else _BREAK + part for part in rest)
    return Markup().join([escape(first), *drawn])


def pairs(label: str) -> Markup:
    """Lets a short label of an even number of characters break between its two-character words.

    Longer labels are no safe guess and stay as they are."""
    match = _LABEL.fullmatch(label)
    if match is None or len(match[2]) % 2 or len(match[2]) > _LONGEST:
        return escape(label)
    words = [match[2][start : start + 2] for start in range(0, len(match[2]), 2)]
    lead = match[1] or ""
    return _BREAK.join([lead, *words] if lead[-1:] in ("）", "、") else [lead + words[0], *words[1:]])


def breakable(key: str) -> Markup:
    """Lets a stable key break behind its dots and before the column."""
    return Markup("<wbr>").join(part for part in _KEY_PARTS.split(key) if part)


def bare(label: str) -> str:
    """Strips the remark in parentheses that a label may end in."""
    return _REMARK.sub("", label)


def unnumbered(label: str) -> str:
    """Strips the number that a label may begin with: （三）, 8."""
    return _NUMBER.sub("", label)


def spans(years: Iterable[int], words: Words) -> str:
    """Lists years in order, runs of three and more as one: 2011、2014、2019—2025."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    comma, dash = words("page.comma"), words("page.between_years")
    return comma.join(f"{run[0]}{dash}{run[-1]}" if len(run) > 2 else comma.join(map(str, run)) for run in runs)
