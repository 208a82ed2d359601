"""Faults planted into recorded answers, one kind at a time, and the measures that should catch each."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eval.results import Result

Fault = Callable[[list[dict[str, Any]]], None]


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault: its name, what it does to the JSON of all answers, the measures that must fall."""

    name: str
    plant: Fault
    caught_by: tuple[str, ...]


def with_fault(results: Sequence[Result], fault: Planted) -> list[Result]:
    """The results with the fault in every answer it can be in; scores are those of before."""
    answers: list[dict[str, Any]] = [copy.deepcopy(dict(result.answer or {})) for result in results]
    fault.plant(answers)
    return [replace(result, answer=dict(answer)) for result, answer in zip(results, answers, strict=True)]


def _each(change: Callable[[dict[str, Any]], None]) -> Fault:
    def plant(answers: list[dict[str, Any]]) -> None:
        for answer in answers:
            change(answer)

    return plant


def _citations(change: Callable[[dict[str, Any]], None]) -> Fault:
    return _each(lambda answer: [change(one) for one in answer["citations"]] and None)


def _next_page(citation: dict[str, Any]) -> None:
    citation["page"] = (citation["page"] or 0) + 1


def _ten_thousandfold(answer: dict[str, Any]) -> None:
    units = {"亿元": "万亿元", "万元": "亿元", "元": "万元", "%": "万%"}
    answer["answer"] = re.sub(r"亿元|万元|元|%", lambda found: units[found[0]], answer["answer"])


def _sign_lost(answer: dict[str, Any]) -> None:
    if not answer["refused"]:
        less = "-|−|净?亏损|减少|下降|净流出|降低|下滑|负|收窄|降|减"
        answer["answer"] = re.sub(less, "", answer["answer"])


def _year_before(answer: dict[str, Any]) -> None:
    def before(text: str) -> str:
        return re.sub(r"20\d\d", lambda year: str(int(year[0]) - 1), text)

    answer["answer"] = before(answer["answer"])
    for figure in answer["figures"]:
        figure["period"] = before(figure["period"])


def _altered(citation: dict[str, Any]) -> None:
    middle = len(citation["quote"]) // 2
    citation["quote"] = citation["quote"][:middle] + "龘" + citation["quote"][middle:]


def _shuffled(answers: list[dict[str, Any]]) -> None:
    quoting = [answer for answer in answers if answer["citations"]]
    citations = [answer["citations"] for answer in quoting]
    for answer, others in zip(quoting, citations[1:] + citations[:1], strict=True):
        answer["citations"] = [{**one, "marker": number} for number, one in enumerate(others, 1)]


def _never_refusing(answer: dict[str, Any]) -> None:
    if answer["refused"]:
        answer |= {"refused": False, "refusal": None, "answer": "公司上半年为100万元。"}


def _always_refusing(answer: dict[str, Any]) -> None:
    refusal = {"reason": "not_disclosed", "message": "没有披露。"}
    answer |= {"refused": True, "refusal": refusal, "answer": "没有披露。", "citations": [], "figures": []}


def _inventing(answer: dict[str, Any]) -> None:
    if not answer["refused"]:
        answer["answer"] += "此外还有98,765.43万元[1]。"


def _emptied(answer: dict[str, Any]) -> None:
    answer |= {"answer": "", "citations": [], "figures": []}


def _other_filing(answers: list[dict[str, Any]]) -> None:
    cited = [one for answer in answers for one in answer["citations"]]
    names = sorted({(one["filing_id"], one["source"]) for one in cited})
    after = dict(zip(names, names[1:] + names[:1], strict=True))
    for one in cited:
        one["filing_id"], one["source"] = after[one["filing_id"], one["source"]]


def _other_scope(answer: dict[str, Any]) -> None:
    swapped = {"consolidated": "parent", "parent": "consolidated"}
    for figure in answer["figures"]:
        figure["scope"] = swapped.get(figure["scope"], "")


FAULTS = (
    Planted("page off by one", _citations(_next_page), ("page_exact", "page_hit")),
    Planted("unit times ten thousand", _each(_ten_thousandfold), ("correct",)),
    Planted("sign lost", _each(_sign_lost), ("sign",)),
    Planted("year swapped", _each(_year_before), ("period",)),
    Planted("quote altered", _citations(_altered), ("quotes_verbatim", "page_exact")),
    Planted("citations shuffled", _shuffled, ("citation_hit", "citation_support")),
    Planted("refusals off", _each(_never_refusing), ("refusal_recall", "refusal_reason", "correct")),
    Planted("refusal everywhere", _each(_always_refusing), ("answered", "refusal_precision", "correct")),
    Planted("figure invented", _each(_inventing), ("citation_support",)),
    Planted("wrong filing", _other_filing, ("routing", "citation_hit", "quotes_verbatim")),
    Planted("answer emptied", _each(_emptied), ("correct", "citation_support")),
    Planted("scope swapped", _each(_other_scope), ("scope",)),
)
