from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.assemble import Assistant, open_assistant
from rag.errors import FilingError, UserError
from rag.filings.page import Span
from rag.settings import IndexSettings, Settings
from rag.viewing.viewer import Viewer
from tests.reading.makers import report

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("viewer")
    (folder / "报告.pdf").write_bytes(report(4))
    (folder / "方案.txt").write_text("甲公司行动方案\n公司将加大研发投入。\n", encoding="utf-8")
    made = open_assistant(Settings(index=IndexSettings(path=folder / "index")), create=True)
    assert [one.outcome for one in made.ingest([folder / "报告.pdf", folder / "方案.txt"])] == [
        "added",
        "added",
    ]
    yield made
    made.close()


@pytest.fixture
def viewer(assistant: Assistant) -> Viewer:
    return assistant.viewer


@pytest.fixture
def pdf(assistant: Assistant) -> str:
    return assistant.filing("报告.pdf").id


def _width(png: bytes) -> int:
    return int.from_bytes(png[16:20], "big")


def test_a_page_is_drawn_in_the_pixels_asked_for(assistant: Assistant, pdf: str) -> None:
    picture = assistant.page_image(pdf, 2, 1.5)
    assert picture.startswith(PNG)
    assert _width(picture) == 630  # 420 points


def test_a_scale_between_the_steps_gets_the_finer_one(viewer: Viewer, pdf: str) -> None:
    assert _width(viewer.image(pdf, 1, 1.2)) == 630


def test_a_picture_is_drawn_once(viewer: Viewer, pdf: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = viewer.image(pdf, 3, 1)
    monkeypatch.setattr("rag.viewing.viewer.draw_page", lambda *_: pytest.fail("drawn again"))
    assert viewer.image(pdf, 3, 1) == first


def test_a_page_that_is_not_there_has_no_picture(viewer: Viewer, pdf: str) -> None:
    with pytest.raises(UserError, match="第 9 页"):
        viewer.image(pdf, 9, 1)


def test_a_text_filing_has_no_picture(assistant: Assistant, viewer: Viewer) -> None:
    with pytest.raises(UserError, match="没有第 1 页的图像"):
        viewer.image(assistant.filing("方案.txt").id, 1, 1)


def test_a_damaged_original_is_told_in_words(
    assistant: Assistant, pdf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = assistant.settings.index.path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    monkeypatch.setattr("rag.store.index.FilingIndex.original_path", lambda *_: broken)
    with pytest.raises(FilingError, match="画不出来"):
        assistant.viewer.image(pdf, 4, 4)


def test_the_lines_of_a_page_hold_its_text(assistant: Assistant, viewer: Viewer, pdf: str) -> None:
    page = assistant.page(pdf, 2)
    lines = viewer.lines(page)
    assert "收入有所增长。" in [page.text[line.start : line.end] for line in lines]
    assert all(0 <= x0 < x1 <= 420 and 0 <= y0 < y1 <= 600 for x0, y0, x1, y1 in (line.box for line in lines))


def test_a_quote_in_its_place_is_painted_there(assistant: Assistant, viewer: Viewer, pdf: str) -> None:
    start = assistant.page(pdf, 2).text.index("收入")
    mark = viewer.mark(pdf, Span(2, start, start + 4), "收入有所")
    assert mark is not None
    assert (mark.span, mark.moved, len(mark.boxes)) == (Span(2, start, start + 4), False, 1)
    assert mark.page_chars == len(assistant.page(pdf, 2).text)


def test_a_quote_that_moved_is_found_and_said_to_have_moved(viewer: Viewer, pdf: str) -> None:
    mark = viewer.mark(pdf, Span(1, 0, 5), "费用得到 控制")
    assert mark is not None
    assert (mark.span.page, mark.moved) == (3, True)


def test_a_quote_that_is_gone_is_placed_nowhere(viewer: Viewer, pdf: str) -> None:
    assert viewer.mark(pdf, Span(1, 0, 5), "从未印过的话") is None


def test_a_range_outside_the_page_is_placed_nowhere(viewer: Viewer, pdf: str) -> None:
    assert viewer.mark(pdf, Span(1, 5, 99999)) is None


def test_words_are_found_whatever_their_width_and_spacing(viewer: Viewer, pdf: str) -> None:
    found = viewer.find(pdf, "软 件业务")
    assert [(one.mark.span.page, one.text) for one in found] == [(1, "软件业务")]


def test_no_words_are_found_nowhere(viewer: Viewer, pdf: str) -> None:
    assert viewer.find(pdf, " ") == ()


def test_pictures_of_a_removed_filing_go_with_it(tmp_path: Path) -> None:
    (tmp_path / "报告.pdf").write_bytes(report(1))
    with_one = open_assistant(Settings(index=IndexSettings(path=tmp_path / "index")), create=True)
    (added,) = with_one.ingest([tmp_path / "报告.pdf"])
    with_one.page_image(added.filing_id, 1, 1)
    with_one.remove(added.filing_id)
    assert list((tmp_path / "index" / "pictures").iterdir()) == []
    with_one.close()
