"""`xunju eval propose` and `xunju eval review`: new gold, drafted here and accepted by a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from eval.corpus import at
from eval.drafts import accept, write_drafts
from eval.from_feedback import record_of
from eval.gold import read_gold
from eval.places import GOLD
from eval.propose import propose as proposed
from eval.stated import stated_figures
from rag import Assistant, Feedback, Settings, UserError, open_assistant

Config = Annotated[
    Path | None, typer.Option("--config", metavar="文件", help="配置文件；默认读当前目录的 config.toml")
]
Index = Annotated[
    Path | None, typer.Option("--index", metavar="目录", help="索引目录；默认取配置里的 [index] path")
]
Drafts = Annotated[
    Path, typer.Option("--drafts", metavar="文件", help="草稿文件（.jsonl）；只往里加，不覆盖")
]
Out = Annotated[Path, typer.Option("--out", metavar="文件", help="接受的题加进这个题集（.jsonl）")]
Count = Annotated[int, typer.Option("--count", min=1, max=500, help="起草多少题（陷阱题另计）")]
Seed = Annotated[int, typer.Option("--seed", help="随机种子；同一种子起草同样的题")]
Filing = Annotated[list[str] | None, typer.Option("--filing", metavar="公告", help="只从这些公告起草")]
Numbers = Annotated[str, typer.Option(metavar="编号", help="反馈的编号，用逗号隔开")]
Accept = Annotated[
    str, typer.Option("--accept", metavar="编号", help='接受这些草稿；也可在草稿里把 "draft" 改成 false')
]

DRAFTS = Path("eval_drafts.jsonl")
OWN_GOLD = Path("eval_gold.jsonl")
VERDICTS = {"good": "答得对", "wrong_figure": "数不对", "wrong_page": "页码不对", "missing": "该答没答"}


def propose(  # noqa: PLR0913  each is an option of the command
    filing: Filing = None,
    count: Count = 20,
    seed: Seed = 0,
    drafts: Drafts = DRAFTS,
    config: Config = None,
    index: Index = None,
) -> None:
    """从核对过的数字起草题目，连同容易答错的相邻年度、另一口径、相近科目、另一家公司，供人取舍。"""
    with _opened(config, index) as assistant:
        filings = [assistant.filing(name) for name in filing] if filing else assistant.filings()
        figures = [one for f in filings for one in stated_figures(assistant.figures(f.id))]
    if not figures:
        raise UserError("这些公告里没有可以出题的数字。请先用 xunju ingest 导入带报表的公告，或换一份。")
    added = write_drafts(drafts, proposed(figures, count, seed, _known()))
    typer.echo(f"起草 {added} 题，加进 {drafts}。")
    typer.echo('请逐题看过、改好，把要的题的 "draft" 改成 false，再运行 xunju eval review。')


def review(  # noqa: PLR0913  each is an option of the command
    confirm: Numbers = "",
    reject: Numbers = "",
    accept_ids: Accept = "",
    drafts: Drafts = DRAFTS,
    out: Out = OWN_GOLD,
    config: Config = None,
    index: Index = None,
) -> None:
    """看读者的反馈，确认或驳回；确认的变成草稿，接受了的草稿变成题。"""
    with _opened(config, index) as assistant:
        for number in _numbers(confirm):
            assistant.settle_feedback(number, "confirmed")
        for number in _numbers(reject):
            assistant.settle_feedback(number, "rejected")
        _show(assistant.feedback("new"))
        records = [record_of(entry, assistant) for entry in assistant.feedback("confirmed")]
    known = {question.id for question in read_gold(out).questions} if out.is_file() else set()
    added = write_drafts(drafts, [record for record in records if record["id"] not in known])
    if added:
        typer.echo(f"确认的反馈有 {added} 条写成草稿，加进 {drafts}；带 note 的还要补全。")
    if drafts.is_file():
        done = accept(drafts, out, [one.strip() for one in accept_ids.split(",") if one.strip()])
        typer.echo(f"接受 {len(done.ids)} 题，加进 {out}；还有 {done.left} 题是草稿。")


def _show(entries: Sequence[Feedback]) -> None:
    if not entries:
        typer.echo("没有待看的反馈。")
    for entry in entries:
        typer.echo(f"{entry.id:>4}  {VERDICTS[entry.verdict]}  {entry.question}")
        if entry.comment:
            typer.echo(f"      说明：{entry.comment}")
    if entries:
        typer.echo("用 --confirm 编号 确认，用 --reject 编号 驳回。")


def _numbers(text: str) -> list[int]:
    pieces = [piece.strip() for piece in text.replace("，", ",").split(",") if piece.strip()]
    if wrong := [piece for piece in pieces if not piece.isdecimal()]:
        raise UserError(f"编号“{wrong[0]}”不是数字。请写成 1,2,3。")
    return [int(piece) for piece in pieces]


def _known() -> set[tuple[str, str]]:
    """Filing and value of every figure that the project's own gold asks for."""
    questions = (question for path in sorted(GOLD.glob("*.jsonl")) for question in read_gold(path).questions)
    return {(e.document, str(v.value)) for q in questions for e in q.evidence for v in q.values}


@contextmanager
def _opened(config: Path | None, index: Path | None) -> Iterator[Assistant]:
    settings = Settings.load(config)
    assistant = open_assistant(at(settings, index) if index else settings)
    try:
        yield assistant
    finally:
        assistant.close()
