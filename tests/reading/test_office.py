from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

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
    told = [(page.text[cell.start : cell.end], cell.row, cell.column, cell.span) for cell in page.cells]
    assert told == [("项目", 0, 0, 1), ("期末", 0, 1, 2), ("甲", 1, 0, 1), ("1.50", 1, 2, 1)]


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


def test_html_check_boxes_are_read() -> None:
    data = "<p><input type=checkbox checked>适用 <input type=checkbox>不适用</p>"
    assert read_html(data.encode()).pages[0].text == "☑适用 ☐不适用"


def test_html_cells_that_span_columns_stand_once() -> None:
    head = "<tr><td rowspan=2>项目</td><td colspan=2>期末</td></tr><tr><td>金额</td><td>比例</td></tr>"
    data = f"<table>{head}<tr><td>货币资金</td><td>12.00</td><td>3.5</td></tr></table>"
    assert read_html(data.encode()).pages[0].text == "项目  期末\n项目  金额  比例\n货币资金  12.00  3.5"


def test_word_cells_merged_over_rows_are_repeated() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "华东"
    table.cell(0, 1).text, table.cell(1, 1).text = "甲", "乙"
    assert read_docx(_word(document), MEMORY).pages[0].text == "华东  甲\n华东  乙"


def _xml(inside: str) -> docx.document.Document:
    """A document with these elements in front of its last paragraph."""
    document = docx.Document()
    document.add_paragraph("结束语")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for element in parse_xml(f"<w:body {space}>{inside}</w:body>"):
        document.element.body.insert(-2, element)
    return document


def _text(inside: str) -> list[str]:
    return read_docx(_word(_xml(inside)), MEMORY).pages[0].text.split("\n")


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_word_content_controls_are_read() -> None:
    block = f"<w:sdt><w:sdtContent><w:p>{_run('营业收入')}</w:p></w:sdtContent></w:sdt>"
    inline = f"<w:p><w:sdt><w:sdtContent>{_run('☒')}</w:sdtContent></w:sdt>{_run('适用')}</w:p>"
    assert _text(block + inline) == ["营业收入", "☒适用", "结束语"]


def test_word_symbols_keep_their_private_sign() -> None:
    symbol = '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>'
    assert _text(f"<w:p>{symbol}{_run('适用')}</w:p>")[0] == "\uf052适用"


def test_word_form_boxes_are_read() -> None:
    box = "<w:r><w:fldChar><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>"
    ticked, empty = box.format("<w:checked/>"), box.format('<w:default w:val="0"/>')
    assert _text(f"<w:p>{ticked}{_run('是')}{empty}{_run('否')}</w:p>")[0] == "☑是☐否"


def test_what_was_deleted_in_word_is_left_out() -> None:
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    assert _text(f"<w:p>{deleted}<w:ins>{_run('新')}</w:ins></w:p>")[0] == "新"


def test_the_numbers_that_word_writes_are_read() -> None:
    document = docx.Document()
    for style, text in [("List Number", "收入"), ("List Number", "成本"), ("List Bullet", "其他")]:
        document.add_paragraph(text, style=style)
    lines = read_docx(_word(document), MEMORY).pages[0].text.split("\n")
    assert lines == ["1. 收入", "2. 成本", "其他"]


LISTS = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def test_chinese_list_numbers_of_several_levels_are_counted() -> None:
    document = docx.Document()
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering"))
    part._element = parse_xml(LISTS)
    for level in (*[0] * 10, 1, 1, 0, 1):
        properties = document.add_paragraph("题")._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 1
    lines = read_docx(_word(document), MEMORY).pages[0].text.split("\n")
    assert lines[9:] == ["十、 题", "1. 题", "2. 题", "十一、 题", "1. 题"]


def test_pages_are_broken_where_word_last_broke_them() -> None:
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    broken = f"<w:p>{_run('甲页')}<w:r><w:br w:type='page'/></w:r></w:p><w:p>{rendered}{_run('乙页')}</w:p>"
    content = read_docx(_word(_xml(f"{broken}<w:p>{rendered}{_run('丙页')}</w:p>")), MEMORY)
    assert [page.text for page in content.pages] == ["甲页", "乙页", "丙页\n结束语"]
    assert content.numbering == "inferred"


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
