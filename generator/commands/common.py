"""What commands share: the language of their help, the options they have alike, and errors told as sentences."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.finding import Finding, Message, UserError

if TYPE_CHECKING:
    from generator.pipeline.request import BuildResult, Request

F = TypeVar("F", bound=Callable[..., Any])
Say = Callable[[str, str], str]


def translator(lang: str) -> Say:
    def t(zh: str, en: str) -> str:
        return Message(zh, en).say(lang)

    return t


def content_option(t: Say) -> Callable[[F], F]:
    return click.option(
        "--content",
        type=click.Path(path_type=Path),
        default=Path("content"),
        show_default=True,
        help=t("内容文件夹", "content folder"),
    )


def job_options(t: Say) -> Callable[[F], F]:
    """--jobs and --strict."""

    def add(command: F) -> F:
        strict = click.option("--strict", is_flag=True, help=t("警告也算错误", "warnings count as errors"))
        jobs = click.option(
            "--jobs", type=click.IntRange(0), default=0, help=t("进程数，0为自动", "processes, 0 = automatic")
        )
        return jobs(strict(command))

    return add


def leave(findings: Sequence[Finding]) -> None:
    """Exit 1 where errors stand, 0 otherwise."""
    sys.exit(1 if any(finding.blocking for finding in findings) else 0)


@contextmanager
def told(lang: str) -> Iterator[None]:
    """Faults from outside as one sentence and exit 2, never a traceback."""

    try:
        yield
    except UserError as error:
        raise click.UsageError(error.message.say(lang)) from None
    except OSError as error:
        raise click.UsageError(_reason(error).say(lang)) from None


def run_job(job: Request, output: Path | None, lang: str) -> BuildResult:
    """Check, and with `output` build: what still stands is not done again."""
    from generator.pipeline.record import standing

    stands = standing(job, output) if output else None
    return stands or _build(job, output, lang)


def _build(job: Request, output: Path | None, lang: str) -> BuildResult:
    from generator.collection import folder as load
    from generator.pipeline import run as build
    from generator.printers import terminal

    with (
        told(lang),
        terminal.progress(len(load.scan(job.content)[0]), Message("处理报告", "reports").say(lang)) as advance,
    ):
        return build.run(job, output, advance)
    raise AssertionError  # told() never swallows


def write_or_print(pieces: Iterable[str], output: Path | None, lang: str) -> None:
    """To a file, whole or not at all; else to the screen, or into a pipe as UTF-8 whatever the console speaks."""
    from generator.collection.safe_files import write_file

    if output is None:
        screen = sys.stdout.isatty()
        for piece in pieces:
            click.echo(piece if screen else piece.encode(), nl=False)
        return
    with told(lang):
        write_file(output, pieces)
    click.echo(Message(f"已写入 {output}", f"written to {output}").say(lang), err=True)


_REASONS = {
    errno.ENOENT: Message("没有这个文件或文件夹", "no such file or folder"),
    errno.EACCES: Message("没有权限", "permission denied"),
    errno.EPERM: Message("没有权限", "permission denied"),
    errno.EROFS: Message("所在磁盘是只读的", "its disk is read-only"),
    errno.ENOSPC: Message("磁盘已满", "the disk is full"),
    errno.ENOTDIR: Message("路径中有一段是文件，不是文件夹", "part of the path is a file, not a folder"),
    errno.EISDIR: Message("是文件夹，不是文件", "is a folder, not a file"),
    errno.EBUSY: Message("正被使用，换不动（可能是挂载点）", "in use and cannot be replaced (a mount point?)"),
}


def _reason(error: OSError) -> Message:
    """What the system refused, and on which file."""
    said = _REASONS.get(error.errno or 0, Message(error.strerror or str(error), error.strerror or str(error)))
    name = error.filename2 or error.filename or ""
    return Message(f"读写“{name}”时出错：{said.zh}", f"cannot read or write “{name}”: {said.en}")
