"""Removes what a web page puts around a report from the narrative, and quotes what was removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.finding import Finding, Level, Message, Place
from generator.importer.sections import ReportPart, in_contents, part
from generator.readers.document import Block, Paragraph

_MARKS = re.compile(
    r"当前位置|您的?位置|来源[:：]|字体[:：]|字号|打印|分享到|微信 |QQ空间|全真版|相关链接|浏览次数|点击数"
    r"|【[大中小关闭打印字体 ]{1,12}】|-->"
)
_BEGINS = re.compile(
    r"(?:根据|按照|依据|遵照|为贯彻|现将)[《“]|本(?:年度)?(?:报告|年报)(?:根据|依据|按照|是|由|全文|中)"
    r"|根据(?:国务院|省|市|《)|特?现?编制(?:并公布)?"
)
_TAIL = re.compile(
    r"(?:\s*(?:附件下载|附件[:：]?|扫一扫[^。]{0,30}|分享到?[:：]?|打印本页|关闭窗口|相关链接[:：]?|返回顶部"
    r"|上一[篇条][:：].*|下一[篇条][:：].*))+\s*$"
)
_ALONE = re.compile(r"(?:发布(?:日期|时间)|来源|作者|浏览次数|点击数|字号|责任编辑|信息来源)[:：\s][^。]{0,60}")


def remove_furniture(parts: Sequence[ReportPart], file: str) -> tuple[tuple[ReportPart, ...], list[Finding]]:
    """Remove a page's furniture before the preface and behind the last part, with a finding for each removal."""
    removed: list[str] = []
    numbers: list[str] = []
    cleaned = [_without_page_numbers(section, numbers) for section in parts]
    removed += ["、".join(numbers)] if numbers else []
    findings: list[Finding] = []
    if cleaned:
        contents = _contents(parts)
        findings += [_contents_finding(file, contents)] if contents else []
        blocks = [block for block in cleaned[0].blocks if block not in contents]
        cleaned[0] = replace(cleaned[0], blocks=tuple(_preface(blocks, removed)))
        cleaned[-1] = replace(cleaned[-1], blocks=tuple(_tail(cleaned[-1].blocks, removed)))
    return tuple(cleaned), [*findings, *(_finding(file, text[:200]) for text in removed)]


_PAGE_NUMBER = re.compile(
    r"[—–―－-]{1,2}\s*\d{1,3}\s*[—–―－-]{1,2}|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*[（(]?\s*共\s*\d{1,3}\s*页[）)]?)?",
    re.ASCII,
)
_LONGEST_NUMBER = 30  # characters


def _without_page_numbers(section: ReportPart, removed: list[str]) -> ReportPart:
    """Leave out the numbers of pages (— 3 —, 第3页) that stand in lines of their own."""
    numbers = [
        block for block in section.blocks if isinstance(block, Paragraph) and _is_page_number(block.text.strip())
    ]
    removed += [block.text.strip() for block in numbers]
    return (
        replace(section, blocks=tuple(block for block in section.blocks if block not in numbers))
        if numbers
        else section
    )


def _is_page_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(text) is not None


_CONTENTS = re.compile(r"目\s*(?:录|次)")
_FEW = 3  # titles; fewer are no table of contents


def _contents(parts: Sequence[ReportPart]) -> list[Paragraph]:
    """Return the lines of a table of contents in the preface: they name the parts that follow."""
    titles = {in_contents(section.title) for section in parts[1:]}
    lines = [block for block in parts[0].blocks if isinstance(block, Paragraph)]
    listed = [line for line in lines if in_contents(line.text) in titles]
    if len(listed) < _FEW:
        return []
    return [line for line in lines if line in listed or _CONTENTS.fullmatch(line.text.strip())]


def _contents_finding(file: str, lines: Sequence[Paragraph]) -> Finding:
    text = " ".join(line.text.strip() for line in lines)[:200]
    message = Message(
        f"目录没有收入正文（网页上由标题自动生成）：“{text}”",
        f"the table of contents was left out (the page makes its own from the titles): “{text}”",
    )
    return Finding("IMP-CONTENTS", Level.NOTE, Place(file), message)


def _finding(file: str, text: str) -> Finding:
    message = Message(
        f"网页上报告以外的文字没有收入正文：“{text}”", f"text of the web page around the report was left out: “{text}”"
    )
    return Finding("IMP-CHROME", Level.NOTE, Place(file), message)


def _preface(blocks: Sequence[Block], removed: list[str]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or not block.text.strip():
            out.append(block)
            continue
        text = block.text
        if len(text) < 100 and _ALONE.fullmatch(text.strip()):
            removed.append(text.strip())
            continue
        cut = _cut(text)
        if cut:
            removed.append(text[:cut].strip())
            rest = part(block, cut, len(text))
            out += [rest] if rest is not None else []
        else:
            out.append(block)
    return out


def _cut(text: str) -> int:
    """Return where the report begins behind a page's furniture; 0 when there is none before it."""
    marks = [match.end() for match in _MARKS.finditer(text, 0, 600)]
    if not marks:
        return 0
    begins = _BEGINS.search(text, 0, 1200)
    if begins is None:
        return marks[-1] if len(text.strip()) < 200 else 0
    before = [end for end in marks if end <= begins.start()]
    return begins.start() if before else 0


def _tail(blocks: Sequence[Block], removed: list[str]) -> list[Block]:
    out = list(blocks)
    while out and isinstance(out[-1], Paragraph):
        block = out[-1]
        start = max(0, len(block.text) - 300)
        match = _TAIL.search(block.text, start)
        if match is None:
            break
        removed.append(match[0].strip())
        rest = part(block, 0, match.start())
        out[-1:] = [rest] if rest is not None else []
        if rest is not None:
            break
    return out
