"""Labels of rows whose wrapped cells interleave: the name that the pieces of one cell make.

Flattened text gives the lines of a row one after the other, each with a piece of several cells. Cells are centred
on the line of the row's figures, so that as many pieces of a label stand before that line as after it; all but the
last fill the width of their column. A name put together so is taken where the filing says it whole elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

from rag.filings.lexicon import line_item_of
from rag.filings.text import squeeze
from rag.structure.cells import Core, is_figure
from rag.structure.heads import head_words
from rag.structure.labels import is_broken
from rag.structure.lines import Filled, Line, line_of, width
from rag.structure.names import Names
from rag.structure.tokens import Token

# Tokens before and behind a row's figures among which pieces of its label are looked for.
_BEFORE, _BEHIND = 28, 30
_MOST_PIECES = 9
_SHORTEST = 5  # signs; shorter names are pieces of others too often
_NARROWEST = 4  # half-widths of a column of names
_MOST_BESIDE = 8  # cells before the figures on their line
_PAIR = 2
_MOST_CHAINS = 2_000
_NARROW = 20  # half-widths: wider columns hold sentences
_LONGEST = 40  # signs of a name
_MOST_TOKENS = 4  # of one piece: words and numbers stand apart from what is around them
_LATIN = re.compile(r"[A-Za-z0-9]")
_AMOUNT = re.compile(r"\d,\d{3}|\d\.\d")
_DATE = re.compile(r"\d年|年\d|\d月|月\d|\d日|\d[.、]|^[年月日和及与或]|[年的和及与或]$")
_DATE_JOINT = re.compile(r"[年月日]\d|\d[年月日]")
_SAID = re.compile(r"[,。;:]")
_NAMED_TWICE = re.compile(r"(?:公司|企业|项目).*(?:公司|企业|项目)")
_COUNTED = re.compile(r"^\d|[\u4e00-\u9fff]\d+$")
_CELL = re.compile(r"[-–—/\d,.%年月日至]+")
_SIGN = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_OFFICE = re.compile(r"董事|监事|经理|总经|总裁|总监|秘书|负责人|技术人员|主席|工程师|骨干")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.])")
_TOTALS = ("合计", "小计", "总计")
_LABEL_HEAD = re.compile(r"(?:名称|性质|单位|种类)$")  # 项目 may end a project's name
GoesOn = Callable[[str, str], bool]
Pieces = tuple["_Piece", ...]


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A label put together from its pieces: its text, its first token and the last, the pieces line by line."""

    text: str
    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece that may be one line of a label: its tokens, half-open, as printed, and how wide."""

    start: int
    end: int
    text: str
    squeezed: str
    line: Line


@dataclass(frozen=True, slots=True)
class Window:
    """Where the pieces of one row's label may stand: from the first free token to before `until`.

    `table` holds the first and the last token of the table.
    """

    tokens: Sequence[Token]
    free: int
    core: Core
    until: int
    table: tuple[int, int]

    def pieces(self) -> list[_Piece]:
        """All pieces: tokens, and those that a Latin word or a number keeps apart from them."""
        low, high = max(self.free, self.core.first - _BEFORE), min(self.until, self.core.last + 1 + _BEHIND)
        ranges = (
            (start, end)
            for first, stop in ((low, self.core.first), (self.core.last + 1, high))
            for start in range(first, stop)
            for end in self._ends(start, stop)
        )
        found = (self._piece(start, end) for start, end in ranges)
        return [piece for piece in found if not _is_other(piece.squeezed)]

    def _ends(self, start: int, stop: int) -> Iterator[int]:
        word = self.tokens[start].text
        if is_figure(word) or _AMOUNT.search(word) or word in head_words().cells:
            return
        yield start + 1
        for end in range(start + 1, min(start + _MOST_TOKENS, stop)):
            before, following = self.tokens[end - 1].text, self.tokens[end].text
            if not (_LATIN.match(before[-1]) or _LATIN.match(following)) or _AMOUNT.search(following):
                return
            yield end + 1

    def _piece(self, start: int, end: int) -> _Piece:
        text = " ".join(squeeze(token.text) for token in self.tokens[start:end])
        return _Piece(start, end, text, text.replace(" ", ""), line_of(text))


def wrapped_label(window: Window, names: Names) -> Wrapped | None:
    """The longest name that pieces around a row's figures make and the filing says; None without one."""
    best: Wrapped | None = None
    for pieces in islice(_chains(window, names.joins), _MOST_CHAINS):
        found = _wrapped(pieces)
        if best is not None and len(found.text) <= len(best.text):
            continue
        if not _is_centred(window, pieces) or not _is_name(found.text):
            continue
        if names.says(found.text, *window.table, list(accumulate(len(p.squeezed) for p in pieces[:-1]))):
            best = found
    return best


def likely_names(window: Window) -> list[Wrapped]:
    """Names of companies, projects and the like that pieces may make, the rest mirrored around the figures."""
    found: list[Wrapped] = []
    for pieces in islice(_chains(window, _anyhow), _MOST_CHAINS):
        one = _wrapped(pieces)
        likely = (
            one.text.endswith(head_words().ends) and _is_name(one.text) and not _NAMED_TWICE.search(one.text)
        )
        if likely and _is_centred(window, pieces) and _is_mirrored(window, pieces):
            found.append(one)
    return found


def _wrapped(pieces: Pieces) -> Wrapped:
    text = "".join(piece.squeezed for piece in pieces)
    return Wrapped(text, pieces[0].start, pieces[-1].end - 1, tuple(piece.text for piece in pieces))


