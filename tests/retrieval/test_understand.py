from __future__ import annotations

import pytest

from rag.errors import UserError
from rag.filings.filing import Filing
from rag.retrieval.question import Asked, Filters, Query, Turn
from rag.retrieval.understand import about, compares_with, covers, understand
from tests.retrieval.filings import ALL, BEFORE, HALF, OTHER, a_filing


def query(question: str, *before: str, filings: tuple[Filing, ...] = ALL, **fixed: str) -> Query:
    return understand(Asked(question, tuple(Turn(text) for text in before), Filters(**fixed)), filings)


def test_issuer_period_and_line_item_are_read() -> None:
    found = query("青珩科技2024年上半年的营业收入是多少？")
    assert (found.issuers, found.periods, found.line_items) == (("青珩科技",), ("2024H1",), ("revenue",))


def test_a_question_goes_to_the_filing_of_its_period() -> None:
    assert query("青珩科技2024年上半年的营业收入").filing_ids == (HALF.id,)
    assert query("青珩科技2023年的营业收入").filing_ids == (BEFORE.id,)


def test_a_comparative_is_looked_for_in_the_later_filing() -> None:
    assert query("白砚医疗2023年上半年的营业收入").filing_ids == (OTHER.id,)


def test_a_day_goes_to_the_filing_that_ends_on_it() -> None:
    assert query("青珩科技2024年6月30日的货币资金").filing_ids == (HALF.id,)


def test_a_question_without_period_goes_to_every_filing_of_the_issuer() -> None:
    assert set(query("青珩科技的营业收入").filing_ids) == {HALF.id, BEFORE.id}


def test_two_issuers_each_keep_a_filing_of_the_period() -> None:
    found = query("青珩科技和白砚医疗2024年上半年谁的收入高")
    assert set(found.filing_ids) == {HALF.id, OTHER.id}


def test_a_question_without_issuer_lists_whom_it_may_mean() -> None:
    assert query("2024年上半年的营业收入").options == ("青珩科技", "白砚医疗")


def test_one_issuer_alone_needs_no_name() -> None:
    assert query("营业收入是多少", filings=(HALF,)).options == ()


def test_a_period_that_no_filing_covers_is_missing() -> None:
    found = query("青珩科技2019年的营业收入")
    assert (found.missing, found.filing_ids) == ("period", ())


def test_a_company_without_filing_is_missing() -> None:
    found = query("600123的营业收入")
    assert (found.missing, found.named, found.filing_ids) == ("issuer", "600123", ())


@pytest.mark.parametrize("question", ["", "  ", "\n"])
def test_an_empty_question_is_refused_in_words(question: str) -> None:
    with pytest.raises(UserError, match="空"):
        query(question)


@pytest.mark.parametrize(
    "fixed", [{"company": "白砚医疗"}, {"company": "688998"}, {"filing": "c.txt"}, {"filing": "c" * 12}]
)
def test_a_filter_narrows_to_its_filing(fixed: dict[str, str]) -> None:
    assert query("营业收入是多少", **fixed).filing_ids == (OTHER.id,)


def test_a_period_filter_narrows_to_its_filings() -> None:
    assert query("营业收入是多少", company="青珩科技", period="2023年报").filing_ids == (BEFORE.id,)


