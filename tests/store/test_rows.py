from __future__ import annotations

import numpy as np
import pytest

from rag.filings.passage import Cell, Row
from rag.store import rows
from tests.fakes import a_parsed_filing

PARSED = a_parsed_filing()


@pytest.mark.parametrize("passage", PARSED.passages)
def test_a_passage_comes_back_as_it_was(passage) -> None:
    assert rows.passage_from(rows.passage_row(passage), passage.filing_id) == passage


def test_a_cell_whose_text_is_not_what_its_offsets_cut_comes_back_too() -> None:
    odd = Cell("1,234 56", 5, 13, -1)
    assert rows._row_from(
        ["营业收入", 0, 22, [list(rows._packed_cell(odd, PARSED.passages[1].text))]], PARSED.passages[1].text
    ).cells == (odd,)


def test_the_remark_of_a_row_comes_back() -> None:
    odd = Row("营业收入", 0, 22, (), 31)
    assert rows._row_from(list(rows._packed_row(odd, "")), "") == odd


def test_a_filing_comes_back_as_it_was() -> None:
    assert rows.filing_from(rows.filing_row(PARSED.filing)) == PARSED.filing


def test_a_fact_comes_back_as_it_was() -> None:
    fact = PARSED.facts[0]
    assert rows.fact_from(rows.fact_row(fact), fact.filing_id) == fact


def test_boxes_come_back_within_a_tenth_of_a_point() -> None:
    boxes = PARSED.pages[0].boxes
    assert boxes is not None
    np.testing.assert_allclose(rows.unpack_boxes(rows.pack_boxes(boxes)), boxes, atol=0.05)


def test_boxes_of_an_empty_page_come_back_empty() -> None:
    assert rows.unpack_boxes(rows.pack_boxes(np.empty((0, 4), np.float32))).shape == (0, 4)
