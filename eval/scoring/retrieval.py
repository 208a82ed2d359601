"""Computes the measures of search, with ir-measures."""

from __future__ import annotations

from collections.abc import Sequence

from eval.answered import Found
from eval.gold import Evidence
from eval.measures.citations import HIT_SHARE
from eval.measures.retrieval import MRR, NDCG, RETRIEVAL
from eval.scoring.case import Case, Scores, is_of
from eval.scoring.wording import share_of

_THEIRS = {"mrr": "RR@20", "ndcg@10": "nDCG@10"} | {f"recall@{k}": f"R@{k}" for k in (1, 5, 10, 20)}


def score(case: Case) -> Scores:
    """Recall, MRR and nDCG of an answerable question with evidence; 0 for all where nothing was found."""
    question = case.question
    if question.unanswerable or not question.evidence:
        return {}
    if case.hits is None:
        return {} if case.reply is not None else dict.fromkeys((m.name for m in RETRIEVAL), 0.0)
    relevant = _relevant(case.hits, question.evidence, every=question.evidence_mode == "all")
    return _computed(case.hits, relevant)


def _relevant(hits: Sequence[Found], evidence: Sequence[Evidence], *, every: bool) -> set[str]:
    """The relevant passages: the first hit that holds each piece, and one not found for each that none holds.

    Where the pieces are alternatives, the first hit that holds any of them is all that is wanted.
    """
    first = [next((h for h in hits if _holds(h, piece)), None) for piece in evidence]
    if every:
        return {_name(hit) if hit else f"missing {number}" for number, hit in enumerate(first)}
    found = [hit for hit in first if hit is not None]
    return {_name(min(found, key=lambda hit: hit.rank))} if found else {"missing"}


def _holds(hit: Found, piece: Evidence) -> bool:
    return is_of(hit, piece) and share_of(piece.quote, hit.text) >= HIT_SHARE


def _name(hit: Found) -> str:
    return f"rank {hit.rank}"


def _computed(hits: Sequence[Found], relevant: set[str]) -> Scores:
    import ir_measures

    qrels = [ir_measures.Qrel("q", name, 1) for name in sorted(relevant)]
    run = [ir_measures.ScoredDoc("q", _name(hit), -float(hit.rank)) for hit in hits]
    if not run:
        return dict.fromkeys((MRR.name, NDCG.name, *_THEIRS), 0.0)
    theirs = {name: ir_measures.parse_measure(text) for name, text in _THEIRS.items()}
    values = ir_measures.calc_aggregate(list(theirs.values()), qrels, run)
    return {name: round(float(values[measure]), 6) for name, measure in theirs.items()}
