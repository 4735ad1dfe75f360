"""Identifies a report: its organ, year and title, when it was published, and how to reach its authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.collection.settings import Organ
from generator.finding import Finding, Level, Message, Place
from generator.readers.document import Block, Document, DocumentTable, Paragraph
from generator.workbook.signature import ORGAN, YEAR

_TITLE = re.compile(r"(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)")
_RUN_ON = re.compile(r"([^。；;，]{6,70}?(?:报告|年报)) (?=\S)")
_NOT_TITLE = re.compile(r"[。；;]|格式|办法|条例》|通知")
_SENTENCE = re.compile(r"[。；;！!？?：:，,]|^[一二三四五六七八九十]{1,2}、|^[（(]")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)\s*年")
_CHINESE_YEAR = re.compile(r"二[〇○零O0][一二三四][〇○零一二三四五六七八九]年?")
_PERIOD = re.compile(r"(?<!\d)(20[0-4]\d)\s*年\s*1\s*月\s*1\s*日")
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_FILE_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_DATE = re.compile(r"(20[0-4]\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})日?(?:\s+([01]?\d|2[0-3]):([0-5]\d))?")
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}/(?:19|20)\d{2}-\d{1,10}")
# 发布日期：2020-01-31 in the line below the title
_LABELLED = re.compile(
    r"(索引号|发文字号|文号|发文日期|发布日期|发布时间|成文日期|发布机构|发布单位|发文机关)"
    r"\s*[:：]\s*([^\s；;|]{1,60}(?: \d{2}:\d{2})?)"
)
# 博政办字〔2021〕5号 or 〔2021〕5号, alone above the title or a little below it
_NUMBER = re.compile(r"(?:[\u4e00-\u9fff]{1,16} ?)?[〔\[［【（(] ?20\d\d ?年?[〕\]］】）)] ?第? ?\d{1,4} ?号")
_SHORT = 30  # characters of a line that is not yet the text of the report
_BELOW = 3  # lines below the title among which the number may stand: the organ and the date come before it in some
_EMPTY_WORDS = frozenset({"", "无", "无文号", "〔〕号", "[]号", "None", "null", "—", "-", "/"})
_HEAD_LABELS = {
    "标题": ("ArticleTitle", "标题", "名称", "信息名称", "title"),
    "索引号": ("索引号", "信息索引号", "索引"),
    "文号": ("文号", "发文字号", "文件编号"),
    "发文日期": ("发文日期", "发布日期", "发布时间", "成文日期", "生成日期", "公开日期", "PubDate"),
    "发布机构": ("发布机构", "发文机关", "发布单位", "公开机构", "ContentSource"),
}
_CONTACTS = {
    "地址": re.compile(r"(?:通讯|通信|联系|办公)?地址\s*[:：为]?\s*([^；;，,。）)（(]{4,60})"),
    "邮编": re.compile(r"邮\s*(?:政)?\s*编\s*(?:码)?\s*[:：为]?\s*(\d{6})(?!\d)"),
    "电话": re.compile(r"电\s*话[^:：0-9]{0,8}[:：为]?\s*(0\d{2,3}[-－—]?\d{7,8}|\d{7,8})(?!\d)"),
    "传真": re.compile(r"传\s*真[^:：0-9]{0,4}[:：为]?\s*(0\d{2,3}[-－—]?\d{7,8}|\d{7,8})(?!\d)"),
    "邮箱": re.compile(r"(?:邮\s*箱|[Ee]-?mail|邮件)[^A-Za-z0-9]{0,6}([\w.+-]{1,64}[@＠][\w.-]{3,64})", re.ASCII),
}


class Identity(NamedTuple):
    """Holds what a file says of itself; `organ` is "" and `year` 0 where it does not say."""

    year: int
    organ: str
    title: str
    meta: Mapping[str, str]
    contact: Mapping[str, str]
    findings: tuple[Finding, ...]
    title_at: int  # index of the block that is the title, -1 for none
    title_end: int = 0  # where the title ends when that block goes on behind it (spaces counted once), else 0
    title_lines: int = 1  # over how many blocks it is broken
    labels: frozenset[int] = frozenset()  # indexes of the blocks around it that only name numbers and dates taken


def recognise(document: Document, organs: Sequence[Organ]) -> Identity:
    """Find year, organ, title, dates and contact, with a finding where two places disagree."""
    head = _page_head(document)
    title, at, end, lines = _title(document, head.get("标题", ""), organs)
    text = _opening(document.blocks)
    findings: list[Finding] = []
    year = _year(document, title, text, findings)
    organ = document.stamp.get(ORGAN, "") or _organ(title, head, document, organs)
    meta = {key: _clean(key, head.get(key, "")) for key in ("索引号", "文号", "发文日期", "发布机构")}
    labels = _labels(document.blocks, at, lines, meta) if at >= 0 and not end else frozenset()
    if not meta["文号"]:
        texts = (_own_text(document.blocks[number]) for number in labels)
        meta["文号"] = next(filter(_NUMBER.fullmatch, texts), "")
    return Identity(year, organ, title, meta, dict(_contact(text)), tuple(findings), at, end, lines, labels)


def _labels(blocks: Sequence[Block], title: int, lines: int, meta: Mapping[str, str]) -> frozenset[int]:
    """Find the blocks right above the title that are nothing but what was taken as metadata, and the document number
    that stands alone among them or below the title."""
    found = []
    numbers = []
    for number in range(title - 1, -1, -1):
        text = _own_text(blocks[number])
        match = _LABELLED.fullmatch(text)
        taken = _clean(_key(match[1]), match[2]) if match else ""
        if _NUMBER.fullmatch(text):
            numbers.append(number)
        elif not taken or taken not in meta.values():
            break
        else:
            found.append(number)
    for number in range(title + lines, min(title + lines + _BELOW, len(blocks))):
        text = _own_text(blocks[number])
        if _NUMBER.fullmatch(text):
            numbers.append(number)
        if len(text) > _SHORT:
            break
    found += [number for number in numbers if meta["文号"] in ("", _own_text(blocks[number]))][:1]
    return frozenset(found)


def _key(label: str) -> str:
    return next((key for key, names in _HEAD_LABELS.items() if label in names), "")


def _own_text(block: Block) -> str:
    return " ".join(block.text.split()) if isinstance(block, Paragraph) else ""


def _page_head(document: Document) -> dict[str, str]:
    """Collect the metadata at the head of the page: properties, and two-column tables of labels and values."""
    values: dict[str, str] = {}
    for name, value in (*document.properties.items(), *_pairs(document.blocks)):
        if value.strip():
            values.setdefault(name.strip().rstrip(":："), " ".join(value.split())[:200])
    return {key: next((values[name] for name in names if name in values), "") for key, names in _HEAD_LABELS.items()}


def _pairs(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks[:12]:
        if isinstance(block, Paragraph):
            yield from ((match[1], match[2]) for match in _LABELLED.finditer(block.text[:600]))
        if isinstance(block, DocumentTable):
            for row in block.rows[:12]:
                texts = [cell.text for cell in row if cell.first]
                yield from zip(texts[0::2], texts[1::2], strict=False)


def is_page_head(block: Block) -> bool:
    """Tell whether a block is a table of the page's metadata, not of the report."""
    known = {name for names in _HEAD_LABELS.values() for name in names}
    if not isinstance(block, DocumentTable):
        return False
    labels = [row[0].text.strip().rstrip(":：") for row in block.rows]
    return bool(labels) and sum(text in known for text in labels) * 2 >= len(labels)


