"""Finds wrong citations of the Regulation on disclosure (政府信息公开条例): decree, articles, name (XT-LAW)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from generator.collection.context import Context
from generator.finding import Finding, Level
from generator.narrative import numerals
from generator.narrative.edit_distance import edit_distance
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule
from generator.rules.text import at_quote, some

_IN_FORCE = 2019  # decree 711, in force from 15 May 2019
# the Regulation: (decree, articles, those on annual reports, those on annual reports of the other one)
_NEW = (711, 56, "第四十九条、第五十条", (31, 32))
_OLD = (492, 38, "第三十一条、第三十二条", (49, 50))

_NAME = r"《(?:中华人民共和国)?政府信息公开条例》"
_DECREE = re.compile(
    rf"{_NAME}[（(]?(?:20[0-9]{{2}}年)?(?:中华人民共和国)?国务院(?:令)?第?(?P<number>[0-9]{{1,4}})号?(?:令)?"
    rf"|国务院(?:令)?第?(?P<ahead>[0-9]{{1,4}})号?(?:令)?(?:公布的|发布的|修订的)?[，,]?{_NAME}"
)
_TURNED = re.compile(r"国务院第[0-9]{1,4}令")  # 国务院第711令 for 国务院令第711号
_ARTICLE = re.compile(
    r"《(?<![省市州县区]《)(?:中华人民共和国)?政府信息公开条例》(?:（[^（）]{0,30}）)?(?:的)?第(?P<article>[一二三四五六七八九十百0-9]{1,5})条"
)
# 《条例》第八十条; 第三十三条……15个工作日, as it was before 2019; 第二十条 has fifteen items
_SHORT = re.compile(
    "《条例》第(?P<article>[一二三四五六七八九十百]{1,5})条"
    "(?:第?（(?P<item>[一二三四五六七八九十]{1,3})）项|[^。；]{0,12}?(?<![0-9])(?P<days>1?[0-9]个工作日内))?"
)
_ANNUAL = re.compile(
    "^[^。；]{0,30}(?:编制|编写|起草|撰写|公布|发布|报告如下)[^。；]{0,20}(?:报告|年报)|^[^。；]{0,30}报告如下"
).search
_FORMER = re.compile("(?:原|旧|修订前|修改前|废止|曾|当时)[^。；，]{0,10}$").search
# 中华人民共和国政府信息公开管理条例
_MISNAMED = re.compile("中华人民共和国(?!政府信息公开条例)(?:政府|政务)信息公开[^，。；《》]{0,6}?条例")

# other laws that reports cite; a name that differs from one by a character is a slip, unless it is another's
_LAWS = (
    "保守国家秘密法", "行政诉讼法", "行政复议法", "行政许可法", "行政处罚法", "行政强制法", "个人信息保护法",
    "网络安全法", "数据安全法", "档案法", "国家赔偿法", "政府采购法", "民法典", "公务员法", "立法法", "宪法",
)  # fmt: skip
_LAW = re.compile("《中华人民共和国([一-鿿]{3,12})》")
_REGULATION = "政府信息公开条例"
# documents that every report cites: words of the title → what stands in its number, and the right one
_DOCUMENTS = (
    ("政府信息公开工作年度报告格式", re.compile("国办公开办函〔([0-9]{4})〕([0-9]{1,3})号"), ("2021", "30")),
    ("政府信息公开工作年度报告有关事项的通知", re.compile("国办公开办函〔([0-9]{4})〕([0-9]{1,3})号"), ("2019", "60")),
    ("政府信息公开信息处理费管理办法", re.compile("国办函〔([0-9]{4})〕([0-9]{1,3})号"), ("2020", "109")),
)
_BEHIND = re.compile("[〉》]{0,2}的?(?:通知)?[〉》]{0,2}[（(]$")


def citations(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """《政府信息公开条例》的引法。查五样：令号（2019年起是国务院令第711号，以前是第492号）；
    没有的条（现行条例56条，原条例38条）；编制年度报告引用了另一部条例的条
    （现行是第四十九条、第五十条，原来是第三十一条、第三十二条）；名称写错。
    常引的其他法律（保密法、行政诉讼法等）名称错一个字的，年度报告格式、信息处理费管理办法的文号写错的，也在此列。
    地方的条例、说明是“原条例”的不算。改法：照条例原文改正。
    错：（2021年度报告）根据《政府信息公开条例》第三十一条规定编制本报告；国务院令第771号；《条例》第八十条。
    对：根据《政府信息公开条例》第五十条规定编制本报告；国务院令第711号。
    依据：国务院令第711号（2019年5月15日施行）。
    ---
    How the Regulation is cited: decree 711 from 2019 (492 before), articles that it has (56; 38 before), articles 49
    and 50 for annual reports (31 and 32 before), its name. Provincial regulations, and what is called the former one,
    do not count. Names of other laws that are one character off, and wrong numbers of the documents that set the form
    of annual reports and the fees. Correct the citation.
    Wrong for 2021: 《政府信息公开条例》第三十一条规定编制本报告."""
    return some(chain(_decrees(entry), _articles(entry), _short(entry), _names(entry), _documents(entry)))


def _regulation(entry: LoadedReport) -> tuple[int, int, str, tuple[int, ...]]:
    return _NEW if entry.ref.year >= _IN_FORCE else _OLD


def _found(entry: LoadedReport, start: int, end: int, zh: str, en: str) -> Finding:
    return at_quote(entry, start, end, "XT-LAW", Level.WARNING, f"：{zh}", f": {en}", 0)


def _decrees(entry: LoadedReport) -> Iterator[Finding]:
    text, end, decree = entry.plain.text, entry.plain.narrative, _regulation(entry)[0]
    for match in _DECREE.finditer(text, 0, end):
        written = int(match["number"] or match["ahead"])
        told = written == _OLD[0] and match.start() < entry.plain.preface  # by XT-BASIS
        if written != decree and not told and not _is_former(text, match.start()):
            zh = f"《条例》是国务院令第{decree}号，请核对令号"
            yield _found(entry, *match.span(), zh, f"the Regulation is decree {decree} of the State Council")
    for match in _TURNED.finditer(text, 0, end):
        yield _found(entry, *match.span(), "应写作“国务院令第…号”", "write 国务院令第…号")


def _is_former(text: str, at: int) -> bool:
    return _FORMER(text[max(0, at - 20) : at]) is not None


def _articles(entry: LoadedReport) -> Iterator[Finding]:
    text, end = entry.plain.text, entry.plain.narrative
    _, last, right, of_other = _regulation(entry)
    for match in _ARTICLE.finditer(text, 0, end):
        number = numerals.read(match["article"])
        if number is None or _is_former(text, match.start()):
            continue
        if number > last:
            zh, en = (
                f"《条例》只有{last}条，没有这一条，请核对",
                f"the Regulation has {last} articles; check the number",
            )
            yield _found(entry, *match.span(), zh, en)
        elif int(number) in of_other and _ANNUAL(text[match.end() : min(match.end() + 60, end)]):
            zh, en = f"年度报告依据的是{right}，请核对", f"annual reports are made under {right}; check the article"
            yield _found(entry, *match.span(), zh, en)


def _short(entry: LoadedReport) -> Iterator[Finding]:
    """Finds articles, items and periods of 《条例》 that the Regulation in force does not have."""
    text, end = entry.plain.text, entry.plain.narrative
    if entry.ref.year < _IN_FORCE or "《条例》第" not in text:
        return
    for match in _SHORT.finditer(text, 0, end):
        number, item = numerals.read(match["article"]), numerals.read(match["item"] or "一")
        if number is not None and number > _NEW[1] and not _is_former(text, match.start()):
            zh = f"《条例》只有{_NEW[1]}条，没有这一条，请核对"
            yield _found(entry, *match.span(), zh, f"the Regulation has {_NEW[1]} articles; check the number")
        elif number == 20 and item is not None and item > 15:
            yield _found(entry, *match.span(), "第二十条只有十五项，请核对", "article 20 has fifteen items; check it")
        elif number == 33 and match["days"] == "15个工作日内":
            zh = "第三十三条规定的是20个工作日（15个是2019年以前的），请核对"
            yield _found(entry, *match.span(), zh, "article 33 gives 20 working days (15 until 2019); check it")


def _names(entry: LoadedReport) -> Iterator[Finding]:
    text, end = entry.plain.text, entry.plain.narrative
    for match in _MISNAMED.finditer(text, 0, end):
        zh = "名称应为《中华人民共和国政府信息公开条例》"
        yield _found(entry, *match.span(), zh, "its name is 中华人民共和国政府信息公开条例")
    for match in _LAW.finditer(text, 0, end) if "《中华" in text else ():
        name = match[1]
        if name == _REGULATION or name in _LAWS or _MISNAMED.match(text, match.start() + 1):
            continue
        if name.endswith("条例") and "信息" in name and edit_distance(name, _REGULATION, 2) <= 2:
            right = _REGULATION
        else:
            right = next((law for law in _LAWS if len(law) > 3 and edit_distance(name, law, 1) == 1), "")
        if right and not _is_former(text, match.start()):
            zh = f"名称应为《中华人民共和国{right}》"
            yield _found(entry, *match.span(), zh, f"its name is 中华人民共和国{right}")


def _documents(entry: LoadedReport) -> Iterator[Finding]:
    """Finds well-known documents whose number is another's."""
    text, end = entry.plain.text, entry.plain.narrative
    for title, number, right in _DOCUMENTS if "国办" in text and "〔" in text else ():
        at = text.find(title, 0, end)
        if at < 0:
            continue
        match = number.search(text, at, min(end, at + len(title) + 40))
        if match and match.groups() != right and _BEHIND.fullmatch(text, at + len(title), match.start()):
            written = match[0].partition("〔")[0]
            correct = f"{written}〔{right[0]}〕{right[1]}号"
            yield _found(entry, *match.span(), f"文号应为{correct}", f"its number is {correct}")


RULES = (Rule("XT-LAW", citations, probation=True),)
