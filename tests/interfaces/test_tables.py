from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from rag import UserError
from rag.interfaces.tables import inert, read_table, write_table


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "-", "-85,594 万元"]
)
def test_text_that_a_spreadsheet_would_run_is_made_inert(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-85,594", "-85,594,408.32", "+3.5%", "营业收入", "", "1-6月"])
def test_figures_and_plain_words_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


def test_a_workbook_holds_formulas_as_text(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", [{"answer": "=1+1", "quote_1": "-85,594"}])
    cells = openpyxl.load_workbook(tmp_path / "a.xlsx").active[2]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        ("=1+1", "s", True),
        ("-85,594", "s", True),
    ]


def test_control_signs_do_not_break_a_workbook(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", [{"answer": "营\x00业\x1b[2J"}])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["A2"].value == "营业[2J"


def test_columns_are_those_of_all_rows_in_the_order_of_first_use(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", [{"id": 1, "page_1": 6}, {"id": 2, "page_1": 7, "page_2": 8}])
    lines = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert lines == [["id", "page_1", "page_2"], ["1", "6", ""], ["2", "7", "8"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_are_read_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "q.csv").write_text("id,question\n1,营业收入？\n\n", encoding=encoding)
    assert read_table(tmp_path / "q.csv") == [{"id": "1", "question": "营业收入？"}]


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "q.xlsx").write_bytes(b"no zip")
    with pytest.raises(UserError, match="不是完整的 xlsx 文件"):
        read_table(tmp_path / "q.xlsx")


def test_a_table_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="结果写不到"):
        write_table(tmp_path / "none" / "a.csv", [{"id": 1}])
