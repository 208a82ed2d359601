"""`xunju eval run`: asks gold questions and keeps what came of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from eval.overrides import settings_with
from eval.own_sets import read_own_set
from eval.places import RESULTS
from eval.replies import Replies, recording, replaying
from eval.results import Run, RunMode
from eval.runner import DEFAULT_SEED, Order
from eval.runner import run as run_order
from eval.scoring.score import totals
from eval.sets import Asked, own_sets, with_filings
from eval.showing import lines_of, progress
from rag import Settings, UserError

Sets = Annotated[
    list[str] | None, typer.Argument(metavar="[题集]...", help="题集名；不写则运行公告齐全的全部题集")
]
Own = Annotated[Path | None, typer.Option("--own", metavar="文件", help="自己的题集：.xlsx、.csv 或 .jsonl")]
Filings = Annotated[
    list[Path] | None, typer.Option("--filings", metavar="路径", help="自己的题集所问的公告，文件或文件夹")
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="文件", help="配置文件；默认读当前目录的 config.toml")
]
Override = Annotated[list[str] | None, typer.Option("--set", metavar="节.键=值", help="改一项设置，可写多次")]
Mode = Annotated[
    str,
    typer.Option("--mode", metavar="方式", help="end_to_end 全程；retrieval 只检索；answer 指定公告后回答"),
]
Name = Annotated[str, typer.Option("--name", metavar="名字", help="写进结果目录名的短名")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="同时提问的进程数")]
Seed = Annotated[int, typer.Option("--seed", help="随机种子")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="每个题集只问前几题")]
Resume = Annotated[Path | None, typer.Option("--resume", metavar="目录", help="接着跑一次中断的运行")]
Record = Annotated[Path | None, typer.Option("--record", metavar="文件", help="录下大模型的回答")]
Replay = Annotated[Path | None, typer.Option("--replay", metavar="文件", help="用录下的回答代替大模型")]
Price = Annotated[
    tuple[float, float] | None, typer.Option("--price", metavar="读入 写出", help="每百万 token 的单价（元）")
]
Results = Annotated[Path, typer.Option("--results", metavar="目录", help="结果放在哪里")]

DEFAULT_WORKERS = min(os.cpu_count() or 1, 4)
_MODES = ("end_to_end", "retrieval", "answer")


def run(  # noqa: PLR0913  each is an option of the command
    sets: Sets = None,
    own: Own = None,
    filings: Filings = None,
    config: Config = None,
    override: Override = None,
    mode: Mode = "end_to_end",
    name: Name = "run",
    workers: Workers = DEFAULT_WORKERS,
    seed: Seed = DEFAULT_SEED,
    limit: Limit = None,
    resume: Resume = None,
    record: Record = None,
    replay: Replay = None,
    price: Price = None,
    results: Results = RESULTS,
) -> None:
    """向题集提问，逐题打分，结果存为新的目录。"""
    asked, left_out = _asked(sets or [], own, filings or [])
    for line in left_out:
        typer.echo(line, err=True)
    if not asked:
        raise UserError(
            "没有可以运行的题集：公告都不在。请放好公告，或用 --own 与 --filings 给出自己的题集。"
        )
    settings = settings_with(config, override or [])
    order = Order(tuple(asked), settings, name, _mode(mode), seed, workers, limit, price)
    with _model(settings, record, replay) as (ask_with, replies):
        done = run_order(replace(order, ask_with=ask_with), results, resume=resume, show=progress())
    typer.echo(f"结果：{done.folder}（{len(done.results)} 题）")
    for line in lines_of(totals(done.results)):
        typer.echo(line)
    if replies is not None and replies.missed:
        typer.echo(
            f"{replies.missed} 次提问没有录过的回答：题目、证据或提示词已经改变，请重新录制。", err=True
        )
    _tell_failures(done, with_model=ask_with.llm.provider != "none" and mode != "retrieval")


@contextmanager
def _model(
    settings: Settings, record: Path | None, replay: Path | None
) -> Iterator[tuple[Settings, Replies | None]]:
    """The settings to ask with: as configured, or with a model that is recorded or replayed."""
    if record is not None and replay is not None:
        raise UserError("--record 与 --replay 只能用一个。")
    if record is not None:
        with recording(settings, record) as served:
            yield served
    elif replay is not None:
        with replaying(settings, replay) as served:
            yield served
    else:
        yield settings, None


def _tell_failures(done: Run, *, with_model: bool) -> None:
    """Says how many answers a configured model did not give; ends with 3 where questions ended in an error."""
    fallen_back = [
        r for r in done.results if r.answer is not None and r.answer.get("answerer") == "extractive"
    ]
    if with_model and fallen_back:
        typer.echo(f"{len(fallen_back)} 题没有用上大模型，答的是摘录式回答（含拒答）。", err=True)
    failed = [result for result in done.results if result.error is not None]
    if failed:
        typer.echo(
            f"{len(failed)} 题出错，按没有结果计分。第一题：{failed[0].id}：{failed[0].error}", err=True
        )
        raise typer.Exit(3)


def _asked(names: list[str], own: Path | None, filings: list[Path]) -> tuple[list[Asked], list[str]]:
    if own is None:
        if filings:
            raise UserError("--filings 要和 --own 一起用。项目自带的题集在 eval/sets.toml 里写明公告。")
        return own_sets(names)
    if not filings:
        raise UserError("请用 --filings 给出题目所问的公告（文件或文件夹）。")
    mine = with_filings(read_own_set(own), filings)
    theirs, left_out = own_sets(names) if names else ([], [])
    return [mine, *theirs], left_out


def _mode(word: str) -> RunMode:
    for mode in _MODES:
        if word == mode:
            return mode  # type: ignore[return-value]
    raise UserError(f"不认识的方式 {word}。--mode 可写 {'、'.join(_MODES)}。")
