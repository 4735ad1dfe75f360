"""示例 reports for the files of pages: one on every form, and one whose narrative has all that Markdown can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from generator.collection.settings import Organ
from generator.report.entry import DRAFT, Files, LoadedReport, ReportRef, read_entry
from generator.website.words import load_words
from tests.example import FORMS, SETTINGS, prose, tables

WORDS = load_words()
ORGAN: Organ = SETTINGS.organs[0]
DATED = "索引号: 11370304004218152K/2021-00001\n文号: 示例发〔2022〕3号\n发文日期: 2022-01-20\n"
FORM_IDS = tuple(form.id for form in FORMS)

# Everything the narrative's dialect has; the signs are those that some PDF writers exchange for look-alikes.
RICH = """\
示例引言，**加粗**、*斜体*和[链接](https://www.example.gov.cn/a?b=1&c=2)，还有<尖括号>、“引号”与 & 号。

## 一、总体情况

### （一）主动公开

橡胶、母亲、3～5件、〈示例〉、本年增／减；半角 A/B 与 2.02 万元。第一行\\
第二行。

1. 第一项
2. 第二项
   - 小项甲
   - 小项乙

第二段。

5. 第五项

> 引文一段。

表：示例表格

| 项目 | 数量 | 备注 |
|:-----|-----:|:----:|
| 甲 | 1 | **粗** |
| 乙 |  | 无 |

---

![示例图](tu.png "图题")

#### 1.小标题

小标题下的文字。
"""


def narrative(year: int, first: str = RICH) -> str:
    """The narrative of a form's year with `first` as its opening."""
    return f"{first}\n{prose(year).partition('## 二、')[1]}{prose(year).partition('## 二、')[2]}"


def loaded(year: int = 2021, figures: str | None = None, text: str | None = None) -> LoadedReport:
    """A report that can be read, of the example's first organ."""
    files = Files((tables(year) if figures is None else figures).encode(), (text or prose(year)).encode())
    entry, _ = read_entry(ReportRef(year, "shili", f"{year}/shili"), files, FORMS)
    assert entry is not None
    return entry


def _figures(form_id: str) -> str:
    """A tables.yaml on a form with a different figure in every cell, blanks, "/" and amounts among them."""
    form = next(form for form in FORMS if form.id == form_id)
    year = form.last_year or form.first_year + 1
    lines = [
        f"年度: {year}",
        "机关: shili",
        f"标题: 示例区{year}年政府信息公开工作年度报告",
        "发布机构: 示例区人民政府",
    ]
    if form.local or not form.governs(year):
        lines.append(f"格式: {form_id}")
    for table in form.tables:
        lines.append(f"{table.key}:")
        for row, columns in table.row_columns.items():
            first = table.row_ranges[row][0]
            cells = [
                _cell(first + at, column, row, table.slots[first + at].row.slash) for at, column in enumerate(columns)
            ]
            lines.append(f"  {row}: [{', '.join(cells)}]")
    return "\n".join(lines) + "\n"


def _cell(number: int, column: object, row: str, slash: bool) -> str:
    if number % 11 == 5:
        return "~"
    if slash and number % 2:
        return "/"
    if getattr(column, "unit_in_cell", False):
        return f"{number}.5万元"
    if getattr(column, "decimal", False):
        return f"{number}.50"
    return str(-number if getattr(column, "signed", False) else number * 7)


@cache
def every_form() -> Mapping[str, LoadedReport]:
    """One report on each declared form, by the form's id."""
    made = {}
    for form in FORMS:
        year = form.last_year or form.first_year + 1
        entry = loaded(year, _figures(form.id) + (DATED if form.id.startswith("gbkbh-2021") else ""), prose(year))
        assert entry.report.form.id == form.id
        made[form.id] = entry
    return made


CORRECTED = """更正:
  - {日期: 2022-03-01, 位置: 表三.本年新收.总计, 原值: ~, 更正为: 9, 原因: 示例：录入有误, 批准人: 示例甲}
  - {日期: 2022-04-02, 位置: 表二.规章.本年制发件数, 原值: /, 更正为: 0, 原因: 示例：漏计, 批准人: 示例乙}
  - {日期: 2022-05-06, 位置: 表二.规章.现行有效件数, 原值: 8, 更正为: ~, 原因: 示例：误填, 批准人: 示例丙}
"""


@cache
def corrected() -> LoadedReport:
    """A draft of a report with three corrections, the last of them to a blank."""
    entry = loaded(2021, tables(2021, 表二_规章=[0, 0, "~"]) + DATED + CORRECTED)
    return replace(entry, ref=entry.ref._replace(withheld=DRAFT))


LONG_NAME = "示例省示例市示例·维吾尔自治县示例街道办事处与示例开发区管理委员会"
LONG_NAME += "政务服务数据管理局行政审批服务局合并组建综合办公室驻示例办事处"
_LARGEST = "9" * 18  # as many digits as a figure may have
HARD = """\
示例引言。

## 一、总体情况

示例正文说到阿不都·热合曼（示例）、𬭚、㙍、龘和镕基路，[链接](https://www.example.gov.cn/a/very/long/path/index.html?x=1&y=2)。

- 一层
  - 二层
    - 三层
      - 四层
        - 五层

表：示例宽表

| 列0 | 列1 | 列2 | 列3 | 列4 | 列5 | 列6 | 列7 | 列8 | 列9 | 列10 | 列11 | 列12 |
|-----|-----|-----|-----|-----|-----|-----|-----|-----|-----|------|------|------|
| 甲 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12.50万元 |
"""


def hard_figures() -> str:
    """A tables.yaml with the largest figures in most rows of 表三."""
    return re.sub(r"\[0, 0, 0, 0, 0, 0, 0\]", f"[{_LARGEST}, 0, 0, 0, 0, 0, {_LARGEST}]", tables(2021))


@cache
def hard() -> LoadedReport:
    """A report with what makes files difficult: a long name, rare characters, large figures, added rows."""
    figures = re.sub(r"标题: .*", f"标题: {LONG_NAME}2021年政府信息公开工作年度报告", hard_figures())
    rows = (
        f"  - {{表: 表三, 行: 示例增加的名称很长的第{number}行, 上级: （三）不予公开, 数: [0, 0, 0, 0, 0, 0, 7]}}"
        for number in range(4)
    )
    return loaded(2021, figures + DATED + "增加行:\n" + "\n".join(rows) + "\n", narrative(2021, HARD))


@cache
def rich() -> LoadedReport:
    """A report whose narrative has all that Markdown can hold."""
    return loaded(2021, tables(2021) + DATED, narrative(2021))
