from __future__ import annotations

from rag.answering.draft import Material
from rag.answering.reasons import with_reasons
from rag.filings.page import Span
from rag.filings.passage import Passage
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query, QuestionKind
from tests.checking.hand_built import FILING


class _Corpus(Corpus):
    """A corpus of given texts."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        return tuple((passage(n, text), text) for n, text in enumerate(self._texts, 1))


def passage(number: int, text: str) -> Passage:
    return Passage(f"p{number}", FILING.id, number, "prose", (), (Span(1, 0, len(text)),), text)


def material(kind: QuestionKind = "why") -> Material:
    found = Evidence(1, 0.5, passage(0, "货币资金余额见下表。"), FILING)
    return Material(Query("", "", kind, line_items=("monetary_funds",)), (found,), ())


GIVEN = "(1)货币资金:报告期内募投项目投入增加及回购股票所致;"
OTHER = "(2)应付票据:报告期内开立的票据增加所致;"


def added(kind: QuestionKind, *texts: str) -> list[str]:
    return [piece.passage.text for piece in with_reasons(material(kind), _Corpus(*texts)).evidence[1:]]


def test_a_passage_that_gives_the_reason_is_added() -> None:
    assert added("why", OTHER, GIVEN) == [GIVEN]


def test_the_reason_for_another_item_is_not_added() -> None:
    assert added("why", OTHER) == []


def test_only_questions_for_reasons_are_given_any() -> None:
    assert added("text", GIVEN) == []
