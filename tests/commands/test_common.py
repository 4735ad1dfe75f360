"""What commands share: former names, exit codes, errors as one sentence."""

from __future__ import annotations

import errno
from pathlib import Path

import click
import pytest

from generator.__main__ import commands
from generator.commands.common import exit_by_findings, report_named, user_errors
from generator.finding import Finding, Level, Message, Place, UserError

ALIASES = {"form": "workbook", "formats": "forms"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_former_names_still_work_and_are_not_listed(lang: str) -> None:
    group = commands(lang)
    for former, name in ALIASES.items():
        alias, command = group.commands[former], group.commands[name]
        assert alias.hidden and not command.hidden and alias.callback is command.callback
        assert [parameter.name for parameter in alias.params] == [parameter.name for parameter in command.params]


@pytest.mark.parametrize(("level", "code"), [(Level.ERROR, 1), (Level.WARNING, 0)])
def test_only_errors_that_are_not_accepted_exit_with_1(level: Level, code: int) -> None:
    finding = Finding("X", level, Place("a"), Message("甲", "a"))
    with pytest.raises(SystemExit) as left:
        exit_by_findings([finding])
    assert left.value.code == code


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UserError(Message("不行", "no")), "不行"),
        (OSError(errno.EACCES, "Permission denied", "a.yaml"), "读写“a.yaml”时出错：没有权限"),
        (OSError(errno.ENOTTY, "Inappropriate ioctl", "b"), "读写“b”时出错：Inappropriate ioctl"),
        (OSError(errno.EMFILE, "Too many open files", "b"), "读写“b”时出错：同时打开的文件太多（见 ulimit -n）"),
        (OSError(errno.EFBIG, "File too large"), "读写文件时出错：文件超过了允许的大小（见 ulimit -f）"),
    ],
)
def test_faults_from_outside_are_one_sentence(error: Exception, sentence: str) -> None:
    with pytest.raises(click.UsageError) as told, user_errors("zh"):
        raise error
    assert told.value.message == sentence


def test_a_path_that_is_no_report_folder_is_refused() -> None:
    with pytest.raises(UserError, match="no report folder"):
        report_named("content")


def test_a_report_folder_typed_wrongly_is_told_with_the_one_meant(tmp_path: Path) -> None:
    (tmp_path / "2020/boshan").mkdir(parents=True)
    with pytest.raises(UserError) as refused:
        report_named(str(tmp_path / "2020/bosham"))
    assert "没有这个文件夹；是不是“boshan”？" in refused.value.message.zh
    with pytest.raises(UserError) as refused:
        report_named(str(tmp_path / "2019/boshan"))
    assert "是不是" not in refused.value.message.zh
