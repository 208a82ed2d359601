from __future__ import annotations

from rag.filings.page import Page
from rag.structure.names import Names
from rag.structure.tokens import tokens_of


def names(text: str) -> Names:
    return Names(tokens_of([Page(1, text)]))


def test_a_name_outside_the_table_is_said() -> None:
    assert names("甲乙 工程有限公司 1.00 公司设立甲乙工程有限公司。").says("甲乙工程有限公司", 0, 2, [2])


def test_words_that_merely_follow_each_other_make_no_name() -> None:
    assert not names("房屋 12 设备 房屋 设备").says("房屋设备", 0, 2, [2])


def test_a_name_only_in_pieces_of_its_own_table_is_not_said() -> None:
    assert not names("甲乙 工程有限公司 1.00").says("甲乙工程有限公司", 0, 2)


def test_a_learned_name_is_said_and_may_be_begun() -> None:
    filing = names("甲乙 1.00 工程")
    filing.learn("甲乙工程")
    assert filing.says("甲乙工程", 0, 2)
    assert filing.joins("甲", "乙工")
