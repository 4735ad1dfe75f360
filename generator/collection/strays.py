"""Finds what lies in the content folder and is not read: a year by another name, copies, notes, unused pictures.

Everything below content/ is read, known litter, or a finding: what is passed over in silence would be missing from the
site without anybody knowing.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from generator.finding import Finding, Level, Message, Place
from generator.narrative.edit_distance import edit_distance

# What office programs and operating systems leave behind, in lower case.
_LITTER = frozenset("thumbs.db ehthumbs.db desktop.ini __macosx $recycle.bin".split())
_READ = ("tables.yaml", "report.md")
_SETTINGS = ("site.yaml", "organs.yaml")
_FOLDERS = ("lists", "fonts")
_COPY = re.compile(
    r"(tables?|report|表格?|正文|报告).*\.(ya?ml|json|md|markdown|txt|bak|old|orig|rej|swp|lnk)$", re.IGNORECASE
)
_PICTURE = re.compile(r"\.(png|jpe?g|gif|webp)$", re.IGNORECASE)


def shown(name: str) -> str:
    """A file's name as it can be printed, whatever bytes it consists of."""
    return os.fsencode(name).decode("utf-8", "replace")


def is_litter(name: str) -> bool:
    """Tells whether a name is hidden or left behind by an office program or an operating system."""
    low = name.lower()
    return name.startswith((".", "~$")) or low in _LITTER or low.endswith((".tmp", "~"))


def _is_like(name: str, names: Iterable[str]) -> bool:
    """Tells whether a name just misses one that is read: by wide letters, another case or a slip of typing."""
    plain = unicodedata.normalize("NFKC", name).replace(" ", "").casefold()
    return any(edit_distance(plain, wanted, 2) <= 2 for wanted in names)


def is_year(name: str) -> bool:
    """Tells whether a folder's name is a report year: four ASCII digits, the first no zero, and nothing else."""
    return len(name) == 4 and name.isascii() and name.isdecimal() and name[0] != "0"


def is_put_aside(item: os.DirEntry[str], within_year: bool) -> bool:
    """Tells whether a hidden folder is no litter: a year (.2021), or one with reports in it (2021/.shili), which
    somebody may have hidden by mistake. What an interrupted import left (.shili.nianbao-new) is litter."""
    if not item.is_dir() or item.name.endswith(".nianbao-new"):
        return False
    if within_year:
        return any(os.path.exists(f"{item.path}/{name}") for name in _READ)
    return is_year(item.name.strip(".~")) or _holds_reports(item.path)


def at_the_top(folder: os.DirEntry[str]) -> Finding:
    """Reports a folder beside the years: an error where it may hold reports, a warning otherwise."""
    name = shown(folder.name)
    plain = unicodedata.normalize("NFKC", folder.name)
    year = re.search(r"(?:19|20)\d\d", plain)
    if _holds_reports(folder.path, "*/*"):
        return _finding(
            "FILE-YEAR",
            Level.ERROR,
            name,
            Message(
                f"文件夹“{name}”里面还有一层年度文件夹，其中的报告没有读取；"
                "请把年度文件夹移到 content 下面，不需要的移到 content 之外",
                f"folder “{name}” holds years one level too deep, so their reports are not read; move the years into "
                "the content folder itself, or out of it",
            ),
        )
    if year or re.search(r"\d\d|年", plain) or _holds_reports(folder.path):
        example = year[0] if year else "2021"
        return _finding(
            "FILE-YEAR",
            Level.ERROR,
            name,
            Message(
                f"文件夹“{name}”不是年度，里面的报告没有读取；"
                f"年度文件夹只写四位数字，如“{example}”，不需要的请移到 content 之外",
                f"folder “{name}” is no year, so its reports are not read; name a year by four digits, such as "
                f"“{example}”, or move it out of the content folder",
            ),
        )
    if name.lower() in _FOLDERS:
        right = name.lower()
        return _stray(
            name, Message(f"没有读取；文件夹名请全用小写：“{right}”", f"not read; write “{right}”, in lower case")
        )
    return _stray(
        name,
        Message(
            "文件夹不是年度，没有读取；请移到 content 之外",
            "the folder is no year and is not read; move it out of the content folder",
        ),
    )


def _holds_reports(path: str, folders: str = "*") -> bool:
    """Tells whether a folder looks like a year: some folder in it holds a file of a report."""
    try:
        return any(next(Path(path).glob(f"{folders}/{name}"), None) is not None for name in _READ)
    except OSError:
        return False


def beside_reports(folder: str, name: str) -> Finding:
    """Reports a file where only folders are read."""
    if not folder and _is_like(name, _SETTINGS):
        why = Message(
            "像是 site.yaml 或 organs.yaml 的副本，没有读取：只读这两个名称，不用的请移走",
            "not read: only site.yaml and organs.yaml are; move it away",
        )
        return _stray(shown(name), why)
    where = Message("报告放在“年度/机关编号/”里", "reports lie in “year/organ/”")
    return _stray(
        f"{folder}{shown(name)}", Message(f"文件没有读取；{where.zh}", f"the file is not read; {where.en}"), Level.NOTE
    )


def in_lists(folder: str, name: str) -> Finding:
    """Reports a file beside the office's word lists that is none."""
    copy = name.lower().endswith((".yml", ".yaml", ".yaml.bak", ".txt"))
    why = Message("没有读取；字表的文件名以 .yaml 结尾", "not read; the files of word lists end in .yaml")
    return _stray(f"{folder}/{shown(name)}", why, Level.WARNING if copy else Level.NOTE)


def in_report(path: str, folder: str, used: Container[str]) -> Iterator[Finding]:
    """Reports what lies in a report's folder besides its two files and the pictures its narrative shows."""
    with os.scandir(path) as listing:
        items = sorted(listing, key=lambda item: item.name)
    for item in items:
        if item.name in _READ or item.name in used or is_litter(item.name):
            continue
        file = f"{folder}/{shown(item.name)}"
        if item.is_dir(follow_symlinks=False):
            yield _stray(
                file,
                Message(
                    "报告文件夹里的文件夹没有读取：要用的文件放到它外面，不用的移走",
                    "folders inside a report's folder are not read: move what is needed out of it",
                ),
            )
        elif _PICTURE.search(item.name):
            text = Message(
                "图片没有在正文中用到，不会公开", "the narrative does not show this picture; it is not published"
            )
            yield _stray(file, text, Level.NOTE)
        elif _COPY.search(item.name) or _is_like(item.name, _READ):
            yield _stray(
                file,
                Message(
                    "像是报告文件的副本，没有读取：只读 tables.yaml 和 report.md，要用的改成这个名称，不用的移走",
                    "looks like a copy of a report's file and is not read: only tables.yaml and report.md are; rename "
                    "it, or move it away",
                ),
            )
        else:
            yield _stray(
                file, Message("文件没有读取，也不会公开", "the file is neither read nor published"), Level.NOTE
            )


def _stray(file: str, why: Message, level: Level = Level.WARNING) -> Finding:
    return _finding("FILE-STRAY", level, file, Message(f"“{file}”：{why.zh}", f"“{file}”: {why.en}"))


def _finding(rule: str, level: Level, file: str, message: Message) -> Finding:
    return Finding(rule, level, Place(file), message, subject=file)
