"""`forms`: lists the declared statutory forms, and shows one. Its former name `formats` still works."""

from __future__ import annotations

import click

from generator.commands.common import alias, speaking, telling_all_missing, translator


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)
    as_json_option = click.option("--json", "as_json", is_flag=True, help=t("输出JSON", "print JSON"))

    @group.group(
        invoke_without_command=True, help=t("列出各年度的法定格式。", "List the statutory formats."), **speaking(t)
    )
    @as_json_option
    @click.pass_context
    def forms(context: click.Context, as_json: bool) -> None:
        from generator.forms.declared import declared_forms
        from generator.printers import forms as formats_show

        if context.invoked_subcommand is not None:
            return
        known_forms = declared_forms()
        if as_json:
            click.echo(formats_show.listing_json(known_forms), nl=False)
            return
        for line in formats_show.listing(known_forms, lang):
            click.echo(line)

    @forms.command(
        "show",
        cls=telling_all_missing(t),
        help=t(
            "照原样显示一种格式的表：写年度（如 2021）或编号。",
            "Show a format's tables as printed: by year (2021) or id.",
        ),
    )
    @click.argument("name")
    @as_json_option
    def show_one(name: str, as_json: bool) -> None:
        from generator.forms.declared import declared_forms
        from generator.printers import forms as formats_show
        from generator.printers import terminal

        known_forms = declared_forms()
        form = formats_show.find(known_forms, name)
        if form is None:
            known = "、".join(form.id for form in known_forms)
            raise click.UsageError(
                t(f"没有格式“{name}”。请写年度或编号：{known}", f"no format “{name}”. Give a year or an id: {known}")
            )
        if as_json:
            click.echo(formats_show.show_json(form), nl=False)
            return
        out = terminal.console()
        for line in formats_show.show(form, lang, out.width if out.is_terminal else 110):
            click.echo(line)

    alias(group, forms, "formats")
