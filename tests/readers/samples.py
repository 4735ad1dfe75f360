"""Makes 示例 reports by nothing of ours: an HTML page that LibreOffice converts, zip archives, XlsxWriter workbooks."""

from __future__ import annotations

import atexit
import random
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from generator.readers import legacy
from generator.readers.document import Document, DocumentTable, Limits, Paragraph

LIMITS = Limits()

Spec = tuple[str, int, int]  # text, rowspan, colspan

REFUSED = ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益"]
UNABLE = ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"]


def single(text: str) -> Spec:
    return text, 1, 1


def big_table(draw: random.Random) -> list[list[Spec]]:
    """An application table with headers merged both ways, like the statutory one, with made-up figures."""

    def figures() -> list[Spec]:
        return [single(str(draw.choice([0, 0, draw.randrange(1, 30), draw.randrange(1, 5000)]))) for _ in range(7)]

    rows: list[list[Spec]] = [
        [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [single("商业企业"), single("科研机构"), single("社会公益组织"), single("法律服务机构"), single("其他")],
        [("一、本年新收政府信息公开申请数量", 1, 3), *figures()],
        [("二、上年结转政府信息公开申请数量", 1, 3), *figures()],
        [("三、本年度办理结果", 2 + len(REFUSED) + len(UNABLE), 1), ("（一）予以公开", 1, 2), *figures()],
        [("（二）部分公开", 1, 2), *figures()],
    ]
    for title, labels in (("（三）不予公开", REFUSED), ("（四）无法提供", UNABLE)):
        for number, label in enumerate(labels):
            start: list[Spec] = [(title, len(labels), 1)] if number == 0 else []
            rows.append([*start, single(label), *figures()])
    rows.append([("四、结转下年度继续办理", 1, 3), *figures()])
    return rows


def small_table(draw: random.Random) -> list[list[Spec]]:
    return [
        [("第二十条第（一）项", 1, 4)],
        [single("信息内容"), single("本年制发件数"), single("本年废止件数"), single("现行有效件数")],
        [single("规章"), *(single(str(draw.randrange(9))) for _ in range(3))],
        [("第二十条第（八）项", 1, 4)],
        [single("信息内容"), ("本年收费金额（单位：万元）", 1, 3)],
        [single("行政事业性收费"), (f"{draw.randrange(1, 99999)}.{draw.randrange(10, 99)}".rstrip("0"), 1, 3)],
    ]


def expanded(rows: Sequence[Sequence[Spec]]) -> list[list[str]]:
    """The full rectangle of texts: what every reader must find."""
    width = sum(span for _, _, span in rows[0])
    out: list[list[str | None]] = [[None] * width for _ in rows]
    for number, row in enumerate(rows):
        for text, down, across in row:
            column = out[number].index(None)
            for r in range(number, number + down):
                out[r][column : column + across] = [text] * across
    return [[text or "" for text in row] for row in out]


def page(tables: Sequence[Sequence[Sequence[Spec]]], head: str = "") -> str:
    """A web page with a heading and a sentence before each table."""

    def cell(spec: Spec) -> str:
        text, down, across = spec
        return f'<td rowspan="{down}" colspan="{across}">{text}</td>'

    parts = []
    for number, rows in enumerate(tables):
        body = "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows)
        parts.append(
            f"<h2>{'一二三四五六'[number]}、示例章节</h2><p>本年度示例机关共公开信息{number + 10}条。</p>"
            f'<table border="1">{body}</table>'
        )
    title = '<meta charset="utf-8"><title>示例局2024年年度报告</title>'
    return f"<html><head>{title}{head}</head><body><h1>示例局年度报告</h1>{''.join(parts)}</body></html>"


def soffice(source: Path, target: str, infilter: str = "", profile: Path | None = None) -> bytes:
    """What LibreOffice makes of a file; the test is skipped where it is not installed."""
    (made,) = converted([source], target, infilter, profile)
    return made


def converted(sources: Sequence[Path], target: str, infilter: str = "", profile: Path | None = None) -> list[bytes]:
    """What LibreOffice makes of files of one folder: starting costs more than converting, so it starts once."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    made = sources[0].parent / "made"  # apart, for a file may be saved again as its own kind
    options = [f"-env:UserInstallation={(profile or _profile()).as_uri()}", "--headless"]
    reading = [f"--infilter={infilter}"] if infilter else []
    writing = ["--convert-to", target, "--outdir", str(made)]
    command = [program, *options, *reading, *writing, *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=60 + 60 * len(sources))
    suffix = "." + target.partition(":")[0]
    return [(made / source.name).with_suffix(suffix).read_bytes() for source in sources]


def convert_at_once(monkeypatch: pytest.MonkeyPatch, sources: Sequence[Path]) -> None:
    """Converts files of old formats all at once; the reader, which does it one by one, then finds them converted. How
    it does is shown in test_legacy.py, and with what is beside or hidden in the text in test_libreoffice.py."""
    modern = dict(zip(map(Path.read_bytes, sources), converted(sources, "docx:MS Word 2007 XML"), strict=True))
    monkeypatch.setattr(legacy, "convert", lambda soffice, data, *rest: modern[data])


@cache
def _profile() -> Path:
    """LibreOffice's settings, which it sets up when it first starts; one folder for all tests of this process."""
    folder = tempfile.mkdtemp(prefix="nianbao-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def grids(document: Document) -> list[DocumentTable]:
    return [block for block in document.blocks if isinstance(block, DocumentTable)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(grid: DocumentTable) -> list[list[str]]:
    """Texts of a grid without the line breaks that a writer put where it liked."""
    return [[cell.text.replace("\n", "") for cell in row] for row in grid.rows]


def rules(document: Document) -> set[str]:
    return {finding.rule for finding in document.findings}


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def book(fill: Callable[..., None], **options: object) -> bytes:
    """A workbook filled by `fill(workbook)`."""
    import datetime

    import xlsxwriter

    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    workbook.set_properties({"created": datetime.datetime(2025, 1, 8)})
    fill(workbook)
    workbook.close()
    return out.getvalue()
