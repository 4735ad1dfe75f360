"""`nianbao import`, from the command line to the content folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from generator.importer.run import Importer, ImportRequest
from tests.example import write_content
from tests.importer.samples import dump_text, figures, flat_text, page


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {})


def run(*arguments: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), ["import", *map(str, arguments)])


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(p): (p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_page_becomes_a_draft_that_checks_clean(tmp_path: Path, content: Path) -> None:
    source = put(tmp_path, "a.html", page(2021, figures(2021)))
    done = run(source, "--content", content)
    assert done.exit_code == 0, done.output
    assert "200  0  0  0  0  已写入" in done.output and "机关 shili" in done.output
    text = (content / "2021/shili/tables.yaml").read_text("utf-8")
    assert "  本年新收: [3, 0, 0, 0, 0, 0, 3]\n" in text and "待核：" not in text.split("\n", 2)[2]
    assert "## 一、总体情况\n\n示例正文，无实义。" in (content / "2021/shili/report.md").read_text("utf-8")


def test_importing_again_changes_nothing(tmp_path: Path, content: Path) -> None:
    source = put(tmp_path, "a.txt", dump_text(2020, figures(2020)))
    assert run(source, "--content", content).exit_code == 0
    before = snapshot(content)
    again = run(source, "--content", content)
    assert again.exit_code == 0 and "未变" in again.output and snapshot(content) == before


def test_what_a_clerk_has_typed_is_never_overwritten_but_with_replace_and_a_backup(
    tmp_path: Path, content: Path
) -> None:
    source = put(tmp_path, "a.txt", dump_text(2020, figures(2020)))
    run(source, "--content", content)
    tables = content / "2020/shili/tables.yaml"
    tables.write_text(tables.read_text("utf-8").replace("[3, 0", "[4, 0"), encoding="utf-8")
    put(tables.parent, "示例图.png", "not read")
    typed = snapshot(content)
    refused = run(source, "--content", content)
    assert refused.exit_code == 1 and "IMP-EXISTS" in refused.output and snapshot(content) == typed
    replaced = run(source, "--content", content, "--replace")
    assert replaced.exit_code == 0 and "已替换" in replaced.output
    assert "[3, 0" in tables.read_text("utf-8") and (tables.parent / "示例图.png").exists()
    assert "[4, 0" in (content / "2020/.backup/shili-1/tables.yaml").read_text("utf-8")


def test_inferred_cells_are_marked_and_listed(tmp_path: Path, content: Path) -> None:
    said = figures(2021, t2_行政规范性文件=[69, 3, 665])
    done = run(put(tmp_path, "a.txt", flat_text(2021, said)), "--content", content, "--json")
    record = json.loads(done.stdout)
    (file,) = record["files"]
    assert record["schema"] == "nianbao.import/1" and file["status"] == "new"
    assert file["figures"] == {"certain": 176, "inferred": 21, "undecided": 3, "missing": 0}
    undecided = [item for item in file["uncertain"] if item["certainty"] == "undecided"]
    assert [(item["cell"], item["text"], item["raw"]) for item in undecided] == [
        (f"表二.行政规范性文件.{column}", None, "693665") for column in ("本年制发件数", "本年废止件数", "现行有效件数")
    ]
    cells = file["cells"]
    assert cells["read"] == cells["labels"] + cells["mapped"] + cells["ignored"] + cells["kept"]
    text = (content / "2021/shili/tables.yaml").read_text("utf-8")
    assert "  行政规范性文件: [~, ~, ~]  # 待核：原文“693665”，原文连写，有多种切分法\n" in text
    assert "  本年新收: [3, 0, 0, 0, 0, 0, 3]  # 待核：原文“3000003”，原文连写，只有一种切分法\n" in text
    assert done.exit_code == 0 and "\n状态: 草稿  # 写完、核对无误后删去这一行\n" in text


def test_a_folder_with_one_bad_file_does_the_rest(tmp_path: Path, content: Path) -> None:
    folder = tmp_path / "收到"
    folder.mkdir()
    put(folder, "a.html", page(2021, figures(2021)))
    put(folder, "b.txt", "与报告无关的文字。")
    (folder / "c.pdf").write_bytes(b"%PDF-1.7 broken")
    put(folder, "~$d.docx", "lock file")
    done = run(folder, "--content", content)
    assert done.exit_code == 1 and done.output.count("IMP-REFUSED") == 2 and "~$" not in done.output
    assert (content / "2021/shili/tables.yaml").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["nowhere.txt"], "找不到"), ([".", "--organ", "../x"], "只能用小写字母"), ([".", "--year", "20"], "20")],
)
def test_wrong_usage_is_a_sentence_and_exit_2(content: Path, arguments: list[str], said: str) -> None:
    done = run(*arguments, "--content", content)
    assert done.exit_code == 2 and said in done.output and "Traceback" not in done.output


def test_too_large_a_file_is_refused_with_the_way_out(tmp_path: Path, content: Path) -> None:
    big = tmp_path / "a.txt"
    big.write_bytes(b"x" * 1_500_000)
    done = run(big, "--content", content, "--max-mb", "1")
    assert done.exit_code == 1 and "--max-mb" in done.output


def test_links_are_not_followed_in_or_out(tmp_path: Path, content: Path) -> None:
    source = put(tmp_path, "a.html", page(2021, figures(2021)))
    (tmp_path / "link.html").symlink_to(source)
    assert "符号链接" in run(tmp_path / "link.html", "--content", content).output
    (content / "2021").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (content / "2021/shili").symlink_to(tmp_path / "elsewhere")
    assert "符号链接" in run(source, "--content", content).output and not any((tmp_path / "elsewhere").iterdir())


def test_nothing_is_written_unless_agreed_to(tmp_path: Path, content: Path) -> None:
    source = put(tmp_path, "a.html", page(2021, figures(2021)))
    result = Importer(ImportRequest(content), lambda path, draft, placing: False).run(source)
    assert result.status == "declined" and not (content / "2021").exists()
