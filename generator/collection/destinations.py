"""Reads where the section is published to: the block 发布 of site.yaml. Passwords and keys never stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.finding import Finding, Level, Message, Place, did_you_mean
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar, get

BLOCK, RULE = "发布", "SITE-PUBLISH"
FOLDER, RSYNC, SFTP, S3, ZIP, FRAGMENTS = "目录", "rsync", "sftp", "s3", "zip", "片段"
PREFIX = "前缀"
_ANYWHERE = ("方式", "网址")
_SERVER = ("主机", "端口", "用户", "目录", "密钥文件", "已知主机", "保留")
# The keys of each way, and those it cannot do without.
_KEYS = {
    FOLDER: ("目录", "保留"),
    RSYNC: _SERVER,
    SFTP: _SERVER,
    S3: ("端点", "桶", PREFIX, "区域", "寻址"),
    ZIP: ("目录",),
    FRAGMENTS: ("目录", "缩进"),
}
_REQUIRED = {
    FOLDER: ("目录",),
    RSYNC: ("主机", "目录"),
    SFTP: ("主机", "目录"),
    S3: ("桶",),
    ZIP: ("目录",),
    FRAGMENTS: ("目录",),
}
_SECRET_KEY = re.compile(r"密码|口令|密钥$|私钥|秘密|passw|secret|token|access.?key|凭据|credential", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"PRIVATE KEY|//[^/@\s]*:[^/@\s]+@|^[^/@\s]+:[^/@\s]+@")
_NUMBERS = {"端口": (1, 65535), "保留": (1, 1000)}
_CHOICES = {"缩进": ("样式", "空格"), "寻址": ("路径", "域名")}
_NUMBER = re.compile("[0-9]{1,9}")
KEPT = 5


class Destination(NamedTuple):
    """One place the section is published to: its name, the way there, and the texts typed, by key."""

    name: str
    way: str
    values: Mapping[str, str]

    def text(self, key: str, default: str = "") -> str:
        return self.values.get(key, "") or default

    def number(self, key: str, default: int) -> int:
        """Reads a whole number; the default where it is unset or out of its range, which `check_destinations`
        reports."""
        typed, (low, high) = self.values.get(key, ""), _NUMBERS[key]
        return int(typed) if _NUMBER.fullmatch(typed) and low <= int(typed) <= high else default


def read_destinations(site: Node | None) -> tuple[Destination, ...]:
    """Reads the block; what is misshapen is left out and reported by `check_destinations`."""
    block = get(site, BLOCK)
    found = []
    for name, node in block.pairs if isinstance(block, Pairs) else ():
        if isinstance(node, Pairs):
            texts = {key.text: _text(value) for key, value in node.pairs if isinstance(value, Scalar)}
            found.append(Destination(name.text, texts.get("方式", ""), texts))
    return tuple(found)


def _text(node: Scalar) -> str:
    return "" if node.plain and node.text in ("~", "null") else node.text


def check_destinations(site: Node | None, file: str) -> Iterator[Finding]:
    """Reports every mistake in the block at its line: unknown ways and keys, what is missing, and secrets."""
    block = get(site, BLOCK)
    if block is None or (isinstance(block, Scalar) and not _text(block)):
        return
    if not isinstance(block, Pairs):
        yield _finding(file, block, BLOCK, f"“{BLOCK}”下面应是“名称: {{方式: …}}”", "expected “name: {方式: …}”")
        return
    for name, node in block.pairs:
        if not isinstance(node, Pairs):
            text = f"“{BLOCK}.{name.text}”应写成 {{方式: …, 目录: …}}"
            yield _finding(file, node, name.text, text, f"“{name.text}” should be {{方式: …, 目录: …}}")
            continue
        if not re.fullmatch(r"\w[\w-]{0,39}", name.text):
            text = f"目标名称“{name.text}”只能用汉字、字母、数字、下划线和连字符，不超过40个"
            yield _finding(
                file, name, name.text, text, f"name “{name.text}”: letters, digits, _ and - only, 40 at most"
            )
        yield from _check_one(name.text, node, file)


def _check_one(name: str, node: Pairs, file: str) -> Iterator[Finding]:
    texts = {key.text: value for key, value in node.pairs}
    way = texts.get("方式")
    word = _text(way) if isinstance(way, Scalar) else ""
    if word not in _KEYS:
        ways = "、".join(_KEYS)
        zh = f"“{name}”的“方式”是“{word}”；应为{ways}之一" if word else f"“{name}”没有写“方式”；应为{ways}之一"
        yield _finding(file, way or node, name, zh, f"“{name}”: 方式 is “{word}”; expected one of {', '.join(_KEYS)}")
        return
    known = (*_ANYWHERE, *_KEYS[word])
    for key, value in node.pairs:
        yield from _check_pair(name, word, key, value, known, file)
    typed = {key: _text(value) for key, value in texts.items() if isinstance(value, Scalar)}
    for lacking in (key for key in _REQUIRED[word] if not typed.get(key)):
        yield _finding(file, node, f"{name}.{lacking}", f"“{name}”缺少“{lacking}”", f"“{name}” lacks “{lacking}”")


def _check_pair(name: str, way: str, key: Scalar, value: Node, known: tuple[str, ...], file: str) -> Iterator[Finding]:
    subject = f"{name}.{key.text}"
    typed = value.text if isinstance(value, Scalar) else ""
    if _SECRET_KEY.search(key.text) or _SECRET_VALUE.search(typed):
        yield _finding(
            file,
            key,
            subject,
            f"“{subject}”像是密码或密钥：site.yaml 里不写这些，请删去这一行，并换掉这个密码；"
            "改用 ssh-agent、“密钥文件”、环境变量或临时输入",
            f"“{subject}” looks like a password or key: never put one here; delete the line and replace the "
            "secret. Use ssh-agent, 密钥文件, the environment or a prompt",
        )
    elif key.text not in known:
        hint = did_you_mean(key.text, known, 0.5)
        yield _finding(
            file,
            key,
            subject,
            f"方式“{way}”没有“{key.text}”这一项{hint.zh}（可写：{'、'.join(known)}）",
            f"way “{way}” has no “{key.text}”{hint.en} (known: {', '.join(known)})",
        )
    elif isinstance(value, Items | Pairs):
        yield _finding(file, value, subject, f"“{subject}”应是一个值", f"“{subject}” should be a single value")
    elif key.text in _NUMBERS and typed:
        low, high = _NUMBERS[key.text]
        if not (_NUMBER.fullmatch(typed) and low <= int(typed) <= high):
            text = f"“{subject}”是“{typed}”；应为{low}到{high}的整数"
            yield _finding(
                file, value, subject, text, f"“{subject}” is “{typed}”; expected a whole number {low}-{high}"
            )
    elif key.text in _CHOICES and typed not in _CHOICES[key.text]:
        either = "或".join(_CHOICES[key.text])
        yield _finding(file, value, subject, f"“{subject}”只能是{either}", f"“{subject}” is {either} or not written")
    elif key.text in ("主机", "用户", "桶") and not re.fullmatch(r"[A-Za-z0-9_.:][A-Za-z0-9_.:-]*|", typed):
        text = f"“{subject}”是“{typed}”：不像主机名、用户名或桶名"
        yield _finding(file, value, subject, text, f"“{subject}” is “{typed}”: no name of a host, user or bucket")


def _finding(file: str, node: Node, subject: str, zh: str, en: str) -> Finding:
    return Finding(RULE, Level.ERROR, Place(file, node.line, node.column), Message(zh, en), subject=subject)
