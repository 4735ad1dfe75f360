"""Reads colours of Word and of web pages, and tells when text has that of its background."""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple


class Colour(NamedTuple):
    """Holds red, green and blue from 0 to 255."""

    red: int
    green: int
    blue: int


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
_CLOSE = 16  # of 255: text that differs less from its background is not seen
_HEX = re.compile(r"#?([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_RGB = re.compile(r"rgba?\(([^()]{1,80})\)")
_HSL = re.compile(r"hsla?\(([^()]{1,80})\)")
_NAMES = {
    "black": "000000",
    "white": "FFFFFF",
    "red": "FF0000",
    "green": "008000",
    "lime": "00FF00",
    "blue": "0000FF",
    "navy": "000080",
    "yellow": "FFFF00",
    "gray": "808080",
    "grey": "808080",
    "silver": "C0C0C0",
    "maroon": "800000",
    "purple": "800080",
    "olive": "808000",
    "teal": "008080",
    "aqua": "00FFFF",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "fuchsia": "FF00FF",
    "orange": "FFA500",
    "pink": "FFC0CB",
    "gold": "FFD700",
    "brown": "A52A2A",
    "whitesmoke": "F5F5F5",
    "snow": "FFFAFA",
    "ivory": "FFFFF0",
    "ghostwhite": "F8F8FF",
    "floralwhite": "FFFAF0",
    "azure": "F0FFFF",
    "mintcream": "F5FFFA",
    "darkred": "8B0000",
    "darkblue": "00008B",
    "darkgreen": "006400",
    "lightgray": "D3D3D3",
    "lightgrey": "D3D3D3",
    "darkgray": "A9A9A9",
    "darkgrey": "A9A9A9",
    "window": "FFFFFF",
    "windowtext": "000000",
    "canvas": "FFFFFF",
    "canvastext": "000000",
}


def colour(text: str) -> Colour | None:
    """Read `#FFF`, `FFFFFF`, `rgb(255, 255, 255)` or a usual name; None for what is transparent or not known here."""
    text = text.strip().lower()
    digits = _NAMES.get(text, "")
    if not digits and (match := _HEX.fullmatch(text)):
        digits = match[1] if len(match[1]) > 4 else "".join(2 * digit for digit in match[1])
    if len(digits) == 8 and int(digits[6:], 16) < _CLOSE:
        return None
    if digits:
        return Colour(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))
    if match := _HSL.fullmatch(text):
        return _from_hue(re.split(r"[\s,/]+", match[1].strip()))
    match = _RGB.fullmatch(text)
    return _mixed(re.split(r"[\s,/]+", match[1].strip())) if match else None


def named(text: str) -> Colour | None:
    """Read a colour of a web page: what `colour` reads, or any of the names of CSS."""
    found = colour(text)
    if found is None and re.fullmatch(r"[a-z]{3,24}", text.strip().lower()):
        from PIL import ImageColor

        known = ImageColor.colormap.get(text.strip().lower())
        found = colour(known) if isinstance(known, str) else None
    return found


def legacy(text: str | None) -> str:
    """Turn the colour of an attribute (`<font color>`, `bgcolor`) into one of CSS, as HTML has it since the nineties:
    whatever is written gives some colour."""
    text = (text or "").strip()
    if not text or text.lower() == "transparent" or named(text) is not None:
        return text
    digits = re.sub(r"[^0-9a-fA-F]", "0", text[:128].removeprefix("#"))
    digits += "0" * (-len(digits) % 3)
    length = len(digits) // 3
    parts = [digits[at : at + length][-8:] for at in (0, length, 2 * length)]
    while len(parts[0]) > 2 and all(part[0] == "0" for part in parts):
        parts = [part[1:] for part in parts]
    return "#" + "".join(part[:2].rjust(2, "0") for part in parts)


def mixed(ink: Colour | None, ground: Colour | None, share: float) -> Colour | None:
    """Return the colour of ink that covers its background by a share from 0 to 1 only."""
    if ink is None or ground is None:
        return None
    return Colour(*(round(share * one + (1 - share) * other) for one, other in zip(ink, ground, strict=True)))


def clear(text: str) -> bool:
    """Tell a colour that is wholly transparent: written as such, or with an alpha of nearly 0."""
    text = text.strip().lower()
    if text == "transparent":
        return True
    if match := _RGB.fullmatch(text) or _HSL.fullmatch(text):
        parts = re.split(r"[\s,/]+", match[1].strip())
        return len(parts) == 4 and (_share(parts[3]) or 0) < 0.07
    match = _HEX.fullmatch(text) if text.startswith("#") else None
    return bool(match and len(match[1]) in (4, 8) and int(match[1][len(match[1]) * 3 // 4 :][0], 16) == 0)


def _from_hue(parts: list[str]) -> Colour | None:
    """Read hue (degrees), saturation and lightness (percentages)."""
    if len(parts) < 3 or (len(parts) == 4 and (_share(parts[3]) or 0) < 0.07):
        return None
    hue, saturation, lightness = _number(parts[0].removesuffix("deg")), _share(parts[1]), _share(parts[2])
    if hue is None or saturation is None or lightness is None:
        return None
    levels = colorsys.hls_to_rgb(hue % 360 / 360, min(1.0, max(0.0, lightness)), min(1.0, max(0.0, saturation)))
    return Colour(*(round(255 * level) for level in levels))


def _mixed(parts: list[str]) -> Colour | None:
    if len(parts) == 4 and (_share(parts[3]) or 0) < 0.07:
        return None
    levels = [_level(part) for part in parts[:3]]
    return (
        Colour(*(level for level in levels if level is not None)) if len(levels) == 3 and None not in levels else None
    )


def _level(text: str) -> int | None:
    number = _number(text.rstrip("%"))
    if number is None:
        return None
    return min(255, max(0, round(number * 2.55 if text.endswith("%") else number)))


def _share(text: str) -> float | None:
    """Read an alpha value: a number from 0 to 1, or a percentage."""
    number = _number(text.rstrip("%"))
    return number / 100 if number is not None and text.endswith("%") else number


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[+-]?(?:\d{1,6}(?:\.\d{0,6})?|\.\d{1,6})", text) else None


def unseen(ink: Colour | None, ground: Colour | None) -> bool:
    """Tell text that has the colour of its background; where either is not known, it counts as seen."""
    if ink is None or ground is None:
        return False
    return all(abs(one - other) < _CLOSE for one, other in zip(ink, ground, strict=True))
