"""A file on disk becomes numbered pages of text, whatever its format."""

from __future__ import annotations

import hashlib
from pathlib import Path

from rag.errors import FilingError
from rag.reading.content import Bookmark, Content, ContentType, ReadFile
from rag.reading.docx import read_docx
from rag.reading.html import read_html
from rag.reading.kinds import content_type
from rag.reading.pdf_file import Progress, read_pdf
from rag.reading.text import read_text
from rag.settings import LimitSettings, ReadingSettings

__all__ = ["Bookmark", "ReadFile", "read_bytes", "read_file"]
_MIB = 1024 * 1024


def read_file(
    path: Path, limits: LimitSettings, reading: ReadingSettings, progress: Progress | None = None
) -> ReadFile:
    """The pages of the file, read in this process; `progress` is told pages done and pages in all.

    FilingError where the file is missing, too large, of no known kind, damaged, encrypted or empty.
    """
    data = read_bytes(path, limits)
    kind = content_type(data, path.name)
    content = _read(data, kind, reading, limits, progress or (lambda done, total: None))
    if len(content.pages) > limits.pages:
        raise FilingError(
            f"文件有 {len(content.pages)} 页，超过上限 {limits.pages} 页。请拆分文件，或调大 [limits] pages。"
        )
    return ReadFile(
        id=hashlib.sha256(data).hexdigest(),
        file_name=path.name,
        size_bytes=len(data),
        content_type=kind,
        pages=content.pages,
        numbering=content.numbering,
        title=content.title,
        bookmarks=content.bookmarks,
        attachments=content.attachments,
        warnings=content.warnings,
    )


def read_bytes(path: Path, limits: LimitSettings) -> bytes:
    """The bytes of the file; FilingError where it is missing, no file, empty, unreadable or too large."""
    check_path(path)
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_mb * _MIB + 1)
    except OSError as error:
        raise FilingError(f"文件 {path.name} 读不出来（{error.strerror}）。请检查文件权限。") from error
    if len(data) > limits.file_mb * _MIB:
        raise FilingError(f"{path.name} 超过 {limits.file_mb} MiB。请拆分文件，或调大 [limits] file_mb。")
    if not data.strip(b"\x00 \t\r\n"):
        raise FilingError(f"文件 {path.name} 是空的。请重新下载或重新导出后再试。")
    return data


def check_path(path: Path) -> None:
    """Raises FilingError where there is no such file."""
    if not path.exists():
        raise FilingError(f"找不到文件 {path}。请检查路径。")
    if not path.is_file():
        raise FilingError(f"{path} 不是文件。请给出公告文件的路径。")


def _read(
    data: bytes, kind: ContentType, reading: ReadingSettings, limits: LimitSettings, progress: Progress
) -> Content:
    if kind == "pdf":
        return read_pdf(data, reading, limits.pages, progress)
    if kind == "html":
        return read_html(data)
    if kind == "docx":
        return read_docx(data, limits.read_memory_mb * _MIB)
    return read_text(data, mend_spacing=kind == "text")
