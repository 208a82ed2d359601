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
    "可回答而答出的题：首句写明的年份是题目所指的年份或其上一年，或见于所示引文；与标准数值相同的数字（没有时为第一个数字）"
    "至少有一个标为所指的年份。所指的年份见于问题、标准答案或标准引文；问题没有写年份时，所引公告的年份也算。",
    "本项目。",
)
