"""A deterministic collection of 示例 reports: organs × years in both living formats, no figure or name real.

Figures obey the statutory identities within a year and follow on from year to year; every narrative is its own.
The same values are written for nianbao (`write_content`) and handed to the peers' writers.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.forms.declared import declared_forms
from generator.forms.model import Form, Table, form_for

YEARS = (2019, 2020, 2021, 2022, 2023)
_HERE = Path(__file__).parent

Row = list[str]
Rows = dict[str, Row]


class Organ(NamedTuple):
    id: str
    name: str
    short: str
    level: str
    parent: str


class Indicator(NamedTuple):
    name: str
    value: int
    unit: str


class Report(NamedTuple):
    """`tables` maps table key → row key → cells as typed; `prose` is the Markdown with its placeholders."""

    year: int
    organ: Organ
    form: Form
    title: str
    meta: dict[str, str]
    tables: dict[str, Rows]
    indicators: list[Indicator]
    blanks: list[str]
    prose: str


# ---------------------------------------------------------------- organs

_BUREAUS = {
    "fagai": "发展和改革局",
    "jiaoyu": "教育局",
    "keji": "科学技术局",
    "minzheng": "民政局",
    "sifa": "司法局",
    "caizheng": "财政局",
    "renshe": "人力资源和社会保障局",
    "ziran": "自然资源局",
    "zhujian": "住房和城乡建设局",
    "jiaotong": "交通运输局",
    "shuili": "水利局",
    "nongye": "农业农村局",
}
_TOWNS = {
    "donghe": "东河镇",
    "xishan": "西山镇",
    "nanping": "南坪镇",
    "beilin": "北林镇",
    "zhongzhou": "中洲镇",
    "qingquan": "清泉镇",
    "shiqiao": "石桥镇",
}


def organs(count: int) -> list[Organ]:
    """The first `count` organs: districts of one government, twelve bureaus and seven towns each."""
    return [organ for _, organ in zip(range(count), _districts(), strict=False)]


def _districts() -> Iterator[Organ]:
    for number in range(1, 10_000):
        district, top = f"示例{number}区", f"q{number:04d}"
        yield Organ(top, f"{district}人民政府", district, "区", "")
        for name, title in _BUREAUS.items():
            yield Organ(f"{top}-{name}", f"{district}{title}", f"{district}{title}", "部门", top)
        for name, title in _TOWNS.items():
            yield Organ(f"{top}-{name}", f"{district}{title}人民政府", f"{district}{title}", "镇", top)


# ---------------------------------------------------------------- figures


def split(rng: random.Random, amount: int, weights: Sequence[float]) -> list[int]:
    """`amount` things dealt out by weight."""
    parts = [0] * len(weights)
    for index in rng.choices(range(len(weights)), weights, k=amount):
        parts[index] += 1
    return parts


def texts(numbers: Sequence[int]) -> Row:
    """Numbers as they are typed."""
    return [str(number) for number in numbers]


_APPLICANTS = (12.0, 2.0, 0.3, 0.5, 0.8, 0.4)
_RESULTS = {"予以公开": 60.0, "部分公开": 8.0, "无正当理由大量反复申请": 0.0, "逾期不缴费": 0.0}
_OTHER_RESULT = 2.0


def _requests(rng: random.Random, table: Table, carried: Sequence[int]) -> tuple[Rows, list[int]]:
    """Table 三: each row and column adds up, first + second = third + fourth. Also what is carried over."""
    keys = list(table.row_ranges)
    first, second, *results, total, last = keys
    asked = min(int(rng.paretovariate(0.7)), 600) if rng.random() < 0.7 else 0
    received = split(rng, asked, _APPLICANTS)
    handled = [new + old for new, old in zip(received, carried, strict=True)]
    over = [rng.randrange(number // 4 + 1) if number else 0 for number in handled]
    done = [all_ - left for all_, left in zip(handled, over, strict=True)]
    weights = [_RESULTS.get(key, _OTHER_RESULT) for key in results]
    dealt = [split(rng, number, weights) for number in done]
    numbers = {first: received, second: list(carried)}
    numbers |= {key: [column[index] for column in dealt] for index, key in enumerate(results)}
    numbers |= {total: done, last: over}
    return {key: texts([*row, sum(row)]) for key, row in numbers.items()}, over


def cases(rng: random.Random, table: Table, refused: int) -> Rows:
    """Table 四: never more cases than requests that were not granted."""
    cases = split(rng, min(refused, rng.choice((0, 0, 0, 1, 1, 2, 5))), (3.0, 2.0, 0.0))
    row: list[int] = []
    for number in cases:
        outcome = split(rng, number, (5.0, 1.0, 1.0, 0.0))  # what is pending would have to come back next year
        row += [*outcome, number]
    return {key: texts(row) for key in table.row_ranges}


class Stock:
    """What an organ carries from year to year."""

    def __init__(self, rng: random.Random) -> None:
        self.documents = rng.randrange(3, 60)
        self.items = {
            key: rng.randrange(5, 400)
            for key in ("行政许可", "其他对外管理服务事项", "行政处罚", "行政强制", "行政事业性收费")
        }
        self.decisions = {key: rng.randrange(20, 9000) for key in self.items}
        self.fees = rng.randrange(100, 30_000)
        self.carried = [0] * 6

    def documents_2019(self, rng: random.Random) -> Row:
        made = rng.randrange(7)
        self.documents += made
        return texts([made, made, self.documents])

    def documents_2021(self, rng: random.Random) -> Row:
        made, ended = rng.randrange(7), rng.randrange(3)
        self.documents += made - ended
        return texts([made, ended, self.documents])

    def change(self, rng: random.Random, key: str) -> list[int]:
        before = self.items[key]
        delta = rng.randrange(-4, 9) if before > 8 else 1
        self.items[key] = before + delta
        return [before, delta]

    def decided(self, rng: random.Random, key: str) -> int:
        self.decisions[key] = max(1, round(self.decisions[key] * rng.uniform(0.8, 1.25)))
        return self.decisions[key]


def _disclosed_2019(rng: random.Random, stock: Stock) -> Rows:
    rows = {"规章": texts([0, 0, 0]), "规范性文件": stock.documents_2019(rng)}
    for key in ("行政许可", "其他对外管理服务事项", "行政处罚", "行政强制"):
        rows[key] = texts([*stock.change(rng, key), stock.decided(rng, key)])
    rows["行政事业性收费"] = texts(stock.change(rng, "行政事业性收费"))
    bought = rng.randrange(1, 130)
    rows["政府集中采购"] = [str(bought), f"{bought * rng.randrange(11, 180)}万元"]
    return rows


def _disclosed_2021(rng: random.Random, stock: Stock) -> Rows:
    rows = {"规章": ["/"] * 3 if stock.documents % 2 else texts([0, 0, 0]), "行政规范性文件": stock.documents_2021(rng)}
    for key in ("行政许可", "行政处罚", "行政强制"):
        rows[key] = texts([stock.decided(rng, key)])
    stock.fees = round(stock.fees * rng.uniform(0.8, 1.25))
    rows["行政事业性收费"] = [f"{stock.fees / 100:.2f}"]
    return rows


def disclosed(rng: random.Random, stock: Stock, form: Form) -> Rows:
    """Table 二 of a form since 2019."""
    return _disclosed_2019(rng, stock) if form.closed else _disclosed_2021(rng, stock)


def _tables(rng: random.Random, form: Form, stock: Stock) -> dict[str, Rows]:
    second, third, fourth = form.tables
    twenty = disclosed(rng, stock, form)
    requests, stock.carried = _requests(rng, third, stock.carried)
    refused = int(requests["总计"][-1]) - int(requests["予以公开"][-1])
    return {second.key: twenty, third.key: requests, fourth.key: cases(rng, fourth, refused)}


def _added(cells: Sequence[str]) -> str:
    """The sum of one cell over several reports, as it would be printed."""
    unit = "万元" if cells[0].endswith("万元") else ""
    if "/" in cells:
        return "/"
    return str(sum(Decimal(cell.removesuffix(unit)) for cell in cells)) + unit


def rolled_up(units: Sequence[dict[str, Rows]]) -> dict[str, Rows]:
    """What a government reports: the sums of its units. Identities hold for sums as they do for what is added."""
    first = units[0]
    return {
        table: {
            key: [_added(cells) for cells in zip(*(unit[table][key] for unit in units), strict=True)] for key in rows
        }
        for table, rows in first.items()
    }


def _blank_some(rng: random.Random, tables: dict[str, Rows], form: Form) -> list[str]:
    """Some records of the first format leave zeros blank; the names of the blanked cells."""
    if not form.closed or rng.random() >= 0.125:
        return []
    names = []
    columns = {column.key: number for number, column in enumerate(form.tables[1].row_columns["总计"])}
    for column in ("科研机构", "法律服务机构"):
        if tables["表三"]["总计"][columns[column]] == "0":
            tables["表三"]["总计"][columns[column]] = "~"
            names.append(f"表三.总计.{column}")
    return names


# ---------------------------------------------------------------- narrative

_SLOT = re.compile(r"<([^>]+)>")
_MEASURE = re.compile(r"\[([^|\]]+)\|([^|\]]+)\|(\d+)-(\d+)\]")
_DECREES = {True: "国办公开办函〔2019〕60号文件", False: "国办公开办函〔2021〕30号文件"}


@cache
def _phrases() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((_HERE / "narrative.yaml").read_bytes())
    return loaded


class Writer:
    """Writes one narrative; the indicators it states are noted on the way."""

    def __init__(self, rng: random.Random, said: Mapping[str, str]) -> None:
        self.rng, self.said = rng, said
        self.bags: dict[str, list[str]] = {}
        self.rest: list[str] = []
        self.indicators: list[Indicator] = []

    def word(self, found: re.Match[str]) -> str:
        """A word of the list, none twice before all were used."""
        name = found[1]
        if name in self.said:
            return self.said[name]
        bag = self.bags.setdefault(name, [])
        if not bag:
            bag += self.rng.sample(_phrases()["词"][name], len(_phrases()["词"][name]))
        return bag.pop()

    def measure(self, found: re.Match[str]) -> str:
        name, unit, low, high = found.groups()
        self.indicators.append(Indicator(name, self.rng.randint(int(low), int(high)), unit))
        return f"{{{{指标.{name}}}}}"

    def sentence(self, ways: Sequence[str]) -> str:
        return _MEASURE.sub(self.measure, _SLOT.sub(self.word, self.rng.choice(ways)))

    def paragraphs(self, part: str, together: bool = False) -> str:
        joint = "" if together else "\n\n"
        return joint.join(self.sentence(ways) for ways in _phrases()[part])

    def more(self) -> str:
        """Another paragraph of sentences this report has not used yet."""
        if not self.rest:
            self.rest += self.rng.sample(_phrases()["展开"], len(_phrases()["展开"]))
        return "".join(self.sentence([self.rest.pop()]) for _ in range(3))

    def heading(self, number: str, name: str) -> str:
        return f"### （{number}）{self.rng.choice(_phrases()['标题'][name])}"


def _narrative(rng: random.Random, form: Form, organ: Organ, year: int, third: Rows) -> tuple[str, list[Indicator]]:
    said = {
        "机关": organ.name,
        "统称": organ.short,
        "年": str(year),
        "次年": str(year + 1),
        "依据": _DECREES[form.closed],
    }
    writer = Writer(rng, said)
    titles = [section.title for section in form.sections]
    requests = "申请有" if third["本年新收"][-1] != "0" else "申请无"
    parts = [writer.paragraphs("引言", together=True), f"## {titles[0]}", writer.paragraphs("总述")]
    for number, part in zip("一二三四五", ("主动公开", requests, "信息管理", "平台建设", "监督保障"), strict=True):
        parts += [writer.heading(number, part.rstrip("有无")), writer.paragraphs(part), writer.more(), writer.more()]
    if organ.name.endswith("人民政府"):
        parts.append(writer.paragraphs("考核评议"))
    parts += [f"## {title}" for title in titles[1:4]]
    parts += [writer.paragraphs("复议诉讼"), f"## {titles[4]}"]
    parts += [writer.paragraphs("存在问题"), writer.paragraphs("改进", together=True)]
    parts += [f"## {titles[5]}", writer.paragraphs("其他")]
    return "\n\n".join(parts) + "\n", writer.indicators


# ---------------------------------------------------------------- reports


def _figures(organ: Organ, years: Sequence[int]) -> list[dict[str, Rows]]:
    """The tables of one organ through the years, each following on from the one before."""
    stock = Stock(random.Random(f"stock {organ.id}"))
    return [_tables(random.Random(f"figures {organ.id} {year}"), form_of(year), stock) for year in years]


def report(organ: Organ, year: int, tables: dict[str, Rows]) -> Report:
    """A report on the tables given, with a narrative of its own."""
    rng, form = random.Random(f"{organ.id} {year}"), form_of(year)
    prose, indicators = _narrative(rng, form, organ, year, tables["表三"])
    meta = {"发文日期": f"{year + 1}-01-{rng.randrange(4, 29):02d}", "发布机构": organ.name}
    title = f"{organ.name}{year}年政府信息公开工作年度报告"
    return Report(
        year,
        organ,
        form,
        title,
        meta,
        tables,
        indicators,
        _blank_some(random.Random(f"left blank {organ.id} {year}"), tables, form),
        prose,
    )


def reports_of(district: Sequence[Organ], years: Sequence[int] = YEARS) -> Iterator[Report]:
    """All reports of a government and the units under it, organ by organ, years ascending."""
    top, *units = district
    figures = [_figures(unit, years) for unit in units]
    government = [rolled_up(year) for year in zip(*figures, strict=True)] if figures else _figures(top, years)
    for organ, tables in zip(district, [government, *figures], strict=True):
        for year, own in zip(years, tables, strict=True):
            yield report(organ, year, own)


def form_of(year: int) -> Form:
    """The national form of a year."""
    form = form_for(_forms(), year)
    assert form is not None
    return form


@cache
def _forms() -> tuple[Form, ...]:
    return declared_forms()


def reports(size: int) -> Iterator[Report]:
    """`size` reports (a multiple of the number of years), organ by organ."""
    for _, district in groupby(organs(size // len(YEARS)), lambda organ: organ.parent or organ.id):
        yield from reports_of(list(district))


# ---------------------------------------------------------------- as nianbao content

SITE = """\
网站名称: 示例市人民政府
栏目名称: 政府信息公开年报
栏目说明: 性能测试用的示例栏目，机关和数字均为虚构。
栏目关键词: 示例,政府信息公开,年度报告
栏目类别: 信息公开年报
域名: www.example.gov.cn
网址: "http://www.example.gov.cn/nianbao/"
门户首页: "http://www.example.gov.cn/"
主办单位: 示例市人民政府
联系: {单位: 示例市人民政府办公室, 地址: 示例路1号}
历史年度截至: 2020
网站标识码: "1234567890"
ICP备案号: 示例ICP备00000000号
公安备案号: 示例公网安备00000000000000号
下载: []
导航:
  - {名称: 政府信息公开指南, 网址: "http://www.example.gov.cn/zhinan/"}
  - {名称: 政府信息公开制度, 网址: "http://www.example.gov.cn/zhidu/"}
  - {名称: 法定主动公开内容, 网址: "http://www.example.gov.cn/zhudong/"}
  - {名称: 政府信息公开年报, 本栏目: 是}
  - {名称: 依申请公开, 网址: "http://www.example.gov.cn/shenqing/"}
