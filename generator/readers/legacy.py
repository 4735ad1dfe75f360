"""Reads other office files (.doc, .wps, .rtf, .odt, UOF, XML of 2003) by having LibreOffice convert them first.

LibreOffice runs in a process of its own, in an empty folder with an empty profile: without network where the system
allows it, with macros off, links never followed, and a time limit.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from generator.finding import Finding, Message
from generator.readers import docx, ole, sheet
from generator.readers.bounds import bounded
from generator.readers.cell_text import figure
from generator.readers.document import (
    Document,
    DocumentCell,
    DocumentTable,
    Limits,
    Paragraph,
    Unreadable,
    pieces_of,
    plain_and_marked,
)
from generator.readers.docx_fields import has_drawn, has_drawn_cells
from generator.readers.kinds import sniff
from generator.readers.notes import damaged, refuse, warn
from generator.readers.stored_fields import keep_results

SECONDS = 90
_MEMORY, _OUTPUT = 6_000_000_000, 500_000_000
_TARGET = {
    "doc": "docx",
    "rtf": "docx",
    "odt": "docx",
    "wordml": "docx",
    "sheetml": "xlsx",
    "uot": "docx",
    "uos": "xlsx",
}
_SUFFIX = {"wordml": "xml", "sheetml": "xml"}
_QUIET = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
_FILTER = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_NAME = r"[\w.-]{0,20}:?"  # before the names of elements and attributes: any prefix, or none
# LibreOffice 7.4 makes living text of these (uof2odf_text.xsl)
_LOST_FROM_UOF = re.compile(rf"<{_NAME}(?:修订开始|隐藏文字(?![^<>]{{0,200}}[\"'](?:false|0)[\"']))")
# what its conversion may drop, so that a raised or struck digit becomes part of a figure: the filter for texts knows no
# 上下标, and loses lines through text
_DRESSED_IN_UOF = re.compile(
    rf"<{_NAME}(?:(?:删除线|上下标)(?![^<>]{{0,200}}[\"']none[\"'])|位置>\s*-?[1-9]|拼音|带圈|条件格式化|缩放>\s*[0-5]?\d\D)"
    r"|颜色=[\"']#?(?:[fF][c-fC-F]){3}|字号=[\"'][0-2](?:\.\d*)?[\"']|相对字号="
)
# the digits of one number in two stretches of text, whose styles may differ in what is lost before we see it (双行合一)
_PARTED_IN_UOF = re.compile(
    rf"\d</{_NAME}文本串>\s{{0,9}}</{_NAME}句>\s{{0,9}}<{_NAME}句\b[^<>]{{0,200}}>"
    rf"(?:<(?!{_NAME}文本串)[^<>]{{0,300}}>[^<>]{{0,100}}){{0,20}}<{_NAME}文本串\b[^<>]{{0,200}}>\d"
)
_DECLARED = re.compile(rb"<\?xml[^<>]{0,200}encoding=[\"']([\w.-]{1,40})[\"']")

# a part of a text in white or in tiny letters, which becomes like the rest of it
_WHITE_IN_SHEETML = re.compile(
    rb"<(?:html:)?Font\b[^<>]{0,200}html:(?:Color=[\"']#(?:[fF][c-fC-F]){3}|Size=[\"'][0-4](?:\.\d*)?[\"'])"
)

# Options of LibreOffice's registry below /org.openoffice: macros never run (level 3 = trusted locations only, of which
# there are none), links are never updated, and what network remains leads to a closed port.
_OPTIONS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def _settings() -> str:
    """Write the options as a profile's registrymodifications.xcu."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _OPTIONS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n"
    )


