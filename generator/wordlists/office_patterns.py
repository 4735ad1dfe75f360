"""An office's own ways of speaking of figures: content/lists/narrative.yaml laid over ours of the same name.

A pattern written again replaces ours; with a + behind its name (`unless+`) it is added to ours as one more choice.
Statements of the office come before ours; one with `off: yes` takes out that of ours with the same rule and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from generator.finding import Finding
from generator.wordlists.office_words import FOLDER, NARRATIVE, ListReader
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar

_FILE = f"{FOLDER}/{NARRATIVE}.yaml"
_PATTERNS = frozenset(("before", "after", "unless", "about", "sentence", "at_most", "unless_sentence"))
_FIELDS = frozenset(("rule", "units", "hint", "channels", "year", "equals", "off", "source", *_PATTERNS))
_FIXED = frozenset(("roles", "statements", "joints", "fillers", "year", "approximate"))
_HAN = re.compile("[一-鿿]")
_NUMBER = "〈数〉"


@dataclass(frozen=True, eq=False)
class PatternSource:
    """How narratives speak of figures, as data: a whole declaration like lists/narrative.yaml. Compares by identity, so
    that what is made of it can be kept by it."""

    raw: Mapping[str, Any]


class _Reader(ListReader):
    def text(self, node: Node) -> str | None:
        if isinstance(node, Scalar) and node.text:
            return node.text
        self.find(node, "应为一段文字", "expected a text")
        return None

    def pattern(self, node: Node) -> str | None:
        """A regular expression; what is wrong with it is told at its own character."""
        said = self.text(node)
        if said is None:
            return None
        try:
            _compiled(said)
        except re.error as error:
            shift = (error.pos or 0) + (isinstance(node, Scalar) and not node.plain)
            self.find(
                node,
                f"不是正则表达式：第{(error.pos or 0) + 1}个字起有误（{error.msg}）",
                f"not a regular expression: {error.msg}",
                shift,
            )
            return None
        return said

    def texts(self, node: Node) -> list[str] | None:
        if not isinstance(node, Items):
            self.find(node, "应为方括号里的若干项", "expected a list")
            return None
        said = [self.text(item) for item in node.items]
        return None if None in said else [text for text in said if text is not None]


def laid_over(ours: PatternSource, node: Node | None) -> tuple[PatternSource, list[Finding]]:
    """Our ways with an office's own laid over them, and what is wrong with those."""
    if node is None:
        return ours, []
    reader = _Reader(_FILE)
    if not isinstance(node, Pairs):
        reader.find(node, "应为“名称: 值”", "expected “name: value”")
        return ours, reader.findings
    raw = deepcopy(dict(ours.raw))
    for key, value in node.pairs:
        if key.text == "statements":
            raw["statements"] = _statements(reader, value, raw)
        elif key.text.removesuffix("+") in raw and key.text.removesuffix("+") not in _FIXED:
            _change(reader, raw, key, value)
        else:
            reader.unknown(key, (set(raw) - _FIXED) | {"statements"})
    return (PatternSource(raw) if not reader.findings or raw != ours.raw else ours), reader.findings


# ---------------------------------------------------------------- patterns by name


def _change(reader: _Reader, group: dict[str, Any], key: Scalar, value: Node) -> None:
    """One name of a group, or the group below it."""
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
        said = reader.pattern(value)
        if said is not None and _same_groups(reader, value, said, known, more):
            group[name] = f"{known}|{said}" if more else said


def _several(reader: _Reader, node: Node, known: str) -> list[str] | None:
    """Words or patterns of a list, each by itself right."""
    words = reader.texts(node)
    if words == []:
        reader.find(node, "方括号里没有内容", "nothing is listed")
    sound = (
        [(item, reader.pattern(item)) for item in node.items] if isinstance(node, Items) and words is not None else []
    )
    right = all(said is not None and _same_groups(reader, item, said, known, False) for item, said in sound)
    return words if words and right else None


