"""Finds what belongs to another report: another organ's name or guide (XT-ORGAN), a document of a later year or whose
number is no number (XT-DOCNO)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from generator.collection.context import Context
from generator.collection.register import Register, register_of
from generator.collection.settings import Organ
from generator.finding import Finding, Level, Message, Place
from generator.narrative.late_pattern import LatePattern
from generator.report.entry import LoadedReport
from generator.rules.borrowed import decrees, sites
from generator.rules.own_kind import strangers_words
from generator.rules.rule import Rule
from generator.rules.text import at_quote, at_word, quote, some

_BODY = r"(?:局|政府|委员会|委|厅|办公室|办事处|街道|镇|乡|管委会|中心|厂|院|校|站|处|支队|总队|大队)"
# 《示例县甲局政府信息公开指南》; the guide and the catalogue are an organ's own
_GUIDE = LatePattern(
    rf"《([\u4e00-\u9fff]{{2,30}}?{_BODY})(?:政府|政务)?信息公开(?:指南|目录|年报|(?:工作)?年度报告)》"
)
# the same without 《》: looked for from its end, with the words before the name among it
_GUIDE_WORDS = re.compile("信息公开(?:指南|目录)")
_BEFORE_GUIDE = LatePattern(rf"([\u4e00-\u9fff]{{2,30}}?{_BODY})的?(?:政府|政务)?$")
# 示例县甲局2024年(度)政府信息公开(工作)年度报告, without 《》: what this report calls itself
_REPORT = LatePattern(
    rf"(?<![《〈\u4e00-\u9fff])([\u4e00-\u9fff]{{2,40}}{_BODY})(?:20[0-9]{{2}}年度?)?政府信息公开(?:工作)?年度报告"
)
# who speaks in the first sentences of the overview, who wrote the report, who is to be asked, who signed
_SPEAKER = LatePattern(
    rf"(?:^|[，。\n])([\u4e00-\u9fff]{{2,30}}?{_BODY})"
    "(?:坚持|认真|深入|严格|全面|积极|高度|切实|紧紧|始终|按照|围绕|在[^，。]{0,20}领导下|以习近平)"
)
# who did, in the middle of the text, what a report tells of its own organ; offices that guide others are left out
_DOER = re.compile(
    r"[。\n](?:(?:20[0-9]{2}年度?|全年|今年|一年来|本年度)[，,]?)?"
    r"([\u4e00-\u9fff]{2,30}?(?:局|委员会|厅|管委会|办事处))(?:(?:20[0-9]{2}年度?|全年)[，,]?)?"
    "(?:坚持|认真|高度重视|严格|主动公开|共?收到|共?受理|未收到|累计|共公开|共发布|政府信息公开工作)"
)
_NO_DOER = re.compile("中共|领导小组|常务委员会|联席")
_WRITING = ("根据", "依据", "按照", "负责", "编制")
_WRITER = LatePattern(rf"(?:^|[，。\n]|由)([\u4e00-\u9fff]{{2,30}}?{_BODY})(?:{'|'.join(_WRITING)})")
_ASKED = LatePattern(rf"(?:请与|请联系|请向)([\u4e00-\u9fff]{{2,30}}{_BODY})(?:联系|咨询|反映|（)")
_SIGNED = LatePattern(
    rf"(?:^|[。；\s])([\u4e00-\u9fff]{{4,40}}{_BODY})\s{{0,4}}20[0-9]{{2}}年[0-9]{{1,2}}月[0-9]{{1,2}}日\s*(?=[（(]|$)",
    re.M,
)
_BEFORE_NAME = re.compile(
    r".*(?:公布|发布|现将|编制|报送|报告由|更新|修订|完善|制定|印发|按照|依照|根据|参照|查阅|详见|参见|登录|通过|对|在|的|了|将(?!乐))"
)
# no name of a body: 我局, 区政府, 各部门
_OWN = re.compile(r"[我本各该全市县区镇乡省]|有关|相关|下级|上级|其[他它]|国务院|中央|国家|省")
_PLACE = LatePattern(r"[\u4e00-\u9fff](?:省|自治区|市|县|区|旗|镇|乡|街道)")
_TAIL = 4  # so many characters of an organ's name are told from another's
_GOVERNMENT = re.compile(r"(.{2,20}?)(?:人民政府|政府|管理委员会|管委会)(?:办公室|办公厅)?").fullmatch


def organ_names(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """别的机关的名称或指南，多是照抄别家报告留下的：《某县某局政府信息公开指南》（没有书名号的也算）不是本机关（或它的上级、下级）的；
    引言把本报告叫作别的机关的年度报告；总体情况开头说话的、正文里收到申请和公开信息的是别的机关；
    局的报告里自称“本镇”、学校的报告里自称“我院”之类。
    称作本机关网站、说可下载本报告的网址不在本栏目的域名下；根据、转发的是外省的信息公开文件。
    机关及其上下级以 organs.yaml 为准，简称不算错；
    别的认可的网站写在“规则设置: {可链网站: …}”。改法：改成本机关的名称；确是引用的，接受这一项。
    错：（示例区甲局的报告）2024年，示例区乙局认真贯彻落实《条例》。
    对：2024年，示例区甲局认真贯彻落实《条例》。
    ---
    Another organ's name or guide, mostly left from its report: a guide that belongs neither to this organ nor to one
    above or below it, the preface naming this as another organ's report, or another organ speaking at the beginning of
    the overview, or receiving requests in it; words by which another kind of organ calls itself (本镇 in a bureau's
    report); the address of another portal called this organ's own, and a decree of another province said to bind it.
    Names as in organs.yaml, short names will do. Write this organ's name.
    Wrong in a report of 示例区甲局: 2024年，示例区乙局认真贯彻落实《条例》."""
    organ = context.organ_of(entry.ref)
    if organ is None or not organ.name:
        return iter(())
    borrowed = chain(sites(entry, organ, context), decrees(entry, organ, context))
    organs = register_of(context.organs)
    ours = _related(organ, organs, entry.ref.year)
    words = strangers_words(entry, organ, ours)
    return some(_once(chain(_strangers(entry, organ, ours, organs.names_in(entry.ref.year)), words, borrowed)))


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leaves out what was told of the same words at the same place."""
    told: set[tuple[Place, str]] = set()
    for finding in findings:
        if (finding.place, finding.subject) not in told:
            told.add((finding.place, finding.subject))
            yield finding


