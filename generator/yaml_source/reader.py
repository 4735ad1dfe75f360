"""Bytes of a content file → text → YAML nodes that know their line and column.

Nothing is ever resolved here: `0533`, `no` and `12:30` stay the words the clerk typed. The tree is built from
the parser's events without recursion, so hostile nesting costs nothing.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.finding import Finding, Level, Message
from generator.yaml_source import mistakes as slips
from generator.yaml_source.fast_reader import read_lines
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar

CParser: Any = None
if yaml.__with_libyaml__:
    from yaml._yaml import CParser

MAX_BYTES = 2_000_000
MAX_LINE = 65_536
MAX_DEPTH = 8


# ---------------------------------------------------------------- bytes → text

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes, file: str) -> tuple[str, list[Finding]]:
    """The text of a file; an empty text when a finding says that it cannot be used."""
    refused = _too_large(data, file)
    if refused:
        return "", [refused]
    found: list[Finding] = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        found.append(slips.finding("SRC-BOM", Level.NOTE, file, 1, 1, slips.BOM))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = _decode_gb18030(data, error, file, found)
    if found and found[-1].level is Level.ERROR:
        return "", found
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    wrong = _CONTROL.search(text)
    if wrong:
        return "", [*found, _control(text, wrong, file)]
    if not text.strip():
        found.append(slips.finding("SRC-EMPTY", Level.ERROR, file, 0, 0, slips.EMPTY))
    return text, found


def _decode_gb18030(data: bytes, error: UnicodeDecodeError, file: str, found: list[Finding]) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        found.append(slips.finding("SRC-ENCODING", Level.ERROR, file, line, 1, slips.NOT_TEXT))
        return ""
    found.append(slips.finding("SRC-ENCODING", Level.WARNING, file, line, 1, slips.GB18030))
    return text


def _too_large(data: bytes, file: str) -> Finding | None:
    if len(data) > MAX_BYTES:
        return slips.finding("SRC-LARGE", Level.ERROR, file, 0, 0, slips.LARGE)
    if len(data) > MAX_LINE:
        for number, line in enumerate(data.split(b"\n"), 1):
            if len(line) > MAX_LINE:
                return slips.finding("SRC-LARGE", Level.ERROR, file, number, 1, slips.LONG_LINE)
    return None


def _control(text: str, wrong: re.Match[str], file: str) -> Finding:
    at = wrong.start()
    code = f"U+{ord(wrong.group()):04X}"
    message = Message(
        f"这里有一个看不见的控制字符（{code}），多半是从 Word 或网页粘贴来的；请删去后重新键入这一处。",
        f"an invisible control character ({code}), probably pasted from Word or a web page; retype it.",
    )
    line = text.count("\n", 0, at) + 1
    return slips.finding("SRC-CONTROL", Level.ERROR, file, line, at - text.rfind("\n", 0, at), message)


# ---------------------------------------------------------------- text → nodes


def read(data: bytes, file: str) -> tuple[Node | None, list[Finding]]:
    """The positioned tree of a YAML file; None when a finding says why it cannot be used."""
    text, found = decode(data, file)
    if found and found[-1].level is Level.ERROR:
        return None, found
    node = read_lines(text)
    if node is not None:
        return node, found
    return _read_events(text, file, found)


def _read_events(text: str, file: str, found: list[Finding]) -> tuple[Node | None, list[Finding]]:
    builder = _Builder(file, found)
    parser = _parser(text)
    try:
        while builder.take(parser.get_event()):
            pass
    except yaml.YAMLError as error:
        found.extend(slips.explain(text, file, error, builder.spans, found))
        return None, found
    finally:
        parser.dispose()
    if builder.root is None and not builder.refused:
        found.append(slips.finding("SRC-EMPTY", Level.ERROR, file, 0, 0, slips.EMPTY))
    return (None if builder.refused else builder.root), found


class _PythonParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML without libyaml: slower, same events."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


def _parser(text: str) -> Any:
    return _PythonParser(text) if CParser is None else CParser(text)


class _Open:
    """A collection whose end has not come yet."""

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
    """Takes events one by one; `refused` once the file asks for what we never grant."""

    def __init__(self, file: str, found: list[Finding]) -> None:
        self.file = file
        self.found = found
        self.root: Node | None = None
        self.refused = False
        self.stack: list[_Open] = []
        self.spans: list[tuple[int, int]] = []
        self.documents = 0

    def take(self, event: Any) -> bool:
        """False when reading ends here."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
            self._open(event, kind is yaml.MappingStartEvent)
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            self._place(self.stack.pop().close())
        elif kind is yaml.AliasEvent:
            self._refuse("SRC-ALIAS", event, slips.ALIAS)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse("SRC-DOCUMENTS", event, slips.DOCUMENTS)
        elif kind is yaml.StreamEndEvent:
            return False
        return not self.refused

    def _scalar(self, event: Any) -> None:
        self._plain_only(event)
        start, end = event.start_mark, event.end_mark
        if end.line > start.line:
            self.spans.append((start.line + 1, end.line + 1))
        plain = not event.style
        scalar = Scalar(event.value, plain, start.line + 1, start.column + 1)
        if plain and slips.SUSPECT(scalar.text):
            self._slips(scalar)
        self._place(scalar)

    def _open(self, event: Any, mapping: bool) -> None:
        self._plain_only(event)
        self.stack.append(_Open(event, mapping))
        if len(self.stack) > MAX_DEPTH:
            self._refuse("SRC-DEEP", event, slips.DEEP)

    def _plain_only(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse("SRC-ALIAS", event, slips.ALIAS)
        if event.tag is not None:
            self._refuse("SRC-TAG", event, slips.TAG)

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
            self._error("SRC-SYNTAX", node.line, node.column, slips.KEY)
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

    def _slips(self, scalar: Scalar) -> None:
        """Full-width marks that YAML reads as ordinary text; only where they cannot be ordinary text."""
        top = self.stack[-1] if self.stack else None
        if top is not None and top.flow:
            wrong = slips.FLAT_LIST.fullmatch(scalar.text)
            if wrong and not top.mapping:
                self._error("SRC-FULLWIDTH", scalar.line, scalar.column + wrong.start(1), slips.COMMA)
            return
        if slips.FLAT_BRACKET.match(scalar.text):
            self._error("SRC-FULLWIDTH", scalar.line, scalar.column, slips.BRACKET)
        if top is not None and (not top.mapping or top.key is None or top.key.line == scalar.line):
            return
        wrong = slips.FLAT_KEY.match(scalar.text)
        if wrong:
            rule, message = slips.COLONS[wrong[1]]
            self._error(rule, scalar.line, scalar.column + wrong.start(1), message)

    def _refuse(self, rule: str, event: Any, message: Message) -> None:
        self._error(rule, event.start_mark.line + 1, event.start_mark.column + 1, message)
        self.refused = True

    def _error(self, rule: str, line: int, column: int, message: Message) -> None:
        self.found.append(slips.finding(rule, Level.ERROR, self.file, line, column, message))