def _same_groups(reader: _Reader, node: Node, said: str, known: str, more: bool) -> bool:
    """Whether a pattern captures what ours does: the rule takes it from there. Such a one cannot be but a choice."""
    ours, own = _compiled(known), _compiled(said)
    if ours.groups and more:
        reader.find(
            node,
            "原有的一条带括号取数，不能用“+”增加，请整条重写",
            "ours captures a number: write the whole pattern anew, without “+”",
        )
        return False
    if (ours.groups, set(ours.groupindex)) != (own.groups, set(own.groupindex)):
        names = "、".join(ours.groupindex) or f"{ours.groups}个"
        reader.find(node, f"括号应与原有的一条一样：{names}", f"it must capture what ours does: {names}")
        return False
    return True


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(_NUMBER, r"(?P<number>\d)"))


def _hints(group: dict[str, Any], name: str) -> None:
    """The characters of which a changed pattern needs one: every Chinese character written in it."""
    if name in group.get("hints", {}):
        group["hints"][name] = "".join(dict.fromkeys(_HAN.findall(str(group[name]))))


# ---------------------------------------------------------------- statements


def _statements(reader: _Reader, node: Node, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ours without those taken out, the office's own before them."""
    kept: list[dict[str, Any]] = list(raw["statements"])
    own: list[dict[str, Any]] = []
    if not isinstance(node, Items):
        reader.find(node, "应为以“- ”开头的若干项", "expected a list of “- ” items")
        return kept
    for item in node.items:
        told = len(reader.findings)
        said = dict(_fields(reader, item, raw))
        if len(reader.findings) > told:
            continue
        if said.pop("off", False):
            left = [
                one
                for one in kept
                if (one.get("rule"), one.get("before")) != (said.get("rule"), said.get("before", ""))
            ]
            if len(left) == len(kept):
                reader.find(
                    item,
                    "没有“rule”和“before”都与此相同的一条可以去掉",
                    "none of ours has this rule and these words before",
                )
            kept = left
        elif _whole(reader, item, said):
            own.append(said)
    return [*own, *kept]


def _whole(reader: _Reader, item: Node, said: dict[str, Any]) -> bool:
    missing = [key for key in ("rule", "units", "hint", "equals") if key not in said]
    if missing or not (said.get("before") or said.get("after")):
        names = "、".join(missing or ["before”或“after"])
        reader.find(item, f"缺少“{names}”", f"lacks {', '.join(missing or ['before or after'])}")
        return False
    said.setdefault("before", "")
    return True


def _fields(reader: _Reader, item: Node, raw: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if not isinstance(item, Pairs):
        reader.find(item, "应为“名称: 值”", "expected “name: value”")
        return
    rules = {
        str(rule)
        for one in raw["statements"]
        for rule in (one.get("rule"), *(part["rule"] for part in one.get("join", {}).values()))
        if rule
    }
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
                reader.find(value, "“year”应为-1、0或1", "“year” is -1, 0 or 1")
        else:
            said = reader.text(value)
            if key.text == "rule" and said is not None and said not in rules:
                reader.find(value, f"规则只有：{'、'.join(sorted(rules))}", f"rules: {', '.join(sorted(rules))}")
            yield key.text, said


def _equals(reader: _Reader, node: Node, roles: Mapping[str, Any]) -> Iterator[list[str]]:
    """Sums of roles, any of which the number may be."""
    if not isinstance(node, Items) or not node.items:
        reader.find(node, "“equals”应写成 [[角色, 角色], [角色]]", "“equals” is written [[role, role], [role]]")
        return
    for one in node.items:
        names = reader.texts(one)
        if names == []:
            reader.find(one, "方括号里没有内容", "nothing is listed")
        for name in names or ():
            if name not in roles:
                reader.find(one, f"没有“{name}”这个角色；可用：{'、'.join(roles)}", f"there is no role “{name}”")
        yield names or []
