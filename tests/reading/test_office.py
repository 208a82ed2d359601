from __future__ import annotations

import io
import zipfile

import docx
import pytest

from rag.errors import FilingError
from rag.reading.docx import read_docx
from rag.reading.html import read_html

MEMORY = 2**31


def _word(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_html_blocks_are_lines_and_scripts_are_left_out() -> None:
    head = "<head><title>某公告</title></head>"
    data = f"<html>{head}<body><h1>标题</h1><script>x()</script><p>甲<b>乙</b></p></body></html>"
    content = read_html(data.encode())
    assert (content.pages[0].text, content.title) == ("标题\n甲乙", "某公告")


def test_html_rows_are_lines_with_cells_two_spaces_apart() -> None:
    data = "<table><tr><td>营业收入</td><td>949.15</td><td>854.29</td></tr><tr><td>成本</td><td>1</td></tr></table>"
    assert read_html(data.encode()).pages[0].text == "营业收入  949.15  854.29\n成本  1"


def test_html_cells_are_repeated_in_the_rows_they_span() -> None:
    data = "<table><tr><td rowspan=2>华东</td><td>甲</td></tr><tr><td>乙</td></tr></table>"
    assert read_html(data.encode()).pages[0].text == "华东  甲\n华东  乙"


def test_html_cells_know_their_row_and_column() -> None:
    head = "<p>说明</p><table><tr><td>项目</td><td colspan=2>期末</td></tr>"
    data = f"{head}<tr><td>甲</td><td></td><td>1.50</td></tr></table>"
    (page,) = read_html(data.encode()).pages
    told = [(page.text[cell.start : cell.end], cell.row, cell.column) for cell in page.cells]
    assert told == [("项目", 0, 0), ("期末", 0, 1), ("期末", 0, 2), ("甲", 1, 0), ("1.50", 1, 2)]


def test_signs_that_would_mark_cells_are_taken_out() -> None:
    data = "<p>甲\ue000乙</p><table><tr><td>丙\ue001</td></tr></table>"
    (page,) = read_html(data.encode()).pages
    assert (page.text, [page.text[cell.start : cell.end] for cell in page.cells]) == ("甲乙\n丙", ["丙"])


def test_merged_word_cells_cover_their_columns() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "期末"
    table.cell(1, 2).text = "1.50"
    (page,) = read_docx(_word(document), MEMORY).pages
    told = [(page.text[cell.start : cell.end], cell.column, cell.span) for cell in page.cells]
    assert told == [("期末", 1, 2), ("1.50", 2, 1)]


def test_html_in_gbk_is_read() -> None:
    data = '<html><meta charset="gbk"><body><p>营业收入</p></body></html>'
    assert read_html(data.encode("gbk")).pages[0].text == "营业收入"


def test_word_paragraphs_and_tables_keep_their_order() -> None:
    document = docx.Document()
    document.add_heading("第一节 概况", 1)
    table = document.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("项目", "本期", "上期"), strict=True):
        cell.text = text
    document.add_paragraph("结束语")
    assert read_docx(_word(document), MEMORY).pages[0].text == "第一节 概况\n项目  本期  上期\n结束语"


def test_merged_word_cells_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "合计"
    table.rows[0].cells[2].text = "9"
    assert read_docx(_word(document), MEMORY).pages[0].text == "合计  9"


def test_word_page_breaks_part_pages() -> None:
    document = docx.Document()
    document.add_paragraph("甲页")
    document.add_page_break()
    document.add_paragraph("乙页")
    assert [page.text for page in read_docx(_word(document), MEMORY).pages] == ["甲页", "乙页"]


def test_a_word_file_that_unpacks_too_large_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 10_000_000)
    with pytest.raises(FilingError, match="read_memory_mb"):
        read_docx(out.getvalue(), 50_000_000)


def test_a_damaged_word_file_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", b"<broken")
    with pytest.raises(FilingError, match="损坏"):
        read_docx(out.getvalue(), MEMORY)
