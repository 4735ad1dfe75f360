"""What the documents tell people to type is run; what they show is compared with what is.

`sh` blocks are run line by line in a copy of the project, `nginx` by nginx, `yaml` is read as content is. A line that
cannot be run stands in NOT_RUN with the reason, and a reason that excuses nothing is an error.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
import xml.etree.ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import yaml

from generator.__main__ import commands
from generator.collection.office import open_office
from generator.finding import Level
from generator.ledger import live
from generator.ledger.sums import SHA256SUMS
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from generator.printers.explain import documentation
from generator.report.entry import Files, ReportRef, read_entry
from generator.website import media_types
from generator.yaml_source.nodes import Pairs
from generator.yaml_source.reader import read
from tests.example import FORMS, prose, tables, write_content
from tests.test_house import PACKAGES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]

NOT_RUN = {
    "make site": "installs; the target is checked with make -n",
    "make sbom": "installs; tests/test_supply_chain.py looks at what it would run",
    "make audit": "needs the network; the same",
    "make test": "would run this test; the target is checked with make -n",
    "python -m generator preview": "serves until interrupted; test_preview runs it",
    ".venv/bin/python -m generator preview": "the same",
    "python3 -m pip download --require-hashes -r requirements.lock -d wheelhouse": (
        "downloads; make does the same installation in CI"
    ),
    "python3 -m venv .venv": "a step of make site",
    "python -m generator data --parquet nianbao.parquet": "takes a built section; tests/commands/test_data.py runs it",
    ".venv/bin/python -m pip install --no-index --find-links wheelhouse --require-hashes -r requirements.lock": (
        "needs the downloads above"
    ),
    ".venv/bin/mypy": "make test runs it",
    ".venv/bin/ruff check .": "make test runs it",
    ".venv/bin/python -m pytest -n auto tests/rules/test_plausibility.py": "pytest is running",
    "python -m tests.renew": "test_golden tries it; here it would hide a difference",
    "python -m generator import biaoge --yes": (
        "needs workbooks that somebody filled in; tests/drafts/test_new_year.py imports a folder of them"
    ),
    "git diff --stat tests/golden": "the copy is no repository",
    "python -m generator import 收到的文件夹": "there is no such folder here; test_import runs it",
    **{
        f"nianbao {command}": "needs a target in site.yaml; tests/commands/test_publish.py walks through it"
        for command in ("diff", "publish", "verify", "releases", "rollback")
    },
    "nianbao restore 下载的栏目": "needs a section that was downloaded; tests/commands/test_restore.py does it",
    "nianbao verify content/2020/boshan --page 存下的网页.html": (
        "needs a page saved from a portal; tests/targets/test_fragments.py runs it"
    ),
    "uv pip compile": "resolves from a package index",
    ".venv/bin/pybabel compile -D messages -d generator/locale": "test_command compares its result",
}


class Block(NamedTuple):
    document: str
    language: str
    text: str


def blocks(document: Path) -> Iterator[Block]:
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S):
        yield Block(document.name, found[1], found[2])


BLOCKS = [block for document in DOCUMENTS for block in blocks(document)]


def lines(synopsis: bool) -> list[tuple[str, str]]:
    """(document, command) of every shell line: as it is to be typed, or as an outline with [options]."""
    found = []
    for block in BLOCKS:
        for line in block.text.splitlines() if block.language == "sh" else ():
            command = line.split("  #")[0].strip()
            outline = re.search(r"\[--|[|]|\b(RULE|YEAR)\b|规则|年度", command) is not None
            if command and not command.startswith("#") and outline == synopsis:
                found.append((block.document, command))
    return found


def excused(command: str) -> str | None:
    return next(
        (known for known in NOT_RUN if command == known or (known.endswith("compile") and command.startswith(known))),
        None,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "project"
    away = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "site", "results")
    shutil.copytree(ROOT, folder, ignore=away)
    return folder


RUN = [line for line in lines(False) if not excused(line[1])]


@pytest.mark.parametrize(("document", "command"), RUN, ids=[f"{document}: {command}" for document, command in RUN])
def test_what_a_document_says_to_type_works(document: str, command: str, copy: Path) -> None:
    shutil.rmtree(copy / "content")
    shutil.copytree(
        ROOT / "content", copy / "content"
    )  # each command by itself: `new` begins a report that is not to be published
    words = command.split()
    assert words[0] in ("python", ".venv/bin/python", "python3", "nianbao"), (
        f"{command}: run it here, or excuse it in NOT_RUN"
    )
    start = [sys.executable, "-m", "generator"] if words[0] == "nianbao" else [sys.executable]
    result = subprocess.run([*start, *words[1:]], cwd=copy, capture_output=True, text=True, timeout=120, check=False)
    fine = (
        (0, 1) if command.endswith("--strict") else (0,)
    )  # the real content may have warnings that nobody has looked into
    assert result.returncode in fine and "Traceback" not in result.stderr, result.stdout[-500:] + result.stderr[-1500:]


def test_every_excuse_is_needed_and_gives_its_reason() -> None:
    used = {excused(command) for _, command in lines(False)}
    assert set(NOT_RUN) <= used and all(NOT_RUN.values())
    assert len(RUN) > 8


@pytest.mark.parametrize("target", ["site", "test", "quick", "preview", "check", "bench"])
def test_the_targets_of_make_that_are_named_exist(target: str) -> None:
    result = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0 and result.stdout, result.stderr


def options(path: list[str]) -> set[str]:
    command: click.Command = commands("en")
    for name in path:
        assert isinstance(command, click.Group) and name in command.commands, path
        command = command.commands[name]
    return {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    } - {"--help"}


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_the_outline_of_commands_is_complete_and_has_no_dead_option(document: str) -> None:
    told: dict[str, set[str]] = {}
    for name, command in [*lines(True), *lines(False)]:
        if name == document and command.startswith("python -m generator"):
            words = [word for word in command.split()[3:] if re.fullmatch("[a-z]+", word)]
            told.setdefault(" ".join(words), set()).update(re.findall(r"--[a-z-]+", command))
    group = commands("en")
    assert isinstance(group, click.Group)
    assert {path.split()[0] for path in told} == {
        name for name, command in group.commands.items() if not command.hidden
    }
    for path, named in told.items():
        assert named == options(path.split()), path
    form = next(p for p in group.commands["check"].params if p.name == "form")
    assert isinstance(form.type, click.Choice)
    assert f"[--format {'|'.join(form.type.choices)}]" in (ROOT / document).read_text("utf-8")


# ---------------------------------------------------------------- what the documents show


@pytest.mark.parametrize("text", [block.text for block in BLOCKS if block.language == "yaml"])
def test_content_shown_is_content(text: str) -> None:
    """Read as the tool reads it, and as any editor's YAML does."""
    node, found = read(text.encode(), "t.yaml")
    assert node is not None and found == [] and yaml.safe_load(text)


