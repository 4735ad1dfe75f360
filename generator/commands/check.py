"""`check`: checks all reports of a content folder, or one."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import (
    content_option,
    exit_by_findings,
    findings_of_report,
    request_options,
    run_request,
    translator,
    write_or_print,
)
from generator.finding import Finding


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        short_help=t("只核对，不生成网页。", "Check only; build nothing."),
        help=t(
            "只核对，不改内容、不生成网页（处理记录除外，见手册）。可只写一份报告的文件夹（content/2020/boshan）：只核对这一份，合计、雷同等要看全部报告的规则不在其内。",
            "Check only: content and section stay as they are; only the records beside them are kept. Name one "
            "report's folder (content/2020/boshan) to check that report alone, without the rules that compare all "
            "reports.",
        ),
    )
    @click.argument("report", required=False)
    @content_option(t)
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "sarif", "github", "html"]),
        default="text",
        show_default=True,
        help=t("输出格式", "output format"),
    )
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        help=t(
            "写到文件（默认屏幕；html 默认 findings.html）",
            "write to a file (default: the screen; html: findings.html)",
        ),
    )
    @request_options(t)
    def check(report: str | None, content: Path, form: str, output: Path | None, jobs: int, strict: bool) -> None:
        from generator.pipeline.request import Request
        from generator.printers import terminal

        findings: list[Finding]
        if report is None:
            findings = run_request(Request(content, "", jobs, strict), None, lang).findings
        else:
            content, _, findings = findings_of_report(report, strict, lang)
        if form == "text":
            terminal.print_findings(findings, lang)
        else:
            from generator.printers.formats import pieces

            output = output or (Path("findings.html") if form == "html" else None)
            write_or_print(pieces(findings, form, lang, content), output, lang)
        exit_by_findings(findings)
