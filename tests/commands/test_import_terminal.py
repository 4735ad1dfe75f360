"""`nianbao import` at a real terminal: asked before anything is written, Ctrl-C, the bar."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.example import write_content
from tests.importer.samples import figures, page
from tests.terminal import PATIENCE, Terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pseudo-terminals as on Linux"),
]

CONTACT = "联系方式：地址：示例路1号；邮编：255200；电话：0533-1234567。"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "示例区年报.html"
    text = (
        page(2021, figures(2021))
        .replace("编制，", f"编制。{CONTACT}", 1)
        .replace("<h1>", "<p>发布日期：2022-01-20</p><h1>", 1)
    )
    path.write_text(text, encoding="utf-8")
    return path


def command(*arguments: str | Path, before: str = "") -> list[str]:
    """The import command; `before` is run ahead of it in its process."""
    start = (
        f"import sys, time, os, signal\nfrom pathlib import Path\n{before}\nfrom generator.__main__ import main\nmain()"
    )
    return [sys.executable, "-c", start, "--lang", "zh", "import", *map(str, arguments)]


def files(content: Path) -> list[str]:
    return (
        sorted(path.relative_to(content).as_posix() for path in (content / "2021").rglob("*"))
        if (content / "2021").exists()
        else []
    )


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize(
    ("answer", "written", "said"), [("y\n", True, "已写入"), ("\n", True, "已写入"), ("n\n", False, "未写入")]
)
def test_what_was_recognised_is_shown_and_nothing_is_written_before_the_answer(
    content: Path, source: Path, answer: str, written: bool, said: str
) -> None:
    with Terminal(command(source, "--content", content)) as terminal:
        terminal.expect("写入草稿？")
        assert files(content) == []
        for words in (
            "示例区年报.html\n",
            "机关：shili\n",
            "年度：2021\n",
            "标题：示例区2021年政府信息公开工作年度报告\n",
            "文号日期：发文日期 2022-01-20\n",
            "联系：地址 示例路1号，邮编 255200，电话 0533-1234567\n",
            "格式：gbkbh-2021-30\n",
            "确定 200 格，待核 0，未定 0，缺 0；未用 0 格\n",
        ):
            assert words in terminal.shown
        terminal.type(answer)
        assert terminal.end() == 0
        assert said in terminal.shown
    assert ("2021/shili/tables.yaml" in files(content)) is written and (content / "2021").exists() is written


def test_ctrl_c_at_the_question_writes_nothing(content: Path, source: Path) -> None:
    with Terminal(command(source, "--content", content)) as terminal:
        terminal.answer("写入草稿？", "\x03")
        assert terminal.end() == 130 and "Traceback" not in terminal.shown
    assert files(content) == []


# the bar is shown at once, not after two seconds
AT_ONCE = "from generator.printers import terminal\nterminal.PATIENCE = -1\n"
HANGING = AT_ONCE + "from generator.readers import open_file\nopen_file.read_bytes = lambda *a: time.sleep(600)"


def test_ctrl_c_while_a_file_is_read_ends_the_reader_too(content: Path, source: Path) -> None:
    with Terminal(command(source, "--content", content, before=HANGING)) as terminal:
        terminal.expect("0/1")
        terminal.type("\x03")
        assert terminal.end() == 130 and "Traceback" not in terminal.shown
        with pytest.raises(ProcessLookupError):
            os.killpg(terminal.process.pid, 0)  # nobody of its group is left
    assert files(content) == []


AT_THE_RENAME = """
from generator.drafts import folder as deposit
rename = os.rename
def interrupted(source, target):
    if %r in str(source):
        os.kill(os.getpid(), signal.SIGINT)
    rename(source, target)
os.rename = interrupted
"""


@pytest.mark.parametrize("moment", [".nianbao-new", "2021/shili"])
def test_ctrl_c_in_the_middle_of_writing_leaves_the_old_whole(content: Path, source: Path, moment: str) -> None:
    folder = content / "2021/shili"
    folder.mkdir(parents=True)
    (folder / "report.md").write_text("旧", encoding="utf-8")
    with Terminal(
        command(source, "--content", content, "--yes", "--replace", before=AT_THE_RENAME % moment)
    ) as terminal:
        assert terminal.end() == 130 and "Traceback" not in terminal.shown
    assert (folder / "report.md").read_text("utf-8") == "旧" and [path.name for path in folder.iterdir()] == [
        "report.md"
    ]
    assert [path.name for path in folder.parent.iterdir() if path.name != ".backup"] == ["shili"]


UNTIL_SEEN = """
from generator.readers import open_file
read = open_file.read_bytes
def slow(*arguments):
    while not Path(%r).exists():
        time.sleep(0.02)
    return read(*arguments)
open_file.read_bytes = slow
"""


def test_long_work_shows_a_bar_and_the_question_stands_clear_of_it(content: Path, source: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    with Terminal(command(source, "--content", content, before=AT_ONCE + UNTIL_SEEN % str(seen))) as terminal:
        terminal.expect("导入 ")
        terminal.expect("0/1")
        seen.touch()
        terminal.expect("写入草稿？")
        at = len(terminal.raw)
        terminal.type("y\n")
        assert terminal.end() == 0
        after = terminal.raw[at:].decode()
        assert after.rfind("0/1") <= after.rfind("1/1")  # what it shows last is that all is done
    assert "2021/shili/tables.yaml" in files(content)


# time goes by only while somebody is asked
ASKING_TAKES_LONG = """
import click
from types import SimpleNamespace
from generator.printers import terminal
hours, confirm = [0], click.confirm
terminal.time = SimpleNamespace(monotonic=lambda: hours[0] * 3600)
def ask(*arguments, **more):
    hours[0] += 1
    return confirm(*arguments, **more)
click.confirm = ask
"""


def test_waiting_for_an_answer_is_no_work(content: Path, source: Path, tmp_path: Path) -> None:
    twin = tmp_path / "b.html"
    twin.write_text(source.read_text("utf-8").replace("2021", "2022"), encoding="utf-8")
    with Terminal(command(source, twin, "--content", content, before=ASKING_TAKES_LONG)) as terminal:
        terminal.expect("写入草稿？")
        terminal.type("n\n")
        terminal.expect("年度：2022")
        terminal.type("n\n")
        assert terminal.end() == 0 and not re.search("[012]/2", terminal.shown)


def test_no_bar_and_no_question_where_no_terminal_is(content: Path, source: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        command(source, "--content", content, before=AT_ONCE),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0 and done.stderr == "" and "写入草稿" not in done.stdout and "导入 " not in done.stdout
    with (
        (tmp_path / "errors").open("wb") as errors,
        Terminal(command(source, "--content", content, "--yes", before=AT_ONCE), errors=errors.fileno()) as terminal,
    ):
        assert terminal.end() == 0 and "0/1" not in terminal.shown
    assert (tmp_path / "errors").read_bytes() == b""


@pytest.mark.parametrize("columns", [80, 120])
def test_the_table_of_results_is_drawn_straight_with_chinese_in_it(content: Path, source: Path, columns: int) -> None:
    with Terminal(command(source, "--content", content, "--yes"), columns=columns) as terminal:
        assert terminal.end() == 0
        drawn = [line for line in terminal.shown.splitlines() if re.match("[┏┃┡│├└]", line)]
    assert len(drawn) >= 5 and len({width(line) for line in drawn}) == 1 and width(drawn[0]) <= columns, terminal.shown
    assert all(word in "".join(drawn) for word in ("文件", "机关", "待核", "shili", "2021", "已写入"))
