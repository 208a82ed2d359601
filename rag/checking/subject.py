"""The subject that a figure's own clause names in words of no vocabulary: ……，订阅客户续约率为91.3%."""

from __future__ import annotations

import re

from rag.filings.text import is_cjk, squeeze

# Words that say how much, which way or when, and not of what.
_NO_SUBJECT = re.compile(
    r"同比|环比|增长|增加|上升|提升|提高|上涨|下降|减少|降低|下滑|下跌|回落|收窄|扩大|变动|变化|净额|幅度|比例|比重|增幅|降幅|增速"
    r"|上年|去年|本年|今年|上期|本期|期末|期初|年初|年末|同期|报告期|半年度?|季度|截至|其中|分别|合计|共计|约合|折合|人民币"
    r"|继续|大幅|小幅|明显|显著|进一步|有所|持续|快速|稳步|主要|实现|完成|达到|超过|[较比为是达占的了由从至到和与及、共仅均则仍亦也略月日年末初]"
    r"|[约近](?=\W*$)"
)


def own_subject(clause: str) -> str:
    """What a clause before its figure is about, direction, time and measure words taken out; often empty."""
    left = _NO_SUBJECT.sub("", squeeze(clause))
    return "".join(sign for sign in left if is_cjk(sign)) if sum(map(is_cjk, left)) > 1 else ""


def speaks_of(subject: str, words: str) -> bool:
    """Whether words around a printed figure name the subject: its head, which comes last, and half of the rest."""
    pairs, around = [subject[i : i + 2] for i in range(len(subject) - 1)], _NO_SUBJECT.sub("", words)
    return bool(pairs) and pairs[-1] in around and sum(pair in around for pair in pairs) * 2 >= len(pairs)
