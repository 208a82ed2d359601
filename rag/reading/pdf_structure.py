"""What a PDF says about itself (outline, page labels, title, attachments), and a second parser's text.

The only file that knows pypdf.  Whatever is broken here is left out: the pages do not depend on it.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from rag.reading.content import Bookmark

_MOST_BOOKMARKS = 5000
_Said = TypeVar("_Said")


@dataclass(frozen=True, slots=True)
class PdfStructure:
    """Title, outline, attachments and, where the file defines any, the label of each page."""

    title: str = ""
    bookmarks: tuple[Bookmark, ...] = ()
    attachments: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


class PdfOutline:
    """A PDF opened by pypdf, which reads its parts only when asked."""

    def __init__(self, data: bytes) -> None:
        import pypdf

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints are not for the user
        self._reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if self._reader.is_encrypted:
            self._reader.decrypt("")

    def structure(self) -> PdfStructure:
        """What the PDF says about itself, each broken part left empty."""
        return PdfStructure(
            title=_or(self._title, ""),
            bookmarks=_or(self._bookmarks, ()),
            attachments=_or(self._attachments, ()),
            labels=_or(self._labels, ()),
        )

    def states_no_pages(self) -> bool:
        """Whether the PDF says that it has no page; PDFium calls such a file damaged."""
        return _or(lambda: self._reader.root_object["/Pages"]["/Count"] == 0, False)  # type: ignore[index]

    def page_text(self, position: int) -> str:
        """The text of a page as pypdf decodes it, empty where it cannot."""
        return _or(partial(self._extract, position), "")

    def _extract(self, position: int) -> str:
        return self._reader.pages[position - 1].extract_text()

    def _title(self) -> str:
        metadata = self._reader.metadata
        return str(metadata.title or "").strip() if metadata else ""

    def _bookmarks(self) -> tuple[Bookmark, ...]:
        if "/Outlines" not in self._reader.root_object:
            return ()
        pages = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(self._reader.pages, 1)
            if page.indirect_reference
        }
        return tuple(_flat(self._reader.outline, 1, pages))[:_MOST_BOOKMARKS]

    def _attachments(self) -> tuple[str, ...]:
        return tuple(self._reader.attachments)

    def _labels(self) -> tuple[str, ...]:
        return tuple(self._reader.page_labels) if "/PageLabels" in self._reader.root_object else ()


def open_outline(data: bytes) -> PdfOutline | None:
    """The PDF opened by pypdf; None where pypdf cannot read it at all."""
    return _or(lambda: PdfOutline(data), None)


def _flat(entries: list[Any], level: int, pages: dict[int, int]) -> list[Bookmark]:
    found: list[Bookmark] = []
    for entry in entries:
        if isinstance(entry, list):
            found += _flat(entry, level + 1, pages)
        elif (page := pages.get(getattr(entry.page, "idnum", -1))) is not None:
            found.append(Bookmark(str(entry.title).strip(), page, level))
    return found


def _or(read: Callable[[], _Said], otherwise: _Said) -> _Said:
    """What `read` says, or `otherwise`: pypdf raises anything at all on a damaged file."""
    try:
        return read()
    except Exception:
        return otherwise
