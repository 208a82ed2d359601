"""What reading one file yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.filings.page import Numbering, Page

ContentType = Literal["pdf", "text", "markdown", "html", "docx"]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a PDF's outline: its title, the position of the page it leads to, its depth from 1."""

    title: str
    page: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Content:
    """The pages of a file with what its format says about them; `warnings` are Chinese sentences."""

    pages: tuple[Page, ...]
    numbering: Numbering = "none"
    title: str = ""
    bookmarks: tuple[Bookmark, ...] = ()
    attachments: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: its content, and `id`, the SHA-256 of its bytes in hexadecimal."""

    id: str
    file_name: str
    size_bytes: int
    content_type: ContentType
    pages: tuple[Page, ...]
    numbering: Numbering
    title: str = ""
    bookmarks: tuple[Bookmark, ...] = ()
    attachments: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
