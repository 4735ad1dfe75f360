"""The same figures, in every shape a file comes in, come out the same; what is not certain is marked, never wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.__main__ import commands
from generator.collection.settings import read_settings
from generator.collection.summary import summarise
from generator.drafts.readings import Certainty
from generator.importer.make_draft import take
from generator.readers.document import Document
from generator.readers.open_file import read_bytes
from generator.report.entry import Files, ReportRef, read_entry
from generator.website.site import open_site
from generator.yaml_source.reader import read
from tests.example import FORMS, ORGANS, SITE, prose, tables, write_content
from tests.importer.samples import (
    LIMITS,
    LIST,
    SHAPES,
    dump_text,
    figures,
    flat_text,
    form,
    listed,
    ordered_list,
    page,
    read_list,
    sections,
    taken,
    texts_of,
)

pytestmark = pytest.mark.slow

BOTH = pytest.mark.parametrize("year", [2020, 2021])


def read_text(text: str, name: str = "示例.txt") -> Document:
    return read_bytes(text.encode(), name, LIMITS)


@st.composite
def reports(draw: st.DrawFn, year: int, blanks: bool) -> dict[str, list[str]]:
    """A report whose printed identities hold; with `blanks`, some zeros are left blank."""
    said = figures(year)
    for one in form(year).tables:
        texts = said[one.id]
        for index, slot in enumerate(one.slots):
            number = draw(st.sampled_from([0, 0, 0, 1, 2, 7, 12, 30, 105, 1280]))
            if slot.column.unit_in_cell:
                texts[index] = f"{number}{draw(st.sampled_from(['元', '万元']))}"
            elif slot.column.decimal:
                texts[index] = draw(st.sampled_from(["0", "2.02", "24252.3", "116"]))
            else:
                texts[index] = str(-number if slot.column.signed and draw(st.booleans()) else number)
        if one.id != "t2":
            _balance(one.id, year, texts)
        if blanks:
            for index in draw(st.sets(st.integers(0, len(texts) - 1), max_size=8)):
                texts[index] = "" if texts[index] == "0" else texts[index]
    return said


def _balance(name: str, year: int, texts: list[str]) -> None:
    """Make every identity hold by computing its right side, sums of rows last."""
    one = next(table for table in form(year).tables if table.id == name)
    number = [int(text) for text in texts]
    for rule in ("T3-SUM", "T3-BAL", "T3-ROW", "T4-SUM-REV", "T4-SUM-DIR", "T4-SUM-AFT"):
        for equation in one.by_rule.get(rule, ()):
            total = sum(number[i] for i in equation.left)
            if rule == "T3-BAL":
                # what came in and is not done goes on; what is done beyond it came in
                done, on = equation.right
                if total < number[done]:
                    number[equation.left[0]] += number[done] - total
                    total = number[done]
                number[on] = total - number[done]
            else:
                number[equation.right[0]] = total
    texts[:] = map(str, number)


BOTH_REPORTS = st.sampled_from([2020, 2021])
SOME = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
FEW = settings(SOME, max_examples=2)  # each costs seconds


@SOME
@given(BOTH_REPORTS, st.data())
def test_a_pasted_portal_page_reads_exactly(year: int, data: st.DataObject) -> None:
    said = data.draw(reports(year, blanks=True))
    draft = taken(read_bytes(page(year, said).encode(), "a.html", LIMITS))
    assert {name: texts_of(draft, name) for name in said} == said
    assert draft.counts == {"certain": sum(map(len, said.values())), "inferred": 0, "undecided": 0, "missing": 0}
    assert draft.form is form(year) and not draft.ignored


@SOME
@given(BOTH_REPORTS, st.data())
def test_a_word_dump_reads_exactly(year: int, data: st.DataObject) -> None:
    said = data.draw(reports(year, blanks=True))
    draft = taken(read_text(dump_text(year, said)))
    assert {name: texts_of(draft, name) for name in said} == said
    assert draft.counts["certain"] == sum(map(len, said.values()))


@FEW
@given(BOTH_REPORTS, st.data())
@example(2021, None)
def test_run_together_digits_are_split_rightly_or_not_at_all(year: int, data: st.DataObject | None) -> None:
    said = data.draw(reports(year, blanks=False)) if data else figures(year)
    draft = taken(read_text(flat_text(year, said)))
    for name, truth in said.items():
        for index, text in enumerate(texts_of(draft, name)):
            reading = next(r for r in draft.tables if r.table.id == name).readings[index]
            assert reading.certainty is Certainty.UNDECIDED or text == truth[index]
    if data is None:
        assert draft.counts == {"certain": 179, "inferred": 21, "undecided": 0, "missing": 0}


@FEW
@given(BOTH_REPORTS, st.data(), st.integers(0, 400), st.sampled_from(["9", "0", "", "17"]))
def test_with_a_wrong_or_missing_figure_nothing_certain_is_wrong(
    year: int, data: st.DataObject, at: int, wrong: str
) -> None:
    """The identities fail, a cell is blank: splits may go astray then, but never as certain."""
    said = data.draw(reports(year, blanks=False))
    said["t3"][at % len(said["t3"])] = wrong
    draft = taken(read_text(flat_text(year, said)))
    for one in draft.tables:
        for index, reading in one.readings.items():
            assert reading.certainty is not Certainty.CERTAIN or reading.text == said[one.table.id][index]


@BOTH
def test_cells_one_a_line_without_tabs_are_certain(year: int) -> None:
    """A table copied out of a browser: every cell on its own line."""
    said = figures(
        year, t3_本年新收=[20, 0, 0, 0, 0, 1, 21], t3_予以公开=[20, 0, 0, 0, 0, 1, 21], t3_总计=[20, 0, 0, 0, 0, 1, 21]
    )
    lines = [line.strip() for line in dump_text(year, said).split("\n")]
    draft = taken(read_text("\n".join(line for line in lines if line)))
    assert {name: texts_of(draft, name) for name in said} == said
    assert draft.counts["undecided"] == draft.counts["missing"] == 0


# every download that holds the whole report; a new one (Word, PDF) is put down here and has to pass
WHOLE = ("index.html",)


@pytest.mark.parametrize("name", WHOLE)
@SOME
@given(BOTH_REPORTS, st.data())
def test_what_we_publish_imports_as_the_same_report(name: str, year: int, data: st.DataObject) -> None:
    said = data.draw(reports(year, blanks=True))
    rows = {
        f"{one.key}_{key}": [text or "~" for text in said[one.id][first : first + count]]
        for one in form(year).tables
        for key, (first, count) in one.row_ranges.items()
    }
    content = tables(year, **rows)
    settings_ = read_settings(read(SITE.encode(), "site.yaml")[0], read(ORGANS.encode(), "organs.yaml")[0])
    ref = ReportRef(year, "shili", f"{year}/shili")
    entry, _ = read_entry(ref, Files(content.encode(), prose(year).encode()), FORMS)
    assert entry is not None
    pages = open_site(settings_, [ref]).report_page.files(entry, summarise(entry), [])
    published = next(made.data for made in pages if made.path.endswith(name))
    draft = take(read_bytes(published, name, LIMITS), FORMS, settings_.organs)
    assert (draft.identity.organ, draft.identity.year, draft.identity.title) == ("shili", year, entry.report.title)
    again, found = read_entry(ref, Files(draft.files["tables.yaml"], draft.files["report.md"]), FORMS)
    assert again is not None and not [f for f in found if f.blocking]
    assert [sheet.texts for sheet in again.report.sheets] == [sheet.texts for sheet in entry.report.sheets]
    assert [section.title for section in again.prose.sections] == [section.title for section in entry.prose.sections]
    assert Decimal(draft.account.ignored) == 0 and draft.account.kept == 0


# ---------------------------------------------------------------- the list of 2014-2018: one figure a line, twin names


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_the_list_reads_exactly(shape: str, data: st.DataObject) -> None:
    said = data.draw(st.composite(listed)())
    draft = read_list(shape, said)
    assert texts_of(draft, "stat") == said and draft.form is form(2016)
    assert draft.counts == {"certain": 58, "inferred": 0, "undecided": 0, "missing": 0}
    assert draft.account.ignored == draft.account.kept == 0 and not draft.extras
    assert "举报投诉数量" not in draft.files["report.md"].decode()


def test_our_own_page_of_a_list_reads_back(tmp_path: Path) -> None:
    content = write_content(
        tmp_path / "content",
        {
            "2016/shili": (
                tables(2016, 统计表_收取费用=["2.02"], 统计表_诉讼纠错数=[7], 统计表_行政诉讼数=[7]),
                "\n\n".join(f"## {t}\n\n{w}" for t, w in sections(2016, {})),
            )
        },
    )
    done = CliRunner().invoke(
        commands("zh"), ["build", "--content", str(content), "--output", str(tmp_path / "site"), "--jobs", "1"]
    )
    assert done.exit_code == 0, done.output
    draft = taken(read_bytes((tmp_path / "site/2016/shili/index.html").read_bytes(), "index.html", LIMITS))
    read_back = dict(zip([slot.row.key for slot in LIST.slots], texts_of(draft, "stat"), strict=True))
    assert read_back["收取费用"] == "2.02" and read_back["诉讼纠错数"] == "7" and draft.counts["missing"] == 0


@pytest.mark.parametrize("shape", SHAPES)
def test_blank_cells_are_blank_and_slips_in_names_no_hindrance(shape: str) -> None:
    said = ordered_list()
    keys = [slot.row.key for slot in LIST.slots]
    said[keys.index("传真申请数")] = said[keys.index("诉讼纠错数")] = ""
    draft = read_list(shape, said, "政府网站公开政府信息数", "政府网战公开政府信息数")
    # in running text only the order of the rows says which one a misspelt name means: to be looked at
    misspelt = 1 if shape == "flat" else 0
    assert texts_of(draft, "stat") == said
    assert (draft.counts["certain"], draft.counts["inferred"]) == (58 - misspelt, misspelt)
