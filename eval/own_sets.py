"""Users' own question sets: .xlsx, .csv and .jsonl with heads in Chinese or English become gold questions.

A row needs a question, and something to judge by: values, words, a page with a quote, or that it cannot be
answered.  Column heads and their meaning stand in `HEADS`; `docs/evaluation.md` shows an example.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.gold import GoldSet, gold_set, question_of, read_gold
from rag import UserError

HEADS = {
    "编号": "id", "序号": "id", "问题": "question",
    "题型": "kind", "类型": "kind", "参考答案": "answer", "答案": "answer",
    "数值": "values", "必含词": "must_include", "公告": "file", "文件": "file", "页码": "page", "原文": "quote",
    "限定公告": "filing", "公司": "company", "报告期": "period", "口径": "scope", "上一问": "before",
    "不可回答": "unanswerable", "拒答理由": "reason",
}  # fmt: skip
KINDS = {
    "数值": "number", "比较": "compare", "计算": "calc", "文字": "text", "原因": "why", "列举": "list", "是否": "yesno",
    "追问": "followup", "不可回答": "unanswerable",
}  # fmt: skip
REASONS = {
    "未披露": "not_disclosed", "未检索到": "not_found", "有歧义": "ambiguous", "相互矛盾": "conflicting",
    "超出范围": "out_of_scope", "前提有误": "unsupported_premise",
}  # fmt: skip
_COLUMNS = (*dict.fromkeys(HEADS.values()), "evidence_mode", "accept", "derivation")
_VALUE = re.compile(r"\s*(?P<value>[-+]?[\d,，]*\.?\d+)\s*(?P<unit>\S*)\s*")
_YES = ("是", "yes", "true", "1", "y", "√")


def read_own_set(path: Path) -> GoldSet:
    """The questions of a user's file; UserError with file and line (or row) where one is no question."""
    if not path.is_file():
        raise UserError(f"找不到题集 {path}。请检查路径是否写对。")
    kind = path.suffix.lower()
    if kind == ".jsonl":
        return read_gold(path)
    if kind not in (".csv", ".xlsx"):
        raise UserError(f"题集 {path.name} 的格式不认识。请用 .xlsx、.csv 或 .jsonl。")
    lines = _csv(path) if kind == ".csv" else _xlsx(path)
    questions = tuple(question_of(_record(row, place), place) for place, row in _rows(path, lines))
    return gold_set(path, hashlib.sha256(path.read_bytes()).hexdigest(), questions)


def _rows(path: Path, lines: list[list[str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each filled row under the first filled one, by our names of columns, with its place."""
    filled = [(n, line) for n, line in enumerate(lines, 1) if any(cell.strip() for cell in line)]
    if not filled:
        return
    first, cells = filled[0]
    heads = [HEADS.get(cell.strip(), cell.strip()) for cell in cells]
    for head in heads:
        if head and head not in _COLUMNS:
            raise UserError(f"{path.name}:{first}：不认识的列“{head}”。可用的列：{'、'.join(HEADS)}。")
    for number, line in filled[1:]:
        row = {head: cell.strip() for head, cell in zip(heads, line, strict=False) if head and cell.strip()}
        yield f"{path.name}:{number}", {"id": str(number - first), **row}


def _record(row: Mapping[str, str], place: str) -> dict[str, Any]:
    """A row as the record of a gold question."""
    record: dict[str, Any] = {
        k: v for k, v in row.items() if k in ("id", "question", "answer", "filing", "company")
    }
    record |= {
        k: v for k, v in row.items() if k in ("period", "scope", "evidence_mode", "accept", "derivation")
    }
    record["unanswerable"] = row.get("unanswerable", "").lower() in _YES or "reason" in row
    record["values"] = _values(row.get("values", ""), place)
    record["must_include"] = [_split(group, "/|／") for group in _split(row.get("must_include", ""), ";；")]
    record["evidence"] = _evidence(row, place)
    if "before" in row:
        record["history"] = [{"question": row["before"]}]
    if "reason" in row:
        record["reason"] = REASONS.get(row["reason"], row["reason"])
    record["kind"] = _kind(row, record)
    _has_a_yardstick(record, place)
    return record


def _kind(row: Mapping[str, str], record: Mapping[str, Any]) -> str:
    """The kind as written, else the one that what is to be judged suggests."""
    if "kind" in row:
        return KINDS.get(row["kind"], row["kind"])
    if record["unanswerable"]:
        return "unanswerable"
    return "number" if len(record["values"]) == 1 and not record["must_include"] else "text"


def _values(text: str, place: str) -> list[dict[str, str]]:
    values = []
    for piece in _split(text, ";；"):
        match = _VALUE.fullmatch(piece)
        if match is None:
            raise UserError(f"{place}：数值“{piece}”读不懂。请写成 1234.56万元，几个之间用分号隔开。")
        values.append({"value": re.sub("[,，+]", "", match["value"]), "unit": match["unit"]})
    return values


def _evidence(row: Mapping[str, str], place: str) -> list[dict[str, Any]]:
    if "quote" not in row:
        return []
    file = row.get("file") or row.get("filing")
    if not file:
        raise UserError(f"{place}：写了原文，还要在“公告”一列写明它出自哪个文件。")
    page = row.get("page", "")
    if page and not page.isdecimal():
        raise UserError(f"{place}：页码“{page}”不是数字。请写 PDF 的第几页，从 1 数起。")
    quotes = _split(row["quote"], "\n")
    return [{"file": file, "quote": quote, **({"page": int(page)} if page else {})} for quote in quotes]


def _has_a_yardstick(record: Mapping[str, Any], place: str) -> None:
    if not (record["unanswerable"] or record["values"] or record["must_include"] or record["evidence"]):
        raise UserError(f"{place}：这道题没有可以评判的依据。请写数值、必含词、原文，或注明不可回答。")


def _split(text: str, signs: str) -> list[str]:
    return [piece.strip() for piece in re.split(f"[{signs}]", text) if piece.strip()]


def _csv(path: Path) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = path.read_bytes().decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return list(csv.reader(io.StringIO(text, newline="")))
        except csv.Error as error:
            raise UserError(f"{path.name} 不是完整的 CSV（{error}）。请重新导出后再试。") from error
    raise UserError(f"题集 {path.name} 的编码不认识。请另存为 UTF-8 后再试。")


def _xlsx(path: Path) -> list[list[str]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return [[_cell(value) for value in line] for line in book.worksheets[0].iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise UserError(f"{path.name} 不是完整的 xlsx 文件。请用表格软件重新保存后再试。") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
