"""Values in, pages out: everything a visitor sees is decided in templates/, filled in here.

What all pages share (head, navigation, footer, tables' labels, glossary) is rendered once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from generator.collection.settings import IDENTIFIERS, Legacy, Organ, Settings
from generator.collection.summary import ReportSummary
from generator.finding import Finding
from generator.forms.model import Form
from generator.forms.series import Trend
from generator.narrative.html import Section
from generator.report.entry import LoadedReport, ReportRef
from generator.website.charts import charts
from generator.website.downloads import report_json, tables_csv
from generator.website.glossary import term_id, uses
from generator.website.line_breaks import phrases, spans
from generator.website.tables import Drawer, hole
from generator.website.theme import Theme
from generator.website.views import (
    Chrome,
    EntryView,
    FileView,
    FlawView,
    IndicatorView,
    IndicatorYears,
    LabelledValue,
    LinkView,
    OrganView,
    PageView,
    ReportView,
    SectionView,
    SubView,
    TableView,
    TermView,
    YearView,
)
from generator.website.words import load_words


class SitePage(NamedTuple):
    path: str
    data: bytes


class Renderer:
    """Holds what all pages share; `refs` are all reports being built, `series` the figures followed through the years."""

    def __init__(
        self, theme: Theme, settings: Settings, refs: Sequence[ReportRef], series: Sequence[Trend] = ()
    ) -> None:
        self.series = series
        self.theme, self.settings = theme, settings
        self.organs = {organ.id: organ for organ in settings.organs}
        self.section = settings.values.get("栏目名称", "")
        self.legacy = _legacy(settings, refs)
        self.env = Environment(
            loader=DictLoader(dict(theme.templates)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.env.globals["hole"] = hole
        self.env.globals["w"] = load_words()
        self.env.filters["phrases"] = phrases
        self.drawer = Drawer(self.env)
        self.asset_names = {name: _hashed(name, data) for name, data in theme.assets.items()}
        self._chrome: dict[tuple[str, str], Chrome] = {}
        self._glossaries: dict[str, Markup] = {}

    # pages -------------------------------------------------------------------------------------------------

    def assets(self) -> Iterator[SitePage]:
        for name, data in self.theme.assets.items():
            yield SitePage(f"assets/{self.asset_names[name]}", data)

    def report_pages(
        self, entry: LoadedReport, summary: ReportSummary, findings: Sequence[Finding]
    ) -> tuple[list[SitePage], bytes]:
        """The report's files, and its rows for the collection."""
        organ = self._organ(entry.ref.organ)
        folder = f"{entry.ref.year}/{entry.ref.organ}"
        lines = tables_csv.rows(entry.report)
        json_data = report_json.report_json(entry, organ.name, entry.report.meta.get("发布机构", ""))
        csv_data = tables_csv.tables_csv(lines)
        downloads = (
            FileView("统计数据", "tables.csv", "CSV", _size(csv_data)),
            FileView("全文数据", "report.json", "JSON", _size(json_data)),
        )
        view = self._report(entry, summary, findings, organ, downloads)
        pages = [
            self._report_page(f"{folder}/index.html", entry, view),
            SitePage(f"{folder}/report.json", json_data),
            SitePage(f"{folder}/tables.csv", csv_data),
        ]
        return pages, tables_csv.collection_rows(entry.report, organ.name, lines)

    def organ_page(self, summaries: list[ReportSummary]) -> SitePage:
        """The page of an organ, from the summaries of all its reports."""
        organ = self._organ(summaries[0].organ)
        return self._organ_page(organ, summaries, self.legacy.get(organ.id, []))

    def listing_pages(self, summaries: Sequence[ReportSummary], findings: Sequence[Finding] = ()) -> Iterator[SitePage]:
        """Home, years, 404 and sitemap, from the summaries alone; and the pages of organs of which nothing is built here.
        A year's page also says why sums over its reports differ, where `findings` accept that with a reason."""
        by_year: dict[int, list[ReportSummary]] = {}
        by_organ: dict[str, list[ReportSummary]] = {}
        for summary in summaries:
            by_year.setdefault(summary.year, []).append(summary)
            by_organ.setdefault(summary.organ, []).append(summary)
        legacy_years: dict[int, list[Legacy]] = {}
        for items in self.legacy.values():
            for item in items:
                legacy_years.setdefault(item.year, []).append(item)
        years = sorted({*by_year, *legacy_years}, reverse=True)
        differences = self._variances(findings)
        unlisted = [self._organ(name) for name in sorted(by_organ) if name not in self.organs]
        organs = [o for o in (*self.settings.organs, *unlisted) if o.id in by_organ or o.id in self.legacy]
        yield self._home(years, organs, by_year, legacy_years, by_organ)
        for number, year in enumerate(years):
            newer = years[number - 1] if number else 0
            older = years[number + 1] if number + 1 < len(years) else 0
            yield self._year(
                year, by_year.get(year, []), legacy_years.get(year, []), older, newer, differences.get(year, ())
            )
        for organ in organs:
            if organ.id not in by_organ:
                yield self._organ_page(organ, [], self.legacy[organ.id])
        yield self._page("error.html", "404.html", "error", "页面不存在", (LinkView("页面不存在", None),))
        if self.settings.base_url:
            yield self._sitemap(years, organs, summaries)

    # what all pages share ----------------------------------------------------------------------------------

    def _root(self, kind: str, path: str) -> str:
        if kind == "error" and self.settings.base_url:
            # served for any address, so only an absolute path finds the assets
            return urlsplit(self.settings.base_url).path
        return "../" * path.count("/")

    def _shared(self, root: str, kind: str) -> Chrome:
        key = (root, kind)
        if key not in self._chrome:
            settings = self.settings
            nav = [
                LinkView(n.label, root + "index.html" if n.current else n.url or None, n.current) for n in settings.nav
            ]
            known = [(name, settings.values.get(name, "")) for name in ("主办单位", *IDENTIFIERS)]
            data = {
                "kind": kind,
                "nav": nav,
                "metas": self._site_metas(kind),
                "assets": {name: f"{root}assets/{hashed}" for name, hashed in self.asset_names.items()},
                "name": settings.values.get("网站名称", ""),
                "portal_url": settings.values.get("门户首页", ""),
                "contact": [LabelledValue(label, value) for label, value in settings.contact.items()],
                "footer": [LabelledValue(label, value) for label, value in known if value],
            }
            parts = (self.env.get_template(f"chrome_{part}.html").render(data) for part in ("head", "top", "bottom"))
            self._chrome[key] = Chrome(*map(Markup, parts))
        return self._chrome[key]

    def _site_metas(self, kind: str) -> list[tuple[str, str]]:
        """Page marks of 《政府网站发展指引》; unset ones are left out, never empty."""
        names = [("SiteName", "网站名称"), ("SiteDomain", "域名"), ("SiteIDCode", "网站标识码")]
        if kind != "error":
            names += [("ColumnName", "栏目名称"), ("ColumnDescription", "栏目说明")]
            names += [("ColumnKeywords", "栏目关键词"), ("ColumnType", "栏目类别")]
        marks = [(name, self.settings.values.get(key, "")) for name, key in names]
        return [(name, content) for name, content in marks if content]

    def _page(
        self,
        template: str,
        path: str,
        kind: str,
        title: str,
        crumbs: tuple[LinkView, ...],
        metas: Iterable[tuple[str, str]] = (),
        description: str = "",
        **data: object,
    ) -> SitePage:
        settings = self.settings
        root = self._root(kind, path)
        canonical = settings.base_url + path.removesuffix("index.html") if settings.base_url and kind != "error" else ""
        full_title = title if kind == "home" else f"{title}-{self.section}-{settings.values.get('网站名称', '')}"
        marks = [*metas, ("Url", canonical)] if kind == "report" else list(metas)
        page = PageView(
            title,
            full_title,
            description or settings.values.get("栏目说明", ""),
            root,
            canonical,
            tuple((name, content) for name, content in marks if content),
            kind,
            (*(LinkView(link.label, link.url or None) for link in settings.crumbs), *crumbs),
        )
        html = self.env.get_template(template).render(
            page=page, chrome=self._shared(root, kind), section=self.section, **data
        )
        return SitePage(path, html.encode())

    def _top(self, root: str) -> LinkView:
        return LinkView(self.section, root + "index.html")

    # listings ----------------------------------------------------------------------------------------------

    def _organ(self, organ_id: str) -> Organ:
        return self.organs.get(organ_id) or Organ(organ_id, organ_id, organ_id, "", "", "", "", "")

    def _entry(self, root: str, summary: ReportSummary) -> EntryView:
        organ = self._organ(summary.organ)
        return EntryView(
            summary.year,
            organ.name,
            organ.level,
            summary.title,
            f"{root}{summary.year}/{summary.organ}/index.html",
            False,
            summary.published,
            tuple(figure.text for figure in summary.figures),
        )

    def _counts(self, items: Iterable[ReportSummary | Legacy]) -> tuple[tuple[str, int], ...]:
        counts: dict[str, int] = {}
        for item in items:
            level = self._organ(item.organ).level
            counts[level] = counts.get(level, 0) + 1
        order = list(dict.fromkeys(organ.level for organ in self.settings.organs))
        return tuple(sorted(counts.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))

    def _legacy_entry(self, item: Legacy, width: int = 0) -> EntryView:
        organ = self._organ(item.organ)
        return EntryView(item.year, organ.name, organ.level, item.title, item.url, True, item.published, ("",) * width)

    def _home(
        self,
        years: Sequence[int],
        organs: Sequence[Organ],
        by_year: Mapping[int, list[ReportSummary]],
        legacy: Mapping[int, list[Legacy]],
        by_organ: Mapping[str, list[ReportSummary]],
    ) -> SitePage:
        main = {organ.id for organ in organs if not organ.parent}
        rows = [
            YearView(
                year,
                f"{year}/index.html",
                self._counts((*by_year.get(year, ()), *legacy.get(year, ()))),
                (
                    *(self._entry("", s) for s in by_year.get(year, ()) if s.organ in main),
                    *(self._legacy_entry(i) for i in legacy.get(year, ()) if i.organ in main),
                ),
            )
            for year in years
        ]
        listed = []
        for organ in organs:
            own = {*(s.year for s in by_organ.get(organ.id, ())), *(i.year for i in self.legacy.get(organ.id, ()))}
            listed.append(OrganView(organ.name, organ.level, f"organs/{organ.id}/index.html", spans(own), len(own)))
        latest = next((s for year in years for s in by_year.get(year, ()) if s.organ in main), None)
        downloads = (
            FileView("全部统计数据", "data/reports.csv", "CSV", note="每份报告的每一个单元格"),
            FileView("正文指标", "data/indicators.csv", "CSV", note="只在正文中出现的数字"),
            FileView("数据说明", "data/datapackage.json", "JSON", note="字段、类型与含义"),
        )
        title = f"{self.section}-{self.settings.values.get('网站名称', '')}"
        about = self.settings.values.get("栏目说明", "")
        return self._page(
            "home.html",
            "index.html",
            "home",
            title,
            (LinkView(self.section, None),),
            years=rows,
            organs=listed,
            downloads=downloads,
            about=about,
            originals=any(entry.external for row in rows for entry in row.main),
            latest=self._entry("", latest) if latest else None,
            numbers=_numbers(latest) if latest else (),
        )

    def _listing(
        self, root: str, built: list[ReportSummary], legacy: list[Legacy]
    ) -> tuple[list[str], list[EntryView]]:
        figures = next(([figure.name for figure in s.figures] for s in built if s.figures), [])
        rows = [self._entry(root, s) for s in built] + [self._legacy_entry(i, len(figures)) for i in legacy]
        return figures, rows

    def _variances(self, findings: Sequence[Finding]) -> dict[int, tuple[FlawView, ...]]:
        """By year: accepted differences between an organ's figure and the sum of its units', by reason."""
        told: dict[int, dict[str, list[str]]] = {}
        for finding in findings:
            if finding.rule == "AGG-CELL" and finding.accepted is not None:
                own, _, added = finding.values.partition(" ≠ ")
                place = f"{self._organ(finding.organ).name}：{finding.subject}是{own}，所属机关之和是{added}"
                told.setdefault(finding.year, {}).setdefault(finding.accepted, []).append(place)
        return {
            year: tuple(FlawView(reason, tuple(places)) for reason, places in reasons.items())
            for year, reasons in told.items()
        }

    def _year(
        self,
        year: int,
        built: list[ReportSummary],
        legacy: list[Legacy],
        older: int,
        newer: int,
        differences: tuple[FlawView, ...],
    ) -> SitePage:
        figures, rows = self._listing("../", built, legacy)
        order = {organ.name: number for number, organ in enumerate(self.settings.organs)}
        rows.sort(key=lambda row: order.get(row.organ, len(order)))
        crumbs = (self._top("../"), LinkView(f"{year}年", None))
        return self._page(
            "year.html",
            f"{year}/index.html",
            "year",
            f"{year}年{self.section}",
            crumbs,
            year=year,
            rows=rows,
            figures=figures,
            differences=differences,
            prev_year=LinkView(f"{older}年", f"../{older}/index.html") if older else None,
            next_year=LinkView(f"{newer}年", f"../{newer}/index.html") if newer else None,
        )

    def _organ_page(self, organ: Organ, built: list[ReportSummary], legacy: list[Legacy]) -> SitePage:
        figures, rows = self._listing("../../", built, legacy)
        rows.sort(key=lambda row: -row.year)
        indicators: dict[tuple[str, str], dict[int, str]] = {}
        for summary in built:
            for item in summary.indicators:
                text = item.text + ("余" if item.approximate else "")
                indicators.setdefault((item.name, item.unit), {})[summary.year] = text
        years = sorted({year for texts in indicators.values() for year in texts}, reverse=True)
        parent = self.organs.get(organ.parent)
        crumbs = (self._top("../../"), LinkView(organ.name, None))
        return self._page(
            "organ.html",
            f"organs/{organ.id}/index.html",
            "organ",
            f"{organ.name}历年{self.section}",
            crumbs,
            facts=_facts(organ),
            parent=LinkView(parent.name, f"../{parent.id}/index.html") if parent else None,
            rows=rows,
            figures=figures,
            charts=charts(built, self.series),
            indicator_years=years,
            indicators=[
                IndicatorYears(name, unit, tuple(texts.get(year, "") for year in years))
                for (name, unit), texts in indicators.items()
            ],
        )

    def _sitemap(self, years: Sequence[int], organs: Sequence[Organ], summaries: Sequence[ReportSummary]) -> SitePage:
        paths = ["", *(f"{year}/" for year in years), *(f"organs/{organ.id}/" for organ in organs)]
        paths += [f"{s.year}/{s.organ}/" for s in summaries]
        urls = "".join(f"<url><loc>{escape(self.settings.base_url + path)}</loc></url>\n" for path in paths)
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        return SitePage("sitemap.xml", f"{head}{urls}</urlset>\n".encode())

    # the report page ---------------------------------------------------------------------------------------

    def _neighbour(self, year: int, entry: LoadedReport, forward: bool) -> EntryView | None:
        """The nearest year of the same organ, built here or on its original page."""
        organ = entry.ref.organ
        legacy = [item for item in self.legacy.get(organ, ()) if (item.year > entry.ref.year) == forward]
        nearest = (min if forward else max)((i.year for i in legacy), default=0)
        if year and (not nearest or (year < nearest) == forward):
            return EntryView(year, "", "", f"{year}年", f"../../{year}/{organ}/index.html", False, "", ())
        return next((self._legacy_entry(i) for i in legacy if i.year == nearest), None)

    def _sections(self, entry: LoadedReport) -> tuple[SectionView, ...]:
        """Each table in the section its form puts it in; what finds no section goes into the last one."""
        views = {sheet.table.id: self.drawer.view(sheet, entry.report.form) for sheet in entry.report.sheets}
        forms = entry.report.form.sections
        placed: list[tuple[Section, list[TableView]]] = []
        for number, section in enumerate(entry.prose.sections):
            table = forms[number].table if number < len(forms) else ""
            placed.append((section, [views.pop(table)] if table in views else []))
        if placed:
            placed[-1][1].extend(views.values())
        return tuple(
            SectionView(
                f"s{number}",
                section.title.strip(),
                Markup(section.html),
                tuple(tables),
                tuple(SubView(h.id, h.text.strip()) for h in section.headings if h.level == 3),
            )
            for number, (section, tables) in enumerate(placed, 1)
        )

    def _glossary(self, form: Form) -> Markup:
        if form.id not in self._glossaries:
            back = uses(form)
            terms = [
                TermView(term_id(n), t.term, t.text, t.article, back.get(n, "")) for n, t in enumerate(form.glossary, 1)
            ]
            html = self.env.get_template("glossary.html").render(terms=terms)
            self._glossaries[form.id] = Markup(html)
        return self._glossaries[form.id]

    def _report(
        self,
        entry: LoadedReport,
        summary: ReportSummary,
        findings: Sequence[Finding],
        organ: Organ,
        downloads: tuple[FileView, ...],
    ) -> ReportView:
        report = entry.report
        meta = {"标题": report.title, **report.meta}
        return ReportView(
            title=report.title,
            year=report.year,
            organ=organ.name,
            organ_url=f"../../organs/{organ.id}/index.html",
            meta=tuple(LabelledValue(label, value) for label, value in meta.items() if value),
            numbers=_numbers(summary),
            preface=Markup(entry.prose.preface),
            sections=self._sections(entry),
            indicators=tuple(
                IndicatorView(i.name, i.text, i.unit, i.section, i.approximate) for i in summary.indicators
            ),
            glossary=self._glossary(report.form),
            flaws=_flaws(report.form, findings),
            downloads=downloads,
            cite=_cite(entry, organ),
            cite_url=self._url(entry),
            prev=self._neighbour(entry.ref.previous, entry, forward=False),
            next=self._neighbour(entry.ref.next, entry, forward=True),
        )

    def _report_page(self, path: str, entry: LoadedReport, view: ReportView) -> SitePage:
        published, source = entry.report.published, entry.report.meta.get("发布机构", "")
        date = f"{published} 00:00" if len(published) == 10 else published
        metas = [("ArticleTitle", view.title), ("PubDate", date), ("ContentSource", source)]
        crumbs = (self._top("../../"), LinkView(f"{view.year}年", "../index.html"), LinkView(view.organ, None))
        description = f"{view.organ}{view.year}年政府信息公开工作年度报告：全文、法定统计表与数据下载。"
        return self._page("report.html", path, "report", view.title, crumbs, metas, description, report=view)

    def _url(self, entry: LoadedReport) -> str:
        base = self.settings.base_url
        return f"{base}{entry.ref.year}/{entry.ref.organ}/" if base else ""


