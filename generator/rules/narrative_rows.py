"""Compares counts that name one row of the results with that row of 表三 (NAR-ROW)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from generator.collection.context import Context
from generator.finding import Finding
from generator.narrative.late_pattern import LatePattern
from generator.narrative.numerals import plain
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.rules.narrative_claims import passage_claims, year_named
from generator.rules.narrative_columns import ANOTHER_YEAR, Column, cell_sums, differs
from generator.rules.rule import Rule
from generator.rules.text import some

_MOST = 40  # counts of one sentence that are looked at
# how a narrative calls a row of the results → the row
_ROWS = {
    "国家秘密": "属于国家秘密",
    "禁止公开": "其他法律行政法规禁止公开",
    "一稳定": "危及三安全一稳定",
    "合法权益": "保护第三方合法权益",
    "内部事务": "属于三类内部事务信息",
    "过程性": "属于四类过程性信息",
    "执法案卷": "属于行政执法案卷",
    "查询事项": "属于行政查询事项",
    "不掌握": "本机关不掌握",
    "没有现成": "没有现成信息",
    "不明确": "补正后仍不明确",
    "投诉类申请": "信访举报投诉类申请",
    "重复申请": "重复申请",
    "出版物": "要求提供公开出版物",
    "反复申请": "无正当理由大量反复申请",
    "重新出具": "要求确认或重新出具",
    "逾期不补正": "逾期不补正",
}
_NAMED = LatePattern(
    f"(?P<row>{'|'.join(_ROWS)})(?:已获取|相关|政府|信息|申请|需要|另行|制作|不予公开|无法提供|不予处理|不再|处理|情形|决定|答复|类|共|计|有|为|的|[、”：:])*"
    "(?P<count>[0-9]{1,6})(?:件|条|份|宗|项|例)(?![以及]上)"
)
_ROW = LatePattern("|".join(_ROWS))
_JOINED = re.compile("等[^，。；]{0,12}$|[0-9](?:件|条|份|宗|项|例)?(?:涉及|[、和与及或])$").search
_PART = LatePattern("自然人|企业|公民|法人|复议|诉讼|起诉|网络|当面|信函|投诉举报|热线|审查|排查|保密检查").search


def rows(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文按办理结果的某一小类写的件数（重复申请1件、属于行政执法案卷2件、本机关不掌握12件），应等于表三那一行的总计。
    同一分句说到两小类、“等”，说申请人、渠道、复议诉讼或别的年度的不查；空白格不查。改法：核对后改正文或改表。
    错：（表三重复申请1件）重复申请不予处理2件。
    对：重复申请不予处理1件。
    ---
    A count that names one row of the results (重复申请, 属于行政执法案卷) is the total of that row in table 三. Not
    compared: two rows together, 等, applicants, channels, reviews, other years, blanks. Correct the narrative or the
    table.
    Wrong where 重复申请 is 1 in the table: 重复申请不予处理2件."""
    return some(_rows(entry))


def _rows(entry: LoadedReport) -> Iterator[Finding]:
    for item in passage_claims(entry):
        unbound = not all(count.bound for count in item.counts)
        if unbound and ("申请" in item.heading or "申请" in item.passage.text):
            for sentence in re.finditer("[^。]+", item.passage.text):
                yield from _of_sentence(entry, item.passage, sentence)


def _of_sentence(entry: LoadedReport, passage: Passage, sentence: re.Match[str]) -> Iterator[Finding]:
    text, start, last = sentence[0], sentence.start(), 0
    for match in islice(_NAMED.finditer(text), _MOST):
        clause = re.split("[，；（(]", text[last : match.start()])[-1]
        last = match.end()
        if _joined(clause, match) or passage.is_bound(start + match.start(), start + match.end()):
            continue
        before = text[: match.start()]
        if _PART(before) or ANOTHER_YEAR.search(before) or year_named(before) not in (0, entry.report.year):
            continue
        row = _ROWS[match["row"]]
        column = Column(f"{row} 总计", ((f"表三.{row}.总计",),))
        known, _ = cell_sums(entry.report, column.sums)
        if known and Decimal(match["count"]) not in known:
            quote = clause[-10:] + match[0]
            at = start + match.end() - len(quote)
            yield differs(entry, passage, at, quote, "NAR-ROW", column, match["count"], plain(known[0]))


def _joined(clause: str, match: re.Match[str]) -> bool:
    """Tells whether a count may be of more than the one row: two rows named, or 等."""
    return bool(_ROW.search(clause) or _ROW.search(match[0], len(match["row"])) or _JOINED(clause))


RULES = (Rule("NAR-ROW", rows, probation=True),)
