"""Finds identity, mobile and bank card numbers, mailboxes and addresses of persons. Never prints them in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Level, Message, counted
from generator.report.entry import LoadedReport, fact
from generator.rules.check_digits import gb11643, gb32100, luhn
from generator.rules.rule import Rule, at_line
from generator.rules.text import at_word, emails, some
from generator.wordlists.matcher import listed

_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])").finditer
_MONTH_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID18 = re.compile(
    rf"(?<![0-9A-Za-z])[1-9][0-9]{{5}}(?:18|19|20)[0-9]{{2}}{_MONTH_DAY}[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])"
)
_ID15 = re.compile(rf"(?<![0-9A-Za-z])[1-8][0-9]{{7}}{_MONTH_DAY}[0-9]{{3}}(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
_BANK = re.compile(r"(?<![0-9])(?:62|4[0-9]|5[0-9]|9[0-9])[0-9]{2}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?(?![0-9])")
_ADDRESS = re.compile(
    r"(?<![0-9])[0-9]{1,6}(?:号楼[0-9]{1,6}单元|单元[0-9]{1,6}(?:室|号|户))(?:[0-9]{1,6}室)?"
).finditer
_MASKED = re.compile(r"(?<![0-9*×])[1-9][0-9*×]{9,16}[0-9Xx*×](?![0-9*×])").finditer
# an identity number begins with the code of a province (GB/T 2260)
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]").match


class _Number(NamedTuple):
    at: int
    text: str


def mask(number: str) -> str:
    """Masks a number for a finding: only its ends are shown."""
    keep = 3 if len(number) < 15 else 2
    return number[:keep] + "*" * (len(number) - 2 * keep) + number[-keep:]


# eleven digits and more: neither years nor amounts nor telephones with their area code
_LONG = re.compile(r"[1-9](?<![0-9].)(?:[ -]?[0-9]){10}").search


@fact
def _has_long(entry: LoadedReport) -> bool:
    return _LONG(entry.plain.latin) is not None


def _numbers(entry: LoadedReport, pattern: re.Pattern[str]) -> Iterator[_Number]:
    """Finds a pattern in the whole text; searched only where the runs of digits and letters hold a match."""
    if _has_long(entry) and pattern.search(entry.plain.latin):
        for match in pattern.finditer(entry.plain.narrow):
            yield _Number(match.start(), match[0])


def _organisations(entry: LoadedReport) -> frozenset[int]:
    """Returns the offsets of organisation codes, which look like identity numbers or cards: their check character is
    right, and that of an identity number is not."""
    return frozenset(
        match.start() for match in _CODE(entry.plain.narrow) if gb32100(match[0]) and not gb11643(match[0])
    )


def _masked(entry: LoadedReport, number: _Number, rule: str, level: Level, zh: str, en: str) -> Finding:
    """Makes a finding that shows its number masked."""
    shown = mask(number.text)
    message = Message(f"“{shown}”{zh}", f"“{shown}” {en}")
    return at_word(entry, number.at, rule, level, message, shown)


def identity(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """公民身份号码。18位的按 GB 11643 核对校验码，对的是错误，不对的是警告；15位旧号是警告。
    统一社会信用代码（GB 32100）不算。
    改法：删去，或只留首尾（35**************3）。依据：《个人信息保护法》第二十八条；《条例》第十五条。发现里也只印首尾。
    ---
    Citizen identity numbers: 18 characters with the right check character are errors, others and old 15-digit ones
    warnings; organisation codes do not count. Delete or mask it (Personal Information Protection Law, article 28)."""
    if not _has_long(entry):
        return
    organisations = _organisations(entry)
    for number in _numbers(entry, _ID18):
        if number.at not in organisations and _PROVINCE(number.text):
            level, zh, en = Level.WARNING, "像公民身份号码（校验码不符）", "looks like an identity number"
            if gb11643(number.text):
                level, zh, en = Level.ERROR, "是公民身份号码", "is a citizen identity number"
            yield _masked(entry, number, "PRIV-ID18", level, f"{zh}，请删去或遮盖", f"{en}; delete or mask it")
    for number in _numbers(entry, _ID15):
        if _PROVINCE(number.text):
            zh, en = "像15位的旧身份号码，请核对", "looks like an old identity number; please check"
            yield _masked(entry, number, "PRIV-ID15", Level.WARNING, zh, en)


def mobile(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """手机号码。公开的联系电话应是固定电话；
    值班手机可以写在 site.yaml 的“规则设置: {值班手机: 13800000000}”，以顿号分隔。
    改法：换成固定电话，或遮盖（138****0000）。依据：《个人信息保护法》第二十八条。
    ---
    Mobile numbers: a public contact is a landline. Duty phones are listed under 规则设置 → 值班手机. Replace or mask
    it."""
    duty = {re.sub(r"[ -]", "", phone) for phone in listed(context.options.get("值班手机", ""))}
    for number in _numbers(entry, _MOBILE):
        if re.sub(r"[ -]", "", number.text) not in duty:
            zh = "是手机号码，请换成固定电话或遮盖；值班手机请登记在规则设置里"
            en = "is a mobile number; give a landline, mask it, or list it as a duty phone"
            yield _masked(entry, number, "PRIV-MOBILE", Level.ERROR, zh, en)


def bank(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """银行卡号：16至19位，以62、4、5、9开头，末位合 Luhn 校验。身份号码和统一社会信用代码不算。改法：删去。
    依据：《个人信息保护法》第二十八条（金融账户）。
    ---
    Bank card numbers: 16 to 19 digits with a valid Luhn digit; identity numbers and organisation codes do not count.
    Delete it."""
    for number in _numbers(entry, _BANK):
        digits = re.sub(r"[ -]", "", number.text)
        if luhn(digits) and not gb32100(digits) and not _ID18.fullmatch(digits):
            zh, en = "是银行卡号，请删去", "is a bank card number; delete it"
            yield _masked(entry, number, "PRIV-BANK", Level.ERROR, zh, en)


def email(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文（引言的联系方式之外）出现公众邮箱（qq、163 等），多半是个人的。改法：删去。引言里的邮箱由 XT-CONTACT 查。
    依据：《个人信息保护法》第四条。
    ---
    A public mailbox outside the preface is likely a person's. Delete it; XT-CONTACT checks the preface."""
    for at, address in emails(entry):
        passage, _ = entry.plain.at(at)
        if passage.section and address.rpartition("@")[2].lower() in context.words.mailboxes:
            zh, en = "像个人邮箱，请删去", "looks like a person's mailbox; delete it"
            yield _masked(entry, _Number(at, address), "PRIV-EMAIL", Level.WARNING, zh, en)


