"""The questions asked: our own gold and, where it is there, the gold shared beside the project."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.scoring.citations import HIT_SHARE
from eval.scoring.wording import share_of
from eval.sets import Shelf, own_sets, shelf_of
from rag import Filters, Turn

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
_TEXTS = ("hillstone_2024h1", "hillstone_plan_2024h1", "qianxin_2025h1", "crossdoc")


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what its evidence says: pairs of file name and quote, alternatives of each other."""

    question: str
    history: tuple[Turn, ...]
    filters: Filters
    evidence: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The question with those before it, for a search that knows no conversation."""
        return " ".join((*(turn.question for turn in self.history), self.question))

    def is_held_by(self, file: str, text: str) -> bool:
        """Whether a text of this file holds 60 % of the bigrams of one of the quotes."""
        return any(file == name and share_of(quote, text) >= HIT_SHARE for name, quote in self.evidence)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions asked with the same filings loaded; `kind` is `own` or `shared`."""

    kind: str
    shelf: Shelf
    cases: tuple[Case, ...]


def groups() -> Iterator[Group]:
    """Every group of questions whose filings are here."""
    asked, _ = own_sets(())
    for one in asked:
        cases = tuple(
            Case(q.question, q.history, Filters(q.company, q.period, q.filing), _named(q.evidence))
            for q in one.gold.questions
            if q.evidence and not q.unanswerable
        )
        yield Group("own", one.shelf, cases)
    gold, filings = SHARED / "gold", SHARED / "filings"
    if gold.is_dir():
        texts = [case for name in _TEXTS for case in _shared(gold, name)]
        yield Group("shared", shelf_of(sorted(filings.glob("*.txt"))), tuple(texts))
        yield Group("shared", shelf_of(sorted(filings.glob("*.pdf"))), tuple(_shared(gold, "other_filings")))


def _named(evidence: tuple[object, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((str(getattr(e, "file", "")), str(getattr(e, "quote", ""))) for e in evidence)


def _shared(gold: Path, name: str) -> Iterator[Case]:
    """The questions of a shared set, asked as its own scorer prints them."""
    place = gold / f"{name}.jsonl"
    known = {row["id"]: row for row in map(json.loads, place.read_text(encoding="utf-8").splitlines())}
    command = [sys.executable, str(gold / "score.py"), str(place), "--rows"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for row in map(json.loads, printed.splitlines()):
        full = known[row["id"]]
        if full.get("evidence") and not full.get("unanswerable"):
            history = tuple(Turn(t["question"], t.get("answer", "")) for t in row.get("history") or [])
            evidence = tuple((e["doc"], e["quote"]) for e in full["evidence"])
            yield Case(row["question"], history, Filters(filing=row.get("filing") or ""), evidence)
