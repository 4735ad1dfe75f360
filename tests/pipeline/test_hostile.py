"""Report folders are not trusted (sixty offices send them): what a hostile one can do to pages, files and time.

Every named attack is tried end to end, on the section that a build makes or on the command itself.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.finding import Finding
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from tests.example import prose, tables, write_content
from tests.pipeline.test_run import made

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
OTHER = {"2021/jiaju": (tables(2021, "jiaju"), prose(2021))}


class Page(HTMLParser):
    """What a browser would act on: tags with their attributes."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def dangers(data: bytes) -> list[str]:
    """Scripts that are not ours, handlers, styles, frames, and addresses of kinds that run or leak."""
    found = []
    for tag, attributes in Page(data).tags:
        ours = (
            tag == "form" and attributes.get("role") == "search" and attributes.get("action", "") in ("", "index.html")
        )
        if not ours and tag in ("iframe", "object", "embed", "form", "base", "svg", "math", "style", "audio", "video"):
            found.append(tag)
        never_run = attributes.get("type") == "application/ld+json"
        if tag == "script" and not never_run and "assets/" not in attributes.get("src", ""):
            found.append("script")
        for name, value in attributes.items():
            scheme = value.split(":", 1)[0].strip().lower() if ":" in re.split("[/#?]", value, maxsplit=1)[0] else ""
            if (
                name.startswith("on")
                or name in ("style", "srcdoc", "formaction")
                or (name in ("href", "src", "action") and scheme not in ("", "http", "https", "mailto"))
            ):
                found.append(f"{tag} {name}={value[:40]}")
    return found


def test_the_check_for_dangers_bites() -> None:
    bad = [
        "<script>1</script>",
        "<img src=x onerror=a>",
        "<a href=javascript:1>",
        "<a href=' JavaScript:1'>",
        "<a href='data:text/html,x'>",
        "<iframe src=x>",
        "<p style='x'>",
        "<form action=x>",
    ]
    assert all(dangers(text.encode()) for text in bad)
    assert not dangers(b'<script src="../assets/a.js"></script><a href="http://a:80/x">a</a><a href="#x:y">b</a>')


def built(folder: Path, figures: str, narrative: str) -> tuple[dict[str, bytes], list[Finding]]:
    """The section of a hostile report of 2021 (its errors made warnings, so that it is really built)."""
    content = write_content(folder / "content", OTHER | {"2021/shili": (figures, narrative)})
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("规则级别:\n  LEAK-NULL: 警告\n  LEAK-PATH: 警告\n")
    outcome = pipeline.run(Request(content, jobs=1), folder / "site")
    assert outcome.written is not None, [f.message.zh for f in outcome.findings if f.blocking]
    return made(folder / "site"), outcome.findings


EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}{% for x in y %}</title></script><!--"


def test_no_free_text_of_a_report_becomes_code(tmp_path: Path) -> None:
    quoted = "'" + EVIL.replace("'", "") + "'"
    figures = (
        tables(2021)
        .replace("标题: 示例区人民政府2021年政府信息公开工作年度报告", f"标题: {quoted}")
        .replace("发布机构: 示例区人民政府", f"发布机构: {quoted}")
    )
    figures = figures.replace("机关: shili\n", f"机关: shili\n索引号: {quoted}\n文号: {quoted}\n", 1)
    assert figures.count(quoted) == 4
    figures += (
        f"联系: {{电话: {quoted}, 地址: {quoted}}}\n"
        f"指标:\n  {quoted}: {{值: 7, 单位: {quoted}, 部分: 一}}\n"
        f"图片:\n  1: {{说明: {quoted}}}\n"
    )
    # as a placeholder it would be an error: nothing is evaluated, and nothing built
    words = EVIL.replace("{{7*7}}", "")
    link, table = f"[{words}](https://www.example.gov.cn/?q=<script>)", f"| {words} |\n|---|\n| {words} |"
    parts = "\n\n".join((words, "{{图片.1}}", f"### {words}", link, table))
    narrative = prose(2021).replace("示例引言。", parts)
    site, _ = built(tmp_path, figures, narrative)
    pages = {path: data for path, data in site.items() if path.endswith(".html")}
    assert {path: dangers(data) for path, data in pages.items() if dangers(data)} == {}
    report = pages["2021/shili/index.html"].decode()
    assert "&lt;script&gt;alert(1)" in report and "49" not in report.split("<main")[1].split("<table")[0]
    assert b"Content-Security-Policy" in pages["2021/shili/index.html"]
    sections = "".join(section["html"] for section in json.loads(site["2021/shili/report.json"])["sections"])
    assert dangers(sections.encode()) == []


LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java&#115;cript:alert(1)",
    "javascript&colon;alert(1)",
    "java\tscript:alert(1)",
    "vbscript:x",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "http:/\\evil",
    "ftp://x.example/",
]


@pytest.mark.parametrize("address", LINKS)
def test_an_address_of_another_kind_loses_its_link(address: str, tmp_path: Path) -> None:
    forms = [f"[点]({address})", f"[点](<{address}>)", f"[点][甲]\n\n[甲]: {address}", f"<{address.strip()}>"]
    site, _ = built(tmp_path, tables(2021), prose(2021) + "\n" + "\n\n".join(forms) + "\n")
    page = site["2021/shili/index.html"]
    assert dangers(page) == []
    body = page.decode().split("<main")[1].split("</main")[0]
    external = [a["href"] for tag, a in Page(body.encode()).tags if tag == "a" and a.get("class") == "external"]
    assert external == []


