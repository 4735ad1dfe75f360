"""The names of what lies beside an output folder."""

from __future__ import annotations

from pathlib import Path

from generator.pipeline.layout import Layout


def test_everything_lies_beside_the_output_under_one_pattern(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "site")
    paths = [path for path in vars(layout).values() if path != layout.output]
    assert len(set(paths)) == len(paths) > 10
    for path in paths:
        beside = path.relative_to(tmp_path).parts[0]
        assert beside.startswith(".site.nianbao-") and not path.is_relative_to(layout.output)


def test_an_output_that_is_a_link_is_taken_for_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    assert Layout(tmp_path / "site").beside("x") == tmp_path / ".real.nianbao-x"
