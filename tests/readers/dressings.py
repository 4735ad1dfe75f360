"""Dresses figures of Word files and web pages in every way in which text is marked or hidden."""

from __future__ import annotations

from typing import NamedTuple

from tests.readers.word_samples import run


class Dressing(NamedTuple):
    """Makes a cell's content of the true figure and another number; `hides` where nobody sees the other number."""

    name: str
    cell: str  # with {true} and {other}
    hides: bool
    head: str = ""  # of the page, or the styles of the Word file


def _word(name: str, properties: str, hides: bool = False, styles: str = "") -> Dressing:
    return Dressing(name, "<w:p>" + run("{other}", properties) + run("{true}") + "</w:p>", hides, styles)


def _behind(name: str, properties: str, styles: str = "") -> Dressing:
    return Dressing(name, "<w:p>" + run("{true}") + run("{other}", properties) + "</w:p>", False, styles)


def _style(properties: str, kind: str = "character", base: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    name = "child" if base else "parent"
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}{properties}</w:style>'


_STRUCK, _HIDDEN = "<w:rPr><w:strike/></w:rPr>", "<w:rPr><w:vanish/></w:rPr>"
_RUBY = (
    "<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>{other}</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>{true}</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
)
_CHILD = '<w:rStyle w:val="child"/>'
WORD = [
    _word("strike", "<w:strike/>"),
    _word("double strike", "<w:dstrike/>"),
    _word("struck by a style of a style", _CHILD, styles=_style(_STRUCK) + _style("", base="parent")),
    _behind("superscript", '<w:vertAlign w:val="superscript"/>'),
    _behind("subscript", '<w:vertAlign w:val="subscript"/>'),
    _behind(
        "superscript by a style",
        '<w:rStyle w:val="parent"/>',
        _style('<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
    ),
    _behind("raised by points", '<w:position w:val="6"/>'),
    _behind("lowered by points", '<w:position w:val="-2"/>'),
    _behind("two lines in one", '<w:eastAsianLayout w:id="1" w:combine="1"/>'),
    _behind("smaller", '<w:sz w:val="12"/>'),
    Dressing("ruby", _RUBY, False),
    Dressing(
        "tracked deletion",
        '<w:p><w:del w:id="1"><w:r><w:delText>{other}</w:delText></w:r></w:del>' + run("{true}") + "</w:p>",
        False,
    ),
    Dressing("tracked move", "<w:p><w:moveFrom>" + run("{other}") + "</w:moveFrom>" + run("{true}") + "</w:p>", False),
    Dressing("footnote", "<w:p>" + run("{true}") + '<w:r><w:footnoteReference w:id="{other}"/></w:r></w:p>', False),
    Dressing(
        "exponent of a formula",
        "<w:p><m:oMath><m:sSup><m:e><m:r><m:t>{true}</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>{other}</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>",
        False,
    ),
    Dressing(
        "struck in a paragraph of its own",
        "<w:p>" + run("{other}", "<w:strike/>") + "</w:p><w:p>" + run("{true}") + "</w:p>",
        False,
    ),
    _word("in a font of pictures", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'),
    Dressing(
        "deleted text without its frame",
        "<w:p><w:r><w:delText>{other}</w:delText></w:r>" + run("{true}") + "</w:p>",
        False,
    ),
    Dressing(
        "from right to left", '<w:p><w:bdo w:val="rtl">' + run("{other}") + "</w:bdo>" + run("{true}") + "</w:p>", False
    ),
    _word("vanish", "<w:vanish/>", True),
    _word("always hidden", "<w:specVanish/>", True),
    _word("hidden by a style of a style", _CHILD, True, _style(_HIDDEN) + _style("", base="parent")),
    _word("white", '<w:color w:val="FFFFFF"/>', True),
    _word("nearly white", '<w:color w:val="FEFEFE"/>', True),
    _word("white by a style", '<w:rStyle w:val="parent"/>', True, _style('<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')),
    _word("in the colour of its shade", '<w:color w:val="336699"/><w:shd w:val="clear" w:fill="336699"/>', True),
    _word("in the colour of its highlight", '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', True),
    _word("one point", '<w:sz w:val="2"/>', True),
    _word("squeezed", '<w:w w:val="1"/>', True),
]


def _before(name: str, style: str, hides: bool) -> Dressing:
    return Dressing(name, f'<span style="{style}">{{other}}</span>{{true}}', hides)


def _classed(name: str, css: str, hides: bool, cell: str = '<span class="x">{other}</span>{true}') -> Dressing:
    return Dressing(name, cell, hides, f"<style>{css}</style>")


WEB = [
    *(Dressing(tag, f"<{tag}>{{other}}</{tag}>{{true}}", False) for tag in ("s", "del", "strike", "S")),
    *(Dressing(tag, f"{{true}}<{tag}>{{other}}</{tag}>", False) for tag in ("sup", "sub")),
    Dressing("ruby", "<ruby>{true}<rp>(</rp><rt>{other}</rt><rp>)</rp></ruby>", False),
    Dressing("nested", "<s><b><span>{other}</span></b></s><b>{true}</b>", False),
    Dressing("undone inside", '<s><span style="text-decoration:none">{other}</span></s>{true}', False),
    Dressing("in a paragraph of its own", "<p><s>{other}</s></p><p>{true}</p>", False),
    _before("line-through", "text-decoration:line-through", False),
    _before("line-through among others", "color:red;TEXT-DECORATION: underline line-through", False),
    _before("vertical-align super", "vertical-align:super;font-size:60%", False),
    _before("vertical-align sub", "vertical-align:sub", False),
    _before("raised by pixels", "position:relative;top:-4px", False),
    _classed("struck by a class", ".x{text-decoration:line-through}", False),
    _classed(
        "struck by an inner class",
        "body p .x{text-decoration:line-through}",
        False,
        '<p><i class="x">{other}</i>{true}</p>',
    ),
    _classed("raised by a class", "span.x{vertical-align:super}", False),
    Dressing("hidden", "<span hidden>{other}</span>{true}", True),
    *(
        _before(style, style, True)
        for style in (
            "display:none",
            "visibility:hidden",
            "opacity:0",
            "font-size:0",
            "font-size:1px",
            "color:#fff",
            "color:white;background:white",
            "color:#036;background-color:#036",
            "color:transparent",
            "position:absolute;left:-9999px",
            "display:none;mso-hide:all",
        )
    ),
    _before("mso-hide:all", "mso-hide:all", False),
    Dressing("white font", '<font color="#FFFFFF">{other}</font>{true}', True),
    _before("in a font of pictures", "font-family:Wingdings", False),
    _before("turned", "display:inline-block;transform:rotate(180deg)", False),
    _before("moved aside", "float:right", False),
    _classed("hidden by its place", ":not(b) > .x:nth-child(1){display:none}", True),
    _classed("white by a variable", ":root{--ink:#fff} span:not(.y){color:var(--ink)}", True),
    _classed("hidden by a class", ".x{display:none}", True),
    _classed("hidden by a class of many", ".a,.x , .b{font-size:0px !important}", True),
    _classed("white by a class", "html body span.x{color:#FFF}", True),
]
# browsers do not know the first, have no such font, and print the last right behind the figure
NOT_PRINTED = {"mso-hide:all", "in a font of pictures", "moved aside"}
# LibreOffice shows deleted text outside a tracked change and what is always hidden, and loses the direction
NOT_CONVERTED = {"deleted text without its frame", "from right to left", "always hidden"}
