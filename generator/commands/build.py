"""`build`: checks, then writes the section."""

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

        result = run_request(Request(content, base_url, jobs, strict), output, lang)
        terminal.print_findings(result.findings, lang, hide_accepted=True)
        files = result.written
        if files is None:
            click.echo(t(f"有错误，“{output}”未更新。", f"there are errors; “{output}” was not updated."))
        else:
            click.echo(
                t(
                    f"{result.reports} 份报告：写入 {files.written} 个文件，未变 {files.unchanged}，"
                    f"移除 {files.removed}。打开：{output / 'index.html'}",
                    f"{result.reports} reports: {files.written} files written, {files.unchanged} unchanged, "
                    f"{files.removed} removed. Open: {output / 'index.html'}",
                )
            )
        exit_by_findings(result.findings)
