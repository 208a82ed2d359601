"""`xunju doctor`: what is installed, configured and reachable, and what to do about the rest."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from rag import StoreError, XunjuError
from rag.interfaces.exits import ACT, DONE
from rag.interfaces.options import settings_of

if TYPE_CHECKING:
    from rag import Settings

_OLDEST = (3, 11)
_PACKAGES = (
    "langchain", "langchain-openai", "chromadb", "sentence-transformers", "torch", "pypdf", "pypdfium2",
    "tantivy", "rjieba", "opencc", "typer",
)  # fmt: skip
# Package, extra, its name, what does not go without it.
_EXTRAS = (
    ("rapidocr", "ocr", "OCR", "没有文字层的扫描页读不了"),
    ("slack_bolt", "slack", "Slack 机器人", "不能用 xunju slack"),
    ("mcp", "mcp", "MCP 服务", "不能用 xunju mcp"),
)
_MARKS = {"good": "✓", "hint": "·", "bad": "✗"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `bad` needs the user, a `hint` may be left; `remedy` says what to do."""

    name: str
    state: Literal["good", "hint", "bad"]
    found: str
    remedy: str = ""


def examine(config: Path | None, index: Path | None, as_json: bool) -> int:
    """Shows every check; 1 when one of them needs the user."""
    checks: list[Check] = []
    for check in _checks(config, index):
        checks.append(check)
        if not as_json:
            remedy = f" → {check.remedy}" if check.remedy else ""
            typer.echo(f"{_MARKS[check.state]} {check.name}：{check.found}{remedy}")
    ok = all(check.state != "bad" for check in checks)
    if as_json:
        told = [dataclasses.asdict(check) for check in checks]
        typer.echo(json.dumps({"ok": ok, "checks": told}, ensure_ascii=False))
    return DONE if ok else ACT


def _checks(config: Path | None, index: Path | None) -> Iterator[Check]:
    yield _python()
    yield from _packages()
    yield from _extras()
    try:
        settings = settings_of(config, index)
    except XunjuError as error:
        yield Check("配置", "bad", str(error))
        return
    yield Check("配置", "good", "读得出来，没有不认识的键")
    yield from _index(settings)
    yield _model(settings)


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < _OLDEST:
        return Check("Python", "bad", version, "请换用 Python 3.11 以上")
    return Check("Python", "good", version)


def _packages() -> Iterator[Check]:
    found, missing = [], []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if found:
        yield Check("组件", "good", "，".join(found))
    if missing:
        yield Check(
            "组件", "bad", f"缺少 {'、'.join(missing)}", "请重新安装：pip install -c constraints.txt -e ."
        )


def _extras() -> Iterator[Check]:
    """What is installed only by those who use it."""
    for package, extra, name, without in _EXTRAS:
        if importlib.util.find_spec(package):
            yield Check(name, "good", "已安装")
        else:
            remedy = f"要用时安装：pip install -c constraints.txt -e '.[{extra}]'"
            yield Check(name, "hint", f"未安装，{without}", remedy)


def _index(settings: Settings) -> Iterator[Check]:
    """The embedding model, which opens first, and the index, which must fit it."""
    from rag import open_assistant

    model = settings.embedding.model
    named = "随附的小模型" if model == "bundled" else model
    try:
        assistant = open_assistant(settings)
    except StoreError as error:
        yield Check("嵌入模型", "good", named)
        there = settings.index.path.exists()
        yield Check("索引", "bad" if there else "hint", str(error))
        return
    except XunjuError as error:
        yield Check("嵌入模型", "bad", str(error))
        return
    yield Check("嵌入模型", "good", named)
    try:
        filings, generation = assistant.filings(), assistant.generation
    finally:
        assistant.close()
    where = f"{settings.index.path}，{len(filings)} 份公告，版本 {generation}"
    yield Check("索引", "good", where, "" if filings else "请用 xunju ingest 读入公告")


def _model(settings: Settings) -> Check:
    from rag import check_model

    if settings.llm.provider == "none":
        remedy = "要接入时设 [llm] provider 和密钥，见 README"
        return Check("大语言模型", "hint", "未配置，用摘录式回答", remedy)
    try:
        return Check("大语言模型", "good", f"{settings.llm.provider} {check_model(settings)}，已连通")
    except XunjuError as error:
        return Check("大语言模型", "bad", str(error))
