"""`publish`: brings the built section to a target, in one step, unless the gate refuses."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from generator.commands.common import Say, interrupts, tell_late, translator, user_errors
from generator.commands.publishing import (
    author_or_login,
    confirmed,
    now,
    opened,
    scratch_folder,
    sign_option,
    signer,
    site_options,
    size,
    who_options,
)
from generator.finding import NIANBAO, Message, counted

if TYPE_CHECKING:
    from generator.collection.destinations import Destination
    from generator.collection.site_files import Site
    from generator.ledger.chain import Override
    from generator.pipeline.request import Request
    from generator.targets.publication import Publication
    from generator.targets.target import Target

F = TypeVar("F", bound=Callable[..., Any])

# So many new reports are named; `diff` names all.
_NAMED = 20


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        short_help=t("把生成的栏目发布到门户。", "Publish the built section."),
        help=t(
            f"把生成的栏目发布到 site.yaml“发布”里的一个目标；只有一个目标时可不写名称。先运行 {NIANBAO} build。",
            "Publish the built section to a target of site.yaml; NAME may be left out where there is only one. "
            f"Run {NIANBAO} build first.",
        ),
    )
    @click.argument("name", required=False, default="")
    @_options(t)
    @sign_option(t)
    @who_options(t)
    @site_options(t)
    def publish(
        name: str, content: Path, output: Path, base_url: str, strict: bool, sign: Path | None, **asked: Any
    ) -> None:
        from generator.pipeline.read_lock import steady
        from generator.pipeline.request import Request
        from generator.targets.publication import one_at_a_time, witness_path

        choices = Choices(**asked)
        with (
            user_errors(lang),
            steady(output),
            opened(content, name, base_url, output) as (site, destination, target),
            one_at_a_time(witness_path(content, destination)),
            scratch_folder() as scratch,
        ):
            publication = _prepared(site, destination, target, Request(content, base_url, 0, strict), output, scratch)
            _decide(publication, choices, lambda: signer(site, sign), lang)


class Choices(NamedTuple):
    """What was asked for on the command line, beyond what is published where."""

    dry_run: bool
    again: bool
    yes: bool
    allow: tuple[str, ...]
    reason: str
    author: str


def _options(t: Say) -> Callable[[F], F]:
    """Adds --dry-run, --again, --yes and --allow."""

    def add(command: F) -> F:
        for option in (
            click.option(
                "--allow",
                multiple=True,
                metavar=t("拒绝名", "REFUSAL"),
                help=t(
                    "放行一项拒绝，须同时写 --reason；可写多次", "set a refusal aside, with --reason; may be repeated"
                ),
            ),
            click.option("--yes", is_flag=True, help=t("不再询问", "do not ask")),
            click.option(
                "--again",
                is_flag=True,
                help=t("没有改动也把全部文件重新传一遍", "bring every file over again, changed or not"),
            ),
            click.option("--dry-run", is_flag=True, help=t("只看会怎样，什么也不动", "only say what would happen")),
        ):
            command = option(command)
        return command

    return add


def _prepared(
    site: Site, destination: Destination, target: Target, request: Request, output: Path, scratch: Path
) -> Publication:
    """Compares what was built with what is public, and asks the gate.

    What is read then, some objects for each file, holds no cycles and stays: nobody looks for garbage in it."""
    from generator.targets.built import BuiltSection
    from generator.targets.publication import prepare, state_of_build

    gc.disable()
    try:
        section = BuiltSection(output)
        findings, stale = state_of_build(request, section)
        return prepare(site, section, destination, target, findings, stale, scratch)
    finally:
        gc.freeze()
        gc.enable()


def _decide(
    publication: Publication, choices: Choices, signing: Callable[[], Callable[[bytes], bytes] | None], lang: str
) -> None:
    """Tells what would change, and publishes it where nothing stands against it. Exit code 1 where something does."""
    from generator.targets.publication import catch_up

    t = translator(lang)
    _tell(publication, lang)
    overrides = _overrides(publication, choices.allow, choices.reason, t)
    if publication.refusals and overrides is None:
        sys.exit(1)
    if choices.dry_run:
        click.echo(t("只是试看，什么也没有动。", "dry run: nothing was changed."))
    elif not (publication.alters or overrides or choices.again):
        catch_up(publication)
        click.echo(t("没有要发布的改动。", "nothing to publish."))
    else:
        name = publication.target_name
        if confirmed(t(f"发布到“{name}”？", f"publish to “{name}”?"), choices.yes, t):
            _publish(publication, choices, overrides or [], signing(), lang)


def _tell(publication: Publication, lang: str) -> None:
    """Says what would change, and every refusal with its name."""
    from generator.forms.declared import declared_form
    from generator.ledger.overview import lines, overview

    reports = publication.reports
    view = overview(publication.before, publication.proposal, reports.old, reports.new, declared_form)
    for line in lines(view, lang, _NAMED):
        click.echo(line)
    for refusal in publication.refusals:
        lead = Message("拒绝", "refused").say(lang)
        click.echo(f"{lead} [{refusal.gate}] {refusal.message.say(lang)}")


def _overrides(publication: Publication, allow: tuple[str, ...], reason: str, t: Say) -> list[Override] | None:
    """The refusals that were set aside; None where one stands. Raises UsageError for a wrong --allow."""
    from generator.ledger.chain import Override
    from generator.targets.gate import GATES

    unknown = [gate for gate in allow if gate not in GATES]
    if unknown:
        known = ", ".join(GATES)
        raise click.UsageError(
            t(f"没有叫“{unknown[0]}”的拒绝；有：{known}", f"no refusal “{unknown[0]}”; known: {known}")
        )
    if allow and not reason.strip():
        raise click.UsageError(t("写了 --allow 就要写 --reason", "--allow needs --reason"))
    standing = [item.gate for item in publication.refusals if item.gate not in allow]
    if standing:
        names = " ".join(f"--allow {gate}" for gate in dict.fromkeys(item.gate for item in publication.refusals))
        click.echo(
            t(
                f"没有发布。确需放行，写 {names} --reason “原因”，会记入账本。",
                f"nothing was published. To set them aside: {names} --reason “why”; the ledger records it.",
            )
        )
        return None
    return [Override(gate, reason) for gate in dict.fromkeys(item.gate for item in publication.refusals)]


_UNCERTAIN = Message(
    f"：公开的是旧版还是新版，请用 {NIANBAO} releases 或 {NIANBAO} verify 查看；再发布一次会接着做完。",
    f": {NIANBAO} releases and {NIANBAO} verify tell whether the old or the new release is public; "
    "publish again to finish",
)


def _publish(
    publication: Publication,
    choices: Choices,
    overrides: list[Override],
    signing: Callable[[bytes], bytes] | None,
    lang: str,
) -> None:
    from generator.ledger.sums import stamp_of
    from generator.pipeline.interrupts import finishing
    from generator.printers import terminal
    from generator.targets.publication import carry_out, everything

    proposal, section = publication.proposal, publication.section
    paths = everything(publication) if choices.again else (*proposal.new, *proposal.changed)
    sizes = [stamp_of(section.seen[path]).size for path in paths if path in section.seen]
    total = sum(sizes)
    progress = terminal.progress(total, Message("发布", "publishing").say(lang), in_bytes=True)
    with interrupts(lang, _UNCERTAIN), finishing() as late, progress as advance:
        author = author_or_login(choices.author)
        entry, notes = carry_out(publication, now(), author, choices.reason, overrides, advance, signing, choices.again)
    tell_late(late, Message("新版本已经公开，账本也已记好", "the new release is public, and the ledger has it"), lang)
    click.echo(
        Message(
            f"已发布 {entry.release}：传了 {len(sizes)} 个文件，{size(total)}；账本第{entry.number}行。",
            f"published {entry.release}: {counted(len(sizes), 'file')} brought over, {size(total)}; "
            f"line {entry.number} of the ledger.",
        ).say(lang)
    )
    for note in notes:
        click.echo(note.say(lang))
