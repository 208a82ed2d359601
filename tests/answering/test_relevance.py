from __future__ import annotations

import pytest

from rag.answering.relevance import Need, bigram_share, gain, met, said_share
from rag.answering.units import Unit
from tests.answering.invented import material, needs

REVENUE = Need(("营业收入",), 2.0, 5, "revenue", ("营收",), True)
PATENTS = Need(("软件著作权", "软著"), 1.0, 1, "", (), True)


def unit(text: str, around: str = "", nearby: str = "", line_item: str = "") -> Unit:
    return Unit("row" if line_item else "sentence", 0, 0, len(text), text, around, nearby, None, line_item)


@pytest.mark.parametrize(
    ("held", "more_than"),
    [
        (unit("软件著作权318项"), unit("共318项", "软件著作权")),
        (unit("共318项", "软件著作权"), unit("共318项", "", "软件著作权")),
        (unit("共318项", "", "软件著作权"), unit("共318项")),
    ],
)
def test_nearer_words_meet_a_need_more(held: Unit, more_than: Unit) -> None:
    assert met(held, PATENTS) > met(more_than, PATENTS)


def test_a_synonym_meets_a_need() -> None:
    assert met(unit("软著318项"), PATENTS) == 1.0


def test_a_row_of_the_line_item_meets_it_in_full() -> None:
    assert met(unit("营业总额 1.00", line_item="revenue"), REVENUE) == 1.0


def test_a_row_of_another_line_item_does_not_meet_it_by_its_words() -> None:
    assert met(unit("营业收入增加 1.00", line_item="total_operating_revenue"), REVENUE) < 1.0


def test_the_users_word_counts_less_than_the_items_name() -> None:
    assert 0 < met(unit("营收增加"), REVENUE) < met(unit("营业收入增加"), REVENUE)


def test_half_of_a_word_is_partly_said() -> None:
    assert 0 < met(unit("软件著作登记"), PATENTS) < 1.0


def test_heavier_needs_make_more_of_the_share() -> None:
    assert said_share("营业收入", "", [REVENUE, PATENTS]) == pytest.approx(2 / 3)
    assert bigram_share("软件著作权", [REVENUE, PATENTS]) == pytest.approx(1 / 3)


def test_without_needs_nothing_is_shared() -> None:
    assert said_share("营业收入", "", []) == bigram_share("营业收入", []) == 0.0


def test_a_second_unit_gains_what_the_first_leaves_open() -> None:
    first = unit("营业收入1.00")
    assert gain(unit("软件著作权318项"), [first], [REVENUE, PATENTS]) == 1.0
    assert gain(unit("营业收入2.00"), [first], [REVENUE, PATENTS]) == 0.0


def test_a_rare_word_of_a_question_weighs_more() -> None:
    held = material("营业收入里软件著作权的贡献")
    weights = {need.words[0]: need.weight for need in needs(held)}
    assert weights["软件著作权"] > weights["营业收入"] / 2


def test_a_name_that_no_passage_says_stays_a_need() -> None:
    assert [need.count for need in needs(material("商誉是多少？"))] == [0]


def test_a_line_that_no_table_has_is_looked_for_as_a_part_of_the_wider_one() -> None:
    found = needs(material("青珩科技海外收入是多少？"))
    assert {need.line_item for need in found} == {"", "revenue"}
    assert any("境外" in need.words for need in found)
