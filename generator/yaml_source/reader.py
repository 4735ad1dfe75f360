"""Parses the bytes of a content file into YAML nodes that know their line and column.

No scalar is resolved: `0533`, `no` and `12:30` stay the words the clerk typed. The tree is built from the parser's
events without recursion, so hostile nesting costs nothing.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import yaml

from generator import limits
from generator.finding import Finding, Level, Message
from generator.yaml_source import mistakes
from generator.yaml_source.controls import CONTROL
from generator.yaml_source.fast_reader import read_lines
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar

CParser: Any = None
if yaml.__with_libyaml__:
    from yaml._yaml import CParser

MAX_BYTES = limits.TEXT_BYTES
MAX_LINE = limits.LINE_BYTES
MAX_DEPTH = limits.YAML_DEPTH


# ---------------------------------------------------------------- bytes → text


def decode(data: bytes, file: str, most: int = MAX_BYTES) -> tuple[str, list[Finding]]:
    """Decode a file of at most `most` bytes as UTF-8, else as GB18030; the text is empty when an error finding rejects
    the file."""
    rejected = _too_large(data, file, most)
    if rejected:
        return "", [rejected]
    findings: list[Finding] = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        findings.append(mistakes.finding("SRC-BOM", Level.NOTE, file, 1, 1, mistakes.BOM))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = _decode_gb18030(data, error, file, findings)
    if findings and findings[-1].level is Level.ERROR:
        return "", findings
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = CONTROL.search(text)
    if control:
        return "", [*findings, _control(text, control, file)]
    if not text.strip():
        findings.append(mistakes.finding("SRC-EMPTY", Level.ERROR, file, 0, 0, mistakes.EMPTY))
    return text, findings


def _decode_gb18030(data: bytes, error: UnicodeDecodeError, file: str, findings: list[Finding]) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        findings.append(mistakes.finding("SRC-ENCODING", Level.ERROR, file, line, 1, mistakes.NOT_TEXT))
        return ""
    findings.append(mistakes.finding("SRC-ENCODING", Level.WARNING, file, line, 1, mistakes.GB18030))
    return text


def _too_large(data: bytes, file: str, most: int) -> Finding | None:
    if len(data) > most:
        return mistakes.finding("SRC-LARGE", Level.ERROR, file, 0, 0, mistakes.large(most))
    if len(data) > MAX_LINE:
        for number, line in enumerate(data.split(b"\n"), 1):
            if len(line) > MAX_LINE:
                return mistakes.finding("SRC-LARGE", Level.ERROR, file, number, 1, mistakes.LONG_LINE)
    return None


def _control(text: str, control: re.Match[str], file: str) -> Finding:
    """Report the first control character, and on which lines the others stand."""
    at = control.start()
    line = text.count("\n", 0, at) + 1
    others = sorted({text.count("\n", 0, other.start()) + 1 for other in islice(CONTROL.finditer(text, at + 1), 9)})
    return mistakes.finding(
        "SRC-CONTROL", Level.ERROR, file, line, at - text.rfind("\n", 0, at), mistakes.control(control[0], others)
    )


# ---------------------------------------------------------------- text → nodes


def read(data: bytes, file: str, most: int = MAX_BYTES) -> tuple[Node | None, list[Finding]]:
    """Parse a YAML file of at most `most` bytes into nodes with positions; None when an error finding rejects it."""
    text, findings = decode(data, file, most)
    if findings and findings[-1].level is Level.ERROR:
        return None, findings
    node = read_lines(text)
    if node is not None:
        return node, findings
    return _read_events(text, file, findings)


def _read_events(text: str, file: str, decoding: list[Finding]) -> tuple[Node | None, list[Finding]]:
    """Build the tree from the parser's events; `decoding` are the findings of `decode`, which come first."""
    builder = _Builder(file, decoding)
    parser = _parser(text)
    try:
        while builder.take(parser.get_event()):
            pass
    except yaml.YAMLError as error:
        if getattr(error, "problem", "") == _NESTING_LIMIT:
            return _read_events(_below_nesting_limit(text, error), file, decoding)
        builder.findings.extend(mistakes.explain(text, file, error, builder.spans, builder.findings))
        return None, builder.findings
    finally:
        parser.dispose()
    if builder.root is None and not builder.refused:
        builder.findings.append(mistakes.finding("SRC-EMPTY", Level.ERROR, file, 0, 0, mistakes.EMPTY))
    return (None if builder.refused else builder.root), builder.findings


# libyaml 0.2.6, which PyYAML 6.0.4 bundles, refuses to scan more than 1,000 levels. Its scanner runs up to 1,024
# characters ahead of the parser (so far may the colon of a key be away), so the refusal comes before the events that
# show where MAX_DEPTH is passed. The text in front of the refused bracket gives these events: SRC-DEEP at the right
# place, as with libyaml 0.2.5, which has no limit.
_NESTING_LIMIT = "exceeded maximum nesting depth"
_LOOK_AHEAD = 1024


def _below_nesting_limit(text: str, error: Any) -> str:
    """Replace what libyaml refused to scan by commas, which the scanner passes one by one and which nest nothing."""
    return text[: error.problem_mark.index] + "," * _LOOK_AHEAD


