"""Files become stored filings: found, read under guard, structured, embedded, published one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rag.errors import FilingError, UserError
from rag.filings.filing import ParsedFiling
from rag.filings.passage import Passage
from rag.models.embedding import Embedder
from rag.reading.guard import read_guarded
from rag.reading.read import read_bytes
from rag.settings import Settings
from rag.store.index import FilingIndex
from rag.store.writer import IndexWriter
from rag.structure.correction import NO_CORRECTION, Correction
from rag.structure.parse import STRUCTURE_VERSION, FileCard, parse

SUFFIXES = (".pdf", ".txt", ".md", ".html", ".htm", ".docx")
READING_VERSION = 5

Outcome = Literal["added", "replaced", "skipped", "failed"]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file; `message` says why it failed."""

    file: str
    outcome: Outcome
    filing_id: str = ""
    title: str = ""
    company: str = ""
    period: str = ""
    pages: int = 0
    passages: int = 0
    facts: int = 0
    warnings: tuple[str, ...] = ()
    message: str = ""


def made_by(settings: Settings) -> str:
    """The versions that shape passages and facts; filings made by others are made anew by --force."""
    return f"read{READING_VERSION}-structure{STRUCTURE_VERSION}-passages{settings.passages.max_chars}"


def find_files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those of known kinds inside the folders named, in a stable order.

    UserError for a path that is not there, or a folder without a filing.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
            inside = [
                p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts)
            ]
            if not inside:
                raise UserError(f"文件夹 {path} 里没有公告文件。支持的格式：{' '.join(SUFFIXES)}。")
            found.extend(inside)
        elif path.exists():
            found.append(path)
        else:
            raise UserError(f"找不到 {path}。请检查路径是否写对。")
    return list(dict.fromkeys(found))


class Ingestion:
    """One run of ingesting; failures of one file leave the others and the index as they were."""

    def __init__(
        self,
        index: FilingIndex,
        embedder: Embedder,
        settings: Settings,
        correction: Correction = NO_CORRECTION,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._settings = settings
        self._correction = correction

    def run(
        self, files: Iterable[Path], *, force: bool = False, progress: Progress | None = None
    ) -> Iterable[Ingested]:
        """What became of each file, as each is done; StoreError when another process writes."""
        with self._index.writing(made_by(self._settings)) as writer:
            for path in files:
                try:
                    yield self._one(writer, path, force, progress)
                except FilingError as error:
                    yield Ingested(path.name, "failed", message=str(error))

    def _one(self, writer: IndexWriter, path: Path, force: bool, progress: Progress | None) -> Ingested:
        data = read_bytes(path, self._settings.limits)
        filing_id = hashlib.sha256(data).hexdigest()
        known = self._index.filing(filing_id)
        if known is not None and not force and not self._correction:
            return Ingested(path.name, "skipped", filing_id, known.title, known.issuer.name, known.period)
        parsed = self._parse(path, self._correction.over(known), progress)
        if parsed.filing.id != filing_id:
            raise FilingError(f"{path.name} 在读取过程中被改动。请待文件不再变化后重新导入。")
        vectors = self._embedder.embed_passages([embedded_text(p) for p in parsed.passages])
        writer.replace(parsed, data, vectors)
        return _report(path, parsed, "replaced" if known is not None else "added")

    def _parse(self, path: Path, correction: Correction, progress: Progress | None) -> ParsedFiling:
        def told(done: int, total: int) -> None:
            if progress is not None:
                progress(path.name, done, total)

        read = read_guarded(path, self._settings.limits, self._settings.reading, told)
        card = FileCard(
            read.id, read.file_name, read.size_bytes, read.numbering, read.warnings, read.title, correction
        )
        parsed = parse(card, read.pages, self._settings.passages)
        if not parsed.passages:
            raise FilingError(
                f"{path.name} 里没有可用的文字。若是扫描件，请安装 OCR 组件（pip install 'xunju[ocr]'）后重试。"
            )
        return parsed


def embedded_text(passage: Passage) -> str:
    """What is embedded for a passage: its last headings, its context, its text."""
    return "\n".join(part for part in (" ".join(passage.section[-2:]), passage.context, passage.text) if part)


def _report(path: Path, parsed: ParsedFiling, outcome: Outcome) -> Ingested:
    filing = parsed.filing
    return Ingested(
        path.name,
        outcome,
        filing.id,
        filing.title,
        filing.issuer.short_name or filing.issuer.name,
        filing.period,
        filing.page_count,
        len(parsed.passages),
        len(parsed.facts),
        filing.warnings,
    )
