"""One question of a run as a card: asked, answered, gold, evidence and its pages, scores."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.answered import Cited
from eval.faults import FAULTS
from eval.gold import Evidence
from eval.measures import ANSWERING
from eval.measures.retrieval import RETRIEVAL
from eval.outcomes import Outcome, cited_at, found_at
from eval.report.markdown import page_words
from eval.report.markup import Markup, element, joined
from eval.report.words import KINDS, REASONS, SCOPES, VERDICTS, fault_name, written
from eval.verdicts import Judged

_MARKER = re.compile(r"(\[\d{1,2}\])")


def card(judged: Judged) -> Markup:
    """The card of one question; closed it shows verdict, kind, fault and the question."""
    outcome = judged.outcome
    head = element(
        "summary",
        element("span", VERDICTS[judged.verdict], class_="tag verdict"),
        element("span", outcome.question.question, class_="asked"),
        _fault_tag(judged),
        element("span", KINDS.get(outcome.question.kind, outcome.question.kind), class_="tag kind"),
    )
    return element(
        "details",
        head,
        element("div", element("dl", *_rows(judged)), class_="body"),
        class_=f"case {judged.verdict}",
        data_kind=outcome.question.kind,
        data_verdict=judged.verdict,
        data_set=outcome.result.set,
        data_fault=judged.fault or "",
    )


def _fault_tag(judged: Judged) -> Markup | None:
    if judged.fault is None:
        return None
    return element("span", f"错在{fault_name(judged.fault)}", class_="tag fault")


def _rows(judged: Judged) -> Iterator[Markup]:
    outcome = judged.outcome
    yield _row("题号", f"{outcome.result.set} · {outcome.question.id}{_conditions(outcome)}")
    for turn in outcome.question.history:
        yield _row("前文", f"问：{turn.question}\n答：{turn.answer}")
    yield _row("回答", _answer(outcome))
    if outcome.cited:
        yield _row("引用", element("ol", *(_citation(c) for c in outcome.cited), class_="places"))
    yield _row("标准答案", _gold(outcome))
    if outcome.question.evidence:
        yield _row(
            "依据",
            element("ol", *(_evidence(e, outcome) for e in outcome.question.evidence), class_="places"),
        )
    if judged.fault:
        yield _row("错因", FAULTS[judged.fault])
    own = outcome.result.scores
    measured = ((measure.title, own.get(measure.name)) for measure in (*ANSWERING, *RETRIEVAL))
    scores = "，".join(f"{title} {written(value)}" for title, value in measured if value is not None)
    yield _row("得分", scores or "无")
    if outcome.result.elapsed_ms is not None:
        yield _row("用时", f"{outcome.result.elapsed_ms} 毫秒")


def _row(name: str, content: str) -> Markup:
    return joined(element("dt", name), element("dd", content))


def _conditions(outcome: Outcome) -> str:
    question = outcome.question
    named = {
        "限定公告": question.filing,
        "公司": question.company,
        "报告期": question.period,
        "口径": SCOPES.get(question.scope, ""),
    }
    return "".join(f" · {name} {value}" for name, value in named.items() if value)


def _answer(outcome: Outcome) -> Markup:
    if outcome.result.error is not None:
        return joined(f"没有回答：{outcome.result.error}")
    if outcome.reply is None:
        return joined("只检索，没有作答。")
    parts = _MARKER.split(outcome.reply.answer)
    text = joined(*(element("sup", part) if _MARKER.fullmatch(part) else part for part in parts))
    if outcome.reply.refusal is None:
        return text
    reason = REASONS.get(outcome.reply.refusal.reason, outcome.reply.refusal.reason)
    return joined(element("span", f"拒答（{reason}）", class_="soft"), " ", text)


def _citation(citation: Cited) -> Markup:
    where = f"[{citation.marker}] {citation.source} {page_words(citation.page)}"
    return element("li", element("span", where, class_="small soft"), element("blockquote", citation.quote))


def _gold(outcome: Outcome) -> str:
    question = outcome.question
    if question.unanswerable:
        reason = REASONS.get(question.reason or "", "")
        return f"应拒答{f'（{reason}）' if reason else ''}：{question.answer}"
    return question.answer


def _evidence(evidence: Evidence, outcome: Outcome) -> Markup:
    marker, rank = cited_at(evidence, outcome), found_at(evidence, outcome)
    seen = f"检索到，第 {rank} 位，未引用" if rank else "没有引用，也不在检索结果里"
    state = f"已引用 [{marker}]{_beside(evidence, marker, outcome)}" if marker else seen
    pages = "、".join(map(str, evidence.pages))
    where = f"{evidence.file} {f'第 {pages} 页' if pages else '不分页'} · {state}"
    return element(
        "li",
        element("span", where, class_="small soft"),
        element("blockquote", evidence.quote),
        class_="met" if marker else "unmet",
    )


def _beside(evidence: Evidence, marker: int, outcome: Outcome) -> str:
    """A word on the page where the same was cited from another page than the gold names."""
    page = next(citation.page for citation in outcome.cited if citation.marker == marker)
    return f"（引自{page_words(page)}）" if evidence.pages and page not in evidence.pages else ""
