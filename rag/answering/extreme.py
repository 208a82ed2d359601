"""Which row of a table has the most or the least of something: 毛利率最高的产品, 进度最慢的项目."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rag.answering.draft import Draft, Material
from rag.answering.phrase import clean_label, figure_text, issuer_name
from rag.answering.ranking import Scored
from rag.checking.claim import Claim, Quote
from rag.filings.amount import parse_amount
from rag.filings.lexicon import line_item_of
from rag.filings.passage import Cell, Passage, Row
from rag.filings.text import squeeze
from rag.retrieval.question import Query

_MOST = re.compile(r"最(?:高|大|多|快)|(?:哪[个项款家块]|谁).{0,10}更?(?:高|大|多|快)")
_LEAST = re.compile(r"最(?:低|小|少|慢)|(?:哪[个项款家块]|谁).{0,10}更?(?:低|小|少|慢)")
_PACE = re.compile(r"快|慢")
_TOTAL = re.compile(r"合\s*计|小\s*计|总\s*计")
# Where a table begins to list by something else.
_PARTED = re.compile(r"[分按](?:产品|行业|地区|区域|销售|渠道|客户|业务)")
_KINDS = tuple(
    map(re.compile, ("产品|业务|服务", "地区|区域", "行业", "渠道|模式", "项目", "子公司", "客户|供应商"))
)
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z（）()、/]{2,30}")
# Rows looked at for a table that has the column asked about.
MOST_ROWS = 12
# Fewer rows than this are no table to find the most in.
FEWEST = 2
# The end of a label that is the cell of a yes-or-no column beside it.
_TICKED = re.compile(r"[是否]$")


def extreme_row(material: Material, ranked: Sequence[Scored]) -> Draft | None:
    """The row with the most, the least or both of what is asked; None where no table shows a column of it."""
    query = material.query
    wanted = [(word, sign) for word, sign in (("最高", 1), ("最低", -1)) if _asks(query, sign)]
    for scored in ranked[:MOST_ROWS]:
        row = scored.unit.row
        if row is None:
            continue
        passage = material.evidence[scored.unit.evidence].passage
        column = _column(passage, query) if _lists(passage, query) else None
        held = _held(_group(passage, row), column) if column is not None else []
        if column is not None and len(held) >= FEWEST:
            found = [(word, max(held, key=lambda pair: sign * pair[2])) for word, sign in wanted]
            return _told(material, scored.unit.evidence, column, found)
    return None


def asks_extreme(query: Query) -> bool:
    """Whether the most or the least of several things of one issuer is asked for."""
    return not query.sides and (_asks(query, 1) or _asks(query, -1))


def _asks(query: Query, sign: int) -> bool:
    return bool((_MOST if sign > 0 else _LEAST).search(query.text))


def _lists(passage: Passage, query: Query) -> bool:
    """Whether a table lists what is asked about: one by region says nothing of products."""
    about = passage.context + passage.text[: passage.rows[0].start if passage.rows else 0]
    asked = {kind for kind in _KINDS if kind.search(query.text)}
    shown = {kind for kind in _KINDS if kind.search(squeeze(about))}
    return not asked or not shown or bool(asked & shown)


def _column(passage: Passage, query: Query) -> int | None:
    """The column of the line item that the question names, or of progress where it asks for pace."""
    for index, column in enumerate(passage.columns):
        head = squeeze(column.head)
        if column.measure == "change":
            continue
        key = line_item_of(column.head)
        if (key and key in query.line_items) or ("进度" in head and _PACE.search(query.text)):
            return index
    return None


def _group(passage: Passage, row: Row) -> Iterator[Row]:
    """The rows listed together with one: up to a total, or to where the table lists by something else."""
    groups: list[list[Row]] = [[]]
    end = 0
    for other in passage.rows:
        if _PARTED.search(passage.text[end : other.start]) and end:
            groups.append([])
        if _TOTAL.search(other.label):
            groups.append([])
        else:
            groups[-1].append(other)
        end = other.end
    yield from next((group for group in groups if row in group), [])


def _held(rows: Iterator[Row], column: int) -> list[tuple[Row, Cell, Decimal]]:
    """Each row with its cell in a column; none at all where the name of one cannot be read."""
    held: list[tuple[Row, Cell, Decimal]] = []
    for row in rows:
        cell = next((cell for cell in row.cells if cell.column == column), None)
        value = parse_amount(cell.text.rstrip("%")) if cell is not None else None
        if cell is None or value is None:
            continue
        if not _NAME.fullmatch(clean_label(row.label)):
            return []
        held.append((row, cell, value))
    return held


def _told(
    material: Material, index: int, column: int, found: Sequence[tuple[str, tuple[Row, Cell, Decimal]]]
) -> Draft:
    piece = material.evidence[index]
    head = squeeze(re.sub(r"[（(].{1,3}[）)]", "", piece.passage.columns[column].head))
    told = "，".join(
        f"{_TICKED.sub('', clean_label(row.label))}的{head}{word}，为{figure_text(cell)}"
        for word, (row, cell, _) in found
    )
    quotes = tuple(dict.fromkeys(Quote(index, row.start, row.end) for _, (row, _, _) in found))
    return Draft((Claim(f"{issuer_name(piece.filing)}表中所列，{told}。", quotes),))
