"""Two rows of a table set against each other."""

from __future__ import annotations

import pytest

from rag.answering.row_pair import names_two
from tests.answering.invented_annual import first, material

SAID = "青梭软件毛利率为66.67%，高于青梭硬件的34.43%，相差32.24个百分点"


@pytest.mark.parametrize(
    "question",
    [
        "青珩科技2024年青梭软件和青梭硬件毛利率差多少",
        "青珩科技2024年青梭软件与青梭硬件产品的毛利率哪个高",
        "青珩科技2024年青梭软件比青梭硬件毛利率高多少个百分点",
    ],
)
def test_the_named_column_of_both_rows_is_compared(question: str) -> None:
    assert SAID in first(question)


@pytest.mark.parametrize(
    "question",
    [
        "青珩科技2024年青梭软件和青梭硬件毛利率合计多少",
        "青珩科技2024年哪个产品毛利率最高",
        "青珩科技2024年营业收入和营业成本差多少",
    ],
)
def test_other_questions_name_no_two_rows(question: str) -> None:
    assert not names_two(material(question).query)
