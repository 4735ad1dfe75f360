"""`rollback`: makes an earlier release public again, in one step."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import content_option, interrupts, tell_late, translator, user_errors
from generator.commands.publishing import author_or_login, confirmed, now, opened, sign_option, signer, who_options
from generator.finding import NIANBAO, Message

_UNCERTAIN = Message(
    f"：公开的是哪一版，请先用 {NIANBAO} releases 或 {NIANBAO} verify 查看；不写版本再运行一次，可能又换回去。",
    f": {NIANBAO} releases and {NIANBAO} verify tell which release is public; look before running this again, "
    "which might undo it",
)


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        help=t(
            "一步换回目标上保留的某个版本，默认上一个；记入账本。",
            "Make a kept release public again in one step, by default the one before; the ledger records it.",
        )
    )
    @click.argument("name", required=False, default="")
    @click.argument("release", required=False, default="")
    @click.option("--yes", is_flag=True, help=t("不再询问", "do not ask"))
    @sign_option(t)
    @who_options(t)
    @content_option(t)
    def rollback(
        name: str, release: str, yes: bool, sign: Path | None, reason: str, author: str, content: Path
    ) -> None:
        from generator.ledger.signature import PUBLIC_KEY
        from generator.pipeline.interrupts import finishing
        from generator.targets.publication import one_at_a_time, roll_back, witness_path

        with user_errors(lang), opened(content, name) as (site, destination, target):
            wanted = release or t("上一个版本", "the release before")
            if not confirmed(
                t(f"把“{destination.name}”换回{wanted}？", f"go back on “{destination.name}” to {wanted}?"), yes, t
            ):
                return
            witness, signing = witness_path(content, destination), signer(site, sign)
            public_key = site.settings.values.get(PUBLIC_KEY, "")
            with interrupts(lang, _UNCERTAIN), finishing() as late, one_at_a_time(witness):
                entry, notes = roll_back(
                    target, witness, release, now(), author_or_login(author), reason, signing, public_key
                )
        tell_late(late, Message("已经换回，账本也已记好", "that release is public, and the ledger has it"), lang)
        click.echo(t(f"已换回 {entry.release}，账本第{entry.number}行。", f"{entry.release} is public again."))
        for note in notes:
            click.echo(note.say(lang))
