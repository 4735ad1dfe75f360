"""Keeps what the body of a Word document refers to by number: addresses of links, and pictures."""

from __future__ import annotations

from html import escape
from typing import Any

from generator.website.downloads.manuscript import printable
from generator.website.downloads.materials import Pictures
from generator.website.downloads.narrative_blocks import Picture
from generator.website.downloads.page_style import TEXT_WIDTH
from generator.website.downloads.word_body import text
from generator.website.words import Words

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WHERE = {"hyperlink": ' TargetMode="External"', "image": ""}
_MM = 36000  # English metric units, in which pictures are measured


class Attached:
    """The links and pictures of one document; `media` are the files of its pictures by name."""

    def __init__(self, pictures: Pictures, words: Words) -> None:
        self._pictures, self._words = pictures, words
        self._targets: dict[tuple[str, str], str] = {}  # relationship by kind and target
        self._types: dict[str, str] = {}
        self._drawn = 0
        self.media: dict[str, bytes] = {}

    def link(self, address: str) -> str:
        """Gives the relationship of an address."""
        return self._related("hyperlink", address)

    def draw(self, picture: Picture) -> str:
        """Writes a run with a picture; one that Word cannot show is told by its description."""
        from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
        from docx.image.image import Image

        data = self._pictures(picture.name)
        described = text(self._words("document.picture", text=picture.described))
        instead = f"<w:r><w:t>{described}</w:t></w:r>"
        if data is None:
            return instead
        try:
            image = Image.from_blob(data)
            # its own width, but no wider than the text
            width, height = image.scaled_dimensions(width=min(int(image.width), int(TEXT_WIDTH * _MM)))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ZeroDivisionError):
            return instead
        self._types[image.ext] = image.content_type
        self._drawn += 1
        return _shown(picture, self._drawn, self._file(image.ext, data), (width, height))

    def _file(self, kind: str, data: bytes) -> str:
        """Adds the file of a picture; gives its relationship. The same picture is one file."""
        name = next((name for name, known in self.media.items() if known == data), "")
        if not name:
            name = f"word/media/image{len(self.media) + 1}.{kind}"
            self.media[name] = data
        return self._related("image", name.removeprefix("word/"))

    def _related(self, kind: str, target: str) -> str:
        return self._targets.setdefault((kind, target), f"rIdA{len(self._targets) + 1}")

    def relations(self) -> str:
        """Writes the relationships, for those of the document."""
        return "".join(
            f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{escape(printable(target))}"{_WHERE[kind]}/>'
            for (kind, target), key in self._targets.items()
        )

    def types(self) -> str:
        """Writes the media types of the pictures, for those of the package."""
        return "".join(
            f'<Default Extension="{kind}" ContentType="{media_type}"/>' for kind, media_type in self._types.items()
        )


def _shown(picture: Picture, number: int, relation: str, size: tuple[Any, Any]) -> str:
    from docx.oxml.shape import CT_Inline

    inline = CT_Inline.new_pic_inline(number, relation, printable(picture.name), *size)
    for side in "TBLR":
        inline.set(
            f"dist{side}", "0"
        )  # unsaid it is an eighth of an inch in LibreOffice, and the picture leaves the text
    inline.docPr.set("descr", printable(picture.described))
    inline.docPr.set("name", printable(picture.name))
    return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
