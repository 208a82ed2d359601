"""Which row of a table has the most or the least of something: 毛利率最高的产品, 进度最慢的项目, 收入前两名的地区."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answering.draft import Draft, Material
from rag.answering.extreme_claims import claims_of_extreme
from rag.answering.listing import Beside, listings
from rag.answering.pair_compare import two_of
from rag.answering.ranking import Scored
from rag.answering.row_measure import Measure, kinds_of, measure_of
from rag.answering.row_pair import names_two
from rag.checking.claim import Claim
from rag.retrieval.question import Query

_WHICH = r"(?:哪[一]?[个项款家块种类条]|谁).{0,14}"
_MOST = re.compile(rf"最(?:高|大|多|快)|前[两二三四]|{_WHICH}更?(?:高|大|多(?!少)|快)")
_LEAST = re.compile(
    rf"最(?:低|小|慢)|最少|(?:[降跌]幅|下降|下滑|减少|降低)[^,，。?？]{{0,3}}最|{_WHICH}更?(?:低|小|(?<!多)少|慢)"
)
_FALLEN = re.compile(r"[降跌]幅|(?:下降|下滑|减少|降低|[降跌])[^,，。?？增升]{0,3}最")
_FALLEN_LEAST = re.compile(
    r"[降跌]幅[^,，。?？]{0,3}最?(?:小|少|低)|(?:下降|下滑|减少|降低)[^,，。?？]{0,3}最(?:小|少|慢)"
)
_THINGS = re.compile(r"哪|谁|产品|业务|服务|地区|区域|市场|行业|渠道|模式|项目|公司|客户|供应商|品类")
_OUTRIGHT = re.compile(r"最[高低大小多少快慢]")
# Tables looked at for one that has the column asked about.
MOST_TABLES = 12


def asks_extreme(query: Query) -> bool:
    """Whether the most or the least of several things of one issuer is asked for; quarters are columns, not rows."""
    return (
        not query.sides
        and "季度" not in query.text
        and _THINGS.search(query.text) is not None
        and bool(_wanted(query))
    )


def is_one_of_many(material: Material, claims: Sequence[Claim]) -> bool:
    """Whether the most or the least of things of a kind is asked for and one row of a table is all that is told.

    Nothing says then that no other row has more.
    """
    query = material.query
    if not (_OUTRIGHT.search(query.text) and kinds_of(query.text) and asks_extreme(query)) or not claims:
        return False
    told = [(quote, material.evidence[quote.evidence].passage) for quote in claims[0].quotes]
    return all(any(row.start == quote.start for row in passage.rows) for quote, passage in told)


def extreme_row(material: Material, ranked: Sequence[Scored], beside: Beside) -> Draft | None:
    """The rows with the most, the least or both of what is asked; None where no table shows a column of it.

    Of several tables that list the same the one with the share asked for is told, then the one with most rows.
    """
    found = list(_measured(material, ranked, beside))
    query = material.query
    if names_two(query) or ("最" not in query.text and two_of(query.text) is not None):
        found = [one for one in found if one.is_named]
    alike = [one for one in found if kinds_of(one.listing.kind) == kinds_of(found[0].listing.kind)]
    best = max(alike, key=lambda one: (one.shows_share(query), len(one.held)), default=None)
    if best is None:
        return None
    told = replace(material, evidence=best.evidence)
    return Draft(tuple(claims_of_extreme(best, _wanted(query), told)), material=told)


def _measured(material: Material, ranked: Sequence[Scored], beside: Beside) -> Iterator[Measure]:
    """Every listing of the tables that the best rows stand in and that is measured as asked, best first."""
    tried: set[str] = set()
    tables = 0
    for scored in (scored for scored in ranked if scored.unit.row is not None):
        piece = material.evidence[scored.unit.evidence]
        if piece.passage.id in tried or tables == MOST_TABLES:
            continue
        tables += 1
        evidence, found = listings(material.evidence, scored.unit.evidence, beside)
        tried.add(piece.passage.id)
        tried.update(o.fact.passage_id for one in found for item in one.items for o in item.operands)
        for listing in found:
            measure = measure_of(listing, piece, material.query)
            if measure is not None:
                yield replace(measure, evidence=evidence)


def _wanted(query: Query) -> list[tuple[str, int]]:
    """The extremes asked for, each with its word and sign; what falls most has the least change."""
    if _FALLEN.search(query.text):
        return [] if _FALLEN_LEAST.search(query.text) else [("降幅最大", -1)]
    asked = [("最高", 1, _MOST), ("最低", -1, _LEAST)]
    return [(word, sign) for word, sign, pattern in asked if pattern.search(query.text)]
