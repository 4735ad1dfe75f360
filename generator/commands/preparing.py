"""Shares what `workbook` and `new` have in common: the year and organs they are for, and what came of each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.commands.common import Say, user_errors
from generator.finding import Message, UserError

if TYPE_CHECKING:
    from generator.drafts.new_year import Preparation, PreparedFolder

Work = Callable[["Preparation", Callable[[int], None]], "list[PreparedFolder]"]

F = TypeVar("F", bound=Callable[..., Any])


def preparation_options(t: Say) -> tuple[Callable[[F], F], Callable[[F], F], Callable[[F], F]]:
    """Makes the argument YEAR and the options --organ and --all."""
    year = click.argument("year", type=click.IntRange(1990, 2100))
    organ = click.option("--organ", default="", help=t("机关编号（organs.yaml）", "organ id (organs.yaml)"))
    every = click.option(
        "--all", "every", is_flag=True, help=t("该年度应报告的所有机关", "every organ that reports for the year")
    )
    return year, organ, every


def prepare(content: Path, year: int, organ: str, every: bool, lang: str, work: Work, rest: str, then: str) -> None:
    """Prepares, prints what came of it, and exits: with 1 where something was there and left alone. `then` is what
    to do next with what was made."""
    if bool(organ) == every:
        raise click.UsageError(
            Message("请写 --organ 编号 或 --all，二者选一", "give either --organ ID or --all").say(lang)
        )
    from generator.drafts.new_year import Preparation
    from generator.printers import terminal

    with user_errors(lang):
        try:
            prepared = Preparation(content, year, organ)
            with terminal.progress(len(prepared.organs), Message("生成", "making").say(lang)) as advance:
                made = work(prepared, advance)
        except UserError as error:
            raise click.UsageError(error.message.say(lang)) from None
    _print_results(made, year, lang, rest)
    if any(item.status in ("new", "replaced") for item in made):
        click.echo(then)
    sys.exit(1 if any(item.status == "exists" for item in made) else 0)


_STATES = {
    "new": Message("已生成", "made"),
    "unchanged": Message("未变", "unchanged"),
    "replaced": Message("已替换", "replaced"),
    "exists": Message("已有，没有动", "there already, left alone"),
}


def _print_results(made: Sequence[PreparedFolder], year: int, lang: str, rest: str) -> None:
    for item in made:
        click.echo(f"{_STATES[item.status].say(lang)}  {item.path}")
    lacking = "、".join(item.organ.short for item in made if item.lacking)
    if lacking:
        zh, en = f"没有带入上年结转（缺{year - 1}年度报告）", f"nothing carried over (no report of {year - 1})"
        click.echo(Message(f"{zh}：{lacking}", f"{en}: {lacking}").say(lang))
    blank = "、".join(item.organ.short for item in made if item.blank)
    if blank:
        zh, en = f"{year - 1}年度报告的“结转下年度”没有填", f"结转下年度 of {year - 1} is blank"
        click.echo(Message(f"没有带入上年结转（{zh}）：{blank}", f"nothing carried over ({en}): {blank}").say(lang))
    kept = sum(item.status == "exists" for item in made)
    if kept:
        click.echo(
            Message(
                f"{kept}个已有而与要生成的不同，没有动；{rest}",
                f"{kept} there already and different, left alone; {rest}",
            ).say(lang),
            err=True,
        )
