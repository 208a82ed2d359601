from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from PIL import Image

from rag import UserError
from rag.interfaces.exports.content import content_of
from rag.interfaces.exports.pictures import Pictures
from rag.interfaces.exports.word import as_word
from tests.interfaces.exports.conftest import citation

Json = dict[str, object]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word(*answers: Json, pictures: Pictures | None = None) -> bytes:
    return as_word(content_of(answers, "公告问答"), pictures)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


def notes(data: bytes) -> list[str]:
    root = ElementTree.fromstring(part(data, "word/footnotes.xml"))
    return [
        "".join(t.text or "" for t in note.iter(f"{W}t"))
        for note in root
        if note.get(f"{W}id") not in ("-1", "0")
    ]


def text(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def test_each_citation_is_one_footnote_with_its_quote(extracted: Json) -> None:
    assert ["营业收入 1,234.56 1,000.00" in note for note in notes(word(extracted))] == [True, False]


def test_every_mark_in_the_text_has_its_footnote(extracted: Json, generated: Json) -> None:
    data = word(extracted, generated)
    body = ElementTree.fromstring(part(data, "word/document.xml"))
    marks = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    assert marks == ["1", "2", "3"]


def test_a_citation_used_twice_keeps_its_number(extracted: Json) -> None:
    assert "同比增长1。" in text(word(extracted))


def test_the_file_says_how_its_text_came_about(extracted: Json, generated: Json) -> None:
    assert "未使用大模型" in text(word(extracted))
    assert "由人工智能（大语言模型）生成" in text(word(generated))


def test_the_label_is_in_the_properties_too(generated: Json) -> None:
    properties = docx.Document(io.BytesIO(word(generated))).core_properties
    assert (properties.keywords, "人工智能" in properties.comments) == ("AIGC", True)


def test_signs_that_xml_cannot_hold_are_dropped(extracted: Json) -> None:
    odd = {**extracted, "answer": "甲\x00<&>[1]。", "citations": [citation(1, "乙\x0b<&>")]}
    assert "甲<&>" in text(word(odd))
    assert "乙<&>" in notes(word(odd))[0]


def test_a_cited_page_is_shown_with_its_passage_painted(extracted: Json) -> None:
    def draw(filing_id: str, page: int, scale: float) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (300, 400), "white").save(out, "PNG")
        return out.getvalue()

    given = {**extracted, "citations": [citation(1, rects=[[7, 10.0, 10.0, 60.0, 20.0]])]}
    data = word(given, pictures=Pictures(draw))
    picture = Image.open(io.BytesIO(zipfile.ZipFile(io.BytesIO(data)).read("word/media/image1.png")))
    painted, plain = picture.getpixel((30, 20)), picture.getpixel((200, 300))
    assert (painted != (255, 255, 255), plain) == (True, (255, 255, 255))
    assert "甲公司_2024.pdf 第7页：引文 [1]" in text(data)


def test_a_page_without_picture_is_left_out(extracted: Json) -> None:
    def draw(filing_id: str, page: int, scale: float) -> bytes:
        raise UserError("没有图像")

    given = {**extracted, "citations": [citation(1, rects=[[7, 10.0, 10.0, 60.0, 20.0]])]}
    assert "引文 [1]" not in text(word(given, pictures=Pictures(draw)))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_an_office_program_opens_it(extracted: Json, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word(extracted))
    command = [
        "soffice",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "a.pdf").stat().st_size > 1000