# What the operator's guide shows besides settings: an entry of organs.yaml, and addresses of its own example.
_SETTINGS = [
    block.text
    for block in BLOCKS
    if block.language == "yaml" and block.document == "operator.md" and not block.text.startswith("- ")
]


@pytest.mark.parametrize("text", _SETTINGS)
def test_settings_shown_in_the_operators_guide_are_taken(text: str, tmp_path: Path) -> None:
    """No error of shape at any key: `redirects` once was refused by a list of keys that did not know it."""
    content = write_content(tmp_path / "content")
    shown = read(text.encode(), "t.yaml")[0]
    assert isinstance(shown, Pairs)
    keys = {key.text for key, _ in shown.pairs}
    site = (content / "site.yaml").read_text("utf-8")
    kept = [part for part in re.split(r"(?m)^(?=\S)", site) if part.split(":")[0] not in keys]
    (content / "site.yaml").write_text("".join(kept) + text, "utf-8")
    office = open_office(content)
    assert [item.message.zh for item in office.findings if item.level is Level.ERROR] == []


def test_the_sample_of_a_report_in_the_clerks_guide_is_one() -> None:
    """Its rows, indicators and acceptance put into a report; its narrative bound to them."""
    guide = ROOT / "docs/填报员指南.md"
    shown = [block.text for block in blocks(guide) if block.language == "yaml"]
    (narrative,) = [block.text for block in blocks(guide) if block.text.startswith("本报告根据")]
    figures = (
        tables(2020, 表三_本年新收=[22, 0, 0, 0, 0, 0, 22], 表三_上年结转=[0, 0, 0, 0, 0, 0, "~"])
        + shown[1]
        + next(text for text in shown if text.startswith("接受:"))
    )
    first = narrative.split("## 一")[1].split("\n", 1)[1]
    text = prose(2020).replace("## 二、", f"{first}\n## 二、", 1)
    entry, found = read_entry(ReportRef(2020, "shili", "2020/shili"), Files(figures.encode(), text.encode()), FORMS)
    assert (
        entry is not None
        and [f.message.zh for f in found if f.rule.startswith(("KEY", "BIND", "MD", "IND", "ROW", "FIG"))] == []
    )
    assert '申请<span class="fig">22</span>件，举办培训<span class="fig">7</span>次' in entry.prose.sections[0].html
    assert len(entry.report.indicators) == 4 and len(entry.report.acceptances) == 1


