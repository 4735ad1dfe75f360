"""Reads the content folder: word lists, report folders, pictures. The trust boundary is kept here."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from generator import limits
from generator.collection.picture_metadata import traces
from generator.collection.safe_files import safe_id, safe_name
from generator.collection.strays import (
    at_the_top,
    beside_reports,
    in_lists,
    in_report,
    is_litter,
    is_put_aside,
    is_year,
    shown,
)
from generator.finding import Finding, Level, Message, Place
from generator.report.entry import DRAFT, Files, ReportRef
from generator.report.reader import is_draft
from generator.wordlists.office_words import FOLDER
from generator.yaml_source.nodes import Node
from generator.yaml_source.reader import read

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def read_lists(content: Path) -> tuple[dict[str, Node], list[Finding]]:
    """Reads the office's own word lists, content/lists/*.yaml, by name."""
    lists: dict[str, Node] = {}
    findings: list[Finding] = []
    for path in sorted((content / FOLDER).glob("*.yaml")) if (content / FOLDER).is_dir() else ():
        file = f"{FOLDER}/{path.name}"
        data = _bytes(str(path), file, findings)
        node, slips = read(data, file) if data is not None else (None, [])
        findings += slips
        if node is not None:
            lists[path.stem] = node
    for name in sorted(os.listdir(content / FOLDER)) if (content / FOLDER).is_dir() else ():
        if not name.endswith(".yaml") and not is_litter(name):
            findings.append(in_lists(FOLDER, name))
    return lists, findings


def _link(file: str) -> Finding:
    return Finding(
        "FILE-LINK",
        Level.ERROR,
        Place(file),
        Message(
            f"“{file}”是符号链接：不读取，请放真实文件",
            f"“{file}” is a symbolic link: not read; put the real file there",
        ),
    )


KnownDraft = Callable[[int, str], bool | None]


def _unknown(year: int, organ: str) -> bool | None:
    return None


def scan(content: Path, known_draft: KnownDraft = _unknown) -> tuple[list[ReportRef], list[Finding]]:
    """Lists every report folder `<year>/<organ>`, grouped by organ, years ascending, and reports what else is there.

    `known_draft` tells whether a report is a draft where that is known without opening its file."""
    findings: list[Finding] = []
    years: dict[str, list[int]] = {}
    for year in _folders(content, "", findings):
        if not is_year(year.name):
            findings += [at_the_top(year)] if year.name not in (FOLDER, FONTS) else []
            continue
        for organ in _folders(Path(year.path), f"{year.name}/", findings):
            if safe_id(organ.name):
                years.setdefault(organ.name, []).append(int(year.name))
            else:
                findings.append(_bad_name(year.name, shown(organ.name)))
    refs = [ref for organ in sorted(years) for ref in _refs(content, organ, sorted(years[organ]), known_draft)]
    return linked(refs), findings


def scan_organ(content: Path, organ: str, known_draft: KnownDraft = _unknown) -> list[ReportRef]:
    """Lists the reports of one organ as `scan` does."""
    years = [int(year.name) for year in _folders(content, "", []) if is_year(year.name)]
    there = [year for year in years if _is_folder(f"{content}/{year}/{organ}")] if safe_id(organ) else []
    return linked(list(_refs(content, organ, sorted(there), known_draft)))


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


# The folder of the office's own fonts, for the PDF files.
FONTS = "fonts"


def _folders(parent: Path, folder: str, findings: list[Finding]) -> Iterator[os.DirEntry[str]]:
    """Yields the folders in a folder, in order; links and files that are not read are reported."""
    with os.scandir(parent) as listing:
        items = sorted(listing, key=lambda item: item.name)
    for item in items:
        if is_litter(item.name) and not is_put_aside(item, bool(folder)):
            continue
        if item.is_symlink():
            findings.append(_link(f"{folder}{shown(item.name)}"))
        elif item.is_dir(follow_symlinks=False):
            yield item
        elif folder or item.name not in ("site.yaml", "organs.yaml"):
            findings.append(beside_reports(folder, item.name))


def _refs(content: Path, organ: str, years: Sequence[int], known_draft: KnownDraft = _unknown) -> Iterator[ReportRef]:
    """Yields the reports of one organ; whether one is a draft is seen in the bytes of its tables.yaml."""
    for year in years:
        folder = f"{year}/{organ}"
        draft = known_draft(year, organ)
        if draft is None:
            tables = _bytes(f"{content}/{folder}/tables.yaml", "", [])
            draft = tables is not None and is_draft(tables)
        yield ReportRef(year, organ, folder, withheld=DRAFT if draft else "")


def linked(refs: Sequence[ReportRef], withheld_too: bool = False) -> list[ReportRef]:
    """Gives each report its neighbours among the published reports of its organ (`withheld_too`: among all), 0 where
    there is none. The reports stand by organ, years ascending."""
    out: list[ReportRef] = []
    for _, group in groupby(refs, key=lambda ref: ref.organ):
        reports = list(group)
        years = [ref.year for ref in reports if withheld_too or not ref.withheld]
        neighbours = dict(zip(years, zip((0, *years), (*years[1:], 0), strict=False), strict=False))
        for ref in reports:
            previous, following = neighbours.get(ref.year, (0, 0))
            out.append(ref._replace(previous=previous, next=following))
    return out


