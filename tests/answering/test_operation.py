from __future__ import annotations

import pytest

from rag.answering.operation import (
    bounds,
    chain_of,
    column_words,
    derivations,
    meant_instead,
    operations,
)
from rag.filings.lexicon import find_line_items, line_items


def test_every_operation_names_its_figures() -> None:
    for operation in operations():
        assert ("a" in operation.pattern.groupindex) != bool(operation.first)
        assert ("b" in operation.pattern.groupindex) != bool(operation.second)
        assert {"f1", "f2"} <= {word for word in ("f1", "f2") if word in operation.expression}


def test_every_derivation_says_where_its_figures_stand() -> None:
    for way in derivations():
        assert (way.between is None) == (way.first is not None) == (way.second is not None)
        assert {"f1", "f2"} <= {word for word in ("f1", "f2") if word in way.expression}


def test_every_bound_has_words_of_the_filings() -> None:
    assert all(asked.pattern and said.pattern for asked, said in bounds())


@pytest.mark.parametrize(
    ("question", "words", "expression"),
    [
        (
            "货币资金加交易性金融资产减短期借款是多少？",
            ("货币资金", "交易性金融资产", "短期借款"),
            "f1+f2-f3",
        ),
        ("营业成本加上销售费用再除以营业收入是多少", ("营业成本", "销售费用", "营业收入"), "(f1+f2)/f3"),
    ],
)
def test_three_figures_are_read_from_left_to_right(
    question: str, words: tuple[str, ...], expression: str
) -> None:
    chain = chain_of(question)
    assert chain is not None
    assert (chain.words, chain.expression) == (words, expression)


@pytest.mark.parametrize(
    "question", ["资产减值损失增加多少", "货币资金加应收账款一共多少", "加权平均净资产收益率"]
)
def test_fewer_figures_are_no_chain(question: str) -> None:
    assert chain_of(question) is None


@pytest.mark.parametrize(
    ("question", "operands"),
    [
        ("净利润和经营现金流的差额是多少", ("净利润", "经营现金流")),
        ("扣除政府补助后的净利润", ("净利润", "政府补助")),
        ("扣除非经常性损益后的净利润", ()),
        ("供应商采购额占比和客户占比哪个高", ()),
    ],
)
def test_the_words_of_a_question_name_the_operands(question: str, operands: tuple[str, ...]) -> None:
    matches = (operation.pattern.search(question) for operation in operations())
    found = next((match for match in matches if match), None)
    assert (tuple(found[name] for name in ("a", "b")) if found else ()) == operands


def test_what_is_paid_out_is_set_against_the_profit_of_the_owners() -> None:
    assert all(key in line_items() and find_line_items(meant) for _, key, meant in meant_instead())


def test_every_column_named_by_words_of_the_askers_has_words_of_heads() -> None:
    assert all(asked.pattern and said.pattern for asked, said in column_words())
