"""示例 reports to put a sentence into: several kinds of organ, the same figures, last year's report at hand."""

from __future__ import annotations

from generator.collection.context import Context
from generator.collection.settings import read_settings
from generator.finding import Finding
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.rules.runner import check_entry
from generator.wordlists.shipped import shipped_words
from generator.yaml_source.reader import read
from tests.example import FORMS, SITE, prose, tables

ORGANS = """\
机关:
  - {编号: shili, 名称: 示例区人民政府, 简称: 示例区, 层级: 区, 上级: ~}
  - {编号: jiaju, 名称: 示例区甲局, 简称: 甲局, 层级: 部门, 上级: shili}
  - {编号: yizhen, 名称: 示例区乙镇人民政府, 简称: 乙镇, 层级: 镇, 上级: shili}
  - {编号: bingjie, 名称: 示例区丙街道办事处, 简称: 丙街道, 层级: 街道, 上级: shili}
  - {编号: jiaoyu, 名称: 示例区教育和体育局, 简称: 教体局, 层级: 部门, 上级: shili}
  - {编号: xuexiao, 名称: 示例区实验中学, 简称: 实验中学, 层级: 公共企事业单位, 上级: jiaoyu}
  - {编号: weijian, 名称: 示例区卫生健康局, 简称: 卫健局, 层级: 部门, 上级: shili}
  - {编号: yiyuan, 名称: 示例区中医医院, 简称: 中医医院, 层级: 公共企事业单位, 上级: weijian}
  - {编号: dianli, 名称: 国网示例区供电公司, 简称: 供电公司, 层级: 公共企事业单位, 上级: shili}
  - {编号: shuiwu, 名称: 国家税务总局示例区税务局, 简称: 税务局, 层级: 部门, 上级: shili}
  - {编号: wenhua, 名称: 示例区文化局, 简称: 文化局, 层级: 部门, 上级: shili, 止: 2020}
  - {编号: lvyou, 名称: 示例区旅游局, 简称: 旅游局, 层级: 部门, 上级: shili, 止: 2020}
  - {编号: wenlv, 名称: 示例区文化和旅游局, 简称: 文旅局, 层级: 部门, 上级: shili, 起: 2021, 承接: [wenhua, lvyou]}
  - {编号: shujuju, 名称: 示例区数据局, 简称: 数据局, 层级: 部门, 上级: shili, 起: 2021}
"""
SETTINGS = read_settings(read(SITE.encode(), "site.yaml")[0], read(ORGANS.encode(), "organs.yaml")[0])
NAMES = {organ.id: organ.name for organ in SETTINGS.organs}
FIGURES: dict[str, list[object]] = {
    "表二_行政规范性文件": [9, 1, 30],
    "表二_行政许可": [1520],
    "表二_行政处罚": [86],
    "表三_本年新收": [18, 2, 0, 0, 1, 1, 22],
    "表三_上年结转": [1, 0, 0, 0, 0, 0, 1],
    "表三_予以公开": [12, 1, 0, 0, 1, 1, 15],
    "表三_部分公开": [2, 0, 0, 0, 0, 0, 2],
    "表三_属于国家秘密": [1, 0, 0, 0, 0, 0, 1],
    "表三_属于行政执法案卷": [1, 0, 0, 0, 0, 0, 1],
    "表三_本机关不掌握": [1, 1, 0, 0, 0, 0, 2],
    "表三_重复申请": [1, 0, 0, 0, 0, 0, 1],
    "表三_总计": [18, 2, 0, 0, 1, 1, 22],
    "表三_结转下年度": [1, 0, 0, 0, 0, 0, 1],
    "表四_件数": [1, 0, 0, 1, 2, 2, 1, 0, 0, 3, 1, 0, 0, 0, 1],
}
BEFORE: dict[str, list[object]] = {
    "表三_本年新收": [17, 2, 0, 0, 1, 0, 20],
    "表三_予以公开": [16, 2, 0, 0, 1, 0, 19],
    "表三_总计": [16, 2, 0, 0, 1, 0, 19],
    "表三_结转下年度": [1, 0, 0, 0, 0, 0, 1],
}
# Another set, larger, of a year whose every figure of 表二 and 表三 is told.
FURTHER: dict[str, list[object]] = {
    "表二_行政规范性文件": [9, 1, 30],
    "表二_行政许可": [1520],
    "表二_行政处罚": [86],
    "表二_行政强制": [12],
    "表二_行政事业性收费": ["345.6"],
    "表三_本年新收": [66, 9, 0, 1, 3, 1, 80],
    "表三_上年结转": [5, 0, 0, 0, 0, 0, 5],
    "表三_予以公开": [33, 5, 0, 1, 2, 0, 41],
    "表三_部分公开": [8, 1, 0, 0, 0, 0, 9],
    "表三_属于国家秘密": [1, 0, 0, 0, 0, 0, 1],
    "表三_危及三安全一稳定": [1, 1, 0, 0, 0, 0, 2],
    "表三_保护第三方合法权益": [1, 0, 0, 0, 0, 0, 1],
    "表三_属于三类内部事务信息": [2, 0, 0, 0, 0, 0, 2],
    "表三_属于行政执法案卷": [1, 0, 0, 0, 0, 0, 1],
    "表三_本机关不掌握": [10, 1, 0, 0, 1, 0, 12],
    "表三_没有现成信息": [2, 0, 0, 0, 0, 1, 3],
    "表三_补正后仍不明确": [1, 0, 0, 0, 0, 0, 1],
    "表三_信访举报投诉类申请": [3, 0, 0, 0, 0, 0, 3],
    "表三_重复申请": [1, 0, 0, 0, 0, 0, 1],
    "表三_逾期不补正": [2, 0, 0, 0, 0, 0, 2],
    "表三_其他": [1, 0, 0, 0, 0, 0, 1],
    "表三_总计": [67, 8, 0, 1, 3, 1, 80],
    "表三_结转下年度": [4, 1, 0, 0, 0, 0, 5],
    "表四_件数": [3, 1, 1, 1, 6, 2, 0, 1, 1, 4, 1, 0, 0, 1, 2],
}
FURTHER_BEFORE: dict[str, list[object]] = {
    "表三_本年新收": [55, 7, 0, 0, 1, 1, 64],
    "表三_上年结转": [4, 0, 0, 0, 0, 0, 4],
    "表三_予以公开": [54, 7, 0, 0, 1, 1, 63],
    "表三_总计": [54, 7, 0, 0, 1, 1, 63],
    "表三_结转下年度": [5, 0, 0, 0, 0, 0, 5],
}


