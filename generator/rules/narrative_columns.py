"""Compares counts of the narrative with single columns of the tables: requests by kind of applicant with 表三
(NAR-WHO), reviews and lawsuits by result with 表四 (NAR-RESULT)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.late_pattern import LatePattern
from generator.narrative.numerals import plain
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.report.model import Report
from generator.rules.narrative_claims import year_named
from generator.rules.narrative_shares import near
from generator.rules.narrative_tables import CellAt, cell_of, with_cells
from generator.rules.rule import Rule, at_text
from generator.rules.text import LONGEST_LINE, some

_SENTENCE = re.compile("[^。\n]+")
_MOST = 40  # counts of one sentence that are looked at
_ABOUT = re.compile("信息公开|政务公开|依申请").search
ANOTHER_YEAR = re.compile("上年(?!结转)|去年|上一年(?!度?结转)|历年|累计|以来|同期|[一二三四]季度|[上下]半年|[0-9]月")


class Column(NamedTuple):
    """Holds what a count may be: the sums of cells that it is compared with, named by their columns."""

    name: str
    sums: tuple[tuple[str, ...], ...]


def cell_sums(report: Report, sums: Sequence[Sequence[str]]) -> tuple[list[Decimal], list[CellAt]]:
    """Returns each sum whose cells are all figures, and the cells of the first; nothing where one of them is not."""
    values: list[Decimal] = []
    first: list[CellAt] = []
    for names in sums:
        cells = [cell for name in names if name in report.form.by_name and (cell := cell_of(report, name)) is not None]
        parts = [sheet.values[index] for sheet, index in cells]
        figures = [part for part in parts if isinstance(part, Decimal)]
        if len(figures) != len(names):
            return [], []
        values.append(sum(figures, Decimal(0)))
        first = first or cells
    return values, first


def sentences(entry: LoadedReport, words: Sequence[str]) -> Iterator[tuple[Passage, re.Match[str], str]]:
    """Yields the sentences of sections that hold one of some words, each with its heading."""
    heading, everything = "", entry.plain.text
    words = [word for word in words if word in everything]
    for passage in entry.passages if words else ():
        if passage.kind not in ("text", "table"):
            heading = passage.text
        elif passage.section and passage.kind == "text":
            for word in words:
                if word in passage.text:
                    break
            else:
                continue
            for sentence in _SENTENCE.finditer(passage.text) if len(passage.text) < LONGEST_LINE else ():
                if any(word in sentence[0] for word in words):
                    yield passage, sentence, heading


def differs(
    entry: LoadedReport, passage: Passage, at: int, quote: str, rule: str, column: Column, written: str, right: str
) -> Finding:
    _, cells = cell_sums(entry.report, column.sums)
    message = Message(
        f"正文写“{quote}”，表中“{column.name}”是{right}；请核对，改正文或改表",
        f"the narrative says “{quote}”, the table gives {right} for “{column.name}”; check both",
    )
    finding = at_text(entry, passage, at, rule, Level.WARNING, message, quote, f"{written}≠{right}")
    return with_cells(finding, entry.report, cells)


# ---------------------------------------------------------------- who applied

_OTHERS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_WHO = {
    "自然人": ("自然人",),
    "公民": ("自然人",),
    "商业企业": ("商业企业",),
    "科研机构": ("科研机构",),
    "社会公益组织": ("社会公益组织",),
    "法律服务机构": ("法律服务机构",),
    "法人": _OTHERS,
}
_APPLICANTS = ("自然人", "公民", "商业企业", "科研机构", "社会公益", "法律服务机构", "法人")
_APPLICANT = LatePattern(
    r"(?<![、和与及或])(?P<who>自然人|公民(?!、)|商业企业|科研机构|社会公益(?:组织|机构)|法律服务机构|法人(?:和|或|或者|以及|及|与|、)?其他组织)"
    r"(?:申请人|提出的?|提交的?|申请的?|政府信息公开|信息公开|公开|类|数量|件数|[的为有是共：:])*"
    r"(?:(?P<count>[0-9]{1,7})(?:件|份|宗|条)(?![以及]上))?"
    r"[，,（(]?(?:约?占(?:总数的?|全部申请的?|申请总[数量]的?|总申请[数量]的?|比)?为?(?P<share>[0-9]{1,3}(?:\.[0-9]{1,4})?)[%％])?"
)
_NO_REQUEST = re.compile(
    "复议|诉讼|起诉|咨询|投诉|举报|建议|提案|许可|热线|留言|信访|网[络上]|信[函件]|当面|现场|邮件|公开[0-9]|答复|办结|不予|部分公开|予以公开"
    "|无法提供|结转|撤回|补正|逾期|延期|主动公开|[、和与及或]自然人"
).search
_ROWS = ("表三.本年新收", "表三.上年结转", "表三.总计")


def applicants(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文按申请人写的件数和占比（自然人申请20件、法人或其他组织2件、自然人占90.9%），应等于表三本年新收（连同结转、或总计亦可）的那一列；
    “法人或其他组织”是自然人以外各列之和。说复议、诉讼、办理结果、申请渠道或别的年度的不查；有空白格的不查。改法：核对后改正文或改表。
    错：（表三自然人18件）收到政府信息公开申请22件，其中自然人申请20件。
    对：收到政府信息公开申请22件，其中自然人申请18件。
    ---
    Requests counted by kind of applicant, and their shares, are the figure of that column of table 三: newly received,
    with those carried in, or handled; 法人或其他组织 is all columns but 自然人. Not compared: reviews, results,
    channels, other years, blanks. Correct the narrative or the table.
    Wrong where 自然人 is 18 in the table: 自然人申请20件."""
    return some(_applicants(entry))


