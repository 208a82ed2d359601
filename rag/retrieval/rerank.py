"""Windows ranked anew by what fusion does not see: rows, headings, boxes, scopes, the kind of question."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rag.filings.lexicon import expansions, line_item_of
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.filings.wording import synonyms
from rag.retrieval.corpus import item_names
from rag.retrieval.question import Query
from rag.retrieval.saying import said
from rag.retrieval.windows import Window

# Fitted by `training/fit_reranking.py` on our own gold questions; what each adds stands in
# `benchmarks/retrieval/RESULTS.md`.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "fused": 1.0,  # the best fused score of the window's passages
        "says": 0.6,  # how much of the question the window says, rare words weighing more
        "item": 0.17,  # a row is a line item asked for
        "label": 0.12,  # how much of the question one row's label says
        "box": -0.1,  # what was found is a ticked box
        "reason": 0.24,  # a passage that names the matter gives reasons, where reasons are asked for
        "scope": 0.18,  # parent company figures: wanted where asked for, else not
        "statement": 0.15,  # a statement or the key indicators, where a figure is asked for
        "unit": 0.19,  # a unit the answer may be in
        "short": -0.15,  # hardly more than a heading
    }
)
# A line item asked for against the other words.
ITEM_WEIGHT = 1.3
# A name that the filing defines is what the question is about, more than the pieces it is cut into.
DEFINED_WEIGHT = 1.0
# Added to each word's rarity among the windows: a word that all of them say is still asked for.
COMMON = 1.0
SHORT_CHARS = 60

_REASON = re.compile(r"主要系|主要是|主要由于|所致|原因|由于|因为|得益于|受.{1,12}影响")
_DATE = re.compile(r"年.*月|日")
_OF_FIGURES = frozenset({"number", "calc", "compare"})
_STATEMENTS = frozenset({"key_indicators", "balance_sheet", "income_statement", "cash_flow"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """One thing asked for: equal words, squeezed in lower case, and how much it weighs."""

    words: tuple[str, ...]
    weight: float


def rerank(query: Query, windows: Sequence[Window]) -> list[tuple[Window, float]]:
    """The windows with their score, best first; a score is comparable within one query only."""
    table = features(query, windows)
    scored = [
        (window, sum(WEIGHTS[name] * value for name, value in row.items()))
        for window, row in zip(windows, table, strict=True)
    ]
    return sorted(scored, key=lambda pair: -pair[1])


def features(query: Query, windows: Sequence[Window]) -> list[dict[str, float]]:
    """For each window the values that `WEIGHTS` weighs, each 0 to 1 (`scope` from -1)."""
    texts = [_searched(window) for window in windows]
    asked = _weighed(_asked(query), texts)
    return [_row(query, window, text, asked) for window, text in zip(windows, texts, strict=True)]


def _searched(window: Window) -> str:
    """Section path, contexts and text of a window, squeezed in lower case, with its rows' line items by name."""
    contexts = dict.fromkeys(passage.context for passage in window.passages)
    return squeeze(
        " ".join((*window.best.section, *contexts, window.text, *item_names(window.passages)))
    ).lower()


def _row(query: Query, window: Window, text: str, asked: Sequence[_Asked]) -> dict[str, float]:
    rows = [row for passage in window.passages for row in passage.rows]
    own = {line_item_of(row.label) for row in rows} & set(query.line_items)
    statements = {passage.statement for passage in window.passages}
    return {
        "fused": max(window.scores.values(), default=0.0),
        "says": _share_said(text, asked),
        "item": float(bool(own)),
        "label": max((_share_said(squeeze(row.label).lower(), asked) for row in rows), default=0.0),
        "box": float(window.best.kind == "box"),
        "reason": float(query.kind == "why" and any(_gives_reason(p, asked) for p in window.passages)),
        "scope": _scope(query, window),
        "statement": float(query.kind in _OF_FIGURES and bool(statements & _STATEMENTS)),
        "unit": float(_has_unit(query, text)),
        "short": float(len(window.text) - window.text.count(" ") < SHORT_CHARS),
    }


def _asked(query: Query) -> list[_Asked]:
    """What the question asks for: its line items and content words, each with its synonyms."""
    spoken = dict(query.line_item_words)
    items = [
        _Asked(_low(*expansions(key), spoken.get(key, "")), ITEM_WEIGHT)
        for key in dict.fromkeys(query.line_items)
    ]
    terms = [_Asked(_low(term.text, *synonyms(term.text)), term.weight) for term in query.terms]
    return [*items, *terms, *(_Asked(_low(*names), DEFINED_WEIGHT) for names in query.defined)]


def _low(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(squeeze(word).lower() for word in words if word))


def _weighed(asked: Sequence[_Asked], texts: Sequence[str]) -> list[_Asked]:
    """Each weight times the rarity of its words among the windows (BM25's inverse document frequency)."""
    counts = [sum(any(word in text for word in one.words) for text in texts) for one in asked]
    return [
        _Asked(one.words, one.weight * (COMMON + math.log(1 + (len(texts) - count + 0.5) / (count + 0.5))))
        for one, count in zip(asked, counts, strict=True)
    ]


def _share_said(text: str, asked: Sequence[_Asked]) -> float:
    """The share of what is asked, by weight, that a text says."""
    total = sum(one.weight for one in asked)
    return sum(one.weight * said(text, one.words) for one in asked) / total if total else 0.0


def _gives_reason(passage: Passage, asked: Sequence[_Asked]) -> bool:
    text = squeeze(passage.text).lower()
    named = not asked or any(word in text for one in asked for word in one.words)
    return named and _REASON.search(text) is not None


def _scope(query: Query, window: Window) -> float:
    if all(passage.scope != "parent" for passage in window.passages):
        return 0.0
    return 1.0 if query.scope == "parent" else -1.0


def _has_unit(query: Query, text: str) -> bool:
    units = frozenset().union(*query.expects) if query.expects else frozenset[str]()
    return any(bool(_DATE.search(text)) if unit == "日期" else unit in text for unit in units)
