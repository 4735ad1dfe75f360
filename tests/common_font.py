"""Makes generator/website/downloads/fonts/NianbaoSerif-Regular.ttf, the font of the PDF files' common characters.

It has the outlines of Noto Serif SC as TrueType curves, which cost a report's PDF a quarter less time than the same as
CFF: Typst copies them where it has to unpack the others. Characters are the 3,755 of the first level of GB 2312, with
letters, digits and signs; for all others Noto Serif SC itself stands in. The curves are at most two thousandths of the
character's size beside the original ones.

    pip install fonttools==4.68.0; python -m tests.common_font
"""

from __future__ import annotations

from pathlib import Path

OUT = Path(__file__).parent.parent / "generator" / "website" / "downloads" / "fonts" / "NianbaoSerif-Regular.ttf"
NAME = "Nianbao Serif"
_ASIDE = 2.0  # thousandths of the size
_FEATURES = ("ccmp", "kern", "liga", "locl", "mark")  # that Typst asks for in horizontal lines


def characters() -> list[str]:
    """Lists what the font has: the common characters, and what stands between them."""
    ranges = ((0x20, 0x7F), (0xA0, 0x100), (0x2460, 0x249C), (0x3000, 0x3020), (0xFF01, 0xFF5F), (0xFFE0, 0xFFE6))
    signs = [chr(code) for first, last in ranges for code in range(first, last)]
    common = [bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    return [*signs, *"‐–—―‖‘’“”†‡•‥…‰′″※℃", *(code.decode("gb2312") for code in common if code < b"\xd7\xfa")]


def make(source: Path, out: Path) -> None:
    """Cuts the font down and turns its outlines into quadratic curves."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, newTable

    font = TTFont(source, recalcTimestamp=False)
    cutter = Subsetter(Options(layout_features=list(_FEATURES), notdef_outline=True, name_IDs=["*"]))
    cutter.populate(text="".join(characters()))
    cutter.subset(font)
    outlines, order, glyphs = font.getGlyphSet(), font.getGlyphOrder(), {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, _ASIDE, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    font["glyf"].compile(font)
    font["hmtx"].metrics = {
        name: (width, getattr(glyphs[name], "xMin", 0)) for name, (width, _) in font["hmtx"].metrics.items()
    }
    _as_truetype(font)
    for record in font["name"].names:
        record.string = {1: NAME, 3: NAME, 4: NAME, 6: out.stem, 7: ""}.get(record.nameID, record.string)
    out.parent.mkdir(exist_ok=True)
    font.save(out)


def _as_truetype(font: object) -> None:
    """Replaces what is of CFF fonts or of vertical lines by what TrueType asks for."""
    tables: dict[str, object] = font  # type: ignore[assignment]
    for tag in {"CFF ", "VORG", "vhea", "vmtx", "DSIG"} & set(tables.keys()):
        del tables[tag]
    most = tables["maxp"]
    limits = "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements maxSizeOfInstructions"
    for limit in (*limits.split(), "maxComponentElements", "maxComponentDepth"):
        setattr(most, limit, 0)
    most.tableVersion, most.maxZones = 0x10000, 1  # type: ignore[attr-defined]
    tables["post"].formatType = 3.0  # type: ignore[attr-defined]
    font.sfntVersion = "\0\1\0\0"  # type: ignore[attr-defined]


if __name__ == "__main__":
    import pylopdf_fonts_zh_cn as noto

    make(noto.serif_path(), OUT)
    print(f"{OUT.name}: {len(characters())} characters, {OUT.stat().st_size / 1e6:.2f} MB")
