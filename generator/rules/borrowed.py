"""Finds what a report took over from an office elsewhere: the address of its portal, a decree of its province. Both are
told as XT-ORGAN."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.collection.context import Context
from generator.collection.settings import Organ
from generator.finding import Finding, Level, Message
from generator.narrative.late_pattern import LatePattern
from generator.report.entry import LoadedReport
from generator.rules.text import at_word
from generator.wordlists.matcher import listed

# 政府门户网站（www.example.gov.cn）: an address with the words that name the site
_SITE = LatePattern(r"[（(：:“]?(?:https?://)?((?:[a-z0-9-]{1,40}\.){1,5}gov\.cn)(?![a-z0-9.-]{0,40}@)", re.I)
_NAMED = LatePattern(r"([\u4e00-\u9fff]{0,20})[“”·]{0,2}网[站页](?:的?网址|地址)?[是为：:]?$")
_CUT = re.compile(r".*(?:[在从于到与和及、的]|登录|访问|通过)")
_KIND = re.compile("(?:人民|门户|政府|官方|公众|信息公开|政务)+$")
# whose portal is plainly meant: 我局, 本机关, 区政府
_OWN = re.compile("(?:[我本]?[区县旗镇乡局办委院处]|本(?:机关|单位|级)?|我)?").fullmatch
# the report itself is to be had there
_REPORT_THERE = re.compile("电子版|本年?报告?[^。]{0,20}(?:下载|查阅|查看)|(?:下载|查阅|查看)[^。]{0,12}本年?报")


def sites(entry: LoadedReport, organ: Organ, context: Context) -> Iterator[Finding]:
    """Finds the address of a portal that is called this organ's and is another's. An address that goes by the name of
    another place, or that the office lists (可链网站), is left alone."""
    own = _domain(context.host)
    if not own or "gov.cn" not in entry.plain.spelt.lower():
        return
    allowed = {_domain(host) for host in listed(context.options.get("可链网站", ""))}
    above = context.organs.get(organ.parent)
    text, told = entry.plain.text, {own, "", *allowed}
    for match in _SITE.finditer(text, 0, entry.plain.narrative):
        name, other = _NAMED.search(text, max(0, match.start() - 32), match.start()), _domain(match[1])
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        if name is None or other in told or not _is_own(name[1], organ, above, text[start:end]):
            continue
        told.add(other)
        message = Message(
            f"“{match[1]}”不是本网站的域名“{context.host}”：是照抄留下的吗？请改成本机关公开年报的网址；"
            "确是的，登记在规则设置的“可链网站”",
            f"{match[1]} is not this site, {context.host}: left from another report? Give the address where this "
            "report is public, or list it under 可链网站",
        )
        yield at_word(entry, match.start(1), "XT-ORGAN", Level.WARNING, message, match[1])


def _domain(host: str) -> str:
    """Gives the part of a government's host that is its own: boshan of www.boshan.gov.cn, "" for any other host."""
    before = host.lower().removesuffix("gov.cn").rstrip(".")
    return before.rpartition(".")[2] if host.lower().endswith(".gov.cn") and before != "www" else ""


def _is_own(named: str, organ: Organ, above: Organ | None, sentence: str) -> bool:
    """Tells whether the words before an address say that it is this organ's or its government's, or the sentence that
    this report is to be had there."""
    for one in (organ, above):
        place = one.name.removesuffix("人民政府") if one else ""
        if one and (place in named or one.short in named):
            return True
    return bool(_OWN(_KIND.sub("", _CUT.sub("", named))) and _REPORT_THERE.search(sentence))


# ---------------------------------------------------------------- decrees of another province

_PROVINCE = r"(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,7}自治区)"
_DECREE = LatePattern(rf"《({_PROVINCE})[^《》]{{0,20}}信息公开[^《》]{{0,20}}(?:办法|规定|条例|规范|规程|细则|标准)》")
_DECREE_THERE = re.compile("《[^《》]{2,9}[省区]").search
_BINDING = re.compile(r"(?:根据|依据|按照|依照|遵照|执行|落实|贯彻|转发)[^。；]{0,30}$")


def decrees(entry: LoadedReport, organ: Organ, context: Context) -> Iterator[Finding]:
    """Finds a decree of another province that is said to bind this organ, whose province its name, that of an organ
    above it or the first decree cited gives."""
    text = entry.plain.text
    if not _DECREE_THERE(text):
        return
    cited = list(_DECREE.finditer(text, 0, entry.plain.narrative))
    if not cited:
        return
    own = _province(organ, context) or (cited[0][1] if cited[0].start() < entry.plain.preface else "")
    for match in cited if own else ():
        if match[1] != own and _BINDING.search(text, max(0, match.start() - 40), match.start()):
            message = Message(
                f"{match[0]}是外省的文件，本省是{own}：是照抄留下的吗？请核对",
                f"{match[0]} is a document of another province than {own}: left from another report? Check it",
            )
            yield at_word(entry, match.start(), "XT-ORGAN", Level.WARNING, message, match[0][:40])


def _province(organ: Organ, context: Context) -> str:
    """Gives the province that an organ's name, or the name of one above it, begins with."""
    seen: set[str] = set()
    while organ.id not in seen:
        match = re.match(_PROVINCE, organ.name)
        if match:
            return match[0]
        seen.add(organ.id)
        organ = context.organs.get(organ.parent, organ)
    return ""
