"""Which unit answers best: a weighted sum of what can be seen of it, the weights fitted on gold questions.

The weights come from `training/fit_ranking.py`: a softmax over each question's units, the units that hold
a gold quote against the others.  Questions for figures and questions for words have weights of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rag.answering.cell_features import cell_features, is_total
from rag.answering.relevance import Need, bigram_share, met, said_share
from rag.answering.row_day import day_column
from rag.answering.units import Unit, held_units
from rag.answering.word_features import Grams, grams_of, word_features
from rag.checking.when import ADDED_UP
from rag.filings.ages import Span, span_of
from rag.filings.column_heads import is_change_of_share
from rag.filings.fiscal import is_period, same_time
from rag.filings.passage import Passage
from rag.filings.period import find_periods, resolve
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query

_DIGIT = re.compile(
    r"(?<![第\d])\d|第[一二三四五六七八九十]+年|[二三四五六七八九十百千两]+余?[个项家次名款条]"
)
_CAUSE = re.compile(
    r"主要系|主要(?:是)?(?:由于|因|受)|由于|原因|所致|因此|为了|为避免|导致|受.{1,20}影响|避免"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[-/.]\d)")
_DATE = re.compile(r"\d{4}年\d{1,2}月|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}月\d{1,2}日")
# 什么时候 is also answered by what must come to pass first (在客户签收时确认收入), or by a year or quarter.
_WHEN = re.compile(
    r"20\d\d年|季度|上旬|中旬|下旬|(?:时|之日起?|届满|完成|签收|验收)后?[^，。]{0,6}(?:确认|计入|实施|开始)"
)
_CHANGE = re.compile(r"同比|环比|增长|增加|减少|下降|上升|提升|降低|收窄|扩大|较上年|较去年|较期初|较年初")
_WHOLE_YEAR = re.compile(r"全年|预计|预测|预期|指引|目标|计划")
_DISTRIBUTION = re.compile(r"分红|派现|派息|股利|利润分配")
_BALANCE = re.compile(r"余额|账面价值|账面净值|账面原值")
# What a question for a date expects, as `question_words.toml` writes it.
DATES = frozenset({"日期"})
_COUNTERS = frozenset("人户家项件次名款个条位种类年股")
FIGURE_KINDS = frozenset({"number", "compare", "calc"})
# The rarest name of the question counts as spoken of from this share on.
NAME_SPOKEN = 0.5
PHRASE = 8

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "said": 1.0,
        "around": 0.48,
        "bigrams": 0.62,
        "bigrams_around": 0.61,
        "phrase": 0.46,
        "asserted": 0.34,
        "first_rank": 0.42,
        "similarity": 0.67,
        "item_row": 0.29,
        "row_for_figure": 0.48,
        "row_for_words": 0.22,
        "no_figure": -1.18,
        "unit_missed": -0.75,
        "wrong_period": -1.09,
        "other_scope": -1.0,
        "name_missed": -0.08,
        "cause": 0.96,
        "two_periods": 0.18,
        "enumerates": 0.55,
        "key_indicators": 0.4,
        "statement": 0.22,
        "box_for_yesno": -0.41,
        "box_otherwise": -1.05,
        "short": -0.43,
        "total_row": 0.13,
        "total_asked": 0.4,
        "total_said": 0.35,
        "figures_asked": 0.4,
        "tells_change": 0.46,
        "event_missed": -0.5,
        "part_only": -1.0,
        "of_part": -1.0,
        "cell_said": 1.0,
        "columns_asked": 1.0,
        "label_unasked": -0.3,
        "said_whole": 0.8,
        "other_note": -0.6,
        "other_time": -1.0,
        "of_earlier_year": -0.5,
    }
)
# Fitted on 153 questions of eval/gold that ask for words: first unit right 0.69 before, 0.73 after (5 parts, each
# held out); on 31 other questions 0.65 before, 0.74 after.  A unit's own embedding added nothing.  `name_field`,
# `names_body`, `compared`, `narrower`, `told_outright`, `of_promise`, `of_method`, `defines`, `of_progress`,
# `tells_course`, `event_missed` and `spans_dates` are set by hand: too few questions ask so.
WORD_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "said": 0.91,
        "around": 0.14,
        "bigrams": 0.26,
        "bigrams_around": 0.21,
        "grams": 0.65,
        "grams_around": 0.41,
        "heading_asked": 0.25,
        "phrase": -0.05,
        "first_rank": 0.33,
        "similarity": 0.85,
        "item_row": 0.12,
        "row_for_words": 0.18,
        "unit_missed": -0.52,
        "wrong_period": -1.09,
        "other_scope": -1.0,
        "name_missed": -0.22,
        "cause": 0.77,
        "why_because": 0.6,
        "supposed": -0.16,
        "of_policy": -0.18,
        "enumerates": 0.52,
        "list_opened": -0.2,
        "person": 0.13,
        "name_field": 0.6,
        "compared": 0.3,
        "narrower": -0.4,
        "told_outright": 0.8,
        "of_earlier_year": -0.5,
        "of_promise": -0.8,
        "defines": 0.5,
        "of_progress": 0.5,
        "of_method": -0.8,
        "tells_course": 0.6,
        "names_body": 0.3,
        "event_missed": -0.5,
        "spans_dates": 0.6,
        "key_indicators": 0.49,
        "yesno_denied": 0.1,
        "box_for_yesno": -0.44,
        "box_otherwise": -1.41,
        "short": -0.46,
        "tells_change": 0.67,
    }
)

# 自2020年上市以来，公司累计投入研发费用……
_SINCE = re.compile(r"^自?[^，,。；;]{0,16}以来[^。；;]{0,12}累计")
# Where the words stand that narrow down what a sentence gives.
NARROWED = 24
_TRADE = re.compile(r"前[五5][名大]")
# 按欠款方归集的期末余额前五名: a title stands this near the table's beginning.
_LARGEST, TITLE = re.compile(r"前五[名大]"), 60
_ASKS_LARGEST = re.compile(
    r"前五|前[几一二三四]|最大|第[一二三四五]|欠款|单位|客户|供应商|对方|对象|集中|谁|哪"
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its coverage of the needs (0 to 1) and its score; higher is better, for one question only."""

    unit: Unit
    coverage: float
    score: float


