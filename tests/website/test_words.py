"""The words of the interface: none is written anywhere else, none is missing, none is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import yaml
from jinja2 import Environment, nodes
from markupsafe import Markup

from generator.website import line_breaks
from generator.website.downloads import manuscript
from generator.website.downloads.page_style import FOLIO, INSTEAD, KAI, TITLE
from generator.website.search import index
from generator.website.theme import load_theme, templates_folder
from generator.website.words import Words, load_words, read_language

WEBSITE = Path(__file__).parents[2] / "generator" / "website"
MODULES = {
    path.relative_to(WEBSITE).with_suffix("").as_posix(): path.read_text("utf-8")
    for path in sorted(WEBSITE.rglob("*.py"))
}
# Not for visitors: an import beside its original, the report of a check, what publishing would change; the last two are
# in both languages.
TOOLS = {"review.html", "findings.html", "changes.html"}
PAGES = {name: source for name, source in load_theme().templates.items() if name not in TOOLS}

CHINESE = re.compile(r"[\u2014\u2018-\u201d\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Chinese that is no word of the interface, all of it.
SETTINGS = {
    *("网站名称", "域名", "门户首页", "主办单位", "网站标识码", "ICP备案号", "公安备案号"),
    *("栏目名称", "栏目说明", "栏目关键词", "栏目类别"),
}
META = {"发布机构"}  # a key of tables.yaml
KEPT = {
    "shell": SETTINGS | {"依申请公开"},  # an entry of the navigation, by its official name
    "verify_page": {"签名公钥"},  # a key of site.yaml
    "fragment": {"样式", "空格", "<p>　　", "〔", "〕"},  # values of site.yaml; the indent itself; a picture's place
    "report_page": META,
    "languages": {"网站名称", "主办单位", "栏目名称", "栏目说明", "栏目关键词"},
    "downloads/dataset": {"网站名称", "栏目名称", "栏目说明", "主办单位", "名称", "网址"},
    "downloads/report_json": META,
    # keys, how titles name years, and where names of organs may be broken
    "downloads/manuscript": META
    | {"文号", "索引号", "（", "）"}
    | {manuscript._YEAR.pattern, manuscript._PART.pattern},
    "downloads/page_style": {TITLE, *INSTEAD, *INSTEAD.values(), KAI, *FOLIO} - {"SimHei", "SimSun"},  # fonts
    "search/index": {index._CUTS},  # marks at which texts are cut
    "tables": {"万元"},  # a unit that forms print
    "downloads/tables_csv": {"=+@\t\r\n＝＋－＠"},  # what starts a formula
    # where Chinese text may break
    "line_breaks": {
        pattern.pattern
        for pattern in (line_breaks._PHRASE, line_breaks._LABEL, line_breaks._NUMBER, line_breaks._REMARK)
    }
    | {"）", "、"},
}


def literals(source: str) -> set[str]:
    """Strings of a module that hold Chinese, docstrings aside and what clerks are told, in both languages."""
    tree = ast.parse(source)
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    messages = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Message")
    told = {node for message in messages for node in ast.walk(message)} | docs
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in told)
    return {node.value for node in strings if isinstance(node.value, str) and CHINESE.search(node.value)}


Use = tuple[str, frozenset[str]]


def python_uses(source: str) -> Iterator[Use]:
    """Keys that a module looks up, each with the names of the values it hands over."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "words":
            (key,) = node.args
            assert isinstance(key, ast.Constant), f"only a plain key can be looked for here: {ast.unparse(node)}"
            yield str(key.value), frozenset(str(keyword.arg) for keyword in node.keywords)


def template_uses(source: str) -> Iterator[Use]:
    for call in Environment().parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "w":
            (key,) = call.args
            assert isinstance(key, nodes.Const), f"only a plain key can be looked for here: {key}"
            yield key.value, frozenset(keyword.key for keyword in call.kwargs)


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


