"""Whether quotes speak of what a sentence says at all."""

from __future__ import annotations

from collections.abc import Iterator

from rag.checking.claim import Claim
from rag.checking.grounds import Grounds
from rag.filings.text import is_cjk, squeeze

# Words that every sentence about a filing may add of its own.
COMMON = frozenset(
    "的了和与及为是在于以其该本公司报告期内年月日末初同比较上半全度元万亿个约合计分别主要显示披露截至共有达实现情况"
    "由至到从按口径并且因此前后可见根据数据所示中对将被也都而或等这那一"
)
MIN_SUPPORT = 0.5  # of a sentence's own characters; a free paraphrase of the right quote keeps more
MIN_SIGNS = 6
_HEAD = 10  # signs at a sentence's beginning, where its subject stands


def support_problems(claim: Claim, grounds: Grounds) -> Iterator[str]:
    """Chinese phrases for a sentence whose words, or whose subject, are strange to its quotes."""
    yield from _support(claim, grounds)
    stranger = _strange_subject(squeeze(claim.text)[:_HEAD], grounds.around)
    if stranger:
        yield f"“{stranger}”不见于引文"


def _strange_subject(head: str, around: str) -> str:
    """Three or more characters in a row, none of them common, of which no pair stands in or around the quotes."""
    run = ""
    for i, sign in enumerate(head):
        known = not is_cjk(sign) or sign in COMMON or (run and run[-1] + sign in around)
        if known or (i + 1 < len(head) and head[i:i + 2] in around):
            if len(run) >= 3:
                return run
            run = ""
            continue
        run += sign
    return run if len(run) >= 3 else ""


def _support(claim: Claim, grounds: Grounds) -> Iterator[str]:
    """Enough of the sentence's own characters must stand in its quotes or right around them."""
    own = {sign for sign in squeeze(claim.text) if is_cjk(sign) and sign not in COMMON}
    near = set(grounds.said)
    for passage in grounds.passages:
        near |= set("".join(passage.section) + passage.context)
    for filing in grounds.filings:
        near |= set("".join(filing.issuer.names) + filing.title)
    for operand in claim.arithmetic.operands if claim.arithmetic else ():
        near |= set(operand.fact.label) | set("增长下降变动率占比例差额")
    if len(own) >= MIN_SIGNS and len(own & near) < MIN_SUPPORT * len(own):
        yield "引文没有说到这句话的内容"
