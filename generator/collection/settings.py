"""Reads the portal's identity (site.yaml) and the register of reporting organs (organs.yaml). Trusted input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.collection.destinations import Destination, check_destinations, read_destinations
from generator.collection.safe_files import safe_id
from generator.finding import Finding, Level, Message, Place
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar, get


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the portal's navigation; `current` where it leads to this section."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Legacy:
    """A report that stands on its original page; the section only leads there."""

    organ: str
    year: int
    title: str
    url: str
    published: str


@dataclass(frozen=True, slots=True)
class Organ:
    """A reporting organ: `since` and `until` are the first and last report year, "" where unknown or open; `before` are
    the organs whose work it took over; `line` is where organs.yaml registers it."""

    id: str
    name: str
    short: str
    level: str
    parent: str
    code: str
    since: str
    until: str
    before: tuple[str, ...] = ()
    line: int = 0

    def valid_in(self, year: int) -> bool:
        return (not self.since.isdecimal() or int(self.since) <= year) and (
            not self.until.isdecimal() or year <= int(self.until)
        )


class Excuse(NamedTuple):
    """An organ that gives no report of its own for a year, and why."""

    year: int
    organ: str
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What site.yaml and organs.yaml say: `base_url` ends in a slash or is empty when unknown; `values` are the plain
    keys of site.yaml."""

    values: Mapping[str, str]
    contact: Mapping[str, str]
    nav: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    legacy: tuple[Legacy, ...]
    organs: tuple[Organ, ...]
    base_url: str
    historical_until: int
    levels: Mapping[str, str]
    historical_levels: Mapping[str, str]
    options: Mapping[str, str]
    excuses: tuple[Excuse, ...] = ()
    destinations: tuple[Destination, ...] = ()
    downloads: tuple[str, ...] | None = None  # those of FORMATS that are wanted; None: all that can be made

    @property
    def holds_back(self) -> bool:
        """Tells whether a new report with errors is held back alone, instead of stopping the whole section."""
        return self.values.get(HOLD_BACK) == HELD

    def organ(self, organ_id: str) -> Organ | None:
        return next((organ for organ in self.organs if organ.id == organ_id), None)


# What publishing will refuse to leave unset, and what each is called in English.
IDENTIFIERS = {
    "网站标识码": "site identification code",
    "ICP备案号": "ICP number",
    "公安备案号": "police record number",
}
# site.yaml: `有错误的新报告: 暂缓发布`
HOLD_BACK, HELD = "有错误的新报告", "暂缓发布"
# site.yaml: `下载: [Word, PDF, Excel]`, the files made of each report beside its data; unset: all that can be made here
DOWNLOADS, FORMATS = "下载", ("Word", "PDF", "Excel")
_REQUIRED = ("网站名称", "栏目名称", "域名", "主办单位")


def _plain(node: Node | None) -> Any:
    """Turns nodes into texts, lists and dicts; blank scalars become the empty text."""
    if isinstance(node, Pairs):
        return {key.text: _plain(value) for key, value in node.pairs}
    if isinstance(node, Items):
        return [_plain(item) for item in node.items]
    if isinstance(node, Scalar):
        return "" if node.plain and node.text in ("~", "null") else node.text
    return ""


def _dicts(value: Any) -> Iterator[Mapping[str, str]]:
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield item


def _links(value: Any) -> tuple[Link, ...]:
    return tuple(Link(d.get("名称", ""), d.get("网址", ""), d.get("本栏目", "") == "是") for d in _dicts(value))


def _legacy(value: Any) -> Iterator[Legacy]:
    for d in _dicts(value):
        if str(d.get("年度", "")).isdecimal():
            yield Legacy(d.get("机关", ""), int(d["年度"]), d.get("标题", ""), d.get("网址", ""), d.get("发布日期", ""))


def _organs(node: Node | None) -> Iterator[Organ]:
    listed = get(node, "机关")
    for item in listed.items if isinstance(listed, Items) else ():
        d = _plain(item)
        if isinstance(d, dict):
            before = d.get("前身", [])
            yield Organ(
                d.get("编号", ""),
                d.get("名称", ""),
                d.get("简称", "") or d.get("名称", ""),
                d.get("层级", ""),
                d.get("上级", ""),
                d.get("统一社会信用代码", ""),
                d.get("起", ""),
                d.get("止", ""),
                tuple(before) if isinstance(before, list) else (before,) if before else (),
                item.line,
            )


