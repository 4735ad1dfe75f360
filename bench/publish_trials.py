"""Publishes again and again while a reader polls every page through nginx, and kills publishers at random moments.

    python bench/publish_trials.py [--way 目录|rsync|sftp] [--pages 500] [--releases 50] [--rollbacks 10] [--kills 200]

Every page of the 示例 site names its release in a meta tag and leads to a style sheet that names it too. What is
counted must be 0: answers other than 200, pages whose style sheet is of another release, trees that are neither old
nor new after a kill, publications after a kill that fail."""

from __future__ import annotations

import argparse
import json
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
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.collection.destinations import Destination
from generator.collection.office import open_office
from generator.ledger.sums import ADDED, sum_site
from generator.ledger.verify import verify
from generator.targets.built import BuiltSection
from generator.targets.publication import carry_out, prepare, roll_back, witness_path
from generator.targets.target import Target
from generator.targets.ways import open_target
from tests.example import write_content
from tests.targets.samples import TIME, lay
from tests.targets.ssh_server import running

ROOT = Path(__file__).parent.parent
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
        self.office = open_office(self.content)

    def target(self) -> Target:
        return open_target(self.destination, self.content)

    def publish(self, source: Path) -> None:
        target, scratch = self.target(), Path(tempfile.mkdtemp(dir=self.folder))
        try:
            publication = prepare(self.office, BuiltSection(source), self.destination, target, (), False, scratch)
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
    """Kills publishers at random moments; returns what was wrong afterwards."""
    faults, publisher, source = list[str](), Publisher(folder, values), folder / "site"
    publisher.publish(lay_site(source, pages, 0))
    (folder / "values.json").write_text(json.dumps(values), encoding="utf-8")
    child = [sys.executable, __file__, "--child", str(folder)]
    began = time.perf_counter()
    subprocess.run([*child], cwd=ROOT, check=True)  # nothing to change: how long one takes
    longest, chance = time.perf_counter() - began + 1.5, random.Random(2020)
    for number in range(1, kills + 1):
        before = tree(values)
        lay_site(source, pages, number)
        process = subprocess.Popen(child, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, longest))
        process.send_signal(signal.SIGKILL)
        process.wait()
        after, new = tree(values), sum_site(source)
        if after != before and {path for path in new if after.get(path) != new[path]}:
            faults.append(f"kill {number}: the public tree is neither old nor new")
        try:
            publisher.publish(source)
        except Exception as error:
            faults.append(f"kill {number}: the next publication fails: {error}")
        if {path for path, item in new.items() if tree(values).get(path) != item}:
            faults.append(f"kill {number}: the next publication is not public")
    target = publisher.target()
    sums = {path: item for path in target.paths() if (item := target.sums(path)) is not None}
    faults += [item.message.en for item in verify(target.read, lambda _: sums).differences]
    target.close()
    return faults


def tree(values: Mapping[str, str]) -> dict[str, object]:
    """What is public: every file's sum."""
    current = Path(values["目录"]) / "current"
    return {path: item for path, item in sum_site(current.resolve()).items() if path not in ADDED}


def _child(folder: Path) -> None:
    values = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    Publisher(folder, values).publish(folder / "site")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--way", default="目录")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--releases", type=int, default=50)
    parser.add_argument("--rollbacks", type=int, default=10)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--child", type=Path)
    asked = parser.parse_args()
    if asked.child:
        _child(asked.child)
        return
    base = Path(tempfile.mkdtemp(prefix="nianbao-trials-"))
    base.chmod(0o755)
    try:
        with ExitStack() as stack:
            login = {}
            if asked.way != "目录":
                (base / "sshd").mkdir()
                login = stack.enter_context(running(base / "sshd")).values
            for name in ("poll", "kill"):
                (base / name).mkdir()
            values = {"方式": asked.way, **login, "目录": str(base / "poll/www"), "保留": "5"}
            if asked.releases:
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