def _bad_name(year: str, name: str) -> Finding:
    message = Message(
        f"文件夹名“{name}”只能用小写字母、数字和连字符：里面的报告没有读取，请改名，或移到 content 之外",
        f"folder name “{name}”: only lower-case letters, digits and hyphens; what is in it is not read: rename it, or "
        "move it out of the content folder",
    )
    return Finding("FILE-NAME", Level.ERROR, Place(f"{year}/{name}"), message)


def report_folder(path: str) -> tuple[Path, ReportRef] | None:
    """Finds the content folder and the report that a path like content/2020/boshan names; None when it names none."""
    folder = Path(path)
    parts = folder.absolute().parts
    if not folder.is_dir() or len(parts) < 3 or not parts[-2].isdecimal():
        return None
    content = folder.absolute().parent.parent
    return content, next(_refs(content, parts[-1], [int(parts[-2])]))


def _bytes(path: str, file: str, findings: list[Finding]) -> bytes | None:
    """Reads a plain file; None when missing. A link, a device or a giant is refused with a finding."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    except OSError:
        findings.append(_link(file) if os.path.islink(path) else _unreadable(file))
        return None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        findings.append(_unreadable(file))
        return None
    with os.fdopen(descriptor, "rb") as opened:
        if status.st_size > limits.FILE_BYTES:
            size, limit = status.st_size // 1_000_000, limits.FILE_BYTES // 1_000_000
            message = Message(
                f"“{file}”有{size}MB，超过{limit}MB：不读取", f"“{file}” is {size} MB, over {limit} MB: not read"
            )
            findings.append(Finding("SRC-LARGE", Level.ERROR, Place(file), message))
            return None
        return opened.read()


def _unreadable(file: str) -> Finding:
    return Finding(
        "FILE-READ",
        Level.ERROR,
        Place(file),
        Message(
            f"“{file}”读不出来：请查看权限，放普通文件",
            f"“{file}” cannot be read: see to its permissions, and put a plain file there",
        ),
    )


def read_files(content: Path, ref: ReportRef) -> Files:
    """Reads the bytes of one report folder; its pictures are read by `read_pictures`."""
    folder = f"{content}/{ref.folder}"
    findings: list[Finding] = []
    tables = _bytes(f"{folder}/tables.yaml", f"{ref.folder}/tables.yaml", findings)
    prose = _bytes(f"{folder}/report.md", f"{ref.folder}/report.md", findings)
    return Files(tables, prose, (), tuple(findings))


def read_strays(content: Path, ref: ReportRef, used: Container[str]) -> list[Finding]:
    """Reports what lies in a report's folder and is not read; `used` are the pictures its narrative shows."""
    return list(in_report(f"{content}/{ref.folder}", ref.folder, used))


def read_pictures(
    content: Path, ref: ReportRef, names: Sequence[str]
) -> Iterator[tuple[str, bytes | None, list[Finding]]]:
    """Reads the pictures a narrative shows, by plain name; None with a finding for what cannot be shown."""
    for name in sorted(set(names)):
        file = f"{ref.folder}/{name}"
        findings: list[Finding] = []
        data = None
        if not safe_name(name):
            findings.append(_picture(ref, name, _UNSAFE))
        elif name.lower().endswith(_PICTURES):
            data = _bytes(f"{content}/{file}", file, findings)
        if data is None and not findings:
            findings.append(_picture(ref, name, _NOT_THERE))
        if data is not None:
            findings += _metadata(ref, name, data)
        yield name, data, findings


_NOT_THERE = Message(
    f"不在报告文件夹中，或不是 {'、'.join(_PICTURES)}：请放进去，或改正文里的文件名",
    f"is not in the report's folder, or not one of {', '.join(_PICTURES)}: put it there, or mend its name in the text",
)
_UNSAFE = Message(
    "的文件名在有的系统上不能用（如 aux、con 是 Windows 的保留名），没有采用；请改名",
    "has a name that some systems refuse (Windows reserves aux, con and others) and was left out; rename it",
)


def _picture(ref: ReportRef, name: str, why: Message) -> Finding:
    message = Message(f"图片“{name}”{why.zh}", f"picture “{name}” {why.en}")
    place = Place(f"{ref.folder}/report.md")
    return Finding("MD-PICTURE", Level.ERROR, place, message, (), ref.organ, ref.year, name)


def _metadata(ref: ReportRef, name: str, data: bytes) -> Iterator[Finding]:
    """Reports what a picture would give away when it is published as it is."""
    kinds = traces(data)
    if kinds:
        zh, en = "、".join(trace.what.zh for trace in kinds), ", ".join(trace.what.en for trace in kinds)
        grave = any(trace.grave for trace in kinds)
        yield Finding(
            "LEAK-DOCMETA",
            Level.ERROR if grave else Level.NOTE,
            Place(f"{ref.folder}/{name}"),
            Message(
                f"图片“{name}”的附加信息里有{zh}，会随图片公开；请清除后再放进来",
                f"picture “{name}” also tells {en}, which would be published with it; clear it first",
            ),
            (),
            ref.organ,
            ref.year,
            name,
        )
