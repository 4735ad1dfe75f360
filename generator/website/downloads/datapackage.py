"""data/datapackage.json: describes the collection's CSV files (Data Package)."""

from __future__ import annotations

import json

_FIELDS = {
    "reports": [
        ("year", "integer", "报告年度"),
        ("organ", "string", "机关编号"),
        ("organ_name", "string", "机关名称"),
        ("format", "string", "格式"),
        ("table", "string", "表"),
        ("row", "string", "行（各级标签以/相连）"),
        ("column", "string", "列（各级标签以/相连）"),
        ("value", "number", "数值；空白和“/”没有数值"),
        ("text", "string", "原表文字；空白为空，不适用为/"),
        ("unit", "string", "单位"),
    ],
    "indicators": [
        ("year", "integer", "报告年度"),
        ("organ", "string", "机关编号"),
        ("organ_name", "string", "机关名称"),
        ("section", "string", "所在部分"),
        ("name", "string", "指标"),
        ("value", "number", "数值"),
        ("text", "string", "原文数字"),
        ("unit", "string", "单位"),
        ("approximate", "boolean", "原文为约数（余）"),
    ],
}


def datapackage(name: str, title: str) -> bytes:
    resources = [
        {
            "name": resource,
            "path": f"{resource}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"lineTerminator": "\r\n"},
            "schema": {
                "fields": [{"name": n, "type": t, "title": label} for n, t, label in fields],
                "missingValues": [""],
            },
        }
        for resource, fields in _FIELDS.items()
    ]
    package = {"profile": "tabular-data-package", "name": name, "title": title, "resources": resources}
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
