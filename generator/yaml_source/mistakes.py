"""Explains why a YAML file cannot be read: full-width marks, tabs, missing spaces, and features that are not allowed.

The messages for rejected files stand here too."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from generator.finding import NIANBAO, Finding, Level, Message, Place
from generator.yaml_source.controls import code_of
from generator.yaml_source.structure import EMPTY_SLOT, structure_slips, without_comment

SUSPECT = re.compile("[：，、；:［｛【]").search
# 22，0 inside brackets: figures and marks only, so it cannot be a sentence
FLAT_LIST = re.compile(r"[\d\s~/.+-]*?([，、；])[\d\s~/.+，、；-]*")
# 规章：[0, 0, 0] alone on its line: what follows is a figure, a bracket or nothing
FLAT_KEY = re.compile(r"[^\s：:，。；、]{1,40}?([：:])\s*(?:[\[{~].*|[-+\d./]+%?|)(?:$|\n| )")
# ［22, 0］: full-width brackets around nothing but figures
FLAT_BRACKET = re.compile(r"[［｛【][\d\s~/.+，、,；-]*[］｝】\]}]?$")
_WRONG_COLON = re.compile(
    r"""\s*(?:-\s+)?["']?[^\s：:，。；、#\[\]{}"',][^：:，。；#\[\]{}"',]{0,40}?["']?(：|:(?=[^\s:/]))"""
)
_WRONG_COMMA = re.compile("[，、；]")
_WRONG_BRACKET = re.compile(r":\s*([［【｛])")


