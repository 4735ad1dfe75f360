"""The command `nianbao`: arguments → functions → exit code. 0 fine, 1 error-level findings, 2 cannot do it."""

from __future__ import annotations

import gettext
import locale
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator import __version__
from generator.commands import bind, build, check, explain, forms, import_, new, preview, rollup, workbook
from generator.commands.common import translator

LOCALE = Path(__file__).parent / "locale"


def language(arguments: Sequence[str]) -> str:
    """--lang where given (help texts need it before click reads it), else the locale, else Chinese."""
    for number, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return "en" if argument == "--lang=en" else "zh"
        if argument == "--lang" and number + 1 < len(arguments):
            return "en" if arguments[number + 1] == "en" else "zh"
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not said and sys.platform == "win32":
        said = locale.getlocale()[0] or ""
    return "en" if said.lower().startswith("en") else "zh"


def _speak_clicks_own_messages(lang: str) -> None:
    """click takes its messages from gettext's default domain."""
    if lang == "zh":
        os.environ["LANGUAGE"] = "zh_CN"
        gettext.bindtextdomain("messages", str(LOCALE))
        gettext.textdomain("messages")


def commands(lang: str) -> click.Group:
    """The command tree in one language."""

    t = translator(lang)

    @click.group(
        help=t(
            "政府信息公开工作年度报告：核对、生成、预览。",
            "Annual reports on government-information disclosure: check, build, preview.",
        )
    )
    @click.option(
        "--lang", type=click.Choice(["zh", "en"]), help=t("界面语言（默认随系统）", "language (default: the locale's)")
    )
    @click.version_option(__version__, prog_name="nianbao")
    def group(lang: str | None) -> None:
        del lang  # read by language() before the help texts were made

    for kind in (build, preview, check, explain, rollup, forms, bind, import_, workbook, new):
        kind.add(group, lang)
    return group


def main() -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    lang = language(sys.argv[1:])
    _speak_clicks_own_messages(lang)
    commands(lang)(prog_name="nianbao")


if __name__ == "__main__":
    main()
