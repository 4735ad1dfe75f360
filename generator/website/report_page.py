"""The page of one report, and the files offered beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from generator.collection.settings import Organ
from generator.collection.summary import ReportSummary
from generator.finding import Finding
from generator.forms.english import in_english
from generator.forms.model import Form, plain_label
from generator.forms.series import Trend
from generator.narrative.markdown_notes import Section
from generator.report.entry import LoadedReport
from generator.report.section_forms import section_forms
from generator.website.corrections import cell_marks, correction_views
from generator.website.directory import Directory, key_figures
from generator.website.downloads.download import chosen, make, name_of
from generator.website.downloads.materials import Materials, Pictures, no_pictures
from generator.website.first_page import FIRST_PAGE
from generator.website.glossary import term_id, uses
from generator.website.languages import whole_chinese
from generator.website.numbers import of_last_year
from generator.website.search.pages import TEXT
from generator.website.search.report_text import script
from generator.website.shell import Shell, SitePage
from generator.website.tables import Drawer
from generator.website.views import (
    EntryView,
    FileView,
    FlawView,
    IndicatorView,
    LabelledValue,
    LinkView,
    ReportView,
    SectionView,
    SubView,
    TableView,
    TermView,
)
from generator.website.words import Words, load_words


class ReportPage:
    """Draws reports; tables and the glossary of a form are drawn once and filled in."""

    def __init__(self, shell: Shell, directory: Directory, trends: Sequence[Trend] = (), fonts: str = "") -> None:
        self.shell, self.directory, self._fonts = shell, directory, fonts
        self.trends = [trend for trend in trends if trend.headline]
        self._downloads = chosen(shell.settings)
        self._drawer = Drawer(shell.env)
        self._glossaries: dict[str, Markup] = {}

    def files(
        self,
        entry: LoadedReport,
        summary: ReportSummary,
        findings: Sequence[Finding],
        slips: list[Finding] | None = None,
        pictures: Pictures = no_pictures,
    ) -> list[SitePage]:
        """The report's page and every download; accepted `findings` are shown as flaws of the original. A download that
        cannot be made of this report is left out and added to `slips`."""
        words, organ = self.shell.words, self.directory.organ(entry.ref.organ, entry.ref.year)
        folder = f"{entry.ref.year}/{entry.ref.organ}"
        made, unmade = make(self._downloads, entry, organ, words, Materials(pictures, self._fonts))
        if slips is not None:
            slips += unmade
        downloads = tuple(
            FileView(item.label(words), item.file, item.kind, _size(data), "", name_of(item, entry.report.title, words))
            for item, data in made
        )
        files = [SitePage(f"{folder}/{item.file}", data) for item, data in made]
        view = self._view(entry, summary, findings, organ, downloads)
        text = SitePage(f"{folder}/{TEXT}", script(entry, organ.name, words))
        return [self._page(f"{folder}/index.html", entry, view), *files, text]

    def beside(
        self,
        entry: LoadedReport,
        summary: ReportSummary,
        findings: Sequence[Finding],
        files: Sequence[tuple[str, bytes]],
    ) -> SitePage:
        """The report's page in a second language: heads, tables and figures in it, the narrative as it was published.
        `files` are those of the first language; nothing is made twice."""
        folder = f"{entry.ref.year}/{entry.ref.organ}"
        made = {path.removeprefix(f"{folder}/"): data for path, data in files}
        there, chinese = f"../../{self.shell.top}{folder}/", load_words("zh")
        downloads = tuple(
            FileView(
                item.label(self.shell.words),
                there + item.file,
                item.kind,
                _size(made[item.file]),
                "",
                name_of(item, entry.report.title, chinese, summary.draft),
            )
            for item in self._downloads
            if item.file in made
        )
        view = self._view(entry, summary, findings, self.directory.organ(entry.ref.organ, entry.ref.year), downloads)
        return self._page(f"{folder}/index.html", entry, view)

    def _page(self, path: str, entry: LoadedReport, view: ReportView) -> SitePage:
        words, report = self.shell.words, entry.report
        date = f"{report.published} 00:00" if len(report.published) == 10 else report.published
        metas = [("ArticleTitle", view.title), ("PubDate", date), ("ContentSource", report.meta.get("发布机构", ""))]
        crumbs = (
            self.shell.home_link("../../"),
            LinkView(words("page.year", year=view.year), "../index.html"),
            LinkView(view.organ, None),
        )
        description = words("report.description", organ=view.organ, year=view.year)
        return self.shell.page(
            "report.html", path, "report", view.heading, crumbs, metas, description, report=view, apply=self.shell.apply
        )

    def _view(
        self,
        entry: LoadedReport,
        summary: ReportSummary,
        findings: Sequence[Finding],
        organ: Organ,
        downloads: tuple[FileView, ...],
    ) -> ReportView:
        report, words = entry.report, self.shell.words
        meta = {words("report.title"): report.title, **report.meta}
        return ReportView(
            title=report.title,
            heading=self.directory.title(report.year, organ, report.title),
            year=report.year,
            organ=organ.name,
            organ_url=f"../../organs/{organ.id}/index.html",
            meta=tuple(LabelledValue(words.term(label), value) for label, value in meta.items() if value),
            numbers=key_figures(summary, words, of_last_year(self.trends, report, entry.previous)),
            preface=self._narrative(entry, entry.prose.preface),
            sections=self._sections(entry),
            indicators=tuple(
                IndicatorView(words.term(i.name), i.text, words.unit(i.unit, i.name, i.text), i.section, i.approximate)
                for i in summary.indicators
            ),
            glossary=self._glossary(self._printed(report.form)),
            flaws=flaws(report.form, findings, words),
            downloads=downloads,
            cite=citation(entry, organ, words),
            cite_url=self.shell.url(f"{entry.ref.year}/{entry.ref.organ}/"),
            draft=summary.draft,
            corrections=correction_views(entry, words),
            first_page=f"../../{self.shell.top}{entry.ref.year}/{entry.ref.organ}/{FIRST_PAGE}",
            prev=self._neighbour(entry.ref.previous, entry, forward=False),
            next=self._neighbour(entry.ref.next, entry, forward=True),
        )

    def _sections(self, entry: LoadedReport) -> tuple[SectionView, ...]:
        """Puts each table in the section its form names; what finds no section goes into the last one."""
        printed = self._printed(entry.report.form)
        tables = {table.id: table for table in printed.tables}
        views = {
            sheet.table.id: self._drawer.view(
                replace(sheet, table=tables[sheet.table.id]),
                printed,
                cell_marks(entry, sheet, self.shell.words),
                sheet.table,
            )
            for sheet in entry.report.sheets
        }
        placed: list[tuple[Section, list[TableView]]] = []
        for section, form in zip(entry.prose.sections, section_forms(entry), strict=True):
            table = form.table if form is not None else ""
            placed.append((section, [views.pop(table)] if table in views else []))
        if placed:
            placed[-1][1].extend(views.values())
        return tuple(
            SectionView(
                f"s{number}",
                self._title(section.title.strip(), entry.report.form),
                self._narrative(entry, section.html),
                tuple(tables),
                tuple(SubView(h.id, h.text.strip()) for h in section.headings if h.level == 3),
            )
            for number, (section, tables) in enumerate(placed, 1)
        )

    def _printed(self, form: Form) -> Form:
        """The form with the labels of the page's language."""
        return form if self.shell.words.lang == "zh" else in_english(form)

    def _narrative(self, entry: LoadedReport, html: str) -> Markup:
        """The narrative, which has one language; a page in another one finds its pictures beside the first."""
        if self.shell.words.lang == "zh" or not html:
            return Markup(html)
        there = f"../../{self.shell.top}{entry.ref.year}/{entry.ref.organ}/"
        return Markup(whole_chinese(html.replace('<img src="', f'<img src="{there}')))

    def _title(self, title: str, form: Form) -> str:
        """The title of a section; in another language where it is one that the form prescribes."""
        if self.shell.words.lang == "zh":
            return title
        wanted = plain_label(title)
        known = (section for section in form.sections if wanted in map(plain_label, (section.title, *section.aliases)))
        return next((self.shell.words.term(section.title) for section in known), title)

    def _glossary(self, form: Form) -> Markup:
        if form.id not in self._glossaries:
            back = uses(form)
            terms = [
                TermView(term_id(n), t.term, t.text, t.article, back.get(n, "")) for n, t in enumerate(form.glossary, 1)
            ]
            self._glossaries[form.id] = Markup(self.shell.env.get_template("glossary.html").render(terms=terms))
        return self._glossaries[form.id]

    def _neighbour(self, year: int, entry: LoadedReport, forward: bool) -> EntryView | None:
        """The nearest report of the same organ, built here (in `year`; 0 = none) or on its original page."""
        organ = entry.ref.organ
        originals = [
            item for item in self.directory.originals.get(organ, ()) if (item.year > entry.ref.year) == forward
        ]
        nearest = (min if forward else max)((item.year for item in originals), default=0)
        if year and (not nearest or (year < nearest) == forward):
            return EntryView(year, "", "", "", f"../../{year}/{organ}/index.html", False, "", ())
        return next((self.directory.original(item) for item in originals if item.year == nearest), None)


