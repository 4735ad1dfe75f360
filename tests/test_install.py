"""What `requirements.lock` names is enough for every command of the guides: nothing else is installed here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


def locked() -> list[str]:
    """The packages that requirements.lock has for this system."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    return [re.split(r"[= ]", line)[0] for line in lines if re.match(r"[a-z0-9]", line) and "sys_platform" not in line]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the locked packages, lent by this environment, and nothing else."""
    environment = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    for name in locked():
        files = distribution(name).files or []
        for top in {file.parts[0] for file in files if file.parts[0] not in ("..", "__pycache__")}:
            source = Path(str(distribution(name).locate_file(top)))
            if not (packages / top).exists():
                (packages / top).symlink_to(source)
    return environment / "bin/python"


def run(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"PYTHONPATH": str(ROOT), "LANG": "zh_CN.UTF-8"}
    command = [str(python), "-m", "generator", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)


def test_the_environment_has_the_locked_packages_and_no_other(python: Path) -> None:
    script = "import importlib.util as u; print([n for n in ('xlsxwriter', 'pdfplumber', 'pytest') if u.find_spec(n)])"
    result = subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout == "['xlsxwriter', 'pdfplumber']\n"


def test_the_clerks_commands_work_in_it(python: Path, tmp_path: Path) -> None:
    """init → new → workbook → import → check → build, as the guides say."""
    assert run(python, tmp_path, "init", "--organ", "shili", "--name", "示例区", "--domain", "a.gov.cn").returncode == 0
    assert run(python, tmp_path, "new", "2025", "--organ", "shili").returncode == 0
    assert run(python, tmp_path, "workbook", "2024", "--organ", "shili", "-o", "biaoge").returncode == 0
    source = tmp_path / "报告.html"
    rows = "<tr><td>规章</td><td>1</td></tr>"
    source.write_text(
        f"<title>示例区2024年政府信息公开工作年度报告</title><h2>一、总体情况</h2><table>{rows}</table>", "utf-8"
    )
    for file in ("报告.html", "biaoge"):
        result = run(python, tmp_path, "import", file, "--organ", "shili", "--year", "2024", "--yes")
        assert result.returncode in (0, 1) and "pip install" not in result.stdout + result.stderr, result.stdout
    for command in (("check",), ("forms",), ("explain", "T3-SUM"), ("build",)):
        result = run(python, tmp_path, *command)
        assert result.returncode in (0, 1) and "Traceback" not in result.stderr, (command, result.stderr)
