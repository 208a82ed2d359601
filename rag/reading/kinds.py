"""What kind of file some bytes are, told by their content and never by their name."""

from __future__ import annotations

import io
import re
import zipfile

from rag.errors import FilingError
from rag.reading.content import ContentType

_HEAD = 1024  # bytes before %PDF- that readers still accept
_PICTURES = {
    b"\x89PNG": "PNG 图片",
    b"\xff\xd8\xff": "JPEG 图片",
    b"GIF8": "GIF 图片",
    b"BM": "BMP 图片",
    b"II*\x00": "TIFF 图片",
    b"MM\x00*": "TIFF 图片",
    b"RIFF": "WebP 图片或音视频",
}
_REFUSED = {
    b"\xd0\xcf\x11\xe0": "旧版 Office 文件（.doc、.xls）",
    b"7z\xbc\xaf": "压缩包",
    b"Rar!": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": "RTF 文件",
}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|h\d?|br|span)\b", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^(?:#{1,6} \S|\|.*\|\s*$\n^\|[ :|-]+\|)", re.MULTILINE)
_LOOK = 8192


def content_type(data: bytes, file_name: str) -> ContentType:
    """The kind of file; FilingError, saying what it is, where it is none that can be read.

    The name only tells markdown, which is text, from other text.
    """
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    _refuse_other(data)
    start = data[:_LOOK].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<") and _HTML.search(start):
        return "html"
    named_markdown = file_name.lower().endswith((".md", ".markdown"))
    return "markdown" if named_markdown or _MARKDOWN.search(data[:_LOOK]) else "text"


def _zipped(data: bytes) -> ContentType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FilingError("文件已损坏，打不开（压缩结构不完整）。请重新下载或重新导出后再试。") from error
    if "word/document.xml" in names:
        return "docx"
    raise FilingError(
        "这是压缩包或不支持的 Office 文件，不是公告正文。请解压，或另存为 PDF、DOCX、HTML 或文本后再试。"
    )


def _refuse_other(data: bytes) -> None:
    for start, what in _PICTURES.items():
        if data.startswith(start) and b"\x00" in data[:64]:
            raise FilingError(f"这其实是{what}（扩展名不代表内容），不是公告。请换成 PDF 或文本版的公告。")
    for start, what in _REFUSED.items():
        if data.startswith(start):
            raise FilingError(f"这是{what}，不支持。请另存为 PDF、DOCX、HTML 或文本后再试。")
