"""Compares the parts of a report with one another: title, preface, sections, legal basis, contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative import numerals
from generator.narrative.edit_distance import edit_distance
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule, at_typed
from generator.rules.text import at_word, emails, listed, quote, some
from generator.wordlists.matcher import WordLists

_FULL_TITLE = "政府信息公开工作年度报告"


def preface_of(entry: LoadedReport) -> str:
    """Returns the words before the first section, with full-width digits and letters made narrow."""
    return entry.plain.narrow[: entry.plain.preface]


def _title(entry: LoadedReport, level: Level, zh: str, en: str, subject: str) -> Finding:
    typed = entry.report.typed["标题"]
    message = Message(f"标题“{typed.text}”{zh}", f"the title {en}")
    return at_typed(entry, typed, "XT-TITLE", level, message, subject)


def title(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """标题应为“机关全称 + 年度 + 政府信息公开工作年度报告”，中间没有空格；
    机关名称是 organs.yaml 中该年度有效的名称，用简称的只作提示。
    适用于2019年度起。改法：照此改。
    错：示例区2020年政府信息公开报告
    对：示例区人民政府2020年政府信息公开工作年度报告
    依据：《条例》第四十九条；国办公开办函〔2021〕30号。
    ---
    The title is the organ's full name as registered for that year, the year, and 政府信息公开工作年度报告, without
    spaces; a short name is a note. Wrong: 示例区2020年政府信息公开报告.
    Right: 示例区人民政府2020年政府信息公开工作年度报告."""
    typed = entry.report.typed.get("标题")
    if typed is None:
        return
    bare = "".join(typed.text.split())
    if bare != typed.text:
        yield _title(entry, Level.WARNING, "里有空格，请删去", "contains spaces; delete them", "空格")
    if entry.ref.year < 2019:
        return
    if not bare.endswith(_FULL_TITLE):
        yield _title(entry, Level.WARNING, f"应以“{_FULL_TITLE}”结尾", f"should end in {_FULL_TITLE}", "结尾")
    organ = context.organ_of(entry.ref)
    if organ is not None and organ.name not in bare:
        level, zh, en = Level.WARNING, f"里没有机关名称“{organ.name}”", f"lacks the organ's name {organ.name}"
        if organ.short in bare or _names_shorter(bare, organ.name):
            level, zh = Level.NOTE, f"用了简称，全称是“{organ.name}”"
            en = f"gives a short name; the full one is {organ.name}"
        yield _title(entry, level, zh, en, "机关名称")


_GOVERNMENT = re.compile("(.{2,}?)(?:人民政府|管理委员会|管委会)")
_PLACES = re.compile("[^省市区县旗盟州]{1,12}(?:省|自治区|自治州|地区|市|盟)")


def _names_shorter(title: str, name: str) -> bool:
    """Tells whether a title names an organ in a shorter form: a government by its place alone (示例区2020年…), without
    the larger place that its name begins with, or both."""
    larger = _PLACES.match(name)
    names = (name, name[larger.end() :] if larger else "")
    places = [government[1] for item in names if (government := _GOVERNMENT.fullmatch(item))]
    forms = (*places, names[1])
    return any(len(form) > 2 and title.startswith(form) for form in forms)


def basis(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """引言所引的格式文件应是该年度的：2021年度起是国办公开办函〔2021〕30号，2019、2020年度是〔2019〕60号；
    2019年起《条例》是国务院令第711号，不是第492号。改法：改引现行文件。
    ---
    The preface cites the document that prescribes that year's form: 〔2021〕30号 from 2021, 〔2019〕60号 for 2019 and
    2020; decree 711 from 2019."""
    for at, word in some(listed(entry, context, "XT-BASIS")):
        if at < entry.plain.preface:
            message = Message(
                f"{entry.ref.year}年度报告引用了“{word.wrong}”，应为“{word.right}”",
                f"a report of {entry.ref.year} should cite {word.right}, not {word.wrong}",
            )
            yield at_word(entry, at, "XT-BASIS", word.level, message, word.wrong)


def eras(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """别的年度格式的指标名，多是照抄旧报告。如2024年度写“政策解读稿件发布数”（2014—2018年统计表的指标）。
    照 generator/wordlists/lists/eras.yaml。改法：换成本年度的说法。
    ---
    An indicator of another year's form, mostly copied from an old report. Use this year's words."""
    for at, word in some(listed(entry, context, "XT-ERA-WORDING")):
        zh, en = (f"，本年度是“{word.right}”", f"; this year's is {word.right}") if word.right else ("", "")
        message = Message(
            f"“{word.wrong}”是别的年度格式的指标{zh}；请换成本年度的说法",
            f"“{word.wrong}” belongs to another year's form{en}; use this year's words",
        )
        subject = quote(entry.plain.text, at, at + len(word.wrong))
        yield at_word(entry, at, "XT-ERA-WORDING", word.level, message, subject)


_PARTS = re.compile(
    r"(?:由|包括|包含|分为)(?P<list>[^。]{12,500}?)[等共为，]{0,4}(?P<count>[0-9]{1,2}|[一二三四五六七八九十])个?部分"
    r"|(?:全文|报告)[^。]{0,6}包括(?P<open>[^。]{12,500})。"
)
_FILLERS = re.compile(r"\s|[、，,；“”]|[和与及以的]|因|被|申请|提起|工作")
_NUMBERED = re.compile(r"^\s*[（(]?[一二三四五六七八九十0-9]+[)）]?[、.．]?\s*")


@lru_cache(maxsize=256)
def _core(title: str) -> tuple[str, str]:
    """Strips a title of its number, and of its number and small words."""
    bare = _NUMBERED.sub("", title)
    return bare, _FILLERS.sub("", bare)


def preface(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """引言列举的各部分应与正文标题一致，说的个数就是实有的个数。
    如引言写“存在的主要问题及改进情况”，正文标题是“存在的不足及改进措施”；
    说“六个部分”只列了五个。“和”“的”“因”之类的出入不计。改法：使引言与标题一致。
    ---
    The preface lists the sections by their titles, and as many as it says; small words do not count. Make them
    agree."""
    match = _PARTS.search(preface_of(entry))
    if match is None:
        return
    actual = len(entry.prose.sections)
    count = match["count"]
    if count and numerals.read(count) != actual:
        message = Message(
            f"引言说有{count}个部分，正文有{actual}个；请使二者一致",
            f"the preface counts {count} as the number of parts; found {actual}; make them agree",
        )
        yield at_word(entry, match.start("count"), "XT-PREFACE", Level.WARNING, message, "个数", str(actual))
    names = _FILLERS.sub("", match["list"] or match["open"])
    for section in entry.prose.sections:
        bare, core = _core(section.title)
        if core not in names:
            message = Message(
                f"引言所列各部分中没有“{bare}”，请使引言与标题一致",
                f"the preface does not list “{bare}”; make preface and title agree",
            )
            yield at_word(entry, match.start(), "XT-PREFACE", Level.WARNING, message, bare)


_POST = re.compile(r"邮 ?政? ?编 ?码?[：:] ?([0-9]+)").finditer
_TELEPHONE = re.compile(r"[话真][：:] ?([0-9（）()—–-]{5,30})").finditer
_LANDLINE = re.compile(
    r"0[0-9]{2,3}-?[0-9]{7,8}(?:-[0-9]{1,5})?"
    r"|(?:0[0-9]{2,3}-?)?(?:1[2-9][0-9]{3}|9[56][0-9]{3,4})"  # 12345, 96xxx
    r"|1[3-9][0-9]{9}|400-?[0-9]{3}-?[0-9]{4}"
)
_AMONG = re.compile(r"[、，,；;/\s]+")


def contact(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """引言和 tables.yaml“联系”里的联系方式：邮政编码6位；电话是区号加7或8位号码（或12345、96开头的短号），可写几个；
    邮箱在机关的域名下（*.gov.cn，字表 domains.yaml，或“规则设置: {邮箱域名: …}”），用163等公众邮箱作警告；
    写了电话而没有邮箱作提示。改法：照实改正，换用机关邮箱。
    错：邮编：25520；电话：4110087；电子邮箱：xxgk@163.com
    对：邮编：255200；电话：0533-4110087；电子邮箱：xxgk@example.gov.cn
    依据：国办公开办函〔2021〕30号；《政府网站发展指引》。
    ---
    Contacts: a postal code of 6 digits, telephones with area code (or short numbers), a mailbox on an official domain;
    a public mailbox is a warning, a telephone without any mailbox a note. Correct it, use the office's mailbox.
    Wrong: 电话：4110087. Right: 电话：0533-4110087."""
    yield from _codes_and_phones(entry)
    boxes = _mailboxes(entry, contacts=True)
    for address, places in boxes.items():
        domain = address.split("@")[1].lower()
        if not _official(domain, context.words) and not _meant(domain, context.words):
            zh, en = "域名不在认可之列", "not on an official domain"
            if domain in context.words.mailboxes:
                zh, en = "公众邮箱", "a public mailbox"
            message = Message(f"联系邮箱“{address}”：{zh}，请用机关邮箱", f"mailbox {address}: {en}; use the office's")
            yield _at_first(entry, places, "XT-CONTACT", Level.WARNING, message, address)
    at = preface_of(entry).find("电话")
    if at >= 0 and not boxes and entry.ref.year >= 2019:
        message = Message("联系方式里没有邮箱，建议写上机关邮箱", "no mailbox among the contacts; give the office's")
        yield at_word(entry, at, "XT-CONTACT", Level.NOTE, message, "邮箱")


def _mailboxes(entry: LoadedReport, contacts: bool = False) -> dict[str, list[int]]:
    """Returns mail addresses, each with all its offsets; `contacts`: only in the preface and in tables.yaml."""
    boxes: dict[str, list[int]] = {}
    for at, address in emails(entry):
        if not (contacts and entry.plain.at(at)[0].section):
            boxes.setdefault(address, []).append(at)
    return boxes


def _at_first(
    entry: LoadedReport, places: Sequence[int], rule: str, level: Level, message: Message, subject: str
) -> Finding:
    """Makes a finding at the first of several places, which names the others."""
    first, *others = (at_word(entry, at, rule, level, message, subject) for at in places)
    return replace(first, related=tuple(other.place for other in others))


def _codes_and_phones(entry: LoadedReport) -> Iterator[Finding]:
    words = preface_of(entry)
    for key, written, is_right, wrong in (
        ("联系.邮编", _POST, _is_code, _wrong_code),
        ("联系.电话", _TELEPHONE, _is_phone, _wrong_phone),
    ):
        for match in written(words):
            value = match[1].rstrip("（()）—–-")
            if not is_right(value):
                yield at_word(entry, match.start(1), "XT-CONTACT", Level.WARNING, wrong(value), value)
        typed = entry.report.typed.get(key)
        if typed is not None and not is_right(typed.text):
            yield at_typed(entry, typed, "XT-CONTACT", Level.WARNING, wrong(typed.text), key)


def _is_code(code: str) -> bool:
    return len(code) == 6 and code.isdecimal()


def _is_phone(phone: str) -> bool:
    """Accepts one or more numbers with area code, however brackets and dashes are written; mobile numbers are left to
    PRIV-MOBILE."""
    flat = re.sub(r"[（(]?(0[0-9]{2,3})[)）]", r"\1-", phone)
    return all(_LANDLINE.fullmatch(number) for number in _AMONG.split(re.sub(r"[—–-]+", "-", flat)))


def _wrong_code(code: str) -> Message:
    return Message(f"邮政编码“{code}”应为6位数字", f"postal code “{code}” must be 6 digits")


def _wrong_phone(phone: str) -> Message:
    return Message(
        f"电话“{phone}”应为区号加7或8位号码（如 0533-4110087）",
        f"telephone “{phone}” must be area code and 7 or 8 digits",
    )


def _official(domain: str, words: WordLists) -> bool:
    return domain.endswith(".gov.cn") or domain in words.domains


def _meant(domain: str, words: WordLists) -> str:
    """Guesses the mail domain that a misspelt one was meant to be, "" where it may be right. A different first part of
    an office's domain is another office, not a slip."""
    if _official(domain, words) or domain in words.mailboxes:
        return ""
    first, _, rest = domain.partition(".")
    for right in words.domains:
        right_first, _, right_rest = right.partition(".")
        if first == right_first and edit_distance(rest, right_rest, 2) <= 2:
            return right
    ends = ".".join(domain.split(".")[-2:])
    if domain.count(".") > 1 and edit_distance(ends, "gov.cn", 1) == 1:
        return f"{domain.removesuffix(ends)}gov.cn"
    return next((right for right in words.mailboxes if edit_distance(domain, right, 1) == 1), "")


