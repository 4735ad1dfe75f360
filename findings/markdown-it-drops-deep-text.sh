#!/usr/bin/env bash
# markdown-it-py 4.3.0, preset "commonmark" (maxNesting is taken over from the JavaScript original; that was not tried).
#
# CommonMark sets no limit to nesting. The parser has one, maxNesting, 20 in this preset, against hostile input: at that
# level ParserBlock.tokenize sets state.line = endLine and stops. What stands deeper is not shown as text, not reported
# and not in the token stream: it is gone. A list counts two levels, so the tenth level of a list already loses its words.
#
# Seen: nine levels are all there, of ten the last is missing.
# Expected: the text of every level, however it is nested, or an exception.
# For us: lists and quotes stop at level 16 (generator/limits.py, NESTING): what is deeper stays text, with MD-DEEP.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'markdown-it-py==4.3.0' 2>/dev/null
cat > deep.py <<'PY'
import sys
from importlib.metadata import version

from markdown_it import MarkdownIt


def missing(depth: int) -> list[str]:
    words = [f"level{number}" for number in range(1, depth + 1)]
    text = "".join(f"{'  ' * number}- {word}\n" for number, word in enumerate(words))
    html = MarkdownIt("commonmark").render(text)
    return [word for word in words if word not in html]


nine, ten, quotes = missing(9), missing(10), "words" not in MarkdownIt("commonmark").render(">" * 20 + " words\n")
print(f"markdown-it-py {version('markdown-it-py')}: missing of 9 levels {nine}, of 10 levels {ten}; 20 quotes lose their words: {quotes}")
if nine or not ten or not quotes:
    sys.exit("markdown-it-py has changed")
PY
venv/bin/python deep.py
