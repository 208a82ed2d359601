"""What a model is shown of the material: evidence and facts under short opaque ids, within a budget."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rag.answering.draft import Material
from rag.filings.fiscal import as_date, in_chinese, is_period
from rag.filings.passage import Fact
from rag.filings.text import squeeze
from rag.models.chat import token_estimate
from rag.retrieval.evidence import Evidence
from rag.retrieval.naming import companies
from rag.retrieval.question import Query

# Facts repeat what stands in the evidence; they may take a fifth of the room.
_FACT_SHARE = 5
_FIRST = 3
_ID_SIGNS = "0123456789abcdefghijkmnpqrstuvwxyz"
_SCOPES = {"consolidated": "合并", "parent": "母公司"}
# A share or a change is told by its column only: 9.08 % 占总资产的比例.
_RELATIVE = frozenset({"change", "points", "ratio"})


@dataclass(frozen=True, slots=True)
class Shown:
    """The ids under which the model sees things, and the text that shows them.

    `evidence` maps an id to the index in the material's evidence, `facts` to the fact.
    """

    evidence: Mapping[str, int]
    facts: Mapping[str, Fact]
    variables: Mapping[str, str]


def show(material: Material, token_budget: int) -> Shown:
    """The material as the prompt shows it; the best evidence is always in, what does not fit is left out."""
    names = _Names(material.query.asked)
    room = token_budget - token_budget // _FACT_SHARE
    evidence: dict[str, int] = {}
    lines: list[str] = []
    for index in _order(material):
        found = material.evidence[index]
        key = names.of("e", found.passage.id)
        text = _evidence_text(key, found)
        if lines and token_estimate(text) > room:
            continue
        lines.append(text[: room * 2])
        room -= token_estimate(text)
        evidence[key] = index
    facts = _facts(material, evidence, names, token_budget // _FACT_SHARE)
    variables = {
        "question": material.query.asked,
        "scope": _scope(material.query),
        "evidence": "\n\n".join(lines) or "（无）",
        "facts": "\n".join(_fact_lines(facts, evidence, material)) or "（无）",
    }
    return Shown(evidence, facts, variables)


def show_in_parts(material: Material, token_budget: int) -> tuple[Shown, tuple[tuple[str, ...], ...]]:
    """All of the material under its ids in its own order, and the ids in groups that fit the budget; no facts.

    The variables hold the text of each id.
    """
    names = _Names(material.query.asked)
    evidence: dict[str, int] = {}
    texts: dict[str, str] = {}
    parts: list[list[str]] = [[]]
    room = token_budget
    for index, found in enumerate(material.evidence):
        key = names.of("e", found.passage.id)
        evidence[key], texts[key] = index, _evidence_text(key, found)
        size = token_estimate(texts[key])
        if parts[-1] and size > room:
            parts.append([])
            room = token_budget
        parts[-1].append(key)
        room -= size
    return Shown(evidence, {}, texts), tuple(map(tuple, parts))


def _order(material: Material) -> list[int]:
    """Evidence by rank, but tables with the figures asked for right behind the first few; issuers take turns."""
    asked = set(material.query.line_items)
    holding = {fact.passage_id for fact in material.facts if fact.line_item in asked}

    def weight(index: int) -> tuple[bool, int]:
        return index >= _FIRST and material.evidence[index].passage.id not in holding, index

    ranked = sorted(range(len(material.evidence)), key=weight)
    turns: dict[str, int] = {}
    turn: dict[int, int] = {}
    for index in ranked:
        issuer = material.evidence[index].filing.issuer.name
        turn[index] = turns[issuer] = turns.get(issuer, 0) + 1
    return sorted(ranked, key=turn.__getitem__) if len(material.query.issuers) > 1 else ranked


class _Names:
    """Short ids that tell nothing and cannot be guessed from one another, the same for the same question."""

    def __init__(self, question: str) -> None:
        self._question = question
        self._used: set[str] = set()

    def of(self, letter: str, thing: str) -> str:
        """A new id beginning with the letter."""
        for salt in range(1000):
            digest = hashlib.sha256(f"{self._question}\n{thing}\n{salt}".encode()).digest()
            key = letter + "".join(_ID_SIGNS[byte % len(_ID_SIGNS)] for byte in digest[:3])
            if key not in self._used:
                break
        self._used.add(key)
        return key


def _evidence_text(key: str, found: Evidence) -> str:
    passage, filing = found.passage, found.filing
    pages = sorted({span.page for span in passage.spans})
    where = [f"{companies([filing])[0].name}《{filing.title or filing.file_name}》"]
    if pages and filing.numbering != "none":
        where.append(f"第{'、'.join(map(str, pages))}页")
    if passage.section:
        where.append(" › ".join(passage.section))
    if passage.scope:
        where.append(f"口径：{_SCOPES[passage.scope]}")
    head = " ".join(passage.context.split())
    heads = "、".join(column.head for column in passage.columns if column.head)
    printed = squeeze(passage.text)
    notes = [
        f"表头：{head}" if head and squeeze(head) not in printed else "",
        f"列：{heads}" if heads else "",
        f"单位：{passage.unit}" if passage.rows and passage.unit and passage.unit not in head else "",
    ]
    told = "\n".join(note for note in notes if note)
    return f"[{key}] {' | '.join(where)}\n" + (told + "\n" if told else "") + passage.text


def _facts(material: Material, evidence: Mapping[str, int], names: _Names, room: int) -> dict[str, Fact]:
    """Facts of the evidence shown, those of the line items asked for first."""
    shown = {material.evidence[index].passage.id for index in evidence.values()}
    asked, question = set(material.query.line_items), squeeze(material.query.text)
    candidates = [fact for fact in _each(material.facts) if fact.passage_id in shown and fact.certain]
    candidates.sort(key=lambda fact: fact.line_item not in asked and squeeze(fact.label) not in question)
    facts: dict[str, Fact] = {}
    told: set[tuple[object, ...]] = set()
    for fact in candidates:
        same = (
            fact.filing_id,
            fact.line_item or fact.label,
            fact.period,
            fact.measure,
            fact.value,
            fact.unit,
        )
        if same in told:  # the same figure in another table
            continue
        told.add(same)
        key = names.of("f", fact.id)
        room -= token_estimate(_fact_line(key, fact, "e000", ""))
        if room < 0:
            break
        facts[key] = fact
    return facts


def _each(facts: Iterable[Fact]) -> list[Fact]:
    return list({fact.id: fact for fact in facts}.values())


def _fact_lines(facts: Mapping[str, Fact], evidence: Mapping[str, int], material: Material) -> list[str]:
    """One line a fact, with its issuer where the question is about several."""
    shown = {material.evidence[index].passage.id: key for key, index in evidence.items()}
    several = len(material.query.issuers) > 1
    filings = {piece.filing.id: piece.filing for piece in material.evidence}
    names = {key: companies([filing])[0].name if several else "" for key, filing in filings.items()}
    return [
        _fact_line(key, fact, shown[fact.passage_id], names[fact.filing_id]) for key, fact in facts.items()
    ]


def _fact_line(key: str, fact: Fact, evidence: str, issuer: str) -> str:
    period = in_chinese(fact.period) if is_period(fact.period) or as_date(fact.period) else fact.period
    parts = (
        issuer,
        "".join(fact.label.split()),
        fact.column if fact.measure in _RELATIVE else "",
        period or ("" if fact.measure in _RELATIVE else fact.column),
        _SCOPES.get(fact.scope or "", ""),
        fact.text if fact.text.endswith(fact.unit) else f"{fact.text} {fact.unit}",
        f"见 {evidence}",
    )
    return f"[{key}] " + " | ".join(part for part in parts if part)


def _scope(query: Query) -> str:
    periods = "、".join(in_chinese(p) if is_period(p) or as_date(p) else p for p in query.periods)
    told = (
        ("承接上文，即", query.text if squeeze(query.text) != squeeze(query.asked) else ""),
        ("所问公司", "、".join(query.issuers)),
        ("所问期间", periods),
        ("所问口径", _SCOPES.get(query.scope or "", "")),
    )
    return "；".join(f"{name}：{value}" for name, value in told if value)
