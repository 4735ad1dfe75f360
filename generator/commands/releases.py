"""`releases`: lists what was published to a target, and what is kept there."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import content_option, translator, user_errors
from generator.commands.publishing import opened


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(help=t("列出发布过的版本，和目标上还保留的。", "List what was published, and what is kept there."))
    @click.argument("name", required=False, default="")
    @content_option(t)
    def releases(name: str, content: Path) -> None:
        from generator.ledger.chain import ROLLBACK, read_ledger
        from generator.ledger.sums import LEDGER
        from generator.printers.clean import harmless
        from generator.targets.gate import EMPTY
        from generator.targets.publication import witness_path

        with user_errors(lang), opened(content, name) as (_, destination, target):
            ledger = read_ledger(target.read(LEDGER) or b"")
            kept, served = target.releases(), target.served()
        for entry in ledger.entries:
            marks = [t("恢复", "rollback")] if entry.kind == ROLLBACK else []
            marks += [t("正在公开", "public now")] if entry is ledger.current else []
            marks += [t("可恢复", "kept")] if entry.release in kept and entry.release != served else []
            overrides = ",".join(item.gate for item in entry.overrides)
            parts = (entry.release, entry.time, entry.author, " ".join(marks), entry.reason, overrides)
            click.echo("  ".join(harmless(part) for part in parts if part))
        for fault in ledger.faults:
            click.echo(fault.say(lang))
        if not ledger.data:
            earlier = witness_path(content, destination).is_file()
            click.echo(EMPTY.say(lang) if earlier else t("还没有发布过。", "nothing was published yet."))
