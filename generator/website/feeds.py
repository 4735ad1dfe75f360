"""What machines read of the section: the sitemap, a feed of reports, and a note for crawlers.

Every date in them is the date a report bears; none is that of the build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from generator.collection.summary import ReportSummary
from generator.website.directory import Directory
from generator.website.shell import Shell, SitePage

_LATEST = 100
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")


def published_on(summary: ReportSummary) -> str:
    """The day a report bears (2021-01-20); "" where it bears none."""
    match = _DAY.match(summary.published)
    return match[1] if match else ""


def feeds(
    shell: Shell, directory: Directory, summaries: Sequence[ReportSummary], paths: Iterable[str]
) -> Iterator[SitePage]:
    """Yields sitemap, feed and robots.txt; nothing while the section's own address is unknown.

    `paths` are the pages of the section besides reports, in the order of the sitemap ("2021/", "organs/boshan/")."""
    if shell.settings.base_url:
        yield _sitemap(shell, summaries, paths)
        yield _feed(shell, directory, summaries)
        note = shell.words("feed.robots")
        text = f"# {note}\nUser-agent: *\nDisallow:\nSitemap: {shell.url('sitemap.xml')}\n"
        yield SitePage("robots.txt", text.encode())


def _sitemap(shell: Shell, summaries: Sequence[ReportSummary], paths: Iterable[str]) -> SitePage:
    """Lists every page; a page that lists reports was last changed when one of them came out or was corrected."""
    newest = _newest(summaries)
    own = [(f"{summary.year}/{summary.organ}/", _changed_on(summary)) for summary in summaries]
    pages = [*((path, newest.get(path, "")) for path in paths), *own]
    if shell.other is not None:
        pages += [(shell.other + path, day) for path, day in pages]
    urls = []
    for path, day in pages:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        urls.append(f"<url><loc>{escape(shell.url(path))}</loc>{changed}</url>\n")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return SitePage("sitemap.xml", f"{head}{''.join(urls)}</urlset>\n".encode())


def _changed_on(summary: ReportSummary) -> str:
    """The day on which a report was last corrected, or came out; "" where it bears none."""
    return max(published_on(summary), summary.corrected)


def _newest(summaries: Iterable[ReportSummary]) -> Mapping[str, str]:
    """The latest day among the reports that a page lists, by the page's path."""
    newest: dict[str, str] = {}
    for summary in summaries:
        day = _changed_on(summary)
        for path in ("", "compare/", f"{summary.year}/", f"organs/{summary.organ}/"):
            newest[path] = max(newest.get(path, ""), day)
    return newest


def _feed(shell: Shell, directory: Directory, summaries: Sequence[ReportSummary]) -> SitePage:
    """Lists the reports that came out or were corrected last as an Atom feed (RFC 4287); days are those of China."""
    dated = [(day, summary) for summary in summaries if (day := published_on(summary))]
    dated.sort(key=lambda item: max(item[0], item[1].corrected), reverse=True)
    entries = [_entry(shell, directory, day, summary) for day, summary in dated[:_LATEST]]
    updated = _moment(max((max(day, summary.corrected) for day, summary in dated[:1]), default="1970-01-01"))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{shell.words("page.language")}">',
        f"<title>{escape(f'{shell.section}-{shell.site_name}')}</title>",
        f"<id>{escape(shell.url(''))}</id>",
        f'<link rel="self" href="{escape(shell.url("feed.xml"))}"/>',
        f'<link href="{escape(shell.url(""))}"/>',
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(shell.site_name)}</name></author>",
        *entries,
        "</feed>",
    ]
    return SitePage("feed.xml", ("\n".join(lines) + "\n").encode())


def _entry(shell: Shell, directory: Directory, day: str, summary: ReportSummary) -> str:
    url = escape(shell.url(f"{summary.year}/{summary.organ}/"))
    organ = escape(directory.organ(summary.organ, summary.year).name)
    note = f"<summary>{escape(shell.words('correction.feed', date=summary.corrected))}</summary>"
    return (
        f"<entry><title>{escape(summary.title)}</title><id>{url}</id>"
        f'<link href="{url}"/><updated>{_moment(_changed_on(summary))}</updated>'
        f"<published>{_moment(day)}</published>{note if summary.corrected else ''}"
        f"<author><name>{organ}</name></author></entry>"
    )


def _moment(day: str) -> str:
    return f"{day}T00:00:00+08:00"
