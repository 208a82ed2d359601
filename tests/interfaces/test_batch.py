from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from tests.interfaces.conftest import Xunju

GOOD = {"id": "a", "question": "澜图工软2024年上半年营业收入是多少？"}


def _questions(*lines: object) -> Path:
    path = Path("questions.jsonl")
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def _answers(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_answers_stand_in_the_order_asked(xunju: Xunju, built: Path) -> None:
    path = _questions({**GOOD, "id": "b"}, {**GOOD, "id": 2}, GOOD)
    run = xunju("ask", "--batch", path, "--out", "-", "--index", built)
    assert [answer["id"] for answer in _answers(run.out)] == ["b", 2, "a"]
    assert run.code == 0


def test_a_broken_line_is_an_error_in_its_place(xunju: Xunju, built: Path) -> None:
    run = xunju("ask", "--batch", _questions(GOOD, '{"id": "b", ', GOOD), "--out", "-", "--index", built)
    first, broken, last = _answers(run.out)
    assert broken["id"] is None
    assert broken["error"] == {
        "kind": "user", "message": "第 2 行不是完整的 JSON。请改正这一行后重新提问。"
    }  # fmt: skip
    assert first["refused"] is last["refused"] is False
    assert run.code == 3


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "x", "question": ""}, "问题是空的"),
        ({"id": "x", "question": "营收", "company": "无此公司"}, "没有公司"),
        ({"id": "x", "question": "营收", "filing": "无此公告"}, "没有公告"),
        ({"id": "x", "question": ["营收"]}, "question 应是文字"),
        ({"id": "x", "question": "营收", "history": "昨天"}, "history 应是"),
    ],
)
def test_a_row_that_fails_keeps_its_id_and_place(
    xunju: Xunju, built: Path, row: dict[str, object], said: str
) -> None:
    run = xunju("ask", "--batch", _questions(row, GOOD), "--out", "-", "--index", built)
    failed = _answers(run.out)[0]
    assert (failed["id"], said in str(failed["error"]), run.code) == ("x", True, 3)


def test_a_follow_up_takes_its_company_from_the_history(xunju: Xunju, built: Path) -> None:
    history = [{"question": "澜图工软2024年上半年营业收入是多少？", "answer": "……"}]
    run = xunju(
        "ask",
        "--batch",
        _questions({"question": "那净利润呢", "history": history}),
        "--out",
        "-",
        "--index",
        built,
    )
    assert "澜图工软" in str(_answers(run.out)[0]["answer"])


def test_a_bug_in_one_row_leaves_the_others(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import rag

    right = rag.Assistant.answer

    def wrong(self: rag.Assistant, question: str, **given: object) -> rag.Answer:
        if question == "坏":
            raise ZeroDivisionError
        return right(self, question, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(rag.Assistant, "answer", wrong)
    path = _questions({"id": "x", "question": "坏"}, GOOD)
    failed, good = _answers(xunju("ask", "--batch", path, "--out", "-", "--index", built).out)
    assert failed["error"]["kind"] == "internal"  # type: ignore[index]
    assert good["refused"] is False


def test_a_missing_file_of_questions_is_told(xunju: Xunju, built: Path) -> None:
    run = xunju("ask", "--batch", "none.jsonl", "--out", "o.jsonl", "--index", built)
    assert (run.code, Path("o.jsonl").exists()) == (1, False)
    assert "找不到批量文件" in run.err


def test_the_questions_are_not_overwritten(xunju: Xunju, built: Path) -> None:
    path = _questions(GOOD)
    before = path.read_bytes()
    run = xunju("ask", "--batch", path, "--out", path, "--index", built)
    assert (run.code, path.read_bytes()) == (1, before)


def test_an_unknown_format_is_told(xunju: Xunju, built: Path) -> None:
    assert "格式不认识" in xunju("ask", "--batch", _questions(GOOD), "--out", "o.txt", "--index", built).err


def test_batch_without_out_is_a_usage_error(xunju: Xunju) -> None:
    run = xunju("ask", "--batch", _questions(GOOD))
    assert run.code == 2
    assert "--out" in run.err


def test_a_table_goes_in_and_comes_out_with_numbered_citations(xunju: Xunju, built: Path) -> None:
    Path("q.csv").write_bytes("编号,问题\n1,澜图工软2024年上半年营业收入是多少？\n".encode("gb18030"))
    assert xunju("ask", "--batch", "q.csv", "--out", "a.csv", "--index", built).code == 0
    with Path("a.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["id"], row["source_1"], row["page_1"]) == ("1", "lantu_2024_half_year.txt", "6")
    assert row["quote_1"].startswith("营业收入")


def test_a_workbook_goes_in_and_comes_out(xunju: Xunju, built: Path) -> None:
    book = openpyxl.Workbook()
    for line in (["id", "question"], [7, GOOD["question"]], [8, None]):
        book.active.append(line)
    book.save("q.xlsx")
    assert xunju("ask", "--batch", "q.xlsx", "--out", "a.xlsx", "--index", built).code == 3
    heads, good, failed = openpyxl.load_workbook("a.xlsx").active.iter_rows(values_only=True)
    assert heads[:3] == ("id", "question", "answer")
    assert (good[0], good[heads.index("page_1")]) == ("7", "6")
    assert (failed[0], "问题是空的" in failed[heads.index("error")]) == ("8", True)


def test_search_answers_rows_with_hits(xunju: Xunju, built: Path) -> None:
    path = _questions({"id": "s", "question": "重大诉讼", "filing": "lantu_2024_half_year.txt"})
    (row,) = _answers(xunju("search", "--batch", path, "--out", "-", "-k", "2", "--index", built).out)
    assert row["id"] == "s"
    assert {hit["source"] for hit in row["hits"]} == {"lantu_2024_half_year.txt"}  # type: ignore[attr-defined]
