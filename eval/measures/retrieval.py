"""Whether search finds the passages that hold the gold evidence, and how high."""

from eval.measures.measure import Measure

_IR = "ir-measures（MacAvaney et al. 2022）按 trec_eval 计算。"
_RELEVANT = "一段含标准引文至少 60% 的字符二元组、且出自同一公告即为相关；几处证据是替代关系时找到一处即可。"

RECALLS = tuple(
    Measure(
        f"recall@{k}",
        f"前 {k} 查全率",
        f"可回答且有标准证据的题：相关段落出现在前 {k} 条里的比例。{_RELEVANT}",
        _IR,
    )
    for k in (1, 5, 10, 20)
)
MRR = Measure("mrr", "首条相关倒数排名", f"前 20 条中第一条相关段落的排名之倒数，没有为 0。{_RELEVANT}", _IR)
NDCG = Measure(
    "ndcg@10", "前 10 折损增益", f"前 10 条的归一化折损累计增益，相关为 1，其余为 0。{_RELEVANT}", _IR
)
RETRIEVAL = (*RECALLS, MRR, NDCG)
DEPTH = 20  # hits asked of the search
