"""Signs the ledger, and checks signatures, with `ssh-keygen -Y`: every office computer has it, and so do citizens."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from generator.finding import Message, UserError

# Both are part of what is signed and of the command by which anybody checks it.
NAMESPACE, IDENTITY = "nianbao", "nianbao"
PUBLIC_KEY = "签名公钥"


def sign(data: bytes, key: Path) -> bytes:
    """Signs with a private key file, or with a public one whose private half the ssh agent holds. Raises UserError."""
    done = _keygen("sign", "-f", str(key), "-n", NAMESPACE, data=data)
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise UserError(
            Message(
                f"用密钥“{key}”签名不成（{''.join(reason)}）：什么也没有发布",
                f"cannot sign with the key “{key}” ({''.join(reason)}): nothing was published",
            )
        )
    return done.stdout


def signature_fault(data: bytes, signature: bytes | None, public_key: str) -> Message | None:
    """Says what is wrong with the ledger's signature; None where `public_key` signed it."""
    if signature is None:
        return Message("账本没有签名", "the ledger is not signed")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        signed, allowed = Path(folder) / "signature", Path(folder) / "allowed"
        signed.write_bytes(signature)
        allowed.write_text(f"{IDENTITY} {public_key.strip()}\n", encoding="utf-8")
        words = ("-n", NAMESPACE, "-s", str(signed))
        if _keygen("verify", "-f", str(allowed), "-I", IDENTITY, *words, data=data).returncode == 0:
            return None
        if _keygen("check-novalidate", *words, data=data).returncode == 0:
            return Message("账本是用另一把密钥签名的", "the ledger was signed with another key")
    return Message("账本的签名不对：签名之后账本被改过", "the signature is wrong: the ledger was changed since")


def _keygen(action: str, *words: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise UserError(
            Message("这台电脑上没有 ssh-keygen：请安装 OpenSSH", "there is no ssh-keygen here: install OpenSSH")
        )
    return subprocess.run([program, "-Y", action, *words], input=data, capture_output=True, check=False)
