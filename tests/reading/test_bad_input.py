"""What is too large, too slow or hostile is refused in words, or read as far as it is text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rag.errors import FilingError
from rag.reading import guard
from rag.reading.guard import read_guarded
from rag.reading.html import read_html
from rag.reading.read import read_file
from rag.settings import LimitSettings, ReadingSettings
from tests.reading.bad_files import TEXT, looped, one_page
from tests.reading.makers import report

READING = ReadingSettings(ocr="off")
SMALL = LimitSettings(read_memory_mb=256, read_seconds=30)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory limits of a process are those of Linux")


def _file(folder: Path, data: bytes, name: str = "报告.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "limits", "said"),
    [
        ("甲.txt", b"a" * (2**20 + 1), {"file_mb": 1}, r"超过 1 MiB.*\[limits\] file_mb"),
        ("乙.pdf", report(3), {"pages": 2}, r"3 页，超过上限 2 页.*\[limits\] pages"),
        ("丙.txt", "甲\f乙\f丙".encode(), {"pages": 2}, r"3 页，超过上限 2 页.*\[limits\] pages"),
    ],
    ids=["bytes", "pages of a pdf", "pages of a text"],
)
def test_each_limit_names_itself(
    tmp_path: Path, name: str, data: bytes, limits: dict[str, int], said: str
) -> None:
    with pytest.raises(FilingError, match=said):
        read_file(_file(tmp_path, data, name), LimitSettings.model_validate(limits), READING)


@LINUX
def test_a_page_that_unpacks_without_end_ends_in_words(tmp_path: Path) -> None:
    bomb = one_page(b" " * 300_000_000, packed=2)
    assert len(bomb) < 10_000
    with pytest.raises(FilingError, match="read_memory_mb"):
        read_guarded(_file(tmp_path, bomb), SMALL, READING)


def test_a_page_that_makes_pdfium_abort_ends_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import os, rag.reading.child as child, rag.reading.pdf as pdf\n"
        "pdf._characters = lambda page: os.abort()\nchild.main()"
    )
    monkeypatch.setattr(guard, "_command", lambda: [sys.executable, "-c", code])
    with pytest.raises(FilingError, match=r"报告.pdf 时异常退出.*重新导出"):
        read_guarded(_file(tmp_path, report(2)), LimitSettings(), READING)


def test_a_page_tree_that_holds_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FilingError):
        read_guarded(_file(tmp_path, looped()), SMALL, READING)


def test_the_same_words_many_thousand_times_are_read(tmp_path: Path) -> None:
    assert read_file(_file(tmp_path, one_page(TEXT * 20_000, packed=1)), LimitSettings(), READING).pages


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_million_objects_are_read_within_the_limits(tmp_path: Path) -> None:
    data = one_page(TEXT, more=[b"<</Type/X/A[1 2 3]>>"] * 1_000_000)
    assert read_guarded(_file(tmp_path, data), LimitSettings(), READING).pages[0].text == "Revenue 1,234.56"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<style>p {}</style>",
        "<iframe src='http://127.0.0.1/x'>框</iframe>",
        "<object data='x'>物</object>",
        "<svg onload='x()'><text>图</text></svg>",
        "<!-- 注 -->",
        "<template>模</template>",
    ],
)
def test_what_a_page_runs_or_hides_is_left_out(hostile: str) -> None:
    data = f"<html><body>{hostile}<p onclick='x()'>营业收入</p></body></html>"
    assert read_html(data.encode()).pages[0].text == "营业收入"


def test_deeply_nested_html_is_cut_off_and_not_followed() -> None:
    data = "<p>营业收入</p>" + "<div>" * 50_000 + "深处" + "</div>" * 50_000
    assert read_html(data.encode()).pages[0].text.startswith("营业收入")
