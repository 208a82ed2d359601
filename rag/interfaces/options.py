"""Options that several commands share, and the assistant that they open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rag import Assistant, Settings

Config = Annotated[
    Path | None, typer.Option("--config", metavar="文件", help="配置文件；默认读当前目录的 config.toml")
]
Index = Annotated[
    Path | None, typer.Option("--index", metavar="目录", help="索引目录；默认取配置里的 [index] path")
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
NoLlm = Annotated[bool, typer.Option("--no-llm", help="这一次不用大语言模型")]
Company = Annotated[str, typer.Option("--company", metavar="公司", help="只看这家公司：简称、全称或证券代码")]
Period = Annotated[
    str, typer.Option("--period", metavar="报告期", help="只看这个报告期，如 2024H1、2024中报")
]
OneFiling = Annotated[str, typer.Option("--filing", metavar="公告", help="只看这份公告：文件名、编号或标题")]
Batch = Annotated[
    Path | None, typer.Option("--batch", metavar="文件", help="成批处理：.jsonl、.csv 或 .xlsx，每行一问")
]
Out = Annotated[
    str,
    typer.Option(
        "--out",
        metavar="文件",
        help="存成文件：.md、.docx 或 .xlsx；成批处理时 .jsonl、.csv 或 .xlsx，- 为标准输出",
    ),
]
WithPages = Annotated[
    bool, typer.Option("--pages", help="存成 .docx 时附上引文所在页的图像，标出原文（PDF 公告）")
]


def settings_of(config: Path | None, index: Path | None) -> Settings:
    """The settings in force, with the index folder of the command line on top."""
    from rag import Settings

    settings = Settings.load(config)
    if index is None:
        return settings
    return settings.model_copy(update={"index": settings.index.model_copy(update={"path": index})})


@contextmanager
def opened(config: Path | None, index: Path | None, *, create: bool = False) -> Iterator[Assistant]:
    """An assistant over the index, closed at the end."""
    from rag import open_assistant

    assistant = open_assistant(settings_of(config, index), create=create)
    try:
        yield assistant
    finally:
        assistant.close()
