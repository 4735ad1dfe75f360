"""Lays an office's own figure patterns (content/lists/narrative.yaml) over the shipped declaration of that name.

A pattern written again replaces the shipped one; with a + behind its name (`unless+`) it is added as an alternative.
Statements of the office come before the shipped ones; one with `off: yes` removes the shipped statement with the same
rule and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from generator.finding import Finding
from generator.narrative.late_pattern import LatePattern
from generator.wordlists.office_words import FOLDER, NARRATIVE, ListReader
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar

_FILE = f"{FOLDER}/{NARRATIVE}.yaml"
_PATTERNS = frozenset(("before", "after", "unless", "about", "sentence", "at_most", "unless_sentence"))
_FIELDS = frozenset(("rule", "units", "hint", "channels", "year", "equals", "off", "source", *_PATTERNS))
_FIXED = frozenset(("roles", "statements", "joints", "fillers", "year", "approximate"))
_HAN = LatePattern("[一-鿿]")
_NUMBER = "〈数〉"


@dataclass(frozen=True, eq=False)
class PatternSource:
    """Holds a whole declaration like lists/narrative.yaml as data. Compares by identity, so that compiled patterns can
    be cached by it."""

    raw: Mapping[str, Any]


class _Reader(ListReader):
    """Reads texts and patterns of the office's list; each is None where a finding was added instead."""

    def text(self, node: Node) -> str | None:
        if isinstance(node, Scalar) and node.text:
            return node.text
        self.find(node, "应为一段文字", "expected text")
        return None

    def pattern(self, node: Node) -> str | None:
        """Reads a regular expression; an error in it is reported at its own character."""
        text = self.text(node)
        if text is None:
            return None
        try:
            _compiled(text)
        except re.error as error:
            shift = (error.pos or 0) + (isinstance(node, Scalar) and not node.plain)
            self.find(
                node,
                f"不是正则表达式：第{(error.pos or 0) + 1}个字起有误（{error.msg}）",
                f"not a regular expression: {error.msg}",
                shift,
            )
            return None
        return text

    def texts(self, node: Node) -> list[str] | None:
        if not isinstance(node, Items):
            self.find(node, "应为方括号里的若干项", "expected a list")
            return None
        texts = [self.text(item) for item in node.items]
        return None if None in texts else [text for text in texts if text is not None]


def laid_over(shipped: PatternSource, node: Node | None) -> tuple[PatternSource, list[Finding]]:
    """Lays an office's own patterns over the shipped ones; gives the result and what is wrong with the office's."""
    if node is None:
        return shipped, []
    reader = _Reader(_FILE)
    if not isinstance(node, Pairs):
        reader.find(node, "应为“名称: 值”", "expected “name: value”")
        return shipped, reader.findings
    raw = deepcopy(dict(shipped.raw))
    for key, value in node.pairs:
        if key.text == "statements":
            raw["statements"] = _statements(reader, value, raw)
        elif key.text.removesuffix("+") in raw and key.text.removesuffix("+") not in _FIXED:
            _change(reader, raw, key, value)
        else:
            reader.unknown(key, (set(raw) - _FIXED) | {"statements"})
    return (PatternSource(raw) if not reader.findings or raw != shipped.raw else shipped), reader.findings


# ---------------------------------------------------------------- patterns by name


def _change(reader: _Reader, group: dict[str, Any], key: Scalar, value: Node) -> None:
    """Changes one name of a group, or the group below it."""
    name, more = key.text.removesuffix("+"), key.text.endswith("+")
    known = group[name]
    if isinstance(known, dict):
        for inner, below in value.pairs if isinstance(value, Pairs) else ():
            if inner.text.removesuffix("+") in known and inner.text != "hints":
                before = known[inner.text.removesuffix("+")]
                _change(reader, known, inner, below)
                if known[inner.text.removesuffix("+")] != before:
                    _hints(known, inner.text.removesuffix("+"))
            else:
                reader.unknown(inner, set(known) - {"hints"})
        if not isinstance(value, Pairs):
            reader.find(value, f"“{name}”下应为“名称: 值”", f"“{name}” takes “name: value”")
    elif isinstance(known, list):
        words = _several(reader, value, known[0])
        if words is not None:
            group[name] = [*known, *words] if more else words
    else:
        text = reader.pattern(value)
        if text is not None and _same_groups(reader, value, text, known, more):
            group[name] = f"{known}|{text}" if more else text


def _several(reader: _Reader, node: Node, known: str) -> list[str] | None:
    """Reads a list of words or patterns; None where any of them is wrong."""
    words = reader.texts(node)
    if words == []:
        reader.find(node, "方括号里没有内容", "the list is empty")
    items = node.items if isinstance(node, Items) and words is not None else ()
    patterns = [(item, reader.pattern(item)) for item in items]
    right = all(text is not None and _same_groups(reader, item, text, known, False) for item, text in patterns)
    return words if words and right else None


