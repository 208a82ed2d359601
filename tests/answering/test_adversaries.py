"""Wrong replies, one fault each, made from the recorded right ones: none of them is shown as it was said."""

from __future__ import annotations

from collections import Counter

import pytest

from rag.answering.record import replay
from tests.answering.adversaries import Adversary, adversaries

ALL = tuple(adversaries())
KINDS = Counter(one.kind for one in ALL)


def test_there_are_more_than_two_hundred_wrong_replies_of_twelve_kinds() -> None:
    assert len(ALL) > 200
    assert len(KINDS) == 12
    assert min(KINDS.values()) >= 5


@pytest.mark.parametrize("kind", KINDS)
def test_no_wrong_reply_is_shown_as_it_was_said(kind: str) -> None:
    shown = [one.text for one in ALL if one.kind == kind and _is_shown(one)]
    assert shown == []


def _is_shown(adversary: Adversary) -> bool:
    """Whether the faulty words pass; a sentence put together anew from the operands is not what was said."""
    wording = adversary.text.split("{result}")
    return any(
        one.passed and all(part in one.claim.text for part in wording) for one in replay(adversary.record)
    )
