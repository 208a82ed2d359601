"""Questions drafted from figures are right by construction, and their near misses are others' right answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.cutting import QUOTE_CHARS, printed_forms, quote_around
from eval.gold import question_of
from eval.propose import TRAPS, propose
from eval.stated import Stated, in_words, next_year, stated_figures
from rag import Citation, Figure, PrintedFact
from rag.filings.source import Source


def stated(**changed: object) -> Stated:
    given: dict[str, object] = {
        "company": "甲公司",
        "label": "存货",
        "line_item": "inventory",
        "period": "2024-06-30",
        "scope": "consolidated",
        "value": Decimal("1200.00"),
        "unit": "元",
        "filing_id": "a" * 64,
        "file": "jia.txt",
        "page": 7,
        "quote": "存货1,200.00900.00",
    }
    return Stated(**{**given, **changed})  # type: ignore[arg-type]


def a_fact(label: str = "存货", text: str = "1,200.00", **changed: object) -> PrintedFact:
    given: dict[str, object] = {
        "text": text,
        "value": Decimal(text.replace(",", "")),
        "unit": "元",
        "line_item": "inventory",
        "period": "2024-06-30",
        "scope": "consolidated",
        "marker": 1,
        "check": "cell",
    }
    figure = Figure(**{**given, **changed})  # type: ignore[arg-type]
    source = Source("a" * 64, "jia.txt", "报告", "甲公司", "600000", "2024H1", "half_year", (), 7, "7")
    return PrintedFact(label, "期末余额", figure, Citation(1, source, f"{label} {text} 900.00", 0, 20))


FIGURES = [
    stated(),
    stated(period="2023-12-31", value=Decimal("900.00")),
    stated(scope="parent", value=Decimal("700.00")),
    stated(label="存货净额", line_item="net_inventory", value=Decimal("1100.00")),
    stated(company="乙公司", filing_id="b" * 64, file="yi.txt", value=Decimal("55.00")),
]


def test_every_draft_is_a_valid_question_once_its_notes_are_gone() -> None:
    for record in propose(FIGURES, 2, seed=1):
        kept = {key: value for key, value in record.items() if key not in ("trap", "of", "note")}
        assert question_of(kept, "x:1").id == record["id"]


def test_each_kind_of_near_miss_is_drafted() -> None:
    first = [record for record in propose(FIGURES, 5, seed=1) if record.get("of") == "pr-aaaaaa-001"]
    assert {str(record["trap"]) for record in first} <= set(TRAPS)
    assert len({str(record["trap"]) for record in first}) >= 3


def test_a_near_miss_has_its_own_figure_and_names_the_one_it_is_not() -> None:
    drafts = propose([FIGURES[0], FIGURES[2]], 1, seed=0)
    (main,) = [record for record in drafts if "trap" not in record]
    (other,) = [record for record in drafts if record.get("trap") == "other_scope"]
    assert main["values"] != other["values"]
    assert "母公司" in f"{main['question']}{other['question']}"
    assert "不能答成" in str(other["note"])


def test_the_year_that_is_absent_is_later_than_any_loaded() -> None:
    figures = [stated(period="2023H1"), stated(period="2024H1", value=Decimal("5.00"), line_item="other")]
    drafts = propose(figures, 2, seed=0)
    absent = [record for record in drafts if record.get("trap") == "absent_year"]
    assert all("2025年上半年" in str(record["question"]) for record in absent)
    assert all(record["unanswerable"] for record in absent)


def test_the_same_seed_drafts_the_same() -> None:
    assert propose(FIGURES, 3, seed=4) == propose(FIGURES, 3, seed=4)


def test_figures_that_gold_asks_for_already_are_passed_over() -> None:
    known = {(one.filing_id, str(one.value)) for one in FIGURES}
    assert propose(FIGURES, 5, seed=0, known=known) == []


def test_without_figures_there_is_nothing_to_draft() -> None:
    assert propose([], 5, seed=0) == []


def test_a_line_item_with_two_values_equally_often_is_left_out() -> None:
    assert stated_figures([a_fact(), a_fact(text="900.00")]) == ()
    (found,) = stated_figures([a_fact(), a_fact(text="900.00"), a_fact()])
    assert found.value == Decimal("1200.00")


@pytest.mark.parametrize(
    "changed", [{"line_item": ""}, {"unit": ""}, {"label": "加：存货的减少"}, {"label": "x" * 30}]
)
def test_a_figure_that_no_question_names_is_left_out(changed: dict[str, str]) -> None:
    label = changed.pop("label", "存货")
    assert stated_figures([a_fact(label, **changed)]) == ()


@pytest.mark.parametrize(
    "label", ["五、存货", "（一）存货", "其中：存货", "存货（元）", "存货（损失以“-”号填列）"]
)
def test_a_label_loses_what_nobody_says(label: str) -> None:
    assert stated_figures([a_fact(label)])[0].label == "存货"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2024H1", "2024年上半年"),
        ("2024FY", "2024年"),
        ("2024Q3S", "2024年三季度"),
        ("2024-06-30", "2024年6月末"),
        ("2024-02-29", "2024年2月末"),
        ("2024-05-10", "2024年5月10日"),
    ],
)
def test_periods_are_said_as_people_say_them(period: str, words: str) -> None:
    assert in_words(period) == words


def test_the_next_year_is_the_same_time_of_it() -> None:
    assert (next_year("2024H1"), next_year("2024-06-30")) == ("2025H1", "2025-06-30")


def test_a_quote_is_cut_to_sixty_signs_around_its_figure() -> None:
    text = "前" * 80 + "存货 1,200.00 900.00" + "后" * 80
    quote = quote_around(text, "1,200.00")
    assert quote is not None
    assert len(quote) == QUOTE_CHARS
    assert "存货1,200.00900.00" in quote


def test_a_quote_opens_with_no_half_figure() -> None:
    text = "1,234,567.89 " + "字" * 38 + "1,200.00" + "后" * 40
    quote = quote_around(text, "1,200.00")
    assert quote is not None
    assert quote.startswith("字")


@pytest.mark.parametrize("text", ["11,200.00", "1,200.005", "1,200.00,000", "没有", ""])
def test_a_part_of_a_longer_figure_is_not_the_figure(text: str) -> None:
    assert quote_around(text, "1,200.00") is None


def test_a_loss_may_stand_in_brackets() -> None:
    assert printed_forms(Decimal("-1200.50")) == ("-1,200.50", "-1200.50", "(1,200.50)")
