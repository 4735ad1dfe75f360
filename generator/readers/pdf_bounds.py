"""Limits what a PDF may unpack and draw, which pdfminer does not.

Every stream is unpacked here first, and drawing instructions are counted while pdfminer runs them.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

from generator.readers.document import Limits, Unreadable
from generator.readers.notes import refuse
from generator.readers.pdf_fonts import is_untold
from generator.readers.pdf_looks import Looks, corners, outlines, placed, replacement, rgb
from generator.readers.pdf_page import Glyph, PdfBox
from generator.readers.pdf_turned import straightened

_MARKS_OF_A_PAGE = 30_000  # characters, lines and pictures; a dense page has 5,000 of them
_MARKS_OF_A_FILE = 500_000
_FORMS = 2_000  # form XObjects (nested drawings) that one page may call
_CONTENT = 8_000_000  # bytes of one page's instructions
_STREAM = re.compile(rb"stream\r?\n")


def refuse_bombs(data: bytes, limits: Limits) -> None:
    """Unpack every stream piece by piece, keeping nothing; raise Unreadable when they exceed the limit in total."""
    if re.search(rb"/FlateDecode[\s/A-Za-z]*/FlateDecode", data) or re.search(rb"/Fl\s*/Fl\b", data):
        raise refuse(
            "PDF 里的数据压缩了两层，像是压缩炸弹，不读取。", "The PDF compresses data twice, like a zip bomb."
        )
    left = limits.unpacked_bytes
    for match in _STREAM.finditer(data):
        unpack = zlib.decompressobj()
        rest = data[match.end() : match.end() + 65_536]
        position = match.end() + 65_536
        try:
            while rest and not unpack.eof:
                left -= len(unpack.decompress(rest, 1_000_000))
                if left < 0:
                    raise refuse(
                        f"PDF 解开后超过 {limits.unpacked_bytes // 1_000_000} MB，不读取。",
                        f"The unpacked PDF exceeds {limits.unpacked_bytes // 1_000_000} MB.",
                    )
                rest = unpack.unconsumed_tail
                if not rest:
                    rest, position = data[position : position + 65_536], position + 65_536
        except zlib.error:
            continue  # not a Flate stream, or a damaged one


class DrawingCount:
    """Counts what a file and its current page have drawn; raises Unreadable beyond the limits."""

    def __init__(self) -> None:
        self.file = self.page = self.forms = self.number = 0
        self._fonts: dict[int, tuple[int, Any]] = {}  # kept, so that no other font gets the same identity

    def next(self, number: int) -> None:
        self.page = self.forms = 0
        self.number = number

    def font(self, font: Any) -> int:
        """Return the number of a font within the file."""
        return self._fonts.setdefault(id(font), (len(self._fonts), font))[0]

    def drawn(self) -> None:
        self.file += 1
        self.page += 1
        if self.page > _MARKS_OF_A_PAGE or self.file > _MARKS_OF_A_FILE:
            raise self.refusal()

    def called(self) -> None:
        self.forms += 1
        if self.forms > _FORMS:
            raise self.refusal()

    def refusal(self) -> Unreadable:
        return refuse(
            f"PDF 第 {self.number} 页内容太多，不读取。", f"Page {self.number} of the PDF has too much content."
        )


def hidden_layers(pdf: Any) -> frozenset[int]:
    """Return the numbers of the layers (optional content) that a viewer does not show when it opens the file."""
    from pdfminer.pdftypes import resolve1

    layers = resolve1(pdf.doc.catalog.get("OCProperties"))
    usual = resolve1(layers.get("D")) if isinstance(layers, dict) else None
    if not isinstance(layers, dict) or not isinstance(usual, dict):
        return frozenset()

    def numbers(references: Any) -> set[int]:
        found = resolve1(references)
        return (
            {number for one in found if (number := getattr(one, "objid", None))} if isinstance(found, list) else set()
        )

    off = numbers(layers.get("OCGs")) if "OFF" in str(resolve1(usual.get("BaseState"))) else set[int]()
    return frozenset((off - numbers(usual.get("ON"))) | numbers(usual.get("OFF")))


def lay_out(page: Any, pdf: Any, count: DrawingCount, layers: frozenset[int] = frozenset(), rise: float = 0.0) -> Looks:
    """Run the page's drawing instructions and count them, for pdfminer itself follows nested forms without end.

    `rise` are the radians by which its lines rise, which are made level. Returns what pdfminer does not note of them.
    """
    from pdfminer.pdftypes import stream_value

    count.next(page.page_number)
    if sum(len(stream_value(stream).get_data()) for stream in page.page_obj.contents) > _CONTENT:
        raise count.refusal()
    looks = Looks()
    device = _device(count, looks)(pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    made = _interpreter(count, looks, layers)(pdf.rsrcmgr, device)
    if rise:
        made.place = lambda matrix: straightened(matrix, rise, page)
    made.process_page(page.page_obj)
    page.flush_cache()
    page._layout = device.get_result()
    return looks


def _has_shapes(font: Any) -> bool:
    """Tell a font whose glyphs every viewer draws alike: one in the file, or of Latin letters, not the system's own."""
    return not font.is_multibyte() or any(name.startswith("FontFile") for name in font.descriptor)


