"""Table rows as pieces: an item with its figure and change, and the reason that stands beside it or in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rag.answering.draft import Material
from rag.answering.phrase import clean_label
from rag.answering.row_reason import row_block
from rag.answering.units import row_unit
from rag.checking.claim import Claim, Quote
from rag.filings.amount import parse_amount
from rag.filings.filing import Filing
from rag.filings.fiscal import end_date
from rag.filings.lexicon import line_item_of, line_items
from rag.filings.passage import Cell, Column, Passage, Row
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from rag.summarizing.piece import Piece, full_width, grams
from rag.summarizing.words import summary_words

_IS_CHANGE = re.compile(
    r"(?:变动|增减|变化|增长)[^\d]{0,6}(?:[%％]|比例|幅度|率)|同比增减|比上年.{0,6}增减|^增减$"
)
# `营业成本变动原因说明：主要系……所致；` is a form that the exchanges prescribe.
_SAID_REASON = re.compile(
    r"(?P<label>[^\s。；;：:]{2,30}?)变动(?:的)?(?:主要)?原因(?:说明)?[:：]\s*(?P<reason>[^。；;]{4,})"
)
# What nearly every reason says.
_STOCK = re.compile(r"主要(?:系|由于|是)|报告期内|本期|公司|所致|增加|减少")
_ASIDE = re.compile(r"[（(].*?[)）]|\d")
# A schedule of movements: its columns are no two periods.
_MOVES = re.compile(r"增加|减少|损益|转[入出]|计提|购[买入]|出售|核销|回购|发行")
_EARLIER = re.compile(r"上年|上期|期初|年初|去年|20\d\d年")
_LABEL = re.compile(r"^[\u4e00-\u9fffA-Za-z（）()、]{2,26}$")
_BROKEN = re.compile(r"主要系|所致|合计$|小计$|[（(][^）)]*$")
REASON_WORTH, ROW_WORTH, LARGE, LARGEST = 0.4, 0.7, Decimal(30), Decimal(1000)
MOST_REASON = 70


def row_pieces(evidence: Sequence[Evidence], *, key_only: bool) -> Iterator[Piece]:
    """The rows with a change, each with its reason where one is given; with `key_only` key indicators only."""
    reasons = _said_reasons(evidence)
    for index, piece in enumerate(evidence):
        passage = piece.passage
        if passage.scope == "parent" or not _compares(passage):
            continue
        for row in passage.rows:
            if not key_only or _is_key(row):
                yield from _pieces(evidence, index, row, reasons)


def _compares(passage: Passage) -> bool:
    """Whether a table sets two periods side by side, or prints changes."""
    heads = [squeeze(column.head) for column in passage.columns]
    if any(_IS_CHANGE.search(head) for head in heads):
        return True
    return any(map(_EARLIER.search, heads)) and not any(map(_MOVES.search, heads))


def _is_key(row: Row) -> bool:
    return line_item_of(row.label) in summary_words().key_items


def _pieces(
    evidence: Sequence[Evidence], index: int, row: Row, reasons: dict[str, tuple[str, Quote]]
) -> Iterator[Piece]:
    """One row in a short sentence, and with its reason; none where its label or its figures are not whole."""
    passage = evidence[index].passage
    item, label = line_item_of(row.label), clean_label(row.label)
    figures = _figures(evidence[index], row, item)
    if figures is None or (not item and not _LABEL.match(label)) or _BROKEN.search(label):
        return
    if not _LABEL.match(label):
        label = line_items()[item].name
    amount, change, by = figures
    own = Quote(index, row.start, row.end)
    told = frozenset({item, f"{item}+"} if item and by is not None else {item} - {""})
    reason = _reason(evidence, index, row) or reasons.get(item or label)
    because = f"，{full_width(reason[0])}" if reason is not None else ""
    quotes = tuple(dict.fromkeys((own, reason[1]))) if reason is not None else (own,)
    worth = ROW_WORTH + _by_size(by)
    place = (index, row.start, 0)
    ways: list[tuple[str, str, tuple[Quote, ...]]] = [(f"{amount}，{change}".strip("，"), "", (own,))]
    if because:
        ways += [(f"{amount}，{change}".strip("，"), because, quotes)]
        ways += [(change, because, quotes)] if by is not None else []
    for said, why, held in ways:
        claim = Claim(f"{label}{said}{why}。", held)
        near = grams(label + _STOCK.sub("", why))
        yield Piece(claim, place, passage.section, near, worth + REASON_WORTH * bool(why), told)


def _figures(piece: Evidence, row: Row, item: str) -> tuple[str, str, Decimal | None] | None:
    """The figure of the filing's own period, its change in words, and as a number; None where there is none.

    Where no percentage is printed the figure before is told instead.
    """
    columns = piece.passage.columns
    placed = [(cell, columns[cell.column]) for cell in row.cells if cell.column >= 0]
    changes = [pair for pair in placed if _IS_CHANGE.search(squeeze(pair[1].head))]
    amounts = [pair for pair in placed if pair not in changes and not _is_share(pair[1], item)]
    current = _current(amounts, piece.filing)
    value = parse_amount(current[0].text) if current is not None else None
    if current is None or value is None or not (current[0].unit or current[0].text.endswith(("%", "％"))):
        return None
    balance = "-" in current[1].period or bool(item and line_items()[item].nature == "balance")
    versus = "较上年末" if balance else "同比"
    own = _change_of(changes, current[1])
    number = _percentage(own) if own is not None and not _is_rate(item) else None
    # Of a loss that shrinks, filings print a rise as often as a fall: its figure before tells more.
    if number is not None and not (value < 0 < number[0]):
        by, text = number
        return _amount(current[0]), f"{versus}{'增长' if by >= 0 else '下降'}{text.lstrip('-')}%", by
    if own is not None and "百分点" in own.text:
        return _amount(current[0]), f"{versus}{squeeze(own.text)}", None
    return _amount(current[0]), _before(amounts, current, balance), None


def _is_share(column: Column, item: str) -> bool:
    """Whether a column tells shares of a total beside amounts."""
    return column.measure == "ratio" and not _is_rate(item)


def _is_rate(item: str) -> bool:
    return bool(item) and line_items()[item].nature == "ratio"


def _current(amounts: Sequence[tuple[Cell, Column]], filing: Filing) -> tuple[Cell, Column] | None:
    """The amount of the filing's own period; the first one where no column says its period."""
    own = (filing.period, end_date(filing.period).isoformat()) if filing.period else ()
    dated = [pair for pair in amounts if pair[1].period]
    if not dated:
        return next(iter(amounts), None)
    return next((pair for pair in dated if pair[1].period in own), None)


