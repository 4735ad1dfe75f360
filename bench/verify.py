"""Whether a peer's site says the same as ours: same pages, same cells of each table, same charts, same sentences, same
data files.

Markup may differ where it says nothing (ids of headings, break points of titles, white space). Around the reports' own
words, tables and charts ours may say more (file sizes, hints), which spares the peers work; what a peer says, ours must
say too.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from bench.workload import SITE

# The job: files of these names, and these members of report.json. What else nianbao makes, the peers are spared.
_FILES = frozenset({"index.html", "404.html", "report.json", "tables.csv", "reports.csv"})
_MEMBERS = (
    "schema",
    "year",
    "organ",
    "format",
    "title",
    "published",
    "publisher",
    "preface",
    "sections",
    "indicators",
    "tables",
)
# The figures of all reports: a peer writes them into one file, nianbao into one a year.
_COLLECTION, _YEARS = "data/reports.csv", "data/[0-9][0-9][0-9][0-9].csv"
# What our CSV files say besides: the peers are spared it.
_OUR_COLUMNS = frozenset({"层级", "上级机关", "行键", "列键"})
_OUR_KEYS = ("row_key", "column_key", "key")
# The indicators of an organ through the years, from nianbao's own index of them: the peers are spared it.
_OUR_TABLES = frozenset({"只在报告正文中出现的数字"})
# Whole parts of our section: the peers are spared them.
_OUR_FOLDERS = ("search/", "compare/", "help/")
_BASE = re.search(r'网址: "(http://[^"]+)"', SITE)[1]  # type: ignore[index]
_TEXT_TAGS = frozenset({"h1", "h2", "h3", "p", "li", "dt", "dd", "summary", "figcaption"})
# Ours names the size of each file here, which a peer could only learn by making the file first.
_SILENT = frozenset({"downloads"})
_OWN = frozenset({"text"})
# The address of a row in the data view, which the peers are spared.
_OUR_LINKS = frozenset({"key"})
_VOID = frozenset({"meta", "link", "br", "wbr", "img", "hr", "input", "col"})
_GEOMETRY = ("x", "y", "width", "height", "x1", "x2", "y1", "y2")


class Cell(NamedTuple):
    tag: str
    text: str
    rowspan: str
    colspan: str


class Page(NamedTuple):
    """`words` are the report's own outside the tables, in order, `frame` what the page says around them; `links` are
    (text, address) of the tables; `charts` what is drawn, shape by shape: tag, text, where and how large."""

    title: str
    words: list[str]
    frame: list[str]
    tables: dict[str, list[list[Cell]]]
    links: list[tuple[str, str]]
    charts: list[tuple[str, str, str]]


class _Reader(HTMLParser):
    """Reads one page into what a Page holds."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.stack: list[tuple[str, frozenset[str]]] = []
        self.title = ""
        self.words: list[str] = []
        self.frame: list[str] = []
        self.tables: dict[str, list[list[Cell]]] = {}
        self.rows: list[list[Cell]] = []
        self.caption = ""
        self.links: list[tuple[str, str]] = []
        self.charts: list[tuple[str, str, str]] = []
        self.shape = ""
        self.span = ("1", "1")
        self.href = ""
        self.buffer: list[str] = []

    def inside(self, *tags: str) -> bool:
        return any(tag in tags for tag, _ in self.stack)

    def within(self, classes: frozenset[str]) -> bool:
        return any(classes & own for _, own in self.stack)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            return
        drawn = self.inside("svg")
        if drawn or tag in _TEXT_TAGS or tag in ("td", "th", "caption", "title", "svg"):
            begun = self.take()
            if self.inside(*_TEXT_TAGS) and not drawn:
                self.say(begun)  # the words of a list item above the list inside it
        self.stack.append((tag, frozenset(given.get("class", "").split())))
        if drawn:
            self.shape = " ".join(f"{name}={_rounded(given[name])}" for name in _GEOMETRY if name in given)
        elif tag == "table":
            self.rows, self.caption = [], ""
        elif tag == "tr":
            self.rows.append([])
        elif tag == "a":
            self.href = given.get("href", "")
        elif tag in ("td", "th"):
            self.span = given.get("rowspan", "1"), given.get("colspan", "1")

    def take(self) -> str:
        """The text gathered since the last tag that matters."""
        text = re.sub(r"\s+", " ", "".join(self.buffer)).strip()
        self.buffer.clear()
        return text

    def handle_data(self, data: str) -> None:
        if not self.within(_OUR_LINKS):
            self.buffer.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != "svg" and self.inside("svg"):
            self.charts.append((tag, self.take(), self.shape))
        elif tag == "table":
            self.tables[self.caption] = self.rows
        elif tag == "caption":
            self.caption = self.take()
        elif tag in ("td", "th"):
            self.rows[-1].append(Cell(tag, self.take(), *self.span))
        elif tag == "title":
            self.title = self.take()
        elif tag == "a" and self.href and self.inside("table") and not self.within(_OUR_LINKS):
            self.links.append(("".join(self.buffer).strip(), _target(self.address, self.href)))
        elif tag in _TEXT_TAGS:
            self.say(self.take())
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def say(self, text: str) -> None:
        if text and self.inside("main") and not self.within(_SILENT):
            (self.words if self.within(_OWN) else self.frame).append(text)


