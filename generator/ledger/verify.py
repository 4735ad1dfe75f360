"""Verifies what is published against the ledger published with it, and against this office's own copy."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from generator.finding import Message, counted
from generator.ledger.chain import Ledger, continues, read_ledger
from generator.ledger.compare import Difference, compare
from generator.ledger.signature import signature_fault
from generator.ledger.sums import ADDED, LEDGER, SHA256SUMS, SIGNATURE, SM3SUMS, FileSum, sha256_list, sm3_list

SCHEMA = "nianbao.verify/1"


class Verdict(NamedTuple):
    """What was verified: the release that the ledger says is public, how many files it lists, and how the published
    site differs."""

    release: str
    files: int
    differences: tuple[Difference, ...]


def verify(
    read: Callable[[str], bytes | None],
    found: Callable[[Ledger], Mapping[str, FileSum]],
    witness: bytes = b"",
    more: Callable[[Ledger], Iterator[Difference]] = lambda _: iter(()),
    public_key: str = "",
    unseen: Callable[[], Collection[str]] = tuple,
) -> Verdict:
    """Compares. `read` gives a published file; `found` sums all published files (those that the ledger lists, where the
    others cannot be seen); `witness` is an own copy of the ledger; `more` looks for what else may be wrong; where
    `public_key` is given, it should have signed the ledger; `unseen` names files that cannot be looked at."""
    data = read(LEDGER)
    if data is None:
        text = Message("没有账本 ledger.jsonl：不是 nianbao 发布的，或账本被删", "there is no ledger.jsonl")
        return Verdict("", 0, (Difference("ledger", LEDGER, text),))
    if data.lstrip()[:1] == b"<":
        text = Message(
            "取 ledger.jsonl 得到的是一个网页：网址不是栏目的顶层，或服务器对什么都回登录页、首页",
            "a web page comes in the place of ledger.jsonl: the address is not the section's top, or the server "
            "answers everything with a page",
        )
        return Verdict("", 0, (Difference("ledger", LEDGER, text),))
    ledger = read_ledger(data)
    seen = {path: item for path, item in found(ledger).items() if path not in ADDED}
    hidden = {*unseen()}
    expected = {path: item for path, item in ledger.files.items() if path not in hidden} if hidden else ledger.files
    differences = [
        *(Difference("ledger", LEDGER, fault) for fault in ledger.faults),
        *_against_witness(data, witness),
        *compare(expected, seen),
        *_lists(read, ledger),
        *_signed(read, data, public_key),
        *more(ledger),
    ]
    return Verdict(ledger.current.release if ledger.current else "", len(expected), tuple(differences))


def _against_witness(data: bytes, witness: bytes) -> Iterator[Difference]:
    if continues(data, witness):
        return
    if continues(witness, data):
        text = Message(
            "账本比本机所存的短：被截断，或有人没经 nianbao 换回了旧版本",
            "the ledger is shorter than the copy kept here: it was cut, or an old release was put back without nianbao",
        )
    else:
        text = Message(
            "账本与本机所存的不是同一本：历史被改写过",
            "the ledger is not the one of which a copy is kept here: its history was rewritten",
        )
    yield Difference("ledger", LEDGER, text)


def _signed(read: Callable[[str], bytes | None], data: bytes, public_key: str) -> Iterator[Difference]:
    fault = signature_fault(data, read(SIGNATURE), public_key) if public_key else None
    if fault is not None:
        yield Difference("signature", SIGNATURE, fault)


def _lists(read: Callable[[str], bytes | None], ledger: Ledger) -> Iterator[Difference]:
    """SHA256SUMS and SM3SUMS, by which citizens verify, say what the ledger says."""
    wanted = {SHA256SUMS: sha256_list(ledger.files), SM3SUMS: sm3_list(ledger.files)}
    for name, data in wanted.items():
        if data and read(name) != data:
            yield Difference("changed", name, Message(f"“{name}”与账本不符", f"“{name}” is not what the ledger says"))


def as_json(place: str, verdict: Verdict) -> str:
    """Writes a verdict as JSON, schema `nianbao.verify/1`."""
    record = {
        "schema": SCHEMA,
        "place": place,
        "release": verdict.release or None,
        "files": verdict.files,
        "same": not verdict.differences,
        "differences": [
            {"kind": item.kind, "path": item.path, "message": item.message._asdict()} for item in verdict.differences
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)


def lines(verdict: Verdict, lang: str) -> Iterator[str]:
    """Yields a verdict as text."""
    for item in verdict.differences:
        yield item.message.say(lang)
    if verdict.differences:
        count = len(verdict.differences)
        yield Message(f"不一致：{count}处。", f"{counted(count, 'difference')}.").say(lang)
    else:
        yield Message(
            f"一致：版本 {verdict.release}，{verdict.files} 个文件逐字节相同。",
            f"the same: release {verdict.release}, {counted(verdict.files, 'file')} byte for byte.",
        ).say(lang)
