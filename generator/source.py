"""Bytes of a content file → text → YAML nodes that know their line and column.

Nothing is ever resolved here: `0533`, `no` and `12:30` stay the words the clerk typed. The tree is built from
the parser's events without recursion, so hostile nesting costs nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import yaml

from generator.diagnostic import Finding, Level, Place, Text

CParser: Any = None
if yaml.__with_libyaml__:
    from yaml._yaml import CParser

MAX_BYTES = 2_000_000
MAX_LINE = 65_536
MAX_DEPTH = 8


class Scalar(NamedTuple):
    """A word as typed. `plain` is False when it stood in quotes (or a block), so "~" is not a blank."""

    text: str
    plain: bool
    line: int
    column: int


class Words:
    """The plain words of a list on one line, and how far behind the bracket each stands.

    Equal lists share one object, which compares by identity: a cheap key for what is read from it.
    """

    __slots__ = ("offsets", "texts")

    def __init__(self, body: str) -> None:
        self.texts = tuple(body.split(", "))
        self.offsets = tuple(accumulate(map(_AND_COMMA, map(len, self.texts[:-1])), initial=1))


class Items:
    """A list. `words` is there when all its items are plain words on one line; they become Scalars when asked for."""

    __slots__ = ("_items", "column", "line", "words")

    def __init__(self, items: tuple[Node, ...] | None, line: int, column: int, words: Words | None = None) -> None:
        self._items, self.line, self.column, self.words = items, line, column, words

    @property
    def items(self) -> tuple[Node, ...]:
        if self._items is None:
            assert self.words is not None
            places = zip(self.words.texts, self.words.offsets, strict=True)
            self._items = tuple(Scalar(text, True, self.line, self.column + offset) for text, offset in places)
        return self._items

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Items):
            return NotImplemented
        return (self.items, self.line, self.column) == (other.items, other.line, other.column)

    def __hash__(self) -> int:
        return hash((self.line, self.column))

    def __repr__(self) -> str:
        return f"Items({self.items!r}, {self.line}, {self.column})"


class Pairs(NamedTuple):
    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


Node = Scalar | Items | Pairs


def get(node: Node | None, key: str) -> Node | None:
    """The value under `key`, None where there is none (or no mapping)."""
    if isinstance(node, Pairs):
        for name, value in node.pairs:
            if name.text == key:
                return value
    return None


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
        found.append(_finding("SRC-BOM", Level.NOTE, file, 1, 1, _BOM))
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
        found.append(_finding("SRC-EMPTY", Level.ERROR, file, 0, 0, _EMPTY))
    return text, found


def _decode_gb18030(data: bytes, error: UnicodeDecodeError, file: str, found: list[Finding]) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        found.append(_finding("SRC-ENCODING", Level.ERROR, file, line, 1, _NOT_TEXT))
        return ""
    found.append(_finding("SRC-ENCODING", Level.WARNING, file, line, 1, _GB18030))
    return text


def _too_large(data: bytes, file: str) -> Finding | None:
    if len(data) > MAX_BYTES:
        return _finding("SRC-LARGE", Level.ERROR, file, 0, 0, _LARGE)
    if len(data) > MAX_LINE:
        for number, line in enumerate(data.split(b"\n"), 1):
            if len(line) > MAX_LINE:
                return _finding("SRC-LARGE", Level.ERROR, file, number, 1, _LONG_LINE)
    return None


def _control(text: str, wrong: re.Match[str], file: str) -> Finding:
    at = wrong.start()
    code = f"U+{ord(wrong.group()):04X}"
    message = Text(
        f"这里有一个看不见的控制字符（{code}），多半是从 Word 或网页粘贴来的；请删去后重新键入这一处。",
        f"an invisible control character ({code}), probably pasted from Word or a web page; retype it.",
    )
    line = text.count("\n", 0, at) + 1
    return _finding("SRC-CONTROL", Level.ERROR, file, line, at - text.rfind("\n", 0, at), message)


# ---------------------------------------------------------------- text → nodes


def read(data: bytes, file: str) -> tuple[Node | None, list[Finding]]:
    """The positioned tree of a YAML file; None when a finding says why it cannot be used."""
    text, found = decode(data, file)
    if found and found[-1].level is Level.ERROR:
        return None, found
    node = _read_lines(text)
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
        found.extend(_explain(text, file, error, builder))
        return None, found
    finally:
        parser.dispose()
    if builder.root is None and not builder.refused:
        found.append(_finding("SRC-EMPTY", Level.ERROR, file, 0, 0, _EMPTY))
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
            self._refuse("SRC-ALIAS", event, _ALIAS)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse("SRC-DOCUMENTS", event, _DOCUMENTS)
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
        if plain and _SUSPECT(scalar.text):
            self._slips(scalar)
        self._place(scalar)

    def _open(self, event: Any, mapping: bool) -> None:
        self._plain_only(event)
        self.stack.append(_Open(event, mapping))
        if len(self.stack) > MAX_DEPTH:
            self._refuse("SRC-DEEP", event, _DEEP)

    def _plain_only(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse("SRC-ALIAS", event, _ALIAS)
        if event.tag is not None:
            self._refuse("SRC-TAG", event, _TAG)

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
            self._error("SRC-SYNTAX", node.line, node.column, _KEY)
            self.refused = True
            return
        top.key = node
        first = top.keys.setdefault(node.text, node)
        if first is not node:
            message = Text(
                f"「{node.text}」在第 {first.line} 行已经写过一次；同一处只能写一次，请删去或改名。",
                f"“{node.text}” is already given on line {first.line}; remove or rename one of them.",
            )
            self._error("SRC-DUPLICATE", node.line, node.column, message)

    def _slips(self, scalar: Scalar) -> None:
        """Full-width marks that YAML reads as ordinary text; only where they cannot be ordinary text."""
        top = self.stack[-1] if self.stack else None
        if top is not None and top.flow:
            wrong = _FLAT_LIST.fullmatch(scalar.text)
            if wrong and not top.mapping:
                self._error("SRC-FULLWIDTH", scalar.line, scalar.column + wrong.start(1), _COMMA)
            return
        if _FLAT_BRACKET.match(scalar.text):
            self._error("SRC-FULLWIDTH", scalar.line, scalar.column, _BRACKET)
        if top is not None and (not top.mapping or top.key is None or top.key.line == scalar.line):
            return
        wrong = _FLAT_KEY.match(scalar.text)
        if wrong:
            rule, message = _COLONS[wrong[1]]
            self._error(rule, scalar.line, scalar.column + wrong.start(1), message)

    def _refuse(self, rule: str, event: Any, message: Text) -> None:
        self._error(rule, event.start_mark.line + 1, event.start_mark.column + 1, message)
        self.refused = True

    def _error(self, rule: str, line: int, column: int, message: Text) -> None:
        self.found.append(_finding(rule, Level.ERROR, self.file, line, column, message))


# ---------------------------------------------------------------- the canonical layout, line by line

# Only words whose reading is beyond doubt; anything else goes to the parser, whose result this must equal.
_INNER = r"[\w~/.+%@（）《》〈〉「」『』【】〔〕“”‘’，。；：、！？…—·-]"
_WORD = rf"(?:[\w~/（《「“+]|-(?=\d)){_INNER}*+(?>(?: ++{_INNER}++)*)"
_QUOTE = r"\"[^\"\\\n]*\"|'[^'\n]*'"
_NAME = r"[\w（「][\w/.（）「」、%-]{0,60}+"
_ONE = rf"(?:{_WORD}|{_QUOTE})"
_LIST = rf"\[{_ONE}(?:, *{_ONE})*\]"
_PAIR = rf"{_NAME}: +(?:{_ONE}|{_LIST})"
_FLOW_PAIRS = rf"\{{{_PAIR}(?:, *{_PAIR})*\}}"
_FIGURES = re.compile(rf"( *+)({_NAME}): ++\[(-?[\w~/.]++(?>(?:, -?[\w~/.]++)*))\]").fullmatch
_LINE = re.compile(
    rf"( *+)(- )?(?:({_NAME}):(?: ++|$))?(?:({_WORD}|{_QUOTE})|({_LIST})|({_FLOW_PAIRS}))?"
    r"(?:(?<= )#.*| ++#.*| *+)"
).fullmatch
_EMPTY_LINE = re.compile(" *+(?:#|$)").match
_EACH = re.compile(_ONE).finditer
_EACH_PAIR = re.compile(rf"({_NAME}): +(?:({_ONE})|({_LIST}))").finditer
_new = tuple.__new__  # a NamedTuple's own constructor costs twice as much, and a report has 250 scalars


class _Block:
    """A block collection still open; `key` is the name whose value has not come yet."""

    __slots__ = ("children", "indent", "key", "line", "mapping")

    def __init__(self, mapping: bool, indent: int, line: int) -> None:
        self.mapping = mapping
        self.indent = indent
        self.line = line
        self.children: list[Any] = []
        self.key: Scalar | None = None

    def put(self, node: Node) -> None:
        if self.mapping:
            self.children.append((self.key, node))
            self.key = None
        else:
            self.children.append(node)

    def settle(self) -> None:
        """A name without a value has the empty word, right behind its colon."""
        if self.key is not None:
            self.put(Scalar("", True, self.key.line, self.key.column + len(self.key.text) + 1))

    def end(self) -> Node:
        self.settle()
        if not self.mapping:
            return Items(tuple(self.children), self.line, self.indent + 1)
        if len({key.text for key, _ in self.children}) < len(self.children):
            raise _NotCanonical
        return Pairs(tuple(self.children), self.line, self.indent + 1)


class _NotCanonical(Exception):
    """Ours alone: this file goes to the parser."""


def _read_lines(text: str) -> Node | None:
    """The tree of a file in the canonical layout; None as soon as one line is not."""
    if not text.replace("\n", "").isprintable():
        return None
    stack: list[_Block] = []
    try:
        for number, line in enumerate(text.split("\n"), 1):
            figures = _FIGURES(line)
            if figures:
                top = _enter(stack, figures.end(1), True, number)
                key = _new(Scalar, (figures[2], True, number, figures.end(1) + 1))
                top.children.append((key, Items(None, number, figures.start(3), _words_of(figures[3]))))
            elif line and not _EMPTY_LINE(line):
                _take(stack, line, number)
        return _close(stack) if stack else None
    except _NotCanonical:
        return None


def _enter(stack: list[_Block], indent: int, mapping: bool, number: int) -> _Block:
    """The block a line of this indentation belongs to, opened if need be."""
    while stack and stack[-1].indent > indent:
        node = stack.pop().end()
        if not stack:
            raise _NotCanonical
        stack[-1].put(node)
    if stack and stack[-1].indent == indent:
        top = stack[-1]
        if top.mapping is not mapping:
            raise _NotCanonical
        if top.key is not None:
            top.settle()
        return top
    fits = stack[-1].key is not None if stack else indent == 0
    if not fits or len(stack) > 4:
        raise _NotCanonical
    top = _Block(mapping, indent, number)
    stack.append(top)
    return top


def _take(stack: list[_Block], line: str, number: int) -> None:
    found = _LINE(line)
    if found is None:
        raise _NotCanonical
    _, dash, name, word, items, pairs = found.groups()
    if dash is None and name is None:
        raise _NotCanonical
    top = _enter(stack, found.end(1), dash is None, number)
    if name is not None:
        if dash is not None:
            top = _Block(True, found.end(2), number)
            stack.append(top)
        top.key = _new(Scalar, (name, True, number, found.start(3) + 1))
    if word is not None:
        top.put(_scalar(word, number, found.start(4) + 1))
    elif items is not None:
        top.put(_words(items, number, found.start(5) + 1))
    elif pairs is not None:
        top.put(_pairs(pairs, number, found.start(6) + 1))
    elif name is None:
        raise _NotCanonical


def _scalar(word: str, line: int, column: int) -> Scalar:
    if word[0] in "\"'":
        return Scalar(word[1:-1], False, line, column)
    return _new(Scalar, (word, True, line, column))


_words_of = lru_cache(maxsize=1024)(Words)
_AND_COMMA = (2).__add__


def _words(body: str, line: int, column: int) -> Items:
    items = tuple(_scalar(word[0], line, column + word.start()) for word in _EACH(body))
    if any(item.plain and _FLAT_LIST.fullmatch(item.text) for item in items):
        raise _NotCanonical
    return Items(items, line, column)


def _pairs(body: str, line: int, column: int) -> Pairs:
    pairs: list[tuple[Scalar, Node]] = []
    for found in _EACH_PAIR(body):
        name, word, items = found.groups()
        value: Node
        value = _scalar(word, line, column + found.start(2)) if items is None else _words(items, line, column + found.start(3))
        pairs.append((_new(Scalar, (name, True, line, column + found.start())), value))
    if len({name.text for name, _ in pairs}) < len(pairs):
        raise _NotCanonical
    return _new(Pairs, (tuple(pairs), line, column))


def _close(stack: list[_Block]) -> Node:
    node = stack.pop().end()
    while stack:
        stack[-1].put(node)
        node = stack.pop().end()
    return node


# ---------------------------------------------------------------- slips of the hand

_SUSPECT = re.compile("[：，、；:［｛【]").search
# 22，0 inside brackets: figures and marks only, so it cannot be a sentence
_FLAT_LIST = re.compile(r"[\d\s~/.+-]*?([，、；])[\d\s~/.+，、；-]*")
# 规章：[0, 0, 0] alone on its line: what follows is a figure, a bracket or nothing
_FLAT_KEY = re.compile(r"[^\s：:，。；、]{1,40}?([：:])\s*(?:[\[{~].*|[-+\d./]+%?|)(?:$|\n| )")
# ［22, 0］: full-width brackets around nothing but figures
_FLAT_BRACKET = re.compile(r"[［｛【][\d\s~/.+，、,；-]*[］｝】\]}]?$")
_WRONG_COLON = re.compile(
    r"""\s*(?:-\s+)?["']?[^\s：:，。；、#\[\]{}"',][^：:，。；#\[\]{}"',]{0,40}?["']?(：|:(?=[^\s:/]))"""
)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_WRONG_COMMA = re.compile("[，、；]")
_WRONG_BRACKET = re.compile(r":\s*([［【｛])")