def _change_of(changes: Sequence[tuple[Cell, Column]], current: Column) -> Cell | None:
    """The change of the current column: of several the one whose head names that column."""
    head = _ASIDE.sub("", squeeze(current.head))
    named = [cell for cell, column in changes if head and squeeze(column.head).startswith(head)]
    if named or len(changes) == 1:
        return named[0] if named else changes[0][0]
    return next((cell for cell, column in changes if column.period == current.period), None)


def _before(amounts: Sequence[tuple[Cell, Column]], current: tuple[Cell, Column], balance: bool) -> str:
    """The figure of the year before or of its end, in words; "" where none is printed."""
    earlier = [
        cell for cell, column in amounts if column is not current[1] and _EARLIER.search(squeeze(column.head))
    ]
    moves = any(_MOVES.search(squeeze(column.head)) for _, column in amounts)
    if moves or not earlier or parse_amount(earlier[0].text) is None:
        return ""
    return f"{'上年末' if balance else '上年同期'}{_amount(earlier[0])}"


def _amount(cell: Cell) -> str:
    text = squeeze(cell.text)
    return f"为{text}" if text.endswith(("%", cell.unit)) and cell.unit else f"为{text}{cell.unit}"


def _percentage(cell: Cell) -> tuple[Decimal, str] | None:
    """A printed percentage, as a number and as printed without its sign; None for anything else."""
    text = squeeze(cell.text).rstrip("%％")
    value = parse_amount(text)
    return (value, text) if value is not None and "百分点" not in text else None


def _reason(evidence: Sequence[Evidence], index: int, row: Row) -> tuple[str, Quote] | None:
    """The reason that the table gives beside a row."""
    material = Material(Query("", "", "why"), tuple(evidence), ())
    claim = row_block(material, row_unit(index, evidence[index].passage, row))
    if claim is None:
        return None
    said = claim.text.split("变动的原因：", 1)[-1].rstrip("。")
    return (said, claim.quotes[0]) if len(said) <= MOST_REASON else None


def _said_reasons(evidence: Sequence[Evidence]) -> dict[str, tuple[str, Quote]]:
    """The reasons that prose gives in the prescribed form, by line item or label."""
    found: dict[str, tuple[str, Quote]] = {}
    for index, piece in enumerate(evidence):
        for match in _SAID_REASON.finditer(piece.passage.text):
            label = squeeze(match["label"])
            reason = re.sub(r"报告期内|公司(?=[^司])", "", squeeze(match["reason"]), count=1)
            found.setdefault(line_item_of(label) or label, (reason, Quote(index, match.start(), match.end())))
    return found


def _by_size(change: Decimal | None) -> float:
    """What a change is worth by its size, 0 to 0.6."""
    if change is None or abs(change) < LARGE:
        return 0.0
    return float(min(abs(change), LARGEST) / LARGEST) * 0.4 + 0.2
