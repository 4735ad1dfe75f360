"""Shares what commands have in common: the language of their help, options, and errors as sentences."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.collection.system_errors import sentence
from generator.commands.help_text import ListedCommand
from generator.finding import Finding, Message, UserError, did_you_mean, strict

if TYPE_CHECKING:
    from generator.pipeline.request import BuildResult, Request
    from generator.report.entry import ReportRef

F = TypeVar("F", bound=Callable[..., Any])
Say = Callable[[str, str], str]


def translator(lang: str) -> Say:
    def t(zh: str, en: str) -> str:
        return Message(zh, en).say(lang)

    return t


# what click calls arguments and kinds of values in usage and help, by its own names for them
_SPOKEN = {
    "year": "年度",
    "name": "名称",
    "report": "报告文件夹",
    "rule": "规则",
    "files": "文件",
    "path": "报告文件夹",
    "place": "名称、网址或文件夹",
    "site": "文件夹",
    "release": "版本",
}
_KINDS = {"text": "文字", "path": "路径", "file": "文件", "directory": "文件夹", "integer": "数", "integer range": "数"}


def speaking(t: Say) -> dict[str, str]:
    """Returns what a group of commands says in its usage for options and commands."""
    commands = t("命令 …", "COMMAND [ARGS]...")
    return {"options_metavar": t("[选项]", "[OPTIONS]"), "subcommand_metavar": commands}


def _name_in_chinese(param: click.Parameter) -> None:
    """Gives an argument, or the value of an option, a name that is read without English."""
    if isinstance(param, click.Option):
        if not param.is_flag and param.metavar is None:
            param.metavar = _KINDS.get(param.type.name)
        return
    name = _SPOKEN[param.name or ""] + ("…" if param.nargs == -1 else "")
    param.metavar = name if param.required else f"[{name}]"


def telling_all_missing(t: Say) -> type[click.Command]:
    """Makes the class of commands that name all that is required and missing at once, not one after the other."""

    class Command(ListedCommand):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **{"options_metavar": t("[选项]", "[OPTIONS]"), **more})
            for param in self.params if t("zh", "en") == "zh" else ():
                _name_in_chinese(param)

        def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
            try:
                return super().parse_args(ctx, list(args))
            except click.MissingParameter:
                given, _, _ = self.make_parser(ctx).parse_args(args=list(args))
                missing = [param for param in self.get_params(ctx) if param.required and _is_missing(param, given)]
                names = [_described(param, ctx, t) for param in missing]
                raise click.UsageError(t(f"缺少：{'、'.join(names)}", f"missing: {', '.join(names)}"), ctx) from None

    return Command


def _is_missing(param: click.Parameter, given: Mapping[str, Any]) -> bool:
    value = given.get(param.name or "")
    return value is None or param.value_is_missing(value)


def _described(param: click.Parameter, ctx: click.Context, t: Say) -> str:
    """Names a parameter as it is typed, with what it is for."""
    if not isinstance(param, click.Option):
        return param.make_metavar(ctx)
    name = max(param.opts, key=len)
    return t(f"{name}（{param.help}）", f"{name} ({param.help})")


def alias(group: click.Group, command: click.Command, name: str) -> None:
    """Keeps a command's former name working, unlisted."""
    same = copy(command)
    same.name, same.hidden = name, True
    group.add_command(same)


def content_option(t: Say) -> Callable[[F], F]:
    return click.option(
        "--content",
        type=click.Path(path_type=Path),
        default=Path("content"),
        show_default=True,
        help=t("内容文件夹", "content folder"),
    )


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Makes one decorator of several options, which help lists in this order."""

    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def request_options(t: Say) -> Callable[[F], F]:
    """Adds --jobs and --strict."""
    return together(
        click.option(
            "--jobs", type=click.IntRange(0, 256), default=0, help=t("进程数，0为自动", "processes, 0 = automatic")
        ),
        click.option("--strict", is_flag=True, help=t("警告也算错误", "warnings count as errors")),
    )


def exit_by_findings(findings: Sequence[Finding]) -> None:
    """Exits with 1 where there are errors, 0 otherwise."""
    sys.exit(1 if any(finding.blocking for finding in findings) else 0)


@contextmanager
def user_errors(lang: str) -> Iterator[None]:
    """Turns faults from outside into one sentence and exit code 2, never a traceback."""
    try:
        yield
    except UserError as error:
        raise click.UsageError(error.message.say(lang)) from None
    except OSError as error:
        raise click.UsageError(sentence(error).say(lang)) from None


# What a shell reports of a program that SIGINT ended: 128 + 2. Also the end of input where an answer is awaited.
INTERRUPTED = 130


@contextmanager
def interrupts(lang: str, message: Message) -> Iterator[None]:
    """Turns Ctrl-C into a sentence that says what became of the matter in hand, and exit code 130."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        lead = Message("已中断", "interrupted").say(lang)
        click.echo(f"\n{lead}{message.say(lang)}", err=True)
        sys.exit(INTERRUPTED)


