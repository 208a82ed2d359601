"""The card of the sample reports, each figure against the facts list."""

from __future__ import annotations

import json

import pytest

from rag import Assistant, Card, UserError, card_json

REPORTS = ["lantu_2024_half_year.txt", "boning_2024_half_year.pdf"]


def card(assistant: Assistant, name: str) -> Card:
    return assistant.card(assistant.filing(name).id)


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_is_among_the_facts_of_its_period(assistant: Assistant, name: str) -> None:
    made = card(assistant, name)
    known = {
        (fact.figure.line_item, fact.figure.period, fact.figure.value)
        for fact in assistant.figures(made.filing.id)
        if fact.figure.scope != "parent"
    }
    told = [value for figure in made.figures for value in (figure.current, figure.previous) if value]
    items = [figure.line_item for figure in made.figures for v in (figure.current, figure.previous) if v]
    assert [v for v, item in zip(told, items, strict=True) if (item, v.period, v.value) not in known] == []


@pytest.mark.parametrize("name", REPORTS)
def test_the_figures_are_of_the_reports_own_period(assistant: Assistant, name: str) -> None:
    assert {f.current.period for f in card(assistant, name).figures} == {"2024H1", "2024-06-30"}


def test_a_printed_change_is_told_as_printed(assistant: Assistant) -> None:
    revenue = card(assistant, REPORTS[0]).figures[0]
    assert revenue.change is not None
    assert (revenue.name, revenue.change.text, revenue.change.computed) == ("营业收入", "13.49%", False)


def test_a_smaller_loss_is_no_growth(assistant: Assistant) -> None:
    profit = next(f for f in card(assistant, REPORTS[0]).figures if f.name == "归母净利润")
    assert profit.change is not None
    assert (profit.change.text, profit.change.computed) == ("负值收窄18.94%", True)


def test_each_figure_cites_the_row_that_prints_it(assistant: Assistant) -> None:
    figures = card(assistant, REPORTS[1]).figures
    assert all(f.current.text.rstrip("元%/股") in f.citation.quote for f in figures)


def test_what_is_not_printed_is_named(assistant: Assistant) -> None:
    assert card(assistant, REPORTS[1]).missing == ("研发投入占营业收入的比例",)


def test_a_filing_without_key_figures_is_told_what_there_is(assistant: Assistant) -> None:
    with pytest.raises(UserError, match=r"没有读出主要会计数据.*lantu_2024_half_year\.txt"):
        card(assistant, "lantu_2024_evaluation.txt")


def test_the_card_is_plain_json(assistant: Assistant) -> None:
    shown = json.loads(json.dumps(card_json(card(assistant, REPORTS[0])), ensure_ascii=False))
    assert shown["figures"][0]["current"]["value"] == "214889491.45"
