"""`diff`: says what publishing would change, before anything moves."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import translator, user_errors, write_or_print
from generator.commands.publishing import opened, scratch_folder, site_options
from generator.finding import NIANBAO


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        help=t(
            "发布之前看会改什么：网页的增、改、减，报告逐格的数、逐字的正文。",
            "Say what publishing would change: pages, figures cell by cell, text word by word.",
        )
    )
    @click.argument("name", required=False, default="")
    @click.option("--json", "as_json", is_flag=True, help=t("输出JSON", "print JSON"))
    @click.option(
        "--html", type=click.Path(path_type=Path), help=t("写成网页，给领导看", "write a page for the director to read")
    )
    @site_options(t)
    def diff(
        name: str, as_json: bool, html: Path | None, content: Path, output: Path, base_url: str, strict: bool
    ) -> None:
        from generator.forms.declared import declared_form
        from generator.ledger import overview
        from generator.pipeline.read_lock import steady
        from generator.pipeline.request import Request
        from generator.targets.built import BuiltSection
        from generator.targets.publication import prepare, state_of_build

        with (
            user_errors(lang),
            steady(output),
            opened(content, name, base_url, output) as (site, destination, target),
            scratch_folder() as scratch,
        ):
            section = BuiltSection(output)
            if state_of_build(Request(content, base_url, 0, strict), section)[1]:
                click.echo(t(*_stale(output)), err=True)
            publication = prepare(site, section, destination, target, (), False, scratch)
        view = overview.overview(
            publication.before, publication.proposal, publication.reports.old, publication.reports.new, declared_form
        )
        if html is not None:
            from generator.ledger.changes_page import page

            write_or_print(page(view, destination.name, lang), html, lang)
            return
        for line in [overview.as_json(view)] if as_json else overview.lines(view, lang):
            click.echo(line)


def _stale(output: Path) -> tuple[str, str]:
    """Words in Chinese and English that the built section is not of the content as it stands."""
    return (
        f"注意：“{output}”比内容旧，或是另一版 nianbao 生成的，先运行 {NIANBAO} build。",
        f"note: “{output}” is older than the content or of another nianbao; run {NIANBAO} build first.",
    )
