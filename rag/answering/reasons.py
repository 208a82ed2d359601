"""Passages that give the reason for what a question names, found by how filings give reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.draft import Material
from rag.filings.lexicon import line_items
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.wording import says

MOST_ADDED = 4
PROFIT = ("net_profit_attributable", "net_profit")
# 货币资金：……所致 / 管理费用变动原因说明：主要系……
_GIVEN = (
    r"(?:变动原因说明)?[:：,，]?[^。；;]{0,60}?"
    r"(?:所致|主要系|主要是|主要由于|主要因|原因系|源于|影响因素|受[^。；;，]{2,24}影响)"
)


def with_reasons(material: Material, corpus: Corpus) -> Material:
    """The material of a question for a reason with the passages that give one for its line items added at the end."""
    query = material.query
    # 为什么亏损 asks for the reason of the net profit's course.
    keys = query.line_items or (PROFIT if says("profit", query.text) else ())
    if query.kind != "why" or not keys:
        return material
    given = re.compile("(?:" + "|".join(map(re.escape, _names(keys))) + ")" + _GIVEN)
    here = {piece.passage.id for piece in material.evidence}
    filings = {piece.filing.id: piece.filing for piece in material.evidence}
    added: list[Evidence] = []
    for filing_id, filing in filings.items():
        for passage, text in corpus.passages(filing_id):
            if passage.id not in here and len(added) < MOST_ADDED and given.search(text):
                added.append(Evidence(len(material.evidence) + len(added) + 1, 0.0, passage, filing))
    return replace(material, evidence=(*material.evidence, *added))


def _names(keys: Sequence[str]) -> list[str]:
    """The names of line items, the longest first."""
    names = {word.lower() for key in keys for word in (line_items()[key].name, *line_items()[key].printed)}
    return sorted(names, key=len, reverse=True)