def _title(document: Document, given: str, organs: Sequence[Organ]) -> tuple[str, int, int, int]:
    """Return the title, the index of its block, where it ends there, and how many blocks it takes, as in Identity.

    The title printed at the head of the text, alone or before running text, goes before the one the page gives."""
    parts = (part.strip() for part in re.split(r"[-_|｜–—]", given))
    known = next((part for part in parts if _TITLE.search(part)), "")
    texts = [" ".join(b.text[:400].split()) if isinstance(b, Paragraph) else "" for b in document.blocks[:25]]
    for number, text in enumerate(texts):
        for lines in range(_TITLE_LINES, 1, -1):
            joined = _joined_title(texts[number : number + lines], known, organs)
            if joined and len(texts[number : number + lines]) == lines:
                return joined, number, 0, lines
        if len(text) <= 80 and _is_title(text):
            return text, number, 0, 1
        match = _RUN_ON.match(text)
        if number < 3 and match and _is_title(match[1]):
            return match[1], number, match.end(), 1
    return known, -1, 0, 1


_TITLE_LINES = 6  # that a title with a long name takes


def _joined_title(lines: Sequence[str], known: str, organs: Sequence[Organ]) -> str:
    """Return the title that these lines make together; "" where they do not, or one line is enough."""
    joined = "".join(lines)
    if not all(lines) or not _is_title(joined):
        return ""
    if joined == "".join(known.split()):
        return joined
    if len(joined) > 80 or len(lines) > 3 or any(map(_SENTENCE.search, lines)):
        return ""
    names = {"".join(name.split()) for organ in organs for name in _names(organ)[:-2] if name}
    if lines[0] in names and (len(lines) == 2 or not any(map(_is_title, lines))):
        return joined
    broken = not any(map(_is_title, lines)) and len(lines) == 2
    return joined if broken and _TITLE.search(joined[len(lines[0]) - 12 if len(lines[0]) > 12 else 0 :]) else ""


