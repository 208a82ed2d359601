"""Answers and hits as one row of cells: each citation becomes numbered columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from rag.interfaces.show import AI_LABEL, EXTRACTIVE_LABEL

Json = dict[str, object]


def flat_answer(result: Mapping[str, object]) -> Json:
    """The cells of one answer: what it says, how it came about, then source, page and quote of each citation."""
    if "error" in result:
        return _flat_error(result)
    refusal = cast("Json", result["refusal"] or {})
    cells: Json = {
        "id": result["id"],
        "question": result["question"],
        "answer": result["answer"],
        "refused": "是" if result["refused"] else "否",
        "reason": refusal.get("reason"),
        "made_by": AI_LABEL if result["generated_by_ai"] else EXTRACTIVE_LABEL,
        "warnings": "\n".join(cast("list[str]", result["warnings"])),
        "error": None,
    }
    for citation in cast("list[Json]", result["citations"]):
        cells |= _numbered(citation, citation["marker"], "quote")
    return cells


def flat_hits(result: Mapping[str, object]) -> Json:
    """The cells of one search: source, page and text of each hit."""
    if "error" in result:
        return _flat_error(result)
    cells: Json = {"id": result["id"], "error": None}
    for hit in cast("list[Json]", result["hits"]):
        cells |= _numbered(hit, hit["rank"], "text")
    return cells


def _numbered(piece: Json, number: object, words: str) -> Json:
    return {
        f"source_{number}": piece["source"],
        f"page_{number}": piece["page"],
        f"{words}_{number}": piece[words],
    }


def _flat_error(result: Mapping[str, object]) -> Json:
    error = cast("Json", result["error"])
    return {"id": result["id"], "error": f"{error['kind']}: {error['message']}"}
