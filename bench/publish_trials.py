"""Publishes again and again while a reader polls every page through nginx, and kills publishers at random moments.

    python bench/publish_trials.py [--way 目录|rsync|sftp|s3] [--pages N] [--releases N] [--rollbacks N] [--kills N]

Every page of the 示例 site names its release in a meta tag and leads to a style sheet that names it too. What is
counted must be 0: answers other than 200, pages whose style sheet is of another release, trees that are neither old
nor new after a kill, publications after a kill that fail."""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.collection.destinations import Destination
from generator.collection.site_files import open_site
from generator.ledger.chain import read_ledger
from generator.ledger.sums import ADDED, LEDGER, SHA256SUMS, list_site, sha256_list, sum_pieces
from generator.targets.built import BuiltSection
from generator.targets.publication import carry_out, prepare, roll_back, witness_path
from generator.targets.target import Target
from generator.targets.ways import open_target
from tests.example import write_content
from tests.targets.samples import TIME, lay
from tests.targets.ssh_server import running

NGINX = """\
daemon off; worker_processes 2; pid {place}/pid; error_log {place}/errors; {user}
events {{}}
http {{
  access_log off;
  client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/fastcgi;
  uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;
  server {{ listen 127.0.0.1:{port}; location / {{ alias {root}/current/; }} }}
}}
"""


def site(pages: int, release: int) -> dict[str, bytes]:
    """A section whose pages and style sheet all name one release."""
    style = f"assets/style.{release:08x}.css"
    page = f'<meta name="release" content="{release}"><link href="{style}">'
    files = {f"page{number}.html": f"{page}{number}".encode() for number in range(pages)}
    return {**files, "index.html": page.encode(), style: f"release {release}".encode()}


class Publisher:
    """An office with one target, for as many publications as asked for."""

    def __init__(self, folder: Path, values: Mapping[str, str]) -> None:
        self.folder, self.destination = folder, Destination("门户", values["方式"], values)
        self.content = folder / "content"
        if not self.content.exists():
            write_content(self.content, {})
        self.portal = open_site(self.content)

    def target(self) -> Target:
        return open_target(self.destination, self.content)

    def publish(self, source: Path) -> None:
        target, scratch = self.target(), Path(tempfile.mkdtemp(dir=self.folder))
        try:
            publication = prepare(self.portal, BuiltSection(source), self.destination, target, (), False, scratch)
            carry_out(publication, TIME, "示例", "", (), lambda _: None)
        finally:
            target.close()
            shutil.rmtree(scratch)

    def roll_back(self) -> None:
        target = self.target()
        try:
            roll_back(target, witness_path(self.content, self.destination), "", TIME, "示例", "")
        finally:
            target.close()


class Reader(threading.Thread):
    """Asks for every page in turn, and for the style sheet it leads to."""

    def __init__(self, address: str, pages: int) -> None:
        super().__init__(daemon=True)
        self.address, self.pages, self.stopped = address, pages, False
        self.asked, self.faults = 0, list[str]()

    def run(self) -> None:
        while not self.stopped:
            for number in range(self.pages):
                self._look(f"page{number}.html")
                if self.stopped:
                    return

    def _look(self, path: str) -> None:
        page = self._get(path)
        found = re.search(rb'content="(\d+)"><link href="([^"]+)"', page)
        if found is None:
            self.faults.append(f"{path}: {page[:60]!r}")
        elif self._get(found[2].decode()) != b"release " + found[1]:
            self.faults.append(f"{path}: style sheet of another release")

    def _get(self, path: str) -> bytes:
        self.asked += 1
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as answer:
                data: bytes = answer.read()
                return data
        except urllib.error.HTTPError as error:
            error.close()
            self.faults.append(f"{path}: HTTP {error.code}")
            return b""


