"""Checks cases handled against cases received within one sentence, and the rate named with them (NAR-RATE). No table is
needed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.numerals import plain, rounded
from generator.report.entry import LoadedReport
from generator.rules.narrative_claims import passage_claims
from generator.rules.narrative_counts import Part, Sentence, quote_counts, sentences
from generator.rules.rule import Rule, at_text
from generator.rules.text import some

_RECEIVED = re.compile("收到|接到|接听|接收|受理|新收|接受|收件|承办").search
_HANDLED = re.compile("办结|办复|答复|回复|办理完毕|处理完毕|处置完毕").search
_RATE = re.compile(
    r"(?<!按时)(?<!按期)(?<!及时)(?<!限时)(?:办结|办复|答复|回复|处置|办理)率[均都]?(?:达到|达|为|是|保持)?了?"
    r"(?:([0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]|百分之百)"
).search
_TAKEN_ON = re.compile("收到|接到|接听|接收|受理|新收|接受|收件|承办|办理|交办").search
_SOME_OF = re.compile("其中|包括|含|另").search
# what is left of the words before cases handled once these are taken away is the matter they are about
_ONLY_HANDLED = re.compile(
    "办结|办复|答复|回复|办理完毕|处理完毕|处置完毕|办理|完毕|全部|按[时期]|及时|依法|累计|全年|本年|[已均共都了并计]"
)
_PLAINLY = re.compile("^(?:已|均已|全部|共)?办理$").search  # 受理117件，办理171件
_CARRIED = re.compile(
    "结转|上年|去年|往年|以前|历年|累计|遗留|存量|转入|年度申请|尚未|剩余|未到期|正在办理|在办"
).search


def rates(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """一句里写了受理（收到）的件数和办结（答复）的件数：办结的不会多于受理的（说到上年结转、历年累计的除外）；
    同一句里的办结率应等于二者之比。表里查得到的申请件数由 NAR-NEW、NAR-DONE 查。改法：核对件数，再改办结率。
    错：全年受理事项117件，办结171件，办结率100%。
    对：全年受理事项171件，办结171件，办结率100%。
    ---
    Where a sentence gives cases received and cases handled, no more are handled than were received (unless some were
    carried in), and the rate named with them follows from both. Check the counts, then the rate.
    Wrong: 受理117件，办结171件，办结率100%."""
    return some(_rates(entry))


def _rates(entry: LoadedReport) -> Iterator[Finding]:
    claimed = {(item.passage.line, claim.at): claim.rule for item in passage_claims(entry) for claim in item.claims}
    for sentence in sentences(entry):
        if _CARRIED(sentence.text):
            continue
        for number, handled in enumerate(sentence.parts[1:], 1):
            received = _received_before(sentence.parts, number)
            total = sum((part.value for part in received), Decimal(0))
            if not total or not _are_of_one_matter(sentence, received, handled):
                continue
            behind = sentence.text[handled.end : handled.end + 24]
            written = _RATE(behind)
            at = sentence.start + handled.start
            if written is None and claimed.get((sentence.passage.line, at)) is not None:
                continue  # compared with the tables by its own rule
            wholes = {total, *(part.value for part in received)}
            fits = written is None or any(
                _near(written[1] or "100", handled.value * 100 / whole) for whole in wholes if whole
            )
            if handled.value > total or not fits:
                yield _impossible(entry, sentence, received, handled, written[0] if written else "")


def _received_before(parts: Sequence[Part], number: int) -> Sequence[Part]:
    """Returns the cases received that stand before a count of cases handled: the one before it, or several of one kind
    in a row (收到建议15件、提案20件)."""
    handled = parts[number]
    if _are_cases(parts[number - 1], handled):
        return parts[number - 1 : number]
    for first in range(number - 1, -1, -1):
        part = parts[first]
        if part.unit != handled.unit or _HANDLED(part.label) or _SOME_OF(part.label):
            return ()
        if _TAKEN_ON(part.label):
            return parts[first:number] if number - first > 1 and _is_handled(handled) else ()
    return ()


def _are_of_one_matter(sentence: Sentence, received: Sequence[Part], handled: Part) -> bool:
    """Tells whether what was handled names no other matter than what was received: 办结热线53件 is not of 建议15件."""
    matter = _ONLY_HANDLED.sub("", handled.label)
    first = received[0]
    return matter in sentence.text[max(0, first.start - len(first.label)) : handled.start - len(handled.label)]


def _are_cases(received: Part, handled: Part) -> bool:
    """Tells whether two counts next to one another are cases received and those of them handled."""
    return (
        received.unit == handled.unit
        and _RECEIVED(received.label) is not None
        and _HANDLED(received.label) is None
        and _is_handled(handled)
    )


def _is_handled(part: Part) -> bool:
    return (
        (_HANDLED(part.label) or _PLAINLY(part.label)) is not None
        and _RECEIVED(part.label) is None
        and len(part.label) <= 8
    )


def _near(printed: str, rate: Decimal) -> bool:
    return abs(Decimal(printed) - rate) <= (Decimal("0.05") if "." in printed else Decimal("0.5"))


def _impossible(
    entry: LoadedReport, sentence: Sentence, received: Sequence[Part], handled: Part, written: str
) -> Finding:
    total = sum((part.value for part in received), Decimal(0))
    quote = quote_counts(sentence, received[0], handled)
    share = f"{rounded(handled.value * 100 / total, 2):f}%"
    zh = f"，办结的比受理的多{plain(handled.value - total)}件" if handled.value > total else ""
    en = ": more handled than received" if zh else ""
    if written:
        zh, en = f"{zh}；{written}，二者之比是{share}", f"{en}; {written}, while their ratio is {share}"
    message = Message(f"“{quote}”{zh}；请核对件数", f"“{quote}”{en}; check the counts")
    values = f"{plain(handled.value)}/{plain(total)} {written}".strip()
    at = sentence.start + received[0].start
    return at_text(entry, sentence.passage, at, "NAR-RATE", Level.WARNING, message, quote[:40], values)


RULES = (Rule("NAR-RATE", rates, probation=True),)