def explain(
    text: str, file: str, error: yaml.YAMLError, spans: Sequence[tuple[int, int]], known: Sequence[Finding]
) -> list[Finding]:
    """Find the typing mistakes that made the parser give up, each at its own place; else report the parser's problem.

    `spans` are the first and last lines of multi-line scalars, `known` the findings reported already."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    last = mark.line + 1 if mark is not None else 1
    whole = [(start, end) for start, end in spans if end < last]  # one that ends there may have swallowed the slip
    inner = frozenset(n for start, end in whole for n in range(start + 1, end + 1))
    lines = text.split("\n")
    slips = [
        slip
        for number, line in enumerate(lines[:last], 1)
        if number not in inner
        for slip in _line_mistakes(line, number, file, near=number >= last - 1)
    ]
    causes = [slip for slip in (*slips, *known) if slip.rule in _CAUSES]
    first = min((slip.place.line for slip in causes), default=last + 1)
    for wrong in structure_slips(lines, last, inner, frozenset(start for start, _ in whole)):
        if (wrong.line < first or wrong.message is EMPTY_SLOT) and not (wrong.at_end and causes):
            slips.append(finding("SRC-SYNTAX", Level.ERROR, file, wrong.line, wrong.column, wrong.message))
    if slips or causes:
        return sorted((slip for slip in slips if slip not in known), key=_by_place)
    column = mark.column + 1 if mark is not None else 1
    return [finding("SRC-SYNTAX", Level.ERROR, file, last, column, _syntax(error))]


# what makes a parser give up further down
_CAUSES = frozenset(("SRC-FULLWIDTH", "SRC-COLON", "SRC-TAB"))


def _by_place(slip: Finding) -> tuple[int, int]:
    return slip.place.line, slip.place.column


def _line_mistakes(line: str, number: int, file: str, near: bool) -> list[Finding]:
    """Find the slips of one line; where the parser gave up near it, those too that may be words."""
    bare = without_comment(line)
    body = bare.lstrip()
    if not body:
        return []
    findings = []
    indent = bare[: len(bare) - len(body)]
    if "\t" in indent:
        findings.append(finding("SRC-TAB", Level.ERROR, file, number, indent.index("\t") + 1, _TABS))
    elif "\u3000" in indent:
        column = indent.index("\u3000") + 1
        findings.append(finding("SRC-FULLWIDTH", Level.ERROR, file, number, column, _SPACE))
    colon = _WRONG_COLON.match(bare)
    if colon and (near or not body.startswith("-")):
        rule, message = COLONS[colon[1]]
        findings.append(finding(rule, Level.ERROR, file, number, colon.start(1) + 1, message))
    bracket = _WRONG_BRACKET.search(bare)
    if bracket:
        column = bracket.start(1) + 1
        findings.append(finding("SRC-FULLWIDTH", Level.ERROR, file, number, column, BRACKET))
    comma = _comma(bare) if near else 0
    if comma:
        findings.append(finding("SRC-FULLWIDTH", Level.ERROR, file, number, comma, COMMA))
    return findings


def _comma(bare: str) -> int:
    """Return the column of a full-width comma between brackets, 0 for none."""
    opened = min((at for at in (bare.find("["), bare.find("{")) if at >= 0), default=-1)
    comma = _WRONG_COMMA.search(bare, opened) if opened >= 0 else None
    return comma.start() + 1 if comma else 0


def _syntax(error: yaml.YAMLError) -> Message:
    problem = str(getattr(error, "problem", None) or error)
    for words, zh in _PROBLEMS:
        if words in problem:
            return Message(zh, f"not readable: {problem}")
    return Message(f"这里读不懂（{problem}）；请对照上一行检查冒号、括号、引号和缩进。", f"not readable: {problem}")


def finding(rule: str, level: Level, file: str, line: int, column: int, message: Message) -> Finding:
    return Finding(rule, level, Place(file, line, column), message)


_PROBLEMS = (
    ("mapping values are not allowed", "这里多了一个冒号，或者上一行缺了冒号、缩进不齐；文字里要用冒号时请加引号。"),
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


def control(character: str, lines: Sequence[int] = ()) -> Message:
    """Say that an unseen character has to go; `lines` are those with more of them."""
    code = code_of(character)
    zh = f"这里有一个看不见的控制字符（{code}），多半是从 Word 或网页粘贴来的；请删去后重新键入这一处。"
    en = f"an invisible control character ({code}), probably pasted from Word or a web page; retype it."
    if lines:
        shown = "、".join(map(str, lines)), ", ".join(map(str, lines))
        zh, en = f"{zh}第{shown[0]}行也有。", f"{en} More of them on line {shown[1]}."
    return Message(zh, en)


def large(most: int) -> Message:
    """Words the refusal of a file of more than `most` bytes."""
    size = most // 1_000_000
    return Message(
        f"文件超过 {size} MB，未读取；请看看是不是放错了文件。",
        f"the file is larger than {size} MB and was not read; is it the right one?",
    )


BOM = Message(
    "文件开头有 BOM 标记，已忽略；保存时选「UTF-8」而不是「UTF-8 BOM」即可去掉。",
    "the file starts with a byte order mark, which was ignored; save it as UTF-8 without BOM.",
)
GB18030 = Message(
    "文件不是 UTF-8 编码，已按 GB18030 读取；请在编辑器里「另存为」UTF-8，以免今后出现乱码。",
    "the file is not UTF-8 and was read as GB18030; save it as UTF-8.",
)
NOT_TEXT = Message(
    "文件既不是 UTF-8 也不是 GB18030 文本（可能是 Word 或图片文件）；请另存为 UTF-8 纯文本。",
    "neither UTF-8 nor GB18030 text (perhaps a Word file or a picture); save it as plain UTF-8 text.",
)
EMPTY = Message(
    f"文件是空的；请填写，或删去它再用 {NIANBAO} new 生成。",
    f"the file is empty; fill it in, or delete it and make it with {NIANBAO} new.",
)
LONG_LINE = Message("这一行超过 64 KB；请分行。未读取。", "this line is longer than 64 KB; the file was not read.")
ALIAS = Message(
    "不能使用「&」锚点和「*」引用；请把内容直接写出来，或给文字加上英文引号。",
    "anchors (&) and aliases (*) are not allowed; write the content out, or quote the text.",
)
TAG = Message(
    "不能使用「!」类型标记；请删去，或给文字加上英文引号。", "tags (!) are not allowed; remove it, or quote the text."
)
DOCUMENTS = Message(
    "一个文件只能有一份内容；请删去这里的「---」。", "a file holds one document only; remove this “---”."
)
DEEP = Message(
    f"层次太深（超过 8 层）；请照 {NIANBAO} new 生成的样子写。",
    f"nested too deeply (more than 8 levels); write it as {NIANBAO} new does.",
)
KEY = Message("名称必须是一个词，不能是列表。", "a key must be a word, not a collection.")
_COLON = Message(
    "名称后面用了全角冒号「：」；请改成英文冒号「:」并在后面空一格。",
    "full-width colon after a key; write an ASCII colon and a space.",
)
_NO_SPACE = Message("英文冒号后面要空一格。", "put a space after the colon.")
HALF_QUOTE = Message(
    "引号只有后一半，或前一半是全角的；请用一对英文引号括起来，或都去掉。",
    "only the closing quote is there, or the opening one is full-width; write a pair of ASCII quotes, or none.",
)
COLONS = {"：": ("SRC-FULLWIDTH", _COLON), ":": ("SRC-COLON", _NO_SPACE)}
COMMA = Message(
    "括号里的分隔用了全角标点（，、；）；请改成英文逗号「,」。文字里确要用它时请加英文引号。",
    "full-width comma between brackets; write an ASCII comma (or quote the text).",
)
BRACKET = Message(
    "用了全角括号；请改成英文括号 [ ] 或 { }，里面用英文逗号。",
    "full-width bracket; write [ ] or { }, with ASCII commas inside.",
)
_SPACE = Message("行首用了全角空格；请改成两个英文空格。", "full-width space in the indentation; use two spaces.")
_TABS = Message("行首用了制表符（Tab 键）；请改成两个空格。", "a tab in the indentation; use two spaces.")
