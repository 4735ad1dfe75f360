"""`explain`: explains a rule, or the findings of one report."""

from __future__ import annotations

import click

from generator.commands.common import report_named, translator, user_errors


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        help=t(
            "说明一条规则，或一份报告（如 content/2020/boshan）的发现。",
            "Explain a rule, or the findings of a report (content/2020/boshan).",
        )
    )
    @click.argument("rule")
    def explain(rule: str) -> None:
        from generator.collection.folder import report_folder
        from generator.printers.explain import documentation, known

        if report_folder(rule):
            _explain_report(rule, lang)
            return
        text = documentation(rule.upper())
        if text is None:
            raise click.UsageError(t(f"没有规则“{rule}”。已有：", f"no rule “{rule}”. Known: ") + "、".join(known()))
        click.echo(f"{rule.upper()}\n{text.say(lang)}")


def _explain_report(path: str, lang: str) -> None:
    from generator.collection.office import open_office
    from generator.pipeline.run import check_report
    from generator.printers.formats import describe_report

    with user_errors(lang):
        content, ref = report_named(path)
        findings = check_report(open_office(content), ref)
    for line in describe_report(findings, ref, lang):
        click.echo(line)
