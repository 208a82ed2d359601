"""Each fault planted into answers lowers the measure that should catch it, and the gate goes red.

First on answers made up from the gold of the samples, where every mark is full without a fault; then on what
the system really answers (slow).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.gate import GATE, falls, read_floors
from eval.gold import Question, read_gold
from eval.overrides import settings_with
from eval.places import GOLD
from eval.results import Result
from eval.runner import Order, index_for
from eval.runner import run as run_order
from eval.scoring.case import Pages
from eval.scoring.score import scores_of, totals
from eval.sets import own_sets
from eval.worker import Plan, Worker
from tests.eval.makers import Sheets
from tests.eval.planted import FAULTS, Planted, with_fault

QUESTIONS = {q.id: q for q in read_gold(GOLD / "samples.jsonl").questions}
# Gold quotes of table rows leave out the space between two cells.
CELLS_END = re.compile(r"(?<=\.\d\d)(?=\d)")
NAMES = [fault.name for fault in FAULTS]
LIMITS = read_floors(GATE)


def rescored(results: Sequence[Result], pages: Pages) -> list[Result]:
    """The results with the scores of their answers as they are now."""
    return [
        replace(one, scores=scores_of(QUESTIONS[one.id], one, pages, mode="end_to_end")) for one in results
    ]


def _ideal(question: Question) -> Result:
    """What an ideal system would have answered."""
    refusal = {"reason": question.reason, "message": ""} if question.unanswerable else None
    citations: list[dict[str, Any]] = []
    if not question.unanswerable:
        citations = [
            {
                "marker": n,
                "filing_id": e.document,
                "source": e.file,
                "quote": CELLS_END.sub(" ", e.quote),
                "page": e.page,
                "period": "2024H1",
            }
            for n, e in enumerate(question.evidence, 1)
        ]
    figures = [
        {"text": f"{v.value:f}{v.unit}", "value": f"{v.value:f}", "unit": v.unit, "scope": question.scope}
        | {"period": "2024H1", "check": "computed", "marker": 1}
        for v in question.values
    ]
    markers = "".join(f"[{one['marker']}]" for one in citations)
    told = [question.question, question.answer, *(str(figure["text"]) for figure in figures)]
    said = "，".join(re.sub(r"[。？?]", "", text) for text in told)
    answer = {"answer": f"{said}{markers}。", "refused": question.unanswerable, "refusal": refusal}
    return Result(
        question.id, "samples", question.kind, {**answer, "citations": citations, "figures": figures}
    )


@pytest.fixture(scope="module")
def sheets() -> Sheets:
    pages: dict[tuple[str, int], str] = {}
    for piece in (piece for question in QUESTIONS.values() for piece in question.evidence):
        key = (piece.document, piece.page or 0)
        pages[key] = f"{pages.get(key, '')}\n{piece.quote}"
    return Sheets(pages)


@pytest.fixture(scope="module")
def ideal(sheets: Sheets) -> list[Result]:
    return rescored([_ideal(question) for question in QUESTIONS.values()], sheets)


def test_ideal_answers_have_full_marks(ideal: list[Result]) -> None:
    values = totals(ideal)
    assert {name: value for name, value in values.items() if value < 1.0 and name != "citation_support"} == {}
    assert values["citation_support"] > 0.7  # gold prose reckons on, and leaves out what its quotes name


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_fault_lowers_its_measures(fault: Planted, ideal: list[Result], sheets: Sheets) -> None:
    before, after = totals(ideal), totals(rescored(with_fault(ideal, fault), sheets))
    assert [name for name in fault.caught_by if not after.get(name, 0.0) < before[name]] == []


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    """What the system answers to the samples' questions, without a model."""
    asked, _ = own_sets(["samples"])
    order = Order(tuple(asked), settings_with(None, ["llm.provider=none"]), "mutations")
    return list(run_order(order, tmp_path_factory.mktemp("results")).results)


@pytest.fixture(scope="module")
def stored() -> Iterator[Pages]:
    """The pages of the samples as the index holds them."""
    settings = settings_with(None, [])
    asked, _ = own_sets(["samples"])
    worker = Worker(Plan(settings, "end_to_end", 0))
    yield worker.pages(index_for(asked[0].shelf, settings, lambda _: None))
    worker.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_gate_is_green_without_a_fault(recorded: list[Result]) -> None:
    assert falls(recorded, LIMITS, {}) == []


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_fault_in_recorded_answers_turns_the_gate_red(
    fault: Planted, recorded: list[Result], stored: Pages
) -> None:
    after = rescored(with_fault(recorded, fault), stored)
    fallen = {fall.measure for fall in falls(after, LIMITS, {})}
    assert [name for name in fault.caught_by if name not in fallen] == []


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_run_cut_off_midway_resumes_to_the_same_numbers(recorded: list[Result], tmp_path: Path) -> None:
    asked, _ = own_sets(["samples"])
    settings = settings_with(None, ["llm.provider=none"])
    order = Order(tuple(asked), settings, "cut", workers=1)

    class CutError(Exception):
        pass

    def cut(_what: str, done: int, _total: int) -> None:
        if done == 20:
            raise CutError

    with pytest.raises(CutError):
        run_order(order, tmp_path, show=cut)
    (folder,) = tmp_path.iterdir()
    with (folder / "answers.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "half a li')
    resumed = run_order(order, tmp_path, resume=folder)

    def figures(results: Sequence[Result]) -> dict[str, float]:
        return {name: value for name, value in totals(results).items() if "latency" not in name}

    assert figures(resumed.results) == figures(recorded)