def _legacy(settings: Settings, refs: Sequence[ReportRef]) -> dict[str, list[Legacy]]:
    """Original pages by organ, without those whose report is built here."""
    built = {(ref.year, ref.organ) for ref in refs}
    legacy: dict[str, list[Legacy]] = {}
    for item in settings.legacy:
        if (item.year, item.organ) not in built:
            legacy.setdefault(item.organ, []).append(item)
    return legacy


def _numbers(summary: ReportSummary) -> tuple[LabelledValue, ...]:
    return tuple(LabelledValue(figure.name, figure.text, figure.unit) for figure in summary.figures if figure.text)


def _facts(organ: Organ) -> tuple[LabelledValue, ...]:
    known = (("层级", organ.level), ("统一社会信用代码", organ.code), ("设立", organ.since), ("撤销", organ.until))
    return tuple(LabelledValue(label, value) for label, value in known if value)


def _cite(entry: LoadedReport, organ: Organ) -> str:
    date = f"，{entry.report.published[:10]}" if entry.report.published else ""
    return f"{organ.name}：《{entry.report.title}》{date}"


def _flaws(form: Form, findings: Sequence[Finding]) -> tuple[FlawView, ...]:
    """Accepted flaws by reason; cells of one row are told together, by their printed labels."""
    names = {table.id: table.key for table in form.tables}
    reasons: dict[str, dict[str, list[str]]] = {}
    for finding in findings:
        if finding.accepted is None:
            continue
        rows = reasons.setdefault(finding.accepted, {})
        if len(finding.cells) == 1:
            cell = finding.cells[0]
            rows.setdefault(f"{names.get(cell.table, '')}“{cell.row[-1]}”：", []).append(cell.column[-1])
        else:
            rows.setdefault(f"“{finding.subject}”", [])
    return tuple(
        FlawView(reason, tuple(row + "、".join(columns) for row, columns in rows.items()))
        for reason, rows in reasons.items()
    )


def _hashed(name: str, data: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"


def _size(data: bytes) -> str:
    return f"{max(1, round(len(data) / 1024))} KB"