def _explain(text: str, file: str, error: yaml.YAMLError, builder: _Builder) -> list[Finding]:
    """Why libyaml gave up: the slip that made it, at its own place, else what the parser says."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    last = mark.line + 1 if mark is not None else 1
    inner = {n for start, end in builder.spans for n in range(start + 1, end + 1)}
    found = [
        slip
        for number, line in enumerate(text.split("\n")[:last], 1)
        if number not in inner
        for slip in _line_slips(line, number, file)
    ]
    if found or builder.found:
        return [slip for slip in found if slip not in builder.found]
    column = mark.column + 1 if mark is not None else 1
    return [_finding("SRC-SYNTAX", Level.ERROR, file, last, column, _syntax(error))]


def _line_slips(line: str, number: int, file: str) -> list[Finding]:
    body = line.lstrip()
    if not body or body.startswith("#"):
        return []
    found = []
    indent = line[: len(line) - len(body)]
    if "\t" in indent:
        found.append(_finding("SRC-TAB", Level.ERROR, file, number, indent.index("\t") + 1, _TABS))
    elif "\u3000" in indent:
        column = indent.index("\u3000") + 1
        found.append(_finding("SRC-FULLWIDTH", Level.ERROR, file, number, column, _SPACE))
    colon = _WRONG_COLON.match(line)
    if colon:
        rule, message = _COLONS[colon[1]]
        found.append(_finding(rule, Level.ERROR, file, number, colon.start(1) + 1, message))
    bare = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), line)
    bracket = _WRONG_BRACKET.search(bare)
    if bracket:
        column = bracket.start(1) + 1
        found.append(_finding("SRC-FULLWIDTH", Level.ERROR, file, number, column, _BRACKET))
    comma = _comma(bare)
    if comma:
        found.append(_finding("SRC-FULLWIDTH", Level.ERROR, file, number, comma, _COMMA))
    return found


def _comma(bare: str) -> int:
    """The column of a full-width comma between brackets, 0 for none."""
    opened = min((at for at in (bare.find("["), bare.find("{")) if at >= 0), default=-1)
    wrong = _WRONG_COMMA.search(bare, opened) if opened >= 0 else None
    return wrong.start() + 1 if wrong else 0


def _syntax(error: yaml.YAMLError) -> Text:
    problem = str(getattr(error, "problem", None) or error)
    for words, zh in _PROBLEMS:
        if words in problem:
            return Text(zh, f"not readable: {problem}")
    return Text(
        f"这里读不懂（{problem}）；请对照上一行检查冒号、括号、引号和缩进。", f"not readable: {problem}"
    )


def _finding(rule: str, level: Level, file: str, line: int, column: int, message: Text) -> Finding:
    return Finding(rule, level, Place(file, line, column), message)


_PROBLEMS = (
    (
        "mapping values are not allowed",
        "这里多了一个冒号，或者上一行缺了冒号、缩进不齐；文字里要用冒号时请加引号。",
    ),
    ("could not find expected ':'", "这一行缺少冒号；每一项写成「名称: 内容」，冒号后空一格。"),
    ("did not find expected key", "这里与上面的各项没有对齐；同一级的名称要从同一列开始。"),
    ("did not find expected ',' or ']'", "方括号里缺了逗号，或者缺了右方括号 ]。"),
    ("did not find expected ',' or '}'", "花括号里缺了逗号，或者缺了右花括号 }。"),
    ("did not find expected '-' indicator", "这里与上面的「-」没有对齐。"),
    ("found unexpected end of stream", "引号或括号有开无关；请补上另一半。"),
    ("cannot start any token", "这个字符不能放在开头；请给这段文字加上英文引号。"),
    ("block sequence entries are not allowed", "「-」放错了位置；请另起一行并缩进。"),
    ("found unknown escape character", "双引号里的反斜杠 \\ 有特殊含义；请改用单引号。"),
)

_BOM = Text(
    "文件开头有 BOM 标记，已忽略；保存时选「UTF-8」而不是「UTF-8 BOM」即可去掉。",
    "the file starts with a byte order mark, which was ignored; save it as UTF-8 without BOM.",
)
_GB18030 = Text(
    "文件不是 UTF-8 编码，已按 GB18030 读取；请在编辑器里「另存为」UTF-8，以免今后出现乱码。",
    "the file is not UTF-8 and was read as GB18030; save it as UTF-8.",
)
_NOT_TEXT = Text(
    "文件既不是 UTF-8 也不是 GB18030 文本（可能是 Word 或图片文件）；请另存为 UTF-8 纯文本。",
    "neither UTF-8 nor GB18030 text (perhaps a Word file or a picture); save it as plain UTF-8 text.",
)
_EMPTY = Text("文件是空的。", "the file is empty.")
_LARGE = Text("文件超过 2 MB，不像是一份报告；未读取。", "the file is larger than 2 MB; it was not read.")
_LONG_LINE = Text(
    "这一行超过 64 KB；请分行。未读取。", "this line is longer than 64 KB; the file was not read."
)
_ALIAS = Text(
    "不能使用「&」锚点和「*」引用；请把内容直接写出来，或给文字加上英文引号。",
    "anchors (&) and aliases (*) are not allowed; write the content out, or quote the text.",
)
_TAG = Text(
    "不能使用「!」类型标记；请删去，或给文字加上英文引号。",
    "tags (!) are not allowed; remove it, or quote the text.",
)
_DOCUMENTS = Text(
    "一个文件只能有一份内容；请删去这里的「---」。", "only one document a file; remove this “---”."
)
_DEEP = Text("层次太深（超过 8 层）。", "nested too deeply (more than 8 levels).")
_KEY = Text("名称必须是一个词，不能是列表。", "a key must be a word, not a collection.")
_COLON = Text(
    "名称后面用了全角冒号「：」；请改成英文冒号「:」并在后面空一格。",
    "full-width colon after a key; write an ASCII colon and a space.",
)
_NO_SPACE = Text("英文冒号后面要空一格。", "put a space after the colon.")
_COLONS = {"：": ("SRC-FULLWIDTH", _COLON), ":": ("SRC-COLON", _NO_SPACE)}
_COMMA = Text(
    "括号里的分隔用了全角标点（，、；）；请改成英文逗号「,」。文字里确要用它时请加英文引号。",
    "full-width comma between brackets; write an ASCII comma (or quote the text).",
)
_BRACKET = Text(
    "用了全角括号；请改成英文括号 [ ] 或 { }，里面用英文逗号。", "full-width bracket; write [ ] or { }, with ASCII commas inside."
)
_SPACE = Text(
    "行首用了全角空格；请改成两个英文空格。", "full-width space in the indentation; use two spaces."
)
_TABS = Text("行首用了制表符（Tab 键）；请改成两个空格。", "a tab in the indentation; use two spaces.")
