"""Whole sentences of a filing's prose as pieces: never a half one, never debris of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.answering.units import Unit, units_of
from rag.checking.claim import Claim, Quote
from rag.filings.amount import Amount, find_amounts
from rag.filings.lexicon import find_line_items, line_items
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.summarizing.piece import Piece, grams
from rag.summarizing.trim import ways_to_say
from rag.summarizing.words import summary_words

_ENDED = re.compile(r"[。！？!?；;：:”」』）)]\s*$")
_WHOLE = re.compile(r"[。！？!?；;](?:[”’」』）)])?$")
_BOX = re.compile(r"(?:适用|[□√☑✓是否])\s*$")
# A heading that ends so was cut out of a sentence, which goes on below it.
_CUT = re.compile(r"[\d于的为和与及、，,以对将在等]$")
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]+[节章])"
)
# What leans on a sentence before it, or is no sentence: a roman number glued to a heading, two figures side by side.
_LEANS = re.compile(
    r"^(?:其中|注[（(]?\d{0,2}[）)]?[:：]|[^，,]{0,8}也(?!门)|-?\d[\d,.]*(?:[百千万亿]*元|[%％])|[百千万亿]*元|上述|前述|因前述|如前|该等|该(?!公司)|此类|此项|这|前者|后者|对此|但|而且|则|即|亦|也|以上|如上|[a-z]|[IVX]{1,4}[.、]|[，,）)”])"
)
_DEBRIS = re.compile(
    r"\d[\d,]*\.\d{2}\s*\d[\d,]*\.\d{2}|[□√☑✓]|\d{4}[-/.]\d+[-/.]\d+\s*\d|(?:不?适用){2}|https?:|www\.|@"
)
# The head of a table whose cells a text filing has run together.
_TABLE_HEAD = re.compile(r"序号\s*[\u4e00-\u9fff]{2,8}\s*[\u4e00-\u9fff]{2,}")
_ONE = re.compile(r"[^。！？；;]{16,160}。", re.DOTALL)
_CHANGE = re.compile(r"同比|环比|较(?:上年|去年|年初|期初)|收窄|增长|下降|提升|减少|增加|扭亏")
MOST = 170  # characters of a trimmed sentence that a summary can afford
NARROW, COLUMN_LINES = 24, 4  # characters of a narrow column's line, and how many make one
# What may stand before the company's own figure.
_SUBJECT = re.compile(
    r"(?:截至)?(?:20)?\d\d年?(?:\d{1,2}月(?:\d{1,2}日|末)?|上半年|前三季度|第[一二三四]季度|年?度)?|报告期[内末]?|本报告期|期末|本期"
    r"|(?:本|我)?(?:公司|集团)|上半年|合并|主营业务|实现|完成|取得|累计|其中|内|的|末|[:：]"
)
# The trade, the country, the market: what is said of them is not said of the issuer.
_OTHERS = re.compile(
    r"全国|行业|规模以上|我国|国内|全球|世界|统计局|数据显示|市场规模|(?<!母)子公司|参股公司|联营|被投资"
)
# A part of the company, or a figure made for comparison.
_PART = re.compile(r"板块|分部|(?<!母)子公司|产业|事业部|系列|产品线|剔除|还原|假设|不考虑|备考|模拟")
_OWN = re.compile(r"(?<!子)(?<!股)公司|集团")
_SUBJECTLESS = re.compile(r"(?:实现|完成|取得)")
_HEAD = re.compile(r"[。！？\n]")
OPENING = 14  # characters at a sentence's beginning, where its subject stands
MOST_LINES = 2  # lines that one sentence may be printed on, once wraps are mended
REACH = 30  # characters between an item and its figure
FEWEST = 16  # of one that holds no figure
BASE, PER_FIGURE, MOST_FIGURES, FIRST = 0.25, 0.4, 3, 0.25


def sentence_pieces(evidence: Sequence[Evidence], starts: Sequence[int]) -> Iterator[Piece]:
    """The whole sentences of the evidence, trimmed; `starts` is where each passage may first be said from."""
    tables = {piece.passage.section for piece in evidence if _TABLE_HEAD.search(piece.passage.text)}
    for unit in (*units_of(evidence), *_cells(evidence)):
        if unit.kind != "sentence" or unit.start < starts[unit.evidence]:
            continue
        if evidence[unit.evidence].passage.section in tables:
            continue
        passage = evidence[unit.evidence].passage
        before = evidence[unit.evidence - 1].passage if unit.evidence else None
        text = passage.text[unit.start : unit.end]
        whole = _is_whole(text, passage) and _of_one_column(passage, text)
        if whole and _begins(passage, unit.start, before):
            yield from _pieces(evidence[unit.evidence], unit, text)


def _cells(evidence: Sequence[Evidence]) -> Iterator[Unit]:
    """Passages that are one sentence printed on the short lines of a table's cell."""
    for index, piece in enumerate(evidence):
        text = piece.passage.text.strip()
        if not piece.passage.rows and text.count("\n") > 1 and _ONE.fullmatch(text):
            yield Unit("sentence", index, 0, len(piece.passage.text), "", "")


