"""The way from a question to a checked answer, whichever answerer drafts it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.answering.answer import Answer, Refusal
from rag.answering.cite import recognized_warning, source_of
from rag.answering.compose import compose
from rag.answering.doubted import doubt_warnings
from rag.answering.draft import Answerer, Draft, Material
from rag.answering.extract import ExtractiveAnswerer
from rag.answering.formula_answer import formulas_of
from rag.answering.quarters_total import asks_quarters, keys_of_quarters
from rag.answering.ranking import FIGURE_KINDS
from rag.answering.refuse import refuse_ambiguous, refuse_unanswered, refuse_unrouted
from rag.answering.relevance import needs_of
from rag.answering.several import is_told, joined
from rag.checking.quote import PageReader
from rag.errors import ModelError
from rag.filings.fiscal import is_quarter
from rag.filings.passage import Fact, Passage, passage_id
from rag.retrieval.corpus import Corpus
from rag.retrieval.definitions import defined
from rag.retrieval.evidence import Evidence, Hit
from rag.retrieval.question import Asked, Filters, Query
from rag.retrieval.search import Retriever
from rag.retrieval.strangers import told_strangers
from rag.retrieval.sub_questions import sub_questions
from rag.retrieval.understand import understand
from rag.retrieval.windows import Window
from rag.settings import AnswerSettings
from rag.store.index import FilingIndex

# Passages read by the extractive answerer; the model is given fewer, by its own budget.
EVIDENCE_DEPTH = 24
MOST_FACT_PASSAGES = 8
MOST_LEAD_INS = 8
# Tables found whose neighbours are read too, and how many passages away these may stand.
MOST_TABLES, TABLE_REACH = 5, 4


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs at hand: the index, its corpus and retriever, and how answers are shaped."""

    index: FilingIndex
    corpus: Corpus
    retriever: Retriever
    settings: AnswerSettings
    reader: PageReader
    extractive: ExtractiveAnswerer


def answer_question(
    desk: Desk,
    asked: Asked,
    answerers: Sequence[Answerer],
    say: Callable[[str], None] | None = None,
    found: Callable[[tuple[Hit, ...]], None] | None = None,
) -> Answer:
    """A checked answer or a refusal; the answerers are tried in order, the last one always works.

    `found` is called with the nearest passages before any of them begins.
    """
    started = time.perf_counter()
    filings = desk.index.filings()
    query = defined(told_strangers(understand(asked, filings), desk.index), desk.corpus)
    refusal = refuse_unrouted(query, filings)
    if refusal is not None:
        return _timed(_refused(desk, query, refusal, ()), started)
    material = gather(desk.index, desk.retriever, query)
    searched = time.perf_counter()
    if found is not None:
        found(hits_of(desk, material.evidence[: desk.settings.max_citations]))
    if query.options and desk.extractive.fits_several(material):
        answer = _refused(desk, query, refuse_ambiguous(query, query.options), material.evidence)
    else:
        answer = _drafted(desk, material, answerers, say)
        answer = _with_parts(desk, query, asked.filters, answer, say)
    return _timed(answer, started, {"search": _ms(started, searched)})


def _with_parts(
    desk: Desk, query: Query, filters: Filters, answer: Answer, say: Callable[[str], None] | None
) -> Answer:
    """The answer; where it leaves one of several questions in one open, the answers to each asked by itself."""
    if answer.refusal is not None and answer.refusal.reason != "not_disclosed":
        return answer
    parts = sub_questions(query, filters, desk.index.filings())
    if answer.refused:
        # Only a line item's figure is sure enough where the whole found nothing.
        figures = any(part.kind == "number" and part.line_items for part in parts)
        parts = tuple(part for part in parts if figures and part.kind == "number")
    else:
        open_parts = tuple(part for part in parts if not is_told(part, answer))
        # What a model says stays; of rows and sentences each part's own are better than the whole's.
        parts = open_parts if answer.generated_by_ai or not open_parts else parts
    found = [_of_part(desk, part, say if answer.refused else None) for part in parts]
    told = [one for one in found if not one.refused]
    lost = not answer.refused and any(
        one.refused and is_told(part, answer) for part, one in zip(parts, found, strict=True)
    )
    if not told or lost:
        return answer
    missing = [one.refusal.message for one in found if one.refusal is not None]
    whole = joined([answer, *told] if answer.generated_by_ai and not answer.refused else told)
    warnings = tuple(dict.fromkeys((*whole.warnings, *missing)))
    return replace(whole, question=answer.question, warnings=warnings)


