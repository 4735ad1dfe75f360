"""What befalls a build from outside: full and read-only disks, a second build, kill −9, folders put wrongly.

Whatever happens, the old section stays whole, and what is said is one sentence, not a traceback.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline import journal
from generator.pipeline import run as pipeline
from generator.pipeline.output_folder import Stage
from generator.pipeline.request import Request
from tests.example import prose, write_content
from tests.pipeline.test_output_folder import publish
from tests.pipeline.test_run import made, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NIANBAO = [sys.executable, "-m", "generator", "--lang", "zh"]


def nianbao(*arguments: str | Path, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*before, *NIANBAO, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)


def refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit 2 with one sentence that holds the words."""
    assert result.returncode == 2, (result.returncode, result.stdout, result.stderr)
    said = [line for line in result.stderr.splitlines() if line.startswith(("出错", "Error"))]
    assert len(said) == 1 and all(word in said[0] for word in words), result.stderr
    assert "Traceback" not in result.stderr


def edited(content: Path, word: str) -> None:
    for narrative in content.glob("2*/*/report.md"):
        narrative.write_text(prose(int(narrative.parts[-3])).replace("示例引言", f"示例引言{word}"), encoding="utf-8")


# ---------------------------------------------------------------- killed


@pytest.mark.parametrize(
    ("way", "every"), [("files", 4), ("exchange", 11), ("plain", 11), ("first", 17), ("rollback", 7)]
)
def test_killed_before_single_changes_of_the_disk_a_section_is_old_or_new_after_the_next_command(
    way: str, every: int
) -> None:
    """`python -m tests.pipeline.crash WAY` kills before every change; here it is some of them."""
    command = [sys.executable, "-m", "tests.pipeline.crash", way, str(every)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["wrong"] == [] and told["kills"] > 8 and told["seen"][-1] == "new"
    # only files that are renamed one by one are seen between two releases, each of them whole
    between = {"files": {"between"}, "rollback": {"between"}}.get(way, set())
    assert set(told["seen"]) <= {"none" if way == "first" else "old", "new", "aside"} | between


def test_without_the_one_step_exchange_the_old_section_stands_aside_for_a_moment_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path / "site", a=b"1")
    rename = os.rename

    def stop(source: str | Path, target: str | Path) -> None:
        if Path(target) == tmp_path / "site":
            os.kill(os.getpid(), signal.SIGKILL)
        rename(source, target)

    monkeypatch.setattr(journal, "_renameat2", lambda first, second: False)
    monkeypatch.setattr(os, "rename", stop)
    child = os.fork()
    if child == 0:
        publish(tmp_path / "site", a=b"2")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    monkeypatch.undo()
    assert made(tmp_path / ".site.nianbao-old") == {"a": b"1"} and not (tmp_path / "site").exists()
    with Stage(tmp_path / "site"):
        assert made(tmp_path / "site") == {"a": b"1"}


