from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.errors import FilingError
from rag.filings.page import Page
from rag.reading import ocr, pdf_file
from rag.reading.content import Content
from rag.reading.garble import is_garbled
from rag.reading.pdf_file import read_pdf
from rag.settings import ReadingSettings
from tests.reading.makers import BODIES, PAGE, no_pages, pdf, report, ruled, written


def read(data: bytes, *, most_pages: int = 100, boxes: bool = True, ocr: str = "off") -> Content:
    settings = ReadingSettings.model_validate({"boxes": boxes, "ocr": ocr})
    return read_pdf(data, settings, most_pages, lambda done, total: None)


def box_of(page: Page, text: str) -> np.ndarray:
    start = page.text.index(text)
    assert page.boxes is not None
    return page.boxes[start : start + len(text)]


def test_running_heads_and_page_numbers_are_taken_off_and_labels_kept() -> None:
    pages = read(report(4)).pages
    assert [(page.position, page.label, page.text) for page in pages] == [
        (n, str(n), BODIES[n - 1]) for n in range(1, 5)
    ]


def test_a_printed_number_apart_from_the_position_is_the_label() -> None:
    assert [page.label for page in read(report(4, first_label=7)).pages] == ["7", "8", "9", "10"]


def test_every_character_has_its_box_and_white_space_has_none() -> None:
    page = read(pdf([[(60, 100, "营业收入"), (200, 100, "380,792.26")]])).pages[0]
    assert page.boxes is not None
    assert page.boxes.shape == (len(page.text), 4)
    assert [bool(np.isnan(box).any()) for box in page.boxes] == [char.isspace() for char in page.text]


def test_boxes_count_from_the_top_left_of_the_page() -> None:
    page = read(pdf([[(60, 100, "营业收入")]])).pages[0]
    x0, y0, x1, y1 = box_of(page, "营")[0]
    assert 59 < x0 < 62
    assert 70 < x1 < 73
    assert 80 < y0 < 100 < y1 < 110


@pytest.mark.parametrize(("turn", "corner"), [(90, (500, 60)), (180, (360, 500)), (270, (100, 360))])
def test_boxes_follow_the_turned_page(turn: int, corner: tuple[float, float]) -> None:
    page = read(written(pdf([[(60, 100, "营业收入")]]), rotate=turn)).pages[0]
    x0, y0, x1, y1 = box_of(page, "营")[0]
    assert x0 - 15 < corner[0] < x1 + 15
    assert y0 - 15 < corner[1] < y1 + 15
    assert (page.width, page.height) == (PAGE if turn == 180 else PAGE[::-1])


def test_cells_of_a_row_share_a_line_two_spaces_apart() -> None:
    row = [(60.0, 100.0, "营业收入"), (180.0, 100.0, "949.15"), (280.0, 100.0, "854.29")]
    page = read(pdf([[*row, (60, 120, "营业成本")]])).pages[0]
    assert page.text == "营业收入  949.15  854.29\n营业成本"


def test_boxes_are_left_out_where_they_are_not_wanted() -> None:
    assert read(report(3), boxes=False).pages[0].boxes is None


def test_bookmarks_name_their_page() -> None:
    bookmark = read(written(report(3), bookmark="第三节 管理层讨论与分析")).bookmarks[0]
    assert (bookmark.title, bookmark.page, bookmark.level) == ("第三节 管理层讨论与分析", 3, 1)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_an_owner_password_alone_does_not_keep_readers_out(algorithm: str) -> None:
    assert len(read(written(report(2), password="", algorithm=algorithm)).pages) == 2


def test_attachments_are_named() -> None:
    assert read(written(report(2), attachment="审计报告.pdf")).attachments == ("审计报告.pdf",)


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_a_landscape_page_is_read_row_by_row(turn: int) -> None:
    page = read(written(ruled(size=PAGE[::-1]), rotate=turn)).pages[0]
    assert page.text.split("\n")[1].split() == ["营业收入", "1,234.56", "1,000.00"]


