"""`new`: makes the report folders of a new year."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import content_option, translator
from generator.commands.preparing import preparation_options, prepare
from generator.finding import program


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)
    year, organ, every = preparation_options(t)

    @group.command(
        help=t(
            "建下一年度的报告文件夹：上年结转已带入并注明，各格待填，各部分有提示；上年的正文不复制，已有的不动。",
            "Make next year's report folders: carry-over filled in and marked, cells blank, sections with prompts. "
            "Last year's text is not copied; what exists is left alone.",
        )
    )
    @year
    @organ
    @every
    @content_option(t)
    def new(year: int, organ: str, every: bool, content: Path) -> None:
        prepare(
            content,
            year,
            organ,
            every,
            lang,
            lambda prepared, done: prepared.folders(done),
            t("已有的从不覆盖", "what is there is never overwritten"),
            t(
                "下一步：填 tables.yaml，写 report.md（标着“【待填写】”的都要写）；"
                f"用 {program()} preview 边改边看，{program()} check 核对，都好了删去“状态: 草稿”一行。",
                "Next: fill in tables.yaml and write report.md (whatever is marked 【待填写】); see it with "
                f"{program()} preview, check it with {program()} check, and delete the line 状态: 草稿 in the end.",
            ),
        )