_WHEN = Markup('<span class="when">{}</span>')


def citation(entry: LoadedReport, organ: Organ, words: Words) -> str:
    """How others cite the report: who published it, its title, and the day where that is known, in one line."""
    title, published = entry.report.title, entry.report.published
    if published:
        return words("report.citation_dated", organ=organ.name, title=title, date=_WHEN.format(published[:10]))
    return words("report.citation", organ=organ.name, title=title)


def flaws(form: Form, findings: Sequence[Finding], words: Words) -> tuple[FlawView, ...]:
    """Accepted flaws by reason; cells of one row are listed together, by their printed labels."""
    names = {table.id: table.key for table in form.tables}
    reasons: dict[str, dict[tuple[str, str], list[str]]] = {}
    for finding in findings:
        if finding.accepted is None:
            continue
        rows = reasons.setdefault(finding.accepted, {})
        if len(finding.cells) == 1:
            cell = finding.cells[0]
            row = words.term(names.get(cell.table, "")), words.term(cell.row[-1])
            rows.setdefault(row, []).append(words.term(cell.column[-1]))
        else:
            rows.setdefault(("", finding.subject), [])

    def place(table: str, row: str, columns: Sequence[str]) -> str:
        if not columns:
            return words("report.flaw", subject=row)
        return words("report.flawed_row", table=table, row=row, columns=words("page.comma").join(columns))

    return tuple(
        FlawView(reason, tuple(place(*row, columns) for row, columns in rows.items()))
        for reason, rows in reasons.items()
    )


def _size(data: bytes) -> str:
    return f"{max(1, round(len(data) / 1024))} KB"
