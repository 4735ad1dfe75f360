"""`data` writes the Parquet file of a built section."""

from __future__ import annotations

from pathlib import Path

import duckdb
from click.testing import CliRunner

from generator.__main__ import commands
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from tests.example import write_content


def test_it_says_what_was_written_and_refuses_in_a_sentence(tmp_path: Path) -> None:
    site, target = tmp_path / "site", tmp_path / "all.parquet"
    arguments = ["data", "--parquet", str(target), "--site", str(site)]
    refused = CliRunner().invoke(commands("zh"), arguments)
    assert refused.exit_code == 2 and "nianbao build" in refused.output and not target.exists()
    pipeline.run(Request(write_content(tmp_path / "content"), jobs=1), site)
    done = CliRunner().invoke(commands("en"), arguments)
    assert done.exit_code == 0 and "598 cells" in done.output
    assert duckdb.connect().execute(f"SELECT count(*) FROM read_parquet('{target}')").fetchall() == [(598,)]
