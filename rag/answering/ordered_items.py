"""Lists whose items are told by order words in running text: 硬仗一:……硬仗二:……, 第一类是……第二类是……."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.answering.draft import Material
from rag.answering.phrase import issuer_name
from rag.answering.ranking import Scored
from rag.checking.claim import Claim, Quote
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.retrieval.corpus import Corpus
from rag.retrieval.evidence import Evidence

_ORDER = "一二三四五六七八九十"
# 第一类是……, 第一,……
_NTH = re.compile(rf"第(?P<n>[{_ORDER}])(?P<of>类|种|个方面|方面|个|项|步|大)?(?P<by>[是为:：])")
# 硬仗一:…… with the noun that the question names.
_NAMED = rf"(?P<of>[\u4e00-\u9fff]{{2,4}}?)(?P<n>[{_ORDER}])(?P<by>[:：])"
_ITEM_END = re.compile(r"[；;。]|[，,](?=第[一二三四五六七八九十](?:类|种|个|方面|项|步|大)?[是为:：])")
_ASKED_COUNT = re.compile(rf"(?P<n>[两{_ORDER}]|\d{{1,2}})(?:大|个|类|种|项|方面|步|条|点|款)")
FEWEST, MOST = 2, 10
# Passages of the same part before and behind the one that was found.
REACH = 3
LOOKED_AT = 4
# An item that is longer is told up to a comma.
ITEM_SIGNS = 48


@dataclass(frozen=True, slots=True)
class _Item:
    """An item's place in the order, the noun that is counted ("" for a bare 第一), its words, and where they stand."""

    order: int
    kind: str
    words: str
    passage: Passage
    start: int
    end: int


def ordered_items(
    material: Material, ranked: Sequence[Scored], corpus: Corpus
) -> tuple[Claim, Material] | None:
    """The items of the list nearest to what was found, and the material with their passages; None without such."""
    asked = squeeze(material.query.text)
    count = _count(asked)
    seen: set[str] = set()
    for scored in ranked[:LOOKED_AT]:
        piece = material.evidence[scored.unit.evidence]
        if scored.unit.kind != "sentence" or piece.passage.id in seen:
            continue
        seen.add(piece.passage.id)
        items = _items(_near(piece, corpus), asked, count)
        if items:
            return _told(items, piece, material)
    return None


def _count(asked: str) -> int:
    """How many items the question says there are; 0 where it does not say."""
    found = _ASKED_COUNT.search(asked)
    if found is None:
        return 0
    number = found["n"]
    return 2 if number == "两" else int(number) if number.isdigit() else _ORDER.index(number) + 1


def _near(piece: Evidence, corpus: Corpus) -> list[Passage]:
    """The passages of the same part around the one found, in reading order."""
    own = piece.passage
    return [
        passage
        for passage, _ in corpus.passages(piece.filing.id)
        if passage.section == own.section and abs(passage.ordinal - own.ordinal) <= REACH
    ]


def _items(passages: Iterable[Passage], asked: str, count: int) -> list[_Item]:
    """The items of the one run of order words from 一 on; empty where it is not as long as asked, or not whole."""
    runs: dict[str, list[_Item]] = {}
    for passage in passages:
        for item in _of_passage(passage, asked):
            run = runs.setdefault(item.kind, [])
            if item.order == len(run) + 1:
                run.append(item)
    whole = [
        run
        for kind, run in runs.items()
        if FEWEST <= len(run) <= MOST and (count == len(run) or (kind and not count))
    ]
    return whole[0] if len(whole) == 1 else []


def _of_passage(passage: Passage, asked: str) -> Iterator[_Item]:
    """The items that a passage tells of what the question names or counts, in reading order."""
    places = [n for n, sign in enumerate(passage.text) if not sign.isspace()]
    text = "".join(passage.text[n] for n in places)
    told = [*_NTH.finditer(text), *re.finditer(_NAMED, text)]
    for found in sorted(told, key=lambda match: match.start()):
        if (found["of"] or "") not in asked:
            continue
        end = _ITEM_END.search(text, found.end())
        stop = end.start() if end is not None else len(text)
        words = _short(text[found.end() : stop])
        if words:
            order = _ORDER.index(found["n"]) + 1
            yield _Item(order, found["of"] or "", words, passage, places[found.start()], places[stop - 1] + 1)


def _short(words: str) -> str:
    """An item's words up to a comma where they are long."""
    while len(words) > ITEM_SIGNS and re.search(r"[，,]", words):
        words = re.split(r"[，,][^，,]*$", words)[0]
    return words if len(words) <= 2 * ITEM_SIGNS else ""


def _told(items: Sequence[_Item], piece: Evidence, material: Material) -> tuple[Claim, Material]:
    evidence = list(material.evidence)
    quotes = []
    for item in items:
        at = next((n for n, held in enumerate(evidence) if held.passage.id == item.passage.id), len(evidence))
        if at == len(evidence):
            evidence.append(Evidence(at + 1, 0.0, item.passage, piece.filing))
        quotes.append(Quote(at, item.start, item.end))
    said = "；".join(item.words for item in items)
    claim = Claim(f"{issuer_name(piece.filing)}列有：{said}。", tuple(quotes))
    return claim, Material(material.query, tuple(evidence), material.facts)
