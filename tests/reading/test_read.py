from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from rag.errors import FilingError
from rag.reading.read import read_file
from rag.settings import LimitSettings, ReadingSettings
from tests.reading.makers import report

LIMITS, READING = LimitSettings(), ReadingSettings(ocr="off")


def _write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_id_is_the_hash_of_the_bytes(tmp_path: Path) -> None:
    read = read_file(_write(tmp_path, "a.txt", "公告正文".encode()), LIMITS, READING)
    assert read.id == hashlib.sha256("公告正文".encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", report(2), "pdf"),
        ("a.pdf", "公告正文".encode(), "text"),
        ("a.txt", "<html><body><p>公告正文</p></body></html>".encode(), "html"),
        ("a.md", "公告正文".encode(), "markdown"),
        ("a.txt", "# 公告\n\n正文".encode(), "markdown"),
        ("a.txt", "公告正文".encode("utf-16"), "text"),
    ],
)
def test_the_kind_is_told_by_the_content(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    assert read_file(_write(tmp_path, name, data), LIMITS, READING).content_type == kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空"),
        (b"\n \n", "空"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 50, "PNG 图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 50, "JPEG 图片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "旧版 Office"),
        (b"PK\x03\x04 cut off", "损坏"),
        (bytes(range(256)) * 4, "不是可读的文字"),
    ],
    ids=["empty", "blank", "png", "jpeg", "doc", "zip", "binary"],
)
def test_what_is_no_filing_is_refused_in_words(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(FilingError, match=said):
        read_file(_write(tmp_path, "报告.pdf", data), LIMITS, READING)


def test_a_missing_file_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(FilingError, match="找不到"):
        read_file(tmp_path / "none.pdf", LIMITS, READING)


def test_a_file_over_the_limit_is_refused_with_the_key_to_change(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.txt", b"a" * (1024 * 1024 + 1))
    with pytest.raises(FilingError, match="file_mb"):
        read_file(path, LimitSettings(file_mb=1), READING)
