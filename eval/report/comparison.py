"""Two runs side by side, as markdown: for the terminal as for a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from eval.compare import Compared, Comparison, Turned
from eval.faults import FAULTS
from eval.report.markdown import plain, table
from eval.report.words import KINDS, VERDICTS, fault_name, scored

_SHOWN_CHARS = 80  # of an answer: where it begins is where it says what was asked


def comparison_text(comparison: Comparison, *, by_kind: bool = True) -> str:
    """Totals with intervals and the sign test, then accuracy by kind, then every question that turned."""
    base, other = comparison.base.folder.name, comparison.other.folder.name
    blocks = [
        [f"# 比较：{plain(other)} 对 {plain(base)}（基准）"],
        [f"> {plain(note)}" for note in comparison.notes],
        ["## 各项指标", "", *_table([row for row in comparison.measures if not row.kind], _title)],
        ["差值以百分点计，区间是 95% 自助法区间；p 是符号检验的双侧概率；“*”表示区间不含 0。"],
    ]
    if by_kind:
        kinds = [
            row for row in comparison.measures if row.kind and row.measure.name in ("correct", "recall@10")
        ]
        blocks.append(["## 按题型", "", *_table(kinds, _title_and_kind)])
    blocks.append(["## 变了的题", "", *_turned(comparison.turned)])
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _title(row: Compared) -> str:
    return row.measure.title + ("（越低越好）" if row.measure.direction == "down" else "")


def _title_and_kind(row: Compared) -> str:
    return f"{row.measure.title}·{KINDS.get(row.kind, row.kind)}"


def _table(rows: Sequence[Compared], title: Callable[[Compared], str]) -> Iterator[str]:
    heads = ["指标", "题数", "基准", "另一次", "差值", "95% 区间", "胜", "负", "p"]
    yield from table(heads, ([title(row), *_cells(row)] for row in rows))


def _cells(row: Compared) -> list[str]:
    figures = [scored(row.measure, row.base), scored(row.measure, row.other)]
    pair = row.paired
    if pair is None:
        return ["", *figures, "", "", "", "", ""]
    gap, low, high = (f"{100 * value:+.1f}" for value in (pair.difference, pair.low, pair.high))
    star = "*" if pair.is_clear else ""
    return [
        str(pair.questions),
        *figures,
        f"{gap}{star}",
        f"{low} 到 {high}",
        str(pair.wins),
        str(pair.losses),
        f"{pair.p:.3f}",
    ]


def _turned(turned: Sequence[Turned]) -> Iterator[str]:
    if not turned:
        yield "没有。"
        return
    for gain, heading in ((False, "由对变错"), (True, "由错变对")):
        chosen = [one for one in turned if one.is_gain == gain]
        if chosen:
            counted = Counter(one.fault for one in chosen if one.fault)
            causes = "，".join(f"{fault_name(fault)} {count}" for fault, count in counted.most_common())
            yield f"### {heading}：{len(chosen)} 题（错因：{causes}）"
            yield ""
            for one in chosen:
                yield from _one(one)
            yield ""


def _one(one: Turned) -> Iterator[str]:
    question = one.base.outcome.question
    fault = FAULTS[one.fault] if one.fault else ""
    yield f"- {plain(question.id)}（{KINDS.get(question.kind, question.kind)}）{plain(question.question)}"
    yield f"  - 错因：{fault}"
    for name, judged in (("基准", one.base), ("另一次", one.other)):
        reply = judged.outcome.reply
        said = reply.answer if reply else judged.outcome.result.error or "没有作答"
        yield f"  - {name}（{VERDICTS[judged.verdict]}）：{plain(said[:_SHOWN_CHARS])}"
