"""Compares the counts of the narrative with the figures they speak of (NAR-NEW, NAR-OPEN and others)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.numerals import plain
from generator.report import placeholders
from generator.report.entry import LoadedReport
from generator.report.figure import Slip
from generator.rules.narrative_claims import Claim, claims_by_rule, passage_claims
from generator.rules.narrative_tables import Extent, extent, named, part_of, phrase, with_cells
from generator.rules.rule import Rule, at_text, documented
from generator.wordlists.figure_patterns import Roles

Reading = tuple[Roles, Extent]


def readings(entry: LoadedReport, claim: Claim) -> list[Reading]:
    """Returns each sum a claim may speak of, with its value in the tables; sums the form does not know are left out."""
    sums = ((roles, extent(entry.report, roles)) for roles in claim.readings)
    return [(roles, total) for roles, total in sums if total is not None]


def agrees(claim: Claim, known: list[Reading]) -> bool:
    """Tells whether any reading holds, or a blank leaves it open, or there is none to compare with."""
    return not known or any(total.allows(claim.value, claim.at_most) for _, total in known)


def settled(entry: LoadedReport, claim: Claim, known: list[Reading]) -> Roles | None:
    """Returns the reading that is exactly the number and so explains it, None where none is."""
    return next((roles for roles, total in known if total.high == claim.value), None)


def _mismatch(entry: LoadedReport, claim: Claim, known: list[Reading]) -> Finding:
    roles, total = known[0]
    message = Message(
        f"正文写“{claim.quote}”，{_table_zh(claim, known)}。请核对，改正文或改表",
        f"the narrative says “{claim.quote}”, {_table_en(claim, roles, total)}; check both",
    )
    key = phrase(entry.report.form, roles)
    if not isinstance(placeholders.show(key, entry.report, entry.previous), Slip):
        placeholder = f"{{{{{key}}}}}"
        message = Message(
            f"{message.zh}；正文写成{placeholder}就不会再不一致", f"{message.en}, or bind it: {placeholder}"
        )
    values = f"{plain(claim.value)}≠{total.printed}"
    finding = at_text(entry, claim.passage, claim.at, claim.rule, Level.WARNING, message, claim.quote, values)
    return with_cells(finding, entry.report, total.cells)


def _table_zh(claim: Claim, known: list[Reading]) -> str:
    """Says in Chinese what the tables give for a claim that they contradict."""
    roles, total = known[0]
    least, blanks = ("至少", "，表中空白格未计") if total.high is None else ("", "")
    parts = f"（{' + '.join(total.parts)}）" if len(total.parts) > 1 else ""
    others = "".join(f"，{named(other)[0]}是{value.printed}" for other, value in known[1:])
    part = part_of(total, claim.value)
    source = f"；{plain(claim.value)}只是其中的“{part}”" if part else ""
    return f"表中{named(roles)[0]}{least}是{total.printed}{parts}{blanks}{others}{source}"


def _table_en(claim: Claim, roles: Roles, total: Extent) -> str:
    least, blanks = ("at least ", ", blank cells not counted") if total.high is None else ("", "")
    part = part_of(total, claim.value)
    source = f"; “{part}” alone has that value" if part else ""
    return f"the table gives {named(roles)[1]} {least}{total.printed}{blanks}{source}"


def _check(rule: str) -> Callable[[LoadedReport, Context], Iterable[Finding]]:
    def check(entry: LoadedReport, context: Context) -> Iterable[Finding]:
        return [finding for claims in claims_by_rule(entry).get(rule, ()) for finding in _wrong(entry, claims)]

    return check


def _wrong(entry: LoadedReport, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Finds the claims of one rule in one passage that the tables contradict; a smaller count of the same kind behind
    one that fits, in the same sentence, counts a part of it."""
    fitting: dict[tuple[int, tuple[Roles, ...]], Decimal] = {}
    for claim in claims:
        if claim.year not in (0, entry.report.year):
            continue
        known, kind = readings(entry, claim), (claim.sentence, claim.readings)
        if agrees(claim, known):
            fitting.setdefault(kind, claim.value)
        elif not claim.bound and (kind not in fitting or claim.value > fitting[kind]):
            yield _mismatch(entry, claim, known)


def _rule(rule: str, doc: str) -> Rule:
    return documented(rule, _check(rule), doc, among=claims_by_rule)


