"""Whether the answer is of the filing, the scope and the period that the question means."""

from eval.measures.measure import Measure

ROUTING = Measure(
    "routing",
    "公告选择正确率",
    "可回答的题：第一条引用（只检索时为第一条结果）出自标准证据所在的公告；需要全部证据的题，每份公告都要引到。拒答的题不计。",
    "本项目。",
)
SCOPE = Measure(
    "scope",
    "口径正确率",
    "写明合并或母公司口径而答出的题：回答里与标准数值相同的数字（没有时为第一个数字）不带另一口径。",
    "本项目。",
)
PERIOD = Measure(
    "period",
    "期间正确率",
    "可回答而答出的题：回答首句写明的年份都见于问题、标准答案或标准引文，或是所引公告的年份及其上一年，"
    "且与标准数值相同的数字不标成另一年。",
    "本项目。",
)
