"""Altered copies: other names, codes and amounts, and questions that ask for these."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from eval.altering import Alteration, alteration_of, altered_copy
from eval.gold import Evidence, GoldSet, Question, Value
from eval.sets import Asked, check_filings, shelf_of
from rag.filings.filing import Filing, Issuer

NAME, CODE = "启衡", "688999"
REPORT = (
    "启衡股份（688999）营业收入 1,234.50 1,000.00 23.45%，货币资金12.5亿元，每股收益0.15元/股，人数300人。"
)


@pytest.fixture
def alter() -> Alteration:
    return Alteration((("启(\\s?)衡", "澄\\g<1>岳"), (rf"(?<!\d){CODE}(?!\d)", "688199")))


def test_names_codes_and_amounts_change_and_shares_and_counts_stay(alter: Alteration) -> None:
    assert alter(REPORT) == (
        "澄岳股份（688199）营业收入 3,703.50 3,000.00 23.45%，货币资金37.5亿元，每股收益0.15元/股，人数300人。"
    )


def test_a_name_cut_by_a_line_break_changes_too(alter: Alteration) -> None:
    assert alter("启\n衡股份") == "澄\n岳股份"


def test_every_issuer_gets_another_name_and_code() -> None:
    issuer = Issuer("启衡股份有限公司", "启衡股份", (CODE,))
    filing = Filing("0" * 64, "report.txt", "年度报告", issuer, "annual", "2024FY", 1, 1)
    change = alteration_of([filing])
    assert NAME not in change("启衡股份有限公司")
    assert change(CODE) != CODE


@pytest.fixture(params=["utf-8", "gb18030"])
def pair(request: pytest.FixtureRequest, tmp_path: Path, alter: Alteration) -> tuple[Asked, Asked]:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding=request.param)
    shelf = shelf_of([path])
    piece = Evidence("report.txt", "营业收入1,234.501,000.0023.45%", document=shelf.files["report.txt"][1])
    asked = Question(
        "a", "启衡股份收入多少", "number", values=(Value(Decimal("1234.50"), "元"),), evidence=(piece,)
    )
    lost = Question("b", "启衡股份利润多少", "number", values=(Value(Decimal(777), "元"),), evidence=(piece,))
    gold = GoldSet("own", path, "", (asked, lost))
    return altered_copy(Asked(gold, shelf), alter, tmp_path / "out")


def test_the_altered_question_asks_for_what_the_altered_filing_prints(pair: tuple[Asked, Asked]) -> None:
    (question,) = pair[1].gold.questions
    assert question.question == "澄岳股份收入多少"
    assert [value.value for value in question.values] == [Decimal("3703.50")]
    assert question.evidence[0].quote == "营业收入 3,703.50 3,000.00 23.45%"
    check_filings(question, pair[1].shelf)


def test_a_question_with_an_amount_printed_nowhere_is_left_out_of_both(pair: tuple[Asked, Asked]) -> None:
    assert [[question.id for question in asked.gold.questions] for asked in pair] == [["a"], ["a"]]