@pytest.mark.parametrize("sign", ["√", "□", "■", "☑", "\uf052", "\uf0a3"])
def test_signs_of_boxes_survive_the_reading(sign: str) -> None:
    garbled = Page(1, f"{sign}适用")
    assert not is_garbled(garbled.text * 10)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (written(report(2), password="secret"), "加密"),
        (report(2)[:900], "不完整"),
        (b"%PDF-1.4\nrubbish\n%%EOF", "损坏"),
        (pdf([[], []]), "扫描件"),
    ],
    ids=["password", "truncated", "damaged", "scan"],
)
def test_a_pdf_that_cannot_be_read_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(FilingError, match=said):
        read(data)


def test_a_pdf_without_pages_is_refused_in_words() -> None:
    with pytest.raises(FilingError, match="没有页面"):
        read(no_pages())


def test_too_many_pages_are_refused_with_the_key_to_change() -> None:
    with pytest.raises(FilingError, match=r"3 页.*\[limits\] pages"):
        read(report(3), most_pages=2)


def test_a_page_without_text_is_told() -> None:
    content = read(pdf([[(60, 100, "第一页的文字")], []]))
    assert "第 2 页" in content.warnings[0]


def test_a_scan_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "recognizer", lambda: None)
    with pytest.raises(FilingError, match=r"xunju\[ocr\]"):
        read(pdf([[]]), ocr="auto")


def test_the_missing_extra_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    assert ocr.recognizer() is None
    content = read(pdf([[(60, 100, "第一页的文字")], []]), ocr="auto")
    assert "pip install 'xunju[ocr]'" in content.warnings[0]


def test_recognition_tells_each_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "recognizer", lambda: lambda picture: [("字", 10.0, 10.0, 20.0, 20.0)])
    told: list[tuple[int, int]] = []
    settings = ReadingSettings(ocr="auto")
    read_pdf(pdf([[], [], []]), settings, 10, lambda done, total: told.append((done, total)))
    assert told[-3:] == [(1, 3), (2, 3), (3, 3)]


def test_recognised_lines_of_a_row_become_one_line_with_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [("949.15", 500.0, 100.0, 600.0, 130.0), ("营业收入", 100.0, 102.0, 260.0, 132.0)]
    monkeypatch.setattr(ocr, "recognizer", lambda: lambda picture: lines)
    content = read(pdf([[]]), ocr="auto")
    page = content.pages[0]
    assert (page.text, page.origin) == ("营业收入  949.15", "ocr")
    assert page.boxes is not None
    assert len(page.boxes) == len(page.text)
    assert "识别" in content.warnings[0]


def test_a_garbled_page_is_read_by_the_second_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    class Second:
        def page_text(self, position: int) -> str:
            return "营业收入与营业成本，均为本期发生额的合计数。"

    garbled = Page(1, "ሴስሶሷሸሹሺሻሼሽሾሿቀቁቂቃቄቅቆቇ", origin="text_layer", boxes=np.zeros((20, 4), np.float32))
    pages, warnings = pdf_file._with_second_parser([garbled], Second())  # type: ignore[arg-type]
    assert (pages[0].origin, pages[0].boxes, warnings) == ("second_parser", None, ())
    assert "营业收入" in pages[0].text


def test_page_text_is_the_pdfs_own_but_for_white_space() -> None:
    import pypdfium2

    data = pdf([[(60, 100 + 20 * n, f"第{n}项"), (200, 100 + 20 * n, f"{n},000.00")] for n in range(1, 9)])
    with pypdfium2.PdfDocument(data) as document:
        own = "".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert all("".join(page.text.split()) in own for page in read(data).pages)


SHARED = Path(__file__).parents[3] / "shared" / "filings"


@pytest.mark.skipif(not SHARED.is_dir(), reason="no folder of real filings beside the checkout")
def test_a_real_picture_of_a_filing_is_told_from_text() -> None:
    scan = next(SHARED.glob("*扫描版.pdf"))
    with pytest.raises(FilingError, match="扫描件"):
        read(scan.read_bytes())