USES = {
    *(use for source in MODULES.values() for use in python_uses(source)),
    *(use for source in PAGES.values() for use in template_uses(source)),
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_template_writes_no_chinese(name: str) -> None:
    assert CHINESE.findall(PAGES[name]) == []


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_writes_no_chinese_but_names_and_patterns(name: str) -> None:
    assert literals(MODULES[name]) == KEPT.get(name, set())


# Pages that stand in Chinese only, and files of reports, which are Chinese.
CHINESE_ONLY = {"verify", "redirect", "feed", "document", "paste"}
SCRIPTS = sorted((templates_folder() / "assets").glob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_writes_no_word_of_its_own_and_finds_those_it_asks_for_on_the_page(path: Path) -> None:
    source = path.read_text("utf-8")
    assert CHINESE.findall(source) == []
    if path.name == "search.js":
        return  # its words are attributes of its own form
    asked = {re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name) for name in _ASKED.findall(source)}
    handed = set(re.findall(r"data-([a-z-]+)=", PAGES["chrome_bottom.html"]))
    assert asked <= handed, asked - handed


_ASKED = re.compile(r"\bwords\.(\w+)")


def test_english_has_every_word_that_english_pages_print_and_no_other() -> None:
    chinese = load_words("zh").texts
    english = read_language("en", (WEBSITE / "words" / "en.yaml").read_bytes()).texts
    assert english.keys() <= chinese.keys()
    assert {key for key in chinese.keys() - english.keys() if key.partition(".")[0] not in CHINESE_ONLY} == set()
    assert {key for key, text in english.items() if placeholders(text) != placeholders(chinese[key])} == set()
    with_chinese = {key for key, text in english.items() if re.search("[\u4e00-\u9fff\uff00-\uffef]", text)}
    assert with_chinese == {"page.other_language", "report.language_note", "meaning.approximate"}


def test_what_english_lacks_is_there_in_chinese_and_terms_are_those_of_forms() -> None:
    words = load_words("en")
    assert words("document.text_sheet") == "正文" and words("page.year", year=2020) == "2020"
    assert (words.term("件"), words.term("区"), words.term("没有")) == ("cases", "District", "没有")
    assert load_words("zh").term("件") == "件"


def test_every_key_is_used_and_every_used_key_is_there() -> None:
    assert {key for key, _ in USES} == load_words("zh").texts.keys()


def test_every_placeholder_is_filled_and_every_value_printed() -> None:
    texts = load_words("zh").texts
    assert {(key, filled) for key, filled in USES if placeholders(texts[key]) != filled} == set()


def test_every_text_is_a_text_and_every_key_stands_once() -> None:
    assert all(isinstance(text, str) for text in load_words("zh").texts.values())
    for path in sorted((WEBSITE / "words").glob("*.yaml")):
        groups = yaml.compose(path.read_text("utf-8"))
        assert isinstance(groups, yaml.MappingNode)
        for mapping in (groups, *(group for _, group in groups.value)):
            keys = [key.value for key, _ in mapping.value]
            assert sorted(set(keys)) == sorted(keys), path.name


def test_the_checks_bite() -> None:
    source = '"""文。"""\ndef f(words):\n    """文。"""\n    return words("a.b", n=1) + f"{1}年" + self.words("c.d")'
    assert literals(source) == {"年"}
    assert set(python_uses(source)) == {("a.b", frozenset({"n"})), ("c.d", frozenset())}
    assert set(template_uses('{{ w("a.b", n=1) }}{% if w("c.d") %}{% endif %}')) == set(python_uses(source))
    with pytest.raises(AssertionError, match="plain key"):
        list(template_uses('{{ w("a." ~ b) }}'))


def test_words_are_filled_by_name() -> None:
    words = read_language("en", b'page:\n  year: "{year}"\n  comma: ", "\n')
    assert words.lang == "en" and words("page.year", year=2025) == "2025" and words("page.comma") == ", "


def test_a_missing_key_or_value_is_an_error() -> None:
    words = Words("en", {"page.year": "{year}"})
    with pytest.raises(KeyError):
        words("page.month")
    with pytest.raises(KeyError):
        words("page.year")


def test_values_beside_markup_are_escaped_and_plain_text_is_left_to_the_template() -> None:
    words = Words("en", {"home.count": "{level} & {number}"})
    assert words("home.count", level="<a>", number=Markup("<b>2</b>")) == Markup("&lt;a&gt; &amp; <b>2</b>")
    plain = words("home.count", level="<a>", number=2)
    assert plain == "<a> & 2" and not isinstance(plain, Markup)
