from __future__ import annotations

import pytest

from rag.filings.lexicon import line_items
from rag.retrieval.slips import slips_in, without_slips


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("青珩研发费佣多少", "研发费佣", "研发费用"),
        ("青珩营业收人是多少", "营业收人", "营业收入"),
        ("应负账款期末余额", "应负账款", "应付账款"),
    ],
)
def test_a_character_of_like_sound_or_shape_is_read_as_meant(question: str, typed: str, meant: str) -> None:
    assert slips_in(question) == ((typed, meant),)
    assert meant in without_slips(question)


@pytest.mark.parametrize(
    "question",
    ["研发费率是多少", "其他应付款和其他应收款", "销售费用的构成", "投资收入有多少", "前五大客户的名称"],
)
def test_words_that_are_no_slip_stay_as_they_are(question: str) -> None:
    assert slips_in(question) == ()


def test_no_name_of_a_line_item_is_taken_for_a_slip_of_another() -> None:
    names = [item.name for item in line_items().values()]
    assert [name for name in names if slips_in(name)] == []
