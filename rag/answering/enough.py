"""Whether the best unit answers what is asked, or only speaks of the same matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.relevance import NEARBY, Need, met
from rag.answering.units import Unit, held_units
from rag.answering.word_features import Grams
from rag.answering.yesno import affirms
from rag.checking.said import Said, figures_said
from rag.filings.lexicon import line_items
from rag.filings.unit import kind_of
from rag.retrieval.question import Query
from rag.retrieval.wording import says
from rag.store.tokens import tagged_words

# Below both a figure belongs to something else (eval/gold: no right figure is that far from its question).
LEAST_MET, LEAST_GRAMS = 0.5, 0.35
# Kinds of question that are answered in words.
FIGURES = frozenset({"number", "calc"})
OF_WORDS = frozenset({"text", "why", "list", "yesno"})
# A name as rare as this that a figure's sentence, heading and passage all leave out is another thing's figure.
RARE, SPOKEN, GRAMS_INSTEAD = 4.5, 0.4, 0.35
# A name this far from the word for its bearer is another's: 实际控制人、董事等参加……监管局的培训.
NAMED_WITHIN = 24
# So many names that no loaded filing of the company says leave nothing to answer from.
MANY_UNHEARD = 2
_ASKS_NAME = re.compile(r"叫(?:什么|啥)|什么名字|姓(?:什么|甚)|是谁|哪位")
_NAME_TAGS = ("nr", "nt", "nz", "eng")
_NAMED = re.compile(
    r"[“《][^”》]+[”》]|有限(?:责任)?公司|国资委|国有资产|人民政府|大学|医院|研究院|事务所|[A-Za-z]{3,}"
)
_NOBODY = re.compile(r"无(?!形|法|论|锡|线)|没有|未(?:设|聘|披露|有)|不存在")
_ASKS_PRICE = re.compile(r"多少钱一|一[台个件套只盒张瓶支][^,，。?？]{0,6}多少钱|售价|单价|定价|卖价")
_PRICE = re.compile(r"售价|单价|定价|卖价|价格|均价|元/[^股]")
_CAUSE = re.compile(
    r"系|因|主要[是为]|由于|所致|源于|影响|带动|得益|受益|导致|使得?|拉动|随着|为了|推动|通过"
)
_RATIO = re.compile(r"[\u4e00-\u9fff]{2}(?:率|系数|倍数)$")
_CJK = re.compile(r"[\u4e00-\u9fff]{2,}")


def answers(unit: Unit, needs: Sequence[Need], query: Query, grams: Grams) -> bool:
    """Whether a unit may be the direct answer."""
    if _ASKS_PRICE.search(query.text) and not _PRICE.search(unit.text + unit.around):
        return False
    if (
        query.kind in FIGURES
        and query.line_items
        and unit.kind == "sentence"
        and not _gives(unit, needs, query)
    ):
        return False
    if query.kind == "number":
        return bool(query.sides) or _is_its_figure(unit, needs, grams)
    if asks_name(query) and unit.kind == "sentence":
        return _names_nearby(unit.text, needs) or bool(_NOBODY.search(unit.text))
    if query.kind == "why" and _asks_course(query):
        return _tells_cause(unit) and _is_of_item(unit, needs)
    return query.kind not in OF_WORDS or _is_of_item(unit, needs)


def _is_of_item(unit: Unit, needs: Sequence[Need]) -> bool:
    """Whether a line item that is asked about is named, or stands in a heading above; true where none is."""
    items = [need for need in needs if need.line_item]
    return not items or any(met(unit, need) > NEARBY for need in items)


def _asks_course(query: Query) -> bool:
    """Whether the reason for a line item's course, or for a profit or loss, is asked for."""
    return bool(query.line_items) or says("profit", query.text)


def _tells_cause(unit: Unit) -> bool:
    """Whether a sentence, or the heading above, has a word of cause; rows and ticked boxes stand beside reasons."""
    if unit.kind == "sentence":
        return bool(_CAUSE.search(unit.text + unit.around))
    return unit.kind != "box" or affirms(unit.text)


def _gives(unit: Unit, needs: Sequence[Need], query: Query) -> bool:
    """Whether a sentence gives a figure, of money for an amount of money, that is of a line item asked for.

    研发费用占营业收入的33.84% gives no 营业收入.
    """
    amounts = {key for key in query.line_items if line_items()[key].nature in ("flow", "balance")}
    shares = query.asks_change or any("%" in units for units in query.expects)
    if query.kind != "number" or shares or not amounts or len(amounts) < len(query.line_items):
        return bool(held_units(unit))
    words = [word for need in needs if need.line_item for word in (*need.words, *need.said)]
    money = (said for said in figures_said(unit.text, "") if kind_of(said.amount.unit) == "money_cny")
    return any(amounts & said.items or not said.items or _is_near(said, words) for said in money)


def _is_near(said: Said, words: Sequence[str]) -> bool:
    """Whether one of the words stands between a figure and its neighbours."""
    return any(word in said.near for word in words)


def asks_name(query: Query) -> bool:
    """Whether a name is asked for: 叫什么, 是谁."""
    return bool(_ASKS_NAME.search(query.text))


def is_unheard_of(needs: Sequence[Need]) -> bool:
    """Whether several of the things a question names are in none of its filings, or a ratio it names (成新率)."""
    unheard = [
        n for n in needs if n.is_name and not n.count and not n.is_known and _CJK.fullmatch(n.words[0])
    ]
    return len(unheard) >= MANY_UNHEARD or any(_RATIO.search(need.words[0]) for need in unheard)


def _is_its_figure(unit: Unit, needs: Sequence[Need], grams: Grams) -> bool:
    known = [need for need in needs if need.count]
    total = sum(need.weight for need in known)
    shared = grams.share(unit.text + unit.around)
    if total and shared < LEAST_GRAMS and sum(n.weight * met(unit, n) for n in known) / total < LEAST_MET:
        return False
    rare = [
        n for n in known if n.is_name and not n.is_known and n.weight >= RARE and _CJK.fullmatch(n.words[0])
    ]
    return shared >= GRAMS_INSTEAD or all(met(unit, need) >= SPOKEN for need in rare)


def _names_nearby(text: str, needs: Sequence[Need]) -> bool:
    """Whether a name stands close to a word that says what is asked for, where the sentence says one."""
    said = [m for need in needs for word in need.words for m in re.finditer(re.escape(word), text)]
    near = [text[max(0, m.start() - NAMED_WITHIN) : m.end() + NAMED_WITHIN] for m in said]
    return any(map(_names_something, near or [text]))


def _names_something(text: str) -> bool:
    """Whether a sentence holds a name of a person, a body or a thing."""
    return bool(_NAMED.search(text)) or any(tag in _NAME_TAGS for _, tag in tagged_words(text))