def address(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """正文里的门牌住址（几号楼几单元几室），多半是个人的；写到乡镇、街道为止。引言里机关的地址不算。
    改法：删去楼、单元、室。依据：《个人信息保护法》第四条。
    ---
    A home address with building, unit and room in the text; stop at town or street. The office's own address in the
    preface does not count."""
    plain = entry.plain
    if "单元" not in plain.text:
        return
    for match in _ADDRESS(plain.narrow, 0, plain.narrative):
        passage, within = plain.at(match.start())
        if passage.section and "地址" not in passage.text[:within]:
            message = Message(
                f"“{match[0]}”像住址，请只写到乡镇、街道",
                f"“{match[0]}” looks like a home address; stop at town or street",
            )
            yield at_word(entry, match.start(), "PRIV-ADDR", Level.WARNING, message, match[0])


def weak_mask(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """遮盖不足：18位号码露出10位以上，11位电话露出7位以上，仍认得出人。
    如“3703**199001011234”。改法：多遮几位（138****0000）。
    ---
    A mask hides too little: more than 10 of 18 characters or 7 of 11 still show. Hide more (138****0000)."""
    for line, text in enumerate(entry.text.split("\n"), 1) if "*" in entry.text or "×" in entry.text else ():
        for match in _MASKED(text):
            number = match[0]
            shown = sum(char not in "*×" for char in number)
            identity_shows = len(number) == 18 and 10 < shown < 18
            mobile_shows = len(number) == 11 and number[0] == "1" and 7 < shown < 11
            if identity_shows or mobile_shows:
                masked, column = mask(number), match.start() + 1
                message = Message(
                    f"“{masked}”露出{shown}位，遮盖不足，请多遮几位",
                    f"“{masked}” still shows {counted(shown, 'character')}; hide more",
                )
                yield at_line(entry, "report.md", line, column, "PRIV-MASKWEAK", Level.WARNING, message, masked)


def _rule(rule: str, check: Callable[[LoadedReport, Context], Iterator[Finding]], *also: str) -> Rule:
    """Makes a rule that never softens: what must not be public must not be public in an old report either."""

    def limited(entry: LoadedReport, context: Context) -> Iterator[Finding]:
        return some(check(entry, context))

    limited.__doc__ = check.__doc__
    return Rule(rule, limited, also, softens=False)


RULES = (
    _rule("PRIV-ID18", identity, "PRIV-ID15"),
    _rule("PRIV-MOBILE", mobile),
    _rule("PRIV-BANK", bank),
    _rule("PRIV-MASKWEAK", weak_mask),
    _rule("PRIV-EMAIL", email),
    _rule("PRIV-ADDR", address),
)
