"""Refuses folders that no section may be published to: of the system, of users, of the content itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.collection.destinations import BLOCK, FOLDER, FRAGMENTS, PREFIX, RULE, S3, ZIP, Destination
from generator.finding import Finding, Level, Message, Place
from generator.yaml_source.controls import CONTROL
from generator.yaml_source.nodes import Node, Pairs, get

# Beside the content folder: this office's own copies of the ledgers, one a target.
RECORDS = "发布记录"
LOCAL = (FOLDER, ZIP, FRAGMENTS)
_DRIVE = re.compile(r"[a-z]:")
# Folders of a system, of lower case and without a drive: those where nothing may be put, and those below which nothing
# may be put either.
_ITSELF = re.compile(
    r"|home(/[^/]+)?|users(/[^/]+)?|root|lost\+found|media|mnt|opt|private|run|snap|srv|tmp|applications|volumes"
    r"|usr(/(local|share|src|libexec|games))?|var(/(lib|log|cache|spool|run|tmp|lock|mail|opt))?"
)
_BELOW = re.compile(
    r"(bin|boot|dev|etc|lib|lib32|lib64|libx32|proc|sbin|sys|system|library|usr/(bin|sbin|lib|lib64|include)"
    r"|windows|winnt|program files|program files \(x86\)|programdata)(/.*)?"
)


class Refused(NamedTuple):
    """Why a folder is refused: an end of the sentence “… is”."""

    zh: str
    en: str


_BLANK = Refused("空的，或就是起算的那个文件夹", "blank, or the folder that paths begin at")
_HOME = Refused("用户的主目录，或它的上级", "a home folder, or above one")
_SYSTEM = Refused("磁盘的根目录，或系统的文件夹", "the root of a disk, or a folder of the system")
_TILDE = Refused("以“~”开头的，而“~”在这里不会换成主目录", "with a “~”, which does not stand for the home folder here")
_PARENT = Refused("带“.”或“..”的，看不出到底是哪里", "with “.” or “..” in it, so that nobody sees where it is")
_ODD = Refused("带控制字符的，或头尾有空格", "with a control character, or a blank at an end")
_OTHER_SYSTEM = Refused("Windows 的路径，而这台机器不是 Windows", "a path of Windows, which this machine does not run")
_CONTENT = Refused("内容文件夹，或它的上级、里面", "the content folder, above it or in it")
_RECORDS = Refused(f"“{RECORDS}”文件夹，或在它里面", f"the folder {RECORDS}, or in it")
_OUTPUT = Refused("build 生成的文件夹，或它的上级、里面", "the folder that build writes, above it or in it")


def check_target_folders(
    destinations: Sequence[Destination], site: Node | None, file: str, content: Path
) -> Iterator[Finding]:
    """Reports every target whose folder is refused, at the line where it is written."""
    for destination in destinations:
        key = PREFIX if destination.way == S3 else FOLDER
        message = refused_folder(destination, content) if destination.text(key) else None  # missing is told elsewhere
        if message is not None:
            node = get(get(get(site, BLOCK), destination.name), key)
            place = Place(file, node.line, node.column) if node else _named(site, destination.name, file)
            yield Finding(RULE, Level.ERROR, place, message, subject=f"{destination.name}.{key}")


def _named(site: Node | None, name: str, file: str) -> Place:
    block = get(site, BLOCK)
    names = [key for key, _ in block.pairs if key.text == name] if isinstance(block, Pairs) else []
    return Place(file, names[0].line, names[0].column) if names else Place(file)


def refused_folder(destination: Destination, content: Path) -> Message | None:
    """Says why the folder of a target is refused, as far as it can be told without its server; None where it is
    not."""
    if destination.way == S3:
        why = _refused_prefix(destination.text(PREFIX))
        return why and _sentence(destination, PREFIX, why, "nianbao/")
    typed = destination.text(FOLDER)
    why = _refused_text(typed)
    if why is None and destination.way in LOCAL:
        why = _refused_place(local_folder(destination, content), content)
    example = "/srv/nianbao" if typed.startswith(("/", "~")) else "发布"
    return why and _sentence(destination, FOLDER, why, example)


def refused_here(destination: Destination, content: Path, output: Path | None = None) -> Message | None:
    """Says why the folder of a target is refused on this machine; `output` is the folder that holds the section."""
    message = refused_folder(destination, content)
    if message is not None or destination.way not in LOCAL:
        return message
    typed = destination.text(FOLDER)
    if os.sep == "/" and ("\\" in typed or _DRIVE.match(typed.lower())):
        return _sentence(destination, FOLDER, _OTHER_SYSTEM, "/srv/nianbao")
    if output is not None and _meet(local_folder(destination, content), output):
        return _sentence(destination, FOLDER, _OUTPUT, "发布")
    return None


def local_folder(destination: Destination, content: Path) -> Path:
    """Returns the folder of a local target; a relative one is beside the content folder."""
    return content.absolute().parent / destination.text(FOLDER)


def _sentence(destination: Destination, key: str, why: Refused, example: str) -> Message:
    typed, subject = destination.text(key), f"{destination.name}.{key}"
    return Message(
        f"“{subject}”是“{typed}”：不能是{why.zh}；请写一个只放本栏目的文件夹，如 {example}",
        f"“{subject}” is “{typed}”: it may not be {why.en}; name a folder that holds only this section, e.g. {example}",
    )


def _refused_text(typed: str) -> Refused | None:
    """Judges a folder as it is typed, for whatever system."""
    if CONTROL.search(typed) or typed != typed.strip():
        return _ODD
    plain = typed.replace("\\", "/")
    names = [name for name in plain.split("/") if name]
    if ".." in names or "." in names[1:]:
        return _PARENT
    if names == ["."] or not typed:
        return _BLANK
    if names and names[0].startswith("~"):
        return _TILDE
    drive = bool(_DRIVE.match(plain.lower()))
    if drive and not plain[2:].startswith("/"):  # C: and C:x depend on where one is
        return _SYSTEM
    if plain.startswith("//") and len(names) < 2:  # \\server
        return _SYSTEM
    if plain.startswith("/") or drive:
        return _refused_system("/".join(names[drive:]))
    return None


def _refused_system(path: str) -> Refused | None:
    """Judges an absolute path without its root."""
    path = path.lower()
    if re.fullmatch(r"(home|users)/[^/]+|root", path):
        return _HOME
    return _SYSTEM if _ITSELF.fullmatch(path) or _BELOW.fullmatch(path) else None


def _refused_place(folder: Path, content: Path) -> Refused | None:
    """Judges a folder of this machine, links followed."""
    place = _real(folder)
    if place == Path(place.anchor) or (os.sep == "/" and _refused_system(str(place).strip("/"))):
        return _SYSTEM
    home = Path(os.path.expanduser("~"))
    if home.is_absolute() and _real(home).is_relative_to(place):
        return _HOME
    if _meet(place, content):
        return _CONTENT
    return _RECORDS if place.is_relative_to(_real(content.absolute().parent / RECORDS)) else None


def _meet(first: Path, second: Path) -> bool:
    one, other = _real(first), _real(second)
    return one.is_relative_to(other) or other.is_relative_to(one)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _refused_prefix(typed: str) -> Refused | None:
    if CONTROL.search(typed) or typed != typed.strip():
        return _ODD
    names = typed.replace("\\", "/").strip("/").split("/")
    return _PARENT if {".", ".."} & set(names) or ("" in names and len(names) > 1) else None
