"""`explain`: explains a rule, finds rules by words, or tells the findings of one report."""

from __future__ import annotations

from collections.abc import Sequence

import click

from generator.commands.common import findings_of_report, translator
from generator.finding import program


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        help=t(
            "说明一条规则（T3-SUM），按词找规则（空白），或说明一份报告（content/2020/boshan）的发现。",
            "Explain a rule (T3-SUM), find rules by a word (blank), or tell the findings of a report "
            "(content/2020/boshan).",
        )
    )
    @click.argument("rule", nargs=-1, required=True)
    def explain(rule: tuple[str, ...]) -> None:
        from generator.collection.folder import report_folder

        words = " ".join(rule)
        if report_folder(words):
            _explain_report(words, lang)
        else:
            _explain_rule(words, lang)


def _explain_rule(words: str, lang: str) -> None:
    """Prints the text of the rule that is meant, or one line for each that may be."""
    from generator.printers.explain import alike, documentation, known, mentioning, plain_id

    t = translator(lang)
    found = [plain_id(words)] if plain_id(words) else mentioning(words)
    if len(found) == 1:
        text = documentation(found[0])
        click.echo(f"{found[0]}\n{text.say(lang) if text else ''}")
    elif found:
        click.echo(t(f"说到“{words}”的有{len(found)}条：", f"{len(found)} rules speak of “{words}”:"))
        _list_rules(found, lang)
    elif near := alike(words):
        message = t(
            f"没有规则“{words}”，也没有规则说到它。相近的：", f"no rule “{words}” and none that speaks of it. Near:"
        )
        click.echo(message)
        _list_rules(near, lang)
        raise click.exceptions.Exit(2)
    else:
        kinds = "、".join(dict.fromkeys(rule.partition("-")[0] for rule in known()))
        raise click.UsageError(
            t(
                f"没有规则“{words}”。照发现里的编号写，如 T3-SUM；或写一个词，如 空白。编号的头几个字母有：{kinds}",
                f"no rule “{words}”. Write an id as findings do, such as T3-SUM, or a word. Ids begin with: {kinds}",
            )
        )


def _list_rules(rules: Sequence[str], lang: str) -> None:
    from generator.printers.explain import headline

    for rule in rules:
        click.echo(f"  {rule:<15} {headline(rule, lang)}")
    click.echo(translator(lang)(f"看全文：{program()} explain 编号", f"The whole text: {program()} explain ID"))


def _explain_report(path: str, lang: str) -> None:
    from generator.printers.one_report import describe_report

    _, ref, findings = findings_of_report(path, False, lang)
    for line in describe_report(findings, ref, lang):
        click.echo(line)