面包屑:
  - {名称: 首页, 网址: "http://www.example.gov.cn/"}
  - {名称: 政务公开, 网址: "http://www.example.gov.cn/gongkai/"}
"""
BLANK_REASON = "原表此格空白，照原样登载"


def organs_yaml(all_organs: Sequence[Organ]) -> str:
    lines = (
        f"  - {{编号: {o.id}, 名称: {o.name}, 简称: {o.short}, 层级: {o.level}, 上级: {o.parent or '~'}}}\n"
        for o in all_organs
    )
    return "机关:\n" + "".join(lines)


def tables_yaml(report: Report) -> str:
    lines = [f"# 示例数据，性能测试用\n年度: {report.year}\n机关: {report.organ.id}\n标题: {report.title}"]
    lines += [f"{key}: {value}" for key, value in report.meta.items()]
    for key, rows in report.tables.items():
        lines += [f"\n{key}:", *(f"  {name}: [{', '.join(row)}]" for name, row in rows.items())]
    lines.append("\n指标:")
    lines += [f"  {i.name}: {{值: {i.value}, 单位: {i.unit}, 部分: 一}}" for i in report.indicators]
    if report.blanks:
        lines.append("\n接受:\n  - 规则: T3-BLANK\n    位置:")
        lines += [f"      - {name}" for name in report.blanks]
        lines.append(f"    原因: {BLANK_REASON}")
    return "\n".join(lines) + "\n"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_content(folder: Path, size: int) -> None:
    """The collection as a content folder of nianbao."""
    write(folder / "site.yaml", SITE)
    write(folder / "organs.yaml", organs_yaml(organs(size // len(YEARS))))
    for report in reports(size):
        place = folder / str(report.year) / report.organ.id
        write(place / "tables.yaml", tables_yaml(report))
        write(place / "report.md", report.prose)


# ---------------------------------------------------------------- the edited figure


EDITED = "2020/q0001"
_CHANGE = re.compile(r"(?m)^( *行政许可: \[\d+, )(-?\d+)(?=, )")


def edited(text: str) -> str:
    """The report EDITED with one figure changed by one, in nianbao's or a peer's file: the change of a number of items,
    which no identity, no sum of units and no later year binds."""
    changed, count = _CHANGE.subn(lambda found: f"{found[1]}{int(found[2]) + 1}", text, count=1)
    if not count:
        raise ValueError("no figure to edit")
    return changed
