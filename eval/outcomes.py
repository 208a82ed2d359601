"""A run's results beside their gold questions, with the evidence that was and was not found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from pydantic import ValidationError

from eval.answered import Cited, Found, Reply, hits_of, reply_of
from eval.gold import Evidence, GoldSet, Question
from eval.measures.citations import HIT_SHARE
from eval.own_sets import read_own_set
from eval.places import GOLD
from eval.results import Result, Run, SetUsed
from eval.scoring.case import is_of
from eval.scoring.score import scores_of
from eval.scoring.wording import share_of
from rag import UserError


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question of a run: gold, result, and the result's answer and hits in types.

    `hits` are those of the search, and below a refusal the nearest passages; best first.
    """

    question: Question
    result: Result
    reply: Reply | None = None
    hits: tuple[Found, ...] = ()

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The citations of the answer, none where there is no answer."""
        return self.reply.citations if self.reply else ()

    @property
    def searched(self) -> bool:
        """Whether the result says what the search found."""
        return bool(self.hits) or self.result.hits is not None


def outcomes_of(run: Run, sets: Sequence[GoldSet]) -> tuple[Outcome, ...]:
    """Every question of the sets as the run has it, in gold order; one without a result has failed.

    Results of questions that are no longer in the gold are left out.
    """
    results = run.by_key
    return tuple(
        _outcome(question, results.get((gold.name, question.id)) or _missing(gold.name, question, run), run)
        for gold in sets
        for question in gold.questions
    )


def sets_of(run: Run, places: Sequence[Path] = ()) -> tuple[GoldSet, ...]:
    """The gold sets that a run asked, looked for among `places` (files) and in the gold folder.

    Only the questions that the run was to ask are in them.  UserError where a set is not found.
    """
    return tuple(_asked(run, used, read_own_set(_found(used.file, places, run))) for used in run.card.sets)


def _asked(run: Run, used: SetUsed, gold: GoldSet) -> GoldSet:
    if gold.sha256 == used.sha256:
        return replace(gold, questions=gold.questions[: used.questions])
    results = run.by_key  # the set has changed: new questions were never asked
    return replace(gold, questions=tuple(q for q in gold.questions if (gold.name, q.id) in results))


def changed_sets(run: Run, sets: Sequence[GoldSet]) -> tuple[str, ...]:
    """The names of the sets that have been edited since the run asked them."""
    asked = {PurePath(used.file).stem: used.sha256 for used in run.card.sets}
    return tuple(gold.name for gold in sets if asked.get(gold.name) not in (None, gold.sha256))


def holds(text: str, quote: str) -> bool:
    """Whether a text holds a gold quote, white space and width of signs aside."""
    return share_of(quote, text) >= HIT_SHARE


def cited_at(evidence: Evidence, outcome: Outcome) -> int:
    """The marker of the first citation that holds the evidence; 0 if none does."""
    for citation in outcome.cited:
        if is_of(citation, evidence) and holds(citation.quote, evidence.quote):
            return citation.marker
    return 0


def found_at(evidence: Evidence, outcome: Outcome) -> int:
    """The rank of the first hit that holds the evidence; 0 if none does."""
    for hit in outcome.hits:
        if is_of(hit, evidence) and holds(hit.text, evidence.quote):
            return hit.rank
    return 0


def _outcome(question: Question, result: Result, run: Run) -> Outcome:
    try:
        reply = reply_of(result.answer) if result.answer is not None else None
        return Outcome(question, result, reply, hits_of(list(_hits(result))))
    except ValidationError as error:
        raise UserError(
            f"{run.folder.name}：第 {question.id} 题的结果缺少回答应有的内容。请重新运行评测。"
        ) from error


def _hits(result: Result) -> Iterator[object]:
    yield from result.hits or ()
    if result.hits is None and result.answer is not None:
        nearest = result.answer.get("nearest")
        yield from nearest if isinstance(nearest, list) else ()


def _missing(name: str, question: Question, run: Run) -> Result:
    result = Result(question.id, name, question.kind, error="没有结果")
    return replace(result, scores=scores_of(question, result, _NoPages(), mode=run.card.mode))


class _NoPages:
    """The pages that a question without an answer needs."""

    def text(self, filing_id: str, page: int) -> str | None:
        return None

    def whole(self, filing_id: str) -> str | None:
        return None


def _found(file: str, places: Sequence[Path], run: Run) -> Path:
    named = [place for place in places if place.name == PurePath(file).name]
    for place in (*named, GOLD / PurePath(file).name):
        if place.is_file():
            return place
    raise UserError(
        f"找不到 {run.folder.name} 用的题集 {file}。请用 --own 给出它的位置，或把它放回 eval/gold。"
    )
