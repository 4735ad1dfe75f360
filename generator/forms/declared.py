"""Loads the declared forms and the series that follow figures across them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from generator.forms.declaration import read_form
from generator.forms.model import Form
from generator.forms.series import Trend, read_trends, with_series

_FOLDER = Path(__file__).parent / "declared"
_SERIES = _FOLDER / "series.yaml"


def declared_forms() -> tuple[Form, ...]:
    """Return every declared form, oldest first, local ones last, each with the series that listings follow."""
    forms = (read_form(path.read_bytes()) for path in sorted(_FOLDER.glob("*.yaml")) if path != _SERIES)
    declared = tuple(sorted(forms, key=lambda form: (form.local, form.first_year)))
    return with_series(declared, declared_trends(declared))


@cache
def declared_form(form_id: str) -> Form | None:
    """Return one form by its id, after which its file is named, without reading the others; None where there is none.

    It comes without the series that listings follow."""
    files = {path.stem: path for path in _FOLDER.glob("*.yaml") if path != _SERIES}
    return read_form(files[form_id].read_bytes()) if form_id in files else None


def declared_trends(declared: Sequence[Form]) -> tuple[Trend, ...]:
    """Return the figures that can be followed through the years, and across which forms."""
    return read_trends(_SERIES.read_bytes(), declared)
