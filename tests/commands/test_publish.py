"""`publish`, `diff`, `releases`, `rollback` and `verify`, as they are typed, on a section that was really built."""

from __future__ import annotations

import json
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from generator.targets.local_disk import LocalDisk
from tests.example import prose, tables, write_content

DATED = "发布机构: 示例区人民政府\n发文日期: 2022-01-20"
CORRECTION = """\
更正:
  - {{日期: 2022-03-01, 位置: 表二.行政许可.本年处理决定数量, 原值: 0, 更正为: {new}, 原因: 示例漏计, 批准人: 示例}}
"""
PUBLISH = "发布:\n  本机: {方式: 目录, 目录: www}\n"


def dated(year: int, organ: str, **rows: object) -> str:
    return tables(year, organ, **rows).replace("发布机构: 示例区人民政府", DATED)  # type: ignore[arg-type]


class Office:
    """A folder with content, a built section and one target."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write()
        assert self.run("build").exit_code == 0

    def write(self, decisions: int = 0, told: bool = True) -> None:
        shutil.rmtree(self.folder / "content", ignore_errors=True)
        texts = {organ: dated(2021, organ, 表二_行政许可=[decisions]) for organ in ("shili", "jiaju")}
        if decisions and told:
            texts = {organ: text + CORRECTION.format(new=decisions) for organ, text in texts.items()}
        reports = {f"2021/{organ}": (text, prose(2021)) for organ, text in texts.items()}
        content = write_content(self.folder / "content", reports)
        with (content / "site.yaml").open("a", encoding="utf-8") as site:
            site.write(PUBLISH)

    def run(self, command: str, *arguments: str, lang: str = "zh") -> Result:
        options = ["--content", str(self.folder / "content")]
        if command in ("build", "publish", "diff"):
            options += ["--output", str(self.folder / "site")]
        return CliRunner().invoke(commands(lang), [command, *arguments, *options])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose first publication is done."""
    folder = tmp_path_factory.mktemp("office")
    office = Office(folder)
    assert office.run("publish", "--yes").exit_code == 0
    return folder


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Office:
    shutil.copytree(made, tmp_path / "office", symlinks=True)
    office = object.__new__(Office)
    office.folder = tmp_path / "office"
    office.run("build")  # the record of a build names its folder
    return office


def test_a_release_goes_out_and_comes_back(office: Office) -> None:
    office.write(decisions=5)
    assert "比内容旧" in office.run("diff").stderr
    assert office.run("build").exit_code == 0
    told = office.run("diff").stdout
    assert "2021 示例区甲局 表二.行政许可.本年处理决定数量 0 → 5" in told
    record = json.loads(office.run("diff", "--json").stdout)
    assert record["reports"][0]["figures"][0]["new"] == "5"
    assert office.run("diff", "--html", str(office.folder / "diff.html")).exit_code == 0

    published = office.run("publish", "--yes", "--author", "示例")
    assert published.exit_code == 0 and "账本第2行" in published.stdout and told in published.stdout
    page = office.folder / "www/current/2021/jiaju/report.json"
    assert '"text": "5"' in page.read_text("utf-8") or '"text":"5"' in page.read_text("utf-8")
    assert office.run("verify").exit_code == 0

    assert office.run("rollback", "--yes", "--reason", "示例原因").exit_code == 0
    assert office.run("verify").exit_code == 0 and '"text":"5"' not in page.read_text("utf-8").replace(" ", "")
    lines = office.run("releases").stdout.splitlines()
    assert len(lines) == 3 and "可恢复" in lines[1] and "恢复 正在公开" in lines[2] and "示例原因" in lines[2]


def test_a_published_figure_that_changes_is_corrected_openly(office: Office) -> None:
    office.write(decisions=5, told=False)
    office.run("build")
    refused = office.run("publish", "--yes")
    assert refused.exit_code == 1 and "[correction]" in refused.stdout and "0 → 5" in refused.stdout
    first = (office.folder / "www/current/2021/jiaju/index.html").read_bytes()
    office.write(decisions=5)
    office.run("build")
    assert office.run("publish", "--yes").exit_code == 0 and office.run("verify").exit_code == 0
    public = office.folder / "www/current/2021/jiaju"
    assert (public / "first-published.html").read_bytes() == first
    page = (public / "index.html").read_text("utf-8")
    assert 'href="../../2021/jiaju/first-published.html"' in page and "原为0，更正为5。原因：示例漏计" in page
    assert json.loads((public / "report.json").read_bytes())["corrections"][0]["approved_by"] == "示例"


