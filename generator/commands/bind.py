"""`bind`: turns typed numbers of a narrative into placeholders."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import Say, content_option, report_named, translator, user_errors
from generator.finding import Message, program

if TYPE_CHECKING:
    from rich.console import Console

    from generator.report.entry import LoadedReport, ReportRef
    from generator.rules.bind_figures import BindableNumber

SCHEMA = "nianbao.bind/1"
_KINDS = {
    "bound": Message("已引用", "bound"),
    "matched": Message("对上", "matched"),
    "likely": Message("可能", "likely"),
    "figure": Message("只在正文", "narrative only"),
    "free": Message("不是数据", "no figure"),
}


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        short_help=t("把正文里直接打的数改成对表的引用。", "Bind numbers typed in a narrative to the tables."),
        help=t(
            "找出正文里直接打的数，对上表中的数，改成引用；改后页面一字不变。"
            "写报告文件夹（content/2020/boshan），或用 --organ 和 --year。",
            "Find numbers typed in a narrative, match them with the tables and bind them; the page reads the same "
            "afterwards. Name a report folder (content/2020/boshan), or give --organ and --year.",
        ),
    )
    @click.argument("path", required=False, type=click.Path(path_type=Path))
    @click.option("--organ", default="", help=t("机关编号", "organ"))
    @click.option("--year", type=int, default=0, help=t("年度", "year"))
    @content_option(t)
    @click.option("--yes", is_flag=True, help=t("不问，凡规则对得上的都改", "do not ask; bind all that a rule matches"))
    @click.option(
        "--json", "as_json", is_flag=True, help=t("输出JSON，列出每一个数", "print JSON, every number listed")
    )
    def bind(path: Path | None, organ: str, year: int, content: Path, yes: bool, as_json: bool) -> None:
        with user_errors(lang):
            narrative = _open(path, organ, year, content, t)
            from generator.rules.bind_figures import survey

            numbers = survey(narrative.entry)
            proposed = [item for item in numbers if item.key]
            if yes:
                chosen = [item for item in proposed if item.sure]
            elif as_json or not on_terminal():
                chosen = []
            else:
                chosen = _ask(proposed, lang)
            if chosen:
                narrative.rewrite(chosen)
        if as_json:
            click.echo(_json(narrative.ref.folder, numbers, chosen, lang), nl=False)
            return
        _tell(numbers, chosen, lang, asked=not yes and bool(proposed))


def on_terminal() -> bool:
    """Tells whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@dataclass(frozen=True)
class _Narrative:
    """Holds a report to bind in, and its narrative's text to the letter."""

    ref: ReportRef
    entry: LoadedReport
    file: Path
    text: str

    def rewrite(self, chosen: Sequence[BindableNumber]) -> None:
        from generator.collection.safe_files import write_file
        from generator.rules.bind_figures import bind

        write_file(self.file, [bind(self.text, chosen)])


def _open(path: Path | None, organ: str, year: int, content: Path, t: Say) -> _Narrative:
    """Opens the report asked for. Raises UsageError where there is nothing to bind in."""
    from generator.collection.folder import read_files, scan
    from generator.collection.office import open_office
    from generator.report.entry import ReportRef

    if path is not None:
        content, ref = report_named(str(path))
    elif organ and year:
        ref = ReportRef(year, organ, f"{year}/{organ}")
    else:
        raise click.UsageError(
            t("请写报告文件夹，或同时写 --organ 和 --year", "name a report folder, or both --organ and --year")
        )
    known, _ = scan(content)
    if (ref.year, ref.organ) not in {(item.year, item.organ) for item in known}:
        raise click.UsageError(
            t(
                f"“{content}”中没有报告“{ref.folder}”；请写“年度/机关编号”一级的文件夹",
                f"no report “{ref.folder}” in “{content}”; name a folder “year/organ”",
            )
        )
    office, files = open_office(content, required=False), read_files(content, ref)
    before = office.read_before(ref)
    entry, _ = office.read(ref, before.report if before else None, files)
    if entry is None or files.prose is None or not entry.text:
        raise click.UsageError(
            t(
                f"“{ref.folder}”读不出来；先用 {program()} check 看问题",
                f"“{ref.folder}” cannot be read; see {program()} check",
            )
        )
    try:
        text = files.prose.decode("utf-8")
    except UnicodeDecodeError:
        raise click.UsageError(
            t(
                f"“{ref.folder}/report.md”不是UTF-8，先另存为UTF-8再引用",
                f"“{ref.folder}/report.md” is not UTF-8; save it so first",
            )
        ) from None
    return _Narrative(ref, entry, content / ref.folder / "report.md", text)


