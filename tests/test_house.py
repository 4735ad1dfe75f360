"""The house: packages import one way, modules form no circle, only a few named ones touch the outer world, and
messages tell commands that can be typed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.__main__ import commands

GENERATOR = Path(__file__).parent.parent / "generator"

# The data's way. A package imports only from those before it; within a package modules import freely, but in no circle.
PACKAGES = [
    "finding",
    "limits",
    "yaml_source",
    "forms",
    "narrative",
    "wordlists",
    "report",
    "collection",
    "workbook",
    "rules",
    "website",
    "readers",
    "drafts",
    "pipeline",
    "importer",
    "printers",
    "preview",
    "ledger",
    "targets",
    "commands",
    "__main__",
]

# Modules that read or write files, ask the clock or start processes. Every other module is pure: values in, values out.
TOUCHES_WORLD = {
    "yaml_source.kept",
    "forms.declared",
    "forms.english",
    "wordlists.shipped",
    "collection.folder",
    "collection.office",
    "collection.safe_files",
    "collection.site_files",
    "collection.strays",
    "collection.target_folders",
    "workbook.make",
    "website.downloads.descriptions",
    "website.downloads.excel_frame",
    "website.downloads.pdf",
    "website.downloads.word_frame",
    "website.readings",
    "website.theme",
    "website.words",
    "readers.legacy",
    "readers.open_file",
    "readers.pdf_open",
    "readers.quiet",
    "readers.sandbox",
    "ledger.signature",
    "ledger.sums",
    "drafts.first_content",
    "drafts.folder",
    "drafts.new_year",
    "importer.file_work",
    "importer.review_file",
    "importer.run",
    "printers.formats",
    "printers.imported",
    "printers.imported_json",
    "printers.terminal",
}
WORLDLY_PACKAGES = {"pipeline", "preview", "targets", "commands", "__main__"}
WORLD = {"os", "pathlib", "time", "subprocess", "socket", "shutil", "tempfile", "random", "datetime", "logging"}
CALLS = {"open", "print", "input", "eval", "exec"}


def read_modules() -> dict[str, str]:
    """Source by dotted name below `generator`; a package's own `__init__` goes by the package's name."""
    modules = {}
    for path in sorted(GENERATOR.rglob("*.py")):
        name = path.relative_to(GENERATOR).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        modules[name] = path.read_text(encoding="utf-8")
    del modules["__init__"]
    return modules


MODULES = read_modules()


def imports(source: str, modules: Mapping[str, str] = MODULES) -> set[str]:
    """Modules of the project that a source imports."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "generator":
            base = node.module.removeprefix("generator").removeprefix(".")
            for alias in node.names:
                full = f"{base}.{alias.name}".lstrip(".")
                imported.add(full if full in modules else base)
    return imported - {""}


def upward(name: str, imported: set[str]) -> set[str]:
    """What a module imports from its own level's right: packages that come after its own."""
    level = PACKAGES.index(name.split(".", 1)[0])
    return {other for other in imported if PACKAGES.index(other.split(".")[0]) > level}


def circles(graph: Mapping[str, set[str]]) -> list[str]:
    """Modules that reach themselves, found by taking away again and again what imports nothing that is left."""
    left = dict(graph)
    while free := [name for name, imported in left.items() if not imported & left.keys()]:
        for name in free:
            del left[name]
    return sorted(left)


def world(source: str) -> set[str]:
    """What a source uses of the outer world: modules, `open`, `print`."""
    used: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            used |= {alias.name.split(".")[0] for alias in node.names} & WORLD
        elif isinstance(node, ast.ImportFrom) and node.module:
            used |= {node.module.split(".")[0]} & WORLD
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            used |= {node.func.id} & CALLS
    return used


def test_the_packages_are_those_of_the_plan() -> None:
    entries = {
        path.name.removesuffix(".py") for path in GENERATOR.iterdir() if path.name not in ("__pycache__", "__init__.py")
    }
    assert entries == {*PACKAGES, "locale"} and len(entries) <= 22


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_from_packages_below(name: str) -> None:
    assert upward(name, imports(MODULES[name])) == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles({name: imports(source) - {name} for name, source in MODULES.items()}) == []


def test_only_named_modules_touch_the_world() -> None:
    worldly = {name for name, source in MODULES.items() if world(source) and name.split(".")[0] not in WORLDLY_PACKAGES}
    assert worldly == TOUCHES_WORLD


# Modules whose tests bear another name, and why.
TESTED_ELSEWHERE = {
    "commands.import_": "tests/commands/test_import_terminal.py, at a terminal; tests/importer/test_run.py, not",
    "commands.preparing": "what `workbook` and `new` share is tested through them",
    "commands.publishing": "what publish, diff, releases, rollback and verify share is tested through them",
    "commands.diff": "tests/commands/test_publish.py, where a section is published",
    "commands.redirects": "tests/website/test_redirects.py",
    "commands.releases": "tests/commands/test_publish.py",
    "commands.rollback": "tests/commands/test_publish.py",
    "commands.verify": "tests/commands/test_publish.py; what it finds, in tests/ledger/test_verify.py",
    "commands.restored_pictures": "tests/commands/test_restore.py",
    "limits": "values without behaviour; tests/test_hostile_contents.py goes beyond each",
    "narrative.parsed": "tests/narrative/test_html.py, test_whole_text.py",
    "pipeline.one_report": "tests/pipeline/test_known_report.py; tests/commands/test_check.py",
    "pipeline.request": "values without behaviour",
    "pipeline.site_build": "tests/pipeline/test_run.py, test_publishing.py and test_resident.py",
    "pipeline.staged_files": "tests/pipeline/test_output_folder.py and test_private_folder.py, for both folders",
    "pipeline.worker_process": "tests/pipeline/test_processes.py, in processes that die; test_alone.py",
    "pipeline.validity": "tests/pipeline/test_known_report.py and test_incremental.py",
    "targets.disk": "the protocol is tested through each disk, in tests/targets/test_release.py",
    "targets.sftp_disk": "tests/targets/test_ssh.py, on a real server",
    "targets.sftp_session": "tests/targets/test_ssh.py, on a real server",
    "targets.rsync_disk": "tests/targets/test_ssh.py, on a real server",
    "targets.target": "the protocol of targets is tested through each of them",
    "website.downloads.materials": "values without behaviour",
    "website.downloads.office_files": "tests/website/downloads/test_word.py, test_pdf.py, test_excel.py",
    "website.views": "values without behaviour",
}


