"""Tables that people keep become gold questions; what cannot be read is told with file and row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from eval.own_sets import read_own_set
from rag import UserError

HEADS = ["问题", "数值", "必含词", "公告", "页码", "原文", "拒答理由"]
ROWS = [
    ["营收多少", "1,234.5万元；12.3%", "", "甲.pdf", "7", "营业收入 1,234.5", ""],
    ["谁签的字", "", "张三/张先生；李四", "", "", "", ""],
    ["明年营收多少", "", "", "", "", "", "未披露"],
]


def _csv(folder: Path, *rows: list[str], encoding: str = "utf-8") -> Path:
    path = folder / "题.csv"
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    path.write_text(text, encoding=encoding)
    return path


def _xlsx(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADS, *ROWS]:
        sheet.append(row)
    path = folder / "题.xlsx"
    book.save(path)
    return path


def test_a_csv_and_an_xlsx_of_the_same_rows_are_the_same_questions(tmp_path: Path) -> None:
    from_csv, from_xlsx = read_own_set(_csv(tmp_path, HEADS, *ROWS)), read_own_set(_xlsx(tmp_path))
    told = [
        [(q.question, q.values, q.must_include, q.evidence) for q in s.questions]
        for s in (from_csv, from_xlsx)
    ]
    assert told[0] == told[1]


def test_values_words_and_evidence_are_read(tmp_path: Path) -> None:
    first, second, third = read_own_set(_csv(tmp_path, HEADS, *ROWS)).questions
    assert [value.value for value in first.values] == [Decimal("1234.5"), Decimal("12.3")]
    assert (first.evidence[0].file, first.evidence[0].page) == ("甲.pdf", 7)
    assert second.must_include == (("张三", "张先生"), ("李四",))
    assert (third.unanswerable, third.reason, third.kind) == (True, "not_disclosed", "unanswerable")


def test_a_table_in_gb18030_is_read(tmp_path: Path) -> None:
    assert len(read_own_set(_csv(tmp_path, HEADS, *ROWS, encoding="gb18030")).questions) == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["营收", "很多", "", "", "", "", ""], "读不懂"),
        (["营收", "", "", "", "", "", ""], "没有可以评判的依据"),
        (["营收", "", "", "", "", "营业收入", ""], "出自哪个文件"),
        (["营收", "", "", "甲.pdf", "第七页", "营业收入", ""], "不是数字"),
        (["", "1元", "", "", "", "", ""], "question"),
    ],
)
def test_a_bad_row_is_told_with_file_and_row(tmp_path: Path, row: list[str], words: str) -> None:
    with pytest.raises(UserError, match=r"题\.csv:2") as told:
        read_own_set(_csv(tmp_path, HEADS, row))
    assert words in str(told.value)


def test_an_unknown_column_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不认识的列“颜色”"):
        read_own_set(_csv(tmp_path, ["问题", "颜色"], ["营收", "红"]))


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="是空的"):
        read_own_set(_csv(tmp_path, HEADS))


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "题.xlsx"
    path.write_bytes(b"no table")
    with pytest.raises(UserError, match="不是完整的 xlsx"):
        read_own_set(path)
