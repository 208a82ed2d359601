"""Whether what is cited is the right place, is really there, and says what the sentence says."""

from eval.measures.measure import Measure

_ALCE = "仿 ALCE（Gao et al. 2023, Enabling LLMs to Generate Text with Citations）的引用查全与查准，判断改为逐字比对。"

CITATION_HIT = Measure(
    "citation_hit",
    "引用命中率",
    "可回答且有标准证据的题：某条引文与标准引文出自同一公告，且含其至少 60% 的字符二元组；"
    "需要全部证据的题，每一处都要命中。",
    _ALCE,
)
CITATION_SUPPORT = Measure(
    "citation_support",
    "引文支持率",
    "答出的题：带标记的句子里，数字都能在该句的引文或表格单元中找到（算出的数除外），且有实词与引文相同，这样的标记所占比例。",
    _ALCE,
)
QUOTES_VERBATIM = Measure(
    "quotes_verbatim",
    "引文属实率",
    "出示了引文的题：引文（不计空白）在所注公告中逐字存在的比例；1 减去它就是编造引文的比例。",
    "本项目。",
)
PAGE_EXACT = Measure(
    "page_exact",
    "页码准确率",
    "出示了引文的题：引文（不计空白）就在所注那一页上的比例。",
    "本项目。",
)
PAGE_HIT = Measure(
    "page_hit",
    "页码命中率",
    "可回答且标准证据有页码的题：引用的页之中有标准证据所在的页（一处即可：同一数字常印在几页上）。",
    "本项目。",
)
# How much of a gold quote's character bigrams a citation must hold to hit it.
HIT_SHARE = 0.6