class _PythonParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """Parses without libyaml: slower, same events."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


def _parser(text: str) -> Any:
    return _PythonParser(text) if CParser is None else CParser(text)


class _Open:
    """Collects the items of a collection until its end event."""

    __slots__ = ("column", "flow", "items", "key", "keys", "line", "mapping", "pairs")

    def __init__(self, event: Any, mapping: bool) -> None:
        mark = event.start_mark
        self.line: int = mark.line + 1
        self.column: int = mark.column + 1
        self.mapping = mapping
        self.flow = bool(event.flow_style)
        self.items: list[Node] = []
        self.pairs: list[tuple[Scalar, Node]] = []
        self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None

    def close(self) -> Node:
        if self.mapping:
            return Pairs(tuple(self.pairs), self.line, self.column)
        return Items(tuple(self.items), self.line, self.column)


class _Builder:
    """Builds the tree event by event; `refused` once the file uses a feature that is never allowed."""

    def __init__(self, file: str, findings: list[Finding]) -> None:
        self.file = file
        self.findings = list(findings)
        self.root: Node | None = None
        self.refused = False
        self.stack: list[_Open] = []
        self.spans: list[tuple[int, int]] = []
        self.documents = 0

    def take(self, event: Any) -> bool:
        """Add one event to the tree; False when parsing ends here."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            self._open(event, kind is yaml.MappingStartEvent)
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            self._place(self.stack.pop().close())
        elif kind is yaml.AliasEvent:
            self._refuse("SRC-ALIAS", event, mistakes.ALIAS)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse("SRC-DOCUMENTS", event, mistakes.DOCUMENTS)
        elif kind is yaml.StreamEndEvent:
            return False
        return not self.refused

    def _scalar(self, event: Any) -> None:
        self._plain_only(event)
        start, end = event.start_mark, event.end_mark
        if end.line > start.line:
            self.spans.append((start.line + 1, end.line + 1))
        plain = not event.style
        control = CONTROL.search(event.value) if event.style == '"' else None  # written "\\x1b" or "\\u202e"
        if control:
            self._refuse("SRC-CONTROL", event, mistakes.control(control[0]))
        scalar = Scalar(event.value, plain, start.line + 1, start.column + 1)
        if plain and mistakes.SUSPECT(scalar.text):
            self._report_mistakes(scalar)
        if plain and scalar.text.endswith(('"', "'")) and scalar.text.count(scalar.text[-1]) % 2:
            behind = len(scalar.text) - 1 if end.line == start.line else 0
            self._error("SRC-SYNTAX", scalar.line, scalar.column + behind, mistakes.HALF_QUOTE)
        self._place(scalar)

    def _open(self, event: Any, mapping: bool) -> None:
        self._plain_only(event)
        self.stack.append(_Open(event, mapping))
        if len(self.stack) > MAX_DEPTH:
            self._refuse("SRC-DEEP", event, mistakes.DEEP)

    def _plain_only(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse("SRC-ALIAS", event, mistakes.ALIAS)
        if event.tag is not None:
            self._refuse("SRC-TAG", event, mistakes.TAG)

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if not top.mapping:
            top.items.append(node)
        elif top.key is None:
            self._key(top, node)
        else:
            if top.keys[top.key.text] is top.key:
                top.pairs.append((top.key, node))
            top.key = None

    def _key(self, top: _Open, node: Node) -> None:
        if not isinstance(node, Scalar):
            self._error("SRC-SYNTAX", node.line, node.column, mistakes.KEY)
            self.refused = True
            return
        top.key = node
        first = top.keys.setdefault(node.text, node)
        if first is not node:
            message = Message(
                f"「{node.text}」在第 {first.line} 行已经写过一次；同一处只能写一次，请删去或改名。",
                f"“{node.text}” is already given on line {first.line}; remove or rename one of them.",
            )
            self._error("SRC-DUPLICATE", node.line, node.column, message)

    def _report_mistakes(self, scalar: Scalar) -> None:
        """Report full-width marks that YAML reads as text, but only where they cannot be meant as text."""
        top = self.stack[-1] if self.stack else None
        if top is not None and top.flow:
            comma = mistakes.FLAT_LIST.fullmatch(scalar.text)
            if comma and not top.mapping:
                self._error("SRC-FULLWIDTH", scalar.line, scalar.column + comma.start(1), mistakes.COMMA)
            if top.mapping and top.key is None and "：" in scalar.text:
                rule, message = mistakes.COLONS["："]
                self._error(rule, scalar.line, scalar.column + scalar.text.index("："), message)
            return
        if mistakes.FLAT_BRACKET.match(scalar.text):
            self._error("SRC-FULLWIDTH", scalar.line, scalar.column, mistakes.BRACKET)
        if top is not None and (not top.mapping or top.key is None or top.key.line == scalar.line):
            return
        colon = mistakes.FLAT_KEY.match(scalar.text)
        if colon:
            rule, message = mistakes.COLONS[colon[1]]
            self._error(rule, scalar.line, scalar.column + colon.start(1), message)

    def _refuse(self, rule: str, event: Any, message: Message) -> None:
        self._error(rule, event.start_mark.line + 1, event.start_mark.column + 1, message)
        self.refused = True

    def _error(self, rule: str, line: int, column: int, message: Message) -> None:
        self.findings.append(mistakes.finding(rule, Level.ERROR, self.file, line, column, message))