@pytest.mark.parametrize(
    ("fixed", "said"),
    [
        ({"company": "无名公司"}, "没有公司"),
        ({"filing": "none.pdf"}, "没有公告"),
        ({"period": "某时"}, "看不懂报告期"),
        ({"period": "2019H1"}, "没有报告期为"),
    ],
)
def test_a_filter_that_fits_nothing_is_refused_in_words(fixed: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        query("营业收入是多少", **fixed)


def test_a_follow_up_takes_company_and_period_from_before() -> None:
    found = query("那净利润呢？", "青珩科技2024年上半年的营业收入是多少？")
    assert (found.issuers, found.periods, found.line_items) == (("青珩科技",), ("2024H1",), ("net_profit",))


def test_a_follow_up_of_another_company_takes_the_figure_from_before() -> None:
    found = query("那白砚医疗呢？", "青珩科技2024年上半年的营业收入是多少？")
    assert (found.issuers, found.line_items) == (("白砚医疗",), ("revenue",))


def test_a_follow_up_of_another_period_takes_the_figure_from_before() -> None:
    found = query("2023年呢？", "青珩科技2024年上半年的营业收入是多少？")
    assert (found.issuers, found.stated_periods, found.line_items) == (
        ("青珩科技",),
        ("2023FY",),
        ("revenue",),
    )


def test_a_question_of_its_own_takes_no_figure_from_before() -> None:
    found = query("白砚医疗2024年上半年的净利润是多少？", "青珩科技2023年的营业收入是多少？")
    assert (found.issuers, found.periods, found.line_items) == (("白砚医疗",), ("2024H1",), ("net_profit",))


def test_last_year_is_seen_from_the_filing() -> None:
    assert query("去年同期的营业收入", filings=(HALF,)).periods == ("2023H1",)


def test_a_change_is_asked_for_in_words() -> None:
    assert query("青珩科技营业收入同比增长多少").asks_change


def test_words_of_company_and_period_are_no_terms() -> None:
    terms = "".join(term.text for term in query("青珩科技2024年上半年的内窥镜收入").terms)
    assert "青珩" not in terms
    assert "2024" not in terms
    assert "内窥镜" in terms


def test_what_opens_a_question_may_be_the_name_of_an_unknown_company() -> None:
    assert query("墨白股份2024年上半年的营业收入").strange == ("墨白股份",)


def test_a_figure_inside_a_question_keeps_company_and_period() -> None:
    whole = query("青珩科技2024年上半年研发费用占营业收入的比例")
    part = about(whole, "研发费用")
    assert (part.line_items, part.kind) == (("rd_expense",), "number")
    assert (part.issuers, part.periods, part.filing_ids) == (whole.issuers, whole.periods, whole.filing_ids)


def test_a_filing_covers_its_period_and_its_last_day() -> None:
    assert covers(HALF, "2024H1")
    assert covers(HALF, "2024-06-30")
    assert not covers(HALF, "2024FY")


def test_a_filing_compares_with_the_year_before() -> None:
    assert compares_with(HALF, "2023H1")
    assert compares_with(HALF, "2023-12-31")
    assert not compares_with(HALF, "2022H1")


def test_a_filing_without_period_covers_none() -> None:
    assert not covers(a_filing("d", period=""), "2024H1")


@pytest.mark.parametrize("question", ["青珩科技母公司上半年营业收入", "2024年上半年营业收入"])
def test_a_line_item_with_nothing_else_asks_for_its_figure(question: str) -> None:
    assert query(question).kind == "number"


def test_a_line_item_with_more_said_of_it_asks_for_words() -> None:
    assert query("介绍青珩科技内窥镜产品的营业收入").kind == "text"


@pytest.mark.parametrize(
    ("question", "strange"),
    [
        ("货币资金和存货6月末一共多少", ()),
        ("母公司营业收入2024年上半年", ()),
        ("墨白股份营业收入2024年", ("墨白股份",)),
    ],
)
def test_line_items_and_scopes_are_no_name(question: str, strange: tuple[str, ...]) -> None:
    assert query(question).strange == strange


def test_a_fixed_formula_by_its_name_alone_is_worked_out() -> None:
    assert query("青珩科技三费合计").kind == "calc"
    assert query("介绍青珩科技三费的管控办法").kind == "text"


@pytest.mark.parametrize("question", ["青珩科技赚了多少钱", "青珩科技上半年亏了多少", "青珩科技是赚是亏"])
def test_what_was_earned_or_lost_is_the_profit_of_the_shareholders(question: str) -> None:
    assert query(question).line_items == ("net_profit_attributable",)


def test_how_far_a_loss_narrowed_is_no_question_for_the_loss() -> None:
    assert query("青珩科技上半年减亏多少").line_items == ()


def test_a_relative_day_is_read_for_each_company_from_its_own_filings() -> None:
    later = a_filing("d", OTHER.issuer, "2025H1")
    found = query("6月底员工多少人", filings=(HALF, later))
    assert set(found.periods) == {"2024-06-30", "2025-06-30"}
    assert set(found.options) == {"青珩科技", "白砚医疗"}


def test_a_rate_is_not_the_line_item_that_its_name_begins_with() -> None:
    found = query("青珩科技2024年上半年归母净利率")
    assert (found.line_items, found.terms) == ((), ())


@pytest.mark.parametrize(
    ("question", "kind"),
    [("青珩科技货币资金和存货分别是多少", "number"), ("青珩科技的营业收入按产品分别有哪些", "list")],
)
def test_line_items_asked_each_for_its_amount_are_figures(question: str, kind: str) -> None:
    assert query(question).kind == kind


@pytest.mark.parametrize(
    "question",
    [
        "青珩科技应付账款较年初增加多少",
        "青珩科技存货比上年末减少了多少",
        "青珩科技净利润由盈转亏了吗",
        "青珩科技毛利率提高几个百分点",
    ],
)
def test_words_for_more_or_less_ask_for_the_change(question: str) -> None:
    assert query(question).asks_change
    assert not query(question).terms


@pytest.mark.parametrize("question", ["青珩科技服务器租赁收入", "青珩科技前五名供应商采购额占比"])
def test_a_figure_named_without_a_word_for_asking_is_asked_for(question: str) -> None:
    assert query(question).kind == "number"


def test_a_policy_named_is_no_figure() -> None:
    assert query("青珩科技如何确认服务收入").kind != "number"


def test_a_part_of_a_question_is_read_without_its_company_and_time() -> None:
    whole = query("青珩科技2024年疆内和疆外收入分别是多少")
    assert [term.text for term in about(whole, "青珩科技2024年疆内收入").terms] == ["疆内"]


def test_both_sides_of_a_border_are_two_figures() -> None:
    assert query("青珩科技境内外收入各多少").text == "青珩科技境内和境外收入各多少"
