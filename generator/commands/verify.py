"""`verify`: compares what is published with the ledger, or a portal's page with the report. Exit code 3: it differs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.common import content_option, report_named, translator, user_errors
from generator.commands.publishing import opened
from generator.finding import Message

if TYPE_CHECKING:
    from generator.importer.page_check import PageVerdict
    from generator.ledger.chain import Ledger
    from generator.ledger.sums import FileSum
    from generator.ledger.verify import Verdict

DIFFERS = 3


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        short_help=t("核对公开的与发布的是否一致。", "Verify that what is public is what was published."),
        help=t(
            "逐字节核对：发布目标（名称）、公开的网址或文件夹里的，与账本所记的是否一致；生成的、还没有账本的文件夹，与它旁边的清单"
            "是否一致。加 --page 时，核对粘贴后另存的网页与报告是否一致，这时写报告的文件夹（content/2020/boshan）。"
            "退出码：0 一致，2 核对不了，3 不一致。",
            "Compare a target (by name), a public address or a folder byte by byte with the ledger; a built "
            "folder without a ledger with the manifest beside it. With --page: compare a saved page of the portal "
            "with a report, named by its "
            "folder (content/2020/boshan). Exit code 0: the same, 2: cannot tell, 3: it differs.",
        ),
    )
    @click.argument("place", required=False, default="")
    @click.option(
        "--page",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help=t("粘贴发布后另存下来的网页", "a saved page of the portal"),
    )
    @click.option("--json", "as_json", is_flag=True, help=t("输出JSON", "print JSON"))
    @content_option(t)
    @click.option(
        "--manifest",
        type=click.Path(path_type=Path),
        help=t("清单文件（文件夹是拷走的一份时）", "the manifest's file (where the folder is a copy)"),
    )
    @click.option(
        "--key", default="", help=t("应给账本签名的公钥（默认 site.yaml 的）", "public key that signs the ledger")
    )
    @click.option(
        "--allow-http",
        is_flag=True,
        help=t("网址不是 https 也算一致（内网、只有 http 的服务器）", "accept an address that is not https"),
    )
    def verify(
        place: str, page: Path | None, as_json: bool, content: Path, manifest: Path | None, key: str, allow_http: bool
    ) -> None:
        if page is not None:
            with user_errors(lang):
                seen = _verify_page(place, page)
            differs = _tell_page(place, seen, as_json, lang)
        else:
            with user_errors(lang):
                verdict = _verify(place, content, manifest, key, allow_http)
            differs = _tell(place, verdict, as_json, lang)
        sys.exit(DIFFERS if differs else 0)


def _tell_page(report: str, seen: PageVerdict, as_json: bool, lang: str) -> bool:
    """Says what became of a report on a portal's page; returns whether it differs."""
    from generator.importer import page_check

    for line in [page_check.as_json(report, seen)] if as_json else page_check.lines(seen, lang):
        click.echo(line)
    return any(fault.grave for fault in seen.faults)


def _tell(place: str, verdict: Verdict, as_json: bool, lang: str) -> bool:
    """Says what differs from what was published; returns whether anything does."""
    from generator.ledger import verify as verdicts
    from generator.printers.clean import harmless

    for line in [verdicts.as_json(place, verdict)] if as_json else map(harmless, verdicts.lines(verdict, lang)):
        click.echo(line)
    return bool(verdict.differences)


def _verify_page(report: str, page: Path) -> PageVerdict:
    from generator.collection.office import open_office
    from generator.finding import UserError
    from generator.importer.page_check import check_page
    from generator.readers.document import Limits
    from generator.readers.html import text_of
    from generator.readers.open_file import read_bytes, read_path
    from generator.website.fragment import fragment

    content, ref = report_named(report)
    office = open_office(content)
    before = office.read_before(ref)
    entry, _ = office.read(ref, before.report if before else None)
    if entry is None:
        raise UserError(Message(f"报告“{report}”读不出来", f"the report “{report}” cannot be read"))
    pasted = read_bytes(fragment(entry).encode(), "fragment.html", Limits())
    return check_page(entry, pasted, read_path(page, Limits()), text_of(page.read_bytes()))


def _verify(place: str, content: Path, manifest: Path | None, key: str, plain: bool) -> Verdict:
    from generator.ledger.sums import LEDGER, sum_site
    from generator.ledger.verify import verify as compare
    from generator.pipeline.layout import Layout

    folder = Path(place)
    if "://" in place:
        return _verify_live(place, content, key, plain)
    if manifest or (place and not (folder / LEDGER).exists() and Layout(folder).manifest.exists()):
        return _verify_built(folder, manifest)
    if place and folder.is_dir():
        read = lambda path: _read(folder / path)  # noqa: E731
        return compare(read, lambda _: sum_site(folder), public_key=key or _public_key(content))
    return _verify_target(place, content, key)


def _verify_target(name: str, content: Path, key: str) -> Verdict:
    from generator.ledger.signature import PUBLIC_KEY
    from generator.ledger.verify import verify as compare
    from generator.targets.publication import witness_path

    with opened(content, name) as (site, destination, target):

        def found(_: Ledger) -> Mapping[str, FileSum]:
            sums = ((path, target.sums(path)) for path in target.paths())
            return {path: item for path, item in sums if item is not None}

        witness = _read(witness_path(content, destination)) or b""
        public = key or site.settings.values.get(PUBLIC_KEY, "")
        return compare(target.read, found, witness, public_key=public)


def _verify_live(url: str, content: Path, key: str, plain: bool) -> Verdict:
    """Compares the public site with its ledger, and with this office's copy where a target has that address."""
    from generator.collection.site_files import read_site
    from generator.ledger.live import LiveSite
    from generator.ledger.verify import verify as compare
    from generator.targets.publication import witness_path

    site, witness = LiveSite(url, plain), b""
    if (content / "site.yaml").is_file():
        settings = read_site(content)[0]
        same = [item for item in settings.destinations if item.text("网址").rstrip("/") + "/" == site.url]
        witness = _read(witness_path(content, same[0])) or b"" if same else b""
    return compare(site.read, site.found, witness, site.headers, key or _public_key(content), site.unseen)


def _public_key(content: Path) -> str:
    """The key that site.yaml says signs the ledger; "" where there is no site.yaml here."""
    from generator.collection.site_files import read_site
    from generator.ledger.signature import PUBLIC_KEY

    return read_site(content, required=False)[0].values.get(PUBLIC_KEY, "")


def _verify_built(folder: Path, manifest: Path | None) -> Verdict:
    """Compares a built section with its manifest."""
    from generator.ledger.compare import Difference
    from generator.ledger.verify import Verdict
    from generator.pipeline.verification import verify_folder

    verified = verify_folder(folder, manifest)
    said = {
        "changed": ("“%s”被改动", "“%s” was changed"),
        "missing": ("缺少“%s”", "“%s” is missing"),
        "extra": ("多出“%s”，清单里没有", "“%s” is not in the manifest"),
    }
    found = [
        Difference(kind, path, Message(*(text % path for text in said[kind])))
        for kind, paths in verified.differences._asdict().items()
        for path in paths
    ]
    return Verdict(verified.manifest.release[:12], len(verified.manifest.entries), tuple(found))


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
