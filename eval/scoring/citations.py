"""Computes whether citations are the right place, are really there, and say what the sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.answered import Cited, Reply, Said
from eval.gold import Evidence, Question
from eval.measures.citations import (
    CITATION_HIT,
    CITATION_SUPPORT,
    HIT_SHARE,
    PAGE_EXACT,
    PAGE_HIT,
    QUOTES_VERBATIM,
)
from eval.scoring.case import Case, Scores, is_of, stands_in
from eval.scoring.figures import Printed, figures_in, holds_any, one_line
from eval.scoring.wording import MARKER, bigrams, share_of

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?\n]+|$)(?:\s*\[\d{1,2}\])*")
_FIGURES = re.compile(r"[\d.,%()（）\-]+")
_DATE_UNITS = ("年", "月", "日")
# Shared character bigrams that show a sentence and its quote to speak of the same thing.
_SHARED = 2


def score(case: Case) -> Scores:
    """The scores of the citations, each where it applies."""
    question, reply = case.question, case.reply
    cited = reply.citations if reply is not None else ()
    scores: Scores = {}
    if not question.unanswerable and question.evidence:
        kept = cited if case.answered is not None else ()
        scores[CITATION_HIT.name] = _enough(question, [_hits(kept, piece) for piece in question.evidence])
        with_pages = [piece for piece in question.evidence if piece.pages]
        if with_pages:
            scores[PAGE_HIT.name] = float(any(_on_page(kept, piece) for piece in with_pages))
    if cited:
        scores[QUOTES_VERBATIM.name] = _share(
            stands_in(one.quote, case.pages.whole(one.filing_id)) for one in cited
        )
        numbered = [(one, one.page) for one in cited if one.page is not None]
        if numbered:
            scores[PAGE_EXACT.name] = _share(
                stands_in(one.quote, case.pages.text(one.filing_id, page)) for one, page in numbered
            )
    scores.update(_support(case))
    return scores


def _enough(question: Question, found: Sequence[bool]) -> float:
    return float(all(found) if question.evidence_mode == "all" else any(found))


def _hits(cited: Sequence[Cited], piece: Evidence) -> bool:
    return any(is_of(one, piece) and share_of(piece.quote, one.quote) >= HIT_SHARE for one in cited)


def _on_page(cited: Sequence[Cited], piece: Evidence) -> bool:
    return any(is_of(one, piece) and one.page in piece.pages for one in cited)


def _share(found: Iterable[bool]) -> float:
    seen = list(found)
    return sum(seen) / len(seen)


def _support(case: Case) -> Scores:
    """The share of markers whose sentence their quotes bear out; nothing shown to an answered question is 0."""
    if case.reply is None:
        return {CITATION_SUPPORT.name: 0.0} if not case.question.unanswerable else {}
    if case.answered is None:
        return {}
    sentences = list(sentences_of(case.answered))
    judged = [
        bears_out(sentence, [one for one in case.answered.citations if one.marker == marker], case.answered)
        for sentence in sentences
        for marker in sentence.markers
    ]
    figures_without = [s for s in sentences if not s.markers and _claimed(s.text)]
    total = len(judged) + len(figures_without)
    return {CITATION_SUPPORT.name: sum(judged) / total if total else 0.0}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer without its markers, and the markers it carries."""

    text: str
    markers: tuple[int, ...]


def sentences_of(reply: Reply) -> list[Sentence]:
    """The sentences of an answer; markers behind the full stop belong to the sentence before."""
    found = []
    for match in _SENTENCE.finditer(reply.answer):
        markers = tuple(int(marker[1:-1]) for marker in MARKER.findall(match[0]))
        text = MARKER.sub(" ", match[0]).strip()
        if text:
            found.append(Sentence(text, tuple(dict.fromkeys(markers))))
    return found


def bears_out(sentence: Sentence, own: Sequence[Cited], reply: Reply) -> bool:
    """Whether a marker's quotes share words with the sentence, and the sentence's quotes its figures."""
    beside = [one for one in reply.citations if one.marker in sentence.markers]
    quoted = [f for one in beside for f in figures_in(one_line(one.quote))]
    quoted += [f for said in reply.figures if said.cell for f in figures_in(one_line(said.cell))]
    computed = [f for said in reply.figures if said.check == "computed" for f in _figures_of(said)]
    claimed = _claimed(sentence.text)
    printed = [holds_any(figure, quoted) for figure in claimed]
    if claimed and own and not any(printed):  # only reckoned with what is cited: no words need be shared
        return all(holds_any(figure, computed) for figure in claimed)
    stands = all(found or holds_any(f, computed) for f, found in zip(claimed, printed, strict=True))
    return stands and any(_shares_words(sentence.text, one, reply.figures) for one in own)


def _figures_of(said: Said) -> list[Printed]:
    return list(figures_in(one_line(said.text)))


def _claimed(text: str) -> list[Printed]:
    """The figures of a sentence that its quotes must hold: dates aside."""
    return [
        f for f in figures_in(one_line(text)) if not f.text.endswith(_DATE_UNITS) and not _is_name(f, text)
    ]


def _is_name(figure: Printed, text: str) -> bool:
    """A bare figure that is a stock code, or joined to Latin letters or dashes: a name, a code or a date."""
    line = one_line(text)
    before = line[figure.start - 1 : figure.start]
    after = line[figure.start + len(figure.text) :][:1]
    joined = re.fullmatch(r"[a-z\d/-]", before) or re.fullmatch(r"[a-z/-]", after)
    return not figure.kind and bool(joined or re.fullmatch(r"\d{6}", figure.text))


def _shares_words(text: str, one: Cited, figures: Sequence[Said]) -> bool:
    heads = " ".join(said.cell for said in figures if said.marker == one.marker)
    said, quoted = (bigrams(_FIGURES.sub("", words)) for words in (text, one.quote + heads))
    return (said & quoted).total() >= min(_SHARED, quoted.total())
