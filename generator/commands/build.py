"""`build`: check, then write the section."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import content_option, exit_by_findings, request_options, run_request, translator


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
    def build(content: Path, output: Path, jobs: int, base_url: str, strict: bool) -> None:
        from generator.pipeline.request import Request
        from generator.printers import terminal

        outcome = run_request(Request(content, base_url, jobs, strict), output, lang)
        terminal.print_findings(outcome.findings, lang, hide_accepted=True)
        done = outcome.written
        if done is None:
            click.echo(t(f"有错误，“{output}”未更新。", f"there are errors; “{output}” was not updated."))
            exit_by_findings(outcome.findings)
            return
        click.echo(
            t(
                f"{outcome.reports} 份报告：写入 {done.written} 个文件，未变 {done.unchanged}，移除 {done.removed}。打开：{output / 'index.html'}",
                f"{outcome.reports} reports: {done.written} files written, {done.unchanged} unchanged, {done.removed} removed. Open: {output / 'index.html'}",
            )
        )
        exit_by_findings(outcome.findings)
