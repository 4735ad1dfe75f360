"""`nianbao import`, from the command line to the content folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from generator.importer.make_draft import Draft
from generator.importer.placing import Placing
from generator.importer.run import Importer, ImportRequest
from tests.example import prose, tables, write_content
from tests.importer.samples import dump_text, figures, flat_text, page

pytestmark = pytest.mark.slow


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


@pytest.mark.slow
def test_a_page_becomes_a_draft_that_checks_clean(tmp_path: Path, content: Path) -> None:
    source = put(tmp_path, "a.html", page(2021, figures(2021)))
    done = run(source, "--content", content)
    assert done.exit_code == 0, done.output
    assert "200  0  0  0  0  已写入" in done.output and "机关 shili" in done.output
    text = (content / "2021/shili/tables.yaml").read_text("utf-8")
    assert "  本年新收: [3, 0, 0, 0, 0, 0, 3]\n" in text and "待核：" not in text.split("\n", 2)[2]
    assert "## 一、总体情况\n\n示例正文，无实义。" in (content / "2021/shili/report.md").read_text("utf-8")


@pytest.mark.slow
def test_importing_again_changes_nothing(tmp_path: Path, content: Path) -> None:
    source = put(tmp_path, "a.txt", dump_text(2020, figures(2020)))
    assert run(source, "--content", content).exit_code == 0
    before = snapshot(content)
    again = run(source, "--content", content)
    assert again.exit_code == 0 and "未变" in again.output and snapshot(content) == before


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("touched", ["", "tables.yaml", "report.md", "示例图.png"])
def test_a_folder_as_new_wrote_it_is_filled_and_one_in_which_something_was_typed_is_not(
    tmp_path: Path, touched: str
) -> None:
    content = write_content(tmp_path / "content", {"2020/shili": (tables(2020), prose(2020))})
    made = CliRunner().invoke(commands("zh"), ["new", "2021", "--organ", "shili", "--content", str(content)])
    folder = content / "2021/shili"
    assert made.exit_code == 0 and "请核对" in (folder / "tables.yaml").read_text("utf-8"), made.output
    if touched:
        with open(folder / touched, "a", encoding="utf-8") as file:
            file.write("# 记一笔\n")
    done = run(put(tmp_path, "a.html", page(2021, figures(2021))), "--content", content)
    text = (folder / "tables.yaml").read_text("utf-8")
    if touched in ("tables.yaml", "report.md"):
        assert done.exit_code == 1 and "IMP-EXISTS" in done.output and "本年新收: [~" in text
        return
    assert done.exit_code == 0 and "已写入" in done.output, done.output
    assert "本年新收: [3, 0, 0, 0, 0, 0, 3]" in text and "状态: 草稿" not in text
    assert not (content / "2021/.backup").exists() and (not touched or (folder / touched).exists())


@pytest.mark.slow
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
    whole, many, one = "# 待核：整行（第1行文字第", "，原文连写，有多种切分法\n", "，原文连写，只有一种切分法\n"
    assert f"  行政规范性文件: [~, ~, ~]  {whole}144字起）：原文“693665”{many}" in text
    assert f"  本年新收: [3, 0, 0, 0, 0, 0, 3]  {whole}347字起）：原文“3000003”{one}" in text
    assert done.exit_code == 0 and "\n状态: 草稿  # 写完、核对无误后删去这一行\n" in text


@pytest.mark.slow
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


@pytest.mark.slow
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


# ---------------------------------------------------------------- absent parts, and two files for one report

NOTICE = "关于做好年度报告编制工作的通知\n\n一、编制要求\n\n请各单位认真编制，数据要准确。\n"
NARRATIVE = (
    "示例区2021年政府信息公开工作年度报告\n\n一、总体情况\n\n示例区收到申请3件，均已答复。\n\n"
    "二、主动公开政府信息情况\n\n三、收到和处理政府信息公开申请情况\n\n"
    "四、政府信息公开行政复议、行政诉讼情况\n\n五、存在的主要问题及改进情况\n\n示例问题若干，示例改进若干。\n\n"
    "六、其他需要报告的事项\n\n没有其他需要报告的事项。\n"
)


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--organ", "shili", "--year", "2021"]])
def test_a_file_that_is_no_report_writes_nothing_and_bars_nothing(
    tmp_path: Path, content: Path, options: list[str]
) -> None:
    notice = put(tmp_path, "通知.txt", NOTICE)
    report = put(tmp_path, "报告.txt", dump_text(2021, figures(2021)))
    done = run(notice, report, "--content", content, *options)
    assert done.exit_code == 1 and "不是年度报告" in done.output and "--year" not in done.output
    assert "200  0  0  0  0  已写入" in done.output and "已有，未动" not in done.output


@pytest.mark.slow
def test_a_narrative_alone_leaves_the_figures(tmp_path: Path, content: Path) -> None:
    run(put(tmp_path, "a.txt", dump_text(2021, figures(2021))), "--content", content)
    before = (content / "2021/shili/tables.yaml").read_bytes()
    done = run(put(tmp_path, "b.txt", NARRATIVE), "--content", content, "--replace")
    assert (
        "已替换" in done.output
        and "原有的不动：tables.yaml" in done.output
        and "原有内容的变动：正文换掉" in done.output
    )
    assert (content / "2021/shili/tables.yaml").read_bytes() == before
    assert "均已答复" in (content / "2021/shili/report.md").read_text("utf-8") and "各格留空" not in done.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("only", "kept", "new"), [("表", "report.md", "tables.yaml"), ("narrative", "tables.yaml", "report.md")]
)
def test_only_one_part_is_taken_where_that_is_asked_for(
    tmp_path: Path, content: Path, only: str, kept: str, new: str
) -> None:
    run(put(tmp_path, "a.txt", dump_text(2021, figures(2021))), "--content", content)
    folder = content / "2021/shili"
    before = {name: (folder / name).read_bytes() for name in (kept, new)}
    other = dump_text(2021, figures(2021, t2_规章=[1, 1, 1])).replace("示例正文", "另一正文")
    done = run(put(tmp_path, "b.txt", other), "--content", content, "--replace", "--only", only)
    assert "已替换" in done.output
    assert (folder / kept).read_bytes() == before[kept] and (folder / new).read_bytes() != before[new]


@pytest.mark.slow
def test_what_would_be_lost_is_said_before_the_question_and_in_the_refusal(tmp_path: Path, content: Path) -> None:
    run(put(tmp_path, "a.txt", dump_text(2021, figures(2021))), "--content", content)
    other = put(tmp_path, "b.txt", dump_text(2021, figures(2021, t2_规章=["", 1, 1])))
    assert "改变2个数；1个数变成空白" in run(other, "--content", content).output
    asked: list[str] = []

    def agree(path: Path, draft: Draft, placing: Placing) -> bool:
        asked.extend(item.zh for item in placing.lost)
        return False

    Importer(ImportRequest(content, replace=True), agree).run(other)
    assert asked == ["改变2个数", "1个数变成空白"]


@pytest.mark.slow
@pytest.mark.parametrize("fuller_first", [True, False])
def test_of_two_files_for_one_report_the_fuller_one_is_named_and_taken(
    tmp_path: Path, content: Path, fuller_first: bool
) -> None:
    whole = put(tmp_path, "全.txt", dump_text(2021, figures(2021)))
    blank = put(tmp_path, "缺.txt", dump_text(2021, figures(2021, t2_规章=["", "", ""], t2_行政许可=[""])))
    files = [whole, blank] if fuller_first else [blank, whole]
    done = run(*files, "--content", content)
    assert done.output.count("IMP-TWICE") == 1 and "全.txt" in done.output and "缺.txt" in done.output
    assert ("重复，未用" in done.output) is fuller_first and ("取这一份" in done.output) is not fuller_first
    assert "规章: [0, 0, 0]" in (content / "2021/shili/tables.yaml").read_text("utf-8")


@pytest.mark.slow
def test_where_two_files_for_one_report_contradict_each_other_is_said(tmp_path: Path, content: Path) -> None:
    said = dump_text(2021, figures(2021))
    first, same = (
        put(tmp_path, "甲.txt", said),
        put(tmp_path, "乙.txt", dump_text(2021, figures(2021, t2_规章=[0, 1, 1]))),
    )
    done = run(first, same, "--content", content)
    assert done.exit_code == 1 and "两份有2个数不同，请问清以哪一份为准" in done.output
    fuller = put(tmp_path, "丙.txt", said.replace("示例正文，无实义。", "示例正文，无实义。另有一句。"))
    (content / "2021/shili/tables.yaml").unlink()
    (content / "2021/shili/report.md").unlink()
    done = run(first, fuller, "--content", content)
    assert "取这一份；两份有正文不同，请问清以哪一份为准" in done.output and "个数不同" not in done.output


@pytest.mark.slow
@pytest.mark.parametrize("tables_first", [True, False])
def test_a_file_with_the_tables_and_one_with_the_narrative_make_one_report(
    tmp_path: Path, content: Path, tables_first: bool
) -> None:
    bare = dump_text(2021, figures(2021)).replace("示例正文，无实义。", "")
    bare = "\n".join(line for line in bare.split("\n") if "条例》编制" not in line)
    files = [put(tmp_path, "表.txt", bare), put(tmp_path, "正文.txt", NARRATIVE)]
    done = run(*(files if tables_first else files[::-1]), "--content", content)
    folder = content / "2021/shili"
    assert "是同一份报告" in done.output
    text = (folder / "tables.yaml").read_text("utf-8")
    assert "本年新收: [3, 0, 0, 0, 0, 0, 3]" in text and "均已答复" in (folder / "report.md").read_text("utf-8")


@pytest.mark.slow
def test_the_same_report_twice_in_one_run_is_no_matter(tmp_path: Path, content: Path) -> None:
    copies = [put(tmp_path, name, page(2021, figures(2021))) for name in ("a.html", "a(1).html")]
    done = run(*copies, "--content", content)
    assert done.exit_code == 0 and "未变" in done.output and "IMP-TWICE" not in done.output


@pytest.mark.slow
def test_system_files_are_counted_and_all_others_named(tmp_path: Path, content: Path) -> None:
    folder = tmp_path / "收到"
    folder.mkdir()
    for name in ("Thumbs.db", "~$报告.docx", "下载.tmp"):
        put(folder, name, "x")
    put(folder, "a.html", page(2021, figures(2021)))
    (folder / "图.png").write_bytes(b"\x89PNG\r\n")
    done = run(folder, "--content", content)
    assert "另有3个系统文件未读" in done.output and "图.png" in done.output and "Thumbs" not in done.output
    assert json.loads(run(folder, "--content", content, "--json").stdout)["litter"] == 3


@pytest.mark.slow
def test_findings_of_the_check_name_the_cell_of_the_file(tmp_path: Path, content: Path) -> None:
    said = figures(2021, t3_本年新收=[3, 0, 0, 0, 0, 0, 4])
    source = put(tmp_path, "a.html", page(2021, said))
    assert "（原文件：第2张表 第4行第4列 至 第2张表 第4行第10列，共7格）" in run(source, "--content", content).output
    (file,) = json.loads(run(source, "--content", content, "--json").stdout)["files"]
    (row,) = [item for item in file["checked"] if item["rule"] == "T3-ROW"]
    assert row["source"] == "第2张表 第4行第4列 至 第2张表 第4行第10列，共7格"


@pytest.mark.slow
def test_bound_figures_survive_the_same_file_and_a_corrected_one(tmp_path: Path, content: Path) -> None:
    text = dump_text(2021, figures(2021)).replace("示例正文，无实义。", "收到申请3件，均已答复。")
    source = put(tmp_path, "a.txt", text)
    run(source, "--content", content)
    report = content / "2021/shili/report.md"
    report.write_text(report.read_text("utf-8").replace("申请3件", "申请{{表三.本年新收.总计}}件", 2), encoding="utf-8")
    bound = report.read_bytes()
    assert "未变" in run(source, "--content", content).output and report.read_bytes() == bound
    put(tmp_path, "a.txt", text.replace("\t行政许可\n\t0", "\t行政许可\n\t1").replace("均已答复", "全部答复", 1))
    run(source, "--content", content, "--replace")
    assert report.read_text("utf-8") == bound.decode().replace(
        "申请{{表三.本年新收.总计}}件，均已答复", "申请3件，全部答复", 1
    )


def test_a_file_that_may_be_open_is_told(tmp_path: Path, content: Path) -> None:
    """Its unsaved edits are not read; so it is said of a file that was refused, too."""
    source = tmp_path / "示例.docx"
    source.write_bytes(b"no Word file")
    (tmp_path / "~$示例.docx").write_bytes(b"")
    refused, told = Importer(ImportRequest(content)).run(source).findings
    assert (refused.rule, told.rule, told.subject) == ("IMP-REFUSED", "IMP-OPEN", "~$示例.docx")
    assert "保存" in told.message.zh and "save" in told.message.en