def _entry(organ: str, year: int, narrative: str, rows: dict[str, list[object]]) -> tuple[LoadedReport, list[Finding]]:
    text = tables(year, organ, **rows).replace("标题: " + organ, "标题: " + NAMES[organ])
    text = text.replace(f"标题: {organ}", f"标题: {NAMES[organ]}").replace(
        "发布机构: 示例区人民政府", f"发布机构: {NAMES[organ]}"
    )
    ref = ReportRef(year, organ, f"{year}/{organ}")
    entry, found = read_entry(ref, Files(text.encode(), narrative.encode()), FORMS)
    assert entry is not None
    return entry, found


_REST: dict[tuple[str, bool], set[tuple[str, str]]] = {}
_BEFORE: dict[tuple[str, bool], LoadedReport] = {}


def _found(organ: str, narrative: str, further: bool) -> list[Finding]:
    if (organ, further) not in _BEFORE:
        _BEFORE[organ, further] = _entry(organ, 2020, prose(2020), FURTHER_BEFORE if further else BEFORE)[0]
    entry, found = _entry(organ, 2021, narrative, FURTHER if further else FIGURES)
    organs = {item.id: item for item in SETTINGS.organs}
    context = Context(0, _BEFORE[organ, further], organs, words=shipped_words(), host="www.example.gov.cn")
    return found + check_entry(entry, context)


def found_in(sentence: str, organ: str = "shili", preface: bool = False, further: bool = False) -> list[Finding]:
    """Returns what is found in a 2021 report for a sentence put into it, apart from what is found without it; `further`
    chooses the other set of figures."""
    narrative = prose(2021)
    if (organ, further) not in _REST:
        _REST[organ, further] = {(item.rule, item.subject) for item in _found(organ, narrative, further)}
    put = (
        narrative.replace("示例引言。", f"示例引言。{sentence}", 1)
        if preface
        else narrative.replace("\n## ", f"\n{sentence}\n\n## ", 2).replace(f"\n{sentence}\n\n## ", "\n## ", 1)
    )
    return [item for item in _found(organ, put, further) if (item.rule, item.subject) not in _REST[organ, further]]
