#!/usr/bin/env bash
# frictionless 5.21.0.
#
# A table schema of the Data Package standard, version 2, may say which columns no two rows have in common (uniqueKeys).
# frictionless takes a package that names the profile of version 2 and has such a schema, and passes a file with the same
# row twice; with the same columns as primaryKey it finds the second row.
#
# Seen: uniqueKeys → valid; primaryKey → not valid (primary-key).
# Expected: not valid for both.
# For us: the cells of a year are described by primaryKey (year, organ, row_key, column_key), which is checked.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'frictionless==5.21.0' 2>/dev/null
cat > look.py <<'PY'
import json
from pathlib import Path

from frictionless import Package

Path("cells.csv").write_text("year,organ,cell,value\n2021,a,t3.received,3\n2021,a,t3.received,4\n", encoding="utf-8")
TYPES = {"year": "integer", "organ": "string", "cell": "string", "value": "integer"}


def errors(key: dict[str, object]) -> list[str]:
    schema = {"fields": [{"name": name, "type": kind} for name, kind in TYPES.items()], **key}
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "cells",
        "resources": [{"name": "cells", "type": "table", "path": "cells.csv", "schema": schema}],
    }
    Path("datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    report = Package("datapackage.json").validate()
    return [error.type for task in report.tasks for error in task.errors]


unique, primary = errors({"uniqueKeys": [["year", "organ", "cell"]]}), errors({"primaryKey": ["year", "organ", "cell"]})
print("uniqueKeys:", unique, "primaryKey:", primary)
assert primary == ["primary-key"]
assert unique == [], "frictionless has changed"
PY
venv/bin/python look.py