def rank_units(
    units: Sequence[Unit], needs: Sequence[Need], query: Query, evidence: Sequence[Evidence]
) -> list[Scored]:
    """Units best first; ties go to the better ranked passage, then to the earlier place."""
    scored = []
    figures = query.kind in FIGURE_KINDS
    weights = WEIGHTS if figures else WORD_WEIGHTS
    grams = Grams({}) if figures else grams_of(query, units)
    age = span_of(query.text) if figures else None
    aged = age is not None and any(_age_of(unit) == age for unit in units)
    for unit in units:
        if aged and unit.row is not None and _age_of(unit) is None:
            continue  # a group's row is of every age
        piece = evidence[unit.evidence]
        seen = features(unit, needs, query, piece)
        if _is_anothers(unit, query, piece.passage) or any(seen[name] >= 1 for name in _ruled_out(query)):
            continue
        if not figures:
            seen |= word_features(unit, query, piece.passage, grams)
        total = sum(weight * seen[name] for name, weight in weights.items())
        scored.append(Scored(unit, coverage(unit, needs), total))
    return sorted(scored, key=lambda s: (-s.score, s.unit.evidence, s.unit.start))


def _age_of(unit: Unit) -> Span | None:
    """The age that a row's label says."""
    return span_of(unit.row.label) if unit.row is not None else None


def _is_anothers(unit: Unit, query: Query, passage: Passage) -> bool:
    """Whether a unit is of another line item, or of a part, where the whole of one is asked for."""
    part = _is_of_largest(unit, query, passage) or _is_of_related(unit, query)
    return part or _is_other_item(unit, query) or _has_added_up(unit, query)


def _is_other_item(unit: Unit, query: Query) -> bool:
    """Whether a row is of another line item than the only thing asked for: a row without figures stands beside it."""
    asked = query.kind in ("number", "compare") and query.line_items and not query.terms
    return bool(asked and unit.line_item and unit.line_item not in query.line_items)


def _is_of_largest(unit: Unit, query: Query, passage: Passage) -> bool:
    """Whether a row is of a table of the five largest, where the whole line item is asked for."""
    title = "".join((*passage.section[-1:], passage.context, passage.text[:TITLE]))
    asked = query.kind == "number" and query.line_items and not _ASKS_LARGEST.search(query.text)
    return bool(asked and unit.row is not None and _LARGEST.search(title))


def _is_of_related(unit: Unit, query: Query) -> bool:
    """Whether what is told is only the part with related parties: 前五名客户销售额中关联方销售额."""
    own = unit.row.label if unit.row is not None else unit.text
    return "关联" in squeeze(own)[:NARROWED] and "关联" not in query.text and bool(_TRADE.search(query.text))


