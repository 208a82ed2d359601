"""Exports by their suffix: what goes into a file, and onto the disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rag import UserError
from rag.interfaces.exports.content import Json, content_of
from rag.interfaces.exports.pictures import Pictures

KINDS = (".md", ".docx", ".xlsx")
TITLE = "循据：公告问答"


def exported(
    answers: Sequence[Json], kind: str, title: str = TITLE, pictures: Pictures | None = None
) -> bytes:
    """Answers (as `to_json` gives them) as the bytes of a .md, .docx or .xlsx file.

    `pictures` go into .docx only.  UserError for another kind.
    """
    content = content_of(answers, title)
    if kind == ".md":
        from rag.interfaces.exports.markdown import as_markdown

        return as_markdown(content)
    if kind == ".docx":
        from rag.interfaces.exports.word import as_word

        return as_word(content, pictures)
    if kind == ".xlsx":
        from rag.interfaces.exports.sheets import as_workbook

        return as_workbook(content)
    raise UserError(_unknown(kind))


def exported_card(card: Json, kind: str) -> bytes:
    """A key-figure card (as `card_json` gives it) as the bytes of a .md or .xlsx file; UserError for another kind."""
    from rag.interfaces.exports.card import card_as_markdown, card_as_workbook

    if kind == ".md":
        return card_as_markdown(card)
    if kind == ".xlsx":
        return card_as_workbook(card)
    raise UserError("指标卡可以存成 .md 或 .xlsx。")


def kind_of(target: str) -> str:
    """The suffix of a file to write; UserError where it is none of ours or its folder is not there."""
    path = Path(target)
    if path.suffix.lower() not in KINDS:
        raise UserError(_unknown(path.suffix))
    if not path.parent.is_dir():
        raise UserError(f"文件夹 {path.parent} 不存在。请先建好，或换一个位置。")
    return path.suffix.lower()


def save(target: str, data: bytes) -> None:
    """Writes a file; UserError where it cannot be written."""
    try:
        Path(target).write_bytes(data)
    except OSError as error:
        raise UserError(f"写不到 {target}（{error.strerror}）。请检查文件夹、权限和磁盘。") from error


def _unknown(kind: str) -> str:
    return f"不认识的格式“{kind}”。可以存成 {'、'.join(KINDS)}。"
