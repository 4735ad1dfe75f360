"""The page of an edited report is drawn at once and right; after the build that follows, all is as if built anew."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from generator.collection.folder import linked, scan
from generator.collection.office import open_office
from generator.finding import UserError
from generator.pipeline import fingerprints, private_folder
from generator.pipeline.request import BuildResult, Request
from generator.pipeline.resident import FirstPages, Report, Resident
from generator.pipeline.run import run
from generator.pipeline.session import Overtaken
from tests.example import prose, tables, write_content
from tests.pipeline.test_incremental import World
from tests.pipeline.test_run import made

pytestmark = pytest.mark.slow


class Preview:
    """A preview without a server: what it keeps in memory, and its folder."""

    def __init__(self, content: Path, output: Path) -> None:
        self.content, self.output, self.resident = content, output, Resident()
        self.request = Request(content, preview=True, durable=False, jobs=1)
        self.build()

    def build(self, *edited: Report) -> BuildResult:
        return run(self.request, self.output, resident=self.resident, edited=edited)

    def first(self, *paths: Path) -> FirstPages | None:
        reports = self.resident.edited(self.content, map(str, paths))
        return self.resident.draw(self.output, reports) if reports else None

    def edit(self, *paths: Path) -> BuildResult:
        """What follows an edit: where the reports could be drawn at once, a build that looks at nothing else."""
        return self.build(*self.resident.edited(self.content, map(str, paths)) if self.first(*paths) else ())


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    return Preview(write_content(tmp_path / "content"), tmp_path / "out/site")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_draft_a_picture_and_a_figure_are_shown_at_once(preview: Preview) -> None:
    folder, page = preview.content / "2021/shili", preview.output / "2021/shili/index.html"
    drawn = preview.first(write(folder / "tables.yaml", "状态: 草稿\n" + tables(2021)))
    assert drawn and "草稿，未公开" in page.read_text("utf-8")
    (folder / "tu.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    drawn = preview.first(write(folder / "report.md", prose(2021) + "\n![示例图](tu.png)\n"), folder / "tu.png")
    assert drawn and "2021/shili/tu.png" in drawn.changed and (preview.output / "2021/shili/tu.png").is_file()
    row = [7, 0, 0, 0, 0, 0, 7]
    changed = tables(2020, 表三_本年新收=row, 表三_予以公开=row, 表三_总计=row)
    assert preview.first(write(preview.content / "2020/shili/tables.yaml", changed))
    assert ">7<" in (preview.output / "2020/shili/index.html").read_text("utf-8")


def test_what_is_more_than_a_few_reports_is_left_to_the_build(preview: Preview) -> None:
    content, edited = preview.content, preview.resident.edited
    inside = str(content / "2021/shili/report.md")
    assert edited(content, [inside]) == [(2021, "shili")]
    for other in ("site.yaml", "organs.yaml", "2021/neu/report.md", "2021/shili", "2021/shili/a/b", "lists/names.yaml"):
        assert edited(content, [inside, str(content / other)]) == []
    assert edited(content, ["/elsewhere/2021/shili/report.md"]) == []


def test_a_report_that_cannot_be_read_is_left_to_the_build(preview: Preview) -> None:
    before = made(preview.output)
    assert preview.first(write(preview.content / "2021/shili/tables.yaml", "甲: [")) is None
    assert made(preview.output) == before and len(list(preview.output.parent.glob("tmp*"))) == 0


def test_last_year_is_read_again_where_it_changed(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "_GRAIN_NS", 0)
    row = [5, 0, 0, 0, 0, 0, 5]
    prior = tables(2020, 表三_本年新收=row, 表三_予以公开=row, 表三_总计=row)
    for number, old in enumerate((tables(2020), prior, tables(2020))):
        write(preview.content / "2020/shili/tables.yaml", old)
        assert preview.first(write(preview.content / "2021/shili/report.md", prose(2021) + f"\n示例{number}。\n"))
        drawn = (preview.output / "2021/shili/index.html").read_bytes()
        preview.build()
        assert (preview.output / "2021/shili/index.html").read_bytes() == drawn


def test_a_report_that_is_mended_is_listed_as_any_other(preview: Preview, tmp_path: Path) -> None:
    file = preview.content / "2021/shili/tables.yaml"
    for text in ("甲: [", tables(2021)):
        write(file, text)
        preview.build()
    run(replace(preview.request, cold=True), tmp_path / "cold/site")
    assert made(preview.output) == made(tmp_path / "cold/site")


def test_the_worker_at_hand_is_that_of_the_last_build(preview: Preview) -> None:
    resident, refs = preview.resident, scan(preview.content)[0]
    assert resident.office and resident.worker(resident.office, linked(refs, withheld_too=True))
    assert resident.worker(resident.office, refs[1:]) is None
    assert resident.worker(open_office(preview.content), refs) is None


@pytest.mark.parametrize("seed", [3])
def test_after_any_edits_it_is_as_if_built_anew(tmp_path: Path, seed: int) -> None:
    """Each edit is drawn first where it can be, and the page of the report is then what the build makes of it. The
    build that looks at everything then finds nothing to do."""
    world = World(tmp_path, random.Random(seed))
    preview = Preview(world.content, tmp_path / "out/site")
    edits = [world.figure, world.wrong_figure, world.narrative, world.picture, world.draft, world.broken]
    edits += [world.report_added, world.report_removed, world.organs, world.site, world.stray, world.copied]
    for edit in (world.chance.choice(edits) for _ in range(9)):
        before = {path: path.read_bytes() for path in world.content.rglob("*") if path.is_file()}
        edit()
        after = {path: path.read_bytes() for path in world.content.rglob("*") if path.is_file()}
        paths = {path for path, _ in before.items() ^ after.items()}
        first = preview.first(*paths)
        drawn = {path: (preview.output / path).read_bytes() for path in first.changed} if first else {}
        preview.build(*preview.resident.edited(preview.content, map(str, paths)) if first else ())
        assert {path: (preview.output / path).read_bytes() for path in drawn} == drawn, edit
        if all(item.rule != "YAML" and "甲: [" not in item.message.zh for item in preview.resident.findings):
            shutil.rmtree(tmp_path / "cold", ignore_errors=True)
            cold = run(Request(world.content, preview=True, jobs=1, cold=True), tmp_path / "cold/site")
            assert preview.resident.findings == cold.findings
            broken = any(path.read_text("utf-8") == "甲: [" for path in world.content.glob("*/*/tables.yaml"))
            if not broken:  # of what cannot be read, a cold build has no last good page
                assert made(preview.output) == made(tmp_path / "cold/site"), edit
                assert preview.build().changed == frozenset() and preview.resident.findings == cold.findings, edit


def test_only_what_was_edited_is_looked_at_until_everything_is(
    preview: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "_GRAIN_NS", 0)
    preview.build()
    found = preview.edit(write(preview.content / "2021/shili/shili.txt", "示例")).findings
    assert any(item.place.file == "2021/shili/shili.txt" for item in found)
    page = preview.output / "2021/jiaju/index.html"
    write(preview.content / "2021/jiaju/report.md", prose(2021) + "\n示例未说。\n")
    stray = write(preview.output / "stray.html", "示例")
    result = preview.edit(write(preview.content / "2021/shili/report.md", prose(2021) + "\n示例已说。\n"))
    assert "search/index.html" in result.changed and stray.exists() and "示例未说" not in page.read_text("utf-8")
    preview.build()
    run(replace(preview.request, cold=True), tmp_path / "cold/site")
    assert "示例未说" in page.read_text("utf-8") and made(preview.output) == made(tmp_path / "cold/site")


def test_a_report_that_becomes_a_draft_is_one_in_the_whole_section(preview: Preview, tmp_path: Path) -> None:
    for number, text in enumerate(("状态: 草稿\n" + tables(2021), tables(2021))):
        preview.edit(write(preview.content / "2021/shili/tables.yaml", text))
        cold = run(replace(preview.request, cold=True), tmp_path / f"cold{number}/site")
        assert made(preview.output) == made(tmp_path / f"cold{number}/site")
        assert preview.resident.findings == cold.findings


def test_an_edit_that_is_taken_back_before_the_build_leaves_nothing_of_it(preview: Preview) -> None:
    before, file = made(preview.output), preview.content / "2021/shili/report.md"
    assert preview.first(write(file, prose(2021) + "\n示例又改。\n")) and made(preview.output) != before
    write(file, prose(2021))
    preview.build((2021, "shili"))
    assert made(preview.output) == before


def test_files_that_an_edit_leaves_out_go(preview: Preview) -> None:
    folder = preview.content / "2021/shili"
    before, picture = made(preview.output), folder / "tu.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    preview.edit(write(folder / "report.md", prose(2021) + "\n![示例图](tu.png)\n"), picture)
    assert (preview.output / "2021/shili/tu.png").is_file()
    picture.unlink()
    result = preview.edit(write(folder / "report.md", prose(2021)), picture)
    assert "2021/shili/tu.png" in result.changed and made(preview.output) == before


def test_a_build_that_failed_half_way_is_mended_by_the_next(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    before, file = made(preview.output), preview.content / "2021/shili/report.md"
    usual = private_folder.move_in

    def dies(tree: str, output: Path, paths: Sequence[str]) -> None:
        usual(tree, output, sorted(paths)[:3])
        raise OSError(28, "示例")

    with monkeypatch.context() as patch:
        patch.setattr(private_folder, "move_in", dies)
        write(file, prose(2021) + "\n示例半途。\n")
        with pytest.raises(OSError, match="示例"):
            preview.build((2021, "shili"))
    assert made(preview.output) != before
    preview.edit(write(file, prose(2021)))
    assert made(preview.output) == before


def test_two_pages_that_want_one_path_are_refused_after_an_edit_too(preview: Preview) -> None:
    folder = preview.content / "2021/shili"
    for name in ("tu.png", "TU.png"):
        (folder / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    file = write(folder / "report.md", prose(2021) + "\n![示例图](tu.png)\n\n![示例图](TU.png)\n")
    with pytest.raises(UserError, match="two pages want"):
        preview.edit(file)
    preview.edit(write(file, prose(2021)))
    assert not (preview.output / "2021/shili/tu.png").exists()


def test_a_look_at_everything_that_is_overtaken_leaves_all_as_it_was(preview: Preview, tmp_path: Path) -> None:
    """Wherever it is given up, the edit that overtakes it is built without a look at anything else, and right."""
    file, other = preview.content / "2021/shili/report.md", preview.content / "2021/jiaju/report.md"
    seen: list[int] = []
    run(preview.request, preview.output, resident=preview.resident, heed=lambda: seen.append(0))
    assert len(seen) > 6
    for number in range(len(seen)):
        write(other, prose(2021) + f"\n示例未说{number}。\n")
        os.utime(other, ns=(0, number))
        left, before = [number], made(preview.output)

        def overtake(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Overtaken

        changed = number >= len(seen) - 2  # by then it has found the report that changed, and is not given up
        with nullcontext() if changed else pytest.raises(Overtaken):
            run(preview.request, preview.output, resident=preview.resident, heed=overtake)
        assert changed or made(preview.output) == before
        edited = preview.resident.edited(preview.content, [str(write(file, prose(2021) + f"\n示例{number}。\n"))])
        assert preview.resident.built_but(edited)
        preview.edit(file)
    preview.build()
    run(replace(preview.request, cold=True), tmp_path / "cold/site")
    assert made(preview.output) == made(tmp_path / "cold/site")


def test_a_look_that_finds_another_office_is_not_gone_on_from(preview: Preview) -> None:
    write(preview.content / "site.yaml", (preview.content / "site.yaml").read_text("utf-8") + "\n示例: 值\n")

    def overtake() -> None:
        raise Overtaken

    with pytest.raises(Overtaken):
        run(preview.request, preview.output, resident=preview.resident, heed=overtake)
    assert preview.resident.built_but([(2021, "shili")]) is None
