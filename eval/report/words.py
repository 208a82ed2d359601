"""Chinese words for what results say in English keys."""

from __future__ import annotations

from eval.faults import FAULTS, Fault
from eval.measures import Measure
from eval.showing import figure

KINDS = {
    "number": "数值",
    "compare": "比较",
    "calc": "计算",
    "text": "文字",
    "why": "原因",
    "list": "列举",
    "yesno": "是非",
    "followup": "追问",
    "unanswerable": "应拒答",
}
REASONS = {
    "not_disclosed": "未披露",
    "not_found": "没有这份公告",
    "ambiguous": "有歧义",
    "conflicting": "说法矛盾",
    "out_of_scope": "与公告无关",
    "unsupported_premise": "前提有误",
}
SCOPES = {"consolidated": "合并", "parent": "母公司", "single_quarter": "单季"}
VERDICTS = {"right": "对", "wrong": "错", "broken": "出错"}
MODES = {"end_to_end": "全程", "retrieval": "只检索", "answer": "只作答"}


def written(value: float) -> str:
    """The score of one question: whole numbers whole, others with three decimals."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3f}"


def scored(measure: Measure, value: float | None) -> str:
    """A total as a person reads it; a dash where the measure does not apply."""
    return "–" if value is None else figure(measure, value)


def fault_name(fault: Fault) -> str:
    """The class of fault in a word."""
    return FAULTS[fault].partition("：")[0]
