"""The list of 2014-2018 (one figure a line, names that stand twice) and rows that a form does not have."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.__main__ import commands
from generator.drafts.readings import Certainty
from generator.forms.table_layout import grid
from generator.importer.make_draft import Draft
from generator.readers.open_file import read_bytes
from generator.report.entry import Files, ReportRef, read_entry
from generator.report.model import Report
from tests.example import FORMS, tables, write_content
from tests.importer.samples import (
    LIMITS,
    PREFACE,
    TITLE,
    document,
    figures,
    form,
    grid_of,
    html_table,
    page,
    read_page,
    run_together,
    sections,
    tabbed,
    table,
    taken,
    texts_of,
)
from tests.readers.samples import soffice
from tests.readers.test_libreoffice import FORMATS

LIST = table(2016, "stat")
SHAPES = ["page", "dump", "flat"]


def listed(drawn: st.DrawFn) -> list[str]:
    return [
        drawn(st.sampled_from(["2.02", "116", "0"] if s.column.decimal else ["0", "1", "7", "12", "305", "20691"]))
        for s in LIST.slots
    ]


def text_of(shape: str, texts: list[str], instead: tuple[str, str] = ("", "")) -> str:
    """A whole 示例 report of 2016 with the list behind its parts; `instead` replaces a piece of the list."""
    made = {"page": html_table, "dump": tabbed, "flat": run_together}[shape](LIST, texts).replace(*instead)
    head, name = [TITLE.format(year=2016), PREFACE.format(year=2016)], "附件：政府信息公开情况统计表"
    body = [line for title, words in sections(2016, {}) for line in (title, words)]
    if shape == "page":
        return (
            "<html><head><meta charset='utf-8'></head><body>"
            + "".join(f"<p>{line}</p>" for line in (*head, *body, name))
            + made
            + "</body></html>"
        )
    return ("\n" if shape == "dump" else " ").join([*head, *body, name, made])


def read(shape: str, texts: list[str], *instead: str) -> Draft:
    data = text_of(shape, texts, (instead[0], instead[1]) if instead else ("", "")).encode()
    return taken(read_bytes(data, "示例2016.html" if shape == "page" else "示例2016.txt", LIMITS))


def ordered() -> list[str]:
    """Every cell another figure, so that none can be taken for its neighbour."""
    return ["2.02" if slot.column.decimal else str(number + 101) for number, slot in enumerate(LIST.slots)]


def report(draft: Draft) -> tuple[Report, list[str]]:
    """The draft read as content, and the rules of what is wrong with it."""
    ref = ReportRef(draft.identity.year, "shili", f"{draft.identity.year}/shili")
    entry, found = read_entry(ref, Files(draft.files["tables.yaml"], draft.files["report.md"]), FORMS)
    assert entry is not None
    return entry.report, [finding.rule for finding in found if finding.blocking]


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_list_reads_exactly(shape: str, data: st.DataObject) -> None:
    said = data.draw(st.composite(listed)())
    draft = read(shape, said)
    assert texts_of(draft, "stat") == said and draft.form is form(2016)
    assert draft.counts == {"certain": 58, "inferred": 0, "undecided": 0, "missing": 0}
    assert draft.account.ignored == draft.account.kept == 0 and not draft.extras
    assert "举报投诉数量" not in draft.files["report.md"].decode()


@pytest.mark.parametrize(("kind", "target", "infilter"), FORMATS, ids=[name for name, _, _ in FORMATS])
def test_the_list_in_office_files(kind: str, target: str, infilter: str, tmp_path: Path) -> None:
    said = ordered()
    source = tmp_path / "report.html"
    source.write_text(text_of("page", said).replace(' nowrap="nowrap" style="width:38px;"', ""), encoding="utf-8")
    draft = taken(read_bytes(soffice(source, target, infilter), f"示例2016.{kind}", LIMITS))
    assert texts_of(draft, "stat") == said and draft.counts["missing"] == draft.counts["undecided"] == 0


def test_our_own_page_of_a_list_reads_back(tmp_path: Path) -> None:
    content = write_content(
        tmp_path / "content",
        {
            "2016/shili": (
                tables(2016, 统计表_收取费用=["2.02"], 统计表_诉讼纠错数=[7], 统计表_行政诉讼数=[7]),
                "\n\n".join(f"## {t}\n\n{w}" for t, w in sections(2016, {})),
            )
        },
    )
    done = CliRunner().invoke(
        commands("zh"), ["build", "--content", str(content), "--output", str(tmp_path / "site"), "--jobs", "1"]
    )
    assert done.exit_code == 0, done.output
    draft = taken(read_bytes((tmp_path / "site/2016/shili/index.html").read_bytes(), "index.html", LIMITS))
    read_back = dict(zip([slot.row.key for slot in LIST.slots], texts_of(draft, "stat"), strict=True))
    assert read_back["收取费用"] == "2.02" and read_back["诉讼纠错数"] == "7" and draft.counts["missing"] == 0


@pytest.mark.parametrize("shape", SHAPES)
def test_blank_cells_are_blank_and_slips_in_names_no_hindrance(shape: str) -> None:
    said = ordered()
    keys = [slot.row.key for slot in LIST.slots]
    said[keys.index("传真申请数")] = said[keys.index("诉讼纠错数")] = ""
    draft = read(shape, said, "政府网站公开政府信息数", "政府网战公开政府信息数")
    assert texts_of(draft, "stat") == said and draft.counts["certain"] == 58


def test_a_name_that_stands_twice_is_marked_where_its_group_was_not_recognised() -> None:
    """Between the two groups a line that nobody knows: what follows is likely, no more."""
    draft = read("page", ordered(), "五、行政诉讼数量", "伍）涉诉总量甲乙丙丁")
    keys = [slot.row.key for slot in LIST.slots]
    (stat,) = draft.tables
    first, second = (stat.readings.get(keys.index(key)) for key in ("复议纠错数", "诉讼纠错数"))
    assert first is not None and (first.text, first.certainty) == (
        ordered()[keys.index("复议纠错数")],
        Certainty.CERTAIN,
    )
    assert second is not None and second.text == ordered()[keys.index("诉讼纠错数")]
    lost = read("page", ordered(), "（一）维持具体行政行为或者驳回原告诉讼请求数", "戊己庚辛壬癸")
    reading = lost.tables[0].readings[keys.index("诉讼纠错数")]
    assert reading.certainty is Certainty.INFERRED and "两处" in str(reading.why)


def test_what_stands_behind_a_name_and_is_no_figure_is_no_certain_blank() -> None:
    draft = read("flat", ordered(), f"4.信函申请数件{ordered()[20]}", "4.信函申请数件约二十")
    reading = draft.tables[0].readings[20]
    assert (reading.text, reading.certainty, reading.raw) == ("", Certainty.UNDECIDED, "约二十")


def test_a_misspelt_name_right_behind_a_unit_takes_nothing_from_it() -> None:
    """Found by bench/fuzz_import.py: the unit of a blank cell reads like the beginning of the next name."""
    draft = read(
        "flat", ordered(), f"（一）收到申请数件{ordered()[16]}1.当面申请数件", "（一）收到申请数件当面申请数件"
    )
    assert texts_of(draft, "stat")[15:19] == [ordered()[15], "", ordered()[17], ordered()[18]]


# ---------------------------------------------------------------- added rows


def with_row(shape: str, *cells: str, before: str = "（二）通过不同渠道和方式公开政府信息的情况") -> Draft:
    """The list with one more line, in front of a line of the form."""
    if shape == "page":
        first = f'<tr><td nowrap="nowrap" style="width:38px;"><p align="center">{before}</p>'
        return read("page", ordered(), first, f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>{first}")
    return read("dump", ordered(), f"\t{before}\n", "".join(f"\t{cell}\n" for cell in cells) + f"\n\t{before}\n")


@pytest.mark.parametrize("shape", ["page", "dump"])
def test_a_row_beyond_the_form_becomes_an_added_row_to_be_checked(shape: str) -> None:
    draft = with_row(shape, "其中：主动公开机构、领导信息数", "条", "12")
    (extra,) = draft.extras
    text = draft.files["tables.yaml"].decode()
    assert (
        '\n增加行:\n  - {表: 统计表, 行: "其中：主动公开机构、领导信息数", 之后: 制发规范性文件数, 单位: 条, 数: 12}  # 待核：第1个表第6行第3列\n'
        in text
    )
    assert texts_of(draft, "stat") == ordered() and not draft.ignored and draft.counts["inferred"] == 1
    account = draft.account
    assert account.read == account.labels + account.mapped + account.ignored + account.kept and account.mapped == 59
    (said,) = [finding.message.zh for finding in draft.findings if finding.rule == "IMP-EXTRA"]
    assert "第1个表第6行第3列的“其中：主动公开机构、领导信息数”（12）" in said and "不应增行" not in said
    made, wrong = report(draft)
    assert wrong == [] and made.figure("统计表.主动公开机构领导信息数") == (Decimal(12), "12")
    labels = [row.cells[0].text for body in grid(made.sheets[0].table).bodies for row in body.rows]
    assert labels[labels.index(extra.label) - 1] == "制发规范性文件总数"


def test_added_rows_are_in_the_results_and_the_draft_is_as_good_as_typed(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {})
    source = tmp_path / "示例2016.html"
    source.write_text(
        text_of("page", ordered(), ("</tbody>", "<tr><td>甲数</td><td>条</td><td>12</td></tr></tbody>")),
        encoding="utf-8",
    )
    done = CliRunner().invoke(commands("zh"), ["import", str(source), "--content", str(content), "--json"])
    (file,) = json.loads(done.stdout)["files"]
    place = "第1个表第67行第3列"
    assert file["added"] == [{"table": "统计表", "row": "甲数", "unit": "条", "figures": ["12"], "place": place}]
    assert file["figures"] == {"certain": 58, "inferred": 1, "undecided": 0, "missing": 0}
    assert not {finding["rule"] for finding in file["checked"]} & {"ROW-ADDED", "STR-EXTRA", "SRC-FULLWIDTH"}
    assert '{表: 统计表, 行: "甲数", 之后: 培训人数, 单位: 条, 数: 12}' in (
        content / "2016/shili/tables.yaml"
    ).read_text("utf-8")


def test_added_rows_behind_each_other_and_first_in_a_group_keep_their_places() -> None:
    draft = with_row("page", "1.甲渠道公开数", "条", "3", before="1.政府公报公开政府信息数")
    assert [(extra.after, extra.inside) for extra in draft.extras] == [
        ("", "（二）通过不同渠道和方式公开政府信息的情况")
    ]
    two = "<tr><td>甲数</td><td>万元</td><td>2.5</td></tr><tr><td>乙数</td><td></td><td></td></tr><tr><td>丙数</td><td>次</td><td>4</td></tr></tbody>"
    draft = read("page", ordered(), "</tbody>", two)
    assert [(extra.label, extra.unit, extra.after) for extra in draft.extras] == [
        ("甲数", "万元", "培训人数"),
        ("丙数", "次", "甲数"),
    ]
    made, wrong = report(draft)
    assert wrong == [] and made.figure("统计表.甲数") is not None and made.figure("统计表.丙数") == (Decimal(4), "4")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("（二）被依法纠错数", "件", "9"), "the form has a row of the name"),
        (("二、回应解读情况", "次", "9"), "the form has a group of the name"),
        (("某项工作" * 30, "件", "9"), "a sentence"),
        (("甲项数", "件", "约9"), "no figure"),
        (("甲项数", "件", "9", "8"), "more cells than the list"),
        (("《》", "件", "9"), "no name"),
    ],
)
def test_what_is_no_row_of_its_own_is_listed_as_before(cells: tuple[str, ...], why: str) -> None:
    draft = with_row("page", *cells)
    assert not draft.extras and "增加行" not in draft.files["tables.yaml"].decode(), why
    assert texts_of(draft, "stat")[:3] == ordered()[:3]
    account = draft.account
    assert account.read == account.labels + account.mapped + account.ignored + account.kept


def test_a_row_that_a_closed_form_does_not_allow_is_written_and_told() -> None:
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    rows = [["第二十条第（一）项"] * 4, head, ["规章", "0", "0", "0"], ["内部通知", "1,234", "6", "7件"]]
    draft = taken(document(grid_of(rows)))
    assert '  - {表: 表二, 行: "内部通知", 之后: 规章, 数: [1234, 6, 7]}' in draft.files["tables.yaml"].decode()
    assert "这个格式的表不应增行" in next(f.message.zh for f in draft.findings if f.rule == "IMP-EXTRA")


def test_a_row_in_a_group_of_table_three_stays_in_it() -> None:
    said = figures(2021)
    whole = html_table(table(2021, "t3"), said["t3"])
    wider = re.sub(
        r'rowspan="(\d+)"(?=[^<]*<p align="center">(?:三、|（三）))',
        lambda tall: f'rowspan="{int(tall[1]) + 1}"',
        whole,
    )
    end = wider.index("</tr>", wider.index("1.属于国家秘密")) + 5
    row = "".join(f"<td>{n}</td>" for n in (0, 0, 0, 0, 0, 0, 9))
    wider = f"{wider[:end]}<tr><td>地方另有规定</td>{row}</tr>{wider[end:]}"
    draft = taken(read_page(page(2021, said).replace(whole, wider)))
    (extra,) = draft.extras
    assert (extra.label, extra.after, extra.inside) == ("地方另有规定", "属于国家秘密", "") and texts_of(
        draft, "t3"
    ) == said["t3"]
    made, wrong = report(draft)
    assert wrong == [] and made.figure("表三.地方另有规定.总计") == (Decimal(9), "9")


def test_a_second_row_below_an_only_row_is_not_lost() -> None:
    said = figures(2021)
    whole = html_table(table(2021, "t4"), said["t4"])
    more = whole.replace("</tbody>", f"<tr>{''.join(f'<td>{n}</td>' for n in range(15))}</tr></tbody>")
    draft = taken(read_page(page(2021, said).replace(whole, more)))
    assert texts_of(draft, "t4") == said["t4"] and [item.text for item in draft.ignored] == [str(n) for n in range(15)]
