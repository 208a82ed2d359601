"""`xunju demo`: the bundled filings read and asked, so that one command shows what there is."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import typer

from rag.interfaces.options import opened
from rag.interfaces.progress import progress
from rag.interfaces.show import answer_lines


def demonstrate(config: Path | None, index: Path | None) -> None:
    """Answers the sample questions on the sample filings; in a folder that vanishes unless `index` names one."""
    from rag import sample_folder

    samples = sample_folder()
    if index is not None:
        _run(config, index, samples)
    else:
        with tempfile.TemporaryDirectory(prefix="xunju-demo-") as folder:
            _run(config, Path(folder), samples)
    kept = f" --index {index}" if index is not None else ""
    again = [] if kept else [f"  xunju ingest {samples}"]
    typer.echo("接着可以试：")
    typer.echo("\n".join([*again, f"  xunju chat{kept}", "  xunju ingest 您的公告.pdf", "  xunju doctor"]))


def _run(config: Path | None, index: Path, samples: Path) -> None:
    typer.echo("示例公告中的公司、人物和数字都是虚构的。")
    with opened(config, index, create=True) as assistant:
        with progress() as bar:
            read = list(assistant.ingest([samples], progress=bar.show))
        for one in read:
            typer.echo(f"已读入 {one.file}：{one.company} {one.period} {one.title}{one.message}")
        for question in _questions(samples):
            typer.echo(typer.style(f"\n问：{question}", bold=True))
            typer.echo("\n".join(answer_lines(assistant.answer(question))))
    typer.echo("")


def _questions(samples: Path) -> list[str]:
    """The sample questions: beside the filings in an installed package, one folder up in a checkout."""
    for folder in (samples, samples.parent):
        path = folder / "questions.jsonl"
        if path.is_file():
            lines = path.read_text(encoding="utf-8").splitlines()
            return [json.loads(line)["question"] for line in lines if line.strip()]
    return []
