"""Whether quotes speak of what a sentence says at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.checking.claim import Claim
from rag.checking.grounds import Grounds
from rag.filings.amount import find_amounts
from rag.filings.text import is_cjk, squeeze

# Words that every sentence about a filing may add of its own.
COMMON = frozenset(
    "的了和与及为是在于以其该本公司报告期内年月日末初同比较上半全度元万亿个约合计分别主要显示披露截至共有达实现情况"
    "由至到从按口径并且因此前后可见根据数据所示中对将被也都而或等这那一"
)
MIN_SUPPORT = 0.5  # of a sentence's own characters; a free paraphrase of the right quote keeps more
MIN_SUPPORT_OF_FIGURES = 0.3
MIN_SIGNS = 6
_HEAD = 10  # signs at a sentence's beginning, where its subject stands
# Words that lead into a sentence and say nothing of their own.
_OPENER = re.compile(
    r"^(?:从[^，,]{1,8}(?:来看|看)|(?:附注|报告|公告|年报|半年报|报表|材料|原文)(?:中|里|称|显示|披露|指出|说明)*"
    r"|具体(?:来看|而言|来说)?|整体(?:来看|上)|总体(?:来看|上)|此外|另外|同时|其中|分别来看|对此|(?:两者|二者)(?:相差|合计|之差|之和)?"
    r"|受(?:此|上述(?:因素|原因)?)影响|其余[一二两三四五六]?[类项家个种]?[中里]?"
    r"|(?:是的|不是|不?会|跟得上|跟不上|未?达到|不?符合|没?有?超过)(?=[，,：:]))[，,：:]?"
)


def support_problems(claim: Claim, grounds: Grounds) -> Iterator[str]:
    """Chinese phrases for a sentence whose words, or whose subject, are strange to its quotes."""
    yield from _support(claim, grounds)
    subject = _OPENER.sub("", squeeze(claim.text))
    stranger = _strange_subject(subject[:_HEAD], grounds.around)
    if stranger:
        yield f"“{stranger}”不见于引文"


def _strange_subject(head: str, around: str) -> str:
    """The first characters, three or more, of which no pair is common or stands in or around the quotes."""
    run = ""
    for i, sign in enumerate(head):
        pairs = (head[max(0, i - 1) : i + 1], head[i : i + 2])
        if (
            not is_cjk(sign)
            or set(head[i : i + 2]) <= COMMON
            or any(len(pair) == 2 and pair in around for pair in pairs)
        ):
            break
        run += sign
    return run if len(run) >= 3 else ""


def _support(claim: Claim, grounds: Grounds) -> Iterator[str]:
    """Enough of the sentence's own characters must stand in its quotes or right around them."""
    own = {sign for sign in squeeze(claim.text) if is_cjk(sign) and sign not in COMMON}
    near = set(grounds.said)
    for passage in grounds.passages:
        near |= set(
            "".join((*passage.section, passage.context, *(column.head for column in passage.columns)))
        )
    for filing in grounds.filings:
        near |= set("".join(filing.issuer.names) + filing.title)
    for operand in claim.arithmetic.operands if claim.arithmetic else ():
        near |= set(operand.fact.label) | set("增长下降变动率占比例差额")
    # A held figure vouches for most of a sentence; words alone must vouch for themselves.
    least = MIN_SUPPORT_OF_FIGURES if find_amounts(claim.text) else MIN_SUPPORT
    if len(own) >= MIN_SIGNS and len(own & near) < least * len(own):
        yield "引文没有说到这句话的内容"
