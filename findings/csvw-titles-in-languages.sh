#!/usr/bin/env bash
# csvw 4.1.1.
#
# CSVW (W3C, Metadata Vocabulary for Tabular Data) lets the titles of a column be given by language: {"zh": "机关",
# "en": "Organ"}. A header line carries no language ("und"), which matches every language (section 5.6.1.1 and RFC 4647), so
# such metadata and its file belong together. csvw compares the two only where a title is a plain string: it calls a
# bilingual column incompatible, says that the table is not valid, and its rows hold None under the column's name, with
# the value as a string under the Chinese head. The JSON it makes of the same table has the values.
#
# Seen: titles "本年新收" → {"received": 22}; titles {"zh": …, "en": …} → {"本年新收": "22", "received": None}, valid: False.
# Expected: the same row for both.
# For us: titles in the metadata of the data files are plain strings; the languages stand in the description of columns.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'csvw==4.1.1' 2>/dev/null
cat > look.py <<'PY'
import json
import warnings
from pathlib import Path

from csvw import CSVW

Path("2020.csv").write_text("年度,本年新收\n2020,22\n", encoding="utf-8")


def read(titles: object) -> tuple[bool, dict[str, object], str]:
    columns = [
        {"name": "year", "titles": "年度", "datatype": "integer"},
        {"name": "received", "titles": titles, "datatype": "integer"},
    ]
    metadata = {"@context": "http://www.w3.org/ns/csvw", "url": "2020.csv", "tableSchema": {"columns": columns}}
    Path("2020.csv-metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")  # csvw counts its own warnings to tell whether a table is valid
        table = CSVW("2020.csv-metadata.json", validate=True)
        return table.is_valid, dict(next(iter(table.tables[0].iterdicts()))), str(table.to_json(minimal=True)[0])


plain = read("本年新收")
tagged = read({"zh": "本年新收", "en": "Received this year"})
for name, seen in (("plain: ", plain), ("tagged:", tagged)):
    print(name, *seen)
assert plain[0] and plain[1] == {"year": 2020, "received": 22}
assert not tagged[0] and tagged[1]["received"] is None and tagged[1]["本年新收"] == "22", "csvw has changed"
assert "22" in tagged[2]
PY
venv/bin/python look.py
