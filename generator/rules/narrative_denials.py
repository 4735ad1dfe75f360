"""Compares what the narrative denies with the tables (NAR-NOREQ, NAR-NOCASE, NAR-UPHELD, NAR-REV, NAR-FEE)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.numerals import plain
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.rules.fees import given
from generator.rules.figures import figure
from generator.rules.narrative_claims import clause_of, passage_claims, sentence_of, year_named
from generator.rules.narrative_tables import CellAt, Extent, cell_of, extent, with_cells
from generator.rules.rule import Rule, at_line, at_text
from generator.wordlists.figure_patterns import shipped_patterns


class _Denial(NamedTuple):
    """Holds words that deny something, and what stands before them in their sentence."""

    passage: Passage
    start: int
    end: int
    before: str

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def quote(self) -> str:
        return self.text[:40].rstrip()


def _denials(entry: LoadedReport, key: str, kind: str = "words") -> Iterator[_Denial]:
    """Finds the words of one kind of denial that speak of this year."""
    patterns = entry.patterns.denials[key]
    hints = [character for character in entry.patterns.hints[key + "." + kind] if character in entry.plain.text]
    if not hints:
        return
    for item in passage_claims(entry):
        text = item.passage.text
        for character in hints:
            if character in text:
                break
        else:
            continue
        for match in patterns[kind].finditer(text):
            before = text[sentence_of(text, match.start()) : match.start()]
            behind = text[match.end() : match.end() + 100].partition("。")[0]
            clause = clause_of(text, *match.span(), 20)
            if "unless" in patterns and patterns["unless"].search(clause):
                continue
            if not patterns["about"].search(before + match[0] + behind) and not patterns["about"].search(item.heading):
                continue
            if year_named(before + match[0]) in (0, entry.report.year):
                yield _Denial(item.passage, match.start(), match.end(), before)


def _contradiction(
    entry: LoadedReport, words: _Denial, rule: str, level: Level, zh: str, en: str, cells: Sequence[CellAt], values: str
) -> Finding:
    message = Message(
        f"正文写“{words.quote}”，而{zh}；请核对，改正文或改表",
        f"the narrative says “{words.quote}”, but {en}; check both",
    )
    finding = at_text(entry, words.passage, words.start, rule, level, message, words.quote, values)
    return with_cells(finding, entry.report, cells)


def _above_zero(entry: LoadedReport, *roles: str) -> Iterator[tuple[str, Extent]]:
    """Yields the roles whose figure is certainly above 0; a blank alone proves nothing."""
    for role in roles:
        total = extent(entry.report, (role,)) if figure(entry.report, role) != 0 else None
        if total is not None and total.low > 0:
            yield role, total


def no_request(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文说未收到政府信息公开申请，表三本年新收就应是0。二者矛盾，必有一处是错的，所以是错误。
    依据：《政府信息公开条例》第五十条第（二）项。改法：核对收件登记，改正文或改表三。
    ---
    “No applications received” contradicts a 本年新收 above 0: one of the two is wrong (Regulations, article 50 (2))."""
    for words in _denials(entry, "no_request"):
        for _, total in _above_zero(entry, "received"):
            number = total.printed
            zh, en, values = f"表三本年新收是{number}", f"table 三 received {number}", f"0≠{number}"
            yield _contradiction(entry, words, "NAR-NOREQ", Level.ERROR, zh, en, total.cells, values)


# of the cells that tell an outcome, those of each kind of case
_CASES = {"review": slice(0, 1), "suits": slice(1, None)}