PICTURES = [
    "../../site.yaml",
    "../jiaju/tu.png",
    "..%2fjiaju%2ftu.png",
    "%2e%2e/jiaju/tu.png",
    "..\\jiaju\\tu.png",
    "/etc/passwd",
    "/etc/passwd.png",
    "file:///etc/passwd.png",
    "https://evil.example/a.png",
    "//evil.example/a.png",
    "tu.svg",
    "tu.png/../../x.png",
    "C:\\x.png",
    ".hidden.png",
    "con.png?x.png",
]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_from_elsewhere_is_left_out(name: str, tmp_path: Path) -> None:
    content = write_content(
        tmp_path / "content", OTHER | {"2021/shili": (tables(2021), prose(2021) + f"\n![图](<{name}>)\n")}
    )
    (content / "2021/jiaju/tu.png").write_bytes(b"\x89PNG hush-hush")
    (content / "2021/shili/tu.svg").write_bytes(b"<svg onload=alert(1)>hush-hush")
    (content / "2021/shili/.hidden.png").write_bytes(b"hush-hush")
    outcome = pipeline.run(Request(content, jobs=1), tmp_path / "site")
    assert "MD-PICTURE" in {f.rule for f in outcome.findings}
    site = made(tmp_path / "site") if outcome.written else {}
    assert not [path for path, data in site.items() if b"hush-hush" in data or b"root:x:" in data]
    assert not [tag for tag, _ in Page(site.get("2021/shili/index.html", b"")).tags if tag == "img"]


@pytest.mark.parametrize(
    "what", ["2021", "2021/jiaju", "2021/jiaju/tables.yaml", "2021/jiaju/report.md", "2021/jiaju/tu.png"]
)
def test_no_symbolic_link_is_followed(what: str, tmp_path: Path) -> None:
    narrative = prose(2021) + "\n![图](tu.png)\n"
    content = write_content(
        tmp_path / "content",
        {"2021/shili": (tables(2021), prose(2021)), "2021/jiaju": (tables(2021, "jiaju"), narrative)},
    )
    (content / "2021/jiaju/tu.png").write_bytes(b"\x89PNG")
    away = tmp_path / "away"
    (content / what).rename(away)
    (content / what).symlink_to(away)
    found = pipeline.run(Request(content, jobs=1), tmp_path / "site").findings
    links = [f for f in found if f.rule == "FILE-LINK"]
    assert [f.place.file.endswith(what) for f in links] == [True] and all(f.blocking for f in links)
    assert not (tmp_path / "site").exists()


# ---------------------------------------------------------------- time and memory

LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{c}: &{c} [{','.join('*' + p for _ in range(9))}]\n" for p, c in zip("abcdefghi", "bcdefghij", strict=False)
)
BOMBS = {
    "billion laughs": (LAUGHS, None, "SRC-ALIAS"),
    "python tag": ("年度: !!python/object/apply:os.system ['touch owned']\n", None, "SRC-TAG"),
    "own tag": ("年度: !include /etc/passwd\n", None, "SRC-TAG"),
    "deep list": ("年度: " + "[" * 60_000, None, "SRC-DEEP"),
    "deep blocks": ("".join(" " * n + "a:\n" for n in range(500)), None, "SRC-DEEP"),
    "10 MB figures": ("年度: 2021\n" + "x" * 10_000_000, None, "SRC-LARGE"),
    "10 MB narrative": (None, "甲" * 3_400_000, "SRC-LARGE"),
    "many keys": ("".join(f"k{n}: 1\n" for n in range(100_000)), None, "KEY-UNKNOWN"),
    "long scalar": ("标题: >\n" + "  甲乙丙丁\n" * 100_000, None, "KEY-FOLDER"),
    "NUL": ("年度: 2021\0\n", None, "SRC-CONTROL"),
    "UTF-16": ("年度: 2021\n".encode("utf-16").decode("latin-1"), None, "SRC"),
    "brackets": (None, "[" * 60_000, None),
    "emphasis": (None, "*a **a " * 8_000, None),
    "quotes": (None, ">" * 60_000 + "甲", None),
    "lists": (None, "".join("  " * n + "- 甲\n" for n in range(300)), None),
    "links": (None, "[a](b " * 10_000, None),
    "references": (None, "".join(f"[{n}]: http://a/{n}\n" for n in range(20_000)) + "[1] " * 15_000, None),
    "angle": (None, "<a " * 20_000, None),
    "braces": (None, "{{" * 30_000, None),
    "bound": (None, "{{表三.没有}}" * 3_000, "BIND-UNKNOWN"),
    "pictures": (None, "![" * 30_000, None),
    "table": (None, "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + "|a|\n" * 2_000, None),
    "lines": (None, "甲\n" * 400_000, None),
}


@pytest.mark.parametrize("name", list(BOMBS))
def test_a_bomb_costs_seconds_at_most_and_is_named(name: str, tmp_path: Path) -> None:
    """Under a limit of 1 GB memory and 20 s of processor time, as the command runs."""
    figures, narrative, rule = BOMBS[name]
    content = write_content(
        tmp_path / "content", OTHER | {"2021/shili": (tables(2021), prose(2021) + "\n" + (narrative or ""))}
    )
    if figures is not None:
        (content / "2021/shili/tables.yaml").write_text(figures, encoding="utf-8" if name != "UTF-16" else "latin-1")
    check = f"{sys.executable} -m generator check --content {content} --format json --jobs 1"
    command = f"ulimit -v 1000000; ulimit -t 20; exec {check}"
    started = time.monotonic()
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert result.returncode in (0, 1), (result.returncode, result.stderr.decode()[-500:])
    rules = {f["rule"] for f in json.loads(result.stdout)["findings"]}
    assert "TOOL-FAULT" not in rules and (rule is None or any(found.startswith(rule) for found in rules)), rules
    assert not (ROOT / "owned").exists() and time.monotonic() - started < 60