def test_the_finding_shown_in_the_clerks_guide_is_what_check_prints() -> None:
    (shown,) = [block.text for block in BLOCKS if block.text.startswith("2021/shili/tables.yaml")]
    printed = (ROOT / "tests/golden/slips/expected/findings.txt").read_text("utf-8")
    assert all(line in printed for line in shown.splitlines())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_rules_and_files_named_in_a_document_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    for rule in re.findall(r"\b(?:SRC|FIG|KEY|ROW|STR|BIND|MD|A11Y|ACC|T[234])-[A-Z0-9]+(?:-[A-Z]+)*\b", text):
        assert documentation(rule) is not None, rule
    for path in re.findall(r"\]\(([^)#:]+)\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S)):
        assert (document.parent / path).exists(), path
    for path in re.findall(r"`((?:tests|generator|templates|docs|content)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path
    anchors = {re.sub(r"[^\w-]", "", heading).lower() for heading in re.findall(r"^## (.+)$", text, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_the_contributors_guide_lists_the_packages_in_their_order() -> None:
    guide = (ROOT / "docs/contributor.md").read_text("utf-8")
    assert re.findall(r"^\| \d+ \| `(\w+)` \|", guide, re.M) == PACKAGES


def test_the_lowest_python_named_is_the_lowest_that_works() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"].removeprefix(
        ">="
    )
    for document in ("README.md", "README.zh-CN.md", "docs/填报员指南.md"):
        assert f"Python {wanted}" in (ROOT / document).read_text("utf-8")


# ---------------------------------------------------------------- web servers


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("served") / "site"
    pipeline.run(Request(ROOT / "content", base_url="http://www.example.gov.cn/gongkai/nianbao/", jobs=1), output)
    output.parent.parent.chmod(0o755)
    for folder in output.parents:
        if folder.is_relative_to(output.parents[2]):
            folder.chmod(0o755)
    return output


@pytest.fixture(scope="module")
def nginx(section: Path) -> Iterator[str]:
    """The operator's guide's own configuration in a real nginx, with only port and folder replaced."""
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if program is None:
        pytest.skip("no nginx on this machine (tests/system.sh installs it)")
    (shown,) = [block.text for block in BLOCKS if block.language == "nginx"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "listen 80;" in shown and "/srv/nianbao/site/" in shown
    # both keep serving files of the release before after a switch
    assert "open_file_cache" not in shown and "$realpath_root" not in shown
    shown = shown.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/nianbao/site/", f"{section}/")
    place = section.parent / "nginx"
    place.mkdir()
    temporary = "".join(
        f"{kind}_temp_path {place}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"daemon off; pid {place}/pid; error_log {place}/errors; events {{}}\n"
    configuration = f"{head}http {{ access_log off;\n{temporary}{shown}}}\n"
    if os.geteuid() == 0:
        configuration = "user root;\n" + configuration
    (place / "nginx.conf").write_text(configuration, encoding="utf-8")
    process = subprocess.Popen(
        [program, "-p", str(place), "-e", f"{place}/errors", "-c", str(place / "nginx.conf")], stderr=subprocess.PIPE
    )
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/gongkai/nianbao/"
    process.terminate()
    process.communicate(timeout=20)


def get(url: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_the_nginx_configuration_serves_the_section_as_told(nginx: str, section: Path) -> None:
    status, headers, body = get(nginx)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8") and body == (
        section / "index.html"
    ).read_bytes()
    assert headers["Cache-Control"] == "no-cache" and headers["X-Content-Type-Options"] == "nosniff"
    assert get(nginx + "2020/boshan/")[2] == (section / "2020/boshan/index.html").read_bytes()
    assert get(nginx + "2020/boshan/tables.csv")[1]["Content-Type"].startswith("text/csv; charset=utf-8")
    assert get(nginx + "2020/boshan/report.json")[1]["Content-Type"].startswith("application/json")
    for asset in (section / "assets").iterdir():
        status, headers, _ = get(f"{nginx}assets/{asset.name}")
        assert status == 200 and headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("ending", [*media_types.ENDINGS, "zip"])
def test_the_nginx_configuration_serves_every_kind_of_file_as_verify_wants_it(
    nginx: str, section: Path, ending: str
) -> None:
    (section / f"example.{ending}").write_bytes(b"1")
    served = get(f"{nginx}example.{ending}")[1]["Content-Type"]
    assert live.fits(served, media_types.media_type(f"example.{ending}")), served


def test_the_nginx_configuration_answers_with_the_404_page_and_hides_dot_files(nginx: str, section: Path) -> None:
    for missing in ("nothing", "2020/nothing/", "assets/nothing.css"):
        status, _, body = get(nginx + missing)
        assert (status, body) == (404, (section / "404.html").read_bytes()), missing
    for hidden in (".htaccess", "2020/.hidden"):
        (section / hidden).write_text("示例", encoding="utf-8")
        assert get(nginx + hidden)[0] == 404


def test_the_iis_configuration_is_whole_and_speaks_of_the_same_things() -> None:
    """No IIS here: only that it is well-formed and names the page and the assets."""
    (shown,) = [block.text for block in BLOCKS if block.language == "xml"]
    tree = xml.etree.ElementTree.fromstring(shown.encode())
    assert tree.tag == "configuration"
    assert [error.get("path") for error in tree.iter("error")] == ["/gongkai/nianbao/404.html"]
    assert [place.get("path") for place in tree.iter("location")] == ["assets"]
    # what IIS 10 does not know by itself, or names without UTF-8; it answers 404 for files of an unknown kind
    served = {str(item.get("fileExtension")): str(item.get("mimeType")) for item in tree.iter("mimeMap")}
    assert served.pop(".") == media_types.media_type(SHA256SUMS)
    assert {"html", "json", "jsonl", "csv", "svg", "webp", "sig"} == {ending.removeprefix(".") for ending in served}
    assert all(kind == media_types.media_type(f"x{ending}") for ending, kind in served.items())
    removed = [str(item.get("fileExtension")) for item in tree.iter("remove") if item.get("fileExtension")]
    assert removed == [*served, "."]
