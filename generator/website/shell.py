"""Renders pages in their shell: head, navigation and footer, made once for all pages of a kind and depth.

It knows the portal and the language, and nothing of reports."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from generator.collection.settings import Settings
from generator.website.compiled_templates import compiled_templates
from generator.website.figure_tables import CellPrinter
from generator.website.languages import mark_chinese
from generator.website.line_breaks import breakable, pairs, phrases
from generator.website.readings import sort_key
from generator.website.tables import hole
from generator.website.theme import Theme
from generator.website.views import Chrome, LabelledValue, LinkView, PageView
from generator.website.words import Words

# The kinds of pages that stand in every language.
_IN_BOTH = frozenset(("home", "year", "organ", "report", "data", "compare", "search", "help"))


class SitePage(NamedTuple):
    """One file of the site."""

    path: str
    data: bytes


# Page marks of 《政府网站发展指引》 (国办发〔2017〕47号, 附件) and the keys of site.yaml they are filled from.
_SITE_MARKS = (("SiteName", "网站名称"), ("SiteDomain", "域名"), ("SiteIDCode", "网站标识码"))
_COLUMN_MARKS = (
    ("ColumnName", "栏目名称"),
    ("ColumnDescription", "栏目说明"),
    ("ColumnKeywords", "栏目关键词"),
    ("ColumnType", "栏目类别"),
)


# The entry of the portal's navigation (国办公开办函〔2019〕61号) where citizens apply for information.
_APPLY = "依申请公开"


class Shell:
    """Wraps the main part of a page in head, navigation and footer.

    `env` renders the theme's templates, which find the words of the interface under the name `w`. Pages of a second
    language stand in the folder `prefix`; `other` is that of the language they can be changed to, None without one."""

    def __init__(
        self, theme: Theme, settings: Settings, words: Words, prefix: str = "", other: str | None = None
    ) -> None:
        self.settings, self.words = settings, words
        self.prefix, self.other = prefix, other
        self.top = "../" * prefix.count("/")  # from the top of this language to that of the section
        self.site_name = settings.values.get("网站名称", "")
        self.section = settings.values.get("栏目名称", "")
        self.about = settings.values.get("栏目说明", "")
        self.env = _environment(theme, words)
        self.env.globals["top"] = self.top
        self._assets = {_hashed(name, data): (name, data) for name, data in theme.assets.items()}
        self._chrome: dict[tuple[str, str], Chrome] = {}

    def assets(self) -> Iterator[SitePage]:
        """Yields style sheets and scripts, each under a name that changes with its content."""
        for hashed, (_, data) in self._assets.items():
            yield SitePage(f"assets/{hashed}", data)

    def page(
        self,
        template: str,
        path: str,
        kind: str,
        title: str,
        crumbs: tuple[LinkView, ...],
        metas: Iterable[tuple[str, str]] = (),
        description: str = "",
        **data: object,
    ) -> SitePage:
        """Renders a page; `crumbs` follow those of the portal, `data` is what its template asks for."""
        root = self._root(kind, path)
        canonical = "" if kind == "error" else self.url(path)
        marks = [*metas, ("Url", canonical)] if kind == "report" else list(metas)
        page = PageView(
            title,
            title if kind == "home" else f"{title}-{self.section}-{self.site_name}",
            description or self.about,
            root,
            canonical,
            tuple((name, content) for name, content in marks if content),
            kind,
            (*(LinkView(link.label, link.url or None) for link in self.settings.crumbs), *crumbs),
            self._other_language(root, kind, path),
            self._alternates(root, path) if kind in _IN_BOTH else (),
        )
        html = self.env.get_template(template).render(
            page=page, chrome=self._shared(root, kind), section=self.section, **data
        )
        return SitePage(self.prefix + path, (mark_chinese(html) if self.prefix else html).encode())

    def _other_language(self, root: str, kind: str, path: str) -> str:
        """Leads to the same page in the other language, or to its home page; "" where there is one language."""
        if self.other is None:
            return ""
        return root + self.top + self.other + (path if kind in _IN_BOTH else "index.html")

    def _alternates(self, root: str, path: str) -> tuple[tuple[str, str], ...]:
        """The addresses of the page in every language, by language; the first is also that for any other language."""
        if self.other is None:
            return ()
        base = self.settings.base_url.removesuffix(self.prefix)
        chinese, english = sorted((self.prefix, self.other))
        shown = path.removesuffix("index.html") if base else path
        return tuple(
            (language, (base or root + self.top) + folder + shown)
            for language, folder in (("zh-CN", chinese), ("en", english), ("x-default", chinese))
        )

    def url(self, path: str) -> str:
        """The canonical address of a page of the section; "" while the section's own address is unknown."""
        base = self.settings.base_url
        return base + path.removesuffix("index.html") if base else ""

    def file_link(self, path: str) -> str:
        """Leads from a page one folder deep to a file of the section, given from the section's top."""
        return f"../{self.top}{path}"

    def _absolute(self, asset: str) -> str:
        """The whole address of an asset; "" while the section's own address is unknown."""
        names = {name: hashed for hashed, (name, _) in self._assets.items()}
        base = self.settings.base_url.removesuffix(self.prefix)
        return f"{base}assets/{names[asset]}" if base and asset in names else ""

    def home_link(self, root: str) -> LinkView:
        """Leads to the section's home page, as the first of a page's own crumbs."""
        return LinkView(self.section, root + "index.html")

    @property
    def apply(self) -> LinkView | None:
        """Leads to where citizens apply for information; None where the portal's navigation has no such entry."""
        wanted = self.words.term(_APPLY)
        link = next((link for link in self.settings.nav if link.label == wanted and link.url), None)
        return LinkView(link.label, link.url) if link else None

    def _root(self, kind: str, path: str) -> str:
        if kind == "error" and self.settings.base_url:
            # served for any address, so only an absolute path finds the assets
            return urlsplit(self.settings.base_url).path
        return "../" * path.count("/")

    def _shared(self, root: str, kind: str) -> Chrome:
        key = (root, kind)
        if key not in self._chrome:
            data = {
                "kind": kind,
                "nav": self._navigation(root),
                "ways": self._ways(root, kind),
                "metas": self._site_marks(kind),
                "assets": {name: f"{root}{self.top}assets/{hashed}" for hashed, (name, _) in self._assets.items()},
                "name": self.site_name,
                "feed": root + self.top + "feed.xml" if self.settings.base_url else "",
                "preview": self._absolute("preview.png"),
                "portal_url": self.settings.values.get("门户首页", ""),
                "contact": [LabelledValue(label, value) for label, value in self.settings.contact.items()],
                "footer": self._footer(),
                "verify": f"{root}{self.top}verify/index.html" if self.settings.destinations else "",
            }
            parts = (
                self.env.get_template(f"chrome_{part}.html").render(data) for part in ("head", "top", "bottom", "ways")
            )
            self._chrome[key] = Chrome(*map(Markup, parts))
        return self._chrome[key]

    def _navigation(self, root: str) -> list[LinkView]:
        return [
            LinkView(link.label, root + "index.html" if link.current else link.url or None, link.current)
            for link in self.settings.nav
        ]

    def _ways(self, root: str, kind: str) -> list[LinkView]:
        """The ways into the section: its pages that every page leads to."""
        words = self.words
        return [
            LinkView(words("page.way_home"), root + "index.html", kind == "home"),
            LinkView(words("page.way_compare"), root + "compare/index.html", kind == "compare" and root == "../"),
            LinkView(words("page.way_search"), root + "search/index.html", kind == "search"),
            *([LinkView(words("data.title"), root + "data/index.html", kind == "data")] if self.prefix else []),
            LinkView(words("page.way_help"), root + "help/index.html", kind == "help"),
        ]

    def _site_marks(self, kind: str) -> list[tuple[str, str]]:
        """The page marks that every page carries; unset ones are left out, never empty."""
        names = _SITE_MARKS if kind == "error" else (*_SITE_MARKS, *_COLUMN_MARKS)
        marks = [(name, self.settings.values.get(key, "")) for name, key in names]
        return [(name, content) for name, content in marks if content]

    def _footer(self) -> list[LabelledValue]:
        """Who runs the site, and the numbers it is registered under."""
        words, values = self.words, self.settings.values
        known = (
            (words("footer.organiser"), values.get("主办单位", "")),
            (words("footer.site_code"), values.get("网站标识码", "")),
            (words("footer.icp_number"), values.get("ICP备案号", "")),
            (words("footer.police_number"), values.get("公安备案号", "")),
        )
        return [LabelledValue(label, value) for label, value in known if value]


