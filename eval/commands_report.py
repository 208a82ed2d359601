"""`xunju eval report` and `xunju eval compare`: what became of runs, for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.compare import compare_runs
from eval.places import RESULTS
from eval.report.comparison import comparison_text
from eval.report.content import content_of
from eval.report.markdown import markdown
from eval.report.page import page
from eval.results import find_runs, read_run
from rag import UserError

Folder = Annotated[
    Path | None, typer.Argument(metavar="[结果目录]", help="目录或其名字；不写则取最近一次运行")
]
Folders = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[结果目录]...", help="两个或更多，第一个是基准；不写则比较最近两次运行"),
]
Own = Annotated[list[Path] | None, typer.Option("--own", metavar="文件", help="运行时用的自己的题集")]
Out = Annotated[Path | None, typer.Option("--out", metavar="目录", help="报告写到哪里；默认写进结果目录")]
File = Annotated[Path | None, typer.Option("--out", metavar="文件", help="把比较另存为 markdown 文件")]
Results = Annotated[Path, typer.Option("--results", metavar="目录", help="结果放在哪里")]


def report(folder: Folder = None, own: Own = None, out: Out = None, results: Results = RESULTS) -> None:
    """写出一次运行的报告：report.html（可离线打开、可筛选）和 report.md。"""
    (place,) = run_folders([folder] if folder else [], results, 1)
    content = content_of(read_run(place), own or [])
    target = out or place
    _write(target / "report.html", page(content))
    _write(target / "report.md", markdown(content))
    typer.echo(f"报告：{target / 'report.html'}（另有 report.md）")


def compare(folders: Folders = None, own: Own = None, out: File = None, results: Results = RESULTS) -> None:
    """并排比较两次或更多次运行：差值、区间、符号检验、哪些题变了以及错因。"""
    places = run_folders(folders or [], results, 2)
    if len(places) < 2:
        raise UserError("比较至少要两次运行。请给出两个结果目录，第一个是基准。")
    compared = compare_runs([read_run(place) for place in places], own or [])
    text = "\n".join(comparison_text(one) for one in compared)
    typer.echo(text)
    if out is not None:
        _write(out, text)


def run_folders(named: list[Path], results: Path, wanted: int) -> list[Path]:
    """The folders named, each a path or a name under `results`; else the last runs, oldest first."""
    if named:
        return [folder if folder.is_dir() else results / folder for folder in named]
    found = find_runs(results)
    if len(found) < wanted:
        raise UserError(f"{results} 里只有 {len(found)} 次运行，需要 {wanted} 次。请先运行 xunju eval run。")
    return found[-wanted:]


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"写不了 {path}（{error.strerror}）。请检查路径和权限，或用 --out 换一个位置。"
        ) from error
