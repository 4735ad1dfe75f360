"""rsync and sftp on a real OpenSSH server on loopback: the same promises as for a folder."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import asyncssh
import pytest

from generator.collection.destinations import Destination
from generator.finding import UserError
from generator.ledger.chain import Entry
from generator.ledger.sums import LEDGER
from generator.ledger.verify import verify
from generator.targets.pointer import NOT_FLUSHED, NOT_ONE_STEP, PointerTarget
from generator.targets.publication import carry_out, roll_back
from generator.targets.sftp_session import SftpSession
from generator.targets.ssh import account_of
from generator.targets.ways import open_target
from tests.targets import ssh_server
from tests.targets.samples import FILES, NEXT, TIME, Desk, lay, small_disk
from tests.targets.ssh_server import SshServer, running

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with running(tmp_path_factory.mktemp("sshd")) as found:
        yield found


@pytest.fixture(params=["sftp", "rsync"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, server: SshServer) -> Iterator[Desk]:
    if request.param == "rsync" and shutil.which("rsync") is None:
        pytest.skip("no rsync on this machine (tests/system.sh installs it)")
    values = {"方式": request.param, **server.values, "目录": str(tmp_path / "www")}
    desk = Desk(tmp_path, Destination("门户", request.param, values))
    yield desk
    desk.target.close()


def public(desk: Desk, path: str) -> bytes:
    return (desk.folder / "www/current" / path).read_bytes()


def test_a_release_goes_out_changed_files_only_and_comes_back(desk: Desk) -> None:
    first = desk.publish()
    assert public(desk, "index.html") == FILES["index.html"] and desk.ledger.entries == (first,)
    second = desk.publish({**NEXT, "2021/示例 图'1'.png": b"1"})
    assert public(desk, "2021/示例 图'1'.png") == b"1" and public(desk, "assets/style.0a0a0a0a.css") == b"p{}"
    releases = desk.folder / "www/releases"
    kept = [releases / entry.release / "index.html" for entry in (first, second)]
    assert kept[0].stat().st_ino == kept[1].stat().st_ino, "a file that stays is not brought over again"
    assert desk.target.releases() == [first.release, second.release] and desk.target.strangers(desk.ledger) == []
    sums = {path: item for path in desk.target.paths() if (item := desk.target.sums(path))}
    assert verify(desk.target.read, lambda _: sums).differences == ()
    roll_back(desk.target, desk.folder / "w.jsonl", "", TIME, "示例", "")
    assert public(desk, "2021/shili/index.html") == FILES["2021/shili/index.html"]
    assert public(desk, "assets/style.0b0b0b0b.css") == b"p{color:red}"


def test_a_ledger_that_the_server_has_as_it_is_known_is_not_sent(desk: Desk) -> None:
    desk.publish()
    data = public(desk, LEDGER)
    assert desk.target.read(LEDGER, data) is data and desk.target.read(LEDGER, data[1:]) == data


def test_what_is_published_beside_the_section_is_replaced_or_goes(desk: Desk) -> None:
    """A link in its place as well; a release that shares a file keeps it."""
    desk.publish()
    assert isinstance(desk.target, PointerTarget)
    disk, draft = desk.target._disk, desk.folder / "www/releases/x"
    lay(draft, {"SM3SUMS": b"1", "ledger.jsonl.sig": b"1"})
    (draft / LEDGER).hardlink_to(draft.parent / desk.target.served() / LEDGER)
    (draft / "SHA256SUMS").symlink_to("/dev/full")
    before = public(desk, LEDGER)
    disk.write_all("releases/x", {LEDGER: before + b"1", "SHA256SUMS": b"2"})
    assert {path.name: path.read_bytes() for path in draft.iterdir()} == {LEDGER: before + b"1", "SHA256SUMS": b"2"}
    assert public(desk, LEDGER) == before


def test_the_pointer_is_replaced_in_one_step(desk: Desk) -> None:
    """A reader who opens the page all the time never finds nothing. Plain SFTP cannot rename over a link."""
    desk.publish()
    page, missing, stop = desk.folder / "www/current/index.html", [0], threading.Event()

    def poll() -> None:
        while not stop.is_set():
            try:
                page.read_bytes()
            except FileNotFoundError:
                missing[0] += 1

    reader = threading.Thread(target=poll)
    reader.start()
    try:
        releases = desk.target.releases()
        assert isinstance(desk.target, PointerTarget)
        name = f"releases/{releases[0]}"
        assert all(desk.target._disk.switch("", name, name) for _ in range(10))
    finally:
        stop.set()
        reader.join()
    assert missing == [0]


@pytest.mark.parametrize("desk", ["sftp"], indirect=True)
def test_a_folder_that_may_not_be_written_to_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def deny(*_: object) -> None:
        raise asyncssh.SFTPPermissionDenied("Permission denied")

    monkeypatch.setattr(asyncssh.SFTPClient, "mkdir", deny)
    with pytest.raises(UserError, match=f"may not write to the folder “{desk.folder}” of 127.0.0.1"):
        desk.publish()


@pytest.mark.parametrize("age", [120, -86_400], ids=["old", "of tomorrow"])
def test_the_lock_of_a_publisher_who_died_does_not_stop_the_next_for_ever(
    desk: Desk, age: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.targets.rsync_disk._FUTURE_LOOKS", 2)
    desk.publish()
    lock = desk.folder / "www/.nianbao-lock.d"
    lock.mkdir()
    os.utime(lock, (time.time() - age, time.time() - age))
    desk.publish(NEXT)
    assert public(desk, "2021/shili/index.html") == NEXT["2021/shili/index.html"] and not lock.exists()


def test_files_are_on_the_servers_disk_before_they_are_public_and_the_pointer_afterwards(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish()
    www, log = desk.folder / "www", desk.folder / "log"
    told = f"echo ${{PWD##*/}} $(readlink {www}/current)"
    monkeypatch.setattr("generator.targets.server_tools._SYNC_EACH", f"{told} $(tr '\\0' ' ') >> {log}")
    for way in ("rsync", "sftp"):
        monkeypatch.setattr(f"generator.targets.{way}_disk.SYNC_FOLDER", f"{told} >> {log}")
    before = os.readlink(www / "current")
    desk.publish(NEXT)
    lines = [line.split() for line in log.read_text("utf-8").splitlines()]
    assert lines[0][0].startswith(".draft-") and lines[0][1] == before
    assert {path for path in NEXT if NEXT[path] != FILES.get(path)} | {"2021/shili", ".", LEDGER} <= {*lines[0][2:]}
    assert lines[1:] == [["www", os.readlink(www / "current")]] and os.readlink(www / "current") != before


def test_where_no_command_runs_each_new_file_is_flushed_or_it_is_said(
    server: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncssh

    flushed: list[int] = []

    async def fsync(_: object) -> None:
        flushed.append(1)
        if "unsupported" in modes:
            raise asyncssh.SFTPOpUnsupported("示例")

    modes: set[str] = set()
    monkeypatch.setattr(asyncssh.SFTPClientFile, "fsync", fsync)
    monkeypatch.setattr("generator.targets.sftp_session.SftpSession._command", lambda *_: None)
    desk = Desk(tmp_path, Destination("门户", "sftp", {"方式": "sftp", **server.values, "目录": str(tmp_path / "www")}))
    with closing(desk.target):
        assert carry_out(desk.prepare(), TIME, "示例", "", (), lambda _: None)[1] == []
        assert len(flushed) == len(FILES) + 3  # with the lists of sums and the ledger
        modes.add("unsupported")
        assert carry_out(desk.prepare(NEXT), TIME, "示例", "", (), lambda _: None)[1] == [NOT_FLUSHED]


@pytest.mark.parametrize("command", ["tar -xof -", "false"])
def test_many_files_come_in_one_stream_or_one_by_one_where_that_fails(
    command: str, server: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.targets.sftp_disk._MANY", 1)
    monkeypatch.setattr("generator.targets.sftp_disk._UNPACK", command)
    files, sizes = {**FILES, f"附件/{'图' * 40} 'a'.png": bytes(1000)}, list[int]()
    site, total = lay(tmp_path / "site", files), 2 * sum(map(len, files.values()))
    releases = tmp_path / "www/releases"
    values = {"方式": "sftp", **server.values, "目录": str(tmp_path / "www")}
    target = open_target(Destination("门户", "sftp", values), tmp_path / "content")
    assert isinstance(target, PointerTarget)
    with closing(target):
        disk = target._disk
        disk.bring(site, "releases/a", list(files), sizes.append)
        disk.begin("releases/b")
        disk.link_all("releases/a", "releases/b", ["index.html", "2021/shili/index.html"])
        assert (releases / "b/index.html").samefile(releases / "a/index.html")
        assert sorted(os.listdir(releases / "b")) == ["2021", "index.html"]
        (site / "index.html").write_bytes(b"new")
        os.utime(site / "index.html", (1_700_000_000, 1_700_000_000))
        disk.bring(site, "releases/b", list(files), sizes.append)
    assert sum(sizes) == total + len(b"new") - len(FILES["index.html"])
    assert {path: (releases / "a" / path).read_bytes() for path in files} == files
    status = (releases / "b/index.html").stat()
    assert (releases / "b/index.html").read_bytes() == b"new" and status.st_mtime == 1_700_000_000
    assert status.st_mode & 0o777 == 0o644


def test_a_publisher_who_was_overtaken_publishes_nothing(desk: Desk) -> None:
    desk.publish()
    mine = desk.prepare(NEXT)
    carry_out(mine, TIME, "别人", "", (), lambda _: None)
    with pytest.raises(UserError, match="somebody else has just published"):
        carry_out(mine, TIME, "示例", "", (), lambda _: None)


def test_kept_files_whose_release_is_gone_are_an_error_and_not_a_copy_of_everything(desk: Desk) -> None:
    """`rsync --link-dest` to a folder that does not exist succeeds and copies everything."""
    first = desk.publish()
    prepared = desk.prepare(NEXT)
    shutil.rmtree(desk.folder / "www/releases" / first.release)
    with pytest.raises(UserError):
        carry_out(prepared, TIME, "示例", "", (), lambda _: None)


def test_a_folder_in_the_place_of_the_pointer_is_refused(desk: Desk) -> None:
    (desk.folder / "www/current").mkdir(parents=True)
    with pytest.raises(UserError, match="no symbolic link"):
        desk.publish()


def test_a_server_that_is_full_is_one_sentence_and_nothing_is_lost(desk: Desk) -> None:
    with small_disk(desk.folder / "www", "256k"):
        desk.publish()
        with pytest.raises(UserError, match="cannot do it"):
            desk.publish({**FILES, "data/large.csv": b"1" * 400_000})
        assert public(desk, "index.html") == FILES["index.html"]
        desk.publish(NEXT)
        assert public(desk, "2021/shili/index.html") == NEXT["2021/shili/index.html"]
        desk.target.close()


@pytest.mark.parametrize("way", ["sftp", "rsync"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda values, folder: values | {"已知主机": str(folder / "none")}, "ssh-keyscan -p"),
        (lambda values, folder: values | {"密钥文件": str(folder / "other")}, "refused the login"),
        (lambda values, folder: values | {"端口": "1"}, "no connection to 127.0.0.1"),
    ],
    ids=["unknown host key", "wrong key", "no server"],
)
def test_what_keeps_us_out_is_one_sentence_that_helps(
    way: str, change: Callable[[dict[str, str], Path], dict[str, str]], said: str, tmp_path: Path, server: SshServer
) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "other")], check=True)
    values = change({"方式": way, **server.values, "目录": str(tmp_path / "www")}, tmp_path)
    with (
        pytest.raises(UserError, match=said),
        closing(open_target(Destination("门户", way, values), tmp_path / "content")) as target,
    ):
        target.served()


def test_a_command_that_ends_before_its_input_was_sent_is_one_that_does_not_run() -> None:
    """Where SFTP alone is allowed, it is run instead of a command, and ends at once: a race."""

    class Connection:
        async def run(self, *_: object, **__: object) -> None:
            raise BrokenPipeError("Channel not open for sending")

    session, loop = object.__new__(SftpSession), asyncio.new_event_loop()
    vars(session).update(_loop=loop, _connection=Connection(), _account=None)
    with closing(loop):
        assert session._command(":", b"1") is None


def publish_once(folder: Path, values: Mapping[str, str]) -> Entry:
    desk = Desk(folder, Destination("门户", values["方式"], values))
    with closing(desk.target):
        return desk.publish()


@pytest.mark.parametrize("way", ["sftp", "rsync"])
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("locked", "it has a passphrase: run ssh-add"),
        ("no key", "it is no private key of ssh"),
        ("missing", "there is no such file"),
    ],
)
def test_a_key_that_is_of_no_use_is_named_with_the_reason(
    way: str, kind: str, said: str, tmp_path: Path, server: SshServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    key = tmp_path / "key"
    if kind == "locked":
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", str(key)], check=True)
    elif kind == "no key":
        key.write_text("示例\n", encoding="utf-8")
        key.chmod(0o600)
    values = {"方式": way, **server.values, "目录": str(tmp_path / "www"), "密钥文件": str(key)}
    with pytest.raises(UserError, match="is of no use") as told:
        publish_once(tmp_path, values)
    assert str(key) in told.value.message.en and said in told.value.message.en


def test_a_key_that_others_may_read_is_not_used_by_ssh_and_it_is_said(tmp_path: Path, server: SshServer) -> None:
    key = tmp_path / "key"
    key.write_bytes((server.folder / "key").read_bytes())
    key.chmod(0o644)
    values = {"方式": "rsync", **server.values, "目录": str(tmp_path / "www"), "密钥文件": str(key)}
    with pytest.raises(UserError, match="others may read it: chmod 600"):
        publish_once(tmp_path, values)


def test_a_key_with_a_passphrase_is_taken_from_the_agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, socket, ask = tmp_path / "locked", tmp_path / "agent", tmp_path / "ask"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", str(key)], check=True)
    ask.write_text("#!/bin/sh\necho secret\n", encoding="utf-8")
    ask.chmod(0o755)
    (tmp_path / "sshd").mkdir()
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL)
    try:
        with running(tmp_path / "sshd") as server:
            with (server.folder / "key.pub").open("a", encoding="utf-8") as keys:
                keys.write((tmp_path / "locked.pub").read_text("utf-8"))
            monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
            asking = os.environ | {"SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force"}
            while not socket.exists():
                assert agent.poll() is None
            subprocess.run(["ssh-add", "-q", str(key)], check=True, env=asking, stdin=subprocess.DEVNULL)
            for way in ("sftp", "rsync"):
                (tmp_path / way).mkdir()
                values = {"方式": way, **server.values, "目录": str(tmp_path / way / "www"), "密钥文件": str(key)}
                assert publish_once(tmp_path / way, values).number == 1
    finally:
        agent.terminate()
        agent.wait(10)


def test_rsync_to_a_server_that_runs_no_commands_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssh_server, "CONFIGURATION", f"{ssh_server.CONFIGURATION}ForceCommand internal-sftp\n")
    (tmp_path / "sshd").mkdir()
    with running(tmp_path / "sshd") as server:
        values = {"方式": "rsync", **server.values, "目录": str(tmp_path / "www")}
        with pytest.raises(UserError, match="SFTP only"):
            publish_once(tmp_path, values)


def test_a_server_without_the_extension_is_switched_in_two_steps_and_it_is_said(tmp_path: Path) -> None:
    program = "/usr/lib/openssh/sftp-server"
    if not Path(program).is_file():
        pytest.skip("no sftp-server program here")
    (tmp_path / "sshd").mkdir()
    with running(tmp_path / "sshd", f"{program} -P posix-rename,hardlink") as old:
        values = {"方式": "sftp", **old.values, "目录": str(tmp_path / "www")}
        desk = Desk(tmp_path, Destination("门户", "sftp", values))
        desk.publish()
        notes = carry_out(desk.prepare(NEXT), TIME, "示例", "", (), lambda _: None)[1]
        assert notes == [NOT_ONE_STEP] and public(desk, "index.html") == FILES["index.html"]
        desk.target.close()


def test_an_account_is_read_with_files_beside_the_content() -> None:
    account = account_of(
        Destination("门户", "sftp", {"主机": "a", "目录": "/srv/x/", "密钥文件": "key"}), Path("/base")
    )
    assert (account.port, account.folder, account.key, account.known_hosts) == (22, "/srv/x", Path("/base/key"), None)
    assert account.place == "a" and account._replace(user="b").place == "b@a"
