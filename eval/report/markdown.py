"""The report as markdown: the same tables and questions, for where HTML cannot go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from eval.faults import FAULTS
from eval.outcomes import Outcome, cited_at
from eval.report.content import Content
from eval.report.words import KINDS, REASONS, VERDICTS, fault_name, scored
from eval.verdicts import Judged

# What would be read as markup: emphasis, links, code, tables, HTML, headings and lists at the start of a line.
_SIGNS = re.compile(r"([\\`*_\[\]<>|#~&!])")


def markdown(content: Content) -> str:
    """The whole file as text; whatever comes from outside is escaped and cannot become markup."""
    blocks = (
        [f"# 评测报告：{plain(content.title)}"],
        [f"- {name}：{plain(value)}" for name, value in content.facts if value],
        [f"> {plain(note)}" for note in content.notes],
        ["## 各项指标", "", *_measures(content)],
        ["## 错因", "", *_faults(content)],
        ["## 逐题", "", *(line for one in content.judged for line in _question(one))],
    )
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def plain(text: str) -> str:
    """Text on one line in which nothing is markup."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, the first column to the left, the others to the right."""
    yield f"| {' | '.join(map(plain, heads))} |"
    yield "|:--" + "|--:" * (len(heads) - 1) + "|"
    for row in rows:
        yield f"| {' | '.join(map(plain, row))} |"


def _measures(content: Content) -> Iterator[str]:
    heads = ["指标", "题数", "全部", *(KINDS.get(kind, kind) for kind in content.kinds)]
    yield from table(
        heads,
        (
            [
                row.measure.title,
                str(row.counts[""]),
                *(scored(row.measure, row.totals[kind]) for kind in ("", *content.kinds)),
            ]
            for row in content.rows
        ),
    )


def _faults(content: Content) -> Iterator[str]:
    if not content.faults:
        yield "没有答错的题。"
        return
    yield from table(["错因", "题数"], ([FAULTS[fault], str(count)] for fault, count in content.faults))


def _question(judged: Judged) -> Iterator[str]:
    outcome = judged.outcome
    question = outcome.question
    fault = f"，错在{fault_name(judged.fault)}" if judged.fault else ""
    kind = KINDS.get(question.kind, question.kind)
    yield f"### {plain(question.question)}"
    yield ""
    yield f"- {plain(outcome.result.set)} {plain(question.id)}，{kind}，**{VERDICTS[judged.verdict]}**{fault}"
    yield f"- 回答：{plain(_answer(outcome))}"
    for citation in outcome.cited:
        yield f"  - {citation.marker}：{plain(citation.source)} {page_words(citation.page)}“{plain(citation.quote)}”"
    yield f"- 标准答案：{plain(question.answer)}"
    for evidence in question.evidence:
        state = "已引用" if cited_at(evidence, outcome) else "未引用"
        yield f"  - {plain(evidence.file)} {page_words(evidence.page)}（{state}）“{plain(evidence.quote)}”"
    yield ""


def page_words(page: int | None) -> str:
    """The page in words."""
    return f"第 {page} 页" if page is not None else "不分页"


def _answer(outcome: Outcome) -> str:
    if outcome.result.error is not None:
        return f"没有回答：{outcome.result.error}"
    if outcome.reply is None:
        return "只检索，没有作答。"
    refusal = outcome.reply.refusal
    return (
        f"拒答（{REASONS.get(refusal.reason, refusal.reason)}）" if refusal else ""
    ) + outcome.reply.answer
