"""Gold questions: what is asked, what a right answer holds, where the filings say it.

One JSON object a line, schema 1; `eval/gold/README.md` describes the fields for people.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from rag import Turn, UserError

SCHEMA = 1
Kind = Literal["number", "compare", "calc", "text", "why", "list", "yesno", "followup", "unanswerable"]
Reason = Literal[
    "not_disclosed", "not_found", "ambiguous", "conflicting", "out_of_scope", "unsupported_premise"
]
Mode = Literal["any", "all"]
Filled = Annotated[str, Field(min_length=1)]

# Scope as people write it -> as figures of an answer name it.  A single quarter is no scope of figures.
SCOPES = {
    "consolidated": "consolidated", "合并": "consolidated", "合并口径": "consolidated",
    "parent": "parent", "母公司": "parent", "母公司口径": "parent",
    "single_quarter": "single_quarter", "单季": "single_quarter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A figure that a right answer holds, as printed; any unit of the same kind will do in the answer."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a filing says it: `document` is the SHA-256 of the file, `page` counts from 1.

    `alt_pages` are further pages that print the same words.  Users' own sets may leave `document` empty.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    file: str
    quote: Filled
    page: int | None = None
    document: str = ""
    alt_pages: tuple[int, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """Every page that may be cited for it."""
        return (*((self.page,) if self.page else ()), *self.alt_pages)


@dataclass(frozen=True, slots=True)
class Question:
    """One gold question.

    `must_include` holds groups of alternatives, one of each must occur.  Pieces of `evidence` are
    alternatives unless `evidence_mode` is `all`.  `accept` = `correct_or_refuse`: a wrong premise may be
    put right instead of refused.  `derivation` says how values come about that no quote prints.
    `place` is file and line.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    id: Filled
    question: Filled
    kind: Kind
    answer: str = ""
    values: tuple[Value, ...] = ()
    must_include: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    evidence_mode: Mode = "any"
    history: tuple[Turn, ...] = ()
    unanswerable: bool = False
    reason: Reason | None = None
    accept: Literal["refuse", "correct_or_refuse"] = "refuse"
    scope: str = ""
    filing: str = ""
    company: str = ""
    period: str = ""
    derivation: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The questions of one file; `name` is its stem, `sha256` that of its bytes."""

    name: str
    path: Path
    sha256: str
    questions: tuple[Question, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the filings that its questions and evidence speak of."""
        named = [e.file for q in self.questions for e in q.evidence] + [q.filing for q in self.questions]
        return tuple(sorted({name for name in named if name}))


_QUESTION = TypeAdapter(Question)


def read_gold(path: Path) -> GoldSet:
    """The set in a .jsonl file; UserError with file and line for the first line that is no gold question."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"读不到题集 {path}（{error}）。请检查路径，并存为 UTF-8。") from error
    numbered = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    questions = tuple(_question(line, f"{path.name}:{number}") for number, line in numbered)
    return gold_set(path, hashlib.sha256(data).hexdigest(), questions)


def gold_set(path: Path, sha256: str, questions: tuple[Question, ...]) -> GoldSet:
    """A set of these questions; UserError where it is empty or an id comes twice."""
    if not questions:
        raise UserError(f"题集 {path.name} 是空的。请每行写一道题，至少有 id、question、kind。")
    seen: dict[str, str] = {}
    for question in questions:
        if question.id in seen:
            raise UserError(
                f"{question.place}：编号 {question.id} 与 {seen[question.id]} 重复。请改成不同的编号。"
            )
        seen[question.id] = question.place
    return GoldSet(path.stem, path, sha256, questions)


def _question(line: str, place: str) -> Question:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise UserError(f"{place}：这一行不是完整的 JSON（{error}）。请改正后再试。") from error
    if not isinstance(record, dict):
        raise UserError(f"{place}：这一行应是一个 JSON 对象。请按题集的格式改写。")
    return question_of(record, place)


def question_of(record: dict[str, Any], place: str) -> Question:
    """The question that a record states; UserError with its place where a field is wrong, missing or unknown."""
    version = record.pop("schema", SCHEMA)
    if version != SCHEMA:
        raise UserError(f"{place}：题目的格式版本是 {version}，本程序只认 {SCHEMA}。请换用相应版本的程序。")
    for value in _list(record.get("values")):
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            value["value"] = value["value"].replace(",", "").replace("，", "")
    try:
        question = _QUESTION.validate_python(record)
    except ValidationError as error:
        raise UserError(f"{place}：{_in_words(error)}") from error
    return dataclasses.replace(question, scope=_scope(question.scope, place), place=place)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _scope(word: str, place: str) -> str:
    if word and word not in SCOPES:
        raise UserError(f"{place}：不认识的口径“{word}”。请写 {'、'.join(SCOPES)} 之一。")
    return SCOPES.get(word, "")


def _in_words(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        known = "、".join(field.name for field in dataclasses.fields(Question) if field.name != "place")
        return f"不认识的字段 {where}。可用的有：{known}。"
    if first["type"] in ("missing", "missing_argument"):
        return f"缺少字段 {where}。请补上。"
    return f"字段 {where} 的值 {first['input']!r} 不合要求（{first['msg']}）。请改正。"
