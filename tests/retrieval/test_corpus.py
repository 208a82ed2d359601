from __future__ import annotations

from typing import Any

import pytest

from rag.filings.passage import Passage
from rag.retrieval import corpus
from rag.retrieval.corpus import Corpus, searchable
from tests.fakes import a_parsed_filing

TEXTS = ("存货周转加快", "存货周转放慢", "应收账款增加")


class Index:
    """Passages of one filing; counts how often they are read."""

    def __init__(self) -> None:
        self.generation = "1"
        self.reads = 0

    def passages_of(self, filing_id: str) -> tuple[Passage, ...]:
        self.reads += 1
        return a_parsed_filing("甲公司", TEXTS).passages[2:]


@pytest.fixture
def index() -> Index:
    return Index()


def over(index: Any) -> Corpus:
    return Corpus(index)


def test_a_rare_word_weighs_more(index: Index) -> None:
    (often, _), (rare, _) = over(index).rarity([["存货"], ["应收账款"]], ["f"])
    assert rare > often


def test_passages_that_say_a_word_are_counted(index: Index) -> None:
    assert [count for _, count in over(index).rarity([["存货"], ["商誉"]], ["f"])] == [2, 0]


def test_words_of_a_group_count_together(index: Index) -> None:
    assert [count for _, count in over(index).rarity([["加快", "放慢"]], ["f"])] == [2]


def test_passages_are_read_once(index: Index) -> None:
    words = over(index)
    words.rarity([["存货"]], ["f"])
    words.rarity([["存货"]], ["f"])
    assert index.reads == 1


def test_a_new_generation_is_read_anew(index: Index) -> None:
    words = over(index)
    words.passages("f")
    index.generation = "2"
    words.passages("f")
    assert index.reads == 2


def test_only_some_filings_are_kept(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "KEPT_FILINGS", 1)
    words = over(index)
    for filing_id in ("f", "g", "f"):
        words.passages(filing_id)
    assert index.reads == 3


def test_searchable_text_holds_section_and_canonical_names() -> None:
    text = searchable(a_parsed_filing().passages[1])
    assert "主要财务指标" in text
    assert "营业收入" in text
    assert " " not in text