def _has_added_up(unit: Unit, query: Query) -> bool:
    """Whether a sentence gives only what has added up since an event, where a period's figure is asked for."""
    asked = query.kind in FIGURE_KINDS and query.line_items and not ADDED_UP.search(query.text)
    return bool(asked and unit.kind == "sentence" and _SINCE.search(unit.text))


def _ruled_out(query: Query) -> tuple[str, ...]:
    """What a unit must not be, however well it fits otherwise; no gold question loses its evidence by it."""
    if query.kind == "number" or (query.expects == (DATES,) and query.kind != "yesno"):
        return ("wrong_period", "other_scope", "no_figure", "unit_missed", "of_part")
    return ("wrong_period", "other_scope", "no_figure")


def coverage(unit: Unit, needs: Sequence[Need]) -> float:
    """The share of the needs' weight that the unit meets, 0 to 1."""
    total = sum(need.weight for need in needs)
    return sum(need.weight * met(unit, need) for need in needs) / total if total else 0.0


def features(unit: Unit, needs: Sequence[Need], query: Query, piece: Evidence) -> dict[str, float]:
    """What is seen of a unit in the light of a question, each from 0 to 1."""
    passage, figures = piece.passage, query.kind in FIGURE_KINDS
    row = unit.row is not None
    no_figure = figures and not _DIGIT.search(unit.text)
    causes = unit.text + (unit.around if row else "")
    return {
        "said": said_share(unit.text + unit.heads if figures else unit.text, unit.line_item, needs),
        "around": said_share(unit.around, "", needs),
        "bigrams": bigram_share(unit.text, needs),
        "bigrams_around": bigram_share(unit.around + unit.nearby, needs),
        "first_rank": 1 / piece.rank,
        "similarity": piece.similarity,
        "no_figure": float(no_figure),
        "unit_missed": 0.0 if no_figure or not query.expects else _missed(unit, query, piece),
        "wrong_period": float(_other_period(unit, query, piece)),
        "other_scope": float(_other_scope(query, passage)),
        "of_earlier_year": float(_is_of_earlier_year(unit, query, piece)),
        "cause": float(query.kind == "why" and bool(_CAUSE.search(causes))),
        "row_for_figure": float(row and figures),
        "row_for_words": float(row and not figures),
        "box_for_yesno": float(unit.kind == "box" and query.kind == "yesno"),
        "box_otherwise": float(unit.kind == "box" and query.kind != "yesno"),
        "key_indicators": float(passage.statement == "key_indicators"),
        "statement": float(passage.statement not in ("key_indicators", "other")),
        "name_missed": float(_name_missed(unit, needs)),
        "event_missed": float(query.expects == (DATES,) and _event_missed(unit, needs)),
        "two_periods": float(query.kind == "compare" and row and _periods(unit, passage) > 1),
        "short": float(len(unit.text) < 6),
        "tells_change": float(query.asks_change and _tells_change(unit, passage)),
        "total_row": float(is_total(unit)),
        "item_row": float(row and bool(unit.line_item) and unit.line_item in query.line_items),
        "phrase": longest_common(unit.text, squeeze(query.text).lower()),
        "enumerates": float(query.kind == "list" and unit.text.count("、") >= 2),
        "asserted": float(figures and unit.kind == "sentence" and asserts_figure(unit.text, needs)),
        **cell_features(unit, query, passage, figures=figures),
    }


def longest_common(text: str, question: str) -> float:
    """The longest run of characters that both hold, as a share of eight characters; at most 1."""
    for size in range(PHRASE, 2, -1):
        if any(question[i : i + size] in text for i in range(len(question) - size + 1)):
            return size / PHRASE
    return 0.0


def asserts_figure(text: str, needs: Sequence[Need]) -> bool:
    """Whether a figure follows a need's word closely, as in `研发人员数量747人`."""
    words = [word for need in needs if need.is_name for word in (*need.words, *need.said)]
    return any(re.search(re.escape(word) + r"[^\d，,。;；]{0,12}\d", text) for word in words if word in text)


def _name_missed(unit: Unit, needs: Sequence[Need]) -> bool:
    """Whether what the question is about above all, its rarest name, is not spoken of."""
    rarest = max((need for need in needs if need.is_name), key=lambda need: need.weight, default=None)
    return rarest is not None and met(unit, rarest) < NAME_SPOKEN


