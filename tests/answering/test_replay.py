"""Recorded replies, written by hand on the sample filings, come out as they did: what is said, what is dropped.

Each record holds the question, the evidence under its ids and the replies; prompts may change freely.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.answering.generate import drafted
from rag.answering.record import read_records, replay
from rag.answering.reply import parse_reply
from rag.errors import ModelError

FOLDER = Path(__file__).with_name("replay")
RECORDS = sorted(FOLDER.glob("*.jsonl"))
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
SAMPLES = {path.name for path in (Path(__file__).parents[2] / "samples" / "filings").iterdir()}


def outcome(path: Path) -> dict[str, object]:
    """What a record comes to: the sentences said, the refusal's reason, what was dropped."""
    (record,) = read_records(path)
    try:
        reply = parse_reply(record.reply)
        checked = replay(record)
        draft = drafted(reply, checked, record.evidence)
    except ModelError as error:
        return {"falls_back": str(error)}
    return {
        "said": [claim.text for claim in draft.claims],
        "refusal": draft.refusal.reason if draft.refusal else None,
        "dropped": [one.claim.text for one in checked if not one.passed],
    }


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_recorded_reply_comes_out_as_it_did(path: Path) -> None:
    assert outcome(path) == EXPECTED[path.stem]


def test_every_record_has_an_outcome() -> None:
    assert {path.stem for path in RECORDS} == EXPECTED.keys()


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_holds_sample_filings_only(path: Path) -> None:
    (record,) = read_records(path)
    assert {piece.filing.file_name for piece in record.evidence.evidence} <= SAMPLES


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_says_that_a_person_wrote_the_reply(path: Path) -> None:
    (record,) = read_records(path)
    assert "by-hand" in record.model


def test_a_denial_is_quoted_with_the_box_that_says_so() -> None:
    (record,) = read_records(FOLDER / "yesno.jsonl")
    passages = [piece.passage.text for piece in record.evidence.evidence]
    quotes = [passages[q.evidence][q.start : q.end] for q in replay(record)[0].claim.quotes]
    assert [quote.split("\n")[-1] for quote in quotes] == ["否", "□适用√不适用"]
