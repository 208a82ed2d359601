"""Which questions are asked, with which filings loaded."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.gold import GoldSet, Question, read_gold
from eval.places import GOLD, ROOT, SETS
from rag import UserError, find_files


@dataclass(frozen=True, slots=True)
class Shelf:
    """The filings loaded together: file name -> (path, SHA-256), in the order of their names."""

    files: dict[str, tuple[Path, str]]

    @property
    def key(self) -> str:
        """What tells this shelf from others: its files' bytes and names."""
        told = "\n".join(f"{name} {digest}" for name, (_, digest) in self.files.items())
        return hashlib.sha256(told.encode()).hexdigest()

    def named(self, name: str) -> tuple[Path, str] | None:
        """Path and SHA-256 of the filing with this file name, with or without its suffix."""
        stem = {Path(file).stem: found for file, found in self.files.items()}
        return self.files.get(name) or stem.get(name)


@dataclass(frozen=True, slots=True)
class Asked:
    """A gold set with the filings it is asked of."""

    gold: GoldSet
    shelf: Shelf


def shelf_of(paths: Sequence[Path]) -> Shelf:
    """The filings in these files and folders; UserError where one is missing or a name comes twice."""
    files: dict[str, tuple[Path, str]] = {}
    for path in sorted(find_files(paths), key=lambda path: path.name):
        if path.name in files:
            raise UserError(f"有两份公告都叫 {path.name}。评测按文件名对照，请改名或只给一份。")
        files[path.name] = (path, hashlib.sha256(path.read_bytes()).hexdigest())
    return Shelf(files)


def declared() -> dict[str, list[Path]]:
    """The project's own sets by name, with the files and folders of their filings."""
    table = tomllib.loads(SETS.read_text(encoding="utf-8"))
    return {name: [ROOT / place for place in entry["filings"]] for name, entry in table.items()}


def own_sets(names: Iterable[str]) -> tuple[list[Asked], list[str]]:
    """The project's sets of these names (all when none is given), and what was left out and why.

    UserError: an unknown name, or a set asked for by name whose filings are not there.
    """
    known = declared()
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if name not in known:
            raise UserError(f"没有名为 {name} 的题集。可用的有：{'、'.join(known)}。")
    asked: list[Asked] = []
    left_out: list[str] = []
    for name in wanted or list(known):
        gold = read_gold(GOLD / f"{name}.jsonl")
        missing = [path for path in known[name] if not path.exists()]
        if missing and wanted:
            raise UserError(f"{gold.path.name}:1 题集 {name} 的公告不在：{missing[0]}。请放好公告再运行。")
        if missing:
            left_out.append(f"跳过题集 {name}（{len(gold.questions)} 题）：公告不在 {missing[0].parent}。")
            continue
        asked.append(with_filings(gold, known[name]))
    return asked, left_out


def with_filings(gold: GoldSet, paths: Sequence[Path]) -> Asked:
    """The set with the filings under these paths, checked to be the very files that its evidence names."""
    shelf = shelf_of(paths)
    for question in gold.questions:
        check_filings(question, shelf)
    return Asked(gold, shelf)


def check_filings(question: Question, shelf: Shelf) -> None:
    """UserError with file and line where a filing of the question is not on the shelf or has other bytes."""
    for name in (question.filing, *(evidence.file for evidence in question.evidence)):
        if name and shelf.named(name) is None:
            raise UserError(
                f"{question.place}：题目用到的公告 {name} 不在读入的公告里。请补上，或改正文件名。"
            )
    for evidence in question.evidence:
        found = shelf.named(evidence.file)
        if evidence.document and found is not None and found[1] != evidence.document:
            raise UserError(
                f"{question.place}：公告 {evidence.file} 与题目写明的不是同一份"
                f"（SHA-256 应为 {evidence.document[:12]}…，实为 {found[1][:12]}…）。请换回原文件，或重写这道题。"
            )
