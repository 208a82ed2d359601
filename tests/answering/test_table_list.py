"""Lists of a table's row labels; names and figures are invented."""

from __future__ import annotations

from rag.answering.draft import Material
from rag.answering.relevance import Need
from rag.answering.table_list import named_table
from rag.checking.check import check
from rag.filings.page import Span
from rag.filings.passage import Cell, Column, Passage, Row
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from tests.checking.hand_built import FILING

HEAD = "项目名称 累计投入"


def table(number: int, *labels: str) -> Passage:
    text, rows = HEAD, []
    for n, label in enumerate(labels):
        start = len(text) + 1
        text += f"\n{label} {n + 1}00.00"
        place = start + len(label) + 1
        rows.append(Row(label, start, len(text), (Cell(f"{n + 1}00.00", place, len(text), 0, "万元"),)))
    section = ("第三节 管理层讨论与分析", "4.在研项目情况")
    spans, columns = (Span(1, 0, len(text)),), (Column("累计投入"),)
    return Passage(
        f"p{number}", FILING.id, number, "table", section, spans, text, columns=columns, rows=tuple(rows)
    )


class _Corpus(Corpus):
    """A corpus of these tables."""

    def __init__(self, *tables: Passage) -> None:
        self._tables = tables

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        return tuple((passage, passage.text) for passage in self._tables)


def named(word: str, *tables: Passage) -> str:
    found = Evidence(1, 0.5, tables[0], FILING)
    needs = (Need((word,), 2.0, 1, is_name=True),)
    made = named_table(Material(Query("", "", "list"), (found,), ()), needs, _Corpus(*tables))
    if made is None:
        return ""
    claim, grown = made
    assert check(claim, grown.evidence).passed
    return claim.text


def test_all_rows_of_the_table_that_is_named_are_its_list() -> None:
    told = named("在研项目", table(1, "检测平台", "合计"), table(2, "成像系统", "影像软件"))
    assert told.endswith("在研项目情况列有：检测平台、成像系统、影像软件。")


def test_a_table_with_a_row_without_a_name_is_no_list() -> None:
    assert named("在研项目", table(1, "检测平台", "成像系统", "(有限合伙)某某")) == ""


def test_a_table_of_another_matter_is_no_list() -> None:
    assert named("前十名股东", table(1, "检测平台", "成像系统")) == ""


def test_lines_of_statements_are_no_list_of_things() -> None:
    assert named("在研项目", table(1, "营业收入", "净利润")) == ""
