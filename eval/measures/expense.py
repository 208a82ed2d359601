"""What an answer costs in time, tokens and money."""

from eval.measures.measure import Measure

LATENCY_P50 = Measure(
    "latency_p50", "用时中位数", "一题从提问到答出的毫秒数，取中位数。", "本项目。",
    "down", high=None, unit="ms", total="p50", without_result=None,
)  # fmt: skip
LATENCY_P95 = Measure(
    "latency_p95", "用时 95 分位", "一题从提问到答出的毫秒数，取 95 分位（线性插值）。", "本项目。",
    "down", high=None, unit="ms", total="p95", without_result=None,
)  # fmt: skip
TOKENS = Measure(
    "tokens", "模型用量", "大模型读入与写出的 token 总数；不用模型的题不计。", "模型服务的回报，没有时为估计。",
    "down", high=None, unit="token", total="sum", without_result=None,
)  # fmt: skip
COST = Measure(
    "cost", "模型花费", "按 --price 给出的单价（每百万 token 多少元，读入与写出分开）算出的总花费。", "用户给的单价。",
    "down", high=None, unit="元", total="sum", without_result=None,
)  # fmt: skip
EXPENSE = (LATENCY_P50, LATENCY_P95, TOKENS, COST)
