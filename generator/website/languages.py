"""The section in a second language: its settings, and the marks on what stays Chinese."""

from __future__ import annotations

from dataclasses import replace

from generator.collection.settings import Organ, Settings
from generator.narrative.late_pattern import LatePattern
from generator.website.words import Words

# The folder of the English pages, in the section.
ENGLISH = "en/"
_HAN = r"\u2e80-\u2fff\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_RUN = LatePattern(rf"[{_HAN}](?:[0-9\u2014\u2018-\u201d]*[{_HAN}])*")
# Elements that hold plain text only are left alone.
_PLAIN = ("<title", "<script", "<style", "<desc", "<option")
# No page holds control characters, so these cannot be met in a text.
_BEGIN, _END = "\x01", "\x02"
_MARK = '<span lang="zh-CN">{}</span>'


def english_settings(settings: Settings, words: Words) -> Settings:
    """Return the settings as English pages show them: names in English where they are given, levels and the usual names
    of a portal's columns translated.

    What site.yaml does not give in English stays Chinese, except the section's own name and description."""
    given = settings.english
    values = dict(settings.values)
    for key in ("网站名称", "主办单位"):
        values[key] = given.get(key, "") or values.get(key, "")
    values["栏目名称"] = given.get("栏目名称", "") or words("page.section")
    values["栏目说明"] = given.get("栏目说明", "") or words("page.about")
    values.pop("栏目关键词", None)
    base = settings.base_url
    return replace(
        settings,
        values=values,
        contact={words.term(label): value for label, value in settings.contact.items()},
        nav=tuple(
            replace(link, label=values["栏目名称"] if link.current else words.term(link.label)) for link in settings.nav
        ),
        crumbs=tuple(replace(link, label=words.term(link.label)) for link in settings.crumbs),
        organs=tuple(_organ(organ, words) for organ in settings.organs),
        base_url=base + ENGLISH if base else "",
    )


def _organ(organ: Organ, words: Words) -> Organ:
    name = organ.english
    return replace(organ, name=name or organ.name, short=name or organ.short, level=words.term(organ.level))


def whole_chinese(html: str) -> str:
    """Put HTML that is Chinese throughout on an English page; `mark_chinese` then leaves it alone."""
    return f'<div lang="zh-CN">{_BEGIN}{html}{_END}</div>'


def mark_chinese(html: str) -> str:
    """Mark runs of Chinese in the texts of an English page, so that they are read aloud and broken as Chinese."""
    first, *others = html.split(_BEGIN)
    parts = [_marked(first)]
    for other in others:
        chinese, _, rest = other.partition(_END)
        parts += (chinese, _marked(rest))
    return "".join(parts)


def _marked(html: str) -> str:
    """Mark the runs of Chinese between tags; looking at them alone is three times as fast as looking at every tag."""
    parts: list[str] = []
    at = 0
    for run in _RUN.compiled.finditer(html):
        start = run.start()
        opened, closed = html.rfind("<", 0, start), html.rfind(">", 0, start)
        if opened <= closed and not html.startswith(_PLAIN, opened):
            parts += (html[at:start], _MARK.format(run[0]))
            at = run.end()
    return "".join([*parts, html[at:]])
