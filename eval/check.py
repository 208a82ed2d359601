"""`xunju eval check`: whether the gold questions can be believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from eval.corpus import index_for
from eval.gold import Evidence, Question, read_gold
from eval.leaks import leaks
from eval.overrides import settings_with
from eval.own_sets import read_own_set
from eval.places import GOLD
from eval.scoring.case import Pages
from eval.scoring.figures import figures_in, gold_figure, holds_any, one_line
from eval.scoring.wording import plain, squeezed
from eval.sets import Asked, own_sets, with_filings
from eval.worker import Plan, Worker
from rag import UserError

# The one exception to copying nothing out of a filing.
LONGEST_QUOTE = 60
# Their values come about by reckoning with what the quotes print.
_RECKONED = ("calc", "compare")

Sets = Annotated[list[str] | None, typer.Argument(metavar="[题集]...", help="题集名；不写则检查全部")]
Own = Annotated[Path | None, typer.Option("--own", metavar="文件", help="自己的题集：.xlsx、.csv 或 .jsonl")]
Filings = Annotated[list[Path] | None, typer.Option("--filings", metavar="路径", help="自己的题集所问的公告")]


def check(sets: Sets = None, own: Own = None, filings: Filings = None) -> None:
    """逐行检查题集：格式、引文在不在那一页、数值有没有出处、重复，以及是否泄漏到提示词、代码或测试里。"""
    if own is not None:
        asked = [with_filings(read_own_set(own), filings or [])]
        wrong = [*faults(asked[0], ours=False), *twins(asked[0].gold.questions)]
    else:
        asked, left_out = own_sets(sets or [])
        for line in left_out:
            typer.echo(f"{line}只查格式和泄漏。", err=True)
        questions = [q for path in sorted(GOLD.glob("*.jsonl")) for q in read_gold(path).questions]
        wrong = [line for one in asked for line in faults(one)]
        wrong += [*twins(questions), *leaks(questions)]
    for line in wrong:
        typer.echo(line, err=True)
    if wrong:
        raise UserError(f"题集有 {len(wrong)} 处问题，逐条列在上面。请改正后再检查。")
    typer.echo(f"检查通过：{sum(len(one.gold.questions) for one in asked)} 题对照了公告原文。")


def faults(asked: Asked, *, ours: bool = True) -> list[str]:
    """What is wrong with the questions of a set, with file and line.

    `ours` are the project's own sets: their quotes are short and every refusal has its reason.
    """
    settings = settings_with(None, [])
    worker = Worker(Plan(settings, "end_to_end", 0))
    try:
        index = index_for(asked.shelf, settings, lambda _: None)
        pages = worker.pages(index)
        ids = {name: digest for name, (_, digest) in asked.shelf.files.items()}
        ids |= {Path(name).stem: digest for name, digest in ids.items()}
        return [
            f"{q.place}：{wrong}"
            for q in asked.gold.questions
            for wrong in (*question_faults(q, pages, ids), *(house_faults(q) if ours else ()))
        ]
    finally:
        worker.close()


def question_faults(question: Question, pages: Pages, ids: dict[str, str]) -> Iterator[str]:
    """What is wrong with one question; `ids` gives the SHA-256 of filings by file name."""
    yield from _unanswerable(question)
    for piece in question.evidence:
        yield from _misquoted(piece, pages, piece.document or ids.get(piece.file, ""))
    if not question.unanswerable:
        yield from _without_source(question)


def house_faults(question: Question) -> Iterator[str]:
    """What would be wrong with one of the project's own questions."""
    if question.unanswerable and question.reason is None:
        yield "不可回答的题要写 reason。"
    for piece in question.evidence:
        if len(squeezed(piece.quote)) > LONGEST_QUOTE:
            yield f"引文超过 {LONGEST_QUOTE} 字：{piece.quote[:20]}…"


def _unanswerable(question: Question) -> Iterator[str]:
    if question.unanswerable != (question.kind == "unanswerable"):
        yield "题型 unanswerable 与字段 unanswerable 不一致。"
    if question.unanswerable and question.values:
        yield "不可回答的题不应有 values。"
    if not question.unanswerable and question.reason is not None:
        yield "可回答的题不应有 reason。"
    if question.kind == "followup" and not question.history:
        yield "追问要有 history。"


def _misquoted(piece: Evidence, pages: Pages, filing_id: str) -> Iterator[str]:
    quote = squeezed(piece.quote)
    for page in piece.pages:
        if quote not in squeezed(pages.text(filing_id, page) or ""):
            yield f"引文不在 {piece.file} 第 {page} 页：{piece.quote[:30]}…"
    if not piece.pages and quote not in squeezed(pages.whole(filing_id) or ""):
        yield f"引文不在 {piece.file} 里：{piece.quote[:30]}…"


def _without_source(question: Question) -> Iterator[str]:
    """Values that no quote prints, where nothing says how they come about; and questions nothing can judge."""
    if not (question.values or question.must_include):
        yield "没有 values 也没有 must_include，无从评判。"
    if not question.evidence:
        yield "可回答的题要有 evidence。"
    if question.kind in _RECKONED or question.derivation:
        return
    printed = [f for piece in question.evidence for f in figures_in(one_line(piece.quote))]
    told = question.history[-1].answer if question.history else ""
    printed += list(figures_in(one_line(told)))
    quotes = " ".join(plain(piece.quote) for piece in question.evidence)
    for value in question.values:
        # Cells of a row stand in a quote without a space between, so digits are looked for as well.
        if f"{abs(value.value):f}" in quotes:
            continue
        if not holds_any(gold_figure(value.value, value.unit), printed):
            yield f"数值 {value.value}{value.unit} 不在引文里，也没有 derivation 说明怎样得出。"


def twins(questions: Sequence[Question]) -> list[str]:
    """Questions asked twice: the same words with the same filing and history."""
    seen: dict[tuple[object, ...], str] = {}
    found = []
    for question in questions:
        key = (squeezed(question.question).rstrip("?？。"), question.filing, question.history)
        if key in seen:
            found.append(f"{question.place}：与 {seen[key]} 是同一个问题。")
        seen.setdefault(key, question.place)
    return found
