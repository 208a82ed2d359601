"""A PDF file becomes pages.

Their text is PDFium's, a second parser's where that is garbled, recognised where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rag.errors import FilingError
from rag.filings.page import Page
from rag.reading import ocr
from rag.reading.content import Content
from rag.reading.furniture import without_furniture
from rag.reading.garble import better, is_garbled
from rag.reading.pdf import Progress, open_pdf, read_pages, render
from rag.reading.pdf_structure import PdfOutline, PdfStructure, open_outline
from rag.settings import ReadingSettings

__all__ = ["Progress", "read_pdf"]
_NAMED = 8  # page numbers named in a warning before it says how many more


def read_pdf(data: bytes, reading: ReadingSettings, most_pages: int, progress: Progress) -> Content:
    """The pages of a PDF with its outline; FilingError where it cannot be read or nothing on it is text."""
    outline = open_outline(data)
    if outline is not None and outline.states_no_pages():
        raise FilingError("PDF 文件里没有页面。请重新下载或重新导出后再试。")
    with open_pdf(data) as document:
        _check_count(len(document), most_pages)
        pages = read_pages(document, boxes=reading.boxes, progress=progress)
        pages, warnings = _with_scans(document, pages, reading, progress)
    pages, garbled = _with_second_parser(pages, outline)
    structure = outline.structure() if outline else PdfStructure()
    return Content(
        pages=_labelled(without_furniture(tuple(pages)), structure.labels),
        numbering="printed",
        title=structure.title,
        bookmarks=structure.bookmarks,
        attachments=structure.attachments,
        warnings=(*warnings, *garbled),
    )


def _check_count(count: int, most: int) -> None:
    if count > most:
        raise FilingError(f"文件有 {count} 页，超过上限 {most} 页。请拆分文件，或调大 [limits] pages。")


def _with_scans(
    document: Any, pages: list[Page], reading: ReadingSettings, progress: Progress
) -> tuple[list[Page], tuple[str, ...]]:
    """The pages with those that have no text recognised, if that can be done and is wanted."""
    blank = [page.position for page in pages if not page.text]
    if not blank:
        return pages, ()
    recognize = ocr.recognizer() if reading.ocr == "auto" else None
    if recognize is None:
        return pages, _unrecognized(blank, len(pages), reading.ocr)
    for position in blank:
        page = pages[position - 1]
        pages[position - 1] = ocr.recognized(page, render(document, position, ocr.DOTS_PER_INCH), recognize)
        progress(position, len(pages))
    if not any(page.text for page in pages):
        raise FilingError("PDF 里没有文字，图像也识别不出文字。请换用清晰的扫描件或文字版 PDF。")
    return pages, tuple(_recognized([pages[position - 1] for position in blank]))


def _recognized(pages: list[Page]) -> Iterator[str]:
    if read := [page.position for page in pages if page.text]:
        yield f"第 {_listed(read)} 页没有文字层，文字由图像识别得到，可能有误，请核对原件。"
    if blank := [page.position for page in pages if not page.text]:
        yield f"第 {_listed(blank)} 页没有文字，图像也识别不出文字，未收入。"


def _unrecognized(blank: list[int], count: int, wanted: str) -> tuple[str, ...]:
    remedy = (
        "请安装文字识别组件后重新导入：pip install 'xunju[ocr]'"
        if wanted == "auto"
        else '请把 [reading] ocr 设为 "auto" 后重新导入'
    )
    if len(blank) == count:
        raise FilingError(f"PDF 是扫描件，没有文字层。{remedy}，或换用文字版 PDF。")
    return (f"第 {_listed(blank)} 页没有文字（可能是扫描页或空白页），未收入。如是扫描页，{remedy}。",)


def _listed(positions: list[int]) -> str:
    named = "、".join(map(str, positions[:_NAMED]))
    return named if len(positions) <= _NAMED else f"{named} 等 {len(positions)}"


def _with_second_parser(pages: list[Page], outline: PdfOutline | None) -> tuple[list[Page], tuple[str, ...]]:
    garbled = [page for page in pages if page.origin == "text_layer" and is_garbled(page.text)]
    unread = []
    for page in garbled:
        second = outline.page_text(page.position).strip() if outline else ""
        if better(page.text, second):
            pages[page.position - 1] = replace(page, text=second, origin="second_parser", boxes=None)
        if is_garbled(pages[page.position - 1].text):
            unread.append(page.position)
    if not unread:
        return pages, ()
    return pages, (f"第 {_listed(unread)} 页的文字编码异常，读出的内容可能是乱码，请核对原件。",)


def _labelled(pages: tuple[Page, ...], labels: tuple[str, ...]) -> tuple[Page, ...]:
    if len(labels) != len(pages):
        return pages
    return tuple(
        replace(page, label=page.label or label or None) for page, label in zip(pages, labels, strict=True)
    )