def _strangers(entry: LoadedReport, organ: Organ, ours: Sequence[Organ], known: Container[str]) -> Iterator[Finding]:
    told: set[str] = set()
    for at, words in chain(_named(entry), _doers(entry, organ, known)):
        name = _BEFORE_NAME.sub("", words)
        if name in told or _OWN.match(name) or not (name in known or _PLACE.compiled.search(name)):
            continue
        if not (any(_is_of(name, other) for other in ours) or _is_part(name, organ) or _governs(name, organ)):
            told.add(name)
            message = Message(
                f"“{name}”不是本机关“{organ.name}”：是照抄留下的吗？请改成本机关的名称",
                f"“{name}” is not this organ, {organ.name}: left from another report? Write this organ's name",
            )
            yield at_word(entry, at + len(words) - len(name), "XT-ORGAN", Level.WARNING, message, name)


def _named(entry: LoadedReport) -> Iterator[tuple[int, str]]:
    """Yields the names that a report gives as its own, with their offsets: of its guide, of itself, of who wrote it,
    answers questions, speaks and signed it."""
    plain = entry.plain
    text, preface, end = plain.text, plain.preface, plain.narrative
    overview = next((at for at, item in zip(plain.starts, plain.passages, strict=False) if item.section == 1), end)
    first = next((at for at in plain.starts if at > overview), end)
    for pattern, needed, low, high in (
        (_GUIDE, ("指南》", "目录》", "年报》", "报告》"), 0, end),
        (_REPORT, ("政府信息公开",), 0, preface),
        (_WRITER, _WRITING, 0, preface),
        (_ASKED, ("请与", "请联系", "请向"), 0, preface),
        (_SPEAKER, ("",), first, min(first + 200, end)),
        (_SIGNED, ("日",), max(0, end - 200), end),
    ):
        if any(text.find(word, low, high) >= 0 for word in needed):
            for match in pattern.finditer(text, low, high):
                yield match.start(1), match[1]
    for guide in _GUIDE_WORDS.finditer(text, preface, end):
        low = max(preface, guide.start() - 36)
        before = _BEFORE_GUIDE.search(text[low : guide.start()])
        if before:
            yield low + before.start(1), before[1]


