"""`build` and `preview`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands.common import content_option, job_options, leave, run_job, translator
from generator.finding import UserError

if TYPE_CHECKING:
    from generator.pipeline.request import Request


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
    @job_options(t)
    def build(content: Path, output: Path, jobs: int, base_url: str, strict: bool) -> None:
        from generator.pipeline.request import Request
        from generator.printers import terminal

        outcome = run_job(Request(content, base_url, jobs, strict), output, lang)
        terminal.print_findings(outcome.findings, lang, hide_accepted=True)
        done = outcome.written
        if done is None:
            click.echo(t(f"有错误，“{output}”未更新。", f"there are errors; “{output}” was not updated."))
            leave(outcome.findings)
            return
        click.echo(
            t(
                f"{outcome.reports} 份报告：写入 {done.written} 个文件，未变 {done.unchanged}，移除 {done.removed}。打开：{output / 'index.html'}",
                f"{outcome.reports} reports: {done.written} files written, {done.unchanged} unchanged, {done.removed} removed. Open: {output / 'index.html'}",
            )
        )
        leave(outcome.findings)

    @group.command(help=t("在本机预览，改了就刷新。", "Preview on this machine; reloads on every edit."))
    @content_option(t)
    @click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=t("端口", "port"))
    @click.option(
        "--poll",
        is_flag=True,
        help=t(
            "定时查看文件（内容在网络盘上、改了不刷新时用）",
            "look at the files again and again (for network drives that tell of no change)",
        ),
    )
    def preview(content: Path, port: int, poll: bool) -> None:
        from generator.pipeline.request import Request
        from generator.preview import preview as serve
        from generator.website.theme import templates_folder

        if not content.is_dir():
            raise click.UsageError(t(f"找不到内容文件夹“{content}”", f"no content folder “{content}”"))
        try:
            serve(_builder(Request(content), lang), [content, templates_folder()], "127.0.0.1", port, lang, poll)
        except UserError as error:
            raise click.UsageError(error.message.say(lang)) from None


def _builder(job: Request, lang: str) -> Any:
    def build(output: Path) -> Any:
        from generator.pipeline import run as builds
        from generator.preview import PreviewResult as Shown
        from generator.printers import terminal

        try:
            findings = builds.run(job, output).findings
        except UserError as error:
            return Shown(False, [error.message.say(lang)])
        errors = [finding for finding in findings if finding.blocking]
        return Shown(not errors, [line for _, line in terminal.lines(errors, lang)])

    return build
