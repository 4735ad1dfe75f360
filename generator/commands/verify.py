"""`verify`: compares what is published with the ledger. Exit code 3 where it differs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import content_option, translator, user_errors
from generator.commands.publishing import opened

if TYPE_CHECKING:
    from generator.ledger.chain import Ledger
    from generator.ledger.sums import FileSum
    from generator.ledger.verify import Verdict

DIFFERS = 3


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        short_help=t("核对公开的与发布的是否一致。", "Verify that what is public is what was published."),
        help=t(
            "逐字节核对：发布目标（名称）或文件夹里的，与账本所记的是否一致。退出码：0 一致，2 核对不了，3 不一致。",
            "Compare a target (by name) or a folder byte by byte with the ledger. Exit code 0: the same, 2: cannot "
            "tell, 3: it differs.",
        ),
    )
    @click.argument("place", required=False, default="")
    @click.option("--json", "as_json", is_flag=True, help=t("输出JSON", "print JSON"))
    @content_option(t)
    def verify(place: str, as_json: bool, content: Path) -> None:
        from generator.ledger import verify as verdicts

        with user_errors(lang):
            verdict = _verify(place, content)
        if as_json:
            click.echo(verdicts.as_json(place, verdict))
        else:
            for line in verdicts.lines(verdict, lang):
                click.echo(line)
        sys.exit(DIFFERS if verdict.differences else 0)


def _verify(place: str, content: Path) -> Verdict:
    from generator.ledger.sums import sum_site
    from generator.ledger.verify import verify as compare
    from generator.targets.publication import witness_path

    if place and Path(place).is_dir():
        folder = Path(place)
        return compare(lambda path: _read(folder / path), lambda _: sum_site(folder))
    with opened(content, place) as (_, destination, target):

        def found(_: Ledger) -> Mapping[str, FileSum]:
            sums = ((path, target.sums(path)) for path in target.paths())
            return {path: item for path, item in sums if item is not None}

        witness = witness_path(content, destination)
        return compare(target.read, found, witness.read_bytes() if witness.is_file() else b"")


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
