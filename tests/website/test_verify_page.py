"""The page for citizens: its commands are run."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]

from generator.collection.settings import Settings
from generator.ledger.signature import sign
from generator.website.site import open_site
from generator.website.verify_page import verify_page
from tests.example import SETTINGS
from tests.targets.samples import NEXT, Desk


def commands(settings: Settings) -> list[str]:
    page = html.document_fromstring(verify_page(open_site(settings, []).shell).data)
    return [line for block in page.xpath("//pre") for line in block.text_content().splitlines()]


def test_without_an_address_the_commands_name_a_place_to_fill_in() -> None:
    shown = commands(SETTINGS)
    assert "wget 栏目网址/SHA256SUMS" in shown and not any("ssh-keygen" in command for command in shown)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = Desk(tmp_path)
    desk.publish()
    desk.publish(NEXT)
    return tmp_path / "www/current"


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """The folder, served two levels below the top of a server, as portals do."""
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    (folder.parent / "gongkai").mkdir()
    (folder.parent / "gongkai/nianbao").symlink_to(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder.parent)))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/gongkai/nianbao/"
    server.shutdown()
    server.server_close()


def test_the_commands_of_the_page_verify_what_was_published(folder: Path, address: str, tmp_path: Path) -> None:
    if shutil.which("wget") is None:
        pytest.skip("no wget on this machine")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    (folder / "ledger.jsonl.sig").write_bytes(sign((folder / "ledger.jsonl").read_bytes(), tmp_path / "key"))
    values = {**SETTINGS.values, "签名公钥": (tmp_path / "key.pub").read_text("utf-8").strip()}
    (tmp_path / "citizen").mkdir()
    results = []
    for command in commands(replace(SETTINGS, base_url=address, values=values)):
        done = subprocess.run(
            command, shell=True, cwd=tmp_path / "citizen", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        results += [done.stdout] if "wget" not in command else []
    assert results[0].count(": OK") == results[1].count(": OK") == 5 and 'Good "nianbao" signature' in results[-1]
    sums = [result.split()[0] for result in results[2:6]]
    assert sums[0] in sums[1] and sums[2] in sums[3]
