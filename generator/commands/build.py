"""`build`: checks, then writes the section."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import (
    F,
    Say,
    content_option,
    exit_by_findings,
    interrupts,
    request_options,
    run_request,
    tell_late,
    together,
    translator,
    user_errors,
)
from generator.finding import NIANBAO, Level, Message, counted

if TYPE_CHECKING:
    from generator.pipeline.request import BuildResult


_LATE = Message("新的栏目已经换上，这一次已全部做完", "the new section stands, and all of it was done")


def _writing_options(t: Say) -> Callable[[F], F]:
    """Adds how the section is written, and whether earlier work is used for it."""
    return together(
        click.option(
            "--no-fsync",
            is_flag=True,
            help=t(
                "不等写到磁盘上（试看用；断电时可能残缺）",
                "do not wait for the disk (for trials; not safe in a power cut)",
            ),
        ),
        click.option(
            "--whole", is_flag=True, help=t("改动少也整个文件夹替换", "exchange the whole folder also for few changes")
        ),
        click.option(
            "--cold",
            is_flag=True,
            help=t(
                "不用以前的处理记录，全部重做（结果相同）", "use no record of earlier runs: do all anew (same result)"
            ),
        ),
    )


def _executor_options(t: Say) -> Callable[[F], F]:
    """Adds where reports are processed."""
    return together(
        click.option(
            "--executor",
            type=click.Choice(["serial", "processes", "dask"]),
            help=t("在哪里处理（默认按报告数自动选）", "where the work is done (default: by the number of reports)"),
        ),
        click.option(
            "--scheduler",
            default="",
            metavar="ADDRESS|local:N",
            help=t(
                "Dask 调度器的地址，或本机 N 个进程", "address of the Dask scheduler, or N processes of this machine"
            ),
        ),
    )


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(help=t("核对并生成栏目网页。", "Check, then build the section."))
    @content_option(t)
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        default=Path("site"),
        show_default=True,
        help=t("输出文件夹", "output folder"),
    )
    @click.option("--base-url", default="", help=t("栏目的正式网址", "public address of the section"))
    @request_options(t)
    @_writing_options(t)
    @_executor_options(t)
    @click.option(
        "--rollback", is_flag=True, help=t("不生成，回到上一版", "build nothing, return to the release before")
    )
    def build(
        content: Path,
        output: Path,
        jobs: int,
        base_url: str,
        strict: bool,
        no_fsync: bool,
        whole: bool,
        cold: bool,
        executor: str | None,
        scheduler: str,
        rollback: bool,
    ) -> None:
        from generator.pipeline.interrupts import finishing
        from generator.pipeline.request import Request

        where = (executor or "", _scheduler(scheduler, lang)) if executor == "dask" else (executor or "", "")
        untouched = Message(f"：“{output}”没有更新。", f": “{output}” was not updated")
        with interrupts(lang, untouched), finishing() as late:
            if rollback:
                _roll_back(output, not no_fsync, whole, lang)
                tell_late(late, _LATE, lang)
                return
            request = Request(content, base_url, jobs, strict, False, not no_fsync, whole, cold, *where)
            result = run_request(request, output, lang)
            _tell(result, output, lang)
            tell_late(late, _LATE, lang)
            exit_by_findings(result.findings)


def _tell(result: BuildResult, output: Path, lang: str) -> None:
    """Says what was found and what was written."""
    from generator.printers import terminal

    terminal.print_findings(result.findings, lang, hide_accepted=True)
    files = result.written
    if files is None:
        said = Message(
            f"有错误，“{output}”未更新：请改正后再生成。",
            f"there are errors; “{output}” was not updated: mend them first.",
        )
        if any(finding.level is Level.ERROR and finding.organ for finding in result.findings):
            said = Message(f"{said.zh}{_OTHERS.zh}", f"{said.en} {_OTHERS.en}")
    else:
        said = Message(
            f"{result.reports} 份报告：写入 {files.written} 个文件，未变 {files.unchanged}，"
            f"移除 {files.removed}。打开：{output / 'index.html'}",
            f"{counted(result.reports, 'report')}: {counted(files.written, 'file')} written, "
            f"{files.unchanged} unchanged, {files.removed} removed. Open: {output / 'index.html'}",
        )
    click.echo(said.say(lang))
    for note in result.notes:
        click.echo(note.say(lang), err=True)


_OTHERS = Message(
    "还没有写完的报告可以标“状态: 草稿”，不妨碍别的；要让别的报告先发布，在 site.yaml 写“有错误的新报告: 暂缓发布”。",
    "A report that is not finished may be a draft (状态: 草稿); to publish the others first, write "
    "有错误的新报告: 暂缓发布 in site.yaml.",
)


def _scheduler(typed: str, lang: str) -> str:
    from generator.pipeline.dask_executor import check_scheduler

    try:
        return check_scheduler(typed)
    except ValueError:
        message = Message(
            f"--scheduler 应是地址（tcp://主机:8786）或 local:进程数，不是“{typed}”",
            f"--scheduler is an address (tcp://host:8786) or local:N, not “{typed}”",
        )
        raise click.UsageError(message.say(lang)) from None


def _roll_back(output: Path, durable: bool, whole: bool, lang: str) -> None:
    """Returns to the release before and says which that is."""
    from generator.pipeline.rollback import roll_back

    with user_errors(lang):
        done = roll_back(output, durable, whole)
    said = Message(
        f"“{output}”已从版本 {done.left[:12]} 回到 {done.published} 换上的 {done.release[:12]}："
        f"换回 {done.files.written} 个文件，移除 {done.files.removed}。再运行一次就换到刚才的版本；"
        f"改好内容之前不要再运行 {NIANBAO} build",
        f"“{output}” went from release {done.left[:12]} back to {done.release[:12]}, published {done.published}: "
        f"{counted(done.files.written, 'file')} put back, {done.files.removed} removed. Running this again undoes it; "
        f"do not run {NIANBAO} build before the content is mended",
    )
    click.echo(said.say(lang))
