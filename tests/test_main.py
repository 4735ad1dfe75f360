"""The command as a program: its language, and a reader who goes away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.__main__ import language
from tests.example import write_content

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang=en"], {}, "en"),
        (["--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["--lang=zh"], {"LC_ALL": "en_GB.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {}, "zh"),
        (["--lang"], {}, "zh"),
    ],
)
def test_the_language_is_the_asked_one_else_the_locales_else_chinese(
    arguments: list[str], environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language([*arguments, "check"]) == expected


@pytest.mark.slow
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("lines", [1, 3])
def test_a_reader_who_goes_away_is_no_error(unbuffered: str, lines: int) -> None:
    """`check | head`: quiet, with the exit code of the check or that of SIGPIPE."""
    script = f"{sys.executable} -m generator check 2>&1 >&3 | cat >&2; exit ${{PIPESTATUS[0]}}"
    command = ["bash", "-c", f"{{ {script}; }} 3> >(head -{lines} >/dev/null)"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert result.returncode in (0, 141) and result.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "words"), [("zh", "nianbao 自身出错"), ("en", "a fault of nianbao itself")])
def test_a_fault_of_ours_is_one_sentence_a_log_file_and_exit_code_3(lang: str, words: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")  # nothing is recorded of it yet
    (tmp_path / "logs").mkdir()
    script = (
        "import generator.collection.office as office, sys\n"
        "def fail(*_, **__): raise KeyError('示例\\udc80')\n"
        "office.open_office = fail\n"
        "import generator.pipeline.run as run\n"
        "run.open_office = fail\n"
        "from generator.__main__ import main\n"
        f"sys.argv[1:] = ['--lang', '{lang}', 'check', '--content', {str(tmp_path / 'content')!r}]\nmain()\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path / "logs")}
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert result.returncode == 3 and words in result.stderr and "Traceback" not in result.stderr
    (log,) = (tmp_path / "logs").glob("*.log")
    assert str(log) in result.stderr and "Traceback" in log.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    ("ending", "code", "said"),
    [
        ("check > /dev/full", 2, "磁盘已满"),
        ("check --format json > /dev/full", 2, "磁盘已满"),
        ("check >&-", 0, ""),
        ("check >&- 2>&-", 0, ""),
        ("build --output /", 2, "不能作输出文件夹"),
        (f"build --output {'a' * 300}", 2, "名称太长"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(ending: str, code: int, said: str, tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    command = f"{sys.executable} -m generator --lang zh {ending} --content {content}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert result.returncode == code and said in result.stderr and "Traceback" not in result.stderr
