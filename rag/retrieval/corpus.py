"""The words of whole filings in memory: how rare a term is in them, and whether it is there at all."""

from __future__ import annotations

import math
import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from rag.filings.lexicon import line_item_of, line_items
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.store.index import FilingIndex

_LATIN = re.compile(r"[a-z][a-z0-9-]{2,}")
# Filings kept in memory: a 200-page report takes about 2 MB.
KEPT_FILINGS = 24


class Corpus:
    """Passages of filings with their squeezed text, read once for each generation of the index."""

    def __init__(self, index: FilingIndex) -> None:
        self._index = index
        self._generation = ""
        self._filings: OrderedDict[str, tuple[tuple[Passage, str], ...]] = OrderedDict()

    def passages(self, filing_id: str) -> tuple[tuple[Passage, str], ...]:
        """All passages of a filing, each with its section, context and text squeezed in lower case."""
        generation = self._index.generation
        if generation != self._generation:
            self._filings.clear()
            self._generation = generation
        if filing_id not in self._filings:
            self._filings[filing_id] = tuple((p, searchable(p)) for p in self._index.passages_of(filing_id))
        self._filings.move_to_end(filing_id)
        while len(self._filings) > KEPT_FILINGS:
            self._filings.popitem(last=False)
        return self._filings[filing_id]

    def spelt_like(self, word: str, filing_ids: Iterable[str]) -> str:
        """The Latin word of these filings that differs by one slip from a word they do not hold; "" if none does."""
        for filing_id in list(filing_ids)[:KEPT_FILINGS]:
            latin: set[str] = {w for _, text in self.passages(filing_id) for w in _LATIN.findall(text)}
            near: list[str] = [known for known in latin if OSA.distance(word, known, score_cutoff=1) <= 1]
            if near:
                return min(near)
        return ""

    def rarity(
        self, alternatives: Sequence[Sequence[str]], filing_ids: Iterable[str]
    ) -> list[tuple[float, int]]:
        """For each group of equal words: its inverse document frequency, and in how many passages one stands.

        The frequency is that of BM25 (Robertson & Zaragoza 2009), over the passages of these filings.
        """
        texts = [
            text for filing_id in list(filing_ids)[:KEPT_FILINGS] for _, text in self.passages(filing_id)
        ]
        found = []
        for group in alternatives:
            count = sum(any(word in text for word in group) for text in texts)
            found.append((math.log(1 + (len(texts) - count + 0.5) / (count + 0.5)), count))
        return found

    def prints(self, line_item: str, filing_ids: Iterable[str]) -> bool:
        """Whether a table of these filings has a row for the line item."""
        return any(
            line_item_of(row.label) == line_item
            for filing_id in list(filing_ids)[:KEPT_FILINGS]
            for passage, _ in self.passages(filing_id)
            for row in passage.rows
        )


def searchable(passage: Passage) -> str:
    """Section path, context and text of a passage, squeezed, in lower case.

    The canonical names of its rows' line items stand with them: a label broken by a cell hides its words.
    """
    names = item_names((passage,))
    return squeeze(" ".join((*passage.section, passage.context, passage.text, *names))).lower()


def item_names(passages: Iterable[Passage]) -> list[str]:
    """The canonical names of the line items that rows of these passages are."""
    keys = {line_item_of(row.label) for passage in passages for row in passage.rows} - {""}
    return [line_items()[key].name for key in sorted(keys)]