def test_every_module_has_a_test_file_of_its_name_or_a_reason() -> None:
    tests = Path(__file__).parent
    files = {
        name: tests / Path(*name.split(".")[:-1], f"test_{name.split('.')[-1].strip('_')}.py")
        for name in MODULES
        if not (GENERATOR / name.replace(".", "/")).is_dir()
    }
    assert {name for name, file in files.items() if not file.exists()} == set(TESTED_ELSEWHERE)


def test_the_checks_bite() -> None:
    source = "from generator.website.shell import Shell\nfrom generator.collection import folder"
    assert imports(source) == {"website.shell", "collection.folder"}
    assert upward("rules.cells", imports(source)) == {"website.shell"}
    assert circles({"a": {"b"}, "b": {"a"}, "c": {"a"}, "d": set()}) == ["a", "b", "c"]
    assert world("import os\nfrom time import time\nprint(open('x'))") == {"os", "time", "print", "open"}


# Python before 3.11.5 (Debian 12 has 3.11.2) matches too much where a repeated group fails halfway: `(?:,\\d)*+`. An
# atomic group around it means the same and is right everywhere: `(?>(?:,\\d)*)`.
_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


def possessive_groups(source: str) -> list[str]:
    constants = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in constants if isinstance(text, str) and _POSSESSIVE_GROUP.search(text)]


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_pattern_repeats_a_group_possessively(name: str) -> None:
    assert possessive_groups(MODULES[name]) == []


def test_no_list_repeats_a_group_possessively() -> None:
    lists = sorted(GENERATOR.rglob("*.yaml"))
    assert lists and [path.name for path in lists if _POSSESSIVE_GROUP.search(path.read_text("utf-8"))] == []


def test_the_possessive_check_bites() -> None:
    assert possessive_groups('a = r"(?:,x)*+"; b = rf"(?:{a}){{1,3}}+"; c = r"(ab)++"') == [
        r"(?:,x)*+",
        "(ab)++",
        "){1,3}+",
    ]
    assert possessive_groups(r'a = r"(?>(?:,x)*)[\w)]*+x++\)?+"') == []


# Commands told to the user: the program may have to be typed as `python -m generator`, so messages say NIANBAO for it,
# which Message.say puts in. The texts named here go to other people and machines: there it is the program's name.
FOR_OTHERS = {"drafts.tables_yaml", "targets.zip_file"}
_COMMANDS = sorted(group.name for group in commands("en").commands.values() if group.name)
_PLAIN_WORDS = {"form", "forms", "formats", "data", "check", "new"}
_ANY, _RARE = "|".join(_COMMANDS), "|".join(name for name in _COMMANDS if name not in _PLAIN_WORDS)
_TOLD = re.compile(
    rf"(?<![\w/.-])(?:(?:nianbao|generator) (?:{_ANY})|"
    rf"\b(?:run|typ(?:e|ing)) (?:{_ANY})|\b(?:use|with|see|by) (?:{_RARE}))\b(?![-\w/.=:])|"
    rf"(?:运行(?:一次)?|用|见|看|再|请|下次|等) ?(?:{_ANY})(?![-\w/.=:]*[\w/=:])"
)


def told_commands(source: str) -> list[str]:
    """Commands that strings of a module tell without NIANBAO; docstrings of rules count, as `explain` prints them."""
    tree = ast.parse(source)
    silent = {id(body[0].value) for body in _bodies(tree) if isinstance(body[0], ast.Expr)}
    return [
        match[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
        for match in _TOLD.finditer(node.value)
    ]


def _bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    """Yields the bodies that begin with a docstring nobody is shown; `explain` prints those of rules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            text = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
            if "\n---\n" not in (text or ""):
                yield node.body


@pytest.mark.parametrize("name", sorted(MODULES.keys() - FOR_OTHERS))
def test_a_command_told_is_one_that_can_be_typed(name: str) -> None:
    assert told_commands(MODULES[name]) == []


def test_no_words_of_pages_tell_a_command() -> None:
    files = [*(GENERATOR / "website" / "words").glob("*.yaml"), *(GENERATOR / "forms").rglob("*.yaml")]
    assert files and [path.name for path in files if _TOLD.search(path.read_text("utf-8"))] == []


def test_the_check_for_commands_bites() -> None:
    assert told_commands('a = f"先运行 {NIANBAO} build"; b = "用 import 读进来，再 build"; c = "用import_.py"') == [
        "用 import",
        "再 build",
    ]
    assert told_commands('def f():\n  """See nianbao check."""\n  return "see nianbao check", "run build"') == [
        "nianbao check",
        "run build",
    ]
    assert told_commands('def f():\n  """用 check 核对。\n  ---\n  x."""') == ["用 check"]