def _rounded(text: str) -> str:
    """A length as it is seen: 34 is 34.0."""
    return f"{float(text):.1f}"


def _target(address: str, href: str) -> str:
    parts = urlsplit(urljoin(_BASE + address, href))
    return parts.path.removesuffix("index.html") + ("#" + parts.fragment if parts.fragment else "")


def page(html: str, path: str) -> Page:
    reader = _Reader(path)
    reader.feed(html)
    tables = {caption: rows for caption, rows in reader.tables.items() if caption not in _OUR_TABLES}
    return Page(reader.title, reader.words, reader.frame, tables, reader.links, reader.charts)


_TAGS = re.compile(r"<[^>]+>")


def _words(html: str) -> str:
    return re.sub(r"\s+", "", _TAGS.sub("", html))


def report(text: str) -> Any:
    """report.json with its HTML as plain words, without our stable keys."""
    loaded = json.loads(text)
    for item in (*loaded["indicators"], *(cell for table in loaded["tables"] for cell in table["cells"])):
        for name in _OUR_KEYS:
            item.pop(name, None)
    data = {name: loaded[name] for name in _MEMBERS}
    data["preface"] = _words(data["preface"])
    for section in data["sections"]:
        section["title"], section["html"] = _words(section["title"]), _words(section["html"])
    return data


def rows(text: str) -> list[list[str]]:
    """The rows of tables.csv, of the columns that all tools write."""
    found = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    wanted = [name for name in found.fieldnames or () if name not in _OUR_COLUMNS]
    return [wanted, *([row[name] for name in wanted] for row in found)]


def collection(site: Path) -> dict[str, str]:
    """Year and organ → a digest of its rows in order: the whole collection at once would not fit in memory. Ours is one
    file a year, a peer's a single one."""
    digests: dict[str, Any] = {}
    for path in [site / _COLLECTION] if (site / _COLLECTION).exists() else sorted(site.glob(_YEARS)):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = csv.DictReader(file)
            wanted = [name for name in found.fieldnames or () if name not in _OUR_COLUMNS]
            for row in found:
                key = " ".join(row[name] for name in wanted[:2])
                digests.setdefault(key, hashlib.sha256()).update("\t".join(row[name] for name in wanted).encode())
    return {key: digest.hexdigest() for key, digest in digests.items()}


def paths(site: Path) -> set[str]:
    """What a site publishes of the job; the figures of all years count as one file."""
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.name in _FILES}
    found = {path for path in found if not path.startswith(_OUR_FOLDERS)}
    ours = {path for path in found if path.startswith("data/") and path != _COLLECTION}
    return found - ours | ({_COLLECTION} if any(site.glob(_YEARS)) else set())


