"""What goes wrong on the way to a server or on it: one sentence, nothing lost, and the next publication succeeds."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from generator.collection.destinations import Destination
from generator.finding import UserError
from generator.ledger.chain import Override
from generator.ledger.sums import sum_site
from generator.targets.publication import carry_out
from generator.targets.ways import open_target
from tests.targets.samples import FILES, NEXT, Desk, lay, small_disk
from tests.targets.ssh_server import SshServer, running

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with running(tmp_path_factory.mktemp("sshd")) as found:
        yield found


@pytest.fixture(params=["目录", "sftp"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, server: SshServer) -> Iterator[Desk]:
    login = {} if request.param == "目录" else server.values
    values = {"方式": request.param, **login, "目录": str(tmp_path / "www"), "保留": "2"}
    desk = Desk(tmp_path, Destination("门户", request.param, values))
    yield desk
    desk.target.close()


@contextmanager
def cutting(port: int, after: int) -> Iterator[int]:
    """Leads to a port of this machine and cuts every connection after so many bytes to the server; yields its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def pass_on(one: socket.socket, other: socket.socket, most: int) -> None:
        with suppress(OSError):
            while most > 0 and (data := one.recv(min(65536, most))):
                other.sendall(data)
                most -= len(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def lead(client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            back = threading.Thread(target=pass_on, args=(server, client, 1 << 40), daemon=True)
            back.start()
            pass_on(client, server, after)
            back.join()

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=lead, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def public(desk: Desk) -> dict[str, object]:
    return dict(sum_site((desk.folder / "www/current").resolve()))


def publish_through(desk: Desk, destination: Destination, files: Mapping[str, bytes]) -> None:
    """Publishes by another way to the same folder."""
    direct = desk.target
    desk.target = open_target(destination, desk.portal.content)
    try:
        desk.publish(files)
    finally:
        through, desk.target = desk.target, direct
        with suppress(UserError):
            through.close()


@pytest.mark.parametrize(("way", "after"), [("sftp", 3_000), ("sftp", 60_000), ("rsync", 60_000)])
def test_a_connection_that_is_cut_is_one_sentence_and_what_is_public_stays(
    way: str, after: int, tmp_path: Path, server: SshServer, caplog: pytest.LogCaptureFixture
) -> None:
    values = {"方式": way, **server.values, "目录": str(tmp_path / "www"), "保留": "2"}
    desk = Desk(tmp_path, Destination("门户", way, values))
    for number in range(2):
        desk.publish({**FILES, "index.html": str(number).encode()})
    before = public(desk)
    large = {**NEXT, "data/large.csv": os.urandom(200_000)}
    with cutting(server.port, after) as port:
        known = tmp_path / "known_hosts"
        known.write_text((server.folder / "known_hosts").read_text("utf-8").replace(f":{server.port} ", f":{port} "))
        through = Destination("门户", way, {**values, "端口": str(port), "已知主机": str(known)})
        with pytest.raises(UserError, match=r"127\.0\.0\.1") as said:
            publish_through(desk, through, large)
    assert "what is public was not touched" in said.value.message.en and public(desk) == before
    assert not caplog.records, "lines that mean nothing to an operator"
    desk.publish(large)
    assert public(desk)["data/large.csv"] == sum_site(desk.site)["data/large.csv"]
    desk.target.close()


@pytest.mark.parametrize("desk", ["目录", "sftp", "rsync"], indirect=True)
def test_a_read_only_target_is_one_sentence_and_what_is_public_stays(desk: Desk) -> None:
    place = desk.folder / "www"
    with small_disk(place, "1m"):
        for number in range(2):
            desk.publish({**FILES, "index.html": str(number).encode()})
        before = public(desk)
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        with pytest.raises((UserError, OSError), match=r"cannot do it \((?:/|rsync)|read-only; what is public"):
            desk.publish(NEXT)
        assert public(desk) == before
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
        desk.publish(NEXT)
        assert public(desk)["index.html"] == sum_site(desk.site)["index.html"]
        desk.target.close()


@pytest.mark.parametrize("desk", ["目录", "sftp", "rsync"], indirect=True)
def test_a_full_disk_is_left_with_as_much_room_as_before(desk: Desk) -> None:
    place = desk.folder / "www"
    with small_disk(place, "256k"):
        desk.publish()
        before = public(desk)
        with pytest.raises(UserError, match="what is public was not touched"):
            desk.publish({**NEXT, "data/large.csv": os.urandom(400_000)})
        assert shutil.disk_usage(place).free > 100_000, "what could not be published fills the disk of the web server"
        assert public(desk) == before
        desk.publish(NEXT)
        desk.target.close()


@pytest.mark.parametrize("time", ["2026-01-30T08:00:00Z", "2026-02-01T08:00:00Z"])
def test_a_clock_that_is_a_day_wrong_changes_neither_the_order_nor_what_is_kept(desk: Desk, time: str) -> None:
    first = desk.publish()
    lay(desk.site, NEXT)
    wrong = carry_out(desk.prepare(), time, "示例", "", (), lambda _: None)[0]
    last = desk.publish({**NEXT, "index.html": b"3"})
    assert [first.release, wrong.release, last.release] == sorted([first.release, wrong.release, last.release])
    assert desk.target.releases() == [wrong.release, last.release] and desk.target.served() == last.release


def test_strange_things_among_the_releases_are_named_and_not_touched(desk: Desk) -> None:
    desk.publish()
    releases = desk.folder / "www/releases"
    (releases / "000009-backup").mkdir()
    (releases / "notes.txt").write_bytes(b"1")
    (releases / "link").symlink_to("/etc")
    assert sorted(desk.target.strangers(desk.ledger)) == [
        f"releases/{name}" for name in ("000009-backup", "link", "notes.txt")
    ]
    for number in range(3):
        desk.publish({**FILES, "index.html": str(number).encode()})
    assert (releases / "notes.txt").exists() and (releases / "link").is_symlink() and Path("/etc/passwd").exists()


def test_a_ledger_cut_in_the_middle_of_a_line_or_of_another_section_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.publish()
    ledger = desk.folder / "www/current/ledger.jsonl"
    whole = ledger.read_bytes()
    ledger.unlink()
    ledger.write_bytes(whole[: len(whole) // 2])
    assert [item.gate for item in desk.prepare(NEXT).refusals] == ["chain"]
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other")
    other.publish({**FILES, "other.txt": b"1"})
    shutil.copyfile(tmp_path / "other/www/current/ledger.jsonl", ledger)
    assert "chain" in [item.gate for item in desk.prepare(NEXT).refusals]


@pytest.mark.parametrize("desk", ["目录", "sftp", "rsync"], indirect=True)
def test_a_pointer_that_leads_elsewhere_or_nowhere_is_named_and_a_way_out_is_there(desk: Desk) -> None:
    desk.publish()
    www = desk.folder / "www"
    current, right = www / "current", os.readlink(www / "current")
    for pointer in ("releases/elsewhere", str(www / right)):
        current.unlink()
        current.symlink_to(pointer)
        with pytest.raises(UserError, match=r"current leads to “.*”, which is no release"):
            desk.prepare(NEXT)
    current.unlink()
    current.symlink_to(right)
    shutil.rmtree(www / right)
    assert [item.gate for item in desk.prepare().refusals] == ["chain"]
    desk.publish(NEXT, [Override("chain", "示例")])
    assert public(desk)["index.html"] == sum_site(desk.site)["index.html"]
