"""Help in columns of the terminal: nothing beyond its width, nothing lost, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from generator.__main__ import commands
from generator.commands.help_text import WideFormatter, wrapped

WORDS = "只核对 不生成网页 （content/2020/boshan） “待核” import [默认：80] 甲，乙。 site.yaml".split()


@given(st.lists(st.sampled_from(WORDS)), st.integers(24, 60))
def test_lines_fit_and_keep_every_character(words: list[str], room: int) -> None:
    text = " ".join(words)
    lines = list(wrapped(text, room))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= room and line[:1] not in {"，", "。", "）", "”"} for line in lines)
    assert all(line[-1:] not in {"（", "“", "["} for line in lines)


def commands_of(group: click.Group, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    yield group, context
    for name, command in group.commands.items():
        below = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from commands_of(command, below)
        else:
            yield command, below


@pytest.mark.parametrize("width", [80, 50])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_help_is_wider_than_the_terminal_nor_cut(lang: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    group = commands(lang)
    for command, context in commands_of(group, click.Context(group, info_name="nianbao")):
        assert context.formatter_class is WideFormatter or command.context_class.formatter_class is WideFormatter
        lines = command.get_help(command.context_class(command, parent=context.parent, info_name=context.info_name))
        assert all(cell_len(line) <= max(width, 52) for line in lines.splitlines()), lines
        assert "..." not in lines.replace("[ARGS]...", "").replace("RULE...", "").replace("FILES...", ""), lines
        if lang == "zh":
            assert not {"COMMAND", "YEAR", "TEXT", "INTEGER", "[NAME]"} & set(lines.split()), lines


def test_texts_stand_in_one_column_beside_chinese_names() -> None:
    formatter = WideFormatter(width=60)
    formatter.write_dl([("--year 年度", "报告年度"), ("--yes", "不问")])
    assert [cell_len(line.partition("报告" if "报告" in line else "不问")[0]) for line in formatter.buffer] == [13, 13]