@contextmanager
def nginx(folder: Path, root: Path) -> Iterator[str]:
    """Serves `root`/current."""
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    assert program is not None, "no nginx on this machine"
    place, port = folder / "nginx", random.randrange(20000, 60000)
    place.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(place=place, port=port, root=root, user=user)
    (place / "nginx.conf").write_text(text, encoding="utf-8")
    command = [program, "-p", str(place), "-e", f"{place}/errors", "-c", f"{place}/nginx.conf"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            break
        except urllib.error.HTTPError as error:
            error.close()
            break
        except OSError:
            time.sleep(0.05)
    try:
        yield address
    finally:
        process.terminate()
        process.wait(20)


def poll(folder: Path, values: Mapping[str, str], pages: int, releases: int, rollbacks: int) -> Reader:
    """Publishes and goes back while the reader polls; returns the reader with what it found."""
    publisher, source = Publisher(folder, values), folder / "site"
    publisher.publish(lay_site(source, pages, 0))
    every = max(1, releases // max(1, rollbacks))
    with nginx(folder, Path(values["目录"])) as address:
        reader = Reader(address, pages)
        reader.start()
        for number in range(1, releases + 1):
            publisher.publish(lay_site(source, pages, number))
            if rollbacks and number % every == 0:
                publisher.roll_back()
        reader.stopped = True
        reader.join(60)
    return reader


def lay_site(source: Path, pages: int, release: int) -> Path:
    source.mkdir(exist_ok=True)
    return lay(source, site(pages, release))


def kill(folder: Path, values: Mapping[str, str], pages: int, kills: int) -> list[str]:
    """Kills so many publishers at random moments, rather late than early, each alive until then; returns what was wrong
    afterwards.

    After each kill what is public must be, to the byte, all of the release before or all of the new one with its
    ledger; a bucket may hold some pages of each, but whole, and with the style sheet that each leads to."""
    faults, publisher, source = list[str](), Publisher(folder, values), folder / "site"
    publisher.publish(lay_site(source, pages, 0))
    chance, number, killed, new = random.Random(2020), 1, 0, 0
    lately = deque([publish_and_kill(publisher, lay_site(source, pages, number), None).seconds], 5)
    while killed < kills and number < 3 * kills + 10:
        number, usual = number + 1, median(lately)
        before = public_files(publisher)
        end = publish_and_kill(publisher, lay_site(source, pages, number), chance.triangular(0, usual, usual))
        killed += end.killed
        after = public_files(publisher)
        new += end.killed and after != before
        faults += [f"{number}: the publisher failed by itself"] if end.failed else []
        look = mixed if values["方式"] == "s3" else torn
        faults += [f"kill {number}: {fault}" for fault in look(before, after, files_of(source))]
        began = time.perf_counter()
        try:
            publisher.publish(source)
        except Exception as error:
            faults.append(f"kill {number}: the next publication fails: {error}")
        lately.append(time.perf_counter() - began)
        faults += [f"kill {number}, next: {fault}" for fault in torn({}, public_files(publisher), files_of(source))]
    print(
        f"{values['方式']}: {killed} publishers were killed while they worked ({new} of them had published), "
        f"{number - 1 - killed} were done before",
        flush=True,
    )
    return faults if killed == kills else [*faults, f"only {killed} of {kills} publishers were killed"]


class End(NamedTuple):
    """How a publisher ended: after how many seconds, whether it was killed, or failed by itself."""

    seconds: float
    killed: bool
    failed: bool


def publish_and_kill(publisher: Publisher, source: Path, seconds: float | None) -> End:
    """Publishes in a process of its own that is killed after so many seconds, None: never. The system says what it died
    of: a kill that comes too late counts for nothing."""
    began = time.perf_counter()
    process = os.fork()
    if not process:
        status = 1
        try:
            publisher.publish(source)
            status = 0
        finally:
            os._exit(status)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return End(time.perf_counter() - began, killed, not killed and status != 0)


@contextmanager
def bucket() -> Iterator[dict[str, str]]:
    """A bucket on loopback, as site.yaml names it; credentials are put into the environment."""
    import boto3
    from moto.server import ThreadedMotoServer

    keys = {"AWS_ACCESS_KEY_ID": "trial", "AWS_SECRET_ACCESS_KEY": "trial"}
    before = {key: os.environ.get(key) for key in keys}
    os.environ.update(keys)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket="trial")
        yield {"方式": "s3", "端点": endpoint, "桶": "trial", "寻址": "路径"}
    finally:
        server.stop()
        for key, value in before.items():
            os.environ.pop(key) if value is None else os.environ.update({key: value})


def files_of(source: Path) -> dict[str, bytes]:
    return {path: (source / path).read_bytes() for path, _ in list_site(source)}


def public_files(publisher: Publisher) -> dict[str, bytes]:
    """What is public: every byte of it."""
    if publisher.destination.way != "s3":
        current = Path(publisher.destination.values["目录"]) / "current"
        return files_of(current.resolve())
    target = publisher.target()
    try:
        found = target.read_all(list(target.paths()))
        return {path: data for path, data in found.items() if data is not None}
    finally:
        target.close()


def torn(before: Mapping[str, bytes], after: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[str]:
    """Yields what is wrong with a tree that should be all of `before`, or all of a release of `new`: its files, the
    style sheets of the release before, and the ledger and lists of exactly these."""
    if after == before:
        return
    sums = {path: sum_pieces([data]) for path, data in after.items() if path not in ADDED}
    ledger = read_ledger(after.get(LEDGER, b""))
    if ledger.faults or ledger.files != sums or after.get(SHA256SUMS) != sha256_list(sums):
        yield "what is public is not what its own ledger says"
    if any(after.get(path) != data for path, data in new.items()):
        yield "the public tree is neither old nor new"
    if any(not path.startswith("assets/") for path in sums.keys() - new.keys()):
        yield "pages of another release are public"


def mixed(before: Mapping[str, bytes], after: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[str]:
    """Yields what is wrong with a bucket in which pages of the old and the new release may stand side by side."""
    for path, data in after.items():
        if path in before or path in new:
            whole = data in (before.get(path), new.get(path))
            if not whole and path not in ADDED:
                yield f"{path} is neither old nor new"
        if path.endswith(".html"):
            style = re.search(rb'href="([^"]+)"', data)
            if style is None or style[1].decode() not in after:
                yield f"{path} leads to a style sheet that is not there"
    for path in before.keys() | new.keys():
        if path.endswith(".html") and path not in after:
            yield f"{path} is gone"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--way", default="目录")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--releases", type=int, default=50)
    parser.add_argument("--rollbacks", type=int, default=10)
    parser.add_argument("--kills", type=int, default=200)
    asked = parser.parse_args()
    base = Path(tempfile.mkdtemp(prefix="nianbao-trials-"))
    base.chmod(0o755)
    tempfile.tempdir = str(base)  # what the killed leave there goes with it
    try:
        with ExitStack() as stack:
            login: Mapping[str, str] = {}
            if asked.way == "s3":
                login = stack.enter_context(bucket())
            elif asked.way != "目录":
                (base / "sshd").mkdir()
                login = stack.enter_context(running(base / "sshd")).values
            for name in ("poll", "kill"):
                (base / name).mkdir()
            values = {"方式": asked.way, **login, "目录": str(base / "poll/www"), "保留": "5"}
            if asked.releases and asked.way != "s3":
                reader = poll(base / "poll", values, asked.pages, asked.releases, asked.rollbacks)
                print(
                    f"{asked.way}: {reader.asked} answers, faults: {len(reader.faults)} {reader.faults[:3]}", flush=True
                )
            if asked.kills:
                faults = kill(base / "kill", values | {"目录": str(base / "kill/www")}, asked.pages, asked.kills)
                print(f"{asked.way}: {asked.kills} kills, faults: {len(faults)} {faults[:3]}", flush=True)
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