def _excuses(value: Any) -> Iterator[Excuse]:
    for d in _dicts(value):
        if d.get("年度", "").isdecimal():
            yield Excuse(int(d["年度"]), d.get("机关", ""), d.get("原因", ""))


def _texts(value: Any) -> dict[str, str]:
    return {key: text for key, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}


def read_settings(site: Node | None, organs: Node | None, base_url: str = "") -> Settings:
    """Reads the settings out of both files; what is missing or misshapen is left empty and reported by
    `check_settings`."""
    raw = _plain(site)
    raw = raw if isinstance(raw, dict) else {}
    contact = raw.get("联系", {})
    url = base_url or str(raw.get("网址", ""))
    until = str(raw.get("历史年度截至", ""))
    return Settings(
        values={key: value for key, value in raw.items() if isinstance(value, str)},
        contact={k: v for k, v in contact.items() if v} if isinstance(contact, dict) else {},
        nav=_links(raw.get("导航")),
        crumbs=_links(raw.get("面包屑")),
        legacy=tuple(_legacy(raw.get("原页面"))),
        organs=tuple(_organs(organs)),
        base_url=url if not url or url.endswith("/") else url + "/",
        historical_until=int(until) if until.isdecimal() else 0,
        levels=_texts(raw.get("规则级别")),
        historical_levels=_texts(raw.get("历史规则级别")),
        options=_texts(raw.get("规则设置")),
        excuses=tuple(_excuses(_plain(get(organs, "未报告")))),
        destinations=read_destinations(site),
        downloads=_formats(raw[DOWNLOADS]) if DOWNLOADS in raw and raw[DOWNLOADS] != "" else None,
    )


def _formats(value: Any) -> tuple[str, ...]:
    """Reads the formats of downloads in the order that pages list them, whatever the case they are typed in."""
    typed = {str(item).strip().lower() for item in (value if isinstance(value, list) else [value])}
    return tuple(name for name in FORMATS if name.lower() in typed)


def _check_formats(site: Node | None, file: str) -> Iterator[Finding]:
    """Reports formats of downloads that do not exist."""
    node = get(site, DOWNLOADS)
    known = {name.lower() for name in FORMATS}
    for item in node.items if isinstance(node, Items) else (node,) if isinstance(node, Scalar) else ():
        name = _plain(item)
        if name and (not isinstance(name, str) or name.strip().lower() not in known):
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


def _check_organs(settings: Settings) -> Iterator[Finding]:
    """Reports ids that cannot be a folder on every system: Windows refuses con, aux, nul and their like."""
    for organ in settings.organs:
        if not safe_id(organ.id):
            message = Message(
                f"机关编号“{organ.id}”只能用小写字母、数字和连字符，且不能是 con、aux、nul 等 Windows 保留名",
                f"organ id “{organ.id}”: lower-case letters, digits, hyphens only, and no name that Windows reserves",
            )
            yield Finding("SITE-ORGAN", Level.ERROR, Place("organs.yaml", organ.line), message, subject=organ.id)


def check_settings(settings: Settings, site: Node | None, file: str) -> Iterator[Finding]:
    """Reports what the portal's identity still lacks: required keys are errors, identifiers notes until publishing."""
    for key in _REQUIRED:
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
    held = settings.values.get(HOLD_BACK, HELD)
    if held != HELD:
        message = Message(f"“{HOLD_BACK}”只能写“{HELD}”，或不写", f"{HOLD_BACK} is {HELD} or not written")
        yield Finding("SITE-HOLD", Level.ERROR, _at(site, HOLD_BACK, file), message, subject=HOLD_BACK)
    yield from _check_formats(site, file)
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
    yield from _check_organs(settings)
    yield from check_destinations(site, file)
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
        if urlsplit(item.url).scheme not in ("http", "https"):
            yield Finding(
                "SITE-LEGACY",
                Level.ERROR,
                _at(site, "原页面", file),
                Message(
                    f"原页面“{item.title}”的网址不是 http(s) 地址", f"legacy page “{item.title}” has no http(s) address"
                ),
                subject=item.url,
            )
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