def _applicants(entry: LoadedReport) -> Iterator[Finding]:
    for passage, sentence, heading in sentences(entry, _APPLICANTS):
        text = sentence[0]
        if "申请" not in text or not (_ABOUT(text) or _ABOUT(heading)):
            continue
        for match in islice(_APPLICANT.finditer(text), _MOST):
            before = text[: match.start()]
            if (match["count"] or match["share"]) and not (
                _NO_REQUEST(before + match[0])
                or ANOTHER_YEAR.search(before)
                or year_named(before) not in (0, entry.report.year)
                or passage.is_bound(sentence.start() + match.start(), sentence.start() + match.end())
            ):
                yield from _compare(entry, passage, sentence.start(), match)


def _compare(entry: LoadedReport, passage: Passage, start: int, match: re.Match[str]) -> Iterator[Finding]:
    who = (
        "法人" if match["who"].startswith("法人") else match["who"].replace("机构", "组织", match["who"][:2] == "社会")
    )
    columns = _WHO[who]
    column = Column(f"本年新收 {' + '.join(columns)}", _by_row(columns))
    values, _ = cell_sums(entry.report, column.sums)
    if not values:
        return
    quote, at = match[0].rstrip("，,（("), start + match.start()
    if match["count"] and Decimal(match["count"]) not in values:
        yield differs(entry, passage, at, quote, "NAR-WHO", column, match["count"], plain(values[0]))
        return
    totals, _ = cell_sums(entry.report, _by_row(("总计",)))
    rates = [value * 100 / total for value, total in zip(values, totals, strict=False) if total]
    if match["share"] and rates and not any(near(match["share"], rate) for rate in rates):
        right = f"{rates[0]:.2f}%"
        yield differs(entry, passage, at, quote, "NAR-WHO", column, f"{match['share']}%", right)


def _by_row(columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    received, carried, handled = (tuple(f"{row}.{column}" for column in columns) for row in _ROWS)
    return received, (*received, *carried), handled


# ---------------------------------------------------------------- results of reviews and lawsuits

_CASES = ("行政复议", "未经复议直接起诉", "复议后起诉")
_MATTER = re.compile("(未经(?:行政)?复议直接(?:起诉|提起)|复议后起诉)|(复议)(?!机关|机构|决定)|(诉讼|起诉)")
_OUTCOME = LatePattern(
    r"(?P<what>(?:结果)?维持(?:原行政行为)?|(?:结果|被)?纠正|(?<!复议)纠错|其他结果|(?:尚未|未)审结)(?:的|案件|共|有|为|了|：|:)*(?P<count>[0-9]{1,6})[件起宗例]"
)
_OUTCOMES = {"维持": "结果维持", "纠正": "结果纠正", "纠错": "结果纠正", "其他": "其他结果", "审结": "尚未审结"}


def results(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文写的行政复议、行政诉讼的结果（维持2件、纠正1件、尚未审结1件），应等于表四的那一格；
    “诉讼”可以是未经复议直接起诉的、复议后起诉的或二者之和。说别的年度、一审二审的不查；有空白格的不查。改法：核对后改正文或改表。
    错：（表四行政复议结果维持1件）因政府信息公开引发行政复议2件，其中维持2件。
    对：因政府信息公开引发行政复议2件，其中维持1件，尚未审结1件。
    ---
    Results of administrative reviews and lawsuits named in the narrative are the figures of table 四; 诉讼 may be those
    without review, after review, or both. Other years, instances (一审) and blanks are not compared.
    Correct the narrative or the table. Wrong where 结果维持 is 1: 行政复议2件，其中维持2件."""
    return some(_results(entry))


def _results(entry: LoadedReport) -> Iterator[Finding]:
    for passage, sentence, heading in sentences(entry, ("复议", "诉讼")):
        text = sentence[0]
        if not (_ABOUT(text) or _ABOUT(heading)) or "审" in text.replace("审结", "") or ANOTHER_YEAR.search(text):
            continue
        if year_named(text) not in (0, entry.report.year):
            continue
        for match in islice(_OUTCOME.finditer(text), _MOST):
            kinds = _kinds_before(text, match.start())
            if not kinds or passage.is_bound(sentence.start() + match.start(), sentence.start() + match.end()):
                continue
            outcome = next(name for word, name in _OUTCOMES.items() if word in match["what"])
            cells = [f"表四.{kind}.{outcome}" for kind in kinds]
            sums = ((cells[0],),) if len(cells) == 1 else (tuple(cells), *((cell,) for cell in cells))
            values, _ = cell_sums(entry.report, sums)
            if values and Decimal(match["count"]) not in values:
                column = Column(f"{' + '.join(kinds)} {outcome}", sums)
                at = sentence.start() + match.start()
                yield differs(entry, passage, at, match[0], "NAR-RESULT", column, match["count"], plain(values[0]))


def _kinds_before(text: str, at: int) -> tuple[str, ...]:
    """Returns the kinds of case that the last words before a count speak of; none where both are named together."""
    last = None
    for match in islice(_MATTER.finditer(text, 0, at), _MOST):
        if (
            last is not None
            and not last[1]
            and not match[1]
            and not re.search(r"[0-9。；]", text[last.end() : match.start()])
        ):
            last = None if last[0] != match[0] else match  # 行政复议、行政诉讼案件：维持3件
            if last is None:
                return ()
        last = match
    if last is None:
        return ()
    if last[1]:
        return ("复议后起诉",) if last[1].startswith("复议后") else ("未经复议直接起诉",)
    return ("行政复议",) if last[2] else ("未经复议直接起诉", "复议后起诉")


RULES = (Rule("NAR-WHO", applicants, probation=True), Rule("NAR-RESULT", results, probation=True))
