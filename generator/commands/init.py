"""`init`: makes a first content folder."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import content_option, translator, user_errors
from generator.finding import program


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        help=t(
            "新建内容文件夹：site.yaml（门户、栏目）和 organs.yaml（报告机关），写明该填什么。已有的不动。",
            "Make a new content folder: site.yaml (portal and section) and organs.yaml (reporting organs), with what "
            "to fill in. Nothing is ever overwritten.",
        )
    )
    @click.option("--organ", required=True, help=t("本级机关的编号，如 boshan", "id of the office, such as boshan"))
    @click.option("--name", required=True, help=t("本级机关的全称", "full name of the office"))
    @click.option("--domain", default="", help=t("门户的域名，如 www.example.gov.cn", "the portal's domain"))
    @content_option(t)
    def init(organ: str, name: str, domain: str, content: Path) -> None:
        from generator.drafts.first_content import start_content

        with user_errors(lang):
            for path in start_content(content, organ, name, domain):
                click.echo(t(f"已生成  {path}", f"made  {path}"))
        command = program()
        option = "" if content == Path("content") else f" --content {content}"
        click.echo(
            t(
                f"下一步：照注释填好这两个文件，再用 {command} check{option} 看还缺什么；"
                f"用 {command} new 年度 --organ {organ}{option} 建第一份报告。",
                f"Next: fill in both files as their comments say; {command} check{option} tells what is missing; "
                f"{command} new YEAR --organ {organ}{option} makes the first report.",
            )
        )
