"""`xunju ingest`: files and folders into the index."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.interfaces.exits import say, tally
from rag.interfaces.options import AsJson, Config, Index, opened
from rag.interfaces.progress import progress

if TYPE_CHECKING:
    from rag import Ingested

_OUTCOMES = {"added": "已读入", "replaced": "已重读", "skipped": "已在索引中", "failed": "未读入"}


def ingest(  # noqa: PLR0913  a command's options are its parameters
    paths: Annotated[list[Path], typer.Argument(metavar="文件或文件夹...", help=".pdf .txt .md .html .docx")],
    index: Index = None,
    config: Config = None,
    force: Annotated[bool, typer.Option("--force", help="内容没有变化也重新读一遍")] = False,
    company: Annotated[
        str, typer.Option("--company", metavar="公司", help="认错了公司时指定：全称、简称或证券代码")
    ] = "",
    period: Annotated[
        str, typer.Option("--period", metavar="报告期", help="认错了报告期时指定，如 2024H1、2024中报")
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="类型", help="认错了类型时指定，如 半年度报告、业绩快报")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """读入公告：文件或文件夹；内容相同的文件不读第二遍。--json 每份一行。"""
    from rag import Correction, find_files

    correction = Correction.typed(company, period, kind)
    files = find_files(paths)  # before the index is opened: a wrong path must not leave an empty one
    done = failed = 0
    with opened(config, index, create=True) as assistant, progress() as bar:

        def pages(file: str, page: int, of: int) -> None:
            bar.show(f"{file}（{done + failed + 1}/{len(files)}）", page, of)

        for one in assistant.ingest(files, force=force, correction=correction, progress=pages):
            failed += one.outcome == "failed"
            done += one.outcome != "failed"
            _show(one, as_json)
    if failed and len(files) > 1:
        say(f"{failed} 个文件没有读入，其余 {done} 个已在索引中。" if done else "没有读入任何文件。")
    raise typer.Exit(tally(failed, done))


def _show(one: Ingested, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(one), ensure_ascii=False))
    elif one.outcome == "failed":
        say(f"未读入 {one.file}：{one.message}")
    else:
        typer.echo(_line(one))
    if not as_json:
        for warning in one.warnings:
            say(f"  注意：{warning}")


def _line(one: Ingested) -> str:
    about = " · ".join(part for part in (one.company, one.period, one.title) if part)
    size = f"（{one.pages} 页，{one.passages} 段，{one.facts} 个数字）" if one.pages else ""
    return f"{_OUTCOMES[one.outcome]} {one.file}：{about}{size} {one.filing_id[:12]}"
