"""Holds what GB/T 9704-2012 asks of a page: margins, the grid of lines, the fonts by name, the page number."""

from __future__ import annotations

WIDTH, HEIGHT = 210, 297  # mm: A4
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26  # mm
TEXT_WIDTH = float(WIDTH - LEFT - RIGHT)  # mm
LINES, CHARACTERS = 22, 28  # on a page, in a line; the grid that the tests hold our files against
SIZE = 16.0  # points of the text

# Fonts as officials know them, by what they are for. Documents name them; none is embedded.
TITLE, TEXT, SECOND, FIRST, PLAIN = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
# What a machine without them may take instead; Word reads one name for each.
INSTEAD = {TITLE: "宋体", TEXT: "仿宋", SECOND: "楷体", FIRST: "SimHei", PLAIN: "SimSun"}
SONG, KAI = "宋体", "楷体"  # fonts that every office machine has, for spreadsheets

FOLIO = ("— ", " —")  # around the page number: lines as wide as a character
