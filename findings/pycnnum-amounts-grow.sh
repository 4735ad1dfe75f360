#!/usr/bin/env bash
# pycnnum 2.1.1; cn2an 0.5.24 beside it.
#
# Amounts and large counts stand in a narrative in Chinese numerals (减免一百八十万元, 访问量一千八百万次). cn2num of pycnnum makes
# numbers of them. Where the figure before 万 or 亿 ends in a ten or a hundred after a higher place, the higher place is
# multiplied once more: 一百八十万 is ten million and eight hundred thousand. With a digit behind the ten, or with one place
# alone, it is right, so that a test with 二百二十九万三千 or 八百万 finds nothing. pycnnum's own num2cn writes these words.
#
# Seen: 一百八十万 → 10800000, 一千八百万 → 1008000000, 三千二百万 → 3002000000, 一千八百亿 → 10080000000000;
#       二百二十九万三千 and 八百万 as meant; of the 89 round numbers from 1100000 to 9900000 that pycnnum writes itself 81 come
#       back wrong. cn2an right every time.
# Expected: 1800000, 18000000, 32000000, 180000000000; what num2cn wrote comes back.
# For us: numerals of the narrative are read by generator/narrative/numerals.py, which has 一百八十万 as 1800000.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'pycnnum==2.1.1' 'cn2an==0.5.24' 2>/dev/null
cat > look.py <<'PY'
from cn2an import cn2an
from pycnnum import cn2num, num2cn

SEEN = {"一百八十万": 10_800_000, "一千八百万": 1_008_000_000, "三千二百万": 3_002_000_000, "一千八百亿": 10_080_000_000_000}
MEANT = {"一百八十万": 1_800_000, "一千八百万": 18_000_000, "三千二百万": 32_000_000, "一千八百亿": 180_000_000_000}
RIGHT = {"二百二十九万三千": 2_293_000, "八百万": 8_000_000}
read = {words: cn2num(words) for words in SEEN | RIGHT}
print(read)
assert {words: cn2an(words) for words in MEANT | RIGHT} == MEANT | RIGHT, "cn2an has changed"
assert read == SEEN | RIGHT, "pycnnum has changed"
rounds = range(1_100_000, 10_000_000, 100_000)
wrong = [number for number in rounds if cn2num(num2cn(number)) != number]
print(f"{len(wrong)} of {len(rounds)} round numbers come back wrong")
assert len(rounds) == 89 and len(wrong) == 81, "pycnnum has changed"
assert all(cn2an(num2cn(number)) == number for number in rounds), "cn2an has changed"
PY
venv/bin/python look.py