def test_an_old_section_left_aside_comes_back_even_when_the_next_build_fails(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    run(content, tmp_path / "site")
    before = made(tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.nianbao-old")
    (content / "2021/jiaju/tables.yaml").write_text("坏了", encoding="utf-8")
    assert nianbao("build", "--content", content, "--output", tmp_path / "site").returncode == 1
    assert made(tmp_path / "site") == before


# ---------------------------------------------------------------- disks


def on_a_small_disk(folder: Path, script: str, megabytes: int = 3) -> subprocess.CompletedProcess[str]:
    """Run a shell script with a real small file system at `folder`/disk, private to it and gone with it."""
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    mounted = f"mount -t tmpfs -o size={megabytes}m none {disk}"
    if subprocess.run(["unshare", "-rm", "sh", "-c", mounted], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system of his own")
    command = ["unshare", "-rm", "sh", "-ec", f"{mounted}\n{script}"]
    environment = os.environ | {"NIANBAO": " ".join(NIANBAO), "DISK": str(disk), "OUT": str(folder)}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT, env=environment)


def test_a_full_disk_leaves_the_old_section_whole(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    longer = write_content(tmp_path / "longer")
    edited(longer, "很长" * 2000)
    result = on_a_small_disk(
        tmp_path,
        f"""
        $NIANBAO build --content {content} --output $DISK/site >/dev/null
        cp -a $DISK/site $OUT/before
        dd if=/dev/zero of=$DISK/rest bs=1k count=100000 2>/dev/null || true
        rm -f $DISK/rest2; truncate -s -20k $DISK/rest
        set +e
        $NIANBAO build --content {longer} --output $DISK/site; echo "exit $?"
        cp -a $DISK/site $OUT/after
        ls -A $DISK
    """,
    )
    assert "exit 2" in result.stdout and "磁盘已满" in result.stderr and "旧栏目未动" in result.stderr
    assert "Traceback" not in result.stderr
    assert made(tmp_path / "before") == made(tmp_path / "after") != {}
    assert ".site.nianbao-new" not in result.stdout, "the half-made one is cleared away, for want of room"


def test_a_read_only_disk_is_said_and_nothing_is_harmed(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    other = write_content(tmp_path / "other")
    edited(other, "改")
    result = on_a_small_disk(
        tmp_path,
        f"""
        $NIANBAO build --content {content} --output $DISK/site >/dev/null
        mount -o remount,ro $DISK
        set +e
        $NIANBAO build --content {other} --output $DISK/site; echo "exit $?"
        cp -a $DISK/site $OUT/after
    """,
    )
    assert "exit 2" in result.stdout and "只读" in result.stderr and "Traceback" not in result.stderr
    run(content, tmp_path / "expected")
    assert made(tmp_path / "after") == made(tmp_path / "expected")


def test_a_mount_point_cannot_be_replaced_and_that_is_said(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    result = on_a_small_disk(
        tmp_path,
        f"""
        set +e
        $NIANBAO build --content {content} --output $DISK; echo "exit $?"
        ls -A $DISK
    """,
    )
    assert result.stdout.split() == ["exit", "2"] and "挂载点" in result.stderr and "Traceback" not in result.stderr


def test_a_folder_one_may_not_write_to(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    shut = tmp_path / "shut"
    shut.mkdir()
    shut.chmod(0o555)
    refused(nianbao("build", "--content", content, "--output", shut / "site", before=mortal()), "没有权限", "shut")
    shut.chmod(0o755)
    assert list(shut.iterdir()) == []


def mortal() -> tuple[str, ...]:
    """For root: what makes him obey file permissions like anybody."""
    if os.geteuid() != 0:
        return ()
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("root ignores permissions and there is no setpriv")
    return (tool, "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")


def test_files_one_may_not_read(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    locked = content / "2021/jiaju/tables.yaml"
    locked.chmod(0)
    result = nianbao("check", "--content", content, "--format", "json", before=mortal())
    assert result.returncode == 1
    assert [f["file"] for f in json.loads(result.stdout)["findings"] if f["rule"] == "FILE-READ"] == [
        "2021/jiaju/tables.yaml"
    ]
    locked.chmod(0o644)
    (content / "site.yaml").chmod(0)
    refused(nianbao("check", "--content", content, before=mortal()), "没有权限", "site.yaml")
    (content / "site.yaml").chmod(0o644)
    (content / "2021").chmod(0)
    refused(nianbao("check", "--content", content, before=mortal()), "没有权限", "2021")
    (content / "2021").chmod(0o755)


@pytest.mark.parametrize("kind", ["folder", "pipe", "dead link"])
def test_what_is_no_plain_file_is_not_read(tmp_path: Path, kind: str) -> None:
    """A pipe would hang the build for ever if it were opened as a file is."""
    content = write_content(tmp_path / "content")
    narrative = content / "2021/jiaju/report.md"
    narrative.unlink()
    if kind == "folder":
        narrative.mkdir()
    elif kind == "pipe":
        os.mkfifo(narrative)
    else:
        narrative.symlink_to("nowhere")
    found = {
        f.rule for f in pipeline.run(Request(content, jobs=1), None).findings if f.place.file == "2021/jiaju/report.md"
    }
    assert ("FILE-LINK" if kind == "dead link" else "FILE-READ") in found


@pytest.mark.parametrize(
    "file", ["site.yaml", "organs.yaml", "lists", "lists/typos.yaml", "2021/shili", "2021/shili/a.png"]
)
@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_a_pipe_socket_or_device_in_the_content_is_named_and_nothing_waits(
    tmp_path: Path, file: str, kind: str
) -> None:
    content = write_content(tmp_path / "content")
    place = content / file
    place.parent.mkdir(exist_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    place.unlink(missing_ok=True)
    odd(place, kind)
    (content / "2020/shili/report.md").write_text(prose(2020) + "\n![图](a.png)\n", encoding="utf-8")
    if file in ("site.yaml", "organs.yaml"):
        with pytest.raises(UserError, match=file):
            pipeline.run(Request(content, jobs=1), None)
        return
    found = pipeline.run(Request(content, jobs=1), None).findings
    assert any(f.place.file == file or file in f.message.zh for f in found), [f.message.zh for f in found]


def odd(place: Path, kind: str) -> None:
    """Puts a pipe, a socket or a device there; a device needs root."""
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "device":
        try:
            os.mknod(place, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # /dev/zero never ends
        except PermissionError:
            pytest.skip("only root makes devices")
    else:
        with socket.socket(socket.AF_UNIX) as made_there:
            short = f"/proc/self/fd/{os.open(place.parent, os.O_PATH)}/{place.name}"  # an address has 107 bytes at most
            made_there.bind(short)


# ---------------------------------------------------------------- two at once


# Waits in the middle of a build until the file `go` is there.
_WAITING = """\
import os, sys, time
from generator.__main__ import main
from generator.pipeline import site_build
go, usual = sys.argv.pop(1), site_build.SiteBuild._draw_rest
def waits(*arguments):
    open(f"{go}.reached", "x").close()
    while not os.path.exists(go): time.sleep(0.01)
    return usual(*arguments)
site_build.SiteBuild._draw_rest = waits
main()
"""


def test_of_two_builds_at_once_one_wins_and_the_other_says_so(tmp_path: Path) -> None:
    content, go = write_content(tmp_path / "content"), tmp_path / "go"
    words = ["--lang", "zh", "build", "--content", str(content), "--output", str(tmp_path / "site")]
    first = subprocess.Popen([sys.executable, "-c", _WAITING, str(go), *words], stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        while not go.with_name("go.reached").exists() and first.poll() is None:
            time.sleep(0.01)
        refused(nianbao("build", "--content", content, "--output", tmp_path / "site"), "另一个 nianbao 正在生成")
    finally:
        go.touch()
        code = first.wait(60)
    run(content, tmp_path / "alone")
    assert code == 0 and made(tmp_path / "site") == made(tmp_path / "alone")


def test_a_lock_held_by_another_is_respected_and_one_left_behind_is_not(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    with open(tmp_path / ".site.nianbao-lock", "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(nianbao("build", "--content", content, "--output", tmp_path / "site"), "另一个 nianbao 正在生成")
        assert not (tmp_path / "site").exists() and not (tmp_path / ".site.nianbao-new").exists()
    assert nianbao("build", "--content", content, "--output", tmp_path / "site").returncode == 0


# ---------------------------------------------------------------- folders put wrongly


@pytest.mark.parametrize(
    ("content", "output"),
    [
        ("here", "here"),
        ("here", "here/site"),
        ("here", "here/2021/site"),
        ("out/here", "out"),
        ("here", "link"),
        ("here", "here/../here"),
    ],
)
def test_output_and_content_may_not_lie_one_in_the_other(tmp_path: Path, content: str, output: str) -> None:
    written = write_content(tmp_path / content)
    (tmp_path / "link").symlink_to(tmp_path / "here")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    refused(nianbao("build", "--content", written, "--output", tmp_path / output), "不能一个在另一个里面")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_content_inside_an_output_made_before_is_not_swept_away(tmp_path: Path) -> None:
    """The folder is nianbao's own, so nothing but this check stands between the content and its deletion."""
    run(write_content(tmp_path / "elsewhere"), tmp_path / "site")
    content = write_content(tmp_path / "site/content")
    with pytest.raises(UserError):
        run(content, tmp_path / "site")
    assert (content / "2021/shili/tables.yaml").is_file()


def test_an_output_that_is_a_file_or_lies_below_one(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    refused(nianbao("build", "--content", content, "--output", tmp_path / "file"), "不是 nianbao 生成的")
    refused(nianbao("build", "--content", content, "--output", tmp_path / "file/site"), "读写")
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_an_output_that_is_a_link_is_made_where_it_points(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    assert nianbao("build", "--content", content, "--output", tmp_path / "site").returncode == 0
    assert (tmp_path / "site").is_symlink() and (tmp_path / "real/index.html").is_file()


def test_what_others_laid_into_the_section_stays_and_what_builds_made_does_not(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    site = tmp_path / "site"
    run(content, site)
    mine = {
        "web.config": b"<configuration/>",
        ".htaccess": b"# mine",
        "2021/shili/scan.pdf": b"%PDF",
        "extra/deep/note.txt": b"note",
    }
    for name, data in mine.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    (site / "extra/link").symlink_to("deep")
    shutil.rmtree(content / "2020")
    run(content, site)
    edited(content, "再改")
    run(content, site)
    assert {name: (site / name).read_bytes() for name in mine} == mine
    assert os.readlink(site / "extra/link") == "deep"
    assert not (site / "2020").exists()


# ---------------------------------------------------------------- poorer file systems


def test_without_hard_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_content(tmp_path / "content")
    run(content, tmp_path / "site")
    run(content, tmp_path / "expected")

    def none(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    edited(content, "改")
    written = run(content, tmp_path / "site").written
    assert written is not None and written.unchanged > 5
    monkeypatch.undo()
    run(content, tmp_path / "expected")
    assert made(tmp_path / "site") == made(tmp_path / "expected")


def test_a_failing_exchange_brings_the_old_section_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_content(tmp_path / "content")
    run(content, tmp_path / "site")
    before = made(tmp_path / "site")
    edited(content, "改")
    rename = os.rename

    def half(source: str | Path, target: str | Path) -> None:
        if str(source).endswith("nianbao-new/site"):
            raise OSError(5, "Input/output error", str(target))
        rename(source, target)

    monkeypatch.setattr(journal, "_renameat2", lambda first, second: False)
    monkeypatch.setattr(os, "rename", half)
    with pytest.raises(OSError, match="Input/output"):
        run(content, tmp_path / "site")
    assert made(tmp_path / "site") == before


def test_a_name_with_a_line_break_does_not_confuse_the_record_of_the_last_build(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    (content / "2021/shili/两\n行.txt").write_text("说明", encoding="utf-8")
    long_ago = time.time() - 3600
    for path in content.rglob("*"):
        os.utime(path, (long_ago, long_ago))
    for _ in range(2):
        assert nianbao("build", "--content", content, "--output", tmp_path / "site").returncode == 0
    (content / "2021/shili/report.md").write_text(prose(2021).replace("示例引言", "示例引言新"), encoding="utf-8")
    nianbao("build", "--content", content, "--output", tmp_path / "site")
    assert "示例引言新" in (tmp_path / "site/2021/shili/index.html").read_text("utf-8")


@pytest.mark.parametrize("harm", [b"", b"x", b"a 1 1\n1 1 /x\n", b"\xff\xfe\n\n", None])
def test_a_damaged_record_of_the_last_build_only_means_building_anew(tmp_path: Path, harm: bytes | None) -> None:
    content = write_content(tmp_path / "content")
    site = tmp_path / "site"
    run(content, site)
    before = made(site)
    state = tmp_path / ".site.nianbao-record"
    state.write_bytes(state.read_bytes()[:-40] if harm is None else harm)
    result = nianbao("build", "--content", content, "--output", site)
    assert result.returncode == 0 and "Traceback" not in result.stderr and made(site) == before