def _is_whole(text: str, passage: Passage) -> bool:
    """Whether a sentence ends as one, holds no table cells run together, and no lines of other columns."""
    alone = text.strip() == passage.text.strip()
    return (
        bool(_WHOLE.search(text)) and not _DEBRIS.search(text) and (alone or text.count("\n") <= MOST_LINES)
    )


def _of_one_column(passage: Passage, text: str) -> bool:
    """Whether a sentence stands in running text; among the lines of narrow columns only a numbered one counts."""
    short = [line for line in passage.text.split("\n") if 4 < len(line) < NARROW and not _ENDED.search(line)]
    return len(short) < COLUMN_LINES or ("\n" not in text and bool(_NUMBERED.match(text)))


def _begins(passage: Passage, start: int, before: Passage | None) -> bool:
    """Whether a sentence begins where one may: behind a stop, a heading, a box, or at a heading's own start."""
    lead, heading = passage.text[:start].rstrip(), squeeze("".join(passage.section[-1:]))
    if not lead:
        return not _CUT.search(heading) and (
            before is None
            or before.section != passage.section
            or before.ordinal != passage.ordinal - 1
            or bool(_ENDED.search(before.text) or _NUMBERED.match(passage.text))
        )
    last = lead.rsplit("\n", 1)[-1]
    if _ENDED.search(lead) or _BOX.search(lead):
        return True
    return not _CUT.search(squeeze(last)) and (squeeze(last) in heading or bool(_NUMBERED.match(last)))


def _pieces(evidence: Evidence, unit: Unit, text: str) -> Iterator[Piece]:
    """The sentence, and shorter ways to say its parts; one of them at most is chosen, since they repeat each other."""
    passage, names = evidence.passage, evidence.filing.issuer.names
    lead = _HEAD.split(passage.text[: unit.start])[-1]
    subject = lead + text[:OPENING]
    own = _OWN.search(subject) or any(name in subject for name in names)
    others = bool(_OTHERS.search(subject)) and not own
    if (others and lead and not _OWN.search(text)) or (_SUBJECTLESS.match(text) and not own):
        return  # 实现销售收入…… behind the whole trade's output is no sentence about the issuer
    first = FIRST * (not passage.text[: unit.start].strip("\n").count("。"))
    ways = ways_to_say(text)
    for said in ways:
        if _SUBJECTLESS.match(said) and not _SUBJECTLESS.match(text):
            continue  # a part that lost its subject
        if len(said) <= MOST and _says_something(said) and not _LEANS.match(said):
            claim = Claim(said, (Quote(unit.evidence, unit.start, unit.end),))
            place = (unit.evidence, unit.start, max(0, ways[0].find(said[:6])))
            told = frozenset() if others or _PART.search(lead) else told_in(said, names)
            yield Piece(claim, place, passage.section, grams(said), _worth(said) + first, told)


def _says_something(said: str) -> bool:
    """Whether it is more than a label: long enough, or with a figure and its unit."""
    return len(said) >= FEWEST or bool(_measures(said))


def _measures(said: str) -> list[Amount]:
    """The figures in digits with their unit; 三条产品线 measures nothing."""
    return [a for a in find_amounts(said) if a.unit and any(map(str.isdigit, a.text))]


def _worth(said: str) -> float:
    """What a sentence is worth by itself: figures, events, changes; hopes and references cost."""
    figures = _measures(said)
    worth = BASE + PER_FIGURE * min(len(figures), MOST_FIGURES)
    return worth + sum(weight for pattern, weight in summary_words().cues if pattern.search(said))


def told_in(said: str, names: Sequence[str] = ()) -> frozenset[str]:
    """The line items of which a sentence tells a figure, and those of which it tells the change (`revenue+`)."""
    told: set[str] = set()
    for clause in re.split(r"[；;。]", said):
        amounts = [amount for amount in find_amounts(clause) if amount.unit]
        for mention in find_line_items(clause):
            behind = [a for a in amounts if 0 <= a.start - mention.end <= REACH]
            if behind and _is_of_the_whole(clause, mention.start, names):
                told |= _told(mention.key, behind[0], clause[mention.end :])
    return frozenset(told)


def _told(key: str, amount: Amount, behind: str) -> set[str]:
    """A figure of the item, its change, or both; what stands behind a word of change is the change alone."""
    between = behind[: behind.find(amount.text)] if amount.text in behind else ""
    changes = {f"{key}+"} if _CHANGE.search(behind) else set()
    share = amount.unit == "%" and line_items()[key].nature in ("flow", "balance")
    return changes if share or _CHANGE.search(between) else changes | {key}


def _is_of_the_whole(clause: str, start: int, names: Sequence[str]) -> bool:
    """Whether the item is the company's, and no product's or share's: 信创销售收入 is not its revenue."""
    if _PART.search(clause[:start]):
        return False
    before = re.split(r"[，,]", clause[:start])[-1]
    for name in names:
        before = before.replace(name, "")
    return not _SUBJECT.sub("", before)
