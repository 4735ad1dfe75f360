"""Checks the portal's identity (site.yaml) for what it lacks and for what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.collection.destinations import check_destinations
from generator.collection.redirects import check_redirects
from generator.collection.settings import (
    DOWNLOADS,
    FORMATS,
    HELD,
    HOLD_BACK,
    IDENTIFIERS,
    REQUIRED,
    SWAP,
    WHOLE,
    Settings,
    is_web_address,
    typed_words,
)
from generator.finding import Finding, Level, Message, Place
from generator.yaml_source.nodes import Node, Pairs, Scalar, get


def check_settings(settings: Settings, site: Node | None, file: str) -> Iterator[Finding]:
    """Reports what the portal's identity still lacks: required keys are errors, identifiers notes until publishing."""
    yield from _check_values(settings, site, file)
    for rule, key, only in (("SITE-HOLD", HOLD_BACK, HELD), ("SITE-SWAP", SWAP, WHOLE)):
        if settings.values.get(key, only) != only:
            message = Message(f"“{key}”只能写“{only}”，或不写", f"{key} is {only} or not written")
            yield Finding(rule, Level.ERROR, _at(site, key, file), message, subject=key)
    yield from _check_formats(site, file)
    yield from _check_site_code(settings, site, file)
    yield from settings.slips
    yield from check_destinations(site, file)
    yield from check_redirects(site, file)
    yield from _check_legacy(settings, site, file)
    for link in settings.nav:
        if not link.url and not link.current:
            yield Finding(
                "PUB-LINK",
                Level.NOTE,
                _at(site, "导航", file),
                Message(
                    f"导航“{link.label}”的网址未填：显示为不可点的文字",
                    f"navigation “{link.label}” has no address: shown as plain text",
                ),
                subject=link.label,
            )


def _check_values(settings: Settings, site: Node | None, file: str) -> Iterator[Finding]:
    """Reports keys without a value."""
    for key in REQUIRED:
        if not settings.values.get(key):
            yield Finding(
                "SITE-REQUIRED",
                Level.ERROR,
                _at(site, key, file),
                Message(f"site.yaml 缺少“{key}”", f"site.yaml lacks “{key}”"),
                subject=key,
            )
    for key, english in IDENTIFIERS.items():
        if not settings.values.get(key):
            yield Finding(
                "PUB-FOOTER",
                Level.NOTE,
                _at(site, key, file),
                Message(
                    f"“{key}”未填：页面上不出现，发布时会被拒绝",
                    f"{english} ({key}) is unset: omitted; publishing will refuse",
                ),
                subject=key,
            )


def _check_site_code(settings: Settings, site: Node | None, file: str) -> Iterator[Finding]:
    code = settings.values.get("网站标识码", "")
    if code and not re.fullmatch(r"\d{10}|bm\d{8}", code, re.ASCII):
        yield Finding(
            "PUB-META",
            Level.ERROR,
            _at(site, "网站标识码", file),
            Message(
                f"网站标识码“{code}”应为10位数字，或bm加8位数字",
                f"site code “{code}” must be 10 digits or bm + 8 digits",
            ),
            subject="网站标识码",
        )


def _check_legacy(settings: Settings, site: Node | None, file: str) -> Iterator[Finding]:
    """Reports reports on other pages whose organ or address is wrong."""
    known = {organ.id for organ in settings.organs}
    for item in settings.legacy:
        if item.organ not in known:
            yield Finding(
                "SITE-LEGACY",
                Level.ERROR,
                _at(site, "原页面", file),
                Message(
                    f"原页面“{item.title}”的机关“{item.organ}”不在 organs.yaml 中",
                    f"legacy page “{item.title}” names an organ not in organs.yaml: “{item.organ}”",
                ),
                subject=item.organ,
            )
        if not is_web_address(item.url):
            yield Finding(
                "SITE-LEGACY",
                Level.ERROR,
                _at(site, "原页面", file),
                Message(
                    f"原页面“{item.title}”的网址不是 http(s) 地址，请写完整的网址",
                    f"legacy page “{item.title}” has no http(s) address; write all of it",
                ),
                subject=item.url,
            )


def _check_formats(site: Node | None, file: str) -> Iterator[Finding]:
    """Reports formats of downloads that do not exist."""
    known = {name.lower() for name in FORMATS}
    for item in typed_words(get(site, DOWNLOADS)):
        name = item.text if isinstance(item, Scalar) else "…"
        if name.strip().lower() not in known:
            message = Message(
                f"“{DOWNLOADS}”里没有“{name}”这一种：可以写的是 {'、'.join(FORMATS)}；都不要写 []",
                f"{DOWNLOADS} knows no “{name}”: write any of {', '.join(FORMATS)}, or [] for none",
            )
            yield Finding("SITE-DOWNLOAD", Level.ERROR, Place(file, item.line, item.column), message, subject=DOWNLOADS)


def _at(node: Node | None, key: str, file: str) -> Place:
    if isinstance(node, Pairs):
        for name, value in node.pairs:
            if name.text == key:
                return Place(file, value.line, value.column)
    return Place(file)
