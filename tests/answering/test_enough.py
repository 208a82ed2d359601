from __future__ import annotations

import pytest

from rag.answering.enough import answers, is_unheard_of
from rag.answering.relevance import Need
from rag.answering.units import Unit
from rag.answering.word_features import grams_of
from rag.retrieval.question import Asked, Query
from rag.retrieval.understand import understand
from tests.answering.invented import filing


def query(question: str) -> Query:
    return understand(Asked(question), [filing().filing])


def unit(text: str) -> Unit:
    return Unit("sentence", 0, 0, len(text), text, "")


def need(word: str, count: int, weight: float = 5.0) -> Need:
    return Need((word,), weight, count, is_name=True)


def judged(question: str, text: str, needs: tuple[Need, ...]) -> bool:
    asked, said = query(question), unit(text)
    return answers(said, needs, asked, grams_of(asked, [said]))


def test_another_things_figure_does_not_answer() -> None:
    needs = (need("离职率", 2), need("研发团队", 9))
    assert not judged("研发团队离职率多少", "离职后福利为300万元。", needs)


def test_the_things_own_figure_answers() -> None:
    needs = (need("离职率", 2), need("研发团队", 9))
    assert judged("研发团队离职率多少", "报告期内研发团队离职率为4.2%。", needs)


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        ("已与3家客户签订试点合同。", False),
        ("已与青梭医院签订试点合同。", True),
        ("公司无控股股东和实际控制人。", True),
    ],
)
def test_a_question_for_a_name_wants_one(text: str, is_answer: bool) -> None:
    assert judged("试点客户叫什么名字", text, ()) is is_answer


def test_several_names_that_no_filing_says_are_unheard_of() -> None:
    assert is_unheard_of((need("纳米", 0), need("代工厂", 0), need("芯片", 4)))


def test_one_strange_word_may_be_the_askers_own() -> None:
    assert not is_unheard_of((need("盘子", 0), need("网络安全", 4)))


@pytest.mark.parametrize(
    ("text", "is_answer"), [("青梭系统实现收入3亿元。", False), ("青梭系统的售价为每台8万元。", True)]
)
def test_a_price_is_told_only_by_what_speaks_of_one(text: str, is_answer: bool) -> None:
    assert judged("青梭系统多少钱一台", text, (need("青梭", 5),)) is is_answer


def test_what_has_not_happened_yet_names_nobody() -> None:
    assert not judged("试点客户叫什么名字", "已签订试点合同，报告期内尚未确认收入。", (need("试点", 2),))


def test_what_is_asked_of_a_line_item_is_not_told_where_it_is_not_named() -> None:
    needs = (Need(("营业收入",), 5.0, 9, line_item="revenue"), need("预计", 9))
    assert not judged("营业收入有什么指引", "预计第三季度完成流片。", needs)
    assert judged("营业收入有什么指引", "预计全年营业收入保持增长。", needs)


def test_a_line_items_figure_is_not_told_by_a_sentence_without_one() -> None:
    needs = (Need(("研发投入合计", "研发投入"), 5.0, 9, line_item="rd_investment"),)
    assert not judged("研发投入多少", "公司坚持强研发投入战略。", needs)
    assert judged("研发投入多少", "公司研发投入为3.2亿元。", needs)


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        ("公司组织实际控制人、控股股东及董事、监事等相关人员参加上海某某有限公司举办的多场专题培训。", False),
        ("公司的实际控制人为上海某某有限公司。", True),
    ],
)
def test_a_name_far_from_what_is_asked_for_is_anothers(text: str, is_answer: bool) -> None:
    assert judged("实际控制人是谁", text, (need("实际控制人", 3),)) is is_answer


def test_a_share_of_a_line_item_gives_no_figure_of_it() -> None:
    needs = (Need(("营业收入",), 5.0, 3, "revenue"),)
    text = "公司投入研发费用5.89亿元，占营业收入的33.84%。"
    assert not judged("青珩科技营业收入多少", text, needs)
    assert judged("青珩科技营业收入多少", "公司实现营业收入5.89亿元。", needs)


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        ("营业收入不存在按照国际会计准则披露的差异情况。", False),
        ("营业收入增长主要是新产品放量。", True),
        ("营业收入下降系客户预算缩减所致。", True),
    ],
)
def test_why_a_line_item_moved_is_told_only_with_a_word_of_cause(text: str, is_answer: bool) -> None:
    needs = (Need(("营业收入",), 5.0, 3, "revenue"),)
    assert judged("青珩科技营业收入为什么变化", text, needs) is is_answer


def test_a_ratio_that_no_filing_says_is_not_answered_by_what_is_near_it() -> None:
    assert is_unheard_of((need("成新率", 0), need("固定资产", 9)))