def _event_missed(unit: Unit, needs: Sequence[Need]) -> bool:
    """Whether a unit's own words leave out the rarest thing asked about: its day is another event's."""
    rarest = max(needs, key=lambda need: need.weight, default=None)
    return rarest is not None and not any(word in unit.text for word in (*rarest.words, *rarest.said))


def _tells_change(unit: Unit, passage: Passage) -> bool:
    """Whether a unit says by how much or in which direction something changed."""
    if unit.row is not None:
        columns = [passage.columns[c.column] for c in unit.row.cells if c.column >= 0]
        return any(c.measure == "change" and not is_change_of_share(c.head) for c in columns)
    return _CHANGE.search(unit.text) is not None


def _other_scope(query: Query, passage: Passage) -> bool:
    if query.scope == "parent":
        return passage.scope == "consolidated"
    return passage.scope == "parent"


def _periods(unit: Unit, passage: Passage) -> int:
    """How many periods a row shows."""
    cells = unit.row.cells if unit.row is not None else ()
    return len({passage.columns[cell.column].period for cell in cells if cell.column >= 0} - {""})


def _missed(unit: Unit, query: Query, piece: Evidence) -> float:
    """The share of the figures asked for that the unit has no figure of a fitting unit for."""
    if unit.row is not None and any(cell.column < 0 for cell in unit.row.cells):
        return 0.0  # what the columns are is not known, so their units are not
    held = held_units(unit)
    if _DATE.search(unit.text) or (query.kind not in FIGURE_KINDS and _WHEN.search(unit.text)):
        held.add("日期")
    elif unit.row is not None and DATES in query.expects and day_column(piece.passage):
        held.add("日期")  # in pieces among other cells
    if "" in held and unit.row is not None:
        held.update(_COUNTERS)
    return sum(not held & units for units in query.expects) / len(query.expects)


def _other_period(unit: Unit, query: Query, piece: Evidence) -> bool:
    """Whether a unit names another year than asked, or stands in another period's filing and names none."""
    if _is_flow_for_balance(unit, query, piece.passage) or _is_part_of_year(unit, query, piece):
        return True
    asked = {period[:4] for period in query.stated_periods}
    if not asked:
        return False
    if unit.row is not None:
        known = [piece.passage.columns[cell.column].period for cell in unit.row.cells if cell.column >= 0]
        if any(map(is_period, known)):  # the dates of balances beside them end other periods too
            known = [period for period in known if is_period(period)]
        if any(known):
            # 2018年…期初 names the year and a day before it.
            return not any(same_time(period, a) for period in known for a in query.periods)
    if _is_other_quarter(query, piece):
        told = {resolve(mention, piece.filing.period) for mention in find_periods(unit.text)}
        return not told & set(query.stated_periods)
    years = set(_YEAR.findall(unit.text))
    if years:
        return not years & asked
    return bool(piece.filing.period) and piece.filing.period[:4] not in asked


def _is_flow_for_balance(unit: Unit, query: Query, passage: Passage) -> bool:
    """Whether a balance is asked for and a row, of no known item, is one of what passed in a period."""
    if unit.row is None or unit.line_item or not _BALANCE.search(query.text):
        return False
    known = [passage.columns[cell.column].period for cell in unit.row.cells if cell.column >= 0]
    return bool(known) and all(is_period(period) for period in known)


def _is_other_quarter(query: Query, piece: Evidence) -> bool:
    """Whether quarters are asked for and a filing is of another time: its sentences speak of the whole of that."""
    quarters = all("Q" in period for period in query.stated_periods)
    return quarters and piece.filing.period not in query.stated_periods


def _is_of_earlier_year(unit: Unit, query: Query, piece: Evidence) -> bool:
    """Whether a sentence tells of an earlier year's plan of distribution, which stands beside this year's."""
    if unit.kind != "sentence" or query.stated_periods or find_periods(query.text) or not piece.filing.period:
        return False
    if not _DISTRIBUTION.search(query.text):
        return False
    years = _YEAR.findall(unit.text)
    return bool(years) and max(years) < piece.filing.period[:4]


def _is_part_of_year(unit: Unit, query: Query, piece: Evidence) -> bool:
    """Whether a whole year is asked for in so many words, and a unit tells of the part of it that its filing is of."""
    own = piece.filing.period
    years = [period[:4] for period in query.stated_periods if period.endswith("FY")]
    part = bool(own) and not own.endswith("FY") and own[:4] in years
    return part and bool(_WHOLE_YEAR.search(query.text)) and not _WHOLE_YEAR.search(unit.text)
