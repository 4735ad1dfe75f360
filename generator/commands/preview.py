"""`preview`: serves the section on this machine, built again on every edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import content_option, translator
from generator.finding import Finding, UserError

if TYPE_CHECKING:
    from generator.pipeline.request import Request
    from generator.preview.last_build import PreviewResult
    from generator.preview.server import Build, Waiting
    from generator.preview.watching import Changes


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(help=t("在本机预览，改了就刷新。", "Preview on this machine; reloads on every edit."))
    @content_option(t)
    @click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=t("端口", "port"))
    @click.option(
        "--poll",
        is_flag=True,
        help=t(
            "定时查看文件（内容在网络盘上、改了不刷新时用）",
            "poll the files (for network drives that do not report changes)",
        ),
    )
    def preview(content: Path, port: int, poll: bool) -> None:
        from generator.pipeline.request import Request
        from generator.preview.server import preview as serve
        from generator.website.theme import templates_folder

        if not content.is_dir():
            raise click.UsageError(
                t(
                    f"找不到内容文件夹“{content}”：用 --content 指明",
                    f"no content folder “{content}”: name it with --content",
                )
            )
        try:
            serve(
                _builder(Request(content, preview=True, durable=False), lang),
                [content, templates_folder()],
                "127.0.0.1",
                port,
                lang,
                poll,
            )
        except UserError as error:
            raise click.UsageError(error.message.say(lang)) from None
        except KeyboardInterrupt:  # this is how a preview ends
            return


def _builder(request: Request, lang: str) -> Build:
    """Makes the function that builds in steps: the page of an edited report first, then all that follows from it. Where
    nothing is known to have changed, it looks, and gives that up as soon as something is."""
    from generator.pipeline.resident import Resident
    from generator.pipeline.run import run
    from generator.pipeline.session import Overtaken, nothing
    from generator.preview.last_build import PreviewResult
    from generator.printers import terminal

    resident = Resident()

    def result(findings: Sequence[Finding], changed: frozenset[str], sure: bool) -> PreviewResult:
        errors = [finding for finding in findings if finding.blocking]
        return PreviewResult(not errors, [line for _, line in terminal.lines(errors, lang)], False, changed, sure)

    def build(output: Path, changed: Changes, waiting: Waiting = lambda: False) -> Iterator[PreviewResult]:
        def heed() -> None:
            if waiting():
                raise Overtaken

        edited = resident.edited(request.content, changed) if changed and output.is_dir() else []
        first = None
        with suppress(OSError):  # the build that follows tells what is wrong
            if edited and (first := resident.draw(output, edited)):
                yield result(first.findings, first.changed, False)
        only = edited if first else ()
        try:
            looks = changed is not None and not changed
            built = run(request, output, resident=resident, edited=only, heed=heed if looks else nothing)
        except Overtaken:
            return
        except UserError as error:
            yield PreviewResult(False, [error.message.say(lang)], stale=True)
        else:
            yield result(built.findings, built.changed, not only)

    return build
