"""Checks the identities (勾稽) that a form declares against the printed figures. A blank is never taken as 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Message
from generator.forms.model import Equation
from generator.report.entry import LoadedReport, fact
from generator.report.identities import Repair, holds, repairs, total
from generator.report.model import TableFigures
from generator.rules.rule import Rule, at_cell, documented


class _Side(NamedTuple):
    """Holds one side of an identity as messages show it: `named` with labels, `plain` without; zeros only counted."""

    named: str
    plain: str
    zeros: int


def _side(sheet: TableFigures, equation: Equation, indexes: tuple[int, ...]) -> _Side:
    slots = sheet.table.slots
    by_row = len({slots[index].row.key for index in (*equation.left, *equation.right)}) == 1
    shown = [index for index in indexes if sheet.values[index]] or list(indexes[:1])
    labels = [slots[index].column.key if by_row else slots[index].row.key for index in shown]
    named = " + ".join(f"{label} {sheet.texts[index]}" for label, index in zip(labels, shown, strict=True))
    plain = " + ".join(sheet.texts[index] for index in shown).replace("+ -", "- ")
    if len(shown) > 1:
        named += f" = {total(sheet.values, indexes)}"
    return _Side(named, plain, len(indexes) - len(shown))


_WRONG = {"equal": "≠", "at_most": ">", "not_negative": "< 0"}


def _broken(entry: LoadedReport, sheet: TableFigures, equation: Equation) -> Finding:
    """Reports a broken identity: the figures as printed, the difference, and the changes that would repair it."""
    left, right = total(sheet.values, equation.left), total(sheet.values, equation.right)
    sides = [_side(sheet, equation, indexes) for indexes in (equation.left, equation.right)]
    wrong = _WRONG[equation.relation]
    gap = (left or Decimal(0)) - (right or Decimal(0))
    hint = _hint(sheet, repairs(sheet, equation)) if equation.relation == "equal" else Message("", "")
    zeros = sum(side.zeros for side in sides)
    rest = Message(f"（其余{zeros}项为0）", f" (the other {zeros} are 0)") if zeros else Message("", "")
    formula = f"{sides[0].named} {wrong} {sides[1].named}".rstrip()
    message = Message(
        f"{sheet.table.key}“{equation.along}”：{formula}{rest.zh}，相差{gap}{hint.zh}",
        f"{sheet.table.key} “{equation.along}”: {formula}{rest.en}, difference {gap}{hint.en}",
    )
    first = (equation.right or equation.left)[0]
    values = f"{sides[0].plain} {wrong} {sides[1].plain}".rstrip()
    finding = at_cell(entry, sheet, first, equation.rule, equation.level, message, values)
    return replace(finding, cells=tuple(sheet.cell(index) for index in (*equation.left, *equation.right)))


def _hint(sheet: TableFigures, candidates: Sequence[Repair]) -> Message:
    """Says what may be wrong: one change, a few in order of likelihood, or more than can be told."""
    if not candidates:
        return Message(
            "。改任何一格、一行都不能使经过它的勾稽全部成立：不止一处有误",
            ". No change of one cell or row satisfies all identities: more than one is wrong",
        )
    zh = "；".join(_describe(sheet, repair, "{name} 由{now}改为{value}", "、") for repair in candidates[:3])
    en = "; ".join(_describe(sheet, repair, "{name} from {now} to {value}", ", ") for repair in candidates[:3])
    best = [repair for repair in candidates if repair.mends == candidates[0].mends]
    if len(candidates) == 1:
        return Message(
            f"。只有一处改动能使经过它的勾稽全部成立：{zh}",
            f". Exactly one change satisfies all identities through it: {en}",
        )
    more = f" 等{len(candidates)}处" if len(candidates) > 3 else ""
    order = "第一处最可能" if len(best) == 1 else "可能性由大到小"
    return Message(
        f"。以下任一改动都能使经过它的勾稽全部成立，{order}：{zh}{more}",
        f". Any of these satisfies all identities through it, likeliest first: {en}",
    )


def _describe(sheet: TableFigures, repair: Repair, template: str, separator: str) -> str:
    slots = sheet.table.slots
    return separator.join(
        template.format(name=slots[change.slot].name, now=sheet.texts[change.slot], value=change.value)
        for change in repair.changes
    )


@fact
def _failed(entry: LoadedReport) -> Mapping[str, Sequence[tuple[TableFigures, Equation]]]:
    """Returns the identities of a report that do not hold, by rule; computed once, whichever rule asks first."""
    failed: dict[str, list[tuple[TableFigures, Equation]]] = {}
    for sheet in entry.report.sheets:
        values = sheet.values
        for equation, cells, left, right in sheet.table.sides:
            try:
                if not any(cells(values)) or sum(left(values)) == sum(right(values)):
                    continue  # holds, whatever its relation; of zeros and blanks nothing is wrong
            except TypeError:
                continue  # cannot tell: an operand is blank or "/"
            if holds(equation, values) is False:
                failed.setdefault(equation.rule, []).append((sheet, equation))
    return failed


def _identity(rule: str) -> Callable[[LoadedReport, Context], Iterable[Finding]]:
    def check(entry: LoadedReport, context: Context) -> Iterable[Finding]:
        return [_broken(entry, sheet, equation) for sheet, equation in _failed(entry).get(rule, ())]

    return check


def _rule(rule: str, doc: str) -> Rule:
    return documented(rule, _identity(rule), doc, among=_failed)


RULES = (
    _rule(
        "T3-ROW",
        """表三每行：自然人与五类法人或其他组织之和 = 总计。
