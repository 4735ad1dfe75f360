"""Publishes a built section to a target: reads what is public, compares, asks the gate, brings it over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.collection.destinations import FRAGMENTS, Destination
from generator.collection.file_lock import try_lock
from generator.collection.safe_files import write_bytes
from generator.collection.site_files import Site
from generator.collection.system_errors import cause
from generator.collection.target_folders import RECORDS
from generator.finding import NIANBAO, Finding, Message, UserError
from generator.forms.declared import declared_form
from generator.ledger.chain import PUBLISH, Entry, Ledger, Override, read_ledger
from generator.ledger.proposal import Proposal, next_entry, propose, propose_rollback
from generator.ledger.signature import PUBLIC_KEY, signature_fault
from generator.ledger.sums import LEDGER, SHA256SUMS, SIGNATURE, SM3SUMS, FileSum, sha256_list, sm3_list, sum_pieces
from generator.pipeline.build_record import input_paths, standing
from generator.pipeline.flush import flush
from generator.pipeline.request import Request
from generator.targets.built import BuiltSection
from generator.targets.gate import CHAIN, Refusal, Reports, chain_refusals, refusals
from generator.targets.moved import moved_files
from generator.targets.public_reports import as_public, changed_reports, first_published
from generator.targets.target import Advance, Plan, Target, no_release


@dataclass(frozen=True)
class Publication:
    """A publication that is ready to be carried out, or refused."""

    target: Target
    target_name: str
    section: BuiltSection
    witness: Path
    ledger: Ledger
    proposal: Proposal
    reports: Reports
    refusals: tuple[Refusal, ...]
    originals: Mapping[str, bytes]

    @property
    def alters(self) -> bool:
        return self.proposal.alters or self.target.unfinished()

    @property
    def source(self) -> Path:
        return self.section.output

    @property
    def before(self) -> str:
        return self.ledger.current.release if self.ledger.current else ""


def state_of_build(request: Request, section: BuiltSection) -> tuple[Sequence[Finding], bool]:
    """The findings on the content, and whether the built section is older than it."""
    record = section.record
    result = standing(request, section.output, record, output_stands=True) if record and section.stands else None
    if result is not None:
        return result.findings, False
    from generator.pipeline.run import run  # the whole program: rarely needed here

    findings = run(request, None).findings
    if record is None or record.inputs:
        return findings, True
    # built within two seconds of the last edit, so that times prove nothing; then nothing may be newer than its begin
    newest = max(Path(path).stat().st_mtime_ns for path in input_paths(request.content))
    return findings, not section.stands or newest > record.started


def witness_path(content: Path, destination: Destination) -> Path:
    return content.absolute().parent / RECORDS / f"{destination.name}.jsonl"


def prepare(
    site: Site,
    section: BuiltSection,
    destination: Destination,
    target: Target,
    findings: Sequence[Finding],
    stale: bool,
    scratch: Path,
) -> Publication:
    """Compares the built section with what is public and asks the gate. Raises UserError where there is no section.

    `scratch` is an empty folder for what is made only to be published there."""
    output = section.output
    if not (output / "index.html").is_file():
        raise UserError(
            Message(
                f"“{output}”里还没有栏目：请先运行 {NIANBAO} build",
                f"there is no section in “{output}”: run {NIANBAO} build first",
            )
        )
    witness = witness_path(site.content, destination)
    known = witness.read_bytes() if witness.is_file() else b""
    ledger = public_ledger(target, known, site.settings.values.get(PUBLIC_KEY, ""))
    if destination.way == FRAGMENTS:
        from generator.collection.office import open_office  # the reports themselves: rarely needed here
        from generator.targets.fragments import make_fragments
        from generator.website.fragment import BY_STYLE

        office = open_office(site.content, site.base_url)
        make_fragments(office, output, scratch, destination.text("缩进", BY_STYLE))
        section = BuiltSection(scratch)
    built = dict(section.sums(ledger.files))
    moved = moved_files(site.settings.redirects, ledger.files, built) if section.output == output else {}
    built |= {path: built[place] for path, place in moved.items()}
    proposal = propose(ledger, built)
    reports = changed_reports(target, section.output, ledger, proposal, moved)
    originals = first_published(target, ledger, as_public(reports, moved, proposal), moved, section.output == output)
    # only those that change: the others are public already, and stay
    originals |= {path: (output / moved[path]).read_bytes() for path in proposal.changed if path in moved}
    if originals:
        proposal = propose(ledger, built | {path: sum_pieces([data]) for path, data in originals.items()})
    strangers = target.strangers(ledger)
    refused = refusals(
        site.settings, findings, stale, ledger, known, proposal, reports, strangers, declared_form, date.today()
    )
    return Publication(target, destination.name, section, witness, ledger, proposal, reports, tuple(refused), originals)


def public_ledger(target: Target, known: bytes, public_key: str) -> Ledger:
    """Reads the ledger of a target. It is a fault where it is neither our own copy nor signed with `public_key`, where
    one is used: we would go on from a history that somebody wrote anew, and sign it."""
    data = target.read(LEDGER, known) or b""  # a server that says what is not so makes us go on from our own copy
    ledger = read_ledger(data, known)
    if not public_key or data in (known, b""):
        return ledger
    fault = signature_fault(data, target.read(SIGNATURE), public_key)
    return replace(ledger, faults=(*ledger.faults, fault)) if fault else ledger


def carry_out(
    publication: Publication,
    time: str,
    author: str,
    reason: str,
    overrides: Sequence[Override],
    advance: Advance,
    sign: Callable[[bytes], bytes] | None = None,
    again: bool = False,
) -> tuple[Entry, list[Message]]:
    """Publishes; returns the new line of the ledger and what the operator should know. With `again`, every file is
    brought over, also those that are public by the ledger."""
    target, ledger, proposal = publication.target, publication.ledger, publication.proposal
    served, changed, kept = publication.before, (*proposal.new, *proposal.changed), proposal.kept
    if any(item.gate == CHAIN for item in overrides):
        # the ledger does not say what is public: go on from our own copy, and bring everything over
        known = read_ledger(publication.witness.read_bytes() if publication.witness.is_file() else b"")
        ledger = Ledger() if known.faults else known
        brought = publication.section.seen.keys() | publication.originals.keys()
        built = {path: item for path, item in proposal.files.items() if path in brought}
        proposal, served = propose(ledger, built, carrying=False), target.served()
        changed, kept = tuple(sorted(built)), ()
    if again:
        changed, kept = everything(publication), tuple(path for path in kept if path not in publication.section.seen)
    highest = max((int(name[:6]) for name in target.releases()), default=0)
    listed = sha256_list(proposal.files)
    entry = next_entry(ledger, proposal, time, author, reason, overrides, at_least=highest + 1, listed=listed)
    longer = ledger.following(entry)
    added = {**publication.originals, **added_files(longer, proposal.files, listed, sign)}
    changed = tuple(path for path in changed if path not in publication.originals)
    files = dict(proposal.files)
    for path in publication.originals:
        files.pop(path, None)
    plan = Plan(
        release=entry.release,
        source=publication.source,
        changed=changed,
        kept=kept,
        gone=proposal.gone,
        added=added,
        before=served,
        files=files,
        lines=publication.section.seen,
        history=(lambda _: {}) if again else ledger.files_of,
        turn=sum(item.kind == PUBLISH for item in ledger.entries),
    )
    notes = target.publish(plan, advance)
    remember(publication.witness, longer)
    return entry, notes


def everything(publication: Publication) -> tuple[str, ...]:
    """Every file of the built section that a publication would make or leave public."""
    return tuple(path for path in sorted(publication.proposal.files) if path in publication.section.seen)


def added_files(
    ledger: Ledger, files: Mapping[str, FileSum], listed: bytes, sign: Callable[[bytes], bytes] | None
) -> dict[str, bytes]:
    """What is published beside the section: the lists of sums, SHA256SUMS being made already, the signature where there
    is one, and the ledger."""
    sm3 = sm3_list(files)
    added = {SHA256SUMS: listed} | ({SM3SUMS: sm3} if sm3 else {})
    return added | ({SIGNATURE: sign(ledger.data)} if sign else {}) | {LEDGER: ledger.data}


def remember(witness: Path, ledger: Ledger) -> None:
    """Keeps this office's own copy of the ledger, by which a replaced one is noticed. Raises UserError where it cannot
    be written: the release is public all the same."""
    try:
        witness.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(witness, ledger.data)
        flush([witness, witness.parent])
    except OSError as error:
        why = cause(error)
        raise UserError(
            Message(
                f"已经公开，但账本的副本“{witness}”没有写成（{why.zh}）：排除原因后，下次发布会补上",
                f"the release is public, but the copy of the ledger “{witness}” could not be written ({why.en}): mend "
                "the cause, and the next publish makes up for it",
            )
        ) from error


def catch_up(publication: Publication) -> None:
    """Brings this office's own copy of the ledger up to the public one, which goes on from it."""
    witness, ledger = publication.witness, publication.ledger
    if ledger.data and not ledger.faults and (not witness.is_file() or witness.read_bytes() != ledger.data):
        remember(witness, ledger)


