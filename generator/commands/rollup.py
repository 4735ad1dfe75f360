"""`rollup`: lists the units below an organ and compares their sums."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import content_option, translator, user_errors
from generator.finding import Message


def add(group: click.Group, lang: str) -> None:
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
        from generator.collection.rollup import view
        from generator.pipeline.run import gather_facts
        from generator.printers import rollup as printer

        with user_errors(lang):
            office, facts = gather_facts(content, [year])
            result = view(facts, office.context, year, organ, facts.withheld)
        if isinstance(result, Message):
            raise click.UsageError(result.say(lang))
        if as_json:
            click.echo(printer.as_json(result))
        else:
            printer.show(result, lang)
