"""The command as it is typed: exit codes, languages, terminals and pipes, documents for other programs."""

from __future__ import annotations

import gettext
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
import jsonschema
import pytest

from generator.__main__ import LOCALE
from tests.example import prose, tables, write_content
from tests.pipeline.test_run import REAL, made

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SARIF = ROOT / "tests/schemas/sarif-2.1.0-rtm.5.json"
OTHER = {"2021/jiaju": (tables(2021, "jiaju"), prose(2021))}
FLAWED = OTHER | {"2021/shili": (tables(2021, 表三_总计=[9, 0, 0, 0, 0, 0, 9]), prose(2021))}
WARNED = OTHER | {"2021/shili": (tables(2021), prose(2021) + "\n[点](ftp://example.gov.cn/)\n")}


def nianbao(
    *arguments: str | Path, cwd: Path = ROOT, given: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[bytes]:
    """The command run in a folder, with more in its environment."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **given}
    return subprocess.run(command, capture_output=True, timeout=120, check=False, cwd=cwd, env=environment)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """fine, warned (a warning) and flawed (errors) content, and an empty folder."""
    root = tmp_path_factory.mktemp("content")
    (root / "empty").mkdir()
    return {
        "fine": write_content(root / "fine"),
        "warned": write_content(root / "warned", WARNED),
        "flawed": write_content(root / "flawed", FLAWED),
        "empty": root / "empty",
        "missing": root / "missing",
    }


EXITS = [
    (0, "--version"),
    (0, "--help"),
    (2, ""),
    (2, "publishh"),
    (2, "--lang fr check"),
    (0, "build --content fine"),
    (0, "build --content fine --jobs 2 --strict"),
    (0, "build --content warned"),
    (1, "build --content flawed"),
    (1, "build --content warned --strict"),
    (2, "build --content empty"),
    (2, "build --content missing"),
    (2, "build --jobs -1"),
    (2, "build --jobs x"),
    (2, "build --nope"),
    (2, "build extra"),
    (2, "build --content"),
    (0, "check --content fine"),
    (0, "check --content warned"),
    (1, "check --content flawed"),
    (1, "check --content warned --strict"),
    (1, "check --content flawed --format json"),
    (1, "check --content flawed --format sarif"),
    (2, "check --content empty"),
    (2, "check --content missing --format json"),
    (2, "check --format xml"),
    (0, "explain T3-SUM"),
    (0, "explain t3-sum"),
    (0, "explain SRC-TAB"),
    (2, "explain T9-NONE"),
    (2, "explain"),
    (0, "formats"),
    (0, "formats show 2021"),
    (0, "formats --json"),
    (2, "formats show 1066"),
    (2, "formats nope"),
    (0, "rollup 2021 --content fine"),
    (0, "rollup 2021 --content fine --json"),
    (2, "rollup"),
    (2, "rollup x"),
    (2, "rollup 2021 --content missing"),
    (2, "preview --content missing"),
    (2, "preview --port 70000"),
    (2, "preview --port x"),
    (0, "preview --help"),
]


@pytest.mark.parametrize(("code", "words"), EXITS, ids=[words or "nothing" for _, words in EXITS])
def test_exit_codes(code: int, words: str, folders: dict[str, Path], tmp_path: Path) -> None:
    """0 fine, 1 findings at error level, 2 cannot do it; then one sentence, never a traceback."""
    result = nianbao("--lang", "zh", *(folders.get(word, word) for word in words.split()), cwd=tmp_path)
    said = result.stderr.decode()
    assert result.returncode == code, result.stdout.decode() + said
    assert "Traceback" not in said and "Error" not in said
    if code == 2 and words:
        (line,) = [line for line in said.splitlines() if line.startswith("出错：")]
        assert re.search("[\u4e00-\u9fff]", line.removeprefix("出错："))
        assert not re.search(r"\b(is|not|valid|range|such|option|argument|value)\b", line)
    assert (tmp_path / "site").exists() == (words.startswith("build") and code == 0)


# ---------------------------------------------------------------- languages


def test_both_languages_say_everything(folders: dict[str, Path]) -> None:
    chinese = nianbao("--lang", "zh", "check", "--content", folders["flawed"]).stdout.decode()
    english = nianbao("--lang", "en", "check", "--content", folders["flawed"]).stdout.decode()
    assert "错误" in chinese.splitlines()[-1]
    assert "errors" in english.splitlines()[-1] and "错误" not in english
    assert len(chinese.splitlines()) == len(english.splitlines()) > 3
    assert "核对并生成栏目网页" in nianbao("--lang", "zh", "--help").stdout.decode()
    assert "Check, then build the section" in nianbao("--lang", "en", "--help").stdout.decode()


def test_the_compiled_messages_are_those_of_the_text_file_and_click_still_says_them() -> None:
    """Sentences of click's own, in Chinese: the .mo that is read was made from the .po that is edited."""
    from babel.messages.pofile import read_po

    folder = LOCALE / "zh_CN/LC_MESSAGES"
    with open(folder / "messages.po", encoding="utf-8") as text, open(folder / "messages.mo", "rb") as compiled:
        catalogue, used = read_po(text), gettext.GNUTranslations(compiled)
    for message in catalogue:
        if isinstance(message.id, str):
            assert not message.id or used.gettext(message.id) == message.string, (
                "pybabel compile -D messages -d generator/locale"
            )
        else:
            one, many = message.id
            assert used.ngettext(one, many, 2) == str(message.string[0] if message.string else "")
    ids = [
        words
        for message in catalogue
        if message.id
        for words in ([message.id] if isinstance(message.id, str) else message.id)
    ]
    sources = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    assert len(ids) > 25 and [words for words in ids if words not in sources] == []


# ---------------------------------------------------------------- terminals and pipes


def on_a_terminal(command: list[str], **environment: str) -> tuple[int, str]:
    """Run on a pseudo-terminal of its own; the exit code and everything shown."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.execve(command[0], command, {**os.environ, "TERM": "xterm", "COLUMNS": "120", **environment})
    shown = b""
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()


SLOW = """
import sys, time
from generator.printers import terminal
with terminal.progress(30, "处理报告") as advance:
    for _ in range(30):
        time.sleep(%s)
        advance(1)
print("完")
"""


def test_long_work_shows_its_progress_on_a_terminal() -> None:
    code, shown = on_a_terminal([sys.executable, "-c", SLOW % 0.1])
    assert code == 0 and "处理报告" in shown and re.search(r"2\d/30", shown) and "完" in shown


def test_short_work_shows_none() -> None:
    assert on_a_terminal([sys.executable, "-c", SLOW % 0.01]) == (0, "完\r\n")


def test_long_work_is_silent_where_no_terminal_is() -> None:
    result = subprocess.run([sys.executable, "-c", SLOW % 0.1], cwd=ROOT, capture_output=True, check=True)
    assert (result.stdout.decode(), result.stderr) == ("完\n", b"")


def test_findings_are_coloured_on_a_terminal_and_plain_in_a_pipe(folders: dict[str, Path]) -> None:
    command = [sys.executable, "-m", "generator", "--lang", "zh", "check", "--content", str(folders["flawed"])]
    code, shown = on_a_terminal(command)
    piped = nianbao(*command[3:])
    assert code == piped.returncode == 1
    assert "\x1b[" in shown and b"\x1b" not in piped.stdout and piped.stderr == b""
    assert re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r\n", "\n") == piped.stdout.decode()


def test_a_reader_that_goes_away_is_no_error_of_ours(folders: dict[str, Path]) -> None:
    script = f"{sys.executable} -m generator check --content {folders['flawed']} --format json | head -c 1"
    result = subprocess.run(["sh", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stdout == "{" and "Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_on_consoles_that_are_not_utf_8(encoding: str, folders: dict[str, Path]) -> None:
    """Text is what the console can show; documents are UTF-8 always."""
    environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    text = nianbao("--lang", "zh", "check", "--content", folders["flawed"], given=environment)
    assert text.returncode == 1 and text.stderr == b""
    assert encoding == "ascii" or "表三" in text.stdout.decode("gbk")
    for form in ("json", "sarif"):
        document = nianbao(
            "--lang", "zh", "check", "--content", folders["flawed"], "--format", form, given=environment
        ).stdout
        assert "表三" in document.decode() and json.loads(document)


def test_a_file_name_cannot_command_the_terminal(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    (content / "2021" / "\x1b]0;owned\x07\x1b[2J").mkdir()
    result = nianbao("--lang", "zh", "check", "--content", content)
    assert result.returncode == 1 and b"\x1b" not in result.stdout and b"\\u001b]0;owned" in result.stdout


# ---------------------------------------------------------------- documents

LABELS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
CELL = {
    "type": "object",
    "additionalProperties": False,
    "required": ["table", "row", "column"],
    "properties": {"table": {"enum": ["t2", "t3", "t4"]}, "row": LABELS, "column": LABELS},
}
PLACE = {
    "type": "object",
    "required": ["file", "line", "column"],
    "additionalProperties": False,
    "properties": {
        "file": {"type": "string"},
        "line": {"type": "integer", "minimum": 0},
        "column": {"type": "integer", "minimum": 0},
    },
}
FINDING = {
    "type": "object",
    "additionalProperties": False,
    "required": ["rule", "level", "file", "line", "column", "message", "organ", "year", "cells", "accepted"],
    "properties": {
        "rule": {"type": "string", "pattern": "^[A-Z0-9]+(-[A-Z0-9]+)*$"},
        "level": {"enum": ["error", "warning", "note"]},
        "file": {"type": "string", "minLength": 1, "not": {"pattern": r"^/|\\"}},
        "line": {"type": "integer", "minimum": 0},
        "column": {"type": "integer", "minimum": 0},
        "message": {"type": "string", "minLength": 2},
        "organ": {"type": "string"},
        "year": {"type": "integer", "minimum": 0},
        "cells": {"type": "array", "items": CELL},
        "accepted": {"type": "boolean"},
        "reason": {"type": "string", "minLength": 1},
        "values": {"type": "string", "minLength": 1},
        "subject": {"type": "string", "minLength": 1},
        "related": {"type": "array", "items": PLACE, "minItems": 1},
    },
    "if": {"properties": {"accepted": {"const": True}}},
    "then": {"required": ["reason"]},
    "else": {"not": {"required": ["reason"]}},
}
NUMBER = {"type": "integer", "minimum": 0}
LEVELS = ("error", "warning", "note", "accepted")
FINDINGS = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "findings", "counts"],
    "properties": {
        "schema": {"const": "nianbao.findings/1"},
        "findings": {"type": "array", "items": FINDING},
        "counts": {
            "type": "object",
            "additionalProperties": False,
            "required": list(LEVELS),
            "properties": dict.fromkeys(LEVELS, NUMBER),
        },
    },
}


def contents(folders: dict[str, Path]) -> list[Path]:
    return [
        REAL,
        folders["fine"],
        folders["warned"],
        folders["flawed"],
        ROOT / "tests/golden/slips/content",
        ROOT / "tests/golden/flaws/content",
    ]


def checked(content: Path, form: str) -> dict[str, Any]:
    """What `check` prints in this format."""
    printed: dict[str, Any] = json.loads(nianbao("check", "--content", content, "--format", form, "--jobs", "1").stdout)
    return printed


def test_findings_as_json_have_the_published_shape(folders: dict[str, Path]) -> None:
    jsonschema.Draft202012Validator.check_schema(FINDINGS)
    seen = set()
    for content in contents(folders):
        document = checked(content, "json")
        jsonschema.validate(document, FINDINGS, jsonschema.Draft202012Validator)
        tally = dict.fromkeys(LEVELS, 0)
        for finding in document["findings"]:
            tally["accepted" if finding["accepted"] else finding["level"]] += 1
        assert tally == document["counts"]
        seen |= {level for level in LEVELS if tally[level]}
    assert seen == set(LEVELS), "the shape was tried on every kind"


def test_findings_as_sarif_are_valid(folders: dict[str, Path], tmp_path: Path) -> None:
    """Against the schema of SARIF 2.1.0 itself, addresses included."""
    schema = json.loads(SARIF.read_text("utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    odd = write_content(
        tmp_path / "odd", {"2021/shili": (tables(2021), prose(2021) + "\n![图](图 一.png) ![图](图%一.png)\n")}
    )
    (odd / "2021/不 行").mkdir()
    suppressed = {}
    for content in (REAL, folders["flawed"], ROOT / "tests/golden/flaws/content", odd):
        document = checked(content, "sarif")
        assert [error.message for error in validator.iter_errors(document)] == []
        results = document["runs"][0]["results"]
        uris = [
            location["physicalLocation"]["artifactLocation"]["uri"]
            for result in results
            for location in result["locations"]
        ]
        assert all(
            re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri) and not re.search(r"%(?![0-9A-F]{2})", uri) for uri in uris
        ), uris
        known = {rule["id"] for rule in document["runs"][0]["tool"]["driver"]["rules"]}
        assert {result["ruleId"] for result in results} == known
        suppressed[content] = sum("suppressions" in result for result in results)
    assert suppressed[REAL] == checked(REAL, "json")["counts"]["accepted"] > 0


def test_the_sarif_schema_would_notice(folders: dict[str, Path]) -> None:
    document = checked(folders["flawed"], "sarif")
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert list(jsonschema.Draft4Validator(json.loads(SARIF.read_text("utf-8"))).iter_errors(document))


# ---------------------------------------------------------------- encodings, end to end


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "crlf"])
def test_files_as_windows_saves_them_make_the_same_section(
    encoding: str, folders: dict[str, Path], tmp_path: Path
) -> None:
    content = write_content(tmp_path / "content")
    files = sorted(path for path in content.rglob("*") if path.suffix in (".yaml", ".md"))
    for path in files:
        text = path.read_text("utf-8")
        path.write_bytes(text.replace("\n", "\r\n").encode() if encoding == "crlf" else text.encode(encoding))
    assert nianbao("build", "--content", folders["fine"], "--output", tmp_path / "expected").returncode == 0
    result = nianbao("--lang", "zh", "build", "--content", content, "--output", tmp_path / "site")
    assert result.returncode == 0 and made(tmp_path / "site") == made(tmp_path / "expected")
    found = json.loads(nianbao("check", "--content", content, "--format", "json").stdout)["findings"]
    told = {"gbk": "SRC-ENCODING", "utf-8-sig": "SRC-BOM"}
    wanted = [(told[encoding], path.relative_to(content).as_posix()) for path in files] if encoding in told else []
    assert sorted((f["rule"], f["file"]) for f in found if f["rule"].startswith("SRC")) == wanted
