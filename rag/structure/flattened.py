"""Rows of flattened tables whose cells wrap: their labels made whole, what stands on one line put together.

Where the lines of a page became spaces, words between a row's figures part it into several runs of figures, and
the pieces of its cells stand among those of its neighbours. A label that cannot be made whole is left empty: no
answer is told under pieces of other cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.filings.lexicon import line_item_of
from rag.filings.text import squeeze
from rag.structure.cells import Core
from rag.structure.heads import head_words
from rag.structure.lines import fills_lines, width
from rag.structure.names import Names
from rag.structure.tokens import Token
from rag.structure.wrapped import Window, Wrapped, is_cut, is_office, likely_names, wrapped_label

_TOTALS = ("合计", "小计", "总计")
# What a typesetter sets apart from a label on the same line: a number, a Latin word, 其中:, a bracket.
_APART = re.compile(r"[A-Za-z0-9%:、)]$")
_APART_AFTER = re.compile(r"^[A-Za-z0-9(]")
_SAID = re.compile(r"[,。;]")
_SIGN = 2  # half-widths
_BEFORE = 8  # words before the figures on their line
_TAIL = 8  # tokens behind a table with the end of its last label
_ENDS = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]|[√□☑]|单位|注)")
_PAIR = 2
_ENOUGH = 2  # tables
_SOUND = 4  # pieces with as many others between them above as below are hardly chance
_FORM = re.compile(r"(?:股份|有限|责任)*(?:公司|合伙\)|企业)")  # no name without what stands before it
_BETWEEN = 6  # words between the figures of one line
_LATIN = re.compile(r"[A-Za-z.'’ -]+")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table whose lines are not known, tokens `first`..`last`, and what its filing says."""

    tokens: Sequence[Token]
    names: Names
    first: int
    last: int
    cores: Sequence[Core]

    @property
    def names_persons(self) -> bool:
        """Whether its rows are persons, whose offices may wrap."""
        return any(squeeze(token.text) == "姓名" for token in self.tokens[self.first : self.cores[0].first])

    def likely(self) -> dict[str, bool]:
        """Names that pieces may make of which the filing does not say which; true where they almost must."""
        rows: list[list[Wrapped]] = []
        free, starts = self.first, set[int]()
        for k, core in enumerate(self.cores):
            label = self._label(self.cores, k, free)
            names: list[Wrapped] = []
            if not self._is_known(core) and (label is None or not label.text.endswith(head_words().ends)):
                names = likely_names(self._window(self.cores, k, free))
            rows.append([one for one in names if len(one.lines) > _PAIR or not self._is_across(one, k)])
            if k:
                starts.add(free)
            free = max(core.last, label.last if label is not None else 0) + 1
        ends = {one.last + 1 for names in rows for one in names}
        firsts = {one.first for names in rows for one in names} & ends
        starts |= ends
        found = dict.fromkeys((one.text for names in rows for one in names), False)
        column = 0
        for names in (*rows[1:], *rows[:1]):  # words of the head stand before the first one
            sound = [
                one
                for one in names
                if len(one.lines) >= _SOUND or {one.first, one.last + 1} & (starts | firsts)
                if fills_lines(one.lines, column)
            ]
            if sound:
                sure = max(sound, key=lambda one: len(one.text))
                found[sure.text] = True
                column = max(column, *map(width, sure.lines))
        return found

    def _is_across(self, name: Wrapped, k: int) -> bool:
        """Whether a name goes on behind the figures that follow its own."""
        return k + 1 < len(self.cores) and name.last > self.cores[k + 1].first

    def rows(self, cores: Sequence[Core]) -> tuple[list[Core], list[Wrapped | None]]:
        """The cores with the labels that pieces around them make; those on one line are one."""
        found: list[tuple[Core, Wrapped | None]] = []
        free, k = self.first, 0
        while k < len(cores):
            label = self._label(cores, k, free)
            after = k + 1
            while after < len(cores) and self._goes_on(cores[after - 1], cores[after], label):
                after += 1
            found.append((_on_one_line(cores[k:after]), label))
            free = max(cores[after - 1].last, label.last if label else 0) + 1
            k = after
        # Projects have the issue that pays for them beside their names.
        sources = {label.text for _, label in found if label is not None} & head_words().names
        if all(label is None or label.text in sources for _, label in found):
            sources = set()
        cores = [core for core, _ in found]
        return cores, [label if label and label.text not in sources else None for _, label in found]

    def _goes_on(self, core: Core, following: Core, label: Wrapped | None) -> bool:
        """Whether figures stand on the line of those before them: inside their label, or behind prescribed words."""
        between = [squeeze(token.text) for token in self.tokens[core.last + 1 : following.first]]
        inside = bool(between) and head_words().inside.issuperset(between)
        return inside or (label is not None and following.last < label.last)

    def _label(self, cores: Sequence[Core], k: int, free: int) -> Wrapped | None:
        if self._is_known(cores[k]):
            return None
        return wrapped_label(self._window(cores, k, free), self.names)

    def _window(self, cores: Sequence[Core], k: int, free: int) -> Window:
        return Window(self.tokens, free, cores[k], self._until(cores, k), (self.first, self.last))

    def _is_known(self, core: Core) -> bool:
        own = squeeze(self.tokens[core.first - 1].text)
        return bool(line_item_of(own)) or own in _TOTALS

    def _until(self, cores: Sequence[Core], k: int) -> int:
        """The end of what may belong to a row: words and figures on its line, and the line below."""
        if k + 1 < len(cores) and cores[k + 1].first - cores[k].last > _BETWEEN:
            return cores[k + 1].first
        if k + 2 < len(cores):
            return cores[k + 2].first
        end = min(self.last + 1 + _TAIL, len(self.tokens))
        behind = range(self.last + 1, end)
        return next((n for n in behind if _ENDS.match(self.tokens[n].text)), end)

    def whole(self, low: int, label: int, core: Core, *, pieced: bool) -> tuple[int, str] | None:
        """Where the label begins that stands whole before a row's figures, and its text; None where none does.

        `low` is the first token that no other row has taken, `label` where the label seems to begin, `pieced`
        tells that cells of the table wrap.
        """
        words = self._words(label, core.first)
        cells = head_words().cells
        while len(words) > 1 and words[-1][1] in cells:
            words.pop()
        while len(words) > 1 and words[0][1] in cells:
            words.pop(0)
        text = "".join(word for _, word in words)
        if len(words) == 1 and not pieced:
            return words[0]
        if len(words) > 1 and not is_cut(text) and self._is_set_apart([word for _, word in words]):
            return words[0][0], text
        if len(words) > 1 and self.names.says(text, self.first, self.last):
            return words[0][0], text
        return (None if pieced else self._last(words)) or self._only(low, core)

    def _is_set_apart(self, words: Sequence[str]) -> bool:
        """Whether a typesetter's spaces part these words, none of which stands for itself elsewhere."""
        apart = all(_APART.search(a) or _APART_AFTER.match(b) for a, b in pairwise(words))
        return apart and not self.names.stands_alone(words[-1], self.first, self.last)

    def _words(self, start: int, end: int) -> list[tuple[int, str]]:
        """Squeezed words with the token each begins at, Latin ones that follow each other as one."""
        words: list[tuple[int, str]] = []
        for k in range(start, end):
            word = squeeze(self.tokens[k].text)
            if words and _LATIN.fullmatch(words[-1][1]) and _LATIN.fullmatch(word):
                words[-1] = words[-1][0], words[-1][1] + " " + word
            else:
                words.append((k, word))
        return words

    def _widest(self) -> int:
        """Half-widths of the widest word right before figures."""
        return max(width(squeeze(self.tokens[core.first - 1].text)) for core in self.cores)

    def _only(self, low: int, core: Core) -> tuple[int, str] | None:
        """The one word before the figures that may be a name, where the filing says it elsewhere too."""
        start = max(low, core.first - _BEFORE)
        names = [found for found in self._words(start, core.first) if _may_name(found[1])]
        likely = [found for found in names if found[1].endswith(head_words().ends)]
        told = [found for found in names if found[1] in head_words().names]
        alone = [found for found in names if self.names.stands_alone(found[1], self.first, self.last)]
        if len(names) == 1 and (names[0][0] == core.first - 1 or self.names.times(names[0][1]) > 1):
            return names[0]
        return next((some[0] for some in (told, likely, alone) if len(some) == 1), None)

    def _last(self, words: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
        """The last word, where it is no full line: what is above it has no figures."""
        at, word = words[-1]
        if not _may_name(word):
            return None
        full = width(word) + _SIGN > self._widest()
        return (at, word) if not full or self.names.stands_alone(word, self.first, self.last) else None


def _may_name(word: str) -> bool:
    """Whether a word may be a row's name: no prescribed cell nor the beginning or end of one, no office."""
    prescribed = any(cell.startswith(word) or cell.endswith(word) for cell in head_words().cells)
    if _FORM.fullmatch(word):
        return False
    named = _WORDS.search(word) is not None and _SAID.search(word) is None and word not in head_words().known
    return named and not prescribed and not is_office(word) and not is_cut(word)


def learn(names: Names, tables: Iterable[FlatTable]) -> None:
    """Takes for said the names that pieces of two tables may make, and those that pieces of one almost must."""
    times: Counter[str] = Counter()
    for table in tables:
        for name, sure in table.likely().items():
            times[name] += _ENOUGH if sure else 1
    for name, count in times.items():
        if count >= _ENOUGH:
            names.learn(name)


def is_flattened(tokens: Sequence[Token]) -> bool:
    """Whether the lines of these tokens are not known: none begins but where a page does."""
    lines = sum(token.starts_line for token in tokens[1:])
    return lines <= len({token.page for token in tokens})


def _on_one_line(cores: Sequence[Core]) -> Core:
    """Runs of figures on one line as one row."""
    cells = tuple(cell for core in cores for cell in core.cells)
    return replace(cores[0], last=cores[-1].last, cells=cells)
