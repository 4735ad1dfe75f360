"""Old office files (.doc, .wps, .rtf, .odt, XML of 2003) converted by LibreOffice, then read like any other.

The only reader that touches the world: a process of its own, in an empty folder with an empty profile, without network
where the system allows, with macros off, links never followed, and a time limit.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from generator.finding import Finding
from generator.readers import docx, ole, sheet
from generator.readers.bounds import bounded
from generator.readers.document import Document, Limits
from generator.readers.kinds import sniff
from generator.readers.notes import damaged, refuse, warn

SECONDS = 90
_MEMORY, _OUTPUT = 6_000_000_000, 500_000_000
_TARGET = {"doc": "docx", "rtf": "docx", "odt": "docx", "wordml": "docx", "sheetml": "xlsx"}
_SUFFIX = {"wordml": "xml", "sheetml": "xml"}
_FILTER = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}

# Macros never run (level 3 = trusted locations only, of which there are none); links are never updated.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def program() -> str:
    """LibreOffice's command, "" when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def read(data: bytes, file: str, limits: Limits) -> Document:
    """An old file by way of .docx or .xlsx; Unreadable without LibreOffice, or when it cannot convert the file."""
    bounded(data, limits)
    kind = sniff(data, file, limits)
    if kind not in _TARGET:
        raise damaged()
    soffice = program()
    if not soffice:
        wanted = _TARGET[kind]
        raise refuse(
            f"这是旧格式的文件（{kind}），直接读不了：请用 Word 或 WPS 另存为 .{wanted}，或在本机安装 LibreOffice 后重试。",
            f"This is an old format ({kind}); save it as .{wanted} in Word or WPS, or install LibreOffice and try again.",
        )
    # within the time of the whole reading, so that it ends its processes itself
    converted = convert(soffice, data, _SUFFIX.get(kind, kind), _TARGET[kind], max(1, limits.seconds * 3 // 4))
    reader = docx.read if _TARGET[kind] == "docx" else sheet.read
    document = reader(converted, file, limits)
    return replace(document, kind=kind, findings=(*_notes(data, kind, file), *document.findings))


def _notes(data: bytes, kind: str, file: str) -> list[Finding]:
    found = [
        warn(
            "IMP-CONVERTED",
            file,
            f"旧格式文件（{kind}）由 LibreOffice 转换后读取：请核对表格是否完整。",
            f"An old format ({kind}) was converted by LibreOffice; verify that tables are complete.",
        )
    ]
    if kind == "doc" and {"Macros", "VBA", "_VBA_PROJECT"} & ole.names(data):
        found.append(
            warn("IMP-MACRO", file, "文件带有宏，没有运行，也没有带入。", "Macros were neither run nor taken over.")
        )
    return found


def convert(soffice: str, data: bytes, suffix: str, target: str, seconds: int = SECONDS) -> bytes:
    """Bytes of one format to another. The temporary folder and every process started are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        here = Path(folder)
        profile = here / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = here / f"in.{suffix}"
        source.write_bytes(data)
        command = [
            *_walls(),
            soffice,
            f"-env:UserInstallation={(here / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--nofirststartwizard",
            "--convert-to",
            _FILTER[target],
            "--outdir",
            str(here / "out"),
            str(source),
        ]
        _run(command, here, seconds)
        result = here / "out" / f"in.{target}"
        if not result.is_file() or result.is_symlink() or result.stat().st_size > _OUTPUT:
            raise refuse(
                f"LibreOffice 转换不了这个文件：请用 Word 或 WPS 另存为 .{target}。",
                f"LibreOffice cannot convert this file; save it as .{target} in Word or WPS.",
            )
        return result.read_bytes()


def _walls() -> list[str]:
    """Commands before the program: bounds on memory and files, and no network, as far as the system has them."""
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
            f"LibreOffice took more than {seconds} s on this file and was stopped; save it in a new format.",
        ) from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":  # LibreOffice is a script that starts a launcher that starts the program
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
