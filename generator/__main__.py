"""Runs the command `nianbao`: arguments → functions → exit code.

0 fine, 1 error-level findings, 2 cannot do it, 3 a fault of ours, 130 interrupted, 141 nobody reads the output."""

from __future__ import annotations

import gc
import gettext
import locale
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator import __version__
from generator.collection.system_errors import sentence
from generator.commands import (
    bind,
    build,
    check,
    data,
    diff,
    explain,
    forms,
    import_,
    init,
    new,
    preview,
    publish,
    redirects,
    releases,
    restore,
    rollback,
    rollup,
    verify,
    workbook,
)
from generator.commands.common import interrupts, speaking, telling_all_missing, translator
from generator.commands.help_text import ListingGroup
from generator.finding import Message, program
from generator.printers.clean import cleaned, harmless

LOCALE = Path(__file__).parent / "locale"


def language(arguments: Sequence[str]) -> str:
    """Finds the language: --lang where given (help texts need it early), else the locale, else Chinese."""
    for number, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return "en" if argument == "--lang=en" else "zh"
        if argument == "--lang" and number + 1 < len(arguments):
            return "en" if arguments[number + 1] == "en" else "zh"
    locale_name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not locale_name and sys.platform == "win32":
        locale_name = locale.getlocale()[0] or ""
    return "en" if locale_name.lower().startswith("en") else "zh"


def _speak_clicks_own_messages(lang: str) -> None:
    """Points gettext's default domain, from which click takes its messages, at ours."""
    if lang == "zh":
        os.environ["LANGUAGE"] = "zh_CN"
        gettext.bindtextdomain("messages", str(LOCALE))
        gettext.textdomain("messages")


class SafeGroup(ListingGroup):
    """Ends quietly when the reader of its output goes away (`nianbao check | head`), and with one sentence on Ctrl-C
    and on a fault of ours."""

    def invoke(self, ctx: click.Context) -> object:
        lang = language(sys.argv[1:])
        try:
            with interrupts(lang, Message("。", "")):
                return super().invoke(ctx)
        except BrokenPipeError:
            _discard_output()
            sys.exit(_SIGPIPE)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except OSError as error:  # a full disk, a folder that is gone: not our fault, and not a finding
            click.echo(sentence(error).say(lang), err=True)
            sys.exit(_CANNOT)
        except Exception:
            click.echo(_fault().say(lang), err=True)
            sys.exit(_CANNOT if ctx.invoked_subcommand == "verify" else _FAULT)  # 3 there: the published site differs


_FAULT, _CANNOT = 3, 2


def _fault() -> Message:
    """Writes what happened into a log file and says where it is."""
    import traceback

    details = f"nianbao {__version__}, Python {sys.version}\n{' '.join(sys.argv)}\n\n{traceback.format_exc()}"
    error = harmless(traceback.format_exc().strip().splitlines()[-1][:200])
    log = _written(details.encode("utf-8", "replace"))
    zh, en = (
        (f"详情在 {log}，请发给开发者", f"please report it with {log}")
        if log
        else ("请报告给开发者", "please report it")
    )
    return Message(
        f"nianbao 自身出错（{error}）。没有改动任何已发布的内容；{zh}",
        f"a fault of nianbao itself ({error}). Nothing published was changed; {en}",
    )


def _written(details: bytes) -> str:
    """Writes a log file of its own; returns its path, "" where no disk takes it."""
    import tempfile

    try:
        with tempfile.NamedTemporaryFile("wb", prefix="nianbao-", suffix=".log", delete=False) as log:
            log.write(details)
    except OSError:
        return ""
    return log.name


# what a shell reports of a program that SIGPIPE ended: 128 + 13
_SIGPIPE = 141


def _discard_output() -> None:
    """Sends to nowhere what is still buffered for a reader who has gone; else the interpreter complains at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def commands(lang: str) -> click.Group:
    """Makes the command tree in one language."""

    t = translator(lang)

    @click.group(
        cls=SafeGroup,
        **speaking(t),
        help=t(
            "政府信息公开工作年度报告：核对、生成、预览。",
            "Annual reports on government-information disclosure: check, build, preview.",
        ),
    )
    @click.option(
        "--lang", type=click.Choice(["zh", "en"]), help=t("界面语言（默认随系统）", "language (default: the locale's)")
    )
    @click.version_option(__version__, prog_name="nianbao")
    def group(lang: str | None) -> None:
        del lang  # read by language() before the help texts were made

    group.command_class, group.group_class = telling_all_missing(t), ListingGroup

    for kind in (
        init,
        build,
        preview,
        check,
        explain,
        rollup,
        forms,
        data,
        bind,
        import_,
        workbook,
        new,
        diff,
        publish,
        redirects,
        releases,
        restore,
        rollback,
        verify,
    ):
        kind.add(group, lang)
    return group


# Modules are sixty thousand objects that stay: looking for cycles among them after every 700, as Python does, is a
# tenth of a small site's build.
_OBJECTS = 100_000


def main() -> None:
    """Runs the command in the language asked for; what a departed reader left unread is discarded."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started this
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout, sys.stderr = cleaned(sys.stdout), cleaned(sys.stderr)
    lang = language(sys.argv[1:])
    _speak_clicks_own_messages(lang)
    gc.set_threshold(_OBJECTS)
    try:
        commands(lang)(prog_name=program())
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and told
        gc.freeze()  # else the interpreter looks for cycles among all objects twice more: a tenth of a short run
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            _discard_output()
        except OSError as error:  # what was said could not be written
            _discard_output()
            print(sentence(error).say(lang), file=sys.stderr)
            sys.exit(_CANNOT)


if __name__ == "__main__":
    main()