def no_case(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文说未发生行政复议（行政诉讼），表四相应的总计就应是0；说没有被纠正、败诉，结果纠正就应是0。二者矛盾是错误。
    依据：《政府信息公开条例》第五十条第（三）项。改法：核对案件台账，改正文或改表四。
    ---
    “No administrative review (no lawsuit)” contradicts a total above 0 in table 四; “none corrected, none lost”
    contradicts 结果纠正 above 0 (Regulations, article 50 (3))."""
    patterns = entry.patterns.denials["no_case"]
    for words in _denials(entry, "no_case"):
        kinds = [kind for kind in _CASES if patterns[kind].search(words.text)]
        if patterns["outcome"].search(words.text):
            yield from _ended(entry, words, kinds, ("corrected",), "NAR-NOCASE", Level.ERROR)
            continue
        for role, total in _above_zero(entry, *(f"{kind}_total" for kind in kinds)):
            name_zh, name_en = shipped_patterns().roles[role]
            number = total.printed
            zh, en, values = f"表四{name_zh}是{number}", f"table 四 has {number} {name_en}", f"0≠{number}"
            yield _contradiction(entry, words, "NAR-NOCASE", Level.ERROR, zh, en, total.cells, values)


_OUTCOMES = {
    "corrected": ("结果纠正", "corrected"),
    "pending": ("尚未审结", "pending"),
    "other_outcomes": ("其他结果", "other outcomes"),
}


def _ended(
    entry: LoadedReport, words: _Denial, kinds: Sequence[str], roles: Sequence[str], rule: str, level: Level
) -> Iterator[Finding]:
    """Makes one finding when cases of some kinds certainly ended, or stand, otherwise than the words say."""
    names = [(role, name) for role in roles for kind in kinds for name in entry.report.form.role(role)[_CASES[kind]]]
    outcomes = [(role, name, cell) for role, name in names if (cell := cell_of(entry.report, name)) is not None]
    above = [
        (role, name, plain(value), (sheet, index))
        for role, name, (sheet, index) in outcomes
        if isinstance(value := sheet.values[index], Decimal) and value
    ]
    if above:
        zh = "，".join(f"{name}是{value}" for _, name, value, _ in above)
        en = ", ".join(f"{value} {_OUTCOMES[role][1]}" for role, _, value, _ in above)
        values = ";".join(f"{_OUTCOMES[role][0]}{value}" for role, _, value, _ in above)
        cells = [cell for *_, cell in above]
        yield _contradiction(entry, words, rule, level, zh, f"table 四 has {en}", cells, values)


def upheld(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文说复议、诉讼“均获维持”，表四的结果纠正、其他结果、尚未审结就应都是0；
    说“均已审结”，尚未审结应是0；说“零败诉”，诉讼的结果纠正应是0。
    例：“诉讼9件，均获维持”，表四结果维持8、尚未审结1：有1件还没有结果。
    “均获维持”“零败诉”与表矛盾是错误，“均已审结”是警告（可能在次年审结）。
    改法：照表四改写，如“结果维持8件，尚未审结1件”。
    ---
    “All upheld” contradicts corrected, other or pending cases in table 四; “all closed” contradicts pending ones
    (a warning: they may have closed since); “none lost” contradicts corrected lawsuits."""
    for words in _denials(entry, "upheld"):
        yield from _ended(entry, *_of_cases(entry, words), tuple(_OUTCOMES), "NAR-UPHELD", Level.ERROR)
    for words in _denials(entry, "upheld", "closed"):
        yield from _ended(entry, *_of_cases(entry, words), ("pending",), "NAR-UPHELD", Level.WARNING)
    for words in _denials(entry, "upheld", "unbeaten"):
        yield from _ended(entry, words, ("suits",), ("corrected",), "NAR-UPHELD", Level.ERROR)


def _of_cases(entry: LoadedReport, words: _Denial) -> tuple[_Denial, list[str]]:
    """Extends the words back to the last kind of case named before them, and returns every kind that 均 speaks of:
    those named in the sentence since the last outcome."""
    patterns = entry.patterns.denials["upheld"]
    since = patterns["done"].split(words.before)[-1]
    kinds = [kind for kind in _CASES if patterns[kind].search(since)]
    far = min((len(since) - named.start() for kind in kinds for named in patterns[kind].finditer(since)), default=0)
    return words._replace(start=words.start - far if far <= 30 else words.start), kinds


def silent(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """表四有行政复议、行政诉讼，正文却一字不提：提示在总体情况里说明一句，读者才知道是怎么回事。
    依据：《政府信息公开条例》第五十条第（三）项。例：表四复议1件、诉讼16件，正文没有“复议”“诉讼”。
    ---
    Table 四 has cases that the narrative never mentions: a note to add a sentence on them (Regulations, article 50
    (3))."""
    above = list(_above_zero(entry, "review_total", "suits_total"))
    if not above or _mentions_cases(entry):
        return
    names = shipped_patterns().roles
    zh = "，".join(f"{names[role][0]}{total.printed}" for role, total in above)
    en = ", ".join(f"{total.printed} {names[role][1]}" for role, total in above)
    message = Message(
        f"表四：{zh}，正文没有说明；建议在总体情况中说明", f"table 四 has {en}; the narrative never mentions them"
    )
    line = entry.prose.sections[0].line if entry.prose.sections else 1
    values = ";".join(total.printed for _, total in above)
    yield at_line(entry, "report.md", line, 1, "NAR-REV", Level.NOTE, message, "复议诉讼", values)


def _mentions_cases(entry: LoadedReport) -> bool:
    """Tells whether 诉讼 or 复议 stands in the text of a section."""
    texts = (passage.text for passage in entry.passages if passage.kind == "text" and passage.section)
    return any("诉讼" in text or "复议" in text for text in texts)


# ---------------------------------------------------------------- fees


def fees(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """一处说未收取费用，另一处写了收取的金额，自相矛盾；
    说未发出收费通知，表三却有“逾期未按收费通知要求缴纳费用”的，也矛盾；
    这两种话与 tables.yaml“信息处理费”的数不符，也矛盾。都是错误。行政事业性收费等别的收费不在此列。
    改法：核对后改成一致。
    ---
    “No fee was charged” in one place contradicts an amount above 0 in another; “no fee notice” contradicts requests
    closed in table 三 because a notice went unpaid; both must agree with the figures of 信息处理费 in tables.yaml."""
    yield from _no_notice(entry)
    yield from _denied(entry)
    amount = next((match for _, match in _of_fees(entry, "amount") if Decimal(match[1].replace(",", ""))), None)
    if amount is None:
        return
    for passage, match in _of_fees(entry, "words"):
        message = Message(
            f"“{match[0]}”与“{amount[0]}”矛盾；请核对，改成一致",
            f"“{match[0]}” contradicts “{amount[0]}”; make them agree",
        )
        values = f"0≠{amount[1]}{amount[2]}"
        yield at_text(entry, passage, match.start(), "NAR-FEE", Level.ERROR, message, match[0], values)


def _of_fees(entry: LoadedReport, kind: str) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Finds words about this year's fees for information, and about no others."""
    patterns = entry.patterns.denials["no_fee"]
    for passage in entry.passages:
        text = passage.text
        for match in patterns[kind].finditer(text) if "费" in text else ():
            year = year_named(text[sentence_of(text, match.start()) : match.end()])
            if year in (0, entry.report.year) and not patterns["unless"].search(clause_of(text, *match.span())):
                yield passage, match


def _no_notice(entry: LoadedReport) -> Iterator[Finding]:
    for _, total in _above_zero(entry, "oth_unpaid"):
        number = total.printed
        zh, en = (
            f"表三有{number}件因逾期未按收费通知缴费而不再处理",
            f"table 三 closed {number} for an unpaid fee notice",
        )
        for passage, match in _of_fees(entry, "no_notice"):
            words = _Denial(passage, match.start(), match.end(), "")
            yield _contradiction(entry, words, "NAR-FEE", Level.ERROR, zh, en, total.cells, f"0≠{number}")


_DENIED = (("no_notice", "notices", "件"), ("words", "collected", "元"))


def _denied(entry: LoadedReport) -> Iterator[Finding]:
    """Finds words that deny a notice or a fee, where tables.yaml gives more than 0."""
    figures = given(entry)
    for kind, role, unit in _DENIED:
        item = figures.get(role)
        if item is None or not item.value:
            continue
        for passage, match in _of_fees(entry, kind):
            words, values = match[0], f"0≠{item.text}{unit}"
            message = Message(
                f"正文写“{words}”，而 tables.yaml 的信息处理费写的是{item.text}{unit}；请核对，改成一致",
                f"the narrative says “{words}”, tables.yaml gives {item.text} {unit}; make them agree",
            )
            yield at_text(entry, passage, match.start(), "NAR-FEE", Level.ERROR, message, words, values)


RULES = (
    Rule("NAR-NOREQ", no_request),
    Rule("NAR-NOCASE", no_case),
    Rule("NAR-UPHELD", upheld),
    Rule("NAR-REV", silent),
    Rule("NAR-FEE", fees),
)
