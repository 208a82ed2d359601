"""The answer as plain JSON values, in the shape that every face and file shares."""

from __future__ import annotations

from decimal import Decimal

from rag.answering.answer import Alternative, Answer, Calculation, Citation, Figure, Refusal
from rag.filings.source import Source
from rag.retrieval.evidence import Hit

Json = dict[str, object]


def to_json(answer: Answer) -> Json:
    """The answer as an object ready for `json.dumps`; decimals are strings, offsets are code points."""
    return {
        "id": answer.id,
        "question": answer.question,
        "answer": answer.answer,
        "refused": answer.refused,
        "refusal": _refusal(answer.refusal) if answer.refusal else None,
        "citations": [_citation(citation) for citation in answer.citations],
        "figures": [_figure(figure) for figure in answer.figures],
        "calculation": _calculation(answer.calculation) if answer.calculation else None,
        "nearest": [hit_json(hit) for hit in answer.nearest],
        "alternatives": [_alternative(alternative) for alternative in answer.alternatives],
        "suggestions": list(answer.suggestions),
        "answerer": answer.answerer,
        "generated_by_ai": answer.generated_by_ai,
        "usage": dict(answer.usage) if answer.usage is not None else None,
        "warnings": list(answer.warnings),
        "elapsed_ms": dict(answer.elapsed_ms),
        "index_generation": answer.index_generation,
        "prompt_hash": answer.prompt_hash,
    }


def hit_json(hit: Hit) -> Json:
    """A search hit: rank, similarity, text, and where it stands."""
    return {
        "rank": hit.rank,
        "similarity": hit.similarity,
        "text": hit.text,
        **source_json(hit.source),
        "start": hit.start,
        "end": hit.end,
        "passage_id": hit.passage_id,
    }


def source_json(source: Source) -> Json:
    """Filing, section and page, flat."""
    return {
        "filing_id": source.filing_id,
        "source": source.source,
        "title": source.title,
        "company": source.company,
        "stock_code": source.stock_code,
        "period": source.period,
        "kind": source.kind,
        "section": list(source.section),
        "page": source.page,
        "page_label": source.page_label,
        "page_inferred": source.page_inferred,
        "page_recognized": source.page_recognized,
    }


def _citation(citation: Citation) -> Json:
    return {"marker": citation.marker, **place_json(citation)}


def place_json(citation: Citation) -> Json:
    """Where a citation's words stand: source, quote, range, rectangles and link, its marker left out."""
    return {
        **source_json(citation.source),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "rects": [list(rect) for rect in citation.rects],
        "link": citation.link,
    }


def _figure(figure: Figure) -> Json:
    return {
        "text": figure.text,
        "value": plain(figure.value),
        "unit": figure.unit,
        "line_item": figure.line_item,
        "period": figure.period,
        "scope": figure.scope,
        "marker": figure.marker,
        "check": figure.check,
        "cell": figure.cell,
    }


def _calculation(calculation: Calculation) -> Json:
    return {
        "formula": calculation.formula,
        "operands": [_figure(operand) for operand in calculation.operands],
        "result": _figure(calculation.result),
    }


def _refusal(refusal: Refusal) -> Json:
    return {
        "reason": refusal.reason,
        "message": refusal.message,
        "searched": list(refusal.searched),
        "options": list(refusal.options),
    }


def _alternative(alternative: Alternative) -> Json:
    return {"label": alternative.label, "text": alternative.text, "marker": alternative.marker}


def plain(value: Decimal) -> str:
    """The decimal without separators or exponent, its printed decimals kept."""
    return f"{value:f}"