def _doers(entry: LoadedReport, organ: Organ, known: Container[str]) -> Iterator[tuple[int, str]]:
    """Yields the names of those whose deeds the sections tell, with their offsets. A government tells of many bodies:
    in its report only those of the register are looked at."""
    plain, government = entry.plain, _GOVERNMENT(organ.name)
    for match in _DOER.finditer(plain.text, max(plain.preface - 1, 0), plain.narrative):
        if not _NO_DOER.search(match[1]) and (government is None or match[1] in known):
            yield match.start(1), match[1]


def _related(organ: Organ, organs: Register, year: int) -> list[Organ]:
    """Returns an organ by all its names, those above and below it, and its predecessors, by their names of the year."""
    ids = dict.fromkeys((organ.id, *organ.before))
    above = organ
    while above.parent in organs and above.parent not in ids:
        above = organs[above.parent]
        ids[above.id] = None
    names = [organs[name].named_in(year) for name in (*ids, *organs.below(organ.id)) if name in organs]
    current = organs.get(organ.id, organ)
    return [*names, current, *(replace(current, name=name, short=name) for _, name in current.former)]


def _is_of(name: str, organ: Organ) -> bool:
    """Tells whether a name may be meant for an organ: as registered, within a longer name, or in a short form that
    leaves characters out."""
    full = organ.name
    return full in name or name in full or _shortens(name, full) or _shortens(_from_place(name, full), full)


def _is_part(name: str, organ: Organ) -> bool:
    """Tells whether a name may be meant for a part of an organ: it goes on from the organ's short name, from the last
    words of its name, or is an office of its government."""
    place, short, _ = name.partition(organ.short)
    if short and _shortens(place, organ.name):
        return True
    government = _GOVERNMENT(organ.name)
    if government and name.startswith(government[1]) and name.endswith("办公室"):
        return True  # 示例区政府信息公开工作领导小组办公室
    return any(name.startswith(organ.name[at:]) for at in range(1, len(organ.name) - _TAIL))


def _governs(name: str, organ: Organ) -> bool:
    """Tells whether a name is that of a government whose place the organ bears in its own name."""
    government = _GOVERNMENT(name)
    return government is not None and government[1][-3:] in organ.name


def _shortens(short: str, name: str) -> bool:
    """Tells whether a short form has the characters of a name in order: 示例区管委会 of 示例区管理委员会."""
    rest = iter(name)
    return all(char in rest for char in short)


def _from_place(name: str, known: str) -> str:
    """Cuts off a larger place that a name begins with (省、市), where the rest begins as the other name does."""
    at = name.find(known[:2])
    return name[at:] if at > 0 else name


# ---------------------------------------------------------------- documents of a later year, and mistyped numbers

_NUMBER = re.compile(r"[〔\[(（［【﹝]([2-9][0-9]{3})[〕\])）］】﹞]第?[0-9]{1,5}号")


