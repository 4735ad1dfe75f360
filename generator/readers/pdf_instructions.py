"""Runs the drawing instructions of a PDF page as pdfplumber does, counting them and noting what it does not keep.

Whoever imports this has pdfplumber.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1, stream_value
from pdfminer.psparser import PSLiteral
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from generator.readers.pdf_bounds import DrawingCount
from generator.readers.pdf_fonts import is_untold
from generator.readers.pdf_looks import Looks, corners, outlines, placed, replacement, rgb
from generator.readers.pdf_page import Glyph, PdfBox
from generator.readers.pdf_turned import straightened

_CONTENT = 8_000_000  # bytes of one page's instructions
Place = Callable[[Any], Any]  # where the matrix of a page puts it


def hidden_layers(pdf: Any) -> frozenset[int]:
    """Return the numbers of the layers (optional content) that a viewer does not show when it opens the file."""
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
    count.next(page.page_number)
    if sum(len(stream_value(stream).get_data()) for stream in page.page_obj.contents) > _CONTENT:
        raise count.refusal()
    looks = Looks()
    device = _Device(pdf.rsrcmgr, page, count, looks)
    place = partial(straightened, rise=rise, page=page) if rise else None
    _Interpreter(pdf.rsrcmgr, device, layers, place).process_page(page.page_obj)
    page.flush_cache()
    page._layout = device.get_result()
    return looks


def _has_shapes(font: Any) -> bool:
    """Tell a font whose glyphs every viewer draws alike: one in the file, or of Latin letters, not the system's own."""
    return not font.is_multibyte() or any(name.startswith("FontFile") for name in font.descriptor)


class _Device(PDFPageAggregatorWithMarkedContent):
    """Draws as pdfplumber's device does, counting and noting what it draws."""

    render = 0

    def __init__(self, resources: Any, page: Any, count: DrawingCount, looks: Looks) -> None:
        super().__init__(resources, pageno=page.page_number, laparams=None)
        self.count, self.looks = count, looks

    def render_string(self, textstate: Any, *args: Any) -> None:
        self.render = textstate.render
        super().render_string(textstate, *args)

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *rest: Any
    ) -> float:
        self.count.drawn()
        advance = super().render_char(matrix, font, fontsize, scaling, rise, cid, *rest)
        char: Any = self.cur_item._objs[-1]
        state = char.graphicstate
        colors = rgb(state.ncolor, state.ncs), rgb(state.scolor, state.scs)
        glyph = Glyph(self.count.font(font), cid) if _has_shapes(font) else None
        self.looks.glyph(PdfBox(*char.bbox), self.render, *colors, glyph, is_untold(font, cid, char.get_text()))
        return advance

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        self.count.drawn()
        if fill:
            self.looks.fill(placed(self.ctm, path), rgb(gstate.ncolor, gstate.ncs))
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def render_image(self, *args: Any, **kwargs: Any) -> None:
        self.count.drawn()
        super().render_image(*args, **kwargs)
        self.looks.picture(PdfBox(*self.cur_item.bbox))

    def begin_figure(self, name: Any, bbox: Any, matrix: Any) -> None:
        super().begin_figure(name, bbox, matrix)
        self.looks.narrow([corners(PdfBox(*self.cur_item.bbox))])

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        self.looks.open_span(replacement(props))
        super().begin_tag(tag, props)

    def end_tag(self) -> None:
        self.looks.close_span()
        super().end_tag()


class _Interpreter(PDFPageInterpreter):
    """Follows a page's instructions, counting forms and noting clips and opacity."""

    def __init__(self, resources: Any, device: _Device, layers: frozenset[int], place: Place | None = None) -> None:
        super().__init__(resources, device)
        self.draws, self.layers, self.place = device, layers, place
        self.count, self.looks = device.count, device.looks

    def dup(self) -> _Interpreter:
        """Make the interpreter of a form, which stands on a page that has its place already."""
        return _Interpreter(self.rsrcmgr, self.draws, self.layers)

    def init_state(self, ctm: Any) -> None:
        super().init_state(self.place(ctm) if self.place else ctm)
        self.saved: list[Any] = []

    def do_Do(self, xobjid_arg: Any) -> None:
        self.count.called()
        state = self.looks.state()
        drawn = self._resource("XObject", xobjid_arg)
        hidden = self._off(getattr(drawn, "attrs", {}).get("OC"))
        self.looks.hidden += hidden
        self.looks.enter()
        super().do_Do(xobjid_arg)
        self.looks.hidden -= hidden
        self.looks.restore(state)
        self.device.set_ctm(self.ctm)  # pdfminer leaves that of the form

    def do_q(self) -> None:
        super().do_q()
        self.saved.append(self.looks.state())

    def do_Q(self) -> None:
        super().do_Q()
        if self.saved:
            self.looks.restore(self.saved.pop())

    def do_W(self) -> None:
        self.looks.narrow(outlines(self.ctm, self.curpath))

    do_W_a = do_W  # the even-odd rule too

    def do_ET(self) -> None:
        super().do_ET()
        self.looks.end_text()

    def do__w(self, word: Any, char: Any, text: Any) -> None:
        self.do_T_a()  # findings/pdfplumber-rows-of-one-line.sh
        super().do__w(word, char, text)

    def do_gs(self, name: Any) -> None:
        self.looks.style(self._resource("ExtGState", name))

    def do_BDC(self, tag: Any, props: Any) -> None:
        self.looks.layer_hidden = getattr(tag, "name", "") == "OC" and self._off(self._known("Properties", props))
        super().do_BDC(tag, self._resource("Properties", props) if isinstance(props, PSLiteral) else props)

    def _off(self, layer: Any) -> bool:
        """Tell a layer that is switched off, or a group of layers none of which is on."""
        if getattr(layer, "objid", None) in self.layers:
            return True
        members = resolve1(layer)
        members = resolve1(members.get("OCGs")) if isinstance(members, dict) else None
        found = members if isinstance(members, list) else [members] if members is not None else []
        return bool(found) and all(getattr(one, "objid", None) in self.layers for one in found)

    def _known(self, kind: str, name: Any) -> Any:
        known = resolve1(resolve1(self.resources).get(kind))
        return known.get(getattr(name, "name", name)) if isinstance(known, dict) else None

    def _resource(self, kind: str, name: Any) -> Any:
        return resolve1(self._known(kind, name))