def tell_late(late: Sequence[int], stands: Message, lang: str) -> None:
    """Says of signals that came after the point of no return (`pipeline.interrupts`) what stands all the same."""
    if late:
        said = Message(f"中断来晚了：{stands.zh}。", f"the interrupt came too late: {stands.en}.")
        click.echo(said.say(lang), err=True)


def run_request(request: Request, output: Path | None, lang: str) -> BuildResult:
    """Checks, and with `output` builds; what is still current is not done again."""
    from generator.pipeline.build_record import standing
    from generator.pipeline.last_check import checked_before

    with user_errors(lang):
        if output and not Path(os.path.realpath(output)).name:
            raise UserError(Message(f"“{output}”不能作输出文件夹", f"“{output}” cannot be the output folder"))
        current = standing(request, output) if output else checked_before(request)
    return current if current and not request.cold else _build(request, output, lang)


def _build(request: Request, output: Path | None, lang: str) -> BuildResult:
    from generator.pipeline.run import run
    from generator.printers import terminal

    with user_errors(lang), terminal.progress(0, Message("处理报告", "reports").say(lang)) as bar:
        return run(request, output, bar, bar.expect)
    raise AssertionError  # user_errors() never swallows


def _near(path: Path) -> Message:
    """Asks whether the folder beside that has nearly the name typed is meant."""
    try:
        names = [beside.name for beside in path.parent.iterdir() if beside.is_dir()]
    except OSError:
        return Message("", "")
    return did_you_mean(path.name, names)


def report_named(path: str) -> tuple[Path, ReportRef]:
    """Finds the content folder and the report of a path like content/2020/boshan. Raises UserError for any other
    path."""
    from generator.collection.folder import report_folder

    named = report_folder(path)
    if named is None:
        there = Path(path).is_dir()
        zh, en = ("不是报告文件夹", "is no report folder") if there else ("没有这个文件夹", "there is no such folder")
        near = Message("", "") if there else _near(Path(path))
        raise UserError(
            Message(
                f"“{path}”：{zh}{near.zh}；报告文件夹是“年度/机关编号”一级的，如 content/2020/boshan",
                f"“{path}”: {en}{near.en}; a report's folder is “year/organ”, such as content/2020/boshan",
            )
        )
    return named


def findings_of_report(path: str, strictly: bool, lang: str) -> tuple[Path, ReportRef, list[Finding]]:
    """Returns the content folder, the report and its findings: from the records where these still hold, else checked
    now."""
    from generator.pipeline.known_report import known_findings

    with user_errors(lang):
        content, ref = report_named(path)
        findings = known_findings(content, ref)
        if findings is None:
            from generator.collection.office import open_office
            from generator.pipeline.one_report import check_report

            findings = check_report(open_office(content), ref)
    return content, ref, strict(findings) if strictly and not ref.withheld else findings


def write_or_print(pieces: Iterable[str], output: Path | None, lang: str) -> None:
    """Writes to a file, whole or not at all; else to the screen, or into a pipe as UTF-8 whatever the console's
    encoding."""
    from generator.collection.safe_files import write_file
    from generator.printers.clean import clean

    if output is None:
        screen = sys.stdout.isatty()
        for piece in pieces:
            click.echo(piece if screen else clean(piece).encode("utf-8", "replace"), nl=False)
        return
    with user_errors(lang):
        write_file(output, pieces)
    click.echo(Message(f"已写入 {output}", f"written to {output}").say(lang), err=True)