# 〔20211〕30号, 〔2O21〕30号, 〔二〇二一〕30号, 〔2021年〕30号: brackets that should hold four digits
_YEARS = "0-9OoIlBS〇○零一二三四五六七八九年"
_MISTYPED = re.compile(rf"〔([{_YEARS} ]{{2,8}})〕(?=第?[0-9]{{0,5}}号)")
_OTHER_BRACKETS = re.compile(rf"[\[(（［【](?<=[发函字办政规令通].)([{_YEARS}]{{3,8}})[\])）］】](?=第?[0-9]{{1,5}}号)")
# 国办函2021年12号; a public notice, an order and a paper of the centre are numbered by the year in this way
_UNBRACKETED = re.compile(r"[12](?<=[发函字办].)[0-9]{3}年第?[0-9]{1,5}号")
# 〔2021〕号, 〔2021〕12。: the number or its 号 is left out
_UNFINISHED = re.compile(r"〔(?:19|20)[0-9]{2}〕(?:第?号|[0-9]{1,5}(?=[，。；、）)》]))")


def documents(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """发文字号。查两样：引用的文件比报告还晚（字号的年份晚于报告的发文日期；没有写发文日期的，晚于报告年度的下一年）；
    字号打错了（年份不是四位数字、没有六角括号、漏了序号或“号”）。改法：核对文号。
    错：（2023年度报告，发文日期2024年1月）根据《示例办法》（示政发〔2025〕3号）；示政发〔20231〕3号、示政函2023年12号。
    对：根据《示例办法》（示政发〔2023〕3号）；示政函〔2023〕12号。
    依据：GB/T 9704—2012 第7.2.5条（年份应标全称，用六角括号括入）。
    ---
    Document numbers: a document that is later than the report (the year of its number is after the report's date or,
    where none is given, after the year that follows the report's), and numbers typed wrongly (a year that is not four
    digits, no 〔〕, no number or no 号). Check the number. Wrong for 2023: 示政发〔2025〕3号, 示政发〔20231〕3号."""
    return some(chain(_later_documents(entry), _mistyped(entry)))


def _mistyped(entry: LoadedReport) -> Iterator[Finding]:
    text = entry.plain.narrow
    for match in chain(_MISTYPED.finditer(text), _OTHER_BRACKETS.finditer(text)):
        inside = match[1]
        if not (len(inside) == 4 and inside.isdecimal()):
            zh, en = f"发文字号的年份“{inside}”应为四位数字", f"the year “{inside}” should be four digits"
            yield _no_number(entry, match, zh, en)
    for match in _UNBRACKETED.finditer(text):
        year = match[0][:4]
        yield _no_number(entry, match, f"发文字号的年份应写作“〔{year}〕”", f"write the year as 〔{year}〕")
    for match in _UNFINISHED.finditer(text):
        yield _no_number(
            entry, match, "发文字号不全，请写全，如“〔2021〕12号”", "incomplete; write it in full, such as 〔2021〕12号"
        )


def _no_number(entry: LoadedReport, match: re.Match[str], zh: str, en: str) -> Finding:
    return at_quote(entry, *match.span(), "XT-DOCNO", Level.WARNING, f"：{zh}", f": {en}", 6)


def _later_documents(entry: LoadedReport) -> Iterator[Finding]:
    published = entry.report.published[:4]
    latest = max(int(published), entry.ref.year) if published.isdecimal() else entry.ref.year + 1
    when_zh = f"{published}年公布" if published.isdecimal() else f"{entry.ref.year}年度"
    when_en = f"published in {published}" if published.isdecimal() else f"for {entry.ref.year}"
    for match in _NUMBER.finditer(entry.plain.narrow):
        if int(match[1]) > latest:
            words = quote(entry.plain.text, match.start(), match.end(), 6)
            message = Message(
                f"“{words}”是{match[1]}年的文件，比这份报告（{when_zh}）还晚；请核对文号",
                f"“{words}” is a document of {match[1]}, later than this report ({when_en}); check its number",
            )
            yield at_word(entry, match.start(), "XT-DOCNO", Level.WARNING, message, words, match[1])


RULES = (Rule("XT-ORGAN", organ_names, probation=True), Rule("XT-DOCNO", documents, probation=True))