def mailbox(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """邮箱域名错了一两个字母，信永远寄不到。
    如“@zb.shangdong.cn”“@zb.shandong.com”应为“@zb.shandong.cn”，“@163.con”应为“@163.com”。
    改法：照提示改正。
    ---
    A mail domain is one or two letters off a known one, so no mail will ever arrive. Correct it as suggested."""
    for address, places in _mailboxes(entry).items():
        right = _meant(address.split("@")[1].lower(), context.words)
        if right:
            message = Message(
                f"邮箱“{address}”的域名疑为“{right}”之误", f"the domain of {address} should probably be {right}"
            )
            yield _at_first(entry, places, "XT-EMAIL-TYPO", Level.ERROR, message, address)


_DOWNLOAD = re.compile("电子版[^。]{0,60}下载").search


def download(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """引言说“电子版可从……下载”，页面上就要有可下载的文件。本栏目的每份报告都附有数据文件，自动满足；门户不发布附件的，
    在 site.yaml 写“规则设置: {可下载: 否}”，本规则即报错。改法：发布附件，或改引言。依据：《条例》第二十四条。
    ---
    Where the preface promises a download, the page offers a file. This site always does; a portal that publishes no
    attachments says so (规则设置 → 可下载: 否), and then the promise is an error."""
    if context.options.get("可下载") == "否":
        match = _DOWNLOAD(preface_of(entry))
        if match:
            message = Message(
                "引言说可以下载电子版，但本站不发布附件；请发布附件或改引言",
                "the preface promises a download, but this site publishes no files",
            )
            yield at_word(entry, match.start(), "XT-DOWNLOAD", Level.ERROR, message, "下载")


RULES = (
    Rule("XT-TITLE", title),
    Rule("XT-BASIS", basis),
    Rule("XT-PREFACE", preface),
    Rule("XT-ERA-WORDING", eras),
    Rule("XT-CONTACT", contact),
    Rule("XT-EMAIL-TYPO", mailbox),
    Rule("XT-DOWNLOAD", download),
)
