"""One worker of a run: opens the indexes it is sent to, asks, searches and scores."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from eval.corpus import at
from eval.gold import Question
from eval.measures.retrieval import DEPTH
from eval.results import Json, Result, RunMode
from eval.scoring.score import scores_of
from rag import Answer, Assistant, Filters, Settings, UserError, XunjuError, hit_json, open_assistant, to_json


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for every question of a run."""

    settings: Settings
    mode: RunMode
    seed: int
    prices: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One question, the set it is of, the index it is asked of."""

    question: Question
    set: str
    index: Path


class StoredPages:
    """Pages as the index holds them, each filing read once."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._pages: dict[str, dict[int, str]] = {}

    def text(self, filing_id: str, page: int) -> str | None:
        """The text of a page; None where there is none."""
        return self._of(filing_id).get(page)

    def whole(self, filing_id: str) -> str | None:
        """The text of all pages, one after the other; None for a filing that is not loaded."""
        pages = self._of(filing_id)
        return "\n".join(pages[number] for number in sorted(pages)) if pages else None

    def _of(self, filing_id: str) -> dict[int, str]:
        if filing_id not in self._pages:
            card = next((f for f in self._assistant.filings() if f.id == filing_id), None)
            self._pages[filing_id] = self._read(filing_id, card.page_count) if card else {}
        return self._pages[filing_id]

    def _read(self, filing_id: str, count: int) -> dict[int, str]:
        pages = {}
        for number in range(1, count + 1):
            try:
                pages[number] = self._assistant.page(filing_id, number).text
            except UserError:  # a page marker that the file leaves out
                continue
        return pages


@dataclass(slots=True)
class Worker:
    """Asks questions one after the other; assistants stay open between them."""

    plan: Plan
    _open: dict[Path, tuple[Assistant, StoredPages]] = field(default_factory=dict)

    def result(self, job: Job) -> Result:
        """What became of a question; what goes wrong with it is its error and stops no other."""
        random.seed(f"{self.plan.seed} {job.set} {job.question.id}")
        question = job.question
        empty = Result(question.id, job.set, question.kind)
        assistant, pages = self._at(job.index)
        try:
            done = self._asked(assistant, question, empty)
        except XunjuError as error:
            done = replace(empty, error=f"{error.kind}: {error}")
        except Exception as error:  # a bug met by one question is told in its place
            done = replace(empty, error=f"internal: {type(error).__name__}: {error}")
        scores = scores_of(question, done, pages, mode=self.plan.mode, prices=self.plan.prices)
        return replace(done, scores=scores)

    def pages(self, index: Path) -> StoredPages:
        """The pages of an index."""
        return self._at(index)[1]

    def generation(self, index: Path) -> str:
        """The state of an index."""
        return self._at(index)[0].generation

    def close(self) -> None:
        """Releases the indexes."""
        for assistant, _ in self._open.values():
            assistant.close()
        self._open.clear()

    def _asked(self, assistant: Assistant, question: Question, empty: Result) -> Result:
        filters = filters_of(question, given_filing=self.plan.mode == "answer")
        answer: Json | None = None
        started = time.perf_counter()
        if self.plan.mode != "retrieval":
            answer = _json(assistant.answer(question.question, history=question.history, filters=filters))
        elapsed = round((time.perf_counter() - started) * 1000)
        if self.plan.mode == "answer":
            return replace(empty, answer=answer, elapsed_ms=elapsed)
        found = assistant.search(question.question, history=question.history, top_k=DEPTH, filters=filters)
        if self.plan.mode == "retrieval":
            elapsed = round((time.perf_counter() - started) * 1000)
        return replace(empty, answer=answer, hits=tuple(hit_json(hit) for hit in found), elapsed_ms=elapsed)

    def _at(self, index: Path) -> tuple[Assistant, StoredPages]:
        if index not in self._open:
            assistant = open_assistant(at(self.plan.settings, index))
            self._open[index] = (assistant, StoredPages(assistant))
        return self._open[index]


def filters_of(question: Question, *, given_filing: bool) -> Filters:
    """What the question fixes; with `given_filing` also the one filing of its evidence, so nothing is routed."""
    files = {piece.file for piece in question.evidence}
    filing = question.filing or (next(iter(files)) if given_filing and len(files) == 1 else "")
    return Filters(question.company, question.period, filing)


def _json(answer: Answer) -> Json:
    return to_json(answer)