@pytest.mark.parametrize("command", ["publish", "rollback"])
def test_an_interrupt_during_the_switch_waits_until_all_is_done(
    office: Office, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Between the switch and our own copy of the ledger, an interrupt would make the next publication be refused."""
    if command == "publish":
        office.write(decisions=5)
    else:
        office.run("publish", "--yes", "--again")
    office.run("build")
    switch = LocalDisk.switch

    def interrupted(*arguments: Any) -> bool:
        signal.raise_signal(signal.SIGINT)
        switched = switch(*arguments)
        signal.raise_signal(signal.SIGTERM)
        return switched

    monkeypatch.setattr(LocalDisk, "switch", interrupted)
    done = office.run(command, "--yes")
    monkeypatch.undo()
    assert done.exit_code == 0 and "中断来晚了" in done.stderr and "账本第" in done.stdout
    assert office.run("verify").exit_code == 0
    office.write(decisions=5)
    office.run("build")
    assert "[chain]" not in office.run("publish", "--yes").stdout


def test_an_interrupt_before_the_switch_leaves_what_is_public(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.write(decisions=5)
    office.run("build")
    public = office.run("releases").stdout

    def interrupted(*_: Any) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(LocalDisk, "write_all", interrupted)
    assert office.run("publish", "--yes").exit_code == 130 and office.run("releases").stdout == public


def test_nothing_to_publish_is_said_and_a_dry_run_moves_nothing(office: Office) -> None:
    assert "没有要发布的改动" in office.run("publish", "--yes").stdout
    office.write(decisions=5)
    office.run("build")
    assert "什么也没有动" in office.run("publish", "--dry-run").stdout
    assert len(office.run("releases").stdout.splitlines()) == 1


def test_a_refusal_names_itself_and_is_set_aside_only_with_a_reason(office: Office) -> None:
    site = office.folder / "content/site.yaml"
    site.write_text(site.read_text("utf-8").replace("示例ICP备00000000号", "~"), encoding="utf-8")
    office.run("build")
    refused = office.run("publish", "--yes")
    assert refused.exit_code == 1 and "拒绝 [identifiers] site.yaml 里未填：ICP备案号" in refused.stdout
    assert "--allow identifiers --reason" in refused.stdout
    assert office.run("publish", "--yes", "--allow", "identifiers").exit_code == 2
    assert office.run("publish", "--yes", "--allow", "everything", "--reason", "x").exit_code == 2
    assert office.run("publish", "--yes", "--allow", "identifiers", "--reason", "示例：号还没有批").exit_code == 0
    last = (office.folder / "www/current/ledger.jsonl").read_text("utf-8").splitlines()[-1]
    assert json.loads(last)["overrides"] == [{"gate": "identifiers", "reason": "示例：号还没有批"}]


def test_errors_and_a_build_older_than_the_content_are_refused(office: Office) -> None:
    report = office.folder / "content/2021/jiaju/tables.yaml"
    report.write_text(report.read_text("utf-8").replace("  行政许可: [0]", "  行政许可: [甲]"), encoding="utf-8")
    office.run("build")
    refused = office.run("publish", "--yes", lang="en")
    assert refused.exit_code == 1 and "refused [errors]" in refused.stdout and "refused [stale]" in refused.stdout
    half = office.run("publish", "--yes", "--allow", "errors", "--reason", "示例")
    assert half.exit_code == 1 and "--allow errors --allow stale" in half.stdout  # as it has to be typed
    assert office.run("publish", "--yes", "--allow", "errors", "--allow", "stale", "--reason", "示例").exit_code == 0
    last = (office.folder / "www/current/ledger.jsonl").read_text("utf-8").splitlines()[-1]
    assert [item["gate"] for item in json.loads(last)["overrides"]] == ["errors", "stale"]


def test_tampering_is_exit_code_3_and_named(office: Office) -> None:
    page = office.folder / "www/current/2021/index.html"
    page.write_bytes(page.read_bytes().replace("示例".encode(), "实例".encode(), 1))
    differs = office.run("verify")
    assert differs.exit_code == 3 and "“2021/index.html”被改动：大小未变，内容不同" in differs.stdout
    found = json.loads(office.run("verify", "本机", "--json").stdout)
    assert (found["same"], found["differences"][0]["kind"]) == (False, "changed")
    assert office.run("verify", str(office.folder / "www/current")).exit_code == 3


def test_a_ledger_that_was_replaced_is_refused_and_everything_is_brought_over_when_allowed(office: Office) -> None:
    ledger = office.folder / "www/current/ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"number":1', b'"number":7'))
    page = office.folder / "www/current/index.html"
    page.unlink()
    page.write_bytes(b"harm")
    refused = office.run("publish", "--yes")
    assert refused.exit_code == 1 and "[chain]" in refused.stdout
    assert office.run("publish", "--yes", "--allow", "chain", "--reason", "示例").exit_code == 0
    assert office.run("verify").exit_code == 0 and page.read_bytes() != b"harm"


def test_two_publishers_at_once_are_told(office: Office) -> None:
    from generator.collection.file_lock import try_lock

    with open(office.folder / "发布记录/.本机.lock", "ab") as held:
        assert try_lock(held)
        told = office.run("publish", "--yes", lang="en")
    assert told.exit_code == 2 and "another nianbao is publishing" in told.output


def test_a_section_that_is_being_built_is_not_published_and_one_that_is_being_published_not_built(
    office: Office,
) -> None:
    from generator.collection.file_lock import try_lock
    from generator.pipeline.read_lock import steady

    with open(office.folder / ".site.nianbao-lock", "ab") as held:
        assert try_lock(held)
        for command in ("publish", "diff"):
            told = office.run(command, lang="en")
            assert told.exit_code == 2 and "is being built: try again" in " ".join(told.output.split())
    office.write(decisions=5)
    with steady(office.folder / "site"), steady(office.folder / "site"):
        told = office.run("build", lang="en")
    assert told.exit_code == 2 and "building or publishing" in " ".join(told.output.split())
    assert office.run("build").exit_code == 0


def test_a_target_that_is_written_wrongly_or_not_at_all_is_one_sentence(office: Office) -> None:
    site = office.folder / "content/site.yaml"
    whole = site.read_text("utf-8")
    site.write_text(whole.replace("方式: 目录", "方式: 目录, 密码: 示例"), encoding="utf-8")
    told = office.run("releases", lang="en")
    assert told.exit_code == 2 and "looks like a password or key" in " ".join(told.output.split())
    site.write_text(whole.replace(PUBLISH, ""), encoding="utf-8")
    assert "site.yaml has no 发布" in office.run("verify", lang="en").output
    site.write_text(whole, encoding="utf-8")
    assert "--yes" in office.run("rollback").output


def test_a_read_only_target_is_one_sentence(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(30, "Read-only file system", "www/releases")

    monkeypatch.setattr("generator.targets.local_disk.LocalDisk.begin", refuse)
    office.write(decisions=5)
    office.run("build")
    told = office.run("publish", "--yes", lang="en")
    assert told.exit_code == 2 and "its disk is read-only" in " ".join(told.output.split())
    assert office.run("verify").exit_code == 0


@pytest.mark.parametrize(
    ("folder", "why"),
    [("/", "根目录"), (".", "空的"), ("content", "内容文件夹"), ("site", "build 生成"), ("../www", "“..”")],
)
def test_a_folder_that_holds_other_things_is_refused_before_anything_is_read(
    made: Path, tmp_path: Path, folder: str, why: str
) -> None:
    office = Office.__new__(Office)
    office.folder = tmp_path
    for name in ("content", "site"):
        shutil.copytree(made / name, tmp_path / name)
    site = tmp_path / "content/site.yaml"
    site.write_text(site.read_text("utf-8").replace("目录: www", f"目录: {folder}"), "utf-8")
    before = sorted(path for path in tmp_path.rglob("*"))
    for command in (("publish", "--yes", "--allow", "foreign", "--reason", "示例"), ("diff",)):
        result = office.run(*command)
        assert result.exit_code == 2 and "本机.目录" in result.output and why in result.output, result.output
    checked = office.run("check")
    assert checked.exit_code == (0 if folder == "site" else 1)  # only publishing knows where the section was built
    made_since = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")} - {
        path.relative_to(tmp_path) for path in before
    }
    assert not any(path.name in ("releases", "current", "发布记录") for path in made_since)


def test_a_target_that_is_empty_though_it_was_published_to_is_not_called_new(office: Office) -> None:
    (office.folder / "www").rename(office.folder / "elsewhere")
    assert "磁盘没有挂上" in office.run("releases").stdout
    refused = office.run("publish", "--yes")
    assert refused.exit_code == 1 and "[chain]" in refused.stdout and "磁盘没有挂上" in refused.stdout
