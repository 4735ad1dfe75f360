"""The command `nianbao`: arguments → functions → exit code. 0 fine, 1 error-level findings, 2 cannot do it."""

from __future__ import annotations

import errno
import gettext
import locale
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator import __version__, commands_import
from generator.diagnostic import Finding, Text

if TYPE_CHECKING:
    from generator.job import Job, Outcome

F = TypeVar("F", bound=Callable[..., Any])
LOCALE = Path(__file__).parent / "locale"


def language(arguments: Sequence[str]) -> str:
    """--lang where given (help texts need it before click reads it), else the locale, else Chinese."""
    for number, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return "en" if argument == "--lang=en" else "zh"
        if argument == "--lang" and number + 1 < len(arguments):
            return "en" if arguments[number + 1] == "en" else "zh"
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not said and sys.platform == "win32":
        said = locale.getlocale()[0] or ""
    return "en" if said.lower().startswith("en") else "zh"


def _speak_clicks_own_messages(lang: str) -> None:
    """click takes its messages from gettext's default domain."""
    if lang == "zh":
        os.environ["LANGUAGE"] = "zh_CN"
        gettext.bindtextdomain("messages", str(LOCALE))
        gettext.textdomain("messages")


def _content(t: Callable[[str, str], str]) -> Callable[[F], F]:
    return click.option(
        "--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True,
        help=t("内容文件夹", "content folder"),
    )  # fmt: skip


def _exit(findings: Sequence[Finding]) -> None:
    sys.exit(1 if any(finding.blocking for finding in findings) else 0)


def _run(job: Job, output: Path | None, lang: str) -> Outcome:
    from generator.job import standing

    stands = standing(job, output) if output else None
    return stands or _build(job, output, lang)


def _build(job: Job, output: Path | None, lang: str) -> Outcome:
    from generator import build, load, show, write

    label = Text("处理报告", "reports").say(lang)
    try:
        with show.progress(len(load.scan(job.content)[0]), label) as advance:
            return build.run(job, output, advance)
    except (load.ContentError, write.OutputError) as error:
        raise click.UsageError(error.text.say(lang)) from None
    except OSError as error:
        raise click.UsageError(_reason(error).say(lang)) from None


