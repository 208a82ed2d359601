"""Whether the system refuses what it must refuse, for the right reason, and nothing else."""

from eval.measures.measure import Measure

_SQUAD2 = "SQuAD 2.0（Rajpurkar et al. 2018）的可答与不可答之分；拒答视为一次分类。"

ANSWERED = Measure("answered", "应答率", "可回答的题没有被拒答的比例；1 减去它就是误拒率。", _SQUAD2)
REFUSAL_PRECISION = Measure(
    "refusal_precision", "拒答查准率", "拒答的题之中，确实不可回答的比例。", _SQUAD2, without_result=None
)
REFUSAL_RECALL = Measure(
    "refusal_recall", "拒答查全率", "不可回答的题之中，被拒答（或在允许时指出前提有误）的比例。", _SQUAD2
)
REFUSAL_REASON = Measure(
    "refusal_reason",
    "拒答理由正确率",
    "不可回答且写明理由的题：以该理由拒答的比例；指出前提有误等同于该理由。",
    "本项目。",
)
