"""The key-figure card as plain JSON values."""

from __future__ import annotations

from rag.answering.as_json import Json, place_json, plain
from rag.summarizing.card import Card, CardChange, CardValue, KeyFigure


def card_json(card: Card) -> Json:
    """The card as an object ready for `json.dumps`; decimals are strings, offsets are code points."""
    filing = card.filing
    codes = filing.issuer.stock_codes
    return {
        "filing_id": filing.id,
        "source": filing.file_name,
        "title": filing.title,
        "company": filing.issuer.short_name or filing.issuer.name,
        "stock_code": codes[0] if codes else "",
        "period": filing.period,
        "kind": filing.kind,
        "figures": [_figure(figure) for figure in card.figures],
        "missing": list(card.missing),
        "generated_by_ai": False,
        "index_generation": card.index_generation,
    }


def _figure(figure: KeyFigure) -> Json:
    return {
        "name": figure.name,
        "line_item": figure.line_item,
        "label": figure.label,
        "scope": figure.scope,
        "current": _value(figure.current),
        "previous": _value(figure.previous) if figure.previous else None,
        "change": _change(figure.change) if figure.change else None,
        **place_json(figure.citation),
    }


def _value(value: CardValue) -> Json:
    return {
        "text": value.text,
        "value": plain(value.value),
        "unit": value.unit,
        "period": value.period,
        "short": value.short,
    }


def _change(change: CardChange) -> Json:
    return {"text": change.text, "versus": change.versus, "computed": change.computed}
