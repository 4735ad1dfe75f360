"""Values in, pages out: everything a visitor sees is decided in templates/, filled in here.

What is the same on every page of a form (table skeletons, labels) is rendered once and filled per report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from generator.derive import Summary
from generator.diagnostic import Finding
from generator.downloads import report_json, tables_csv
from generator.flat import flat
from generator.format import Form, Table
from generator.grid import GridCell, grid
from generator.library import Entry, Ref
from generator.report import NA, Sheet, Value
from generator.settings import IDENTIFIERS, Legacy, Organ, Settings

_HOLE = "\x00"


class Theme(NamedTuple):
    """templates/: page templates by name, and the assets as bytes by file name."""

    templates: Mapping[str, str]
    assets: Mapping[str, bytes]


class Page(NamedTuple):
    path: str
    data: bytes


class Skeleton(NamedTuple):
    """A table with a %s where each value cell's class and text go, and the slot each takes, in order."""

    html: str
    holes: tuple[int, ...]


def _td(cell: GridCell) -> Markup:
    headers = f' headers="{cell.headers}"' if cell.headers else ""
    span = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return Markup(f"<td{headers}{span}{_HOLE}{cell.hole};</td>")


@lru_cache(maxsize=16384)
def _fill(value: Value, text: str, unit: str) -> str:
    """What goes between `<td` and `</td>`; data-v is the value to sort by where the text is not plainly it."""
    if value is None:
        return ' class="blank">'
    if value is NA:
        return ' class="na">/'
    if unit and not text.replace("-", "").isdigit():
        scale = Decimal(10000) if text.endswith("万元") else Decimal(1)
        return f' data-v="{value * scale}">{escape(text)}'
    return f">{escape(text)}"


