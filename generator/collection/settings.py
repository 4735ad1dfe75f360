"""Reads the portal's identity (site.yaml) and the register of reporting organs (organs.yaml). Trusted input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.collection.destinations import Destination, read_destinations
from generator.collection.redirects import Redirect, read_redirects
from generator.collection.safe_files import safe_id
from generator.collection.settings_shapes import Entry, is_blank, read_shapes
from generator.finding import Finding, Level, Message, Place
from generator.yaml_source.nodes import Items, Node, Scalar, get


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
    the organs whose work it took over; `former` are its earlier names, each with the last year it bore it, ascending;
    `line` is where organs.yaml registers it."""

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
    english: str = ""
    former: tuple[tuple[int, str], ...] = ()

    def named_in(self, year: int) -> Organ:
        """Returns the organ by the name that it bore in a year."""
        name = next((name for last, name in self.former if year <= last), "")
        return replace(self, name=name, short=name, english="") if name else self

    def valid_in(self, year: int) -> bool:
        return (not self.since or int(self.since) <= year) and (not self.until or year <= int(self.until))


class Excuse(NamedTuple):
    """An organ that gives no report of its own for a year, and why."""

    year: int
    organ: str
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What site.yaml and organs.yaml say: `base_url` ends in a slash or is empty when unknown; `values` are the plain
    keys of site.yaml; `slips` are the findings on what is misshapen and therefore not in here; `licence` (名称, 网址)
    is that of the data, empty where none is stated; `english` names the section on English pages, of which there are
    none where it is empty."""

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
    redirects: tuple[Redirect, ...] = ()
    downloads: tuple[str, ...] | None = None  # those of FORMATS that are wanted; None: all that can be made
    slips: tuple[Finding, ...] = ()
    licence: Mapping[str, str] = field(default_factory=dict)
    english: Mapping[str, str] = field(default_factory=dict)

    @property
    def holds_back(self) -> bool:
        """Tells whether a new report with errors is held back alone, instead of stopping the whole section."""
        return self.values.get(HOLD_BACK) == HELD

    @property
    def swaps_whole(self) -> bool:
        """Tells whether the output folder is always exchanged as a whole, also for few changes."""
        return self.values.get(SWAP) == WHOLE

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
# site.yaml: `更新方式: 整体替换`
SWAP, WHOLE = "更新方式", "整体替换"
REQUIRED = ("网站名称", "栏目名称", "域名", "主办单位")


def _links(entries: Sequence[Entry]) -> tuple[Link, ...]:
    said = (entry.texts for entry in entries)
    return tuple(Link(d.get("名称", ""), d.get("网址", ""), d.get("本栏目", "") == "是") for d in said)


def _legacy(entries: Sequence[Entry]) -> Iterator[Legacy]:
    for d, _ in entries:
        if d.get("年度"):
            yield Legacy(d.get("机关", ""), int(d["年度"]), d.get("标题", ""), d.get("网址", ""), d.get("发布日期", ""))


def _organs(entries: Sequence[Entry]) -> Iterator[Organ]:
    for d, line in entries:
        name = d.get("名称", "")
        before = tuple(d.get("前身", "").split("\n")) if d.get("前身") else ()
        yield Organ(
            d.get("编号", ""),
            name,
            d.get("简称", "") or name,
            d.get("层级", ""),
            d.get("上级", ""),
            d.get("统一社会信用代码", ""),
            d.get("起", ""),
            d.get("止", ""),
            before,
            line,
            d.get("英文名称", ""),
            tuple(sorted(_former(d.get("曾用名", "")))),
        )


def _former(written: str) -> Iterator[tuple[int, str]]:
    for line in filter(None, written.split("\n")):
        year, _, name = line.partition(" ")
        yield int(year), name


def _excuses(entries: Sequence[Entry]) -> Iterator[Excuse]:
    for d, _ in entries:
        if d.get("年度"):
            yield Excuse(int(d["年度"]), d.get("机关", ""), d.get("原因", ""))


def read_settings(site: Node | None, organs: Node | None, base_url: str = "") -> Settings:
    """Reads the settings out of both files; what is missing is left empty and reported by `check_settings`, what is
    misshapen is in `slips`. An organ whose id cannot be a folder's name is reported and left out."""
    said, register = read_shapes(site, "site.yaml"), read_shapes(organs, "organs.yaml")
    listed = tuple(_organs(register.lists.get("机关", ())))
    url = base_url or said.texts.get("网址", "")
    lists, groups = said.lists, said.groups
    return Settings(
        values=said.texts,
        contact={key: text for key, text in groups.get("联系", {}).items() if text},
        nav=_links(lists.get("导航", ())),
        crumbs=_links(lists.get("面包屑", ())),
        legacy=tuple(_legacy(lists.get("原页面", ()))),
        organs=tuple(organ for organ in listed if safe_id(organ.id)),
        base_url=url.rstrip("/") + "/" if is_web_address(url) else "",
        historical_until=int(said.texts.get("历史年度截至") or 0),
        levels=groups.get("规则级别", {}),
        historical_levels=groups.get("历史规则级别", {}),
        options=groups.get("规则设置", {}),
        excuses=tuple(_excuses(register.lists.get("未报告", ()))),
        slips=(*said.findings, *register.findings, *_check_address(url), *_check_ids(listed)),
        destinations=read_destinations(site),
        redirects=read_redirects(site),
        downloads=_formats(get(site, DOWNLOADS)),
        licence=groups.get("数据许可", {}),
        english=groups.get("英文页面", {}),
    )


def typed_words(node: Node | None) -> tuple[Node, ...]:
    """Returns what is written under 下载: one word or a list of them; nothing where it is left blank."""
    if isinstance(node, Items):
        return node.items
    return () if node is None or is_blank(node) else (node,)


def _formats(node: Node | None) -> tuple[str, ...] | None:
    """Reads the formats of downloads in the order that pages list them, whatever the case they are typed in."""
    if node is None or is_blank(node):
        return None
    typed = {item.text.strip().lower() for item in typed_words(node) if isinstance(item, Scalar)}
    return tuple(name for name in FORMATS if name.lower() in typed)


def is_web_address(url: str) -> bool:
    """Tells whether a text is an address that a browser opens by http or https."""
    try:
        parts = urlsplit(url)
    except ValueError:  # half a bracket of an IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _check_address(url: str) -> Iterator[Finding]:
    if url and not is_web_address(url):
        message = Message(
            f"栏目的网址“{url}”不是 http(s) 地址，没有采用",
            f"the section's address “{url}” is no http(s) address; not used",
        )
        yield Finding("SITE-ADDRESS", Level.ERROR, Place("site.yaml"), message, subject="网址")


def _check_ids(organs: Sequence[Organ]) -> Iterator[Finding]:
    """Reports ids that cannot be a folder on every system: Windows refuses con, aux, nul and their like."""
    for organ in organs:
        if not safe_id(organ.id):
            message = Message(
                f"机关编号“{organ.id}”只能用小写字母、数字和连字符，且不能是 con、aux、nul 等 Windows 保留名",
                f"organ id “{organ.id}”: lower-case letters, digits, hyphens only, and no name that Windows reserves",
            )
            yield Finding("SITE-ORGAN", Level.ERROR, Place("organs.yaml", organ.line), message, subject=organ.id)
