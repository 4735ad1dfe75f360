"""`restore`: brings the content of a lost computer back from a published section, and says what differs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from generator.commands.common import content_option, translator, user_errors
from generator.finding import NIANBAO, Message, counted

if TYPE_CHECKING:
    from generator.collection.office import Office
    from generator.importer.run import Importer, ImportResult


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        short_help=t("从公开的栏目取回内容文件夹。", "Bring back the content from a published section."),
        help=t(
            "电脑丢了，而公开的栏目还在：下载整个栏目，从各报告的网页和 report.json "
            "取回表、正文、图片、指标和更正，再逐格核对。"
            f"内容文件夹里要先有 site.yaml 和 organs.yaml（{NIANBAO} init 可造）；已有的报告不动。"
            "退出码：0 数字全部相同，1 有不同的或取不回的。",
            "Take tables, text, pictures, indicators and corrections back from the pages and report.json of a "
            "downloaded section, then compare every figure. The content folder needs site.yaml and organs.yaml "
            f"({NIANBAO} init makes them); reports that are there stay. Exit code 0: all figures are the "
            "same, 1: some are not, or a report cannot be had.",
        ),
    )
    @click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
    @content_option(t)
    def restore(site: Path, content: Path) -> None:
        from generator.finding import UserError

        with user_errors(lang):
            pages = sorted(page for page in site.glob("[0-9]*/*/index.html") if _is_report(page))
            if not pages:
                raise UserError(
                    Message(
                        f"“{site}”里没有报告（年度/机关/report.json）：请指明下载的整个栏目",
                        f"“{site}” holds no reports (YEAR/ORGAN/report.json): name the whole downloaded section",
                    )
                )
            told = list(_restored(pages, content, lang))
            by_hand = [path for page in pages for path in _attachments(page, content)]
        _tell(len(pages), told, by_hand, lang)
        sys.exit(1 if told else 0)


def _tell(reports: int, differences: Sequence[str], by_hand: Sequence[str], lang: str) -> None:
    """Says what was brought back, what differs, and what is left to do by hand."""
    t = translator(lang)
    for line in differences:
        click.echo(line)
    click.echo(
        t(
            f"取回 {reports} 份报告，{len(differences)} 处不同。",
            f"{counted(reports, 'report')} brought back, {counted(len(differences), 'difference')}.",
        )
    )
    click.echo(
        t(
            f"接受的瑕疵（接受）不公开，取不回来：请运行 {NIANBAO} check，仍要接受的重新写。",
            "Accepted findings (接受) are not public and cannot be brought back: "
            f"run {NIANBAO} check, and write those anew.",
        )
    )
    for path in by_hand:
        click.echo(
            t(
                f"附件 {path} 不是由内容生成的，没有取回：重新生成栏目以后，请把它放进新栏目的同一处",
                f"attachment {path} is not made from the content and was not brought back: after the next build, "
                "put it into the new section at the same place",
            )
        )


def _attachments(page: Path, content: Path) -> Iterator[str]:
    """Names the files beside a report's page that no build would make from the content brought back: somebody put them
    into the section by hand."""
    from generator.website.downloads.download import DOWNLOADS
    from generator.website.first_page import FIRST_DATA, FIRST_PAGE
    from generator.website.search.pages import TEXT

    made = {page.name, TEXT, FIRST_PAGE, FIRST_DATA, *(download.file for download in DOWNLOADS)}
    folder = page.parent.relative_to(page.parent.parent.parent)
    for path in sorted(page.parent.iterdir()):
        if path.is_file() and path.name not in made and not (content / folder / path.name).exists():
            yield (folder / path.name).as_posix()


def _restored(pages: Sequence[Path], content: Path, lang: str) -> Iterator[str]:
    """Brings reports back, all of them by one process that reads files; yields what is not as published."""
    from generator.importer.run import Importer, ImportRequest
    from generator.printers import terminal
    from generator.readers.sandbox import Guard

    importer = Importer(ImportRequest(content))
    label = Message("取回", "restoring").say(lang)
    with terminal.progress(len(pages), label) as advance, Guard(importer.work) as guard:
        importer.do = guard.run
        for page in pages:
            yield from _restore(page, importer, lang)
            importer.taken.clear()  # no other page is of the same report
            advance(1)


def _restore(page: Path, importer: Importer, lang: str) -> Iterator[str]:
    """Brings one report back; yields what is not as published."""
    from generator.collection.safe_files import write_bytes
    from generator.drafts.from_published import published_blocks

    record = _record(page.with_name("report.json"))
    result = _imported(page, importer, record) if record else None
    name = f"{page.parent.parent.name}/{page.parent.name}"
    if record is None or result is None or result.folder is None or result.status != "new":
        reason = next((item.message.say(lang) for item in result.findings), "") if result else "report.json"
        yield f"{name}：{Message('没有取回', 'not brought back').say(lang)} {reason}".rstrip()
        return
    place = result.folder / "tables.yaml"
    blocks = published_blocks(record)
    if blocks:
        write_bytes(place, place.read_bytes().rstrip(b"\n") + b"\n" + blocks.encode())
    yield from (f"{name} {line}" for line in _differences(importer.office, record, lang))


def _is_report(page: Path) -> bool:
    """Tells a report's page from one that leads on from an old address, beside which its files stay (redirects)."""
    return page.with_name("report.json").is_file() and b' http-equiv="refresh"' not in page.read_bytes()[:1000]


def _record(path: Path) -> dict[str, Any] | None:
    try:
        record = json.loads(path.read_bytes())
    except ValueError:
        return None
    return record if isinstance(record, dict) and record.get("schema") == "nianbao.report/1" else None


def _imported(page: Path, importer: Importer, record: dict[str, Any]) -> ImportResult:
    from generator.commands.restored_pictures import marked_page, put_pictures

    importer.request = importer.request._replace(organ=str(record["organ"]["id"]), year=int(record["year"]))
    marked, shown = marked_page(page, importer.request.limits.pictures)
    with TemporaryDirectory() as work:
        copy = Path(work) / page.name
        copy.write_bytes(marked)
        result = importer.run(copy)
    if result.folder and result.status == "new" and shown:
        put_pictures(page.parent, result.folder, shown)
    return result


def _differences(office: Office, record: dict[str, Any], lang: str) -> Iterator[str]:
    """Yields every figure, field and paragraph of a report that is not as its `report.json` has it."""
    from generator.collection.folder import scan_organ
    from generator.ledger.changes import report_change
    from generator.ledger.overview import figure_line, paragraph_line
    from generator.website.downloads.report_json import report_json

    organ, year = str(record["organ"]["id"]), int(record["year"])
    ref = next(ref for ref in scan_organ(office.content, organ) if ref.year == year)
    before = office.read_before(ref)
    entry, _ = office.read(ref, before.report if before else None)
    if entry is None:
        yield Message("读不出来", "cannot be read").say(lang)
        return
    now = json.loads(report_json(entry, str(record["organ"]["name"]), str(record["publisher"] or "")))
    change = report_change(record, now, {form.id: form for form in office.forms}.get)
    yield from (figure_line(item, lang) for item in (*change.fields, *change.figures))
    yield from (paragraph_line(pieces, lang) for pieces in change.paragraphs)
    if record.get("corrections", []) != now.get("corrections", []):
        yield Message("更正不同", "the corrections differ").say(lang)
