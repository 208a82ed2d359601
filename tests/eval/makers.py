"""Small hand-made questions, answers and pages for the tests of the harness."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from eval.gold import Question, question_of
from eval.results import Json, Result
from eval.scoring.case import Scores
from eval.scoring.score import scores_of

FILING = "a" * 64
OTHER = "b" * 64
FILE = "甲公司.txt"
QUOTE = "营业收入 1,234.56 1,000.00"


@dataclass(frozen=True, slots=True)
class Sheets:
    """Pages by filing and number."""

    pages: dict[tuple[str, int], str] = field(default_factory=lambda: {(FILING, 7): f"单位：万元\n{QUOTE}"})

    def text(self, filing_id: str, page: int) -> str | None:
        return self.pages.get((filing_id, page))

    def whole(self, filing_id: str) -> str | None:
        texts = [text for (filing, _), text in sorted(self.pages.items()) if filing == filing_id]
        return "\n".join(texts) if texts else None


def a_question(**fields: Any) -> Question:
    """A question about revenue, with what the test changes."""
    record: dict[str, Any] = {
        "id": "q-1",
        "question": "甲公司24年上半年营收多少",
        "kind": "number",
        "answer": "1,234.56万元。",
        "values": [{"value": "1234.56", "unit": "万元"}],
        "evidence": [{"document": FILING, "file": FILE, "page": 7, "quote": QUOTE}],
    }
    return question_of({**record, **fields}, "甲.jsonl:1")


def cited(quote: str = QUOTE, marker: int = 1, **fields: Any) -> Json:
    """A citation of page 7."""
    own = {
        "marker": marker,
        "filing_id": FILING,
        "source": FILE,
        "quote": quote,
        "page": 7,
        "period": "2024H1",
    }
    return {**own, **fields}


def an_answer(text: str = "甲公司2024年上半年营业收入为1,234.56万元[1]。", **fields: Any) -> Json:
    """An answer that cites one quote."""
    return {"answer": text, "refused": False, "citations": [cited()], "figures": [], **fields}


def a_refusal(reason: str = "not_disclosed") -> Json:
    """A refusal."""
    return {
        "answer": "公告没有披露。",
        "refused": True,
        "refusal": {"reason": reason, "message": "公告没有披露。"},
    }


def a_hit(rank: int, text: str, filing: str = FILING) -> Json:
    """A search hit."""
    return {"rank": rank, "text": text, "filing_id": filing, "source": FILE}


def a_result(answer: Json | None = None, hits: tuple[Json, ...] | None = None, **fields: Any) -> Result:
    """What became of the question."""
    return Result("q-1", "甲", "number", answer, hits=hits, **fields)


def scored(question: Question, answer: Json | None, hits: tuple[Json, ...] | None = None) -> Scores:
    """The scores of an answer to a question."""
    return scores_of(question, a_result(answer, hits), Sheets(), mode="end_to_end")
