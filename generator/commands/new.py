"""`form` and `new`: what goes out to the units, and the folders of a new year."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import content_option, told, translator
from generator.finding import Message, UserError

if TYPE_CHECKING:
    from generator.drafts.new_year import Preparation, PreparedFolder

Work = Callable[["Preparation", Callable[[int], None]], "list[PreparedFolder]"]


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)
    year = click.argument("year", type=click.IntRange(1990, 2100))
    organ = click.option("--organ", default="", help=t("机关编号（organs.yaml）", "organ id (organs.yaml)"))
    every = click.option(
        "--all", "every", is_flag=True, help=t("该年度应报告的所有机关", "every organ that reports for the year")
    )

    @group.command(
        help=t(
            "生成发给各单位填写的 Excel 表：法定版式，只有该填的格能填，数对不上即时变红；填好用 import 收回。",
            "Make the Excel forms that units fill in: official layout, only input cells open, broken identities turn red; `import` takes them back.",
        )
    )
    @year
    @organ
    @every
    @click.option(
        "-o",
        "--output",
        required=True,
        type=click.Path(path_type=Path),
        help=t("放到哪个文件夹", "folder to put them in"),
    )
    @click.option(
        "--replace",
        is_flag=True,
        help=t("替换已有的表（可能已经填过）", "replace forms that are there (and may be filled in)"),
    )
    @content_option(t)
    def form(year: int, organ: str, every: bool, output: Path, replace: bool, content: Path) -> None:
        if output.exists() and not output.is_dir():
            raise click.UsageError(t(f"“{output}”不是文件夹", f"“{output}” is no folder"))
        _run(
            content,
            year,
            organ,
            every,
            lang,
            lambda prepared, done: prepared.forms_into(output, replace, done),
            t("--replace 可以替换", "use --replace"),
        )

    @group.command(
        help=t(
            "建下一年度的报告文件夹：上年结转已带入并注明，各格待填，各部分有提示；上年的正文不复制，已有的不动。",
            "Make next year's report folders: carry-over filled in and marked, cells blank, sections with prompts; last year's text is not copied.",
        )
    )
    @year
    @organ
    @every
    @content_option(t)
    def new(year: int, organ: str, every: bool, content: Path) -> None:
        _run(
            content,
            year,
            organ,
            every,
            lang,
            lambda prepared, done: prepared.folders(done),
            t("已有的从不覆盖", "what is there is never overwritten"),
        )


def _run(content: Path, year: int, organ: str, every: bool, lang: str, work: Work, rest: str) -> None:
    """Prepare, tell, and leave: 1 where something was there and left alone."""
    if bool(organ) == every:
        raise click.UsageError(
            Message("请写 --organ 编号 或 --all，二者选一", "give either --organ ID or --all").say(lang)
        )
    from generator.drafts.new_year import Preparation
    from generator.printers import terminal

    with told(lang):
        try:
            prepared = Preparation(content, year, organ)
            with terminal.progress(len(prepared.organs), Message("生成", "making").say(lang)) as advance:
                made = work(prepared, advance)
        except UserError as error:
            raise click.UsageError(error.message.say(lang)) from None
    _tell(made, year, lang, rest)
    sys.exit(1 if any(item.status == "exists" for item in made) else 0)


_STATES = {
    "new": Message("已生成", "made"),
    "unchanged": Message("未变", "unchanged"),
    "replaced": Message("已替换", "replaced"),
    "exists": Message("已有，没有动", "there already, left alone"),
}


def _tell(made: Sequence[PreparedFolder], year: int, lang: str, rest: str) -> None:
    for item in made:
        click.echo(f"{_STATES[item.status].say(lang)}  {item.path}")
    lacking = [item for item in made if item.lacking]
    if lacking:
        names = "、".join(item.organ.short for item in lacking)
        click.echo(
            Message(
                f"没有带入上年结转（缺{year - 1}年度报告）：{names}",
                f"nothing carried over (no report of {year - 1}): {names}",
            ).say(lang)
        )
    kept = sum(item.status == "exists" for item in made)
    if kept:
        click.echo(
            Message(
                f"{kept}个已有而与要生成的不同，没有动；{rest}",
                f"{kept} there already and different, left alone; {rest}",
            ).say(lang),
            err=True,
        )
