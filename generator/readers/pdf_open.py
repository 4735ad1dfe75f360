"""Opening a PDF: everything that pdfplumber and pdfminer do for us, within bounds, in one place.

Stands among the modules that touch the world for one line only: pdfminer's log is noisy on every flawed font.
"""

from __future__ import annotations

import logging
import re
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

from generator.readers.document import Limits, Unreadable
from generator.readers.notes import ENCRYPTED, damaged, missing, refuse
from generator.readers.pdf_page import Box, Char, Page
from generator.readers.safe import bounded
from generator.readers.words import plain

_CHARS = 60_000  # of one page
_FORMS = 2_000  # nested drawings one page may call
_CONTENT = 8_000_000  # bytes of one page's instructions
_STREAM = re.compile(rb"stream\r?\n")
_BOLD = re.compile("bold|black|heavy|-bd", re.IGNORECASE)
_THIN = 3.0  # a filled rectangle this thin is a rule, a larger one a background


class Opened(NamedTuple):
    """`marks` name what the catalogue carries besides pages: "script", "files", "form"."""

    pages: tuple[Page, ...]
    info: dict[str, str]
    marks: frozenset[str]


def pages(data: bytes, limits: Limits) -> Opened:
    """All pages as plain values; Unreadable for what is damaged, encrypted or beyond the bounds."""
    bounded(data, limits)
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
    except ImportError as error:
        raise missing("pdfplumber") from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    logging.getLogger("pdfplumber").setLevel(logging.CRITICAL)
    _bombs(data, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pdfplumber.open(BytesIO(data), raise_unicode_errors=False) as pdf:
                return _all(pdf, limits)
    except Unreadable:
        raise
    except Exception as error:  # pdfminer meets hostile bytes with exceptions of every kind
        for cause in (error, error.__cause__, error.__context__, *error.args):
            if isinstance(cause, Unreadable):
                raise cause from None
            if isinstance(cause, PDFPasswordIncorrect):
                raise Unreadable(ENCRYPTED) from error
        raise damaged() from error


def _bombs(data: bytes, limits: Limits) -> None:
    """pdfminer unpacks streams without bound: unpack each here first, a piece at a time, keeping nothing."""
    if re.search(rb"/FlateDecode[\s/A-Za-z]*/FlateDecode", data) or re.search(rb"/Fl\s*/Fl\b", data):
        raise refuse("PDF 里的数据压缩了两层，像是压缩炸弹，不读取。", "The PDF packs data twice, like a zip bomb.")
    left = limits.unpacked_bytes
    for found in _STREAM.finditer(data):
        unpack = zlib.decompressobj()
        rest = data[found.end() : found.end() + 65_536]
        position = found.end() + 65_536
        try:
            while rest and not unpack.eof:
                left -= len(unpack.decompress(rest, 1_000_000))
                if left < 0:
                    raise refuse(
                        f"PDF 解开后超过 {limits.unpacked_bytes // 1_000_000} MB，不读取。", f"Unpacked the PDF exceeds {limits.unpacked_bytes // 1_000_000} MB."
                    )
                rest = unpack.unconsumed_tail
                if not rest:
                    rest, position = data[position : position + 65_536], position + 65_536
        except zlib.error:
            continue  # not a Flate stream, or a damaged one


def _all(pdf: Any, limits: Limits) -> Opened:
    if len(pdf.pages) > limits.pages:
        raise refuse(f"PDF 有 {len(pdf.pages)} 页，超过上限 {limits.pages} 页，不读取。", f"The PDF has {len(pdf.pages)} pages, more than {limits.pages}.")
    found = []
    for page in pdf.pages:
        _lay_out(page, pdf)
        found.append(_page(page))
        page.close()  # drops the page's objects
    info: dict[str, str] = {}
    for record in pdf.doc.info:
        info |= {str(key): _decoded(value) for key, value in record.items() if isinstance(value, bytes)}
    return Opened(tuple(found), info, _marks(pdf))


def _lay_out(page: Any, pdf: Any) -> None:
    """The page's drawing instructions run by an interpreter that counts: pdfminer itself follows nested forms without end."""
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdftypes import stream_value
    from pdfplumber.page import PDFPageAggregatorWithMarkedContent

    count = {"chars": 0, "forms": 0}

    def more(kind: str, limit: int) -> None:
        count[kind] += 1
        if count[kind] > limit:
            raise refuse(f"PDF 第 {page.page_number} 页内容太多，不读取。", f"Page {page.page_number} of the PDF holds too much.")

    class Device(PDFPageAggregatorWithMarkedContent):
        def render_char(self, *args: Any, **kwargs: Any) -> float:
            more("chars", _CHARS)
            return super().render_char(*args, **kwargs)

        def paint_path(self, *args: Any, **kwargs: Any) -> None:
            more("chars", _CHARS)
            super().paint_path(*args, **kwargs)

    class Interpreter(PDFPageInterpreter):
        def do_Do(self, xobjid_arg: Any) -> None:
            more("forms", _FORMS)
            super().do_Do(xobjid_arg)

    if sum(len(stream_value(stream).get_data()) for stream in page.page_obj.contents) > _CONTENT:
        more("forms", -1)
    device = Device(pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    Interpreter(pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()


def _page(page: Any) -> Page:
    box = Box(*page.bbox)
    backgrounds = [_box(rect) for rect in page.rects if rect.get("fill") and not _white(rect.get("non_stroking_color"))]
    backgrounds += [_box(image) for image in page.images]
    links, remarks = _annotations(page)
    seen: list[Char] = []
    hidden: list[Char] = []
    for char in page.dedupe_chars().chars:
        made = _char(char, links)
        visible = box.holds(made.x, made.y) and made.size >= 1
        if visible and _white(char.get("non_stroking_color")):
            visible = any(ground.holds(made.x, made.y) for ground in backgrounds)
        (seen if visible else hidden).append(made)
    tables = _tables(page)
    pictures, lost = _pictures(page, box, bool(seen))
    return Page(
        page.page_number, float(page.width), float(page.height), tuple(seen), tuple(tables), "".join(char.text for char in hidden).strip(),
        remarks, pictures, lost,
    )  # fmt: skip


def _box(thing: dict[str, Any]) -> Box:
    return Box(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def _char(char: dict[str, Any], links: list[tuple[Box, str]]) -> Char:
    box = _box(char)
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    link = next((address for area, address in links if area.holds(x, y)), "")
    return Char(plain(char["text"]), *box, float(char["size"]), bool(_BOLD.search(str(char.get("fontname", "")))), link)


def _white(color: object) -> bool:
    """Whether a colour is the paper's: gray or RGB 1, CMYK 0."""
    values = color if isinstance(color, tuple | list) else (color,)
    if not values or not all(isinstance(value, int | float) for value in values):
        return False
    return all(value <= 0.02 for value in values) if len(values) == 4 else all(value >= 0.98 for value in values)


def _rule(thing: dict[str, Any]) -> bool:
    """Keep what may be a rule of a table: not a background, and nothing drawn in white."""
    if thing["object_type"] == "rect":
        thin = min(thing["width"], thing["height"]) <= _THIN
        color = thing.get("stroking_color") if thing.get("stroke") else thing.get("non_stroking_color")
        return bool(thin or thing.get("stroke")) and not _white(color)
    if thing["object_type"] in ("line", "curve"):
        return thing["object_type"] == "line" and not _white(thing.get("stroking_color"))
    return True


def _tables(page: Any) -> list[tuple[Box, ...]]:
    """The cells of each table of a page, also where a page break or a sloppy writer left its outer rules open."""
    edges = page.filter(_rule).edges
    for group in _connected([_box(edge) for edge in edges]):
        edges = edges + _frame(group)
    upright, level = ([edge for edge in edges if edge["orientation"] == way] for way in "vh")
    if len(upright) < 2 or len(level) < 2:
        return []
    explicit = {
        "vertical_strategy": "explicit", "horizontal_strategy": "explicit", "explicit_vertical_lines": upright, "explicit_horizontal_lines": level,
    }  # fmt: skip
    return [tuple(Box(*cell) for cell in table.cells) for table in page.find_tables(explicit)]


def _connected(boxes: list[Box]) -> list[Box]:
    """Bounding boxes of rules that touch one another. Sweeps from the top; groups are few."""
    groups: list[Box] = []
    for box in sorted(boxes, key=lambda one: one.top):
        touching = [group for group in groups if _touch(group, box)]
        groups = [group for group in groups if group not in touching]
        every = [*touching, box]
        groups.append(Box(min(b.x0 for b in every), min(b.top for b in every), max(b.x1 for b in every), max(b.bottom for b in every)))
    return groups


def _touch(a: Box, b: Box) -> bool:
    return a.x0 - _THIN <= b.x1 and b.x0 - _THIN <= a.x1 and a.top - _THIN <= b.bottom and b.top - _THIN <= a.bottom


def _frame(box: Box) -> list[dict[str, Any]]:
    """The four outer rules of a group that is wide and high enough to be a table."""
    if box.x1 - box.x0 < 30 or box.bottom - box.top < 10:
        return []
    sides = [
        ("h", Box(box.x0, box.top, box.x1, box.top)), ("h", Box(box.x0, box.bottom, box.x1, box.bottom)),
        ("v", Box(box.x0, box.top, box.x0, box.bottom)), ("v", Box(box.x1, box.top, box.x1, box.bottom)),
    ]  # fmt: skip
    return [
        {
            "object_type": "rect_edge", "orientation": way, "x0": side.x0, "x1": side.x1, "top": side.top, "bottom": side.bottom,
            "width": side.x1 - side.x0, "height": side.bottom - side.top,
        }
        for way, side in sides
    ]  # fmt: skip


def _annotations(page: Any) -> tuple[list[tuple[Box, str]], tuple[str, ...]]:
    links, remarks = [], []
    for annotation in page.annots:
        kind = str(annotation.get("data", {}).get("Subtype", "")).strip("/'")
        if uri := annotation.get("uri"):
            links.append((_box(annotation), str(uri)))
        elif kind not in ("Link", "Widget", "Popup"):
            remarks.append(str(annotation.get("contents") or kind))
    return links, tuple(remarks)


def _pictures(page: Any, box: Box, text: bool) -> tuple[tuple[tuple[float, bytes], ...], int]:
    """JPEG pictures as they lie in the file, others as PNG where that is simple; a scan filling a page without text is none."""
    found, lost = [], 0
    for image in page.images:
        area = _box(image)
        if min(area.x1 - area.x0, area.bottom - area.top) < 24:
            continue  # an ornament
        if not text and (area.x1 - area.x0) * (area.bottom - area.top) > 0.6 * (box.x1 - box.x0) * (box.bottom - box.top):
            continue
        data = _image(image["stream"])
        if data:
            found.append((area.top, data))
        else:
            lost += 1
    return tuple(found), lost


def _image(stream: Any) -> bytes:
    from pdfminer.psparser import PSLiteral

    filters = [item[0].name if isinstance(item[0], PSLiteral) else "" for item in stream.get_filters()]
    if filters == ["DCTDecode"]:
        return bytes(stream.get_rawdata() or b"")
    space = stream.get("ColorSpace")
    mode = {"DeviceRGB": "RGB", "DeviceGray": "L"}.get(getattr(space, "name", ""), "")
    width, height = stream.get("Width"), stream.get("Height")
    if filters != ["FlateDecode"] or not mode or stream.get("BitsPerComponent") != 8:
        return b""
    return _raster(mode, int(width), int(height), stream.get_data())


def _raster(mode: str, width: int, height: int, data: bytes) -> bytes:
    from PIL import Image

    if width * height * (3 if mode == "RGB" else 1) != len(data):
        return b""
    out = BytesIO()
    Image.frombytes(mode, (width, height), data).save(out, "PNG")
    return out.getvalue()


def _decoded(value: bytes) -> str:
    """A text string of the file's information: UTF-16 either way round, UTF-8, or what is left."""
    marked: tuple[tuple[bytes, str], ...] = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
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
