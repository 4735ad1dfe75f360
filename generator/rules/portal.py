"""Checks what the portal shows of a report: index number, date and links, and that no section is empty."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.report.entry import LoadedReport
from generator.report.section_forms import section_forms
from generator.rules.check_digits import gb32100
from generator.rules.rule import Rule, at_line, at_typed
from generator.rules.text import at_word, some
from generator.wordlists.matcher import listed

_INDEX = re.compile(r"([0-9A-HJ-NPQRTUWXY]{18})/[0-9]{4}-[0-9]{6,8}").fullmatch
_DEADLINES = {"部门": "01-31", "区": "03-31", "县": "03-31", "市": "03-31", "省": "03-31"}


def index(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """索引号是“统一社会信用代码/年份-流水号”，如“113703040042180156/2025-5504304”；
    代码合 GB 32100 校验，与 organs.yaml 登记的一致。“-None”“.0”是系统的错值。
    改法：照实填写，不知道的留空（~）。依据：政府信息公开平台的元数据表。
    ---
    The index number is credit code/year-serial; the code's check character is right and the code is the organ's own.
    Leave it blank (~) when unknown."""
    typed = entry.report.typed.get("索引号")
    if typed is None:
        return
    match = _INDEX(typed.text)
    organ = context.organs.get(entry.ref.organ)
    if match is None:
        zh, en = "应写成“统一社会信用代码/年份-流水号”", "must be credit code/year-serial"
    elif not gb32100(match[1]):
        zh, en = "中的统一社会信用代码校验码不对", "has a credit code with a wrong check character"
    elif organ is not None and organ.code and organ.code != match[1]:
        zh = f"中的统一社会信用代码与登记的“{organ.code}”不同"
        en = f"has another credit code than the registered {organ.code}"
    else:
        return
    message = Message(f"索引号“{typed.text}”{zh}", f"index number “{typed.text}” {en}")
    yield at_typed(entry, typed, "PUB-INDEX", Level.WARNING, message, "索引号", typed.text)


def date(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """发文日期应是存在的日子，在报告年度结束之后；
    部门的不晚于次年1月31日，区（市、县）政府的不晚于次年3月31日，过期只作提示。
    日期照实写，不能倒填。依据：《条例》第四十九条；检查指标把伪造发稿日期列为一票否决。
    ---
    The date exists and is after the report's year; departments publish by 31 January, governments by 31 March of the
    next year, later dates being notes (Regulations, article 49). Never backdate."""
    typed, published = entry.report.typed.get("发文日期"), entry.report.published[:10]
    if typed is None or not published:
        return
    level, zh, en = _date_slip(published, entry.ref.year, _deadline(entry, context))
    if zh:
        message = Message(f"发文日期{published}：{zh}", f"date {published}: {en}")
        yield at_typed(entry, typed, "PUB-DATE", level, message, "发文日期", published)


def _date_slip(published: str, report_year: int, deadline: str) -> tuple[Level, str, str]:
    """Says what is wrong with a date of publication, in both languages; "" where nothing is."""
    year, month, day = map(int, published.split("-"))
    if day > monthrange(year, month)[1]:
        return Level.WARNING, "没有这一天", "there is no such day"
    if published <= f"{report_year}-12-31":
        return Level.WARNING, f"报告年度{report_year}年还没有结束", f"{report_year} was not yet over"
    if deadline and published > f"{report_year + 1}-{deadline}":
        zh = f"晚于法定期限次年{int(deadline[:2])}月{int(deadline[3:])}日"
        return Level.NOTE, zh, f"later than the statutory {deadline} of the next year"
    return Level.WARNING, "", ""


def _deadline(entry: LoadedReport, context: Context) -> str:
    """Returns the last day, as MM-DD, for organs whose kind article 49 names; "" for others."""
    organ = context.organs.get(entry.ref.organ)
    if organ is None or entry.ref.year < 2019:
        return ""
    return _DEADLINES.get(organ.level, "")


# Name and password may stand before the host, a port behind it. Where the host is Latin, Chinese right behind it is not
# part of it.
_ADDRESS = re.compile(
    r"https?://(?:[0-9A-Za-z._~!$&'*+,;=:%-]{0,60}@)?"
    r"(\[[0-9a-fA-F:]{2,40}\]|[0-9A-Za-z._-]{1,120}|[^\s!-\-/-~（）“”，。；、]{1,120})(:[0-9]{1,5})?"
).finditer
_BARE = re.compile(r"www\.(?<![0-9A-Za-z./@-]www\.)[a-z0-9.-]{3,80}").finditer
_NUMERIC = re.compile(r"[0-9.]+|\[.*").fullmatch


def links(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文里的网址：不能是数字地址或本机（错误）；不带端口；
    主机应是 *.gov.cn（其余作警告，别的认可的主机写在“规则设置: {可链网站: …}”）。
    导航里没有填网址的项目也以此名提示。失效的商业域名会被人抢注，政府网站因此链到不良内容。
    改法：换成政府网站的网址或删去。依据：《政府网站发展指引》；检查指标。
    ---
    Web addresses in the narrative have no numeric host nor localhost (errors), no port, and a host under gov.cn
    (others are warnings unless listed under 规则设置 → 可链网站): a lapsed domain may be taken over. Use an official
    address."""
    return some(_links(entry, listed(context.options.get("可链网站", ""))))