_REASONS = {
    errno.ENOENT: Text("没有这个文件或文件夹", "no such file or folder"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("没有权限", "permission denied"),
    errno.EROFS: Text("所在磁盘是只读的", "its disk is read-only"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.ENOTDIR: Text("路径中有一段是文件，不是文件夹", "part of the path is a file, not a folder"),
    errno.EISDIR: Text("是文件夹，不是文件", "is a folder, not a file"),
    errno.EBUSY: Text("正被使用，换不动（可能是挂载点）", "in use and cannot be replaced (a mount point?)"),
}


def _reason(error: OSError) -> Text:
    """What the system refused, and on which file."""
    said = _REASONS.get(error.errno or 0, Text(error.strerror or str(error), error.strerror or str(error)))
    name = error.filename2 or error.filename or ""
    return Text(f"读写“{name}”时出错：{said.zh}", f"cannot read or write “{name}”: {said.en}")


def _print_out(findings: Sequence[Finding], form: str, output: Path | None, content: Path, lang: str) -> None:
    from generator.findings import pieces
    from generator.write import write_file

    text = pieces(findings, form, lang, content)
    if output is None:
        for piece in text:
            click.echo(piece, nl=False)
        return
    try:
        write_file(output, text)
    except OSError as error:
        raise click.UsageError(Text(f"写不了“{output}”：{error.strerror}", f"cannot write “{output}”: {error.strerror}").say(lang)) from None
    click.echo(Text(f"已写入 {output}", f"written to {output}").say(lang), err=True)


def commands(lang: str) -> click.Group:
    """The command tree in one language."""

    def t(zh: str, en: str) -> str:
        return Text(zh, en).say(lang)

    @click.group(help=t("政府信息公开工作年度报告：核对、生成、预览。", "Annual reports on government-information disclosure: check, build, preview."))
    @click.option("--lang", type=click.Choice(["zh", "en"]), help=t("界面语言（默认随系统）", "language (default: the locale's)"))
    @click.version_option(__version__, prog_name="nianbao")
    def group(lang: str | None) -> None:
        del lang  # read by language() before the help texts were made

    @group.command(help=t("核对并生成栏目网页。", "Check, then build the section."))
    @_content(t)
    @click.option("--output", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help=t("输出文件夹", "output folder"))
    @click.option("--jobs", type=click.IntRange(0), default=0, help=t("进程数，0为自动", "processes, 0 = automatic"))
    @click.option("--base-url", default="", help=t("栏目的正式网址", "public address of the section"))
    @click.option("--strict", is_flag=True, help=t("警告也算错误", "warnings count as errors"))
    def build(content: Path, output: Path, jobs: int, base_url: str, strict: bool) -> None:
        from generator import show
        from generator.job import Job

        outcome = _run(Job(content, base_url, jobs, strict), output, lang)
        show.print_findings(outcome.findings, lang, hide_accepted=True)
        done = outcome.written
        if done is None:
            click.echo(t(f"有错误，“{output}”未更新。", f"there are errors; “{output}” was not updated."))
            _exit(outcome.findings)
            return
        click.echo(t(
            f"{outcome.reports} 份报告：写入 {done.written} 个文件，未变 {done.unchanged}，移除 {done.removed}。打开：{output / 'index.html'}",
            f"{outcome.reports} reports: {done.written} files written, {done.unchanged} unchanged, {done.removed} removed. Open: {output / 'index.html'}",
        ))  # fmt: skip
        _exit(outcome.findings)

    @group.command(help=t("只核对，不写任何文件。", "Check only; write nothing."))
    @_content(t)
    @click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "github", "html"]), default="text", show_default=True, help=t("输出格式", "output format"))
    @click.option("--output", type=click.Path(path_type=Path), help=t("写到文件（默认屏幕；html 默认 findings.html）", "write to a file (default: the screen; html: findings.html)"))
    @click.option("--jobs", type=click.IntRange(0), default=0, help=t("进程数，0为自动", "processes, 0 = automatic"))
    @click.option("--strict", is_flag=True, help=t("警告也算错误", "warnings count as errors"))
    def check(content: Path, form: str, output: Path | None, jobs: int, strict: bool) -> None:
        from generator import show
        from generator.job import Job

        findings = _run(Job(content, "", jobs, strict), None, lang).findings
        if form == "text":
            show.print_findings(findings, lang)
        else:
            _print_out(findings, form, output or (Path("findings.html") if form == "html" else None), content, lang)
        _exit(findings)

    @group.command(help=t("说明一条规则，或一份报告（如 content/2020/boshan）的发现。", "Explain a rule, or the findings of a report (content/2020/boshan)."))
    @click.argument("rule")
    def explain(rule: str) -> None:
        from generator.findings import report_folder, told
        from generator.job import Job
        from generator.rules.docs import documentation, known

        found = report_folder(rule)
        if found:
            for line in told(_run(Job(found[0]), None, lang).findings, found[1], lang):
                click.echo(line)
            return
        text = documentation(rule.upper())
        if text is None:
            raise click.UsageError(t(f"没有规则“{rule}”。已有：", f"no rule “{rule}”. Known: ") + "、".join(known()))
        click.echo(f"{rule.upper()}\n{text.say(lang)}")

    @group.command(help=t("在本机预览，改了就刷新。", "Preview on this machine; reloads on every edit."))
    @_content(t)
    @click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=t("端口", "port"))
    @click.option("--poll", is_flag=True, help=t("定时查看文件（内容在网络盘上、改了不刷新时用）", "look at the files again and again (for network drives that tell of no change)"))
    def preview(content: Path, port: int, poll: bool) -> None:
        from generator.job import Job
        from generator.load import templates_folder
        from generator.preview import PreviewError
        from generator.preview import preview as serve

        if not content.is_dir():
            raise click.UsageError(t(f"找不到内容文件夹“{content}”", f"no content folder “{content}”"))
        try:
            serve(_builder(Job(content), lang), [content, templates_folder()], "127.0.0.1", port, lang, poll)
        except PreviewError as error:
            raise click.UsageError(error.text.say(lang)) from None

    commands_import.add(group, lang)
    return group


def _builder(job: Job, lang: str) -> Any:
    def build(output: Path) -> Any:
        from generator import build as builds
        from generator import load, show, write
        from generator.preview import Outcome as Shown

        try:
            findings = builds.run(job, output).findings
        except (load.ContentError, write.OutputError) as error:
            return Shown(False, [error.text.say(lang)])
        errors = [finding for finding in findings if finding.blocking]
        return Shown(not errors, [line for _, line in show.lines(errors, lang)])

    return build


def main() -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    lang = language(sys.argv[1:])
    _speak_clicks_own_messages(lang)
    commands(lang)(prog_name="nianbao")


if __name__ == "__main__":
    main()