# words of the interface that stand in a template as they are
_PLAIN_WORDS = re.compile(r'\{\{ w\("([a-z_.]+)"\) \}\}')


def _with_words(template: str, words: Words) -> str:
    """Puts plain words into a template before it is compiled: looking them up takes pages longer than writing them."""

    def said(match: re.Match[str]) -> str:
        text = words.texts.get(match[1], "{")
        return match[0] if "{" in text else escape(text)

    return _PLAIN_WORDS.sub(said, template)


def _environment(theme: Theme, words: Words) -> Environment:
    env = Environment(
        loader=DictLoader({name: _with_words(text, words) for name, text in theme.templates.items()}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # nothing of ours is worked out while compiling, so that a compiled template stays right
        bytecode_cache=compiled_templates(words.lang),
    )
    env.globals["w"] = words
    env.globals["hole"] = hole
    env.globals["term"] = words.term
    env.filters["phrases"] = phrases
    env.filters["breakable"] = breakable
    env.filters["short_label"] = pairs
    env.filters["reading"] = sort_key
    env.filters["cells"] = CellPrinter(lambda count: words("year.of_reports", count=count))
    env.filters["marked"] = CellPrinter(lambda count: words("year.of_reports", count=count), words("compare.mark"))
    env.filters["rates"] = CellPrinter(lambda n: words("compare.n", n=n))
    return env


def _hashed(name: str, data: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"
