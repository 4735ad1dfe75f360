"""Every text that reaches a terminal is cleaned, whoever writes it; rich's own commands stay."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text

from generator.printers.clean import CleanText, clean, clean_console, cleaned, harmless
from tests.example import ORGANS, SITE, prose, tables, write_content

EVIL = "甲\x1b]0;owned\x07\x9b31m\u202e乙\x7f\r"
SHOWN = "甲\\u001b]0;owned\\u0007\\u009b31m\\u202e乙\\u007f\\u000d"


@pytest.fixture
def stream() -> CleanText:
    return CleanText(io.BytesIO(), "utf-8")


def written(stream: CleanText) -> str:
    stream.flush()
    return io.BytesIO.getvalue(stream.buffer).decode()  # type: ignore[arg-type]


def test_commands_are_shown_and_lines_stay_lines() -> None:
    assert clean(f"{EVIL}\n\t") == f"{SHOWN}\n\t" and harmless("a\n\tb") == "a\\u000a\\u0009b"
    assert clean("博山区2020年“报告”《示例》—…　👨‍👩‍👧") == "博山区2020年“报告”《示例》—…　👨‍👩‍👧"


def test_in_json_it_means_the_same() -> None:
    assert json.loads(clean(json.dumps({"甲": EVIL}, ensure_ascii=False))) == {"甲": EVIL}


def test_a_stream_cleans_whatever_is_written(stream: CleanText) -> None:
    print(EVIL, file=stream)
    stream.writelines(["a\r\n", EVIL])
    assert written(stream) == f"{SHOWN}\na\n{SHOWN}"


def test_a_stream_takes_the_place_of_standard_output_once(tmp_path: Path) -> None:
    with (tmp_path / "a").open("w", encoding="utf-8") as plain:
        stream = cleaned(plain)
        assert isinstance(stream, CleanText) and cleaned(stream) is stream and stream.encoding == "utf-8"
        stream.write(EVIL)
        stream.flush()
    assert (tmp_path / "a").read_text("utf-8") == SHOWN
    other = io.StringIO()
    assert cleaned(other) is other


def test_rich_draws_and_words_stay_words(stream: CleanText) -> None:
    """No markup: an organ called [/b] would end the command, [link=…] would lead elsewhere."""
    out = clean_console(stream)
    out._force_terminal = True
    table = Table(title=EVIL)
    table.add_column("机关")
    table.add_row("[/b][link=http://evil.example]甲[/link]" + EVIL)
    out.print(table)
    out.print(Text(EVIL, style="bold red"))
    text = written(stream)
    assert "\x1b[1;31m" in text or "\x1b[1m" in text or out.color_system is None
    for command in ("\x1b]", "\x07", "\x9b", "\u202e"):
        assert command not in text
    assert "[/b][link=" in text.replace("\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_no_name_and_no_word_of_a_report_commands_the_terminal(tmp_path: Path, form: str) -> None:
    reason = "接受:\n  - {规则: T3-SUM, 位置: 甲, 原因: 示例}\n"
    figures = tables(2021) + reason.replace("示例", "'示\u200b例'")
    content = write_content(tmp_path / "content", {"2021/shili": (figures, prose(2021) + "\n<b\x7f>\n")})
    (content / "site.yaml").write_text(SITE + "导航：\u202e\n", encoding="utf-8")
    (content / "organs.yaml").write_text(ORGANS, encoding="utf-8")
    for name in ("\x1b[2J\x07.txt", "a\nb.txt", "a\u202egnp.exe", "\x9b31m"):
        (content / "2021/shili" / name).write_bytes(b"")
    command = [sys.executable, "-m", "generator", "check", "--content", str(content), "--format", form]
    result = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    said = (result.stdout + result.stderr).decode()
    assert result.returncode == 1 and "gnp.exe" in said
    assert harmless(said.replace("\n", "").replace("\t", "")) == said.replace("\n", "").replace("\t", "")
    if form in ("json", "sarif"):
        json.loads(result.stdout)
