"""How files are to be served."""

from __future__ import annotations

import pytest

from generator.website.downloads.download import DOWNLOADS
from generator.website.media_types import cache_control, media_type


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("2020/shili/index.html", "text/html; charset=utf-8"),
        ("data/reports.csv", "text/csv; charset=utf-8"),
        ("2020/shili/图.JPG", "image/jpeg"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("x/unknown", "application/octet-stream"),
    ],
)
def test_the_type_goes_by_the_ending(path: str, kind: str) -> None:
    assert media_type(path) == kind


def test_every_download_has_a_type_of_its_own() -> None:
    assert [d.file for d in DOWNLOADS if media_type(d.file) == "application/octet-stream"] == []


def test_only_files_named_by_their_content_are_kept() -> None:
    assert "immutable" in cache_control("assets/a.0a0a0a0a.css") and cache_control("index.html") == "no-cache"
