"""An export as markdown: footnotes for citations, a table of sources."""

from __future__ import annotations

import re

from rag.interfaces.exports.content import Cited, Content, Entry, Piece

# What markdown, or a page made of it, would take for its own: filings' words must stay words.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_START = re.compile(r"^(\s*\d*)([-+=>.])(?=\s)", re.MULTILINE)


def as_markdown(content: Content) -> bytes:
    """The content as UTF-8 markdown."""
    blocks = [f"# {escaped(content.title)}", *(f"> {label}" for label in content.labels)]
    for entry in content.entries:
        blocks += _entry(entry, several=len(content.entries) > 1)
    blocks += ["## 来源", _sources(content.citations)] if content.citations else []
    blocks += [_footnote(cited) for cited in content.citations]
    return ("\n\n".join(blocks) + "\n").encode()


def escaped(text: str) -> str:
    """The text with every sign that markdown knows made a plain one."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table of escaped cells."""
    lines = [heads, ["---"] * len(heads), *[[escaped(cell) for cell in row] for row in rows]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _entry(entry: Entry, *, several: bool) -> list[str]:
    number = f"{entry.number}. " if several else ""
    blocks = [f"## {number}{escaped(entry.question)}"]
    blocks += ["".join(map(_piece, paragraph)) for paragraph in entry.paragraphs]
    made = "；".join(
        part
        for part in (
            entry.label,
            f"模型：{escaped(entry.model)}" if entry.model else "",
            f"提示词：{entry.prompt_hash}" if entry.prompt_hash else "",
        )
        if part
    )
    notes = [escaped(note) for note in entry.notes]
    return [*blocks, *notes, f"*{made}*"]


def _piece(piece: Piece) -> str:
    return escaped(piece.text) + "".join(f"[^{number}]" for number in piece.numbers)


def _footnote(cited: Cited) -> str:
    where = " · ".join(
        part for part in (cited.company or cited.title, cited.period, cited.page_words, cited.section) if part
    )
    return f"[^{cited.number}]: {escaped(where)}：“{escaped(cited.quote)}”（{escaped(cited.source)}）"


def _sources(citations: tuple[Cited, ...]) -> str:
    """One line for each file: who, what, which pages, and its hash."""
    files: dict[str, list[Cited]] = {}
    for cited in citations:
        files.setdefault(cited.filing_id, []).append(cited)
    rows = [
        [own[0].source, own[0].company, own[0].period, own[0].title, pages_of(own), filing_id]
        for filing_id, own in files.items()
    ]
    return table(["文件", "公司", "报告期", "标题", "页", "文件 SHA-256"], rows)


def pages_of(citations: list[Cited]) -> str:
    """The pages of these citations, each once, in order."""
    return "、".join(str(page) for page in sorted({c.page for c in citations if c.page is not None}))
