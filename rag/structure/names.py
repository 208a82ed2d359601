"""What a filing says in one piece, by which a name put together from pieces is known to be one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from rag.filings.text import squeeze
from rag.structure.heads import head_words
from rag.structure.tokens import Token

_GRAM = 4


class Names:
    """The words of a filing and the text they make; `learn` adds names that its tables make certain."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Squeezed words, the text they make, and where in it each begins."""
        self._words = [squeeze(token.text) for token in tokens]
        self._text = "".join(self._words)
        self._places = [0, *accumulate(map(len, self._words))]
        self._starts = frozenset(self._places)
        self._grams = {self._text[i : i + _GRAM] for i in range(len(self._text) - _GRAM + 1)}
        self._alone = Counter(self._words)
        self._known = set(head_words().names)
        self._begun = {name[:n] for name in self._known for n in range(1, len(name) + 1)}
        self._held: dict[str, bool] = {}  # what was looked for in the text: tables are read twice

    def learn(self, name: str) -> None:
        """Takes a name for said."""
        self._known.add(name)
        self._begun.update(name[:n] for n in range(1, len(name) + 1))

    def joins(self, begun: str, more: str) -> bool:
        """Whether a name goes on so anywhere; its joint is looked at first, which is quick."""
        if not begun:
            return True
        joint = begun[-_GRAM // 2 :] + more[: _GRAM // 2]
        if begun + more in self._begun:
            return True
        return (len(joint) < _GRAM or joint in self._grams) and self._holds(begun + more)

    def _holds(self, text: str) -> bool:
        if text not in self._held:
            self._held[text] = text in self._text
        return self._held[text]

    def says(self, name: str, first: int, last: int, joints: Sequence[int] = ()) -> bool:
        """Whether a name stands outside the table of tokens `first`..`last`, or in one of its words.

        With `joints`, offsets in the name, one of them must be inside a word there: words that merely follow each
        other make no name.
        """
        if name in self._known:
            return True
        table = range(self._places[first], self._places[last + 1])
        at = self._text.find(name)
        while at >= 0:
            inside = [at + joint not in self._starts for joint in joints]
            whole = self._starts.isdisjoint(range(at + 1, at + len(name)))
            if whole or (at not in table and (any(inside) or not joints)):
                return True
            at = self._text.find(name, at + 1)
        return False

    def stands_alone(self, word: str, first: int, last: int) -> bool:
        """Whether a word stands by itself outside the table of tokens `first`..`last`."""
        return self._alone[word] > self._words[first : last + 1].count(word)

    def times(self, word: str) -> int:
        """How often a text is said."""
        return self._text.count(squeeze(word))
