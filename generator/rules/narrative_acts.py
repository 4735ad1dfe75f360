"""Compares what the narrative says of licences, penalties, coercion and administrative fees with 表二 (NAR-ACT)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, islice

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.late_pattern import LatePattern
from generator.narrative.numerals import plain
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.rules.narrative_claims import year_named
from generator.rules.narrative_columns import ANOTHER_YEAR, sentences
from generator.rules.narrative_tables import Extent, extent, with_cells
from generator.rules.rule import Rule, at_text
from generator.rules.text import some

_MOST = 20  # counts of one sentence that are looked at
_ROLES = {"行政许可": "license_decisions", "行政处罚": "penalty_decisions", "行政强制": "coercion_decisions"}
_WORDS = ("行政许可", "行政处罚", "行政强制", "行政事业性收费", "规范性文件")
_ACT = LatePattern(
    r"(?P<act>行政许可|行政处罚|行政强制)(?P<kind>(?:处理|的|措施|案件|事项)*(?P<sure>决定(?:书)?(?:数量|件数|总数|数)|处理决定|决定)?)"
    r"(?:总|数量|件数|共计|合计|共|为|是|有|达|：){0,4}(?P<count>[0-9]{1,9})(?P<unit>[件宗条项起份个])(?![以及]上)"
)
# before the act nothing but who did it, here the organ itself, when, and that it was done
_ONLY = LatePattern(
    r"(?>(?:[我本](?:街道|机关|单位|[省市县区镇乡局委办校院])|全[省市县区镇局年]|20[0-9]{2}年度?|本年度?|今年|年内|依法|累计|[总一]?共|作出|做出|实施|办理|下达|采取|产生|收取|收缴|征收|各类|了|的|其中|、|\s)*)$"
).match
_LONGEST = 40  # characters of a clause before the act
_DONE = re.compile("作出|做出|实施|下达|采取").search
# the acts of a field, or of others: the table counts all of the organ's own
_FIELD = LatePattern(
    "领域|系统|部门|大队|支队|中队|专项|行动|抽查|检查|双公示|公示|(?<![我本全])局|委员会|平台|网站|专栏|系列|抽检|案例|下属|涉企|涉及|罚款|街道"
).search
_FEES = LatePattern(
    r"行政事业性收费(?P<sure>(?:收入)?(?:总?金额|总?额)|收入)?(?:共计|合计|总计|共|为|是|达|：){0,2}(?P<count>[0-9]{1,12}(?:\.[0-9]{1,8})?)(?P<unit>[万亿]?元)"
)
_NONE = LatePattern(
    "(?:未|没有)(?:新)?(?:制发|制定|出台|作出|做出|实施)过?(?:任何|新的)?(?P<act>行政许可|行政处罚|行政强制|(?:行政)?规范性文件)(?:决定|措施|行为)?(?=[，。；、]|$)"
)
_FACTORS = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}


def acts(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文写的行政许可、行政处罚、行政强制的处理决定数量，行政事业性收费的金额，应等于表二的那一格（金额换算成万元，按写出的小数位比）。
    只查说的是本机关全部的：写“决定数量”的，“全年作出行政处罚决定N件”这样没有别的主语、领域的，而且与表中的数像是笔误的
    （数字颠倒、错一位、多一位少一位、相差不到5%，或差在万元与元）。说某一部门、某一领域、公示或抽查的不查。改法：核对后改正文或改表。
    错：（表二行政处罚86）全年作出行政处罚决定68件。
    对：全年作出行政处罚决定86件。
    写“未制发规范性文件”“未作出行政处罚”而表二不是0的，也查。
    ---
    Decisions on licences, penalties and coercion, and the amount of administrative fees, are the figures of table 二;
    amounts are converted to 万元 and compared to the decimals written. Checked where the count is of all the organ's
    decisions (决定数量), or looks like a slip of the table's figure: digits exchanged, one wrong, one more or less,
    within 5 %, 元 for 万元. Not compared: one field or department, publicity, inspections. Correct the narrative or the
    table. Denials (未制发规范性文件) are compared, too.
    Wrong where 行政处罚 is 86 in the table: 作出行政处罚决定68件."""
    return some(_acts(entry))