def _read(site: Path, path: str) -> Any:
    if path == _COLLECTION:
        return collection(site)
    text = (site / path).read_text(encoding="utf-8-sig")
    if path.endswith(".html"):
        return page(text, path)
    if path.endswith(".json"):
        return report(text)
    return rows(text) if path.endswith(".csv") else None


def _first_difference(ours: Any, theirs: Any, where: str = "") -> str:
    """Where two values part, as a path to the place and the two things found there."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        return next(
            (_first_difference(ours[key], theirs[key], f"{where}.{key}") for key in ours if ours[key] != theirs[key]),
            "",
        )
    if isinstance(ours, list | tuple) and isinstance(theirs, list | tuple) and len(ours) == len(theirs):
        pairs = zip(ours, theirs, strict=True)
        return next(
            (_first_difference(one, other, f"{where}[{n}]") for n, (one, other) in enumerate(pairs) if one != other), ""
        )
    return f"{where}: {_short(ours)} | {_short(theirs)}"


def _is_part(part: Iterable[Any], whole: Iterable[Any]) -> bool:
    """Whether all of `part` stands in `whole`, in the same order."""
    left = iter(whole)
    return all(text in left for text in part)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = sorted(value)
    text = repr(value)
    return text if len(text) < 300 else text[:300] + "…"


def differences(ours: Path, theirs: Path, sample: int = 1) -> Iterator[str]:
    """Every difference between two sites, reading each `sample`-th report and all listings."""
    own, other = paths(ours), paths(theirs)
    yield from (f"only ours: {path}" for path in sorted(own - other)[:20])
    yield from (f"only theirs: {path}" for path in sorted(other - own)[:20])
    for path in _chosen(sorted(own & other), sample):
        kind = path.rpartition(".")[2]
        one, two = (_read(site, path) for site in (ours, theirs))
        if kind == "html" and _is_part(two.frame, one.frame):
            one = one._replace(frame=two.frame)
        if kind == "html" and _drawn_among(two.charts, one.charts):
            one = one._replace(charts=two.charts)
        if kind == "html" and not _in_report(path):
            one = _less(one, two)
        if one != two:
            yield f"{path}: {_first_difference(one, two)}"


_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def _drawn_among(part: Sequence[tuple[str, str, str]], whole: Sequence[tuple[str, str, str]]) -> bool:
    """Whether all of `part` is drawn in `whole`, in the same order: the same shapes with the same texts, nowhere more
    than a tenth of a pixel apart, since a half is rounded up by one tool and down by another."""
    left = iter(whole)
    return all(any(_drawn_alike(shape, other) for other in left) for shape in part)


def _drawn_alike(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    (tag, text, here), (tag_there, text_there, there) = one, other
    if (tag, text, _NUMBERS.sub("", here)) != (tag_there, text_there, _NUMBERS.sub("", there)):
        return False
    pairs = zip(_NUMBERS.findall(here), _NUMBERS.findall(there), strict=True)
    return all(abs(float(a) - float(b)) <= 0.1001 for a, b in pairs)


def _less(ours: Page, theirs: Page) -> Page:
    """A listing of ours without what it says beyond theirs: more columns, more tables, and other captions."""
    links = theirs.links if _is_part(theirs.links, ours.links) else ours.links
    joined: dict[str, list[str]] = {}
    for row in (row for rows in ours.tables.values() for row in rows):
        joined.setdefault(row[0].text, []).extend(_texts(row))
    rows = [_texts(row) for rows in theirs.tables.values() for row in rows]
    held = all(_is_part(row, joined.get(row[0], ())) for row in rows)
    return ours._replace(links=links, tables=theirs.tables if held else ours.tables)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _in_report(path: str) -> bool:
    return path.count("/") == 2 and path[:4].isdecimal()


def _chosen(all_paths: Iterable[str], sample: int) -> Iterator[str]:
    number = 0
    for path in all_paths:
        in_report = _in_report(path)
        number += in_report
        # a prime step would be better than none: files of a report stand together, three by three
        if not in_report or (number // 3) % sample == 0:
            yield path