def _is_title(text: str) -> bool:
    return bool(_TITLE.search(text)) and not _NOT_TITLE.search(text) and _years(text) != []


def _years(text: str) -> list[int]:
    text = unicodedata.normalize("NFKC", text)
    years = [int(year) for year in _YEAR.findall(text)]
    return years or [int(match[0].translate(_DIGITS).rstrip("年")) for match in _CHINESE_YEAR.finditer(text)]


def _opening(blocks: Sequence[Block]) -> str:
    """Join the first paragraphs into one text: enough for the preface and the furniture of a web page."""
    out = []
    length = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(block.text)
            length += len(block.text)
            if length > 4000:
                break
    return "\n".join(out)[:6000]


def _year(document: Document, title: str, text: str, findings: list[Finding]) -> int:
    """Return the year of the signature, the title, the reporting period or the file name; 0 where none has it."""
    stamp = document.stamp.get(YEAR, "")
    if stamp.isdecimal():
        return int(stamp)
    named = _years(title)
    period = [int(year) for year in _PERIOD.findall(unicodedata.normalize("NFKC", text))]
    if named and period and named[0] != period[0]:
        message = Message(
            f"标题写的是{named[0]}年，统计期限写的是{period[0]}年；按标题，请核对",
            f"the title says {named[0]}, the reporting period {period[0]}; the title was followed, please check",
        )
        findings.append(Finding("IMP-YEAR", Level.WARNING, Place(document.file), message))
    file = [int(year) for year in _FILE_YEAR.findall(document.file)]
    return next((years[0] for years in (named, period, file) if years), 0)


def _organ(title: str, head: Mapping[str, str], document: Document, organs: Sequence[Organ]) -> str:
    """Return the organ named in the title, else in the page's head, else in the file's name or its last lines."""
    tail = "".join(block.text[-60:] for block in document.blocks[-3:] if isinstance(block, Paragraph))
    texts = (title, head.get("发布机构", ""), document.file, tail)
    return next(filter(None, (_named(text, organs) for text in texts)), "")


def _named(text: str, organs: Sequence[Organ]) -> str:
    """Return the organ whose name is the longest in a text; "" when there is none or two organs bear it."""
    text = "".join(text.split())
    hits = [(len(name), organ.id) for organ in organs for name in _names(organ) if name and name in text]
    if not hits:
        return ""
    longest = max(length for length, _ in hits)
    best = {organ for length, organ in hits if length == longest}
    return best.pop() if len(best) == 1 else ""


def _names(organ: Organ) -> tuple[str, ...]:
    former = (name for _, name in organ.former)
    return *former, organ.name, organ.short, organ.name.removesuffix("人民政府"), organ.short.removeprefix("区")


def _clean(key: str, value: str) -> str:
    """Convert a value of the page's head to content; leftovers of a portal's software become ""."""
    if value in _EMPTY_WORDS:
        return ""
    if key == "发文日期":
        return date_of(value)
    if key == "索引号":
        return value if _CODE.fullmatch(value) else ""
    return value


def date_of(text: str) -> str:
    """Return the first date of a text as content takes it (2022-01-08, or with 09:30); "" where there is none."""
    match = _DATE.search(text)
    return _date(match) if match else ""


def _date(match: re.Match[str]) -> str:
    year, month, day, hour, minute = match.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return ""
    date = f"{year}-{int(month):02}-{int(day):02}"
    return f"{date} {int(hour):02}:{minute}" if hour else date


def _contact(text: str) -> Iterator[tuple[str, str]]:
    """Find address, post code and so on in the first sentence that gives them."""
    at = text.find("联系")
    sentence = text[at : at + 600] if at >= 0 else ""
    for key, pattern in _CONTACTS.items():
        match = pattern.search(sentence)
        if match:
            yield key, match[1].strip().replace("＠", "@").replace("－", "-")
