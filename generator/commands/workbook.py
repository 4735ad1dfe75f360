"""`workbook`: makes the Excel workbooks that go out to the units. Its former name `form` still works."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import alias, content_option, translator
from generator.commands.preparing import preparation_options, prepare
from generator.finding import NIANBAO, program


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)
    year, organ, every = preparation_options(t)

    @group.command(
        short_help=t("生成发给各单位填写的 Excel 表。", "Make the Excel workbooks that units fill in."),
        help=t(
            f"生成发给各单位填写的 Excel 表：法定版式，只有该填的格能填，数对不上即时变红；"
            f"填好用 {NIANBAO} import 收回。",
            "Make the Excel workbooks that units fill in: official layout, only input cells open, broken identities "
            f"turn red. {NIANBAO} import takes them back.",
        ),
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
    def workbook(year: int, organ: str, every: bool, output: Path, replace: bool, content: Path) -> None:
        if output.exists() and not output.is_dir():
            raise click.UsageError(t(f"“{output}”不是文件夹", f"“{output}” is no folder"))
        if output.suffix.lower() == ".xlsx" and not output.exists():
            zh = f"--output 是放表的文件夹，“{output}”像文件名：请写文件夹，如 “{output.parent}”；文件名由系统起"
            en = f"--output is a folder, “{output}” looks like a file: name a folder, such as “{output.parent}”"
            raise click.UsageError(t(zh, en))
        prepare(
            content,
            year,
            organ,
            every,
            lang,
            lambda prepared, done: prepared.make_workbooks(output, replace, done),
            t("--replace 可以替换", "use --replace"),
            t(
                f"下一步：把表发给各单位；收回的放进一个文件夹，用 {program()} import 文件夹 读进来。",
                f"Next: send them out; put what comes back into a folder, take it in with {program()} import FOLDER.",
            ),
        )

    alias(group, workbook, "form")