def year(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """句中写的年份不是报告年度，数却正是本年表中的数：多半是照抄上年文字时年份没有改。
    例：2021年度的报告写“2020年共收到申请22件”，而22是2021年表三的数。
    上年报告的同一数也是22时不报；上年报告不在时，10以下的数可能是巧合，也不报。
    改法：改年份；确是上年的数时，改数。
    ---
    A sentence gives another year, yet its number is this year's figure: most likely last year's text with the year
    left unchanged. Silent where last year's report has the same figure."""
    before = context.previous
    for item in passage_claims(entry):
        for claim in item.claims:
            if claim.year in (0, entry.report.year) or not claim.value:
                continue
            known = readings(entry, claim)
            if settled(entry, claim, known) is None:
                continue
            then = readings(before, claim) if before and claim.year == before.report.year else []
            if agrees(claim, then) if then else claim.value < 10:
                continue
            quote, written = claim.quote, str(claim.year)
            message = Message(
                f"“{quote}”所在的句子写的是{written}年，数却是{entry.report.year}年表中的数；请核对年份",
                f"the sentence of “{quote}” says {written}, but the number is in the table of {entry.report.year}; "
                "check the year",
            )
            yield at_text(entry, item.passage, claim.at, "NAR-YEAR", Level.WARNING, message, quote, written)


RULES = (
    _rule(
        "NAR-NEW",
        """正文中收到（受理、接收）申请的件数，应等于表三本年新收；
等于“本年新收 + 上年结转”或“办理总计 + 结转下年度”也算对得上（说的是连同结转在内的件数）。
依据：《政府信息公开条例》第五十条第（二）项；年度报告格式表三。
错：表三本年新收22、上年结转1，正文“收到申请25件”。
对：正文“收到申请22件”，或“连同上年结转共受理申请23件”。
空白格不当作0，无法判断时不报；约数（近20件、20余件）不作比较。
改法：核对后改正文或改表；引用{{表三.本年新收.总计}}就不会再不一致。
---
Applications received in the narrative = 本年新收 of table 三, or that plus 上年结转, or 总计 plus 结转下年度.
A blank operand is never read as 0; approximate numbers (近20件, 20余件) are not compared (Regulations, article 50
(2)). Wrong where 22 were received and 1 carried in: 收到申请25件. Right: 收到申请22件.""",
    ),
    _rule(
        "NAR-CARRYIN",
        """正文中上年结转的件数，应等于表三“二、上年结转政府信息公开申请数量”总计。
改法：核对后改正文或改表。
---
Applications carried over from last year in the narrative = table 三, row 二.""",
    ),
    _rule(
        "NAR-CARRYOUT",
        """正文中结转下年度继续办理的件数，应等于表三“四、结转下年度继续办理”总计。
改法：核对后改正文或改表。
---
Applications carried over into next year in the narrative = table 三, row 四.""",
    ),
    _rule(
        "NAR-DONE",
        """正文中申请的办结、答复件数，应等于表三（七）总计；写“按时答复”的，不超过它即可。12345热线、建议提案、信访等的办结数不在此列。
改法：核对后改正文或改表。
---
Applications answered in the narrative = （七）总计 of table 三; answered in time: at most that. Hotline calls,
proposals and petitions are not applications.""",
    ),
    _rule(
        "NAR-OPEN",
        """正文中予以公开的件数应等于表三（一）；连写的（“予以公开及部分公开258件”）应等于各项之和。
例：表三予以公开272、部分公开3，正文258，报“258≠275”。总计格空白时，以该行已填各格之和为下限，低于下限才报。
改法：核对后改正文或改表；可引用{{表三.予以公开.总计 + 表三.部分公开.总计}}。
---
Disclosed in the narrative = row （一） of table 三; joined phrases = the sum of their rows. Where the total is blank,
the cells filled in are a lower bound, and only a smaller number is reported.""",
    ),
    _rule(
        "NAR-PART",
        """正文中部分公开的件数，应等于表三（二）部分公开总计。
---
Partly disclosed in the narrative = row （二） of table 三.""",
    ),
    _rule(
        "NAR-DENY",
        """正文中不予公开的件数，应等于表三（三）各行总计之和。
---
Denied in the narrative = the rows under （三） of table 三.""",
    ),
    _rule(
        "NAR-NONE",
        """正文中无法提供的件数，应等于表三（四）各行总计之和；正文若只是其中一行的数，提示会指出是哪一行。
---
Unavailable in the narrative = the rows under （四） of table 三; where the number is that of one row, it is named.""",
    ),
    _rule(
        "NAR-REJ",
        """正文中不予处理的件数，应等于表三（五）各行总计之和。
---
Not processed in the narrative = the rows under （五） of table 三.""",
    ),
    _rule(
        "NAR-OTHER",
        """正文中其他处理的件数，应等于表三（六）各行总计之和。
---
Handled otherwise in the narrative = the rows under （六） of table 三.""",
    ),
    _rule(
        "NAR-REVIEW",
        """正文中政府信息公开行政复议的件数，应等于表四行政复议总计。与信息公开无关的复议（如复议机关的全部收案）不在此列。
---
Administrative reviews over information disclosure in the narrative = table 四, total of 行政复议.""",
    ),
    _rule(
        "NAR-SUIT",
        """正文中政府信息公开行政诉讼的件数，应等于表四“未经复议直接起诉”与“复议后起诉”总计之和；分开写的分别相等。
---
Lawsuits over information disclosure in the narrative = the totals of both kinds in table 四; where they are named
apart, each equals its own.""",
    ),
    _rule(
        "NAR-DOCS",
        """正文中制发、废止、现行有效的规范性文件（规章）件数，应等于表二的相应数；
只说“公开”的，等于其中任一数即可。
例：正文“现行有效行政规范性文件393件”，表二现行有效件数470。
改法：核对后改正文或改表。
---
Normative documents (and rules) made, repealed or in force in the narrative = table 二; where the narrative only says
disclosed, any of these figures will do.""",
    ),
    Rule("NAR-YEAR", year),
)
