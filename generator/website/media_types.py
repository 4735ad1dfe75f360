"""How each file of the section is to be served: its media type, and how long it may be kept."""

from __future__ import annotations

# Windows' registry may say otherwise, so Python's own table is not asked.
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "application/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonl": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "sig": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENDINGS = tuple(_TYPES)
_LISTS = ("SHA256SUMS", "SM3SUMS")


def media_type(path: str) -> str:
    """The media type of a file, by the ending of its name."""
    name = path.rpartition("/")[2]
    if name in _LISTS:
        return _TYPES["txt"]
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def cache_control(path: str) -> str:
    """Style sheets and scripts change their names with their content; everything else is asked for again."""
    return "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
