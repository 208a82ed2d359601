"""Headings that stand side by side as one piece: which risks, which strengths, which measures a filing names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.checking.claim import Claim, Quote
from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.summarizing.headings import without_number
from rag.summarizing.piece import Piece, full_width, grams
from rag.summarizing.words import summary_words

FEWEST, FEW, MOST = 3, 4, 8
LONGEST = 28
WORTH, PER_NAME = 0.5, 0.16
_PLAIN = re.compile(r"^[\u4e00-\u9fffA-Za-z“”、（）()&+\-]{3,}$")
_ROUTINE = re.compile(r"^(?:报告期内|公司|本公司)+|(?<![与和及])(?:分析|情况|说明)+$")
_ACCOUNT = re.compile(r"适用|情况说明|其他说明|明细|余额|科目|披露|事项$|项目$|情况$|^其他")


def list_pieces(evidence: Sequence[Evidence]) -> Iterator[Piece]:
    """For each heading over three or more others: its name and theirs, each citing its own line."""
    groups: dict[tuple[str, ...], dict[str, Quote]] = {}
    for index, piece in enumerate(evidence):
        passage = piece.passage
        line = _heading_line(passage)
        name = full_width(without_number(passage.section[-1])) if line else ""
        name = re.split("，", name)[0].strip("“”。：")
        if line and _PLAIN.match(name) and not _ACCOUNT.search(name) and len(name) <= LONGEST:
            groups.setdefault(passage.section[:-1], {}).setdefault(name, Quote(index, 0, line))
    for parent, names in groups.items():
        if parent and len(names) >= FEWEST and summary_words().instruction["listed"].search(parent[-1]):
            for most in dict.fromkeys((min(len(names), MOST), min(len(names), FEW))):
                yield _piece(parent, dict(list(names.items())[:most]), more=len(names) > most)


def _heading_line(passage: Passage) -> int:
    """Where the heading ends that a passage opens with; 0 where it does not print its own."""
    if len(passage.section) < 2:
        return 0
    wanted = squeeze(passage.section[-1])
    end = passage.text.find("\n")
    end = len(passage.text) if end < 0 else end
    return end if squeeze(passage.text[:end]) == wanted else 0


def _piece(parent: tuple[str, ...], names: dict[str, Quote], *, more: bool) -> Piece:
    heading = _ROUTINE.sub("", full_width(without_number(parent[-1])).strip("。："))
    sign = "；" if any("、" in name for name in names) else "、"
    text = f"{heading}包括：{sign.join(names)}{'等' if more else ''}。"
    first = next(iter(names.values()))
    claim = Claim(text, tuple(names.values()))
    worth = WORTH + PER_NAME * len(names)
    return Piece(claim, (first.evidence, 0, 0), (*parent, "*"), grams("".join(names)), worth)
