"""Finds, for XT-ORGAN, words by which another kind of organ speaks of itself (本镇 in a bureau's report), and deeds of
another organ of the same kind (another school's in a school's report)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.collection.settings import Organ
from generator.finding import Finding, Level, Message
from generator.report.entry import LoadedReport
from generator.rules.text import at_word, quote

# what an organ's name ends in, by the kind of organ, and the words that only this kind calls itself by
_KINDS = (
    ("镇", re.compile(r"镇(?:人民)?政府(?:办公室)?$|镇$"), "镇"),
    ("乡", re.compile(r"乡(?:人民)?政府(?:办公室)?$|乡$"), "乡"),
    ("街道", re.compile("街道(?:办事处)?$|办事处$"), "街道"),
    ("校", re.compile("(?:学校|中学|小学|大学|学院|幼儿园|党校)$"), "校"),
    ("院", re.compile("(?:医院|卫生院|保健院|学院|法院|检察院|研究院|科学院|福利院|设计院)$"), "院"),
    ("公司", re.compile("(?:公司|集团|厂)$"), "公司"),
    ("局", re.compile("(?:局|委|委员会|办|办公室|办公厅|厅|署|中心|队|所|处|站)$"), "局"),
    ("县", re.compile("(?:省|市|县|区|旗|州|盟)(?:人民)?政府(?:办公室|办公厅)?$"), ""),
)
_SELF = re.compile(
    # begins with one class of characters, which the engine skips to fast
    r"(?P<word>[本我](?:(?<=[，。；：、（\n由对在与及和以年].)|(?<=^.))(?P<kind>镇|乡(?!土|村)|街道|校|院|公司|局(?!域|部|限|面|势)))(?=[^\n]{2})",
    re.M,
)
# schools, hospitals and companies: the whole name before a deed
_DEED = (
    r"(?:(?:20[0-9]{2}年度?|全年)[，,]?|于20[0-9]{2}年)?"
    "(?:坚持|认真|高度重视|严格|按照|主动公开|通过|共?收到|共?受理|未收到|累计|共公开|共发布|公开(?!栏|电|目|指)|挂牌)"
)
_DOER = re.compile(
    r"(?:^|[。\n])(?:(?:20[0-9]{2}年度?|全年|今年|一年来|本年度)[，,]?)?"
    rf"(?P<name>[一-鿿]{{2,24}}?(?:人民政府|办事处|街道|中学|小学|学校|幼儿园|医院|卫生院|公司|局))(?={_DEED})",
    re.M,
)
_PLACE = re.compile("([一-鿿]{1,4}?)(省|市|县|区|旗|镇|乡|街道)")


@lru_cache(maxsize=512)
def _kind(name: str) -> str:
    return next((kind for kind, ends, _ in _KINDS if ends.search(name)), "")


def strangers_words(entry: LoadedReport, organ: Organ, ours: Sequence[Organ]) -> Iterator[Finding]:
    """Yields what another organ says of itself. `ours` are the organ by all its names, and those above and below."""
    own = {_kind(name) for name in (organ.name, organ.short, *(name for _, name in organ.former)) if _kind(name)}
    yield from _selves(entry, organ, own)
    if len(own) == 1:
        yield from _others_deeds(entry, organ, own.pop(), ours)


def _selves(entry: LoadedReport, organ: Organ, own: set[str]) -> Iterator[Finding]:
    """Finds 本镇 in a bureau's report. An organ of a kind that is not known may call itself anything."""
    told: set[str] = set()
    text = entry.plain.text
    for match in _SELF.finditer(text, 0, entry.plain.narrative) if own else ():
        kind, word = match["kind"], match["word"]
        if kind in own or word in told or _is_within(text, match.start("word")):
            continue
        told.add(word)
        words = quote(text, match.start("word"), match.end("word"), 8)
        message = Message(
            f"“{words}”：这是“{organ.name}”的报告，“{word}”是照抄别的单位留下的吗？请改正",
            f"“{words}”: this is the report of {organ.name}; is “{word}” left from another organ's? Correct it",
        )
        yield at_word(entry, match.start("word"), "XT-ORGAN", Level.WARNING, message, words)


def _is_within(text: str, at: int) -> bool:
    """Tells whether a place stands in a quotation: somebody else's words."""
    low = max(0, at - 60)
    return text.rfind("“", low, at) > text.rfind("”", low, at) or text.rfind("《", low, at) > text.rfind("》", low, at)


def _others_deeds(entry: LoadedReport, organ: Organ, kind: str, ours: Sequence[Organ]) -> Iterator[Finding]:
    """Finds deeds of an organ of the same kind and of another name or place at the head of sentences."""
    told: set[str] = set()
    for match in _DOER.finditer(entry.plain.text, entry.plain.preface, entry.plain.narrative):
        name = match["name"]
        if name in told or _kind(name) != kind or any(_may_be(name, other) for other in ours):
            continue
        if _is_other(name, organ):
            told.add(name)
            message = Message(
                f"“{name}”不是本机关“{organ.name}”：是照抄留下的吗？请改成本机关的名称",
                f"“{name}” is not this organ, {organ.name}: left from another report? Write this organ's name",
            )
            yield at_word(entry, match.start("name"), "XT-ORGAN", Level.WARNING, message, name)


def _may_be(name: str, organ: Organ) -> bool:
    """Tells whether a name may be a registered organ's: within its name, or its characters in order."""
    rest = iter(organ.name)
    return name in organ.name or organ.name in name or all(char in rest for char in name)


def _is_other(name: str, organ: Organ) -> bool:
    """Tells whether a name of the same kind is certainly another's: its place has the rank of the organ's own and
    another name. One of a higher rank may be the authority above, which no register need hold."""
    place, own = _last_place(name), _last_place(organ.name)
    if place is None or own is None or _rank(place[2]) != _rank(own[2]):
        return False
    same_end = name[place.end() :] == organ.name[own.end() :] or _kind(name) in ("校", "院", "公司")
    return same_end and place[1] not in own[1] and own[1] not in place[1]


def _rank(word: str) -> str:
    return "县" if word in "区旗" else word


def _last_place(name: str) -> re.Match[str] | None:
    return next(reversed(list(_PLACE.finditer(name))), None)
