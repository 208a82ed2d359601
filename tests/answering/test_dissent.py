from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from rag.answering.dissent import with_dissent
from rag.answering.draft import Draft, Material
from rag.answering.fact_answer import answer_from_facts
from rag.filings.filing import Filing
from rag.filings.passage import Passage
from rag.retrieval.evidence import Evidence
from tests.answering.invented import filing, material, needs

QUESTION = "营业收入是多少？"


def answered(held: Material) -> Draft:
    draft = with_dissent(answer_from_facts(held, needs(held)), held)
    assert draft is not None
    return draft


def another(held: Material, changed: Filing, was: str, now: str) -> Material:
    """The material with a second filing that prints another figure in its own indicators."""
    facts, evidence = list(held.facts), list(held.evidence)
    for piece in held.evidence:
        if piece.passage.statement != "key_indicators":
            continue
        passage = _moved(piece.passage, changed.id, was, now)
        evidence.append(Evidence(len(evidence) + 1, 0.5, passage, changed))
        facts += [
            replace(
                fact,
                id=f"second-{fact.id}",
                filing_id=changed.id,
                passage_id=passage.id,
                text=fact.text.replace(was, now),
                value=Decimal(now.replace(",", "")) if fact.text == was else fact.value,
            )
            for fact in held.facts
            if fact.passage_id == piece.passage.id
        ]
    return replace(held, evidence=tuple(evidence), facts=tuple(facts))


def _moved(passage: Passage, filing_id: str, was: str, now: str) -> Passage:
    rows = tuple(
        replace(row, cells=tuple(replace(cell, text=cell.text.replace(was, now)) for cell in row.cells))
        for row in passage.rows
    )
    text = passage.text.replace(was, now)
    return replace(passage, id=f"second-{passage.id}", filing_id=filing_id, text=text, rows=rows)


WAS, NOW = "412,345,678.90", "412,345,999.90"


def test_filings_that_agree_leave_the_answer_as_it_is() -> None:
    held = material(QUESTION)
    assert answered(held) == answer_from_facts(held, needs(held))


def test_two_filings_of_one_rank_that_disagree_are_a_conflict_with_both_passages() -> None:
    second = replace(filing().filing, id="ab" * 32, title="2024年半年度报告")
    draft = answered(another(material(QUESTION), second, WAS, NOW))
    assert draft.refusal is not None
    assert draft.refusal.reason == "conflicting"
    assert [WAS in draft.claims[0].text, NOW in draft.claims[1].text] == [True, True]


def test_a_corrected_version_ranks_over_the_original_which_is_told_beside() -> None:
    second = replace(filing().filing, id="ab" * 32, title="2024年半年度报告（更正后）")
    draft = answered(another(material(QUESTION), second, WAS, NOW))
    assert draft.refusal is None
    assert [NOW in draft.claims[0].text, WAS in draft.claims[1].text] == [True, True]
    assert draft.warnings