def _device(count: DrawingCount, looks: Looks) -> Any:
    """Make a class that draws as pdfplumber's does, counting and noting what it draws."""
    from pdfplumber.page import PDFPageAggregatorWithMarkedContent

    class Device(PDFPageAggregatorWithMarkedContent):
        render = 0

        def render_string(self, textstate: Any, *args: Any) -> None:
            self.render = textstate.render
            super().render_string(textstate, *args)

        def render_char(
            self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *rest: Any
        ) -> float:
            count.drawn()
            advance = super().render_char(matrix, font, fontsize, scaling, rise, cid, *rest)
            char: Any = self.cur_item._objs[-1]
            state = char.graphicstate
            colors = rgb(state.ncolor, state.ncs), rgb(state.scolor, state.scs)
            glyph = Glyph(count.font(font), cid) if _has_shapes(font) else None
            looks.glyph(PdfBox(*char.bbox), self.render, *colors, glyph, is_untold(font, cid, char.get_text()))
            return advance

        def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
            count.drawn()
            if fill:
                looks.fill(placed(self.ctm, path), rgb(gstate.ncolor, gstate.ncs))
            super().paint_path(gstate, stroke, fill, evenodd, path)

        def render_image(self, *args: Any, **kwargs: Any) -> None:
            count.drawn()
            super().render_image(*args, **kwargs)
            looks.picture(PdfBox(*self.cur_item.bbox))

        def begin_figure(self, name: Any, bbox: Any, matrix: Any) -> None:
            super().begin_figure(name, bbox, matrix)
            looks.narrow([corners(PdfBox(*self.cur_item.bbox))])

        def begin_tag(self, tag: Any, props: Any = None) -> None:
            looks.open_span(replacement(props))
            super().begin_tag(tag, props)

        def end_tag(self) -> None:
            looks.close_span()
            super().end_tag()

    return Device


def _interpreter(count: DrawingCount, looks: Looks, layers: frozenset[int]) -> Any:
    """Make a class that follows a page's instructions, counting forms and noting clips and opacity."""
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdftypes import resolve1
    from pdfminer.psparser import PSLiteral

    class Interpreter(PDFPageInterpreter):
        def place(self, matrix: Any) -> Any:
            return matrix

        def init_state(self, ctm: Any) -> None:
            super().init_state(self.place(ctm))
            self.saved: list[Any] = []

        def do_Do(self, xobjid_arg: Any) -> None:
            count.called()
            state = looks.state()
            drawn = self._resource("XObject", xobjid_arg)
            hidden = self._off(getattr(drawn, "attrs", {}).get("OC"))
            looks.hidden += hidden
            looks.enter()
            super().do_Do(xobjid_arg)
            looks.hidden -= hidden
            looks.restore(state)
            self.device.set_ctm(self.ctm)  # pdfminer leaves that of the form

        def do_q(self) -> None:
            super().do_q()
            self.saved.append(looks.state())

        def do_Q(self) -> None:
            super().do_Q()
            if self.saved:
                looks.restore(self.saved.pop())

        def do_W(self) -> None:
            looks.narrow(outlines(self.ctm, self.curpath))

        do_W_a = do_W  # the even-odd rule too

        def do_ET(self) -> None:
            super().do_ET()
            looks.end_text()

        def do__w(self, word: Any, char: Any, text: Any) -> None:
            self.do_T_a()  # findings/pdfplumber-rows-of-one-line.sh
            super().do__w(word, char, text)

        def do_gs(self, name: Any) -> None:
            looks.style(self._resource("ExtGState", name))

        def do_BDC(self, tag: Any, props: Any) -> None:
            looks.layer_hidden = getattr(tag, "name", "") == "OC" and self._off(self._known("Properties", props))
            super().do_BDC(tag, self._resource("Properties", props) if isinstance(props, PSLiteral) else props)

        def _off(self, layer: Any) -> bool:
            """Tell a layer that is switched off, or a group of layers none of which is on."""
            if getattr(layer, "objid", None) in layers:
                return True
            members = resolve1(layer)
            members = resolve1(members.get("OCGs")) if isinstance(members, dict) else None
            found = members if isinstance(members, list) else [members] if members is not None else []
            return bool(found) and all(getattr(one, "objid", None) in layers for one in found)

        def _known(self, kind: str, name: Any) -> Any:
            known = resolve1(resolve1(self.resources).get(kind))
            return known.get(getattr(name, "name", name)) if isinstance(known, dict) else None

        def _resource(self, kind: str, name: Any) -> Any:
            return resolve1(self._known(kind, name))

    return Interpreter
