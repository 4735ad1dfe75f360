"""`import`: reads reports of any format into drafts."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from generator.commands.common import F, Say, content_option, together, translator, user_errors
from generator.finding import Message, counted

if TYPE_CHECKING:
    from generator.importer.make_draft import Draft
    from generator.importer.placing import Placing
    from generator.importer.run import ImportRequest, ImportResult
    from generator.printers.terminal import ProgressBar

_HELP = Message(
    "把 Word、Excel、网页、PDF、文本的报告读成 content/ 里的草稿。拿不准的格标“待核”，从不悄悄猜。",
    "Read reports (Word, Excel, web page, PDF, text) into drafts in content/. "
    "What is not certain is marked, never guessed silently.",
)


# what --only takes, by what may be written
_PARTS = {"表": "tables", "正文": "narrative", "tables": "tables", "narrative": "narrative"}


def _wish_options(t: Say) -> Callable[[F], F]:
    """Adds what is said of the report: whose and of which year it is, what of it is taken."""
    return together(
        click.option(
            "--organ",
            default="",
            help=t(
                "机关编号（organs.yaml），文件里看不出时必填",
                "organ id (organs.yaml), needed where the files do not tell",
            ),
        ),
        click.option("--year", type=click.IntRange(1990, 2100), default=None, help=t("报告年度", "report year")),
        click.option(
            "--replace", is_flag=True, help=t("替换已有内容，旧的留备份", "replace existing content, keeping a backup")
        ),
        click.option(
            "--only",
            type=click.Choice(list(_PARTS)),
            default=None,
            help=t(
                "只取表，或只取正文；已有的另一部分不动", "take only the tables or only the narrative; the rest stays"
            ),
        ),
    )


def _limit_options(t: Say) -> Callable[[F], F]:
    """Adds the limits on the reading of a file."""
    return together(
        click.option(
            "--max-mb",
            type=click.IntRange(1, 2000),
            default=50,
            show_default=True,
            help=t("单个文件的上限（MB）", "largest file (MB)"),
        ),
        click.option(
            "--max-seconds",
            type=click.IntRange(1, 3600),
            default=120,
            show_default=True,
            help=t("读一个文件最多几秒", "longest time to read a file (s)"),
        ),
        click.option(
            "--max-memory",
            type=click.IntRange(200, 64_000),
            default=2000,
            show_default=True,
            help=t("读文件的进程最多用多少内存（MB）", "most memory of the process that reads (MB)"),
        ),
    )


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command("import", help=_HELP.say(lang))
    @click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
    @content_option(t)
    @_wish_options(t)
    @click.option("--yes", is_flag=True, help=t("不询问", "do not ask"))
    @click.option("--review", is_flag=True, help=t("生成并打开对照页", "make and open the side-by-side page"))
    @click.option("--json", "as_json", is_flag=True, help=t("结果输出为 JSON", "results as JSON"))
    @_limit_options(t)
    def import_(
        files: tuple[Path, ...],
        content: Path,
        organ: str,
        year: int | None,
        replace: bool,
        only: str | None,
        yes: bool,
        review: bool,
        as_json: bool,
        max_mb: int,
        max_seconds: int,
        max_memory: int,
    ) -> None:
        from generator.importer.make_draft import Only
        from generator.importer.run import ImportRequest
        from generator.printers.imported_json import coverage, document
        from generator.readers.document import Limits

        _refuse(files, organ, lang)
        limits = Limits(file_bytes=max_mb * 1_000_000, seconds=max_seconds, memory=max_memory * 1_000_000)
        ask = not (yes or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
        part = Only(_PARTS[only]) if only else Only.BOTH
        request = ImportRequest(content, organ, year or 0, replace, limits, part)
        results, litter, pages = _import(files, request, lang, ask, review)
        with user_errors(lang):
            views = coverage(content, results)
        if as_json:
            click.echo(json.dumps(document(results, views, lang, litter), ensure_ascii=False, indent=1))
        else:
            from generator.printers.imported import print_coverage, print_results

            print_results(results, lang, litter)
            print_coverage(views, lang)
        for page in pages:
            _show(page, lang, open_it=sys.stdout.isatty() and not as_json)
        sys.exit(1 if any(result.failed for result in results) else 0)


def _refuse(files: Sequence[Path], organ: str, lang: str) -> None:
    """Refuses wrong usage: a file that is not there, an id that cannot be a folder."""
    for path in files:
        if not path.exists() and not path.is_symlink():
            raise click.UsageError(Message(f"找不到“{path}”", f"“{path}” not found").say(lang))
    from generator.collection.safe_files import safe_id

    if organ and not safe_id(organ):
        raise click.UsageError(
            Message(
                f"机关编号“{organ}”只能用小写字母、数字和连字符，且不能是 con、aux、nul 等 Windows 保留名",
                f"organ id “{organ}”: lower-case letters, digits and hyphens only, and no name that Windows reserves",
            ).say(lang)
        )


class _Imported(NamedTuple):
    """The results, the number of system files that were not read, and the side-by-side pages."""

    results: list[ImportResult]
    litter: int
    pages: list[Path]


def _import(files: Sequence[Path], request: ImportRequest, lang: str, ask: bool, review: bool) -> _Imported:
    """Imports the files; all that is done with one is done in a process with limits."""
    from generator.importer.review_file import write_review
    from generator.importer.run import Importer
    from generator.printers import terminal
    from generator.readers.open_file import gather
    from generator.readers.sandbox import Guard

    with user_errors(lang):
        importer = Importer(request)
        paths, litter = gather(files)
        if not paths:
            raise click.UsageError(
                Message(
                    f"文件夹里没有文件（系统文件{litter}个不算）",
                    f"no files in the folder ({counted(litter, 'system file')} apart)",
                ).say(lang)
            )
        results = []
        with Guard(importer.work) as guard, terminal.progress(len(paths), Message("导入", "import").say(lang)) as bar:
            guard.waiting = lambda: bar(0)
            importer.do = guard.run
            if ask:
                importer.agree = _asker(lang, bar)
            for path in paths:
                results.append(importer.run(path))
                bar(1)
            pages = [write_review(importer, result, request.content) for result in results] if review else []
    return _Imported(results, litter, [page for page in pages if page is not None])


def _asker(lang: str, bar: ProgressBar) -> Callable[[Path, Draft, Placing], bool]:
    def agree(path: Path, draft: Draft, placing: Placing) -> bool:
        from generator.printers.imported import recognised, what_becomes

        with bar.aside():
            for line in (*recognised(path, draft, lang), *what_becomes(placing.kept, placing.lost, lang)):
                click.echo(line)
            return click.confirm(Message("写入草稿？", "write the draft?").say(lang), default=True)

    return agree


def _show(page: Path, lang: str, open_it: bool) -> None:
    click.echo(Message(f"对照页：{page}", f"side by side: {page}").say(lang), err=True)
    if open_it:
        click.launch(str(page))
