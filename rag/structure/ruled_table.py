"""One ruled table of a page: its bands from top to bottom, its heads, its rows of figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.filings.lexicon import line_item_of
from rag.filings.text import squeeze
from rag.filings.unit import unit_of
from rag.structure.cells import Core, Placed, is_figure, is_note, is_vacant
from rag.structure.columns import is_head_word, is_label_head
from rag.structure.ruled import NEAR, RuledCell, RuledPage, is_same

_YEAR = re.compile(r"^(?:19|20)\d\d$")
_SERIAL = re.compile(r"^[（(]?\d{1,3}[）)]?[、.．]?$")
_NO_AMOUNT = re.compile(r"代码|序号|编号|电话|邮编|编码|日期|行次|传真|^附注|^注释|^年龄$")
_FRAGMENT = re.compile(r"^[-\d,.%()]+$")
_HEAD = re.compile(r"[期年月度]末|期初|年初|本期|上期|同期|金额|比例|增减|变动|数量|余额|价值|情况")
_NAMES = re.compile(r"^(?:.{0,6}名称|姓名|关联方|.{0,4}项目|.{0,4}单位|类别|种类|分?行业|分?产品|分?地区)$")
_NAMED = re.compile(r"名称|姓名|关联.{0,2}方|项目$|单位$|内容$|类别|种类|税种|行业|产品|地区")
_NO_NAME = re.compile(r"^(?:附注|注释|行次|备注|性别|单位$)")
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_LONGEST_LABEL, _LONGEST_HEAD = 120, 24
_ALIKE = 0.5  # share of a table's columns that stand as those of the table before where it goes on
_NO_PAGE = RuledPage()


@dataclass(frozen=True, slots=True)
class Before:
    """What the table before left: its heads, whether they are its end, its columns' sides, its last row
    and whether a figure of it goes on elsewhere.
    """

    heads: tuple[RuledCell, ...] = ()
    in_head: bool = False
    sides: frozenset[tuple[float, float]] = frozenset()
    row: Core | None = None
    broken: bool = False
    page: int = -1
    bottom: float = 0.0
    below: RuledPage = _NO_PAGE


class RuledTable:
    """One table of a page: its bands from top to bottom, its heads, its rows.

    `cut` holds the cells of a first band that only ends the row which the page before began.
    """

    def __init__(self, cells: list[RuledCell], page: RuledPage, last: Before) -> None:
        self._cells = cells
        self._page = page
        self._sides = frozenset((cell.left, cell.right) for cell in cells)
        self._bands = [list(band) for _, band in groupby(cells, lambda cell: cell.top)]
        self._goes_on = self._continues(last)
        self._left = min(left for left, _ in (self._sides | last.sides if self._goes_on else self._sides))
        self._heads = list(last.heads) if self._goes_on else []
        self._in_head = self._goes_on and last.in_head
        self.cut = self._cut(last)

    def _continues(self, last: Before) -> bool:
        """Whether nothing stands between this table and the one before, and their columns are alike."""
        shared = sum(any(is_same(a, b) for b in last.sides) for a in self._sides)
        if not last.sides or shared < max(1, _ALIKE * min(len(self._sides), len(last.sides))):
            return False
        top, end = self._cells[0].top, float("inf")
        if self._cells[0].page == last.page:
            return self._page.is_clear(last.bottom, top)
        next_page = self._cells[0].page == last.page + 1
        return next_page and last.below.is_clear(last.bottom, end) and self._page.is_clear(-end, top)

    def _cut(self, last: Before) -> Sequence[RuledCell]:
        """The first band's cells where no label stands before them and the page before ends in a row."""
        band = self._bands[0]
        if not self._goes_on or self._cells[0].page == last.page or self._opens(band):
            return ()
        label = min(left for left, _ in last.sides)
        parts = any(_FRAGMENT.match(cell.run) for cell in band)
        return band if parts and (last.broken or band[0].left > label + NEAR) else ()

    def left_over(self, rows: Sequence[Core]) -> Before:
        """What a table that goes on after this one takes over."""
        final = {i for cell in self._bands[-1] for i in cell.tokens}
        row = rows[-1] if rows and rows[-1].first in final else None
        bottom = max(cell.bottom for cell in self._cells)
        page = self._cells[0].page
        heads, in_head = tuple(self._heads), self._in_head
        broken = any(_FRAGMENT.match(c.run) and not _is_whole(c.run) for c in self._bands[-1])
        return Before(heads, in_head, self._sides, row, broken, page, bottom - NEAR, self._page)

    def rows(self) -> list[Core]:
        """The rows with figures."""
        found: list[Core] = []
        until = float("inf") if self._in_head else float("-inf")
        for number, band in enumerate(self._bands):
            figures = [cell for cell in band if self._is_value(cell)]
            counted = any(is_figure(cell.run) for cell in figures)
            inside = band[0].left > self._left + NEAR or self._goes_down(band)
            deeper = band[0].top < until or (self._in_head and inside)
            self._in_head = not counted and (deeper or self._opens_head(number, band))
            if self._in_head and deeper:
                self._heads.extend(band)
            elif self._in_head:
                self._heads = list(band)
                until = max(cell.bottom for cell in band) - NEAR
            elif counted and not (number == 0 and self.cut):
                until = float("-inf")
                found.extend(self._row(band, figures))
        return found

    def _goes_down(self, band: Sequence[RuledCell]) -> bool:
        """Whether a cell of the head goes on in this band: in web pages it is said again in every row it spans."""
        known = {(cell.left, cell.right, cell.text) for cell in self._heads}
        return any((cell.left, cell.right, cell.text) in known for cell in band)

    def _is_value(self, cell: RuledCell) -> bool:
        """Whether a cell holds a figure or the sign of none, and stands right of a first column."""
        if cell.left <= self._left + NEAR or not cell.whole:
            return False
        return (is_figure(cell.run) or is_vacant(cell.run)) and not _YEAR.match(cell.run)

    def _opens_head(self, number: int, band: Sequence[RuledCell]) -> bool:
        """Whether a band without figures is a head: a table's first, or one of head words inside."""
        if len(band) < 2 and band[0].left <= self._left + NEAR:
            return False
        if not self._heads or (number == 0 and not self._goes_on):
            return True
        return self._opens(band)

    def _opens(self, band: Sequence[RuledCell]) -> bool:
        """Whether a band is all head words, or says again what the head said."""
        words = [squeeze(cell.text) for cell in band if cell.left > self._left + NEAR]
        known = {squeeze(cell.text) for cell in self._heads}
        first = squeeze(band[0].text) if band[0].left <= self._left + NEAR else ""
        if words and (first in known or is_label_head(first) or _NAMES.match(first)):
            return all(len(word) <= _LONGEST_HEAD for word in words)
        return len(words) >= 2 and all(map(_is_head_word, words))

    def _row(self, band: Sequence[RuledCell], figures: Sequence[RuledCell]) -> Iterator[Core]:
        """A band's figures with their label; those below no head that have names between them each with its own."""
        pairs = list(_pairs(band)) if not any(map(self._head, figures)) else []
        if len(pairs) < 2:
            yield from self._labelled(band, figures, self._label(band, min(cell.left for cell in figures)))
        for name, figure in pairs if len(pairs) > 1 else ():
            yield from self._labelled([name, figure], [figure], name.text)

    def _labelled(
        self, band: Sequence[RuledCell], figures: Sequence[RuledCell], label: str
    ) -> Iterator[Core]:
        """Figures with their label, nothing where there is none or the text's order is another."""
        figures = sorted(figures, key=lambda cell: cell.tokens[0])
        lefts = [cell.left for cell in figures]
        known = [(cell, self._head(cell)) for cell in figures]
        known = [(cell, head) for cell, head in known if not (head and _NO_AMOUNT.search(head[-1]))]
        if not label or lefts != sorted(lefts) or not any(is_figure(cell.run) for cell, _ in known):
            return
        cells = tuple((cell.tokens[0], cell.tokens[-1]) for cell, _ in known)
        first = min([i for cell in band for i in cell.tokens if i < cells[0][0]], default=cells[0][0])
        placed = Placed(
            label,
            first,
            tuple(head for _, head in known),
            tuple((cell.left, cell.right) for cell, _ in known),
            self._unit(band),
            _end(band, figures[-1]),
        )
        yield Core(cells[0][0], cells[-1][1], cells, placed)

    def _unit(self, band: Sequence[RuledCell]) -> str:
        """What the band's cell under the head `单位` says, where it is a unit."""
        words = (squeeze(cell.text) for cell in band if _UNIT_HEAD.match("".join(self._head(cell)[-1:])))
        return next((word for word in words if unit_of(word) is not None), "")

    def _label(self, band: Sequence[RuledCell], left: float) -> str:
        """The words left of a band's figures; a cell over several bands names them all.

        Two cells where there are more: `应收账款` beside a customer's name is not the line item. Other names
        than a line item's go without the company they are of, which questions would mistake for the issuer.
        """
        top, bottom = band[0].top, min(cell.bottom for cell in band)
        before = [
            (cell, "".join(self._head(cell)[-1:]))
            for cell in self._cells
            if cell.right <= left + NEAR and cell.top <= top + NEAR and cell.bottom >= bottom - NEAR
        ]
        before.sort(key=lambda pair: pair[0].left)
        words = [(cell, head) for cell, head in before if _is_name(cell.text) and not _NO_NAME.search(head)]
        if not words:
            return "".join(cell.text for cell, _ in before[:1])
        others = [cell for cell, head in words[1:] if _NAMED.search(head)]
        text = words[0][0].text
        if not _NAMED.search(words[0][1]):
            others = others or [cell for cell, _ in words[1:]]
        elif not line_item_of(text):
            others = [cell for cell in others if "公司" not in cell.text]
        whole = text + "".join(cell.text for cell in others[:1])
        return whole if len(whole) <= _LONGEST_LABEL else text if len(text) <= _LONGEST_LABEL else ""

    def _head(self, figure: RuledCell) -> tuple[str, ...]:
        """The head above a figure from top to bottom; empty where it is not sure."""
        over: list[RuledCell] = []
        for cell in self._heads:
            if cell.left <= figure.left + NEAR and cell.right >= figure.right - NEAR:
                over.append(cell)
            elif min(cell.right, figure.right) - max(cell.left, figure.left) > NEAR:
                return ()
        return tuple(word for word, _ in groupby(squeeze(cell.text) for cell in over))