def program() -> str:
    """Find LibreOffice's command, "" when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def read(data: bytes, file: str, limits: Limits) -> Document:
    """Read an old file by way of .docx or .xlsx; raise Unreadable without LibreOffice or when it cannot convert it."""
    bounded(data, limits)
    kind = sniff(data, file, limits)
    if kind not in _TARGET:
        raise damaged()
    uof = _xml_text(data) if kind in ("uot", "uos") else ""
    if _LOST_FROM_UOF.search(uof):
        raise _no_uof(
            "标文通（UOF）文件里有修订或隐藏文字，转换会把它们当作正文",
            "the UOF file has tracked changes or hidden text, which conversion would turn into ordinary text",
        )
    target = _TARGET[kind]
    soffice = program()
    if not soffice:
        raise refuse(
            f"这是旧格式的文件（{kind}），直接读不了："
            f"请用 Word 或 WPS 另存为 .{target}，或在本机安装 LibreOffice 后重试。",
            f"This old format ({kind}) cannot be read directly: "
            f"save it as .{target} in Word or WPS, or install LibreOffice and try again.",
        )
    # shorter than the time for the whole file, so that the reader ends these processes itself
    kept = keep_results(data, kind, limits)
    converted = convert(soffice, kept, _SUFFIX.get(kind, kind), target, max(1, limits.seconds * 3 // 4))
    reader = docx.read if target == "docx" else sheet.read
    document = reader(converted, file, limits)
    if kind in ("uot", "uos") and any(
        "<uof:" in block.text for block in document.blocks if isinstance(block, Paragraph)
    ):
        raise _no_uof("本机的 LibreOffice 读不了标文通（UOF）文件", "this LibreOffice cannot read UOF files")
    if kind == "odt":
        document = _changed(document, _split)
    if kind == "rtf" and _FORMULA.search(data):
        document = _doubted(document, _MOVED, lambda text: not text)
    if kind in ("doc", "rtf") and has_drawn_cells(data):
        document = _doubted(document, _DRAWN, lambda text: not text or figure(text))
    if kind == "sheetml" and _WHITE_IN_SHEETML.search(data):
        document = _doubted(document, _BLACKENED, figure)
    if _DRESSED_IN_UOF.search(uof) or _PARTED_IN_UOF.search(uof):
        told = warn("IMP-CONVERTED", file, f"{_UNDRESSED.zh}。", f"{_UNDRESSED.en}.")
        document = replace(_doubted(document, _UNDRESSED, figure), findings=(*document.findings, told))
    return replace(document, kind=kind, findings=(*_notes(data, kind, file), *document.findings))


def _xml_text(data: bytes) -> str:
    """Decode XML as it says itself: office suites write UOF in GB 18030 and UTF-16 too."""
    declared = _DECLARED.search(data[:1000])
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else declared[1].decode() if declared else "utf-8"
    try:
        return data.decode("gb18030" if encoding.lower() in ("gb2312", "gbk") else encoding, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


_FORMULA = re.compile(rb"\\m(?:math|oMath)\b")
_MOVED = Message(
    "文件里有公式，LibreOffice 转换时会把公式移到别的格：此格原来可能不是空白，请对照原文件",
    "the file has formulas, which LibreOffice moves to other cells: this cell may not have been blank, see the file",
)


_DRAWN = Message(
    "文件的表格里有 EQ 域（带圈、上下标等），LibreOffice 转换时会丢失：此格可能还有别的字，请对照原文件",
    "tables of the file have EQ fields (circled, raised …), which LibreOffice drops: compare the cell with the file",
)


_UNDRESSED = Message(
    "标文通（UOF）文件里有划去、上标、白色等样式的字，转换时可能丢失，成了数的一部分：请对照原文件",
    "the UOF file has text struck out, raised, in white …, which conversion may make part of a figure: see the file",
)


_BLACKENED = Message(
    "文件里有格内一部分是白色或极小的字，转换时成了数的一部分：请对照原文件",
    "parts of cells are in white or in tiny letters, which conversion makes part of a figure: see the file",
)


def _doubted(document: Document, why: Message, which: Callable[[str], bool]) -> Document:
    """Put cells of all tables in doubt, which by their text: conversion may have moved, lost or added something."""
    return _changed(document, lambda cell: cell if cell.doubt or not which(cell.text) else cell._replace(doubt=why))


def _split(cell: DocumentCell) -> DocumentCell:
    """Take off a cell's figure the fields that stored_fields has named in its text."""
    text, raw, doubt = plain_and_marked(pieces_of(cell.text))
    return cell if cell.doubt or not doubt else cell._replace(text=text, raw=raw, doubt=doubt)


