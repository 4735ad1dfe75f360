"""The wheel: built, installed into an environment of its own, and run from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from generator import __version__
from tests.example import write_content
from tests.pipeline.test_run import made, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


def done(command: list[str], cwd: Path) -> str:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=cwd, env=inherited)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    done([*pip, "--wheel-dir", str(folder), str(ROOT)], folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """bin/ of a fresh environment. The libraries are lent by this one; nianbao itself comes from the wheel alone."""
    environment = tmp_path_factory.mktemp("installed") / "venv"
    done([sys.executable, "-m", "venv", "--without-pip", str(environment)], wheel.parent)
    python = environment / "bin/python"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
    ]
    done([*pip, str(wheel)], wheel.parent)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return environment / "bin"


def test_the_wheel_holds_the_program_and_its_data_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    source = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "generator").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    themed = {
        f"generator/_templates/{path.relative_to(ROOT / 'templates').as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert source <= names and themed <= names and len(themed) > 10
    assert {"generator/forms/declared/gbkbh-2021-30.yaml", "generator/locale/zh_CN/LC_MESSAGES/messages.mo"} <= names
    assert {name.split("/")[0] for name in names - source} <= {"generator", f"nianbao-{__version__}.dist-info"}


LICENCES = ("LICENSE", "LICENSES/NOTICE", "LICENSES/Apache-2.0.txt", "LICENSES/OFL-1.1.txt")


def test_the_licences_of_what_is_inside_are_inside(wheel: Path, tmp_path: Path) -> None:
    """In the wheel and in the source package, word for word, and named in the metadata."""
    texts = {name: (ROOT / name).read_bytes() for name in LICENCES}
    assert (
        b"Apache License" in texts["LICENSES/Apache-2.0.txt"]
        and b"END OF TERMS AND CONDITIONS" in texts["LICENSES/Apache-2.0.txt"]
    )
    with zipfile.ZipFile(wheel) as packed:
        info = f"nianbao-{__version__}.dist-info"
        assert {name: packed.read(f"{info}/licenses/{name}") for name in LICENCES} == texts
        metadata = packed.read(f"{info}/METADATA").decode()
    assert "License-Expression: MIT AND Apache-2.0 AND OFL-1.1\n" in metadata and all(
        f"License-File: {name}\n" in metadata for name in LICENCES
    )
    done([sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)], ROOT)
    (source,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(source) as packed_source:
        names = {name.partition("/")[2] for name in packed_source.getnames()}
    assert set(LICENCES) <= names and {"pyproject.toml", "generator/wordlists/lists/script.yaml"} <= names


def test_what_was_taken_from_others_is_named_in_the_notice() -> None:
    notice = (ROOT / "LICENSES" / "NOTICE").read_text("utf-8")
    for path in (ROOT / "generator/wordlists/lists").glob("*.yaml"):
        if "Apache" in path.read_text("utf-8"):
            assert f"generator/wordlists/lists/{path.name}" in notice
    assert "generator/wordlists/lists/script.yaml" in notice
    for path in (ROOT / "generator").rglob("*.ttf"):
        assert path.relative_to(ROOT).as_posix() in notice


def test_installed_it_runs_anywhere_and_makes_the_same_section(installed: Path, tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    where = done([str(installed / "python"), "-c", "import generator; print(generator.__file__)"], tmp_path)
    assert where.startswith(str(installed.parent))
    command = str(installed / "nianbao")
    assert done([command, "--version"], tmp_path) == f"nianbao, version {__version__}\n"
    assert "3 份报告" in done([command, "--lang", "zh", "build"], tmp_path)
    run(content, tmp_path / "expected")
    assert made(tmp_path / "site") == made(tmp_path / "expected")
    assert "总计" in done([command, "--lang", "zh", "explain", "T3-SUM"], tmp_path)


def test_installed_it_speaks_chinese_where_click_speaks(installed: Path, tmp_path: Path) -> None:
    """The compiled catalogue is inside, and found."""
    command = [str(installed / "nianbao"), "--lang", "zh", "build", "--jobs", "many"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert result.returncode == 2 and "Invalid value" not in result.stderr and "--jobs" in result.stderr
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stderr.split("--jobs")[0])
