from __future__ import annotations

from rag.answering.draft import Material
from rag.answering.unit_claim import claims_of
from rag.answering.units import units_of
from rag.filings.page import Span
from rag.filings.passage import Cell, Column, Passage, Row
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query, QuestionKind
from tests.checking.hand_built import FILING


def said(text: str, question: str, kind: QuestionKind, rows: tuple[Row, ...] = ()) -> list[str]:
    columns = (Column("取得年度"),) if rows else ()
    passage = Passage(
        "p",
        FILING.id,
        0,
        "table" if rows else "prose",
        (),
        (Span(1, 0, len(text)),),
        text,
        rows=rows,
        columns=columns,
    )
    held = Material(Query(question, question, kind), (Evidence(1, 0.5, passage, FILING),), ())
    unit = units_of(held.evidence)[0]
    return [claim.text for claim in claims_of(held, unit, (), first=True)]


ROW = "认定企业 2022"
YEAR = (Row("认定企业", 0, len(ROW), (Cell("2022", 5, 9, 0),)),)


def test_a_lead_in_without_its_list_is_not_said() -> None:
    assert said("主要在研项目如下：", "在研项目有哪些", "list") == []


def test_a_lone_year_answers_no_question_for_a_day() -> None:
    assert said(ROW, "哪天认定的", "text", YEAR) == []


def test_a_lone_year_answers_a_question_for_a_year() -> None:
    assert "2022" in "".join(said(ROW, "哪年认定的", "text", YEAR))
