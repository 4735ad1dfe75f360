"""What a reviewer reading the published report of 博山区 for 2020 would mark, found at its place, and nothing else."""

from __future__ import annotations

from pathlib import Path

from generator.collection.office import open_office
from generator.report.entry import ReportRef
from generator.rules.runner import check_entry

CONTENT = Path(__file__).parents[2] / "content"

MARKED = """\
NAR-DUPCHAR 29:312 、教育、共公共文化体育
NAR-ENUM 25:337 率100%。四完善管理和服
NAR-GOV50 7:1 社会评议、责任追究结果
STR-NUM 15:1 1、健全领导体制机制
STR-NUM 19:1 2、强化监督考核和培
STR-NUM 25:1 1、行政权力运行公开
STR-NUM 29:1 2、重点领域信息公开
STR-NUM 45:1 （6） 加强平台建设，着力提高公开实效。
STR-NUM 49:1 2、 主动公开政府信息情况
STR-TITLE 55:1 五、存在的不足及改进措施
STR-WS 45:24 （6） 加强平台建设，着力提高公开实效。（句号）
STR-WS 45:8 （6） 加强平台建设，着力提高公开实效。
STR-WS 49:6 2、 主动公开政府信息情况
WORD-FIXED 43:91 共收到政府信息公开申22件
WORD-PUNCT 15:116 点的通知》、《2020
WORD-PUNCT 29:229 基本情况,全年共公
WORD-PUNCT 39:26 认定机制,明确公文
WORD-PUNCT 39:9 工作机制,严格落实
WORD-PUNCT 59:153 解读实用性。三是加强对政务公
WORD-PUNCT 9:6 020年,博山区按
XT-CONTACT 5:123 邮箱
XT-PREFACE 3:5 存在的不足及改进措施
XT-TITLE 5:5 机关名称"""

FAMILIES = (
    "WORD-",
    "STR-",
    "XT-",
    "PRIV-",
    "SEC-",
    "LEAK-",
    "PUB-",
    "NAR-DUPCHAR",
    "NAR-ENUM",
    "NAR-GOV50",
    "NAR-SEC",
    "NAR-SIM",
    "NAR-LEN",
)


def test_the_report_of_boshan() -> None:
    office = open_office(CONTENT)
    report, _ = office.read(ReportRef(2020, "boshan", "2020/boshan"))
    assert report is not None
    hits = [f for f in check_entry(report, office.context) if f.rule.startswith(FAMILIES) and f.rule not in ("XT-FEE",)]
    assert sorted(f"{f.rule} {f.place.line}:{f.place.column} {f.subject}" for f in hits) == MARKED.split("\n")
