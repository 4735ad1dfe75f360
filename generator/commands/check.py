"""`check`, `explain` and `rollup`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import content_option, job_options, leave, run_job, told, translator, write_or_print
from generator.finding import Message


def add(group: click.Group, lang: str) -> None:
    _check(group, lang)
    _explain(group, lang)
    _rollup(group, lang)


def _check(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(help=t("只核对，不写任何文件。", "Check only; write nothing."))
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
    @job_options(t)
    def check(content: Path, form: str, output: Path | None, jobs: int, strict: bool) -> None:
        from generator.pipeline.request import Request
        from generator.printers import terminal
        from generator.printers.formats import pieces

        findings = run_job(Request(content, "", jobs, strict), None, lang).findings
        if form == "text":
            terminal.print_findings(findings, lang)
        else:
            output = output or (Path("findings.html") if form == "html" else None)
            write_or_print(pieces(findings, form, lang, content), output, lang)
        leave(findings)


def _explain(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        help=t(
            "说明一条规则，或一份报告（如 content/2020/boshan）的发现。",
            "Explain a rule, or the findings of a report (content/2020/boshan).",
        )
    )
    @click.argument("rule")
    def explain(rule: str) -> None:
        from generator.pipeline.request import Request
        from generator.printers.explain import documentation, known
        from generator.printers.formats import report_folder, tell

        found = report_folder(rule)
        if found:
            for line in tell(run_job(Request(found[0]), None, lang).findings, found[1], lang):
                click.echo(line)
            return
        text = documentation(rule.upper())
        if text is None:
            raise click.UsageError(t(f"没有规则“{rule}”。已有：", f"no rule “{rule}”. Known: ") + "、".join(known()))
        click.echo(f"{rule.upper()}\n{text.say(lang)}")


def _rollup(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        help=t(
            "下级机关的汇总：谁报了、谁没报，各格之和与本级数的差异。",
            "The units below: who reported, and how their sums compare.",
        )
    )
    @click.argument("year", type=int)
    @click.option(
        "--organ", default="", help=t("上级机关编号（默认唯一的一个）", "the organ above them (default: the only one)")
    )
    @click.option("--json", "as_json", is_flag=True, help=t("输出JSON", "print JSON"))
    @content_option(t)
    def rollup(year: int, organ: str, as_json: bool, content: Path) -> None:
        from generator.collection import rollup as collection_rollup
        from generator.pipeline import run as build
        from generator.pipeline.request import Request
        from generator.printers import rollup as summing

        with told(lang):
            whole = build.gathered(Request(content))
            view = collection_rollup.view(whole.gathered, whole.context, year, organ)
        if isinstance(view, Message):
            raise click.UsageError(view.say(lang))
        if as_json:
            click.echo(summing.as_json(view))
        else:
            summing.show(view, lang)