def _links(entry: LoadedReport, allowed: tuple[str, ...]) -> Iterator[Finding]:
    if "http" in entry.text:
        for number, line in enumerate(entry.text.split("\n"), 1):
            for match in _ADDRESS(line):
                yield from _link(entry, number, match.start() + 1, match[1].lower().rstrip("."), match[2], allowed)
    for match in _BARE(entry.plain.text[: entry.plain.narrative]):
        host = match[0].rstrip(".-")
        if not _trusted(host, allowed):
            yield at_word(entry, match.start(), "PUB-LINK", Level.WARNING, _foreign(host), host)


def _trusted(host: str, allowed: tuple[str, ...]) -> bool:
    return host.endswith(".gov.cn") or host == "gov.cn" or host in allowed


def _foreign(host: str) -> Message:
    return Message(
        f"网址“{host}”不是政府网站（*.gov.cn）；确需的请登记在规则设置的“可链网站”",
        f"{host} is not a government site; list it under 可链网站 if it is needed",
    )


def _link(
    entry: LoadedReport, line: int, column: int, host: str, port: str, allowed: tuple[str, ...]
) -> Iterator[Finding]:
    if _NUMERIC(host) or host == "localhost":
        message = Message(
            f"网址的主机“{host}”是数字地址或本机，请换成域名",
            f"the host {host} is numeric or this computer; use a domain name",
        )
        yield at_line(entry, "report.md", line, column, "PUB-LINK", Level.ERROR, message, host)
    elif port:
        message = Message(
            f"网址“{host}{port}”带端口，请换成公开的网址", f"{host}{port} has a port; give the public address"
        )
        yield at_line(entry, "report.md", line, column, "PUB-LINK", Level.WARNING, message, f"{host}{port}")
    elif not _trusted(host, allowed):
        yield at_line(entry, "report.md", line, column, "PUB-LINK", Level.WARNING, _foreign(host), host)


# nothing but spaces, invisible ones and &nbsp; among them, and paragraph tags; a picture is something
_NOTHING = re.compile(r"(?:[\s\u200b-\u200d\u2060\ufeff]++|<(?!img)[^>]*+>|&amp;nbsp;)*").fullmatch


def empty(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """没有表格的部分（一、六）不能空着，只有空格也算空着，没有可说的写“无”。
    空白页面计入检查指标的“空白栏目”。第五部分由 NAR-SEC5 查。
    改法：补写，或写明“无”。
    ---
    A section without a table is not empty, nor made of spaces only; fill it in, or write 无 if there is nothing
    (NAR-SEC5 checks the one on problems)."""
    if not entry.report.form.strict:
        return
    for section, form in zip(entry.prose.sections, section_forms(entry), strict=True):
        if form is not None and not form.table and "问题" not in form.title and _NOTHING(section.html):
            title = section.title.strip()
            message = Message(f"“{title}”没有内容，请补写或写明“无”", f"“{title}” is empty; fill it in or write 无")
            yield at_line(entry, "report.md", section.line, 1, "PUB-EMPTY", Level.ERROR, message, form.title)


RULES = (
    Rule("PUB-INDEX", index),
    Rule("PUB-DATE", date),
    Rule("PUB-LINK", links, softens=False),
    Rule("PUB-EMPTY", empty),
)
