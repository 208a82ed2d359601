"""Small hand-made runs: gold, results and the answers in them, of an invented issuer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from eval.answered import Found, reply_of
from eval.gold import Evidence, Question, Value, read_gold
from eval.outcomes import Outcome
from eval.results import Json, Result, Run, RunCard, SetUsed, add_result, new_run, read_run

FILE = "jia_2024.txt"
FILING = "a" * 64
QUOTE = "存货1,200.00900.00"


def a_question(key: str = "q1", **changed: object) -> Question:
    """A question on the stock of an invented company, with its evidence on page 7."""
    given: dict[str, object] = {
        "id": key,
        "question": f"甲公司存货多少（{key}）",
        "kind": "number",
        "answer": "存货1,200.00万元。",
        "values": (Value(Decimal("1200.00"), "万元"),),
        "evidence": (Evidence(FILE, QUOTE, 7, FILING),),
    }
    return Question(**{**given, **changed})  # type: ignore[arg-type]


def an_answer(text: str = "存货为1,200.00万元[1]。", **changed: object) -> Json:
    """The JSON of an answer that cites the gold quote."""
    given: Json = {
        "answer": text,
        "refused": False,
        "refusal": None,
        "citations": [a_citation()],
        "figures": [],
        "nearest": [],
        "warnings": [],
    }
    return {**given, **changed}


def a_citation(quote: str = "存货 1,200.00 900.00", page: int = 7, filing: str = FILING) -> Json:
    source = FILE if filing == FILING else "yi_2024.txt"
    return {"marker": 1, "filing_id": filing, "source": source, "quote": quote, "page": page}


def a_refusal(reason: str = "not_disclosed", nearest: Sequence[Json] = ()) -> Json:
    refusal = {"reason": reason, "message": "没有找到。"}
    return an_answer(
        "没有找到。", refused=True, refusal=refusal, citations=[], nearest=[dict(hit) for hit in nearest]
    )


def a_hit(text: str = "存货 1,200.00 900.00", page: int = 7, rank: int = 1, filing: str = FILING) -> Json:
    source = FILE if filing == FILING else "yi_2024.txt"
    return {"rank": rank, "text": text, "filing_id": filing, "source": source, "page": page}


def an_outcome(
    answer: Json | None,
    question: Question | None = None,
    hits: Sequence[Json] | None = None,
    **changed: object,
) -> Outcome:
    """What became of a question, wrong unless `scores` say otherwise."""
    asked = question or a_question()
    given: dict[str, object] = {"scores": {"correct": 0.0}}
    result = Result(
        asked.id,
        "made",
        asked.kind,
        answer,
        hits=tuple(hits) if hits is not None else None,
        **{**given, **changed},  # type: ignore[arg-type]
    )
    found = hits if hits is not None else (answer or {}).get("nearest", [])
    typed = tuple(Found(**hit) for hit in found)  # type: ignore[arg-type,attr-defined]
    return Outcome(asked, result, reply_of(answer) if answer else None, typed)


def gold_line(question: Question) -> str:
    """The question as a line of a gold file."""
    record = {
        "id": question.id,
        "question": question.question,
        "kind": question.kind,
        "answer": question.answer,
        "values": [{"value": str(value.value), "unit": value.unit} for value in question.values],
        "evidence": [
            {"file": e.file, "document": e.document, "page": e.page, "quote": e.quote}
            for e in question.evidence
        ],
        "unanswerable": question.unanswerable,
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def a_gold_file(folder: Path, questions: Sequence[Question]) -> Path:
    path = folder / "made.jsonl"
    path.write_text("".join(map(gold_line, questions)), encoding="utf-8")
    return path


def a_run(
    folder: Path,
    gold: Path,
    results: Sequence[Result],
    name: str = "试",
    finished: str | None = "2026-01-01T00:01:00Z",
) -> Run:
    """A run on the disk, read back."""
    used = read_gold(gold)
    card = RunCard(
        name,
        f"2026-01-01T00:00:{len(list(folder.glob('*'))):02}Z",
        "c0ffee",
        dirty=False,
        mode="end_to_end",
        seed=0,
        settings={"llm": {"provider": "none", "model": ""}},
        sets=(SetUsed(gold.name, used.sha256, len(used.questions)),),
        filings=(),
        finished=finished,
    )
    place = new_run(card, folder)
    for result in results:
        add_result(place, result)
    return read_run(place)


def right(key: str, **changed: object) -> Result:
    return _result(key, an_answer(), {"correct": 1.0, "recall@1": 1.0, "recall@10": 1.0}, changed)


def wrong(key: str, answer: Json | None = None, **changed: object) -> Result:
    said = answer or an_answer("存货为900.00万元[1]。")
    return _result(key, said, {"correct": 0.0, "recall@1": 0.0, "recall@10": 1.0}, changed)


def _result(key: str, answer: Json, scores: dict[str, float | None], changed: dict[str, object]) -> Result:
    given: dict[str, object] = {"answer": answer, "elapsed_ms": 20, "scores": scores, "hits": (a_hit(),)}
    return Result(key, "made", "number", **{**given, **changed})  # type: ignore[arg-type]