def roll_back(
    target: Target,
    witness: Path,
    release: str,
    time: str,
    author: str,
    reason: str,
    sign: Callable[[bytes], bytes] | None = None,
    public_key: str = "",
) -> tuple[Entry, list[Message]]:
    """Makes a kept release public again, "" = the one public before; records it in the ledger. Raises UserError where
    the public ledger is broken or does not continue our own copy: that copy would be lost, by which it is noticed."""
    known = witness.read_bytes() if witness.is_file() else b""
    ledger = public_ledger(target, known, public_key)
    for refusal in chain_refusals(ledger, known):
        why = refusal.message
        raise UserError(
            Message(
                f"不能换回：{why.zh}。查明以后，用 {NIANBAO} publish --allow {CHAIN} --reason “原因” 接着本机所存的账本"
                "全部重新发布，再换回",
                f"cannot roll back: {why.en}. Then {NIANBAO} publish --allow {CHAIN} --reason “why” brings everything "
                "over and goes on from the copy kept here; roll back after that",
            )
        )
    if ledger.current is None:
        raise UserError(Message("不能换回：还没有发布过", "cannot roll back: nothing was published yet"))
    kept = target.releases()
    earlier = [entry.release for entry in ledger.entries if entry.release != ledger.current.release]
    release = release or next((name for name in reversed(earlier) if name in kept), "")
    if not release:
        raise UserError(Message("目标上没有更早的版本可换回", "no earlier release is kept on the target"))
    if release not in kept or not ledger.last(release):
        raise no_release(release, kept)
    proposal = propose_rollback(ledger, release)
    listed = sha256_list(proposal.files)
    entry = next_entry(ledger, proposal, time, author, reason, release=release, listed=listed)
    longer = ledger.following(entry)
    notes = target.rollback(release, proposal.carried, added_files(longer, proposal.files, listed, sign))
    remember(witness, longer)
    return entry, notes


@contextmanager
def one_at_a_time(witness: Path) -> Iterator[None]:
    """Lets one publisher of this content folder and target work at a time. Raises UserError for the second."""
    witness.parent.mkdir(parents=True, exist_ok=True)
    with open(witness.with_name(f".{witness.stem}.lock"), "ab") as file:
        if not try_lock(file):
            raise UserError(
                Message(
                    "另一个 nianbao 正在往这个目标发布，请稍后再试",
                    "another nianbao is publishing to this target; try again later",
                )
            )
        yield
