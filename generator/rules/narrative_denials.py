"""NAR-NOREQ, NAR-NOCASE, NAR-UPHELD, NAR-FEE: what the narrative denies, the tables must not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from generator.diagnostic import Finding, Level, Text
from generator.library import Entry
from generator.manuscript import Passage
from generator.numeral import plain
from generator.rules.fees import given as figures
from generator.rules.figures import figure
from generator.rules.narrative import lists, said, sentence_of
from generator.rules.narrative_reading import Extent, extent, named_cells, places
from generator.rules.rule import Context, Rule, at_line, at_text

_CLAUSE_ENDS = re.compile(r"[。；，：]")


class _Words(NamedTuple):
    """Words that deny something, and the sentence they stand in."""

    passage: Passage
    start: int
    end: int
    sentence: str
    before: str  # of the sentence

    @property
    def quote(self) -> str:
        return self.passage.text[self.start : self.end].strip()[:40]


def _denials(entry: Entry, key: str, kind: str = "words") -> Iterator[_Words]:
    known = lists().denials[key]
    hints = [character for character in lists().hints[key + "." + kind] if character in entry.plain.text]
    if not hints:
        return
    unless, about = known.get("unless"), known.get("about")
    for item in said(entry):
        text = item.passage.text
        for character in hints:
            if character in text:
                break
        else:
            continue
        for found in known[kind].finditer(text):
            low = sentence_of(text, found.start())
            sentence = text[low : found.end()] + text[found.end() : found.end() + 100].partition("。")[0]
            clause = _clause(text, found) + _CLAUSE_ENDS.split(text[found.end() : found.end() + 20])[0]
            if unless and unless.search(clause):
                continue
            if about and not about.search(sentence) and not about.search(item.heading):
                continue
            before = text[low : found.start()]
            if not _other_year(entry, before + found[0]):
                yield _Words(item.passage, found.start(), found.end(), sentence, before)


def _other_year(entry: Entry, words: str) -> bool:
    years = lists().year.findall(words)
    return bool(years) and int(years[-1]) != entry.report.year


def _contradiction(entry: Entry, words: _Words, rule: str, level: Level, zh: str, en: str, item: Extent, values: str) -> Finding:
    message = Text(f"正文写“{words.quote}”，而{zh}；请核对，改正文或改表", f"the narrative says “{words.quote}”, but {en}; check both")
    found = at_text(entry, words.passage, words.start, rule, level, message, words.quote, values)
    return replace(found, cells=named_cells(item), related=places(entry.report, item))


def _above_zero(entry: Entry, *roles: str) -> Iterator[tuple[str, Extent]]:
    """Roles whose figure is certainly above 0; a blank alone proves nothing."""
    for role in roles:
        found = extent(entry.report, (role,)) if figure(entry.report, role) != 0 else None
        if found is not None and found.low > 0:
            yield role, found


def no_request(entry: Entry, context: Context) -> Iterator[Finding]:
    """正文说未收到政府信息公开申请，表三本年新收就应是0。二者矛盾，必有一处是错的，所以是错误。
    依据：《政府信息公开条例》第五十条第（二）项。改法：核对收件登记，改正文或改表三。
    ---
    “No applications received” contradicts a 本年新收 above 0: one of the two is wrong (Regulations, article 50 (2))."""
    for words in _denials(entry, "no_request"):
        for _, item in _above_zero(entry, "received"):
            number = item.printed
            yield _contradiction(
                entry, words, "NAR-NOREQ", Level.ERROR, f"表三本年新收是{number}", f"table 三 received {number}", item, f"0≠{number}"
            )


def no_case(entry: Entry, context: Context) -> Iterator[Finding]:
    """正文说未发生行政复议（行政诉讼），表四相应的总计就应是0；说没有被纠正、败诉，结果纠正就应是0。二者矛盾是错误。
    依据：《政府信息公开条例》第五十条第（三）项。改法：核对案件台账，改正文或改表四。
    ---
    “No administrative review (no lawsuit)” contradicts a total above 0 in table 四; “none corrected, none lost”
    contradicts 结果纠正 above 0 (Regulations, article 50 (3))."""
    known = lists().denials["no_case"]
    for words in _denials(entry, "no_case"):
        text = words.quote
        outcome = known["outcome"].search(text)
        wanted = [index for index, key in ((0, "review"), (1, "suits")) if known[key].search(text)]
        if outcome:
            yield from _outcome(entry, words, "corrected", wanted, "NAR-NOCASE", Level.ERROR)
            continue
        for role, item in _above_zero(entry, *(("review_total", "suits_total")[index] for index in wanted)):
            zh, en = lists().roles[role]
            number = item.printed
            yield _contradiction(
                entry, words, "NAR-NOCASE", Level.ERROR, f"表四{zh}是{number}", f"table 四 has {number} {en}", item, f"0≠{number}"
            )


_OUTCOMES = {
    "corrected": ("结果纠正", "corrected"), "pending": ("尚未审结", "pending"), "other_outcomes": ("其他结果", "other outcomes"),
}  # fmt: skip


def _outcome(entry: Entry, words: _Words, role: str, wanted: list[int], rule: str, level: Level) -> Iterator[Finding]:
    """One finding when cases of the kinds wanted (0 reviews, 1 lawsuits) certainly ended, or stand, otherwise."""
    names = entry.report.form.role(role)
    kinds = [names[:1] if index == 0 else names[1:] for index in wanted]
    cells = [name for kind in kinds for name in kind]
    figures = [(name, figure[0]) for name in cells if (figure := entry.report.figure(name)) is not None]
    above = [(name, value) for name, value in figures if isinstance(value, Decimal) and value > 0]
    item = extent(entry.report, (role,))
    if not above or item is None:
        return
    shown = "，".join(f"{name}是{plain(value)}" for name, value in above)
    zh, en = _OUTCOMES[role]
    keep = tuple(cell for cell in item.cells if cell[0].table.slots[cell[1]].name in {name for name, _ in above})
    values = ";".join(f"{zh}{plain(value)}" for _, value in above)
    yield _contradiction(entry, words, rule, level, shown, f"table 四 has {values} ({en})", item._replace(cells=keep), values)


def upheld(entry: Entry, context: Context) -> Iterator[Finding]:
    """正文说复议、诉讼“均获维持”，表四的结果纠正、其他结果、尚未审结就应都是0；说“均已审结”，尚未审结应是0；说“零败诉”，诉讼的结果纠正应是0。
    例：“诉讼9件，均获维持”，表四结果维持8、尚未审结1：有1件还没有结果。“均获维持”“零败诉”与表矛盾是错误，“均已审结”是警告（可能在次年审结）。
    改法：照表四改写，如“结果维持8件，尚未审结1件”。
    ---
    “All upheld” contradicts corrected, other or pending cases in table 四; “all closed” contradicts pending ones
    (a warning: they may have closed since); “none lost” contradicts corrected lawsuits."""
    for words in _denials(entry, "upheld"):
        yield from _upheld(entry, *_of_cases(words))
    for words in _denials(entry, "upheld", "closed"):
        whose, wanted = _of_cases(words)
        yield from _outcome(entry, whose, "pending", wanted, "NAR-UPHELD", Level.WARNING)
    for words in _denials(entry, "upheld", "unbeaten"):
        yield from _outcome(entry, words, "corrected", [1], "NAR-UPHELD", Level.ERROR)


def _of_cases(words: _Words) -> tuple[_Words, list[int]]:
    """The kinds of cases (0 reviews, 1 lawsuits) that 均 speaks of: every kind named before it in the sentence since
    the last outcome told; and the words from the last of them on."""
    known = lists().denials["upheld"]
    since = max((match.end() for match in known["done"].finditer(words.before)), default=0)
    wanted, last = [], -1
    for index, key in ((0, "review"), (1, "suits")):
        found = [match.start() for match in known[key].finditer(words.before, since)]
        if found:
            wanted.append(index)
            last = max(last, found[-1])
    start = words.start - len(words.before) + last if last >= 0 and len(words.before) - last < 30 else words.start
    return words._replace(start=start), wanted


def _upheld(entry: Entry, words: _Words, wanted: list[int]) -> Iterator[Finding]:
    """All that is not upheld, in one finding."""
    found = [f for role in _OUTCOMES for f in _outcome(entry, words, role, wanted, "NAR-UPHELD", Level.ERROR)]
    if not found:
        return
    shown = "；".join(item.message.zh.split("，而", 1)[1].rsplit("；请核对", 1)[0] for item in found)
    values = ";".join(item.values for item in found)
    message = Text(
        f"正文写“{words.quote}”，而{shown}；请照表四改写", f"the narrative says “{words.quote}”, but table 四 has {values}; reword it"
    )
    cells = tuple(cell for item in found for cell in item.cells)
    yield replace(found[0], message=message, cells=cells, values=values)


def silent(entry: Entry, context: Context) -> Iterator[Finding]:
    """表四有行政复议、行政诉讼，正文却一字不提：提示在总体情况里说明一句，读者才知道是怎么回事。
    依据：《政府信息公开条例》第五十条第（三）项。例：表四复议1件、诉讼16件，正文没有“复议”“诉讼”。
    ---
    Table 四 has cases, the narrative never mentions them: a note to say a word on them (Regulations, article 50 (3))."""
    above = list(_above_zero(entry, "review_total", "suits_total"))
    if not above or _tells_of_law(entry):
        return
    shown = "，".join(f"{lists().roles[role][0]}{item.printed}" for role, item in above)
    shown_en = ", ".join(f"{item.printed} {lists().roles[role][1]}" for role, item in above)
    message = Text(f"表四：{shown}，正文没有说明；建议在总体情况中说明", f"table 四 has {shown_en}; the narrative never mentions them")
    first = entry.prose.sections[0].line if entry.prose.sections else 0
    yield at_line(entry, "report.md", first, 1, "NAR-REV", Level.NOTE, message, "复议诉讼", ";".join(item.printed for _, item in above))


def _tells_of_law(entry: Entry) -> bool:
    """Whether 诉讼 or 复议 stands in the text of a section."""
    plain = entry.plain
    for word in ("诉讼", "复议"):
        at = plain.text.find(word, plain.preface)
        while 0 <= at < plain.narrative:
            passage, _ = plain.at(at)
            if passage.kind == "text" and passage.section:
                return True
            at = plain.text.find(word, at + 1)
    return False


# ---------------------------------------------------------------- fees


def fees(entry: Entry, context: Context) -> Iterator[Finding]:
    """一处说未收取费用，另一处写了收取的金额，自相矛盾；说未发出收费通知，表三却有“逾期未按收费通知要求缴纳费用”的，也矛盾；这两种话与
    tables.yaml“信息处理费”的数不符，也矛盾。都是错误。行政事业性收费等别的收费不在此列。
    改法：核对后改成一致。
    ---
    “No fee was charged” in one place and an amount above 0 in another contradict each other; so do “no fee notice” and
    requests closed in table 三 because a notice went unpaid; and either of them and the figures of 信息处理费 in
    tables.yaml."""
    yield from _no_notice(entry)
    yield from _denied(entry)
    none: list[tuple[Passage, re.Match[str]]] = []
    some: list[tuple[Passage, re.Match[str], Decimal]] = []
    known = lists().denials["no_fee"]
    for passage in entry.passages:
        text = passage.text
        if "费" not in text or passage.kind not in ("text", "table"):
            continue
        for found in known["amount"].finditer(text) if "元" in text else ():
            if not known["unless"].search(_clause(text, found)):
                some.append((passage, found, Decimal(found[1].replace(",", ""))))
    for passage in entry.passages if some else ():
        text = passage.text
        if "费" not in text or passage.kind not in ("text", "table"):
            continue
        for found in known["words"].finditer(text):
            if not known["unless"].search(_clause(text, found)):
                none.append((passage, found))
    for _, amount, value in some:
        for passage, found in none if value else ():
            message = Text(
                f"“{found[0]}”与“{amount[0]}”矛盾；请核对，改成一致", f"“{found[0]}” contradicts “{amount[0]}”; make them agree"
            )
            yield at_text(
                entry, passage, found.start(), "NAR-FEE", Level.ERROR, message, found[0][:40], f"0≠{amount[1]}{amount[2]}"
            )


def _no_notice(entry: Entry) -> Iterator[Finding]:
    known = lists().denials["no_fee"]
    for _, item in _above_zero(entry, "oth_unpaid"):
        for passage in entry.passages:
            for found in known["no_notice"].finditer(passage.text) if "收费通知" in passage.text else ():
                words = _Words(passage, found.start(), found.end(), "", "")
                number = item.printed
                yield _contradiction(
                    entry, words, "NAR-FEE", Level.ERROR, f"表三有{number}件因逾期未按收费通知缴费而不再处理",
                    f"table 三 closed {number} for an unpaid fee notice", item, f"0≠{number}",
                )  # fmt: skip


_DENIED = (("no_notice", "notices", "件", "收费通知"), ("words", "collected", "元", "费"))


def _denied(entry: Entry) -> Iterator[Finding]:
    """What denies a notice or a fee, where tables.yaml gives more than 0."""
    given, known = figures(entry), lists().denials["no_fee"]
    for kind, role, unit, hint in _DENIED:
        item = given.get(role)
        for passage in entry.passages if item and item.value > 0 else ():
            for found in known[kind].finditer(passage.text) if hint in passage.text and passage.section else ():
                before = passage.text[sentence_of(passage.text, found.start()) : found.end()]
                if item is None or known["unless"].search(_clause(passage.text, found)) or _other_year(entry, before):
                    continue
                words = found[0][:40]
                message = Text(
                    f"正文写“{words}”，而 tables.yaml 的信息处理费写的是{item.text}{unit}；请核对，改成一致",
                    f"the narrative says “{words}”, tables.yaml gives {item.text} {unit}; make them agree",
                )
                yield at_text(entry, passage, found.start(), "NAR-FEE", Level.ERROR, message, words, f"0≠{item.text}{unit}")


def _clause(text: str, found: re.Match[str]) -> str:
    """The clause up to the end of what was found."""
    return _CLAUSE_ENDS.split(text[max(0, found.start() - 40) : found.start()])[-1] + found[0]


RULES = (
    Rule("NAR-NOREQ", no_request), Rule("NAR-NOCASE", no_case), Rule("NAR-UPHELD", upheld),
    Rule("NAR-REV", silent), Rule("NAR-FEE", fees),
)  # fmt: skip
