"""Shares what the commands around publishing have in common: the target, who does it and when, sizes."""

from __future__ import annotations

import getpass
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.commands.common import Say, content_option

if TYPE_CHECKING:
    from generator.collection.destinations import Destination
    from generator.collection.site_files import Site
    from generator.targets.target import Target

F = TypeVar("F", bound=Callable[..., Any])


def site_options(t: Say) -> Callable[[F], F]:
    """Adds --content, --output, --base-url and --strict, which must be those of the build."""

    def add(command: F) -> F:
        output = click.option(
            "--output",
            type=click.Path(path_type=Path),
            default=Path("site"),
            show_default=True,
            help=t("生成的栏目所在的文件夹", "folder of the built section"),
        )
        url = click.option("--base-url", default="", help=t("与 build 时相同", "as given to build"))
        strict = click.option("--strict", is_flag=True, help=t("与 build 时相同", "as given to build"))
        return content_option(t)(output(url(strict(command))))

    return add


def who_options(t: Say) -> Callable[[F], F]:
    """Adds --reason and --author."""

    def add(command: F) -> F:
        reason = click.option("--reason", default="", help=t("原因，记入账本", "why, for the ledger"))
        author = click.option(
            "--author",
            default="",
            help=t("谁在发布，记入账本（默认登录名）", "who publishes, for the ledger (default: the login name)"),
        )
        return reason(author(command))

    return add


def sign_option(t: Say) -> Callable[[F], F]:
    """Adds --sign."""
    return click.option(
        "--sign",
        type=click.Path(path_type=Path),
        envvar="NIANBAO_SIGN_KEY",
        help=t("给账本签名的 ssh 密钥文件", "ssh key file that signs the ledger"),
    )


def signer(site: Site, key: Path | None) -> Callable[[bytes], bytes] | None:
    """What signs a ledger; None where it is not signed. Raises UserError where site.yaml names a key and it is not that
    one."""
    from generator.finding import Message, UserError
    from generator.ledger.signature import PUBLIC_KEY, sign, signature_fault

    public = site.settings.values.get(PUBLIC_KEY, "")
    if key is None:
        if public:
            raise UserError(
                Message(
                    f"site.yaml 写明了“{PUBLIC_KEY}”：请用 --sign 或环境变量 NIANBAO_SIGN_KEY 指明密钥文件",
                    f"site.yaml names {PUBLIC_KEY}: name the key file with --sign or NIANBAO_SIGN_KEY",
                )
            )
        return None
    given = key

    def signed(data: bytes) -> bytes:
        signature = sign(data, given)
        fault = signature_fault(data, signature, public) if public else None
        if fault is not None:
            raise UserError(
                Message(
                    f"“{given}”不是 site.yaml 中“{PUBLIC_KEY}”的那一把：什么也没有发布",
                    f"“{given}” is not the key that site.yaml names as {PUBLIC_KEY}: nothing was published",
                )
            )
        return signature

    return signed


def author_or_login(author: str) -> str:
    return author or os.environ.get("NIANBAO_AUTHOR", "") or getpass.getuser()


def now() -> str:
    """The time in UTC as the ledger has it, 2026-01-31T08:00:00Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def opened(
    content: Path, name: str, base_url: str = "", output: Path | None = None
) -> Iterator[tuple[Site, Destination, Target]]:
    """Opens the content folder and the target asked for. Raises UserError, also for a target that is written wrongly
    or would lie in the `output` of the build."""
    from generator.collection.destinations import RULE
    from generator.collection.site_files import open_site
    from generator.finding import UserError
    from generator.targets.ways import choose, open_target

    site = open_site(content, base_url)
    destination = choose(site.settings.destinations, name)
    for finding in site.findings:
        if finding.rule == RULE and finding.subject.split(".")[0] == destination.name:
            raise UserError(finding.message)
    target = open_target(destination, content, output)
    try:
        yield site, destination, target
    finally:
        target.close()


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty folder that is deleted in the end."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        yield Path(folder)


def size(count: int) -> str:
    """`3.2 MB`."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} KB" if count else "0 KB"


def confirmed(question: str, yes: bool, t: Say) -> bool:
    """Asks at a terminal; elsewhere --yes is required. Raises UsageError."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise click.UsageError(t("不在终端里运行时请加 --yes", "add --yes when not run at a terminal"))
    return click.confirm(question)
