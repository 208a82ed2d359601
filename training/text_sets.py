"""Text sets for training and measuring: only the openly licensed ones are ever trained on."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TRAINED_SETS = ("fintruthqa_train", "cmrc2018_train", "drcd_dev_traditional", "annual_report_questions")
DISTRACTOR_SET = "crud_rag_docs"

HELD_OUT_FINANCE = 600
HELD_OUT_ENCYCLOPEDIA = 600
DEV_FINANCE = 240

PAIR_PASSAGE_CHARS = 400
"""Longest passage of a pair, about the length of a passage of a filing in the product."""

DISTRACTOR_CHARS = 300

COPIES_AT_MOST = 8
"""A stretch found in more pairs than this is a phrase of courtesy, not a copy."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the passage that answers it."""

    query: str
    passage: str
    subject: str = ""
    """Pairs of one subject answer each other's questions, so they must not be each other's negatives."""


@dataclass(frozen=True, slots=True)
class Split:
    """Pairs of one set: for training, for choosing settings, and never looked at before the report."""

    train: tuple[Pair, ...]
    dev: tuple[Pair, ...]
    test: tuple[Pair, ...]


def read_rows(path: Path) -> Iterator[dict[str, object]]:
    """Rows of a gzip file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def finance_split(data: Path, seed: int) -> Split:
    """Investor questions with replies that do answer (relevance 3); near-equal pairs stay in one part."""
    folder = data / "fintruthqa_train"
    texts = _passages(folder)
    pairs = [
        Pair(str(row["query"]), texts[str(_positive(row))])
        for row in read_rows(folder / "queries.jsonl.gz")
        if row["answer_relevance"] == 3
    ]
    return _split_by_group(pairs, _near_equal_groups(pairs), DEV_FINANCE, HELD_OUT_FINANCE, seed)


def encyclopedia_split(data: Path, seed: int) -> Split:
    """Questions on encyclopedia articles with the part of the article around the answer, split by article."""
    folder = data / "cmrc2018_train"
    pairs, groups = _extractive_pairs(folder, str)
    return _split_by_group(pairs, groups, 0, HELD_OUT_ENCYCLOPEDIA, seed)


def traditional_pairs(data: Path) -> tuple[Pair, ...]:
    """Questions on traditional Chinese articles, converted to simplified."""
    from opencc import OpenCC

    pairs, _ = _extractive_pairs(data / "drcd_dev_traditional", OpenCC("t2s").convert)
    return tuple(pairs)


def finance_replies(data: Path, without: Sequence[Pair]) -> list[str]:
    """All replies to investors, whatever their relevance, but those of the given pairs."""
    held_out = {pair.passage for pair in without}
    return [text for text in _passages(data / "fintruthqa_train").values() if text not in held_out]


def report_question_wordings(data: Path) -> tuple[str, ...]:
    """Questions people ask of annual reports: wording only, no answers."""
    rows = read_rows(data / "annual_report_questions" / "questions_only.jsonl.gz")
    return tuple(str(row["query"]) for row in rows)


def listed_names(data: Path) -> frozenset[str]:
    """Short names of listed companies, in lower case."""
    with (data / "issuers" / "issuers.csv").open(encoding="utf-8-sig", newline="") as lines:
        return frozenset(row["short_name"].lower() for row in csv.DictReader(lines))


def distractors(data: Path, count: int, seed: int) -> list[str]:
    """Beginnings of news articles, finance first; read for measuring, never trained on."""
    folder = data / DISTRACTOR_SET
    finance = [str(row["text"])[:DISTRACTOR_CHARS] for row in read_rows(folder / "passages_finance.jsonl.gz")]
    general = [str(row["text"])[:DISTRACTOR_CHARS] for row in read_rows(folder / "passages_general.jsonl.gz")]
    random.Random(seed).shuffle(general)
    return (finance + general)[:count]


def sentences(text: str) -> list[str]:
    """Sentences of a Chinese text, each with its closing mark."""
    return [part for part in re.split(r"(?<=[。！？；!?;])", text) if part.strip()]


def _passages(folder: Path) -> dict[str, str]:
    return {str(row["id"]): str(row["text"]) for row in read_rows(folder / "passages.jsonl.gz")}


def _positive(row: dict[str, object]) -> object:
    positives = row["positive_ids"]
    assert isinstance(positives, list)
    return positives[0]


def _extractive_pairs(folder: Path, convert: Callable[[str], str]) -> tuple[list[Pair], list[str]]:
    texts = {key: convert(text) for key, text in _passages(folder).items()}
    pairs: list[Pair] = []
    groups: list[str] = []
    for row in read_rows(folder / "queries.jsonl.gz"):
        key = str(_positive(row))
        answers = row.get("answers") or [""]
        assert isinstance(answers, list)
        answer = convert(str(answers[0]))
        pairs.append(Pair(convert(str(row["query"])), _window(texts[key], answer)))
        groups.append(key)
    return pairs, groups


def _window(text: str, answer: str) -> str:
    """The part of a long text that holds the answer."""
    middle = max(text.find(answer), 0) + len(answer) // 2
    start = min(max(0, middle - PAIR_PASSAGE_CHARS // 2), max(0, len(text) - PAIR_PASSAGE_CHARS))
    return text[start : start + PAIR_PASSAGE_CHARS]


def _split_by_group(pairs: list[Pair], groups: list[str], dev: int, test: int, seed: int) -> Split:
    order = sorted(set(groups))
    random.Random(seed).shuffle(order)
    members: dict[str, list[Pair]] = {group: [] for group in order}
    for pair, group in zip(pairs, groups, strict=True):
        members[group].append(pair)
    parts: tuple[list[Pair], list[Pair], list[Pair]] = ([], [], [])
    for group in order:
        part = 2 if len(parts[2]) < test else 1 if len(parts[1]) < dev else 0
        parts[part].extend(members[group])
    return Split(tuple(parts[0]), tuple(parts[1]), tuple(parts[2]))


def _near_equal_groups(pairs: list[Pair]) -> list[str]:
    """One label a pair; pairs that share a stretch of 20 signs, outside common phrases, share the label."""
    holders: dict[str, list[int]] = {}
    for index, pair in enumerate(pairs):
        for shingle in sorted(_shingles(pair.query) | _shingles(pair.passage)):
            holders.setdefault(shingle, []).append(index)
    parent = list(range(len(pairs)))
    for found in holders.values():
        if len(found) <= COPIES_AT_MOST:
            for other in found[1:]:
                parent[_root(parent, other)] = _root(parent, found[0])
    return [str(_root(parent, index)) for index in range(len(pairs))]


def _root(parent: list[int], node: int) -> int:
    while parent[node] != node:
        node = parent[node]
    return node


def _shingles(text: str, width: int = 20) -> set[str]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())
    return {plain[start : start + width] for start in range(max(0, len(plain) - width + 1))}
