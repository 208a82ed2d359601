"""Which units of the evidence are said: the best one, and further ones for what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.contrast import asks_contrast, needs_contrasted
from rag.answering.draft import Material
from rag.answering.enough import answers, asks_name
from rag.answering.ranking import FIGURE_KINDS, Scored, rank_units
from rag.answering.relevance import Need, gain
from rag.answering.unit_claim import claims_of
from rag.answering.units import Unit, held_units, units_of
from rag.answering.word_features import Grams, grams_of
from rag.answering.yesno import plain_first
from rag.checking.check import check
from rag.checking.claim import Claim
from rag.filings.text import squeeze
from rag.retrieval.question import Query, QuestionKind, Side

# A unit that scores less does not speak of what is asked; set where few right answers are lost (eval/gold).
ENOUGH = {"number": 1.7, "compare": 1.6, "calc": 1.6, "text": 0.9, "why": 0.9, "list": 0.9, "yesno": 0.9}
# A second unit is added when it meets at least this share of what the first leaves open.
WORTH_ADDING = 0.5
# In a question for words a second sentence that scores nearly as high as the first is said beside it; a second
# reason may be another filing's, told more closely.
BESIDE = {"text": 0.85, "list": 0.9, "yesno": 0.9, "why": 0.8}
# Units looked at for one answer.
MOST_TRIED = 40
MOST_CLAIMS = {"number": 2, "compare": 3, "calc": 3, "text": 3, "why": 3, "list": 6, "yesno": 2}
# What is left open is filled by units of words that score at least this share of the best.
ALSO = 0.5
# Sentences beside the first are added while what is said stays within so many signs.
ROOM = 260
_LARGEST = re.compile(r"最大|第[一二三四五]|前[五十]|欠款|客户|供应商")


@dataclass(frozen=True, slots=True)
class Reading:
    """The ranked units of one issuer's evidence."""

    ranked: list[Scored]
    needs: tuple[Need, ...]
    words: bool
    grams: Grams
    expects: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What one issuer, or one of two things held against each other, is answered from.

    `indexes` are the pieces of evidence, `called` what the answer calls it where several are told.
    """

    indexes: Sequence[int]
    needs: tuple[Need, ...]
    called: str = ""
    most: int = 0


def parts_of(material: Material, needs: tuple[Need, ...]) -> list[Part]:
    """One part for each issuer that the question names, or for each of two things it contrasts; else one."""
    query, every = material.query, range(len(material.evidence))
    if query.sides:
        return [_of_side(side, material, needs) for side in query.sides]
    contrasted = [] if query.line_items or query.expects else needs_contrasted(query.text, needs)
    return [Part(every, own, most=1) for own in contrasted] or [Part(every, needs)]


def _of_side(side: Side, material: Material, needs: tuple[Need, ...]) -> Part:
    held = [i for i, piece in enumerate(material.evidence) if piece.filing.id in side.filing_ids]
    # Of one issuer's filings the same is asked.
    one = len({piece.filing.issuer.name for piece in material.evidence}) == 1
    return Part(held, needs if one else _said_of(side, needs), side.issuer)


def _said_of(side: Side, needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """The needs named in the words said of one issuer; all of them where these name none."""
    words = squeeze(side.words).lower()
    own = tuple(need for need in needs if any(word in words for word in (*need.words, *need.said)))
    return own or needs


def ranked(indexes: Sequence[int], needs: Sequence[Need], material: Material) -> list[Scored]:
    """The units of these pieces of evidence, best first."""
    units = [unit for unit in units_of(material.evidence) if unit.evidence in indexes]
    return rank_units(units, needs, material.query, material.evidence)


def _reading(part: Part, material: Material, *, words: bool) -> Reading:
    units = [unit for unit in units_of(material.evidence) if unit.evidence in part.indexes]
    found = rank_units(units, part.needs, material.query, material.evidence)
    # Figures neither tell a contrast nor name anybody.
    wordless = asks_contrast(material.query.text) or _names_a_bearer(material.query)
    if words and wordless:
        found = [scored for scored in found if scored.unit.kind != "row"]
    if material.query.kind == "yesno":
        found = plain_first(found, material.query.text, part.needs)
    expects = material.query.expects if material.query.kind in FIGURE_KINDS else ()
    return Reading(found, part.needs, words, grams_of(material.query, units), expects)


def _names_a_bearer(query: Query) -> bool:
    """Whether the bearer of an office or a right is asked for, not whose figure is the largest."""
    return asks_name(query) and not query.expects and not _LARGEST.search(query.text)


def told_claims(material: Material, part: Part, said: list[Unit], *, words: bool) -> list[Claim]:
    """The best unit, and further ones for what it leaves open; the units are added to `said`.

    `words` is true where the question asks for words, not figures.
    """
    kind = material.query.kind
    reading = _reading(part, material, words=words)
    chosen: list[Unit] = []
    claims: list[Claim] = []
    tried = set(said)
    while len(chosen) < (part.most or _most_claims(material.query)):
        room = sum(len(claim.text) for claim in claims) < ROOM
        scored = _next(reading, chosen, kind, tried, room=room)
        if scored is None:
            break
        tried.add(scored.unit)
        if not chosen and not answers(scored.unit, reading.needs, material.query, reading.grams):
            if kind == "number" or asks_name(material.query):
                break  # the best figure or name is another thing's, and so are those after it
            continue
        told = {quote for claim in claims for quote in claim.quotes}
        made = claims_of(material, scored.unit, reading.needs, first=not chosen)
        made = [claim for claim in made if not told.issuperset(claim.quotes)]
        if made:
            chosen.append(scored.unit)
            claims.extend(made)
    said.extend(chosen)
    return _called(claims, part, material)


def _called(claims: list[Claim], part: Part, material: Material) -> list[Claim]:
    """The claims of one of several parts, the first told with its name where it does not say it."""
    if not claims or not part.called or part.called in claims[0].text:
        return claims
    named = replace(claims[0], text=f"{part.called}：{claims[0].text}")
    return [named if check(named, material.evidence).passed else claims[0], *claims[1:]]


def _next(
    reading: Reading, chosen: Sequence[Unit], kind: QuestionKind, tried: set[Unit], *, room: bool
) -> Scored | None:
    """The best unit not tried yet; after the first, the one that adds most to what is said."""
    enough, beside = ENOUGH[kind], BESIDE.get(kind, 1.0)
    left = [scored for scored in reading.ranked[:MOST_TRIED] if scored.unit not in tried]
    if chosen and not reading.words:
        left = [scored for scored in left if scored.unit.kind != "box"]  # a ticked box adds no figure
    if not chosen:
        return left[0] if left and left[0].score >= enough else None
    if (
        reading.words
        and chosen[0].kind != "box"
        and (room or len(chosen) == 1)
        and left
        and left[0].score >= max(enough, beside * reading.ranked[0].score)
    ):
        return left[0]
    missing = _missing(reading.expects, chosen)
    giving = [s for s in left if s.coverage and s.score >= enough and held_units(s.unit) & missing]
    if giving:
        return giving[0]
    gains = [
        (gain(scored.unit, chosen, reading.needs), scored)
        for scored in left
        if not reading.words or scored.score >= max(enough, ALSO * reading.ranked[0].score)
    ]
    best = max(gains, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= WORTH_ADDING else None


def _missing(expects: Sequence[frozenset[str]], chosen: Sequence[Unit]) -> frozenset[str]:
    """The units of the first figure asked for, of several, that no unit said gives."""
    told = set[str]().union(*(held_units(unit) for unit in chosen))
    return (
        next((units for units in expects if not units & told), frozenset())
        if len(expects) > 1
        else frozenset()
    )


def _most_claims(query: Query) -> int:
    """The most units said of one issuer; of several no more than there are figures asked for."""
    most = MOST_CLAIMS[query.kind]
    asked = max(1, len(query.line_items), len(query.expects))
    return min(most, asked) if query.sides and query.kind in FIGURE_KINDS else most
