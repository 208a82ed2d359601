"""Page positions and printed numbers of the filings at hand, each against the file itself."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import pytest

from rag.filings.text import squeeze
from rag.reading.content import ReadFile
from rag.reading.read import read_file
from rag.settings import LimitSettings, ReadingSettings

FILINGS = Path(__file__).parents[3] / "shared" / "filings"
# By the first signs of the file's SHA-256.
HALF_YEAR_TEXT, MARKED_IN_PART, UNMARKED = "b1adf005403e", "22f2d5a2bcca", "bf4f12aeb1a5"
TEXT_PDFS = {"ecc59464b8d9": 131, "464e4c179a18": 120}
SCAN = "8db0283899e6"
# Signs on each page, its first and last looked up in the file.
MARKED_LENGTHS = [816, 896, 963, 375, 935, 835, 872, 56]
UNMARKED_LENGTHS = [761, 847, 802, 855, 816, 851, 766, 856, 673]


@cache
def _path(digest: str) -> Path | None:
    found = FILINGS.glob("*.*") if FILINGS.is_dir() else ()
    return next(
        (path for path in found if hashlib.sha256(path.read_bytes()).hexdigest().startswith(digest)), None
    )


def _read(digest: str, *, ocr: str = "off") -> tuple[Path, ReadFile]:
    path = _path(digest)
    if path is None:
        pytest.skip("the filings lie beside the project, and are not there")
    return path, read_file(path, LimitSettings(), ReadingSettings.model_validate({"ocr": ocr}))


def _lengths(read: ReadFile) -> list[int]:
    return [len("".join(page.text.split())) for page in read.pages]


def test_every_page_of_a_flattened_report_ends_where_its_mark_is_printed() -> None:
    path, read = _read(HALF_YEAR_TEXT)
    printed = squeeze(path.read_text(encoding="utf-8"))
    assert [(page.position, page.label) for page in read.pages] == [(n, str(n)) for n in range(1, 213)]
    wrong = [p.position for p in read.pages[:-1] if f"{squeeze(p.text)[-20:]}{p.position}/212" not in printed]
    assert wrong == []


def test_pages_whose_marks_are_lost_are_counted_and_say_so() -> None:
    _, read = _read(MARKED_IN_PART)
    assert [page.label for page in read.pages] == ["1", "2", None, None, None, None, None, "8"]
    assert _lengths(read) == MARKED_LENGTHS


def test_pages_without_any_mark_are_counted_and_say_so() -> None:
    _, read = _read(UNMARKED)
    assert read.numbering == "inferred"
    assert {page.label for page in read.pages} == {None}
    assert _lengths(read) == UNMARKED_LENGTHS


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("digest", TEXT_PDFS)
def test_every_page_of_a_pdf_bears_the_number_that_is_printed_on_it(digest: str) -> None:
    import pypdfium2

    path, read = _read(digest)
    count = TEXT_PDFS[digest]
    assert [page.position for page in read.pages] == list(range(1, count + 1))
    with pypdfium2.PdfDocument(path) as document:
        own = [page.get_textpage().get_text_range() for page in document]
    printed = [re.findall(rf"(\d{{1,3}})\s*/\s*{count}\b", text) for text in own]
    unlike = [
        p.position for p, on_it in zip(read.pages, printed, strict=True) if (p.label or "") not in on_it[:1]
    ]
    assert unlike == []


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_page_of_a_scan_is_recognised_in_its_place() -> None:
    pytest.importorskip("rapidocr")
    _, read = _read(SCAN, ocr="auto")
    assert [(page.position, page.origin) for page in read.pages] == [(1, "ocr"), (2, "ocr"), (3, "ocr")]
