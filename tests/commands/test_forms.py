"""`forms`: the declared statutory forms, and one of them as a clerk sees it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from tests.example import FORMS


def forms(*arguments: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), list(arguments))


@pytest.mark.parametrize("name", ["forms", "formats"])
def test_every_form_is_listed_under_the_new_and_the_former_name(name: str) -> None:
    result = forms(name)
    assert result.exit_code == 0 and all(form.id in result.output for form in FORMS)
    assert [item["id"] for item in json.loads(forms(name, "--json").stdout)] == [form.id for form in FORMS]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["2021", "gbkbh-2021-30"])
def test_a_form_is_shown_by_year_or_id(name: str) -> None:
    assert forms("forms", "show", name).output.startswith("gbkbh-2021-30\n")
    assert json.loads(forms("forms", "show", name, "--json").stdout)["id"] == "gbkbh-2021-30"


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    result = forms("forms", "show", "1999", lang="en")
    assert result.exit_code == 2 and "1999" in result.output and "gbkbh-2021-30" in result.output
