"""Answers kept as a file: what `--out FILE` and `:export FILE` do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rag.interfaces.exits import say

if TYPE_CHECKING:
    from rag import Assistant

Keep = Callable[[Sequence[Mapping[str, object]]], None]


@contextmanager
def filed(assistant: Assistant, target: str, pages: bool = False, title: str = "公告问答") -> Iterator[Keep]:
    """What writes answers (as `to_json` gives them) to a file; nothing where none is wanted.

    `pages` adds pictures of the cited pages to a .docx.
    UserError before any work is done where the file's kind is unknown or its folder is not there.
    """
    if not target:
        yield lambda answers: None
        return
    from rag.interfaces.exports.pictures import Pictures
    from rag.interfaces.exports.write import exported, kind_of, save

    kind = kind_of(target)
    pictures = Pictures(assistant.page_image) if pages else None

    def keep(answers: Sequence[Mapping[str, object]]) -> None:
        save(target, exported(answers, kind, title, pictures))
        say(f"已存到 {target}")

    yield keep
