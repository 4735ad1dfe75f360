"""Makes the sample portal (示例): 60 organs over eight years and three forms, as a real one would be. `make demo`

    python bench/demo.py demo        writes demo/content and builds demo/site

No name and no figure is real. Districts are the sums of their units, save where an accepted reason says otherwise; a
unit is missing with its excuse, two reports stand on original pages only, two were corrected, next year's reports are
begun as drafts.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import workload
from bench.workload import Organ, Report, Rows
from generator.forms.model import Form, Table
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request

YEARS = tuple(range(2016, 2024))
DISTRICTS = {
    "dong": "示例东区",
    "xi": "示例西区",
    "nan": "示例南区",
    "bei": "示例北区",
    "zhong": "示例中区",
    "xin": "示例新区",
}
# How many requests an organ receives in a usual year.
BUREAUS = {
    "fagai": ("发展和改革局", 14),
    "jiaoyu": ("教育局", 9),
    "gongan": ("公安局", 38),
    "ziran": ("自然资源局", 74),
    "zhujian": ("住房和城乡建设局", 92),
    "shichang": ("市场监督管理局", 26),
}
TOWNS = {"changcheng": ("长城镇", 11), "chongyang": ("重阳镇", 7), "leting": ("乐亭镇", 4)}
_RESULTS = {
    "予以公开": 46.0,
    "部分公开": 8.0,
    "属于国家秘密": 0.3,
    "保护第三方合法权益": 2.5,
    "属于三类内部事务信息": 3.0,
    "属于四类过程性信息": 2.4,
    "属于行政执法案卷": 3.2,
    "属于行政查询事项": 4.0,
    "本机关不掌握": 17.0,
    "没有现成信息": 3.0,
    "补正后仍不明确": 1.6,
    "信访举报投诉类申请": 4.2,
    "重复申请": 2.2,
    "无正当理由大量反复申请": 0.0,
    "逾期不补正": 1.4,
    "逾期不缴费": 0.0,
}
_OTHERS = 0.4
_APPLICANTS = (12.0, 2.0, 0.3, 0.5, 0.8, 0.4)
# 2014-2018: how requests were answered, and the grounds of a refusal.
_ANSWERS = {
    "已主动公开答复数": 22.0,
    "同意公开答复数": 34.0,
    "同意部分公开答复数": 6.0,
    "不同意公开答复数": 9.0,
    "不属于本机关公开数": 16.0,
    "信息不存在数": 9.0,
    "告知更改补充数": 2.0,
    "告知其他途径数": 2.0,
}
_GROUNDS = ("涉及国家秘密", "涉及商业秘密", "涉及个人隐私", "危及安全和稳定", "不是条例所指信息", "其他不公开情形")

MISSING = (2017, "xi-leting", "示例：当年因机构调整，职责并入区政府办公室，未单独编制报告")
DRAFTS = ("dong-fagai", "nan-jiaoyu")
# Reports whose figures were corrected after they were public, and when.
CORRECTED = {(2022, "bei-jiaoyu"): "2023-09-12", (2020, "zhong-gongan"): "2024-02-26"}
CORRECTED_REASON = "示例：漏计1件当年收到的信函申请"
TWICE = (2021, "nan")
TWICE_REASON = "示例：其中2件行政复议由区政府与住房和城乡建设局各报一次，区本级按1次计"


def organs() -> list[Organ]:
    """The register: districts, each followed by its units."""
    listed = []
    for top, district in DISTRICTS.items():
        listed.append(Organ(top, f"{district}人民政府", district, "区", ""))
        listed += [
            Organ(f"{top}-{key}", f"{district}{name}", f"{district}{name}", "部门", top)
            for key, (name, _) in BUREAUS.items()
        ]
        listed += [
            Organ(f"{top}-{key}", f"{district}{name}人民政府", f"{district}{name}", "镇", top)
            for key, (name, _) in TOWNS.items()
        ]
    return listed


def _usual(organ: Organ) -> int:
    return {**BUREAUS, **TOWNS}[organ.id.partition("-")[2]][1]


def _asked(rng: random.Random, organ: Organ, year: int) -> int:
    """Requests received: growing over the years, more in some districts than in others."""
    district = random.Random(f"demo {organ.parent}").uniform(0.6, 1.7)
    return round(_usual(organ) * district * (1 + 0.09 * (year - YEARS[0])) * rng.uniform(0.65, 1.35))


def _requests(rng: random.Random, table: Table, asked: int, carried: Sequence[int]) -> tuple[Rows, list[int]]:
    """Table 三, consistent in rows, columns and with what was carried over."""
    first, second, *results, total, last = table.row_ranges
    received = workload.split(rng, asked, _APPLICANTS)
    handled = [new + old for new, old in zip(received, carried, strict=True)]
    over = [rng.randrange(number // 8 + 1) if number else 0 for number in handled]
    done = [every - left for every, left in zip(handled, over, strict=True)]
    weights = [_RESULTS.get(key, _OTHERS) for key in results]
    dealt = [workload.split(rng, number, weights) for number in done]
    numbers = {first: received, second: list(carried), total: done, last: over}
    numbers |= {key: [column[index] for column in dealt] for index, key in enumerate(results)}
    return {key: workload.texts([*numbers[key], sum(numbers[key])]) for key in table.row_ranges}, over


def _statistics(rng: random.Random, table: Table, asked: int, published: int) -> Rows:
    """The 统计表 of 2014-2018, consistent."""
    answers = dict(zip(_ANSWERS, workload.split(rng, asked, tuple(_ANSWERS.values())), strict=True))
    grounds = dict(zip(_GROUNDS, workload.split(rng, answers["不同意公开答复数"], (1, 4, 5, 1, 6, 3)), strict=True))
    by_mail = workload.split(rng, asked, (3, 0.1, 7, 4))
    asked_late = rng.randrange(asked // 10 + 1)
    reviews, suits = (workload.split(rng, min(asked, rng.choice((0, 0, 1, 2))), (5, 1, 1)) for _ in range(2))
    known = {
        "主动公开数": published,
        "公开规范性文件数": 3,
        "制发规范性文件数": 3,
        "政府网站公开数": published,
        "政策解读稿件数": rng.randrange(2, 30),
        "收到申请数": asked,
        **dict(zip(("当面申请数", "传真申请数", "网络申请数", "信函申请数"), by_mail, strict=True)),
        "申请办结数": asked,
        "按时办结数": asked - asked_late,
        "延期办结数": asked_late,
        "申请答复数": asked,
        **answers,
        **grounds,
        "行政复议数": sum(reviews),
        **dict(zip(("复议维持数", "复议纠错数", "复议其他数"), reviews, strict=True)),
        "行政诉讼数": sum(suits),
        **dict(zip(("诉讼维持数", "诉讼纠错数", "诉讼其他数"), suits, strict=True)),
        "工作人员数": 3,
        "专职人员数": 1,
        "兼职人员数": 2,
        "培训班次数": rng.randrange(1, 6),
        "培训人数": rng.randrange(20, 200),
    }
    return {key: [str(known.get(key, 0))] for key in table.row_ranges}


def _figures(organ: Organ) -> Iterator[dict[str, Rows]]:
    """The tables of one unit through the years, each following on from the one before."""
    stock, carried = workload.Stock(random.Random(f"demo stock {organ.id}")), [0] * 6
    for year in YEARS:
        rng, form = random.Random(f"demo {organ.id} {year}"), workload.form_of(year)
        asked = _asked(rng, organ, year)
        if len(form.tables) == 1:
            (table,) = form.tables
            yield {table.key: _statistics(rng, table, asked, rng.randrange(150, 2600))}
            continue
        second, third, fourth = form.tables
        requests, carried = _requests(rng, third, asked, carried)
        refused = int(requests["总计"][-1]) - int(requests["予以公开"][-1])
        yield {
            second.key: workload.disclosed(rng, stock, form),
            third.key: requests,
            fourth.key: workload.cases(rng, fourth, min(refused, 6)),
        }


def _narrative_2014(rng: random.Random, form: Form, organ: Organ, year: int) -> str:
    """A narrative of the years before 2019: seven parts, the figures bound."""
    words = {
        "机关": organ.name,
        "统称": organ.short,
        "年": str(year),
        "次年": str(year + 1),
        "依据": "国务院办公厅有关要求",
    }
    writer = workload.Writer(rng, words)
    received, reviews, suits = (f"{{{{{form.role(role)[0]}}}}}" for role in ("received", "review_total", "suits_total"))
    bodies = (
        writer.paragraphs("总述") + "\n\n" + writer.more(),
        writer.more() + "\n\n" + writer.more(),
        f"{year}年共收到政府信息公开申请{received}件，均已答复。" + writer.more(),
        "依申请公开政府信息未收取费用，没有减免情况。",
        f"因政府信息公开申请行政复议{reviews}件，提起行政诉讼{suits}件。",
        writer.paragraphs("存在问题") + "\n\n" + writer.paragraphs("改进", together=True),
        "没有其他需要报告的事项。",
    )
    parts = [
        text for section, body in zip(form.sections, bodies, strict=True) for text in (f"## {section.title}", body)
    ]
    return "\n\n".join([f"本报告由{organ.name}编制，是示例文本。", *parts]) + "\n"


def _report(organ: Organ, year: int, tables: dict[str, Rows]) -> Report:
    if len(tables) > 1:
        return workload.report(organ, year, tables)
    form = workload.form_of(year)
    rng = random.Random(f"demo text {organ.id} {year}")
    meta = {"发文日期": f"{year + 1}-03-{rng.randrange(4, 29):02d}", "发布机构": organ.name}
    title = f"{organ.name}{year}年政府信息公开工作年度报告"
    return Report(year, organ, form, title, meta, tables, [], [], _narrative_2014(rng, form, organ, year))


def reports() -> Iterator[Report]:
    """All reports of the eight years, organ by organ; districts are the sums of the units that report."""
    listed = organs()
    for top in (organ for organ in listed if not organ.parent):
        units = [organ for organ in listed if organ.parent == top.id]
        figures = {unit.id: list(_figures(unit)) for unit in units}
        for number, year in enumerate(YEARS):
            there = [unit for unit in units if (year, unit.id) != MISSING[:2]]
            own = workload.rolled_up([figures[unit.id][number] for unit in there])
            if (year, top.id) == TWICE:
                _count_once(own["表四"])
            yield _report(top, year, own)
            yield from (_report(unit, year, figures[unit.id][number]) for unit in there)


def _count_once(cases: Rows) -> None:
    """The district counts two reviews less than its units do."""
    (row,) = cases.values()
    upheld, total = int(row[0]), int(row[4])
    if upheld < 2:
        raise ValueError("too few reviews to count two of them once")
    row[0], row[4] = str(upheld - 2), str(total - 2)


def _site() -> str:
    """site.yaml: the workload's, with another year of history and two original pages."""
    about = "示例栏目：机关、文字和数字都是编造的，用来看本栏目的样子。"
    text = workload.SITE.replace("性能测试用的示例栏目，机关和数字均为虚构。", about)
    text = text.replace("历史年度截至: 2020", f"历史年度截至: {YEARS[-1]}")
    lines = [
        f"  - {{机关: {top}, 年度: 2015, 标题: {DISTRICTS[top]}人民政府2015年政府信息公开工作年度报告, "
        f'网址: "http://www.example.gov.cn/2015/{top}.html", 发布日期: 2016-03-2{number}}}\n'
        for number, top in enumerate(("dong", "xi"))
    ]
    return text + "原页面:\n" + "".join(lines)


