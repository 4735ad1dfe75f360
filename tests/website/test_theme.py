"""Page templates and assets, read from a folder."""

from __future__ import annotations

from pathlib import Path

from generator.website.theme import load_theme, templates_folder


def test_the_theme_of_the_program_has_every_kind_of_page_and_its_assets() -> None:
    theme = load_theme()
    assert {"base.html", "home.html", "year.html", "organ.html", "report.html", "error.html"} <= theme.templates.keys()
    assert {"early.js", "nianbao.css", "nianbao.js"} <= theme.assets.keys()
    assert (templates_folder() / "base.html").read_text("utf-8") == theme.templates["base.html"]


def test_a_folder_gives_its_templates_as_text_and_its_assets_as_bytes(tmp_path: Path) -> None:
    (tmp_path / "assets" / "deeper").mkdir(parents=True)
    (tmp_path / "home.html").write_text("示例", encoding="utf-8")
    (tmp_path / "note.txt").write_text("示例", encoding="utf-8")
    (tmp_path / "assets" / "a.css").write_bytes(b"\xff")
    assert load_theme(tmp_path) == ({"home.html": "示例"}, {"a.css": b"\xff"})
