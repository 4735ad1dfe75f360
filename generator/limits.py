"""Declares how much a report folder may hold. What is more is refused with a finding at its place and not worked on.

The limits on files from outside are `readers.document.Limits`, because `import` has options for them.
"""

from __future__ import annotations

FILE_BYTES = 5_000_000  # of a file of a report folder
TEXT_BYTES = 2_000_000  # of a text among them: tables.yaml, site.yaml, lists …
REGISTER_BYTES = 50_000_000  # of organs.yaml; 130 bytes an organ: all counties with 60 units each take 22 MB
NARRATIVE_BYTES = 1_000_000  # of report.md
LINE_BYTES = 65_536  # of one line of a text
YAML_DEPTH = 8  # lists and mappings in one another
DIGITS = 18  # of a figure; sums and shares of such figures are exact in Decimal's 28 digits
COLUMNS = 60  # of a table in a narrative
CELLS = 20_000  # of all tables in a narrative together
BRACKETS = 10_000  # in a narrative that may begin a link or a picture
NESTING = 16  # levels of lists (two each) and quotes in a narrative; markdown-it drops what is behind 20
ADDED_ROWS = 200  # of 增加行
NAME = 64  # characters of an organ's id, which is a folder's name
FINDINGS = 200  # of one file; the others are counted
MESSAGE = 600  # characters of a finding's message; the middle of a longer one is left out
FOLDERS = 2  # levels of folders below content/: years and reports; a folder in a report is named, not entered
