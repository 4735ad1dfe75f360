"""Data files joined from the pieces of several workers."""

from __future__ import annotations

import gzip
from pathlib import Path

from generator.pipeline.data_files import PartFile, Pieces, join_data
from generator.pipeline.stage_writer import StageWriter
from generator.website.downloads import gzip_parts
from generator.website.downloads.collection import DataFile

FILES = (
    DataFile("data/2020.csv", b"head\n"),
    DataFile("data/2020.csv.gz", gzip_parts.HEAD + gzip_parts.piece(b"head\n"), of="data/2020.csv"),
    DataFile("data/index.json", b"[\n", b"\n]\n", b",\n"),
)


def add(writer: StageWriter, name: str, *lines: bytes) -> PartFile:
    data = Pieces()
    for line in lines:
        packed = gzip_parts.piece(line)
        data.add({"data/2020.csv": line, "data/2020.csv.gz": packed, "data/index.json": line.strip() + b",\n"})
    return data.write(writer, name)


def test_pieces_of_all_parts_stand_in_the_order_of_parts_and_no_part_is_left(tmp_path: Path) -> None:
    writer = StageWriter("", str(tmp_path))
    parts = [add(writer, "data-1", b"1\n", b"2\n"), add(writer, "data-2"), add(writer, "data-3", b"3\n")]
    join_data(writer, FILES, parts)
    assert (tmp_path / "site/data/2020.csv").read_bytes() == b"head\n1\n2\n3\n"
    assert (tmp_path / "site/data/index.json").read_bytes() == b"[\n1,\n2,\n3\n]\n"
    packed = (tmp_path / "site/data/2020.csv.gz").read_bytes()
    assert gzip.decompress(packed) == b"head\n1\n2\n3\n"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3


def test_how_reports_are_spread_over_parts_changes_no_byte(tmp_path: Path) -> None:
    made = []
    for number, spread in enumerate(([b"1\n", b"2\n"], [b"1\n"])):
        writer = StageWriter("", str(tmp_path / str(number)))
        rest = [] if number == 0 else [b"2\n"]
        join_data(writer, FILES, [add(writer, "a", *spread), add(writer, "b", *rest)])
        made.append({file.path: (tmp_path / str(number) / "site" / file.path).read_bytes() for file in FILES})
    assert made[0] == made[1]
