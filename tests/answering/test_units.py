from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.units import Unit, sentence_ranges, units_of
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.evidence import Evidence
from tests.answering.invented import filing, material

EVIDENCE: tuple[Evidence, ...] = material("营业收入").evidence


def units(kind: str) -> list[Unit]:
    return [unit for unit in units_of(EVIDENCE) if unit.kind == kind]


def test_every_row_is_a_unit() -> None:
    assert len(units("row")) == sum(len(passage.rows) for passage in filing().passages)


def test_a_row_knows_its_line_item() -> None:
    assert "monetary_funds" in {unit.line_item for unit in units("row")}


def test_a_row_is_read_with_the_heads_of_its_columns() -> None:
    row = next(unit for unit in units("row") if unit.line_item == "revenue")
    assert "上年同期" in row.around


def test_a_ticked_box_is_a_unit_with_its_heading() -> None:
    (box,) = units("box")
    assert "重大诉讼" in box.text


def test_a_sentence_is_a_unit_without_its_heading() -> None:
    texts = [unit.text for unit in units("sentence")]
    assert any(text.startswith("报告期内公司共取得软件著作权318项") for text in texts)
    assert "一、经营情况的讨论与分析" not in texts


def test_a_unit_is_a_range_of_its_passage() -> None:
    for unit in units_of(EVIDENCE):
        text = EVIDENCE[unit.evidence].passage.text[unit.start : unit.end]
        assert text == text.strip() or unit.kind == "box"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("公司盈利。公司分红。", ["公司盈利。", "公司分红。"]),
        ("一、概述\n公司盈利。", ["一、概述", "公司盈利。"]),
        ("他说“可以。”然后离开", ["他说“可以。”", "然后离开"]),
        ("  ", []),
    ],
)
def test_sentences_are_cut_at_their_ends(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_ranges(text)] == pieces


@given(st.text(alphabet="甲乙。；\n ”！", max_size=40))
def test_sentences_hold_every_visible_character(text: str) -> None:
    assert "".join("".join(text[a:b].split()) for a, b in sentence_ranges(text)) == "".join(text.split())


def test_entries_of_a_glossary_run_together_are_no_sentence() -> None:
    entries = "青珩控股指青珩控股集团有限公司,公司控股股东;白砚医疗指白砚医疗器械股份有限公司,公司客户" * 2
    text = f"释义如下:青珩科技指青珩科技股份有限公司,{entries.replace(';', ',')}。"
    passage = Passage("p", "f", 0, "prose", ("释义",), (Span(1, 0, len(text)),), text)
    assert units_of([Evidence(1, 0.5, passage, filing().filing)]) == []