def _of_part(desk: Desk, part: Query, say: Callable[[str], None] | None) -> Answer:
    return _drafted(desk, gather(desk.index, desk.retriever, part), [desk.extractive], say)


def _timed(answer: Answer, started: float, parts: dict[str, int] | None = None) -> Answer:
    return replace(answer, elapsed_ms={**(parts or {}), "total": _ms(started, time.perf_counter())})


def _drafted(
    desk: Desk, material: Material, answerers: Sequence[Answerer], say: Callable[[str], None] | None
) -> Answer:
    """The first answerer's answer that stands up to the check, with a warning for each that failed."""
    warnings = [f"“{typed}”按“{meant}”理解。" for typed, meant in material.query.read_as]
    spent = 0
    for answerer in answerers:
        try:
            draft = answerer.draft(material, say)
        except ModelError as error:
            warnings.append(f"{error}已改用摘录式回答。")
            spent += error.tokens_spent
            continue
        answer = _checked(desk, material, answerer, draft)
        if answer is not None:
            usage = answer.usage or ({"total": spent} if spent else None)
            return replace(answer, usage=usage, warnings=(*answer.warnings, *warnings))
        spent += (draft.usage or {}).get("total", 0)
        if answerer.name != desk.extractive.name:
            warnings.append("模型的回答没有通过核对，已改用摘录式回答。")
    refusal = refuse_unanswered(material, needs_of(material.query, desk.corpus))
    return replace(_refused(desk, material.query, refusal, material.evidence), warnings=tuple(warnings))


def _checked(desk: Desk, material: Material, answerer: Answerer, draft: Draft) -> Answer | None:
    """The draft as an answer; None where it has no refusal and its direct claim fails the check."""
    composed = compose(draft.material or material, draft, desk.reader, desk.settings)
    if draft.refusal is None and not composed.direct:
        return None
    message = draft.refusal.message if draft.refusal is not None else ""
    refused = hits_of(desk, material.evidence[: desk.settings.nearest]) if draft.refusal is not None else ()
    return Answer(
        material.query.asked,
        message + composed.answer,
        refusal=draft.refusal,
        citations=composed.citations,
        figures=composed.figures,
        calculation=composed.calculation,
        nearest=refused,
        alternatives=composed.alternatives,
        answerer=answerer.name,
        suggestions=draft.suggestions,
        usage=draft.usage,
        warnings=(
            *draft.warnings,
            *recognized_warning(composed.citations),
            *doubt_warnings(desk.index, composed.cells),
        ),
        index_generation=desk.index.generation,
        prompt_hash=draft.prompt_hash,
    )


def _refused(desk: Desk, query: Query, refusal: Refusal, evidence: Sequence[Evidence]) -> Answer:
    """A refusal with the nearest passages."""
    return Answer(
        query.asked,
        refusal.message,
        refusal=refusal,
        nearest=hits_of(desk, evidence[: desk.settings.nearest]),
        index_generation=desk.index.generation,
    )


def gather(index: FilingIndex, retriever: Retriever, query: Query) -> Material:
    """The evidence of a query, with the facts of the line items it names and the passages these stand in."""
    evidence = _found(retriever, query)
    keys = dict.fromkeys((*query.line_items, *keys_of_quarters(query)))
    for formula in formulas_of(query):
        keys.update(dict.fromkeys((*formula.operands, formula.key)))
    facts = index.facts(query.filing_ids, tuple(keys)) if keys else ()
    evidence += _led_in(index, evidence)
    if query.kind in FIGURE_KINDS:
        evidence += _tables_beside(index, evidence)
    return Material(query, (*evidence, *_fact_evidence(index, facts, evidence, query)), facts)


def cells_of(index: FilingIndex, query: Query, keys: Sequence[str]) -> Material:
    """The cells of line items in the query's filings, and the passages these stand in; nothing is searched for."""
    facts = index.facts(query.filing_ids, tuple(keys))
    return Material(query, tuple(_fact_evidence(index, facts, (), query)), facts)


