"""The ledger's signature, by ssh-keygen as citizens have it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.ledger.signature import sign, signature_fault


def key(folder: Path, name: str) -> tuple[Path, str]:
    """A new key: its private file and its public text."""
    path = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "示例", "-f", str(path)], check=True)
    return path, path.with_suffix(".pub").read_text("utf-8")


def test_a_signature_is_good_for_its_ledger_and_its_key_only(tmp_path: Path) -> None:
    (mine, public), (_, other) = key(tmp_path, "a"), key(tmp_path, "b")
    signature = sign(b"ledger\n", mine)
    assert signature_fault(b"ledger\n", signature, public) is None
    faults = [
        signature_fault(b"ledger\n", None, public),
        signature_fault(b"ledger\n", signature, other),
        signature_fault(b"changed\n", signature, public),
        signature_fault(b"ledger\n", b"no signature", public),
    ]
    assert [fault.en if fault else "" for fault in faults] == [
        "the ledger is not signed",
        "the ledger was signed with another key",
        "the signature is wrong: the ledger was changed since",
        "the signature is wrong: the ledger was changed since",
    ]


def test_a_key_that_cannot_sign_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot sign with the key"):
        sign(b"x", tmp_path / "none")