def write_content(folder: Path) -> None:
    """Writes the content folder of the sample portal."""
    year, organ, reason = MISSING
    excuse = f"未报告:\n  - {{年度: {year}, 机关: {organ}, 原因: {reason}}}\n"
    workload.write(folder / "site.yaml", _site())
    workload.write(folder / "organs.yaml", workload.organs_yaml(organs()) + excuse)
    latest: dict[str, Report] = {}
    for report in reports():
        _write(folder, report, _accepted(report) + _corrected(report))
        latest[report.organ.id] = report
    for name in DRAFTS:
        last = latest[name]
        draft = _report(last.organ, YEARS[-1] + 1, last.tables)
        _write(folder, draft, "状态: 草稿\n")


def _accepted(report: Report) -> str:
    if (report.year, report.organ.id) != TWICE:
        return ""
    cells = "".join(f"      - 表四.行政复议.{name}\n" for name in ("结果维持", "总计"))
    return f"接受:\n  - 规则: AGG-CELL\n    位置:\n{cells}    原因: {TWICE_REASON}\n"


def _corrected(report: Report) -> str:
    """Says that the received requests were one less when the report came out."""
    day = CORRECTED.get((report.year, report.organ.id))
    if not day:
        return ""
    received = report.tables["表三"]["本年新收"]
    items = [
        f"  - {{日期: {day}, 位置: 表三.本年新收.{name}, 原值: {int(now) - 1}, 更正为: {now}, "
        f"原因: {CORRECTED_REASON}, 批准人: 示例}}\n"
        for name, now in (("自然人", received[0]), ("总计", received[-1]))
    ]
    return "更正:\n" + "".join(items)


def _write(folder: Path, report: Report, more: str) -> None:
    place = folder / str(report.year) / report.organ.id
    workload.write(place / "tables.yaml", workload.tables_yaml(report) + more)
    workload.write(place / "report.md", report.prose)


def main(arguments: Sequence[str]) -> int:
    """Writes and builds the sample portal in the folder given, by default `demo`."""
    folder = Path(arguments[0] if arguments else "demo")
    write_content(folder / "content")
    result = pipeline.run(Request(folder / "content"), folder / "site")
    for finding in [finding for finding in result.findings if finding.blocking][:20]:
        print(finding.rule, finding.place.file, finding.message.zh, file=sys.stderr)
    if result.written is None:
        return 1
    print(f"示例门户 sample portal: {(folder / 'site' / 'index.html').resolve().as_uri()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