def _led_in(index: FilingIndex, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The passages that the best ones lead in with a colon: a list or table that stands by itself."""
    wanted = {
        passage_id(piece.passage.filing_id, piece.passage.ordinal + 1): piece
        for piece in evidence[:MOST_LEAD_INS]
        if piece.passage.text.rstrip().endswith((":", "："))
    }
    here = {piece.passage.id for piece in evidence}
    found = index.passages([key for key in wanted if key not in here])
    start = len(evidence)
    return [
        Evidence(start + n, wanted[key].similarity, passage, wanted[key].filing)
        for n, (key, passage) in enumerate(found.items(), 1)
    ]


def _tables_beside(index: FilingIndex, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The other tables of the notes that the best tables stand in: which of them has the cell, search cannot tell."""
    here = {piece.passage.id for piece in evidence}
    wanted: dict[str, Evidence] = {}
    for piece in [piece for piece in evidence if piece.passage.rows][:MOST_TABLES]:
        at = piece.passage.ordinal
        for ordinal in range(max(0, at - TABLE_REACH), at + TABLE_REACH + 1):
            wanted.setdefault(passage_id(piece.passage.filing_id, ordinal), piece)
    found = index.passages([key for key in wanted if key not in here])
    beside = [
        (wanted[key], passage)
        for key, passage in found.items()
        if passage.rows and passage.section[:-1] == wanted[key].passage.section[:-1] != ()
    ]
    start = len(evidence)
    return [
        Evidence(start + n, near.similarity, passage, near.filing)
        for n, (near, passage) in enumerate(beside, 1)
    ]


def passages_beside(index: FilingIndex, piece: Evidence) -> list[Evidence]:
    """The passages around one in its filing, where the parts of its table stand."""
    at, filing = piece.passage.ordinal, piece.passage.filing_id
    ordinals = range(max(0, at - TABLE_REACH), at + TABLE_REACH + 1)
    found = index.passages([passage_id(filing, ordinal) for ordinal in ordinals if ordinal != at])
    return [Evidence(piece.rank, piece.similarity, passage, piece.filing) for passage in found.values()]


def _found(retriever: Retriever, query: Query) -> list[Evidence]:
    """What search finds; for several issuers each one's share, ranked by turns."""
    if not query.sides:
        return list(retriever.search(query, EVIDENCE_DEPTH))
    shares = [
        retriever.search(replace(query, filing_ids=side.filing_ids), EVIDENCE_DEPTH // len(query.sides))
        for side in query.sides
    ]
    return [piece for share in shares for piece in share]


def _fact_evidence(
    index: FilingIndex, facts: Sequence[Fact], evidence: Sequence[Evidence], query: Query
) -> list[Evidence]:
    """The passages of statements that hold the facts and were not found by search, those of the scope first.

    What no statement prints (the number of employees) is read where the report tells it for certain; a table
    of quarters counts as a statement wherever it stands, if the question is about quarters.
    """
    parent, quarters = query.scope == "parent", asks_quarters(query)
    here = {piece.passage.id for piece in evidence}
    stated = {(fact.filing_id, fact.line_item) for fact in facts if fact.statement != "other"}
    wanted: dict[str, None] = {}
    for fact in facts:
        told = fact.certain and (fact.filing_id, fact.line_item) not in stated
        told = told or (quarters and is_quarter(fact.period))
        if fact.passage_id not in here and (fact.statement != "other" or told):
            wanted[fact.passage_id] = None
    passages = index.passages(list(wanted)[: MOST_FACT_PASSAGES * 3])
    filings = {filing.id: filing for filing in index.filings()}
    ordered = sorted(
        passages.values(),
        key=lambda p: ((p.scope == "parent") != parent, p.statement != "key_indicators", p.ordinal),
    )
    start = len(evidence)
    return [
        Evidence(start + n, 0.0, passage, filings[passage.filing_id])
        for n, passage in enumerate(ordered[:MOST_FACT_PASSAGES], 1)
    ]


def hits_of(desk: Desk, evidence: Sequence[Evidence]) -> tuple[Hit, ...]:
    """The evidence as hits to show, each on the page where it begins."""
    return tuple(_hit(desk, piece, rank) for rank, piece in enumerate(evidence, 1))


def hits_in_windows(desk: Desk, found: Sequence[tuple[Evidence, Window]]) -> tuple[Hit, ...]:
    """Windows as hits to show: the whole window's text, on the page where the passage found begins."""
    return tuple(replace(_hit(desk, piece, piece.rank), text=window.text) for piece, window in found)


def _hit(desk: Desk, piece: Evidence, rank: int) -> Hit:
    passage: Passage = piece.passage
    span = passage.spans[0]
    page = desk.reader.page(passage.filing_id, span.page)
    source = source_of(piece.filing, passage, page)
    return Hit(rank, round(piece.similarity, 4), passage.text, source, span.start, span.end, passage.id)


def _ms(start: float, end: float) -> int:
    return round((end - start) * 1000)