def _pairs(band: Sequence[RuledCell]) -> Iterator[tuple[RuledCell, RuledCell]]:
    """Names and figures that take turns across a band, from left to right; none where they do not."""
    cells = sorted(band, key=lambda cell: cell.left)
    names, figures = cells[::2], cells[1::2]
    if len(names) == len(figures) and all(map(_names, names)) and all(is_figure(c.run) for c in figures):
        yield from zip(names, figures, strict=True)


def _names(cell: RuledCell) -> bool:
    return _is_name(cell.text) and not _is_whole(cell.run)


def _end(band: Sequence[RuledCell], figure: RuledCell) -> int:
    """The last token of the cell right of the band's last figure, where its words follow on the figure."""
    beside = min(
        (cell for cell in band if cell.left > figure.left), key=lambda cell: cell.left, default=figure
    )
    first, end = min(beside.tokens), max(beside.tokens)
    follows = first == figure.tokens[-1] + 1 and len(beside.tokens) == end - first + 1
    return end if follows else -1


def _is_name(text: str) -> bool:
    """Whether a cell's text can name a row: no serial number, no note, no figure."""
    return not (_SERIAL.match(text) or is_note(text) or _is_whole("".join(text.split())))


def _is_whole(run: str) -> bool:
    return is_figure(run) or is_vacant(run)


def _is_head_word(word: str) -> bool:
    return is_head_word(word) or bool(
        _YEAR.match(word) or (_HEAD.search(word) and len(word) <= _LONGEST_HEAD)
    )
