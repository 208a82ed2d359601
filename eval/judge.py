"""A language model's opinion of answers: fluency and completeness by a rubric, beside the measures.

Never the only measure: it says nothing on whether figures and pages are right, and how far it agrees with
people is told with every result.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.agreement import Agreement, agreement
from eval.outcomes import Outcome
from rag import ModelError, UserError

Aspect = Literal["fluency", "completeness"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
BEST = 2
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_UNANSWERABLE = "应当拒答。"


class Model(Protocol):
    """A language model bound to the rubric; `rag.PromptedModel` is one."""

    @property
    def name(self) -> str: ...

    @property
    def prompt_hash(self) -> str: ...

    def reply(self, values: Mapping[str, str]) -> str: ...


class _Written(BaseModel):
    """What the rubric asks the model to write."""

    model_config = ConfigDict(extra="ignore")
    fluency: int = Field(ge=0, le=BEST)
    completeness: int = Field(ge=0, le=BEST)
    reason: str = ""


class _Label(_Written):
    """A line of people's grades."""

    model_config = ConfigDict(extra="forbid")
    question: str
    gold: str
    answer: str


Grades = dict[Aspect, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is put before whoever grades."""

    question: str
    gold: str
    answer: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """The grades of one answer, 0 to 2; None where the model failed, and `reason` says how."""

    grades: Grades | None
    reason: str = ""


def asked_of(outcome: Outcome) -> Asked:
    """The answer of an outcome that has one, as it is put to the model."""
    question = outcome.question
    before = "".join(f"（前文）问：{turn.question} 答：{turn.answer}\n" for turn in question.history)
    gold = _UNANSWERABLE + question.answer if question.unanswerable else question.answer
    return Asked(before + question.question, gold, outcome.reply.answer if outcome.reply else "")


def grade(asked: Asked, model: Model) -> Opinion:
    """The model's opinion of an answer; a reply that is none costs this answer only."""
    try:
        reply = model.reply(dataclasses.asdict(asked))
    except ModelError as error:
        return Opinion(None, str(error))
    found = _OBJECT.search(reply)
    try:
        written = _Written.model_validate_json(found[0] if found else "")
    except ValidationError:
        return Opinion(None, "模型没有按要求打分。")
    return Opinion(_grades(written), written.reason)


def mean_grade(opinions: Sequence[Opinion], aspect: Aspect) -> float | None:
    """The mean as a share of the best grade; an answer that could not be judged has no part in it."""
    grades = [one.grades[aspect] for one in opinions if one.grades]
    return sum(grades) / len(grades) / BEST if grades else None


def read_labels(path: Path) -> list[tuple[Asked, Grades]]:
    """Answers with people's grades, from lines of {question, gold, answer, fluency, completeness}.

    UserError with file and line where one is none.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"读不到评分 {path}（{error}）。请检查路径，并存为 UTF-8。") from error
    return [_label(line, f"{path.name}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def agreements(opinions: Sequence[Opinion], labels: Sequence[Grades]) -> dict[Aspect, Agreement | None]:
    """How far the model agrees with people, both in the same order; answers it could not judge are left out."""
    both = [(one.grades, label) for one, label in zip(opinions, labels, strict=True) if one.grades]
    return {
        aspect: agreement([ours[aspect] for ours, _ in both], [theirs[aspect] for _, theirs in both])
        for aspect in ASPECTS
    }


def _label(line: str, place: str) -> tuple[Asked, Grades]:
    try:
        label = _Label.model_validate_json(line, strict=True)
    except ValidationError as error:
        raise UserError(
            f"{place} 不是有效的评分。每行应为一个 JSON 对象，有 question、gold、answer 和"
            f" 0 到 {BEST} 的 fluency、completeness。请改正。"
        ) from error
    return Asked(label.question, label.gold, label.answer), _grades(label)


def _grades(written: _Written) -> Grades:
    return {"fluency": written.fluency, "completeness": written.completeness}
