"""Rows that a form does not have, and names that stand twice in it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import commands
from generator.drafts.readings import Certainty
from generator.forms.table_layout import grid
from generator.importer.make_draft import Draft
from tests.example import write_content
from tests.importer.samples import (
    LIST,
    document,
    figures,
    grid_of,
    html_table,
    list_report,
    ordered_list,
    page,
    read_draft,
    read_list,
    read_page,
    table,
    taken,
    texts_of,
)

pytestmark = pytest.mark.slow


def with_row(shape: str, *cells: str, before: str = "（二）通过不同渠道和方式公开政府信息的情况") -> Draft:
    """The list with one more line, in front of a line of the form."""
    if shape == "page":
        first = f'<tr><td nowrap="nowrap" style="width:38px;"><p align="center">{before}</p>'
        return read_list(
            "page", ordered_list(), first, f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>{first}"
        )
    return read_list(
        "dump", ordered_list(), f"\t{before}\n", "".join(f"\t{cell}\n" for cell in cells) + f"\n\t{before}\n"
    )


@pytest.mark.parametrize("shape", ["page", "dump"])
def test_a_row_beyond_the_form_becomes_an_added_row_to_be_checked(shape: str) -> None:
    draft = with_row(shape, "其中：主动公开机构、领导信息数", "条", "12")
    (extra,) = draft.extras
    text = draft.files["tables.yaml"].decode()
    assert (
        '\n增加行:\n  - {表: 统计表, 行: "其中：主动公开机构、领导信息数", '
        "之后: 制发规范性文件数, 单位: 条, 数: 12}  # 待核：第1张表 第6行第3列\n" in text
    )
    assert texts_of(draft, "stat") == ordered_list() and not draft.ignored and draft.counts["inferred"] == 1
    account = draft.account
    assert account.read == account.labels + account.mapped + account.ignored + account.kept and account.mapped == 59
    (said,) = [finding.message.zh for finding in draft.findings if finding.rule == "IMP-EXTRA"]
    assert "第1张表 第6行第3列的“其中：主动公开机构、领导信息数”（12）" in said and "不应增行" not in said
    made, wrong = read_draft(draft)
    assert wrong == [] and made.figure("统计表.主动公开机构领导信息数") == (Decimal(12), "12")
    labels = [row.cells[0].text for body in grid(made.sheets[0].table).bodies for row in body.rows]
    assert labels[labels.index(extra.label) - 1] == "制发规范性文件总数"


def test_added_rows_are_in_the_results_and_the_draft_is_as_good_as_typed(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {})
    source = tmp_path / "示例2016.html"
    source.write_text(
        list_report("page", ordered_list(), ("</tbody>", "<tr><td>甲数</td><td>条</td><td>12</td></tr></tbody>")),
        encoding="utf-8",
    )
    done = CliRunner().invoke(commands("zh"), ["import", str(source), "--content", str(content), "--json"])
    (file,) = json.loads(done.stdout)["files"]
    place = "第1张表 第67行第3列"
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
    more = [("甲数", "万元", "2.5"), ("乙数", "", ""), ("丙数", "次", "4")]
    two = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in more) + "</tbody>"
    draft = read_list("page", ordered_list(), "</tbody>", two)
    assert [(extra.label, extra.unit, extra.after) for extra in draft.extras] == [
        ("甲数", "万元", "培训人数"),
        ("丙数", "次", "甲数"),
    ]
    made, wrong = read_draft(draft)
    assert wrong == [] and made.figure("统计表.甲数") is not None and made.figure("统计表.丙数") == (Decimal(4), "4")


@pytest.mark.slow
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
    assert texts_of(draft, "stat")[:3] == ordered_list()[:3]
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
    made, wrong = read_draft(draft)
    assert wrong == [] and made.figure("表三.地方另有规定.总计") == (Decimal(9), "9")


def test_a_name_that_stands_twice_is_marked_where_its_group_was_not_recognised() -> None:
    """Between the two groups a line that nobody knows: what follows is likely, no more."""
    draft = read_list("page", ordered_list(), "五、行政诉讼数量", "伍）涉诉总量甲乙丙丁")
    keys = [slot.row.key for slot in LIST.slots]
    (stat,) = draft.tables
    first, second = (stat.readings.get(keys.index(key)) for key in ("复议纠错数", "诉讼纠错数"))
    assert first is not None and (first.text, first.certainty) == (
        ordered_list()[keys.index("复议纠错数")],
        Certainty.CERTAIN,
    )
    assert second is not None and second.text == ordered_list()[keys.index("诉讼纠错数")]
    lost = read_list("page", ordered_list(), "（一）维持具体行政行为或者驳回原告诉讼请求数", "戊己庚辛壬癸")
    reading = lost.tables[0].readings[keys.index("诉讼纠错数")]
    assert reading.certainty is Certainty.INFERRED and "两处" in str(reading.why)
