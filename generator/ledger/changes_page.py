"""Makes the overview of changes one HTML page that opens without a server."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import DictLoader, Environment, StrictUndefined

from generator.finding import Message
from generator.ledger.changes import FigureChange
from generator.ledger.overview import BLANK, NONE, Overview, shortened
from generator.website.theme import load_theme


def page(view: Overview, target: str, lang: str) -> Iterator[str]:
    """Yields the page; `target` is the name of the place that would be published to."""
    env = Environment(
        loader=DictLoader(dict(load_theme().templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["t"] = lambda zh, en: Message(zh, en).say(lang)
    env.globals["shortened"] = shortened
    env.globals["shown"] = lambda text: NONE.say(lang) if text is None else text or BLANK.say(lang)
    yield from env.get_template("changes.html").generate(
        view=view, target=target, lang="en" if lang == "en" else "zh-CN", label=_label
    )


def _label(item: FigureChange) -> str:
    """A figure's name with its parts apart, as it reads best in a table."""
    return item.name.replace(".", " · ")
