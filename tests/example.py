"""Makes 示例 content for tests, as text that can be read where it is used. No figure here is real."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.collection.context import Context
from generator.collection.settings import read_settings
from generator.collection.summary import ReportSummary
from generator.finding import Finding
from generator.forms.declared import declared_forms
from generator.forms.model import Form
from generator.printers.explain import documentation
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.report.model import Report
from generator.rules.runner import accept, check_entry
from generator.website.listings import BuiltReports
from generator.wordlists.shipped import shipped_words
from generator.yaml_source.reader import read

FORMS = declared_forms()

SITE = """\
网站名称: 示例区人民政府
栏目名称: 政府信息公开年报
栏目说明: 示例区人民政府及各单位的政府信息公开工作年度报告。
栏目关键词: 示例,年度报告
栏目类别: 信息公开年报
域名: www.example.gov.cn
主办单位: 示例区人民政府
网站标识码: "1234567890"
ICP备案号: 示例ICP备00000000号
公安备案号: 示例公网安备00000000号
导航:
  - {名称: 政府信息公开年报, 本栏目: 是}
面包屑:
  - {名称: 首页, 网址: "http://www.example.gov.cn/"}
下载: []
"""

ORGANS = """\
机关:
  - {编号: shili, 名称: 示例区人民政府, 简称: 示例区, 层级: 区, 上级: ~}
  - {编号: jiaju, 名称: 示例区甲局, 简称: 甲局, 层级: 部门, 上级: shili}
  - {编号: yizhen, 名称: 示例区乙镇人民政府, 简称: 乙镇, 层级: 镇, 上级: shili}
未报告:
  - {年度: 2021, 机关: yizhen, 原因: 示例：当年没有报告}
"""


SETTINGS = read_settings(read(SITE.encode(), "site.yaml")[0], read(ORGANS.encode(), "organs.yaml")[0])


NAMES = {organ.id: organ.name for organ in SETTINGS.organs}
# What a narrative must speak of, by a word of the section's title.
MORE = {
    "总体情况": "示例区在政府网站主动公开政府信息，公开前逐项审查，开展工作考核和社会评议，没有责任追究。",
    "问题": "存在的问题是示例文字写得不够生动，个别示例单位公开不够及时。"
    "改进措施是加强示例培训，定期检查示例单位的公开情况，完善示例制度。",
}


def form(form_id: str) -> Form:
    return next(form for form in FORMS if form.id == form_id)


THREE_IN_2014 = "收到申请数 网络申请数 申请办结数 按时办结数 申请答复数 同意公开答复数".split()


def tables(year: int, organ: str = "shili", /, **changes: Sequence[object]) -> str:
    """Write a consistent tables.yaml: 3 received, 3 disclosed. `changes` replace whole rows: 表三_本年新收=[…]."""
    form = next(f for f in FORMS if f.governs(year))
    lines = [
        f"年度: {year}",
        f"机关: {organ}",
        f"标题: {NAMES.get(organ, organ)}{year}年政府信息公开工作年度报告",
        "发布机构: 示例区人民政府",
    ]
    for table in form.tables:
        lines.append(f"{table.key}:")
        for key, (_, length) in table.row_ranges.items():
            row: Sequence[object] = [0] * length
            if table.id == "t3" and key in ("本年新收", "予以公开", "总计"):
                row = [3, 0, 0, 0, 0, 0, 3]
            if table.id == "stat" and key in THREE_IN_2014:
                row = [3]
            row = changes.get(f"{table.key}_{key}", row)
            lines.append(f"  {key}: [{', '.join(map(str, row))}]")
    return "\n".join(lines).replace("政府集中采购: [0, 0]", "政府集中采购: [0, 0万元]") + "\n"


def prose(year: int) -> str:
    """Write a narrative that no rule objects to."""
    form = next(f for f in FORMS if f.governs(year))
    received = "".join(f"{{{{{cell}}}}}" for cell in form.role("received")) or "0"
    body = f"收到申请{received}件，均已答复。"
    sections = []
    for section in form.sections:
        required = "".join(text for word, text in MORE.items() if word in section.title)
        sections.append(f"## {section.title}\n\n{required}{body}\n")
    return "示例引言。\n\n" + "\n".join(sections) + "\n未收取信息处理费。\n"


def entry(
    year: int = 2021, text: str | None = None, narrative: str | None = None
) -> tuple[LoadedReport | None, list[Finding]]:
    """Load a report from text; return it with the findings of reading."""
    text = tables(year) if text is None else text
    narrative = prose(year) if narrative is None else narrative
    ref = ReportRef(year, "shili", f"{year}/shili")
    return read_entry(ref, Files(text.encode(), narrative.encode()), FORMS)


def report(year: int = 2021, text: str | None = None, narrative: str | None = None) -> Report:
    """Load a report from text that can be read."""
    loaded, _ = entry(year, text, narrative)
    assert loaded is not None
    return loaded.report


def findings(
    year: int = 2021,
    text: str | None = None,
    narrative: str | None = None,
    historical_until: int = 0,
    previous: LoadedReport | None = None,
    **options: str,
) -> list[Finding]:
    """Return all findings on a report: of reading and of rules, with acceptances applied.

    `options` are 规则设置, `previous` is last year's report."""
    loaded, of_reading = entry(year, text, narrative)
    assert loaded is not None
    organs = {organ.id: organ for organ in SETTINGS.organs}
    context = Context(historical_until, previous, organs, options=options, words=shipped_words().with_local(options))
    of_both = of_reading + check_entry(loaded, context)
    return sound(accept(loaded, of_both, context), year, text, narrative)