def _same_groups(reader: _Reader, node: Node, text: str, known: str, more: bool) -> bool:
    """Tells whether a pattern captures the groups of the one it replaces, which the rule reads. A pattern with groups
    cannot be added as an alternative (`more`)."""
    old, new = _compiled(known), _compiled(text)
    if old.groups and more:
        reader.find(
            node,
            "原有的一条带括号取数，不能用“+”增加，请整条重写",
            "the shipped pattern captures a number: write the whole pattern anew, without “+”",
        )
        return False
    if (old.groups, set(old.groupindex)) != (new.groups, set(new.groupindex)):
        names = "、".join(old.groupindex) or f"{old.groups}个"
        named = ", ".join(old.groupindex) or old.groups
        reader.find(node, f"括号应与原有的一条一样：{names}", f"expected the groups of the shipped pattern: {named}")
        return False
    return True


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(_NUMBER, r"(?P<number>\d)"))


def _hints(group: dict[str, Any], name: str) -> None:
    """Sets the hint of a changed pattern: every Chinese character written in it."""
    if name in group.get("hints", {}):
        group["hints"][name] = "".join(dict.fromkeys(_HAN.compiled.findall(str(group[name]))))


# ---------------------------------------------------------------- statements


def _statements(reader: _Reader, node: Node, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Gives the office's added statements, then the shipped ones that it did not remove."""
    kept: list[dict[str, Any]] = list(raw["statements"])
    added: list[dict[str, Any]] = []
    if not isinstance(node, Items):
        reader.find(node, "应为以“- ”开头的若干项", "expected a list of “- ” items")
        return kept
    for item in node.items:
        count = len(reader.findings)
        statement = dict(_fields(reader, item, raw))
        if len(reader.findings) > count:
            continue
        if statement.pop("off", False):
            kept = _removed(reader, item, statement, kept)
        elif _is_complete(reader, item, statement):
            added.append(statement)
    return [*added, *kept]


def _removed(
    reader: _Reader, item: Node, statement: Mapping[str, Any], kept: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Removes the statements with the same rule and words; it is an error where there is none."""
    key = statement.get("rule"), statement.get("before", "")
    left = [other for other in kept if (other.get("rule"), other.get("before")) != key]
    if len(left) == len(kept):
        reader.find(
            item,
            "没有“rule”和“before”都与此相同的一条可以去掉",
            "no shipped statement has this “rule” and this “before”",
        )
    return left


def _is_complete(reader: _Reader, item: Node, statement: dict[str, Any]) -> bool:
    missing = [key for key in ("rule", "units", "hint", "equals") if key not in statement]
    if missing or not (statement.get("before") or statement.get("after")):
        names = "、".join(missing or ["before”或“after"])
        reader.find(item, f"缺少“{names}”", f"missing: {', '.join(missing or ['before or after'])}")
        return False
    statement.setdefault("before", "")
    return True


def _fields(reader: _Reader, item: Node, raw: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Reads the fields of one statement; wrong ones become findings."""
    if not isinstance(item, Pairs):
        reader.find(item, "应为“名称: 值”", "expected “name: value”")
        return
    for key, value in item.pairs:
        if key.text not in _FIELDS:
            reader.unknown(key, _FIELDS)
        elif key.text in _PATTERNS:
            yield key.text, reader.pattern(value)
        elif key.text == "equals":
            yield key.text, list(_equals(reader, value, raw["roles"]))
        elif key.text in ("off", "channels"):
            yield key.text, reader.yes(key.text, value)
        elif key.text == "year":
            if isinstance(value, Scalar) and re.fullmatch(r"-?[01]", value.text):
                yield key.text, int(value.text)
            else:
                reader.find(value, "“year”应为-1、0或1", "“year” must be -1, 0 or 1")
        else:
            text = reader.text(value)
            if key.text == "rule" and text is not None and text not in (rules := _rules(raw)):
                reader.find(
                    value, f"规则只有：{'、'.join(sorted(rules))}", f"the rules are: {', '.join(sorted(rules))}"
                )
            yield key.text, text


def _rules(raw: Mapping[str, Any]) -> set[str]:
    """Collects the rules that the declaration's statements name."""
    joined = (part for statement in raw["statements"] for part in statement.get("join", {}).values())
    named = (source.get("rule") for source in (*raw["statements"], *joined))
    return {str(rule) for rule in named if rule}


def _equals(reader: _Reader, node: Node, roles: Mapping[str, Any]) -> Iterator[list[str]]:
    """Reads sums of roles, any of which the number may equal."""
    if not isinstance(node, Items) or not node.items:
        reader.find(node, "“equals”应写成 [[角色, 角色], [角色]]", "write “equals” as [[role, role], [role]]")
        return
    for item in node.items:
        names = reader.texts(item)
        if names == []:
            reader.find(item, "方括号里没有内容", "the list is empty")
        for name in names or ():
            if name not in roles:
                reader.find(
                    item,
                    f"没有“{name}”这个角色；可用：{'、'.join(roles)}",
                    f"unknown role “{name}”; known: {', '.join(roles)}",
                )
        yield names or []
