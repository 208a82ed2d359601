from __future__ import annotations

import json
from pathlib import Path

from tests.interfaces.conftest import Xunju

FILING = "lantu_2024_half_year.txt"


def _rows(*rows: dict[str, object]) -> Path:
    path = Path("wishes.jsonl")
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_a_summary_is_shown_with_its_citations(xunju: Xunju, built: Path) -> None:
    run = xunju("summarize", FILING, "--max-chars", "200", "--index", built)
    assert (run.code, "[1] 澜图工软 · 2024H1" in run.out, "未覆盖：" in run.out) == (0, True, True)


def test_a_summary_as_json_is_an_answer(xunju: Xunju, built: Path) -> None:
    answer = json.loads(xunju("summarize", FILING, "--section", "风险因素", "--json", "--index", built).out)
    assert (answer["refused"], answer["generated_by_ai"], bool(answer["citations"])) == (False, False, True)


def test_a_batch_takes_scope_instruction_and_length(xunju: Xunju, built: Path) -> None:
    row = {
        "id": "a",
        "scope": {"doc": FILING, "section": "风险因素"},
        "instruction": "概括风险",
        "max_chars": 120,
    }
    (line,) = xunju("summarize", "--batch", _rows(row), "--out", "-", "--index", built).out.splitlines()
    answer = json.loads(line)
    assert (answer["id"], answer["citations"][0]["section"][1]) == ("a", "五、风险因素")


def test_a_row_that_fails_keeps_its_place(xunju: Xunju, built: Path) -> None:
    rows = _rows({"id": "x", "scope": {"doc": "没有.txt"}}, {"id": "y", "scope": {"doc": FILING}})
    run = xunju("summarize", "--batch", rows, "--out", "-", "--index", built)
    first, second = (json.loads(line) for line in run.out.splitlines())
    assert (first["error"]["kind"], second["id"], run.code) == ("user", "y", 3)


def test_a_length_that_is_no_number_is_told(xunju: Xunju, built: Path) -> None:
    rows = _rows({"id": "x", "scope": {"doc": FILING}, "max_chars": "很短"})
    run = xunju("summarize", "--batch", rows, "--out", "-", "--index", built)
    assert "max_chars 应是正整数" in run.out


def test_the_card_tells_figure_change_scope_and_page(xunju: Xunju, built: Path) -> None:
    run = xunju("card", FILING, "--index", built)
    assert "营业收入：214,889,491.45元（约2.15亿元），同比 13.49%" in run.out
    assert "合并 · 第6页" in run.out


def test_the_card_as_json_is_one_object(xunju: Xunju, built: Path) -> None:
    shown = json.loads(xunju("card", FILING, "--json", "--index", built).out)
    assert (shown["period"], shown["figures"][0]["name"]) == ("2024H1", "营业收入")


def test_a_filing_without_key_figures_gets_no_card(xunju: Xunju, built: Path) -> None:
    run = xunju("card", "boning_2024_evaluation.txt", "--index", built)
    assert (run.code, "做不成指标卡" in run.err) == (1, True)


def test_a_summary_is_kept_as_a_document(xunju: Xunju, built: Path) -> None:
    run = xunju("summarize", FILING, "--max-chars", "200", "--out", "摘要.docx", "--index", built)
    assert (run.code, Path("摘要.docx").read_bytes()[:2], "已存到 摘要.docx" in run.err) == (0, b"PK", True)


def test_a_card_is_kept_as_a_workbook(xunju: Xunju, built: Path) -> None:
    assert xunju("card", FILING, "--out", "卡.xlsx", "--index", built).code == 0
    assert Path("卡.xlsx").read_bytes()[:2] == b"PK"


def test_an_answer_is_kept_as_markdown(xunju: Xunju, built: Path) -> None:
    run = xunju("ask", "澜图工软2024年上半年营业收入是多少", "--out", "答.md", "--index", built)
    assert (run.code, "[^1]: 澜图工软" in Path("答.md").read_text(encoding="utf-8")) == (0, True)


def test_an_unknown_format_is_told_before_the_work(xunju: Xunju, built: Path) -> None:
    run = xunju("summarize", FILING, "--out", "摘要.pdf", "--index", built)
    assert (run.code, run.out, "不认识的格式" in run.err) == (1, "", True)