def _ask(proposed: Sequence[BindableNumber], lang: str) -> list[BindableNumber]:
    """Asks about each proposal in its context; a takes the rest that a rule matched, q leaves the rest."""
    from generator.printers.terminal import console

    out = console()
    chosen: list[BindableNumber] = []
    for number, item in enumerate(proposed):
        _draw(out, item, lang)
        answer = click.prompt(
            Message(
                "改成引用吗？y 是，n 否，a 其余凡对得上的都改，q 到此为止",
                "bind it? y yes, n no, a all matched ones from here, q stop",
            ).say(lang),
            type=click.Choice(["y", "n", "a", "q"]),
            default="y" if item.sure else "n",
            show_choices=False,
        )
        if answer == "q":
            break
        if answer == "a":
            return [*chosen, *(rest for rest in proposed[number:] if rest.sure)]
        if answer == "y":
            chosen.append(item)
    return chosen


def _draw(out: Console, item: BindableNumber, lang: str) -> None:
    from rich.text import Text as Line

    line = Line(f"{item.line:>5}:{item.column:<4} ", style="dim")
    before, _, after = item.context.partition(item.typed)
    line.append(f"…{before}").append(item.typed, style="bold").append(f"{after}…")
    out.print(line)
    mark = _KINDS[item.kind].say(lang)
    out.print(
        Line(f"            → {{{{{item.key}}}}}", style="green" if item.sure else "yellow").append(
            f"  {mark} {item.why.say(lang)}", style="dim"
        )
    )


def _tell(numbers: Sequence[BindableNumber], chosen: Sequence[BindableNumber], lang: str, asked: bool) -> None:
    from generator.printers.terminal import console

    left = [item for item in numbers if item.key and item not in chosen]
    out = console()
    if not (asked and on_terminal()):
        for item in left:
            _draw(out, item, lang)
    suggested = [item for item in numbers if item.kind == "figure"]
    for item in suggested:
        click.echo(f"{item.line:>5}:{item.column:<4} …{item.context}…  {item.why.say(lang)}")
    count = {kind: sum(item.kind == kind for item in numbers) for kind in _KINDS}
    kinds = "，".join(f"{_KINDS[kind].zh}{number}" for kind, number in count.items())
    kinds_en = ", ".join(f"{number} {_KINDS[kind].en}" for kind, number in count.items())
    click.echo(
        Message(
            f"{kinds}。改成引用 {len(chosen)} 处，还可改 {len(left)} 处。",
            f"{kinds_en}. {len(chosen)} bound now, {len(left)} more could be.",
        ).say(lang)
    )


def _json(folder: str, numbers: Sequence[BindableNumber], chosen: Sequence[BindableNumber], lang: str) -> str:
    rows = [
        {
            "line": item.line,
            "column": item.column,
            "text": item.typed,
            "kind": item.kind,
            "placeholder": item.key,
            "sure": item.sure,
            "why": item.why.say(lang),
            "context": item.context,
            "applied": item in chosen,
        }
        for item in numbers
    ]
    return json.dumps({"schema": SCHEMA, "report": folder, "numbers": rows}, ensure_ascii=False, indent=1) + "\n"
