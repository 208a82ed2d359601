"""Runs on disk: one folder each, written once, read back for comparing, reporting and the gate.

<UTC time>-<name>/run.json       what was run: sets, filings, settings, commit, hashes
<UTC time>-<name>/answers.jsonl  one question a line, in the order asked, added as each is done
<UTC time>-<name>/scores.json    the totals, once all is done
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from rag import UserError

SCHEMA = 1
RUN, ANSWERS, SCORES = "run.json", "answers.jsonl", "scores.json"
RunMode = Literal["end_to_end", "retrieval", "answer"]
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class SetUsed:
    """A gold set as it was when it was asked."""

    file: str
    sha256: str
    questions: int


@dataclass(frozen=True, slots=True)
class FilingUsed:
    """A filing that was loaded when questions were asked."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RunCard:
    """What was run; times are ISO 8601 in UTC, `finished` is None until all questions are done.

    `prices` are yuan for a million prompt and completion tokens; `code` is the hash of the product's files,
    which tells uncommitted changes apart.
    """

    name: str
    started: str
    commit: str
    dirty: bool
    mode: RunMode
    seed: int
    settings: dict[str, dict[str, object]]
    sets: tuple[SetUsed, ...]
    filings: tuple[FilingUsed, ...]
    index_generation: dict[str, str] = field(default_factory=dict)
    prompt_hashes: dict[str, str] = field(default_factory=dict)
    prices: tuple[float, float] | None = None
    finished: str | None = None
    code: str = ""
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question; `answer` and `hits` are the JSON of the interfaces, `scores` by measure.

    A measure that does not apply to the question has no score (None).
    """

    id: str
    set: str
    kind: str
    answer: Json | None = None
    error: str | None = None
    hits: tuple[Json, ...] | None = None
    elapsed_ms: int | None = None
    scores: dict[str, float | None] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """Set and id: what makes the question one of its run."""
        return (self.set, self.id)


@dataclass(frozen=True, slots=True)
class Run:
    """A run read back: its card and the last result of each question, in the order asked."""

    folder: Path
    card: RunCard
    results: tuple[Result, ...]

    @property
    def by_key(self) -> Mapping[tuple[str, str], Result]:
        """The results by set and id."""
        return {result.key: result for result in self.results}


_CARD = TypeAdapter(RunCard)
_RESULT = TypeAdapter(Result)


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_run(card: RunCard, results: Path) -> Path:
    """The new folder of a run, its card written; UserError where the folder is there already."""
    stamp = card.started.replace("-", "").replace(":", "")
    short = re.sub(r"[^\w.-]+", "-", card.name)[:40] or "run"
    folder = results / f"{stamp}-{short}"
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        raise UserError(
            f"结果目录 {folder.name} 已经存在，没有改动。请换一个 --name，或稍后再试。"
        ) from error
    write_card(folder, card)
    return folder


def write_card(folder: Path, card: RunCard) -> None:
    """Puts the card down whole: a reader sees the old or the new one, never a half."""
    _put(folder / RUN, json.dumps(dataclasses.asdict(card), ensure_ascii=False, indent=1, default=str))


def write_scores(folder: Path, scores: Mapping[str, object]) -> None:
    """Puts the totals of a finished run down."""
    _put(folder / SCORES, json.dumps(scores, ensure_ascii=False, indent=1))


def add_result(folder: Path, result: Result) -> None:
    """Adds one line to the answers of a run, on the disk before this returns."""
    line = json.dumps(dataclasses.asdict(result), ensure_ascii=False) + "\n"
    with (folder / ANSWERS).open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def drop_torn_line(folder: Path) -> None:
    """Takes away what a run cut off midway left of its last line."""
    path = folder / ANSWERS
    if path.is_file():
        data = path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            with path.open("r+b") as file:
                file.truncate(whole)


def read_run(folder: Path) -> Run:
    """A run from its folder; UserError with file and line where it is none, broken or of another schema."""
    card = read_card(folder)
    path = folder / ANSWERS
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    results: dict[tuple[str, str], Result] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        result = _result(line, f"{folder.name}/{ANSWERS}:{number}")
        results[result.key] = result  # asked again after an error: the later counts
    return Run(folder, card, tuple(results.values()))


def read_card(folder: Path) -> RunCard:
    """What was run in a folder; UserError where it holds no run of this schema."""
    path = folder / RUN
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        version = record.get("schema")
    except (OSError, ValueError, AttributeError) as error:
        raise UserError(f"{folder} 里没有可读的 {RUN}:1。请给出 xunju eval run 写下的结果目录。") from error
    if version != SCHEMA:
        raise UserError(
            f"{folder.name}/{RUN}:1 的结果格式版本是 {version}，本程序只认 {SCHEMA}。请重新运行评测。"
        )
    try:
        return _CARD.validate_python(record)
    except ValidationError as error:
        raise UserError(f"{folder.name}/{RUN}:1 不完整（{_first(error)}）。请重新运行评测。") from error


def find_runs(results: Path) -> list[Path]:
    """The folders of runs, oldest first."""
    return sorted(path.parent for path in results.glob(f"*/{RUN}"))


def _result(line: str, place: str) -> Result:
    try:
        return _RESULT.validate_json(line)
    except ValidationError as error:
        raise UserError(
            f"{place} 不是有效的结果（{_first(error)}）。若是运行中断所致，请用 --resume 接着跑。"
        ) from error


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc']) or '整行'}：{first['msg']}"


def _put(path: Path, text: str) -> None:
    half = path.with_name(path.name + ".part")
    half.write_text(text + "\n", encoding="utf-8")
    half.replace(path)