def _acts(entry: LoadedReport) -> Iterator[Finding]:
    for passage, sentence, _ in sentences(entry, _WORDS):
        text = sentence[0]
        if ANOTHER_YEAR.search(text) or year_named(text) not in (0, entry.report.year):
            continue
        yield from _denied(entry, passage, sentence)
        last = 0
        for match in islice(chain(_ACT.finditer(text), _FEES.finditer(text)), _MOST):
            clause = re.split("[，。；：（(]", text[last : match.start()])[-1]
            last = match.end() if match.re is _ACT.compiled else last
            if (
                len(clause) <= _LONGEST
                and _ONLY(clause)
                and not _FIELD(text[: match.start()])
                and not passage.is_bound(sentence.start() + match.start(), sentence.start() + match.end())
            ):
                yield from _compare(entry, passage, sentence.start(), match, clause)


def _compare(entry: LoadedReport, passage: Passage, start: int, match: re.Match[str], clause: str) -> Iterator[Finding]:
    fees = match.re is _FEES.compiled
    role = "fee_amount" if fees else _ROLES[match["act"]]
    known = extent(entry.report, (role,))
    if known is None or known.high is None:
        return
    written = Decimal(match["count"])
    value = written * (_FACTORS[match["unit"]] if fees else 1)
    rounding = Decimal("0.5").scaleb(-len(match["count"].partition(".")[2])) * _FACTORS[match["unit"]] if fees else 0
    if abs(value - known.high) <= rounding:
        return
    sure = match["sure"] is not None and (fees or "数" in match["sure"])
    if sure or ((fees or _DONE(clause) or match["sure"]) and _is_slip(written, known.high, value)):
        yield _differs(entry, passage, start + match.start(), match, known)


def _denied(entry: LoadedReport, passage: Passage, sentence: re.Match[str]) -> Iterator[Finding]:
    """Finds words that deny what the table counts."""
    match = _NONE.search(sentence[0]) if "未" in sentence[0] or "没有" in sentence[0] else None
    before = sentence[0][: match.start()] if match else ""
    if match and _ONLY(re.split("[，；：]", before)[-1]) and not _FIELD(before):
        known = extent(entry.report, (_ROLES.get(match["act"], "normdocs_made"),))
        if known and known.low:
            yield _contradicted(entry, passage, sentence.start() + match.start(), match[0], known)


def _contradicted(entry: LoadedReport, passage: Passage, at: int, words: str, known: Extent) -> Finding:
    sheet, index = known.cells[0]
    name = sheet.table.slots[index].name
    message = Message(
        f"正文写“{words}”，表中“{name}”是{known.printed}；请核对，改正文或改表",
        f"the narrative says “{words}”, the table gives {known.printed} for “{name}”; check both",
    )
    finding = at_text(entry, passage, at, "NAR-ACT", Level.WARNING, message, words, f"0≠{known.printed}")
    return with_cells(finding, entry.report, known.cells)


def _is_slip(written: Decimal, figure: Decimal, value: Decimal) -> bool:
    """Tells whether a number looks like another with digits exchanged, wrong, left out or doubled, or a wrong unit."""
    one, other = plain(written), plain(figure)
    if one == other:
        return True  # another unit
    if min(len(one), len(other)) < 2:
        return False
    if len(one) == len(other):
        wrong = sum(first != second for first, second in zip(one, other, strict=True))
        if wrong == 1 or sorted(one) == sorted(other):
            return True
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if len(longer) == len(shorter) + 1 and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))):
        return True
    return bool(figure) and abs(value - figure) * 20 <= figure


def _differs(entry: LoadedReport, passage: Passage, at: int, match: re.Match[str], known: Extent) -> Finding:
    sheet, index = known.cells[0]
    name, unit = sheet.table.slots[index].name, "万元" if match.re is _FEES.compiled else ""
    message = Message(
        f"正文写“{match[0]}”，表中“{name}”是{known.printed}{unit}；请核对，改正文或改表",
        f"the narrative says “{match[0]}”, the table gives {known.printed}{unit} for “{name}”; check both",
    )
    values = f"{match['count']}{match['unit'] if unit else ''}≠{known.printed}{unit}"
    finding = at_text(entry, passage, at, "NAR-ACT", Level.WARNING, message, match[0], values)
    return with_cells(finding, entry.report, known.cells)


RULES = (Rule("NAR-ACT", acts, probation=True),)