def _changed(document: Document, change: Callable[[DocumentCell], DocumentCell]) -> Document:
    blocks = (
        replace(block, rows=tuple(tuple(map(change, row)) for row in block.rows))
        if isinstance(block, DocumentTable)
        else block
        for block in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def _no_uof(zh: str, en: str) -> Unreadable:
    return refuse(
        f"{zh}：请用 WPS 或永中打开，接受修订、删去隐藏文字，另存为 .docx 或 .xlsx。",
        f"{en[0].upper()}{en[1:]}; open it, accept changes, remove hidden text and save it as .docx or .xlsx.",
    )


def _notes(data: bytes, kind: str, file: str) -> list[Finding]:
    findings = [
        warn(
            "IMP-CONVERTED",
            file,
            f"旧格式文件（{kind}）由 LibreOffice 转换后读取：请核对表格是否完整。",
            f"LibreOffice converted this old format ({kind}); check that its tables are complete.",
        )
    ]
    if kind in ("doc", "rtf") and has_drawn(data):
        findings.append(
            warn(
                "IMP-SYMBOL",
                file,
                "文件里有带圈字符（EQ 域），转换时丢失：请照原件补上，或用 Word、WPS 另存为 .docx 再导入。",
                "Enclosed characters (EQ fields) are lost in conversion; add them from the original, or save it as "
                ".docx in Word or WPS and import that.",
            )
        )
    if kind == "doc" and {"Macros", "VBA", "_VBA_PROJECT"} & ole.names(data):
        findings.append(
            warn("IMP-MACRO", file, "文件带有宏，没有运行，也没有带入。", "Macros were neither run nor imported.")
        )
    return findings


def convert(soffice: str, data: bytes, suffix: str, target: str, seconds: int = SECONDS) -> bytes:
    """Convert bytes from one format to another; leaves no temporary folder and no process behind."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        here = Path(folder)
        profile = here / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        source = here / f"in.{suffix}"
        source.write_bytes(data)
        options = [f"-env:UserInstallation={(here / 'profile').as_uri()}", *_QUIET]
        conversion = ["--convert-to", _FILTER[target], "--outdir", str(here / "out"), str(source)]
        _run([*_walls(), soffice, *options, *conversion], here, seconds)
        result = here / "out" / f"in.{target}"
        if not result.is_file() or result.is_symlink() or result.stat().st_size > _OUTPUT:
            raise refuse(
                f"LibreOffice 转换不了这个文件：请用 Word 或 WPS 另存为 .{target}。",
                f"LibreOffice cannot convert this file; save it as .{target} in Word or WPS.",
            )
        return result.read_bytes()


def _walls() -> list[str]:
    """Return the commands that wrap the program: limits on memory and file size, no network, where the system can."""
    walls = []
    if limiter := shutil.which("prlimit"):
        walls += [limiter, f"--as={_MEMORY}", f"--fsize={_OUTPUT}", "--core=0"]
    if os.name == "posix" and (unshare := shutil.which("unshare")):
        alone = [unshare, "--map-root-user", "--net"] if os.geteuid() else [unshare, "--net"]
        if subprocess.run([*alone, "true"], capture_output=True, check=False, timeout=10).returncode == 0:
            walls += alone
    return walls


def _run(command: list[str], folder: Path, seconds: int) -> None:
    environment = {
        key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "FONTCONFIG_PATH") if key in os.environ
    }
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise refuse(
            f"LibreOffice 转换这个文件超过 {seconds} 秒，已停止：请用 Word 或 WPS 另存为新格式。",
            f"LibreOffice took more than {seconds} s to convert this file and was stopped; save it in a new format.",
        ) from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":  # LibreOffice is a script that starts a launcher that starts the program
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
