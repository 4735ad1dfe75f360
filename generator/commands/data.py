"""`data`: the figures of a built section as one Parquet file."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import translator, user_errors
from generator.finding import counted


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        help=t(
            "把已生成栏目的全部统计数据写成一个 Parquet 文件（需要 nianbao[data]）。",
            "Write all figures of a built section as one Parquet file (takes nianbao[data]).",
        )
    )
    @click.option(
        "--parquet",
        "target",
        type=click.Path(path_type=Path, dir_okay=False),
        required=True,
        help=t("要写的文件", "the file to write"),
    )
    @click.option(
        "--site",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("site"),
        show_default=True,
        help=t("已生成的栏目", "the built section"),
    )
    def data(target: Path, site: Path) -> None:
        from generator.pipeline.parquet import write_parquet

        with user_errors(lang):
            cells = write_parquet(site, target)
        click.echo(t(f"{target}：{cells} 格", f"{target}: {counted(cells, 'cell')}"))
