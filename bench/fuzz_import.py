"""Mutated reports through the whole importer: no traceback, no hang, memory bounded.

    python bench/fuzz_import.py [NUMBER] [SEED] [--minutes N]

Starts from 示例 reports of both living forms and of the list of 2014-2018 as page, dump, running text and saved page
(tests/importer/samples.py), mutates bytes (flips, cuts, repeats, splices, swapped encodings), and reports how many were
read, how many refused, the slowest, and what escaped. The exit code is 1 when anything but Unreadable and NeedsInput
escaped or one input took over ten seconds.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
import traceback
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.budget import Budget, add_minutes, tally
from generator.forms.declared import declared_forms
from generator.importer.make_draft import NeedsInput, take
from generator.readers.document import Limits, Unreadable
from generator.readers.open_file import read_bytes
from tests.importer.samples import SHAPES, dump_text, figures, flat_text, list_report, ordered_list, page

_PIECES = [
    b"<table>",
    b"</td>",
    b"<tr>",
    b"<td colspan=99 rowspan=99>",
    b"<div>" * 50,
    b"<!--",
    b"<script>",
    b"&#x1F600;",
    b"\t",
    b"\n\n",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    "一、".encode(),
    "（一）".encode(),
    "第二十条第（一）项".encode(),
    "总计".encode(),
    b"0" * 40,
    b"9" * 15,
    b"-",
    b"/",
    "２０２１年".encode(),
    "{{表三.总计.总计}}".encode(),
    b"**",
    b"[image: ",
    b"|",
    b"\\",
    "规章".encode("gbk"),
    b"%PDF-",
    b"PK\x03\x04",
    b"{\\rtf",
]


def seeds() -> list[bytes]:
    made = []
    for year in (2020, 2021):
        said = figures(year, t3_本年新收=[20, 0, 0, 0, 0, 1, 21])
        texts = (page(year, said), dump_text(year, said), flat_text(year, said))
        made += [text.encode() for text in texts] + [texts[0].encode("gbk", "replace")]
    listed = ordered_list()
    made += [list_report(shape, listed).encode() for shape in SHAPES]
    made.append(
        list_report("page", listed, ("</tbody>", "<tr><td>甲数</td><td>条</td><td>12</td></tr></tbody>")).encode()
    )
    saved = EmailMessage()
    saved["MIME-Version"] = "1.0"
    saved.set_content(made[0].decode(), subtype="html", charset="utf-8", cte="quoted-printable")
    saved.add_related(b"x", "image", "png", cid="<p>")
    saved.set_boundary("=_part")
    made.append(saved.as_bytes())
    return made


def mutated(data: bytes, dice: random.Random, others: list[bytes]) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice((1, 2, 4, 16, 64))):
        at = dice.randrange(len(out) + 1)
        end = min(len(out), at + dice.choice((1, 3, 20, 300, 3000)))
        match dice.randrange(7):
            case 0:
                del out[at:end]
            case 1:
                out[at:at] = dice.choice(_PIECES)
            case 2:
                out[at:end] = bytes(dice.randrange(256) for _ in range(min(end - at, 40)))
            case 3:
                out[at:at] = out[at:end] * dice.choice((1, 2, 20))
            case 4:
                other = dice.choice(others)
                start = dice.randrange(len(other))
                out[at:end] = other[start : start + 2000]
            case 5:
                out[at:end] = out[at:end][::-1]
            case _:
                out[at:at] = dice.choice(_PIECES) * dice.choice((1, 5, 200))
        if len(out) > 400_000:
            del out[400_000:]
    return bytes(out)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("number", type=int, nargs="?", default=3000)
    options.add_argument("seed", type=int, nargs="?", default=1)
    add_minutes(options)
    chosen = options.parse_args()
    dice, budget = random.Random(chosen.seed), Budget(chosen.minutes)
    forms, starts = declared_forms(), seeds()
    told: Counter[str] = Counter()
    slowest = 0.0
    for count in budget.within(range(chosen.number)):
        data = mutated(dice.choice(starts), dice, starts)
        begun = time.perf_counter()
        try:
            take(read_bytes(data, "示例2021.dat", Limits()), forms, (), "shili", dice.choice((0, 2016, 2020, 2021)))
            told["read"] += 1
        except (Unreadable, NeedsInput):
            told["refused"] += 1
        except Exception:
            told["escaped"] += 1
            print(f"--- {count}", traceback.format_exc(), sep="\n", file=sys.stderr)
        slowest = max(slowest, time.perf_counter() - begun)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{tally(told.total(), chosen.number)} inputs: {dict(told)}, slowest {slowest:.2f} s, peak {memory:.0f} MB")
    return 1 if told["escaped"] or slowest > 10 else 0


if __name__ == "__main__":
    sys.exit(main())
