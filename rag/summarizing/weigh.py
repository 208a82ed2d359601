"""What pieces are worth in this summary: by section, reader, centrality, and what it keeps to."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.relevance import Need, said_share
from rag.filings.text import squeeze
from rag.summarizing.headings import without_number
from rag.summarizing.piece import Piece
from rag.summarizing.wish import Wish
from rag.summarizing.words import Reader, summary_words

BOOST = 1.35
CENTRAL = 0.8  # what the most central sentence gains over the least
# A piece that speaks of nothing the summary keeps to is worth this share; none at all where a focus was given.
OFF_TOPIC, OFF_TOPIC_IN_SECTION = 0.05, 0.5
ON_TOPIC = 0.35  # the least share of a need's words that counts as speaking of it
IN_HEADING = 0.8
CHANGE_BOOST = 2.5


def section_weight(section: Sequence[str]) -> float:
    """The weight of the deepest heading that the lists know, 1 where none is known; 0 under one that weighs nothing."""
    last = len(section) - 1
    weights = [
        found
        for place, heading in enumerate(section)
        if (found := _weight(heading, place == last)) is not None
    ]
    return 0.0 if 0.0 in weights else weights[-1] if weights else 1.0


def _weight(heading: str, itself: bool) -> float | None:
    words = without_number(heading)
    return next(
        (
            weight
            for pattern, weight, own in summary_words().sections
            if (itself or not own) and pattern.search(words)
        ),
        None,
    )


def weigh(
    pieces: Sequence[Piece], wish: Wish, needs: Sequence[Need], *, whole: bool, strict: bool
) -> list[Piece]:
    """The pieces with their worth here; `whole` filings weigh sections, a `strict` topic shuts others out."""
    central = _centrality(pieces)
    weighed: list[Piece] = []
    for piece, share in zip(pieces, central, strict=True):
        worth = max(0.0, piece.worth) * (1 + CENTRAL * share)
        if whole:
            worth *= section_weight(piece.section)
        worth *= _for_reader(piece, wish.reader)
        if wish.changes:
            worth *= CHANGE_BOOST if "，主要" in piece.text else 1.0
        away = 0.0 if strict else OFF_TOPIC if whole else OFF_TOPIC_IN_SECTION
        worth *= _on_topic(piece, needs, away) if needs else float(not strict)
        weighed.append(replace(piece, worth=worth))
    return weighed


def _centrality(pieces: Sequence[Piece]) -> list[float]:
    """How much each piece says that others say too, 0 to 1: the mean weight of its words."""
    counts = Counter(gram for piece in pieces for gram in piece.grams)
    scores = [
        sum(math.log(counts[gram]) for gram in piece.grams) / max(8, len(piece.grams)) for piece in pieces
    ]
    most = max(scores, default=0.0)
    return [score / most if most else 0.0 for score in scores]


def _for_reader(piece: Piece, reader: Reader | None) -> float:
    if reader is None:
        return 1.0
    return BOOST if reader.boost.search("".join(piece.section[-2:]) + piece.text) else 1.0


def _on_topic(piece: Piece, needs: Sequence[Need], away: float) -> float:
    near = nearness(piece, needs)
    return away + near if near >= ON_TOPIC else away


def nearness(piece: Piece, needs: Sequence[Need]) -> float:
    """How far a piece speaks of what the summary keeps to, 0 to 1: of one thing wholly, or of several in part."""
    text, heading = squeeze(piece.text).lower(), squeeze("".join(piece.section[-2:])).lower()
    total = sum(need.weight for need in needs)
    heaviest = max(need.weight for need in needs)
    best = whole = 0.0
    for need in needs:
        said = max(said_share(text, "", [need]), IN_HEADING * said_share(heading, "", [need]))
        best = max(best, said * (need.weight / heaviest) ** 0.5)
        whole += said * need.weight
    return (best + whole / total) / 2


def is_unheard_of(needs: Sequence[Need]) -> bool:
    """Whether what the summary keeps to is named by a word that no passage says."""
    heaviest = max(needs, key=lambda need: need.weight, default=None)
    return heaviest is None or (heaviest.is_name and not heaviest.count)
