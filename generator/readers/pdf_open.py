"""Opens a PDF with pdfplumber and pdfminer within limits, and turns its pages into plain values.

It silences pdfminer's log, which is noisy on every flawed font; that is all it does to the outer world.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.readers.bounds import bounded
from generator.readers.document import Limits, Mark, Unreadable
from generator.readers.notes import ENCRYPTED, damaged, missing, refuse
from generator.readers.pdf_bounds import DrawingCount, refuse_bombs
from generator.readers.pdf_curves import measured
from generator.readers.pdf_glyphs import compared
from generator.readers.pdf_images import Images
from generator.readers.pdf_ink import repainted
from generator.readers.pdf_looks import Looks, common, read_as
from generator.readers.pdf_marks import strike, strokes
from generator.readers.pdf_page import UNKNOWN, PdfBox, PdfChar, PdfPage, box_of
from generator.readers.pdf_remarks import marked, remarks_of
from generator.readers.pdf_rings import divided
from generator.readers.pdf_rules import tables
from generator.readers.pdf_turned import lean, quarter_turn, sheared, turn_of, turned
from generator.readers.pdf_watermarks import without_watermarks
from generator.readers.text_cleanup import plain

_BESIDE_CLIP = 0.08  # of the size: nearer to the edge of what is shown, the next digit would be beyond it
_LOWEST, _HIGHEST, _WIDEST = 3.0, 16.0, 12.0  # points of what may be a drawn digit
_HAIR = 1.5  # points of a picture that is a line; the strips of a scan are broader
_BOLD = re.compile("bold|black|heavy|-bd", re.IGNORECASE)


class Opened(NamedTuple):
    """Holds an opened PDF; `marks` name what its catalogue carries besides pages: "script", "files", "form"."""

    pages: tuple[PdfPage, ...]
    info: dict[str, str]
    marks: frozenset[str]
    headings: Mapping[str, int] = MappingProxyType({})  # levels of the headings its bookmarks name, blanks left out


def pages(data: bytes, limits: Limits) -> Opened:
    """Read all pages; raises Unreadable for what is damaged, encrypted or beyond the limits."""
    bounded(data, limits)
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
    except ImportError as error:
        raise missing("pdfplumber") from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    logging.getLogger("pdfplumber").setLevel(logging.CRITICAL)
    refuse_bombs(data, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pdfplumber.open(BytesIO(data), raise_unicode_errors=False) as pdf:
                opened = _all(pdf, limits)
        return opened._replace(pages=tuple(repainted(data, compared(data, opened.pages))))
    except Unreadable:
        raise
    except Exception as error:  # pdfminer meets hostile bytes with exceptions of every kind
        for cause in (error, error.__cause__, error.__context__, *error.args):
            if isinstance(cause, Unreadable):
                raise cause from None
            if isinstance(cause, PDFPasswordIncorrect):
                raise Unreadable(ENCRYPTED) from error
        raise damaged() from error


def _all(pdf: Any, limits: Limits) -> Opened:
    from generator.readers.pdf_instructions import hidden_layers, lay_out

    if len(pdf.pages) > limits.pages:
        raise refuse(
            f"PDF 有 {len(pdf.pages)} 页，超过上限 {limits.pages} 页，不读取。",
            f"The PDF has {len(pdf.pages)} pages, more than the limit of {limits.pages}.",
        )
    read, count, images, layers = [], DrawingCount(), Images(limits), hidden_layers(pdf)
    for source in pdf.pages:
        page, looks = source, lay_out(source, pdf, count, layers)
        if turn := quarter_turn(page.chars):
            page = turned(source, turn)
            looks = lay_out(page, pdf, count, layers)
        if rise := lean(page.chars):
            looks = lay_out(page, pdf, count, layers, rise)
        read.append(_page(page, images, looks, rise).moved(-float(page.bbox[0]), -float(page.bbox[1])))
        page.close()  # drops the page's objects
        source.close()
    info: dict[str, str] = {}
    for record in pdf.doc.info:
        info |= {str(key): _decoded(value) for key, value in record.items() if isinstance(value, bytes)}
    return Opened(tuple(read), info, _marks(pdf), _headings(pdf))


_BOOKMARKS = 500


def _headings(pdf: Any) -> dict[str, int]:
    """Read the bookmarks, from the first ones on; none where there are none or they lead in circles."""
    from pdfminer.pdfdocument import PDFNoOutlines

    found: dict[str, int] = {}
    with suppress(PDFNoOutlines, RecursionError):
        for level, title, *_ in islice(pdf.doc.get_outlines(), _BOOKMARKS):
            found.setdefault("".join(str(title).split()), min(int(level), 6))
    return found


def _page(page: Any, images: Images, looks: Looks, rise: float) -> PdfPage:
    box = PdfBox(*page.bbox)
    remarks = remarks_of(page)
    scanned = any(box_of(image).area > 0.6 * box.area for image in page.images)
    seen, hidden, slanted, blurred = _characters(page, looks, remarks.links, scanned)
    drawn = [*page.rects, *page.lines, *map(measured, page.curves), *_thin_pictures(page)]
    lines = strokes(drawn)
    chars, strikers = strike(seen, lines)
    if rise:  # they stand elsewhere in what pdfium draws
        chars = [char._replace(glyph=None) for char in chars]
    for number in divided(chars, drawn, lines):
        chars[number] = chars[number]._replace(unsure=True)
    things = [thing for at, thing in enumerate(drawn) if at not in strikers]
    ruled, tangled = tables(things, page, chars)
    pictures, lost = images.of(page, box)
    return PdfPage(
        page.page_number,
        float(page.width),
        float(page.height),
        tuple(marked(chars, remarks.over, ruled)),
        () if blurred else tuple(ruled),
        tuple(hidden),
        remarks.words,
        pictures,
        lost,
        scanned,
        tangled or blurred,
        "".join(slanted).strip(),
        int(page.rotation),
        (*(one.box for one in remarks.over), *(() if scanned else map(box_of, page.images))),
        PdfBox(*page.cropbox) if page.cropbox != page.bbox else None,
        _as_letters(things) if not scanned else (),
        remarks.tinted,
        rise != 0 or sheared(page.chars),
    )


def _thin_pictures(page: Any) -> list[dict[str, Any]]:
    """Return the pictures so thin that they are lines, as areas: some writers draw rules and strokes with them."""
    boxes = ((image, box_of(image)) for image in page.images)
    return [
        {**image, "object_type": "rect", "fill": True, "stroke": False, "non_stroking_color": None}
        for image, box in boxes
        if 0 < min(box.x1 - box.x0, box.bottom - box.top) <= _HAIR
    ]


def _as_letters(things: Sequence[dict[str, Any]]) -> tuple[PdfBox, ...]:
    """Return the boxes of shapes that are as high as digits and no wider; lines that run level are none."""
    boxes = map(box_of, things)
    return tuple(box for box in boxes if _LOWEST <= box.bottom - box.top <= _HIGHEST and box.x1 - box.x0 <= _WIDEST)


def _characters(
    page: Any, looks: Looks, links: list[tuple[PdfBox, str]], scanned: bool
) -> tuple[list[PdfChar], list[PdfChar], list[str], bool]:
    """Return the characters that a person sees, those that nobody does, the text of watermarks, and whether the page
    has too much to tell them apart."""
    box = common(PdfBox(*page.bbox), PdfBox(*page.cropbox))
    visible, covered = looks.visible(), looks.covered()
    seen: list[PdfChar] = []
    hidden: list[PdfChar] = []
    slanted: list[str] = []
    for number, (char, look) in enumerate(zip(page.chars, looks.glyphs, strict=True)):
        char["text"] = read_as(char["text"], look.replaced)
        unsure = _turned_over(char) or (covered is not None and covered[number])
        made = _char(char, links)._replace(color=look.colors[0], unsure=unsure and not scanned, glyph=look.glyph)
        if look.room < _BESIDE_CLIP * made.size:
            made = made._replace(at_clip=True)
        if look.untold and not scanned:
            made = _untold(made)
        # text recognised on a scan leaves no trace, or lies below the picture
        shown = scanned or (look.traced and (visible is None or visible[number]))
        if not (shown and box.holds(made.x, made.y) and made.size >= 1):
            hidden.append(made)
        elif _slants(char):
            slanted.append(made.text)
        else:
            seen.append(made._replace(base=None) if scanned else made)  # recognised text stands on no even base
    kept, across = without_watermarks(_single(seen))
    return kept, hidden, [*slanted, across], visible is None


def _untold(char: PdfChar) -> PdfChar:
    """Mark a digit that a viewer may draw as another; that of a font which is drawn here is compared later."""
    if not char.text.strip():
        return char._replace(text=UNKNOWN)
    return char._replace(untold=True) if char.glyph is not None else char._replace(mark=Mark.OTHER)


def _single(chars: list[PdfChar]) -> list[PdfChar]:
    """Drop the second of two equal characters drawn on one another, a point apart at most, to look bold."""
    kept: list[PdfChar] = []
    places: dict[tuple[str, int, int], list[PdfChar]] = {}
    for char in chars:
        across, down = round(char.x0), round(char.top)
        near = (
            places.get((char.text, x, y), ()) for x in range(across - 2, across + 3) for y in range(down - 2, down + 3)
        )
        if not any(_twins(char, other) for group in near for other in group):
            kept.append(char)
            places.setdefault((char.text, across, down), []).append(char)
    return kept


def _twins(char: PdfChar, other: PdfChar) -> bool:
    return abs(char.x0 - other.x0) <= 1 and abs(char.top - other.top) <= 1 and abs(char.size - other.size) < 0.5


def _slants(char: dict[str, Any]) -> bool:
    """Tell whether a character runs neither across nor down the page, as those of a watermark."""
    a, b, c, d = (abs(float(value)) for value in char["matrix"][:4])
    straight = b <= 0.02 * a and c <= 0.36 * d  # italics lean by a third at most
    turned = a <= 0.02 * b and d <= 0.36 * c
    return not (straight or turned)


def _turned_over(char: dict[str, Any]) -> bool:
    """Tell a character that stands on its head or in a mirror: 69 is seen as 69, from right to left, and 12 as 21."""
    a, b, _, d = (float(value) for value in char["matrix"][:4])
    return abs(a) > abs(b) and (a < 0 or d < 0) and str(char["text"]).isdecimal()


def _char(char: dict[str, Any], links: list[tuple[PdfBox, str]]) -> PdfChar:
    box = box_of(char)
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    link = next((address for area, address in links if area.holds(x, y)), "")
    bold = bool(_BOLD.search(str(char.get("fontname", ""))))
    upright = float(char["matrix"][0]) > 0 and abs(float(char["matrix"][1])) < 0.02 * float(char["matrix"][0])
    # pdfminer's y of the base, measured from the bottom as y0 is
    base = box.bottom + float(char["y0"]) - float(char["matrix"][5]) if upright else None
    turn = 0 if upright else turn_of(char["matrix"])
    return PdfChar(char["text"], *box, float(char["size"]), bold, link, base, turn=turn)


def _decoded(value: bytes) -> str:
    """Decode a text string of the file's metadata: marked UTF-16 or UTF-8, else UTF-8, GB18030 or Latin-1."""
    marked: tuple[tuple[bytes, str], ...] = (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
    )
    for mark, codec in marked:
        if value.startswith(mark):
            return plain(value.decode(codec, "replace")).replace("�", "").strip()
    for codec in ("utf-8", "gb18030"):
        try:
            return plain(value.decode(codec)).strip()
        except UnicodeDecodeError:
            continue
    return plain(value.decode("latin-1")).strip()


def _marks(pdf: Any) -> frozenset[str]:
    from pdfminer.pdftypes import resolve1

    catalog = pdf.doc.catalog
    names = resolve1(catalog.get("Names")) or {}
    names = names if isinstance(names, dict) else {}
    form = resolve1(catalog.get("AcroForm"))
    action = resolve1(catalog.get("OpenAction"))
    tests: dict[str, Callable[[], bool]] = {
        "script": lambda: "JavaScript" in names or (isinstance(action, dict) and "JS" in action) or "AA" in catalog,
        "files": lambda: "EmbeddedFiles" in names,
        "form": lambda: isinstance(form, dict) and bool(resolve1(form.get("Fields"))),
    }
    return frozenset(name for name, test in tests.items() if test())