def _anyhow(begun: str, more: str) -> bool:
    fits = width(more) <= _NARROW and len(begun) + len(more) <= _LONGEST
    return fits and not _SAID.search(more) and not _COUNTED.search(more)


def _is_mirrored(window: Window, pieces: Pieces) -> bool:
    """Whether the other words between the pieces may be cells centred on the line of the figures too.

    Above and below, each line of the label has the same cells beside it, and so has each line between two of
    them; nearer lines have no fewer than farther ones.
    """
    tokens, core = window.tokens, window.core
    behind = [(piece.start, piece.end) for piece in pieces if piece.start > core.last]
    above = [(piece.start, piece.end) for piece in pieces[: len(behind)]]
    if any(tokens[piece.start].page != tokens[core.first].page for piece in pieces):
        # The other page has the rest of the lines, each with a piece of every cell.
        steps = {_cells(tokens, b, a) for (_, b), (a, _) in pairwise(behind)}
        return len(behind) > _PAIR and len(steps) == 1
    if len(pieces) == _PAIR and not _are_cells(tokens[core.last + 1 : behind[0][0]]):
        return False
    odd = len(pieces) > 2 * len(behind)
    line = pieces[len(behind)].start if odd else core.first
    nearest_first = [_cells(tokens, b, a) for (_, b), (a, _) in pairwise([*above, (line, line)])][::-1]
    on_line, *after = [_cells(tokens, b, a) for (_, b), (a, _) in pairwise([(0, core.last + 1), *behind])]
    if max(*nearest_first, on_line // 2, *after) > _MOST_BESIDE:
        return False
    if odd:
        return any(_agree(nearest_first, after, near) for near in range(on_line + 1))
    return not after or any(
        _agree(nearest_first[1:], after[1:], after[0] - near) for near in range(nearest_first[0] + 1)
    )


def _agree(above: Sequence[int], below: Sequence[int], between: int) -> bool:
    """Whether counts of cells from the middle outwards leave none less than nought and none more than further in.

    `between` are those between the two innermost lines of the label.
    """
    beside = _MOST_BESIDE
    for k, count in enumerate(above):
        if not 0 <= count - between <= beside:
            return False
        beside = count - between
        if k < len(below):
            if not 0 <= below[k] - beside <= between:
                return False
            between = below[k] - beside
    return between >= 0


def _are_cells(tokens: Sequence[Token]) -> bool:
    """Whether tokens are cells that hold no name: figures, dates, signs of nothing, prescribed words."""
    words = [squeeze(token.text) for token in tokens]
    return all(_CELL.fullmatch(word) or word in head_words().cells for word in words)


def _cells(tokens: Sequence[Token], first: int, end: int) -> int:
    """How many cells the tokens from `first` to before `end` are at least: the parts of a date are one."""
    words = [token.text for token in tokens[first:end]]
    return len(words) - sum(bool(_DATE_JOINT.search(a[-1] + b[0])) for a, b in pairwise(words))


def _is_centred(window: Window, pieces: Pieces) -> bool:
    """Whether as many pieces stand before the line of the figures as behind it, one on it where they are odd.

    Of a row that goes on over the page what stands on the page of the figures counts.
    """
    page = window.tokens[window.core.first].page
    here = [piece for piece in pieces if window.tokens[piece.start].page == page]
    behind = sum(piece.start > window.core.last for piece in here)
    on_line = len(here) - 2 * behind
    if pieces[-1].start < window.core.last or on_line not in (0, 1):
        return False
    return not on_line or window.core.first - here[behind].end <= _MOST_BESIDE


def _is_name(text: str) -> bool:
    """Whether a text may name a row: no cell that the forms prescribe, no office, nothing cut."""
    cells = head_words().cells
    prescribed = text in cells or is_office(text) or any(len(cell) > 2 and cell in text for cell in cells)
    cut = is_cut(text) or text.startswith("其中")
    return len(text) >= _SHORTEST and not prescribed and not cut


def is_cut(text: str) -> bool:
    """Whether a text is no name of a row but a piece of a date or of a sentence."""
    return is_broken(text) or _DATE.search(text) is not None


def is_office(text: str) -> bool:
    """Whether a text is an office that a person holds (`副总经理、财务负责人`)."""
    return _OFFICE.search(text) is not None


def _chains(window: Window, goes_on: GoesOn) -> Iterator[Pieces]:
    """Pieces in order that fill their lines and go on as they should."""
    every = window.pieces()
    for piece in every:
        narrow = piece.line.wide[0] < _NARROWEST
        if piece.start < window.core.first and not narrow and goes_on("", piece.squeezed):
            yield from _longer(every, goes_on, (piece,), piece.squeezed, Filled(piece.line, piece.line.wide))


def _longer(
    every: Sequence[_Piece], goes_on: GoesOn, pieces: Pieces, begun: str, filled: Filled
) -> Iterator[Pieces]:
    if len(pieces) == _MOST_PIECES:
        return
    for piece in every:
        if piece.start < pieces[-1].end:
            continue
        whole = filled.with_line(piece.line)
        if whole is None or not goes_on(begun, piece.squeezed):
            continue
        yield (*pieces, piece)
        yield from _longer(every, goes_on, (*pieces, piece), begun + piece.squeezed, whole)


def _is_other(word: str) -> bool:
    """Whether a word is no piece of a name: it begins a row, belongs to a head or is a cell of its own."""
    told = head_words()
    known = told.known - told.labels | told.cells
    headed = word in told.labels and _LABEL_HEAD.search(word) is not None
    other = word in _TOTALS or word in known or headed or bool(line_item_of(word))
    return other or _NUMBERED.match(word) is not None or _SIGN.search(word) is None