表内勾稽关系之一；空白格不当作0，无法判断时不报错。
依据：国办公开办函〔2019〕60号、〔2021〕30号表三。改法：核对该行七个数。
错：重复申请: [1, 0, 0, 0, 0, 0, 2]
对：重复申请: [1, 0, 0, 0, 0, 0, 1]
---
Table 三, every row: natural persons plus the five kinds of organisations = total. A blank cell is never read as 0.
Wrong: [1, 0, 0, 0, 0, 0, 2]. Right: [1, 0, 0, 0, 0, 0, 1].""",
    ),
    _rule(
        "T3-SUM",
        """表三每列：（一）至（六）各办理结果之和 = （七）总计。
表内勾稽关系之一；空白格不当作0，无法判断时不报错。
依据：国办公开办函〔2019〕60号、〔2021〕30号表三。改法：核对该列各办理结果与（七）总计。
错：自然人一列，予以公开6、部分公开6、本机关不掌握4，总计10。
对：自然人一列，予以公开6、部分公开6、本机关不掌握4，总计16。
---
Table 三, every column: the results （一） to （六） add up to （七） 总计.
Wrong: 6 + 6 + 4, total 10. Right: total 16.""",
    ),
    _rule(
        "T3-BAL",
        """表三每列：本年新收 + 上年结转 = （七）总计 + 结转下年度继续办理。
依据：表三表头所印勾稽关系「第一项加第二项之和，等于第三项加第四项之和」。
---
Table 三, every column: newly received + carried in = total handled + carried out, as printed in the table head.""",
    ),
    _rule(
        "T4-SUM-REV",
        """表四行政复议：结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计。
表内勾稽关系之一。改法：核对这五个数。
---
Table 四, administrative review: upheld + corrected + other + pending = total.""",
    ),
    _rule(
        "T4-SUM-DIR",
        """表四未经复议直接起诉：结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计。
表内勾稽关系之一。改法：核对这五个数。
---
Table 四, lawsuits brought directly: upheld + corrected + other + pending = total.""",
    ),
    _rule(
        "T4-SUM-AFT",
        """表四复议后起诉：结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计。
表内勾稽关系之一。改法：核对这五个数。
---
Table 四, lawsuits after review: upheld + corrected + other + pending = total.""",
    ),
    _rule(
        "T2-19-DISC",
        """表二（2019—2020年格式）：本年新公开数量 ≤ 对外公开总数量。
对外公开总数量是历年公开的存量，不会少于本年新公开的数量。
---
Table 二 (2019-2020): newly disclosed this year is at most the total disclosed.""",
    ),
    _rule(
        "T2-19-DELTA",
        """表二（2019—2020年格式）：上一年项目数量 + 本年增/减 ≥ 0。
---
Table 二 (2019-2020): last year's items plus this year's change is not negative.""",
    ),
    _rule(
        "A-31",
        """统计表（2014—2018年度）：当面 + 传真 + 网络 + 信函申请数 = 收到申请数。
依据：国办发〔2014〕32号《政府信息公开情况统计表》三（一）。改法：核对这几行，统计表其他各项同此。
---
List table of 2014-2018: requests by the four channels add up to those received.""",
    ),
    _rule(
        "A-32",
        """统计表：按时办结数 + 延期办结数 = 申请办结数。依据：同表三（二）。
---
List table: handled in time + late = handled.""",
    ),
    _rule(
        "A-33",
        """统计表：三（三）1至8各类答复之和 = 申请答复数。
---
List table: the eight kinds of answer add up to all answers.""",
    ),
    _rule(
        "A-334",
        """统计表：不同意公开的六种情形之和 = 不同意公开答复数。
---
List table: the six grounds add up to all refusals.""",
    ),
    _rule(
        "A-4",
        """统计表：维持 + 被依法纠错 + 其他情形 = 行政复议数量。
---
List table, administrative review: upheld + corrected + other = all.""",
    ),
    _rule(
        "A-5",
        """统计表：维持或驳回 + 被依法纠错 + 其他情形 = 行政诉讼数量。
---
List table, lawsuits: upheld + corrected + other = all.""",
    ),
    _rule(
        "A-83",
        """统计表：专职人员数 + 兼职人员数 = 从事政府信息公开工作人员数。
---
List table: full-time + part-time = staff.""",
    ),
    _rule(
        "A-11",
        """统计表：主动公开规范性文件数不多于主动公开政府信息数，也不多于制发规范性文件总数。
公开以前年度制发的文件时后者可能例外，核对后可以接受。
---
List table: normative documents disclosed are at most all information disclosed, and at most those made.""",
    ),
    _rule(
        "A-12",
        """统计表：任一渠道的公开数 ≤ 主动公开政府信息数 ≤ 各渠道之和。
依据：表中注明“不同渠道和方式公开相同信息计1条”。
---
List table: any one channel ≤ all disclosed ≤ all channels together, for one item counts once.""",
    ),
    _rule(
        "A-221",
        """统计表：主要负责同志参加的新闻发布会、在线访谈次数不多于其总次数。
---
List table: occasions attended by the head are at most all occasions.""",
    ),
    _rule(
        "A-91",
        """地方自设的统计表（福建省）：各种方式的申请数之和 = 受理申请总数。依据：已公开的报告。改法：核对这几行。
---
Local list table (Fujian): requests by all channels add up to those received.""",
    ),
    _rule(
        "A-92",
        """地方自设的统计表（福建省）：各类答复数之和 = 答复总数。依据：已公开的报告。改法：核对这几行。
---
Local list table (Fujian): the kinds of answer add up to all answers.""",
    ),
    _rule(
        "A-323",
        """统计表：申请办结数一般等于申请答复数；不等的请核对并说明。
---
List table: requests handled are usually those answered; check where they differ.""",
    ),
)
