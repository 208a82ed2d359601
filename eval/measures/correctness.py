"""Whether an answer says what the gold answer says."""

from eval.measures.measure import Measure

CORRECT = Measure(
    "correct",
    "回答正确率",
    "可回答的题：没有拒答，在该题型的字数上限之内说出全部数值（同类单位皆可，按通常的四舍五入；亏损与减少要读得出来）"
    "和每组必含词之一。不可回答的题：拒答，或（题目允许时）指出前提有误。",
    "本项目；数值按单位和位数比较的做法见 FinGLM 评测与 TAT-QA（Zhu et al. 2021）的数值匹配。",
)
SIGN = Measure(
    "sign",
    "正负号正确率",
    "标准数值有负数而回答说出了它的大小的题：每个这样的数都带负号，或近旁有亏损、减少、净流出一类的词。",
    "本项目。",
)

# How much of an answer is read, in characters without white space: the answer must stand at its beginning.
CAPS = {
    "number": 200,
    "yesno": 240,
    "compare": 320,
    "calc": 320,
    "text": 320,
    "followup": 320,
    "why": 700,
    "list": 700,
}
