"""Which pieces a summary says: the most worth for the room, nothing twice, every part heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rag.summarizing.piece import Piece
from rag.summarizing.words import summary_words

# Room counts this much: at 1 only the densest short pieces win, at 0 length is free.
THRIFT, THRIFT_SHORT, SHORT_ROOM = 0.7, 0.75, 300
# Each further piece under the same heading, or in the same part, counts this much of the one before.
SAME_HEADING, SAME_PART = 0.72, 0.93
# What a piece of old words is worth of a new one; above this overlap with one piece it is a repetition.
REPEATED = 0.55
LEAST_WORTH = 0.2  # a piece worth less is not said, even where there is room
# A key indicator told for the first time, by its place in the list; its change counts this share again.
KEY_FIRST, KEY_STEP, KEY_CHANGE = 2.2, 0.16, 0.6


@dataclass(slots=True)
class _Chosen:
    pieces: list[Piece] = field(default_factory=list)
    grams: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    headings: Counter[tuple[str, ...]] = field(default_factory=Counter)
    parts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    themes: set[int] = field(default_factory=set)

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.grams |= piece.grams
        self.told |= piece.told
        if not _tells_key(piece):
            self.headings[piece.section] += 1
        self.parts[piece.section[:1]] += 1
        self.themes |= set(_themes(piece))


def choose(
    pieces: Sequence[Piece], room: int, passes: Callable[[Piece], bool], key_weight: float = 1.0
) -> list[Piece]:
    """The pieces to say within `room` characters, in the order chosen; `passes` is asked of each once."""
    chosen = _Chosen()
    thrift = THRIFT_SHORT if room <= SHORT_ROOM else THRIFT
    left = [piece for piece in pieces if piece.worth >= LEAST_WORTH]
    while True:
        fitting = [piece for piece in left if len(piece.text) <= room]
        scored = [(_gain(piece, chosen, key_weight) / len(piece.text) ** thrift, piece) for piece in fitting]
        best = max(scored, key=lambda pair: pair[0], default=None)
        if best is None or best[0] <= 0:
            return _fuller(chosen.pieces, pieces, room, passes)
        left.remove(best[1])
        if passes(best[1]):
            left = [piece for piece in left if not _overlap(piece, best[1])]
            chosen.add(best[1])
            room -= len(best[1].text)


def _fuller(
    chosen: Sequence[Piece], pieces: Sequence[Piece], room: int, passes: Callable[[Piece], bool]
) -> list[Piece]:
    """The chosen pieces, each said at more length where room is left."""
    told: list[Piece] = []
    for piece in chosen:
        beside = [other for other in chosen if other is not piece]
        longer = [
            other
            for other in pieces
            if _overlap(other, piece)
            and 0 < len(other.text) - len(piece.text) <= room
            and other.worth > 0
            and not any(_overlap(other, one) for one in beside)
        ]
        best = next((other for other in sorted(longer, key=lambda o: -len(o.text)) if passes(other)), piece)
        told.append(best)
        room -= len(best.text) - len(piece.text)
    return told


def _gain(piece: Piece, chosen: _Chosen, key_weight: float) -> float:
    """What a piece adds to those chosen."""
    if _repeats(piece, chosen):
        return 0.0
    new = len(piece.grams - chosen.grams) / max(1, len(piece.grams))
    worth = piece.worth * new
    worth *= SAME_HEADING ** chosen.headings[piece.section] * SAME_PART ** chosen.parts[piece.section[:1]]
    themes = sum(weight for n, weight in _themes(piece).items() if n not in chosen.themes)
    return worth + key_weight * (_keys(piece, chosen) + themes * min(1.0, piece.worth))


def _themes(piece: Piece) -> dict[int, float]:
    """The themes that a piece speaks of, by their place in the list, with their weight."""
    themes = enumerate(summary_words().themes)
    return {n: weight for n, (pattern, weight) in themes if pattern.search(piece.text)}


def _tells_key(piece: Piece) -> bool:
    return any(key in piece.told for key in summary_words().key_items)


def _keys(piece: Piece, chosen: _Chosen) -> float:
    """What a piece newly tells of the key indicators."""
    worth = 0.0
    for place, key in enumerate(summary_words().key_items):
        value = KEY_FIRST - KEY_STEP * place
        if key in piece.told - chosen.told:
            worth += value
        if f"{key}+" in piece.told - chosen.told:
            worth += value * KEY_CHANGE
    return worth


def _overlap(piece: Piece, other: Piece) -> bool:
    """Whether two pieces are of the same sentence and one holds the other."""
    if piece.at[:2] != other.at[:2]:
        return False
    if piece.told and piece.told == other.told:
        return True
    return piece.text.rstrip("。") in other.text or other.text.rstrip("。") in piece.text


def _repeats(piece: Piece, chosen: _Chosen) -> bool:
    """Whether a piece says what one chosen says: the same figures of the same items, or the same words."""
    if piece.told and piece.told <= chosen.told:
        return True
    for other in chosen.pieces:
        smaller = min(len(piece.grams), len(other.grams))
        if smaller and len(piece.grams & other.grams) > REPEATED * smaller:
            return True
    return False