class Renderer:
    """Holds what all pages share. `known` are (year, organ) of every built report."""

    def __init__(self, theme: Theme, settings: Settings, forms: Sequence[Form], refs: Sequence[Ref]) -> None:
        self.theme, self.settings, self.forms = theme, settings, forms
        self.built = {(ref.year, ref.organ) for ref in refs}
        self.legacy: dict[str, list[Legacy]] = {}
        for item in settings.legacy:
            if (item.year, item.organ) not in self.built:
                self.legacy.setdefault(item.organ, []).append(item)
        self.env = Environment(
            loader=DictLoader(dict(theme.templates)), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        )  # fmt: skip
        self.env.globals["hole"] = _td
        self.asset_names = {name: _hashed(name, data) for name, data in theme.assets.items()}
        self._skeletons: dict[tuple[str, str], tuple[Skeleton, Skeleton]] = {}

    # pages -------------------------------------------------------------------------------------------------

    def assets(self) -> Iterator[Page]:
        for name, data in self.theme.assets.items():
            yield Page(f"assets/{self.asset_names[name]}", data)

    def report_pages(self, entry: Entry, summary: Summary, findings: Sequence[Finding]) -> tuple[list[Page], bytes]:
        """The report's files, and its rows for the collection."""
        organ = self._organ(entry.ref.organ)
        folder = f"{entry.ref.year}/{entry.ref.organ}"
        lines = tables_csv.rows(entry.report)
        json_data = report_json.report_json(entry, organ.name, entry.report.meta.get("发布机构", ""))
        csv_data = tables_csv.tables_csv(lines)
        downloads = [
            {"label": "统计数据", "url": "tables.csv", "format": "CSV", "size": _size(csv_data)},
            {"label": "全文数据", "url": "report.json", "format": "JSON", "size": _size(json_data)},
        ]
        html = self._report(entry, summary, findings, organ, downloads)
        pages = [Page(f"{folder}/index.html", html), Page(f"{folder}/report.json", json_data), Page(f"{folder}/tables.csv", csv_data)]
        return pages, tables_csv.collection_rows(entry.report, organ.name, lines)

    def listing_pages(self, summaries: Sequence[Summary]) -> Iterator[Page]:
        """Home, years, organs, 404 and sitemap, from the summaries alone."""
        by_year: dict[int, list[Summary]] = {}
        by_organ: dict[str, list[Summary]] = {}
        for summary in summaries:
            by_year.setdefault(summary.year, []).append(summary)
            by_organ.setdefault(summary.organ, []).append(summary)
        legacy_years: dict[int, list[Legacy]] = {}
        for items in self.legacy.values():
            for item in items:
                legacy_years.setdefault(item.year, []).append(item)
        years = sorted({*by_year, *legacy_years}, reverse=True)
        organs = [o for o in self._organs(by_organ) if o.id in by_organ or o.id in self.legacy]
        yield self._home(years, organs, by_year, legacy_years, by_organ)
        for number, year in enumerate(years):
            newer = years[number - 1] if number else None
            older = years[number + 1] if number + 1 < len(years) else None
            yield self._year(year, by_year.get(year, []), legacy_years.get(year, []), older, newer)
        for organ in organs:
            yield self._organ_page(organ, by_organ.get(organ.id, []), self.legacy.get(organ.id, []))
        yield self._error()
        if self.settings.base_url:
            yield self._sitemap(years, organs, summaries)

    # parts -------------------------------------------------------------------------------------------------

    def _organs(self, by_organ: Iterable[str]) -> list[Organ]:
        known = {organ.id for organ in self.settings.organs}
        return [*self.settings.organs, *(self._organ(name) for name in sorted(by_organ) if name not in known)]

    def _organ(self, organ_id: str) -> Organ:
        return self.settings.organ(organ_id) or Organ(organ_id, organ_id, organ_id, "", "", "", "", "")

    def _site(self, root: str) -> dict[str, Any]:
        s, value = self.settings, self.settings.values.get
        nav = [{"label": n.label, "url": root + "index.html" if n.current else n.url or None, "current": n.current} for n in s.nav]
        return {
            "name": value("网站名称", ""), "section": value("栏目名称", ""), "host": value("域名", ""),
            "organ_name": value("主办单位", ""), "nav": nav, "portal_url": value("门户首页", "") or None,
            "breadcrumb_root": [{"label": c.label, "url": c.url or None} for c in s.crumbs],
            "footer": [{"label": k, "value": value(k, ""), "url": None} for k in ("主办单位", *IDENTIFIERS) if value(k)],
            "contact": [{"label": k, "value": v} for k, v in s.contact.items()],
        }  # fmt: skip

    def _metas(self, kind: str, title: str, published: str, source: str, url: str) -> list[tuple[str, str]]:
        """Page marks of 《政府网站发展指引》; unset ones are left out, never empty."""
        value = self.settings.values.get
        metas = [("SiteName", value("网站名称", "")), ("SiteDomain", value("域名", "")), ("SiteIDCode", value("网站标识码", ""))]
        if kind != "error":
            metas += [("ColumnName", value("栏目名称", "")), ("ColumnDescription", value("栏目说明", ""))]
            metas += [("ColumnKeywords", value("栏目关键词", "")), ("ColumnType", value("栏目类别", ""))]
        if kind == "report":
            date = f"{published} 00:00" if len(published) == 10 else published
            metas += [("ArticleTitle", title), ("PubDate", date), ("ContentSource", source), ("Url", url)]
        return [(name, content) for name, content in metas if content]

    def _page(self, template: str, kind: str, path: str, title: str, crumbs: list[tuple[str, str]], **data: Any) -> bytes:
        settings = self.settings
        root = "../" * path.count("/")
        if kind == "error":
            # served for any address, so only an absolute path finds the assets
            root = urlsplit(settings.base_url).path or root
        clean = path.removesuffix("index.html")
        canonical = settings.base_url + clean if settings.base_url and kind != "error" else None
        metas = self._metas(kind, title, data.pop("published", ""), data.pop("source", ""), canonical or "")
        page = {
            "title": title, "description": data.pop("description", "") or settings.values.get("栏目说明", ""), "path": path,
            "root": root, "canonical": canonical, "metas": metas, "kind": kind,
            "crumbs": [{"label": label, "url": url or None} for label, url in crumbs],
        }  # fmt: skip
        html = self.env.get_template(template).render(
            page=page, site=self._site(root), asset=lambda name: f"{root}assets/{self.asset_names[name]}", **data
        )
        return html.encode()

    def _entry(self, root: str, summary: Summary) -> dict[str, Any]:
        organ = self._organ(summary.organ)
        return {
            "year": summary.year, "organ": organ.name, "level": organ.level, "title": summary.title,
            "url": f"{root}{summary.year}/{summary.organ}/index.html", "external": False,
            "published": summary.published or None, "figures": [text for _, text in summary.figures],
        }  # fmt: skip

    def _legacy_entry(self, item: Legacy, width: int) -> dict[str, Any]:
        organ = self._organ(item.organ)
        return {
            "year": item.year, "organ": organ.name, "level": organ.level, "title": item.title, "url": item.url,
            "external": True, "published": item.published or None, "figures": [""] * width,
        }  # fmt: skip

    def _figures(self, summaries: Iterable[Summary]) -> list[str]:
        return next(([name for name, _ in s.figures] for s in summaries if s.figures), [])

    def _home(
        self, years: Sequence[int], organs: Sequence[Organ], by_year: Mapping[int, list[Summary]],
        legacy: Mapping[int, list[Legacy]], by_organ: Mapping[str, list[Summary]],
    ) -> Page:  # fmt: skip
        main = {organ.id for organ in organs if not organ.parent}
        rows: list[dict[str, Any]] = []
        for year in years:
            entries = [self._entry("", s) for s in by_year.get(year, ()) if s.organ in main]
            entries += [self._legacy_entry(i, 0) for i in legacy.get(year, ()) if i.organ in main]
            rows.append({
                "year": year, "url": f"{year}/index.html", "count": len(by_year.get(year, ())),
                "legacy_count": len(legacy.get(year, ())), "main": entries,
            })  # fmt: skip
        listed = []
        for organ in organs:
            own = sorted({*(s.year for s in by_organ.get(organ.id, ())), *(i.year for i in self.legacy.get(organ.id, ()))})
            listed.append({
                "name": organ.name, "level": organ.level, "url": f"organs/{organ.id}/index.html",
                "years": "、".join(map(str, own)), "count": len(own),
            })  # fmt: skip
        latest = next((entry for row in rows for entry in row["main"] if not entry["external"]), None)
        downloads = [
            {"label": "全部统计数据", "url": "data/reports.csv", "format": "CSV", "note": "每份报告的每一个单元格"},
            {"label": "正文指标", "url": "data/indicators.csv", "format": "CSV", "note": "只在正文中出现的数字"},
            {"label": "数据说明", "url": "data/datapackage.json", "format": "JSON", "note": "字段、类型与含义"},
        ]
        about = Markup("<p>{}</p>").format(self.settings.values.get("栏目说明", ""))
        title = f"{self.settings.values.get('栏目名称', '')}-{self.settings.values.get('网站名称', '')}"
        data = self._page(
            "home.html", "home", "index.html", title, [(self.settings.values.get("栏目名称", ""), "")],
            years=rows, organs=listed, latest=latest, downloads=downloads, about=about,
        )  # fmt: skip
        return Page("index.html", data)

    def _crumb_root(self, root: str) -> tuple[str, str]:
        return self.settings.values.get("栏目名称", ""), root + "index.html"

    def _year(self, year: int, built: list[Summary], legacy: list[Legacy], older: int | None, newer: int | None) -> Page:
        figures = self._figures(built)
        rows = [self._entry("../", s) for s in built] + [self._legacy_entry(i, len(figures)) for i in legacy]
        order = {organ.name: number for number, organ in enumerate(self.settings.organs)}
        rows.sort(key=lambda row: order.get(row["organ"], len(order)))
        path = f"{year}/index.html"
        data = self._page(
            "year.html", "year", path, f"{year}年{self.settings.values.get('栏目名称', '')}",
            [self._crumb_root("../"), (f"{year}年", "")], year=year, rows=rows, figures=figures,
            prev_year={"year": older, "url": f"../{older}/index.html"} if older else None,
            next_year={"year": newer, "url": f"../{newer}/index.html"} if newer else None,
        )  # fmt: skip
        return Page(path, data)

    def _organ_page(self, organ: Organ, built: list[Summary], legacy: list[Legacy]) -> Page:
        figures = self._figures(built)
        rows = [self._entry("../../", s) for s in built] + [self._legacy_entry(i, len(figures)) for i in legacy]
        rows.sort(key=lambda row: -int(row["year"]))
        indicators: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for summary in sorted(built):
            for item in summary.indicators:
                text = item.text + ("余" if item.approximate else "")
                indicators.setdefault((item.name, item.unit), []).append({"year": summary.year, "text": text})
        parent = self.settings.organ(organ.parent)
        path = f"organs/{organ.id}/index.html"
        data = self._page(
            "organ.html", "organ", path, f"{organ.name}{self.settings.values.get('栏目名称', '')}",
            [self._crumb_root("../../"), (organ.name, "")],
            organ={"name": organ.name, "level": organ.level, "parent": parent.name if parent else None}, rows=rows,
            figures=figures,
            indicators=[{"name": n, "unit": u, "values": values} for (n, u), values in indicators.items()],
        )  # fmt: skip
        return Page(path, data)

    def _error(self) -> Page:
        return Page("404.html", self._page("error.html", "error", "404.html", "页面不存在", [("页面不存在", "")]))

    def _sitemap(self, years: Sequence[int], organs: Sequence[Organ], summaries: Sequence[Summary]) -> Page:
        paths = ["", *(f"{year}/" for year in years), *(f"organs/{organ.id}/" for organ in organs)]
        paths += [f"{s.year}/{s.organ}/" for s in summaries]
        urls = "".join(f"<url><loc>{escape(self.settings.base_url + path)}</loc></url>\n" for path in paths)
        xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
        return Page("sitemap.xml", xml.encode())

    # the report page ---------------------------------------------------------------------------------------

    def _skeleton(self, form: Form, table: Table) -> tuple[Skeleton, Skeleton]:
        key = (form.id, table.id)
        if key not in self._skeletons:
            drawn = self.env.get_template("table.html").render(grid=grid(table))
            plain = self.env.get_template("flat.html").render(flat=flat(table))
            self._skeletons[key] = (_split(drawn), _split(plain))
        return self._skeletons[key]

    def _table_view(self, form: Form, sheet: Sheet) -> dict[str, Any]:
        fills = [_fill(v, t, u) for v, t, u in zip(sheet.values, sheet.texts, sheet.units, strict=True)]
        statutory, plain = self._skeleton(form, sheet.table)
        return {
            "id": sheet.table.id, "caption": sheet.table.caption,
            "statutory": Markup(statutory.html % tuple([fills[i] for i in statutory.holes])),
            "flat": Markup(plain.html % tuple([fills[i] for i in plain.holes])),
            "blanks": sheet.values.count(None),
        }  # fmt: skip

    def _neighbour(self, year: int, entry: Entry, forward: bool) -> dict[str, Any] | None:
        """The nearest year of the same organ, built here or on its original page."""
        organ = entry.ref.organ
        legacy = [item for item in self.legacy.get(organ, ()) if (item.year > entry.ref.year) == forward]
        nearest = (min if forward else max)((i.year for i in legacy), default=0)
        if year and (not nearest or (year < nearest) == forward):
            return {
                "year": year, "organ": "", "level": "", "title": f"{year}年", "url": f"../../{year}/{organ}/index.html",
                "external": False, "published": None, "figures": [],
            }  # fmt: skip
        return next((self._legacy_entry(i, 0) for i in legacy if i.year == nearest), None)

    def _report(
        self, entry: Entry, summary: Summary, findings: Sequence[Finding], organ: Organ, downloads: list[dict[str, str]]
    ) -> bytes:
        report, prose = entry.report, entry.prose
        views = {sheet.table.id: self._table_view(report.form, sheet) for sheet in report.sheets}
        sections: list[dict[str, Any]] = []
        for number, section in enumerate(prose.sections):
            form = report.form.sections[number] if number < len(report.form.sections) else None
            sections.append({
                "id": f"s{number + 1}", "title": section.title.strip(), "html": Markup(section.html),
                "tables": [views.pop(form.table)] if form and form.table in views else [],
                "subs": [{"id": h.id, "title": h.text.strip()} for h in section.headings if h.level == 3],
            })  # fmt: skip
        if views and sections:
            sections[-1]["tables"] += list(views.values())
        meta = {"标题": report.title, **report.meta}
        flaws = [
            {"rule": f.rule, "where": f.subject, "reason": f.accepted} for f in findings if f.accepted is not None
        ]
        view = {
            "title": report.title, "year": report.year, "organ": organ.name, "preface": Markup(prose.preface),
            "organ_url": f"../../organs/{organ.id}/index.html", "sections": sections, "flaws": flaws,
            "meta": [{"label": k, "value": v} for k, v in meta.items() if v],
            "glossary": [{"term": t.term, "text": t.text, "article": t.article} for t in report.form.glossary],
            "downloads": downloads, "cite": self._cite(entry, organ),
            "prev": self._neighbour(entry.ref.previous, entry, forward=False),
            "next": self._neighbour(entry.ref.next, entry, forward=True),
            "numbers": [{"label": name, "value": text, "unit": "件"} for name, text in summary.figures if text],
            "indicators": [
                {"name": i.name, "text": i.text, "unit": i.unit, "section": i.section, "approx": i.approximate}
                for i in summary.indicators
            ],
        }  # fmt: skip
        year = str(report.year)
        crumbs = [self._crumb_root("../../"), (f"{year}年", "../index.html"), (organ.name, "")]
        return self._page(
            "report.html", "report", f"{year}/{entry.ref.organ}/index.html", report.title, crumbs,
            published=report.published, source=report.meta.get("发布机构", ""), report=view,
            description=f"{organ.name}{year}年政府信息公开工作年度报告：全文、法定统计表与数据下载。",
        )  # fmt: skip

    def _cite(self, entry: Entry, organ: Organ) -> str:
        path = f"{entry.ref.year}/{entry.ref.organ}/"
        url = f"，{self.settings.base_url}{path}" if self.settings.base_url else ""
        date = f"，{entry.report.published[:10]}" if entry.report.published else ""
        return f"{organ.name}：《{entry.report.title}》{date}{url}"


def _split(html: str) -> Skeleton:
    """A rendered table with its holes turned into %s."""
    pieces = html.replace("%", "%%").split(_HOLE)
    out, holes = [pieces[0]], []
    for piece in pieces[1:]:
        number, rest = piece.split(";", 1)
        holes.append(int(number))
        out.append("%s" + rest)
    return Skeleton("".join(out), tuple(holes))


def _hashed(name: str, data: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"


def _size(data: bytes) -> str:
    return f"{max(1, round(len(data) / 1024))} KB"
