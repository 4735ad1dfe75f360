"""Data files are joined from pieces: those just drawn, and those that stand in the files published before."""

from __future__ import annotations

import gzip
from pathlib import Path

from generator.pipeline.data_files import Piece, Pieces, Report, Where, in_part, in_published, write_data
from generator.pipeline.organ_record import digest_of
from generator.pipeline.stage_writer import StageWriter
from generator.website.downloads import gzip_parts
from generator.website.downloads.collection import DataFile

FILES = (
    DataFile("data/2020.csv", b"head\n"),
    DataFile("data/2020.csv.gz", gzip_parts.HEAD + gzip_parts.piece(b"head\n"), of="data/2020.csv"),
    DataFile("data/index.json", b"[\n", b"\n]\n", b",\n"),
)


def drawn(writer: StageWriter, part: str, lines: dict[Report, bytes]) -> tuple[Pieces, list[Where]]:
    """Writes a part file with one line of each report, as a worker does."""
    all_data = {
        report: (
            ("data/2020.csv", line),
            ("data/2020.csv.gz", gzip_parts.piece(line)),
            ("data/index.json", line + b",\n"),
        )
        for report, line in lines.items()
    }
    writer.append(part, b"".join(data for of_report in all_data.values() for _, data in of_report))
    pieces: Pieces = {
        report: [Piece(path, len(data), digest_of(data)) for path, data in of_report]
        for report, of_report in all_data.items()
    }
    return pieces, [in_part(writer.part(part), pieces, file) for file in FILES]


def write(writer: StageWriter, reports: list[Report], *found: list[Where]) -> None:
    for number, file in enumerate(FILES):
        where = {report: place for wheres in found for report, place in wheres[number].items()}
        write_data(writer, file, [where[report] for report in reports])


def test_pieces_are_taken_from_parts_and_from_the_files_published_before(tmp_path: Path) -> None:
    first = StageWriter("", str(tmp_path / "first"))
    jia, of_jia = drawn(first, "0", {(2020, "jia"): b"1\n", (2021, "jia"): b"22\n"})
    yi, of_yi = drawn(first, "1", {(2020, "yi"): b"333\n"})
    write(first, [(2020, "jia"), (2021, "jia"), (2020, "yi")], of_jia, of_yi)
    site = tmp_path / "first/site"
    assert (site / "data/2020.csv").read_bytes() == b"head\n1\n22\n333\n"
    assert (site / "data/index.json").read_bytes() == b"[\n1\n,\n22\n,\n333\n\n]\n"
    assert gzip.decompress((site / "data/2020.csv.gz").read_bytes()) == b"head\n1\n22\n333\n"

    second = StageWriter(str(site), str(tmp_path / "second"))
    _, where = drawn(second, "0", {(2020, "jia"): b"new\n"})
    published = [in_published({**jia, **yi}, file, str(site)) for file in FILES]
    write(second, [(2020, "jia"), (2020, "yi")], published, where)
    site = tmp_path / "second/site"
    assert (site / "data/2020.csv").read_bytes() == b"head\nnew\n333\n"
    assert (site / "data/index.json").read_bytes() == b"[\nnew\n,\n333\n\n]\n"
    assert gzip.decompress((site / "data/2020.csv.gz").read_bytes()) == b"head\nnew\n333\n"


def test_without_reports_a_file_keeps_its_ends(tmp_path: Path) -> None:
    writer = StageWriter("", str(tmp_path))
    write(writer, [])
    assert (tmp_path / "site/data/index.json").read_bytes() == b"[\n\n]\n"