def sound(findings: list[Finding], year: int, text: str | None, narrative: str | None) -> list[Finding]:
    """Return the findings after asserting that each has a rule that is explained and a place that exists."""
    files = {
        "tables.yaml": tables(year) if text is None else text,
        "report.md": prose(year) if narrative is None else narrative,
    }
    for finding in findings:
        folder, _, name = finding.place.file.rpartition("/")
        lines = files[name].split("\n")
        assert finding.rule != "TOOL-FAULT" and documentation(finding.rule) is not None, finding
        assert (folder, finding.organ, finding.year) == (f"{year}/shili", "shili", year), finding
        line, column = finding.place.line, finding.place.column
        if (line, column) != (0, 0):
            assert 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1, finding
        assert finding.message.zh and finding.message.en, finding
    return findings


def brief(findings: Sequence[Finding]) -> list[str]:
    """Return `RULE subject` of each finding that is not accepted, sorted."""
    return sorted(f"{f.rule} {f.subject}".strip() for f in findings if f.accepted is None)


def built(summaries: Sequence[ReportSummary]) -> BuiltReports:
    """Return the reports of a section whose summaries are at hand."""
    known = {(summary.year, summary.organ): summary for summary in summaries}
    hashes = {key: repr(summary) for key, summary in known.items()}
    return BuiltReports(hashes, lambda year, organs: [known[year, organ] for organ in organs])


def write_content(folder: Path, reports: dict[str, tuple[str, str]] | None = None) -> Path:
    """Write a content folder of three reports, or of those given as `year/organ` → (tables, prose)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    (folder / "organs.yaml").write_text(ORGANS, encoding="utf-8")
    if reports is None:
        keys = [(2020, "shili"), (2021, "shili"), (2021, "jiaju")]
        reports = {f"{year}/{organ}": (tables(year, organ), prose(year)) for year, organ in keys}
    for key, (figures, narrative) in reports.items():
        place = folder / key
        place.mkdir(parents=True)
        (place / "tables.yaml").write_text(figures, encoding="utf-8")
        (place / "report.md").write_text(narrative, encoding="utf-8")
    return folder
