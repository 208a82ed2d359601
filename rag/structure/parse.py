"""One file's pages become a parsed filing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.filings.filing import Filing, ParsedFiling
from rag.filings.page import Numbering, Page
from rag.filings.passage import Heading
from rag.settings import PassageSettings
from rag.structure.blocks import Block, blocks_of
from rag.structure.facts import facts_of
from rag.structure.grid import grid_of
from rag.structure.identity import Identity, identify
from rag.structure.passages import PassageMaker
from rag.structure.tokens import Token, spans_of, tokens_of

# Raised with every change to structure that alters passages or facts: filings are then made anew.
STRUCTURE_VERSION = 2


@dataclass(frozen=True, slots=True)
class FileCard:
    """What is known of a file before its text is understood."""

    id: str
    file_name: str
    size_bytes: int
    numbering: Numbering
    warnings: tuple[str, ...] = ()


def parse(card: FileCard, pages: Sequence[Page], settings: PassageSettings) -> ParsedFiling:
    """The filing of these pages: identity, outline, passages, facts."""
    identity = identify(pages)
    tokens = tokens_of(pages)
    blocks = blocks_of(tokens, grid_of(pages, tokens))
    passages = PassageMaker(card.id, identity.period, tokens, settings.max_chars).run(blocks)
    return ParsedFiling(
        _filing(card, identity, len(pages)),
        tuple(pages),
        _outline(blocks, tokens),
        tuple(passages),
        tuple(facts_of(passages)),
    )


def _filing(card: FileCard, identity: Identity, page_count: int) -> Filing:
    warnings = list(card.warnings)
    if not identity.issuer.name:
        warnings.append("首页没有认出发行人名称，按公司提问时可能找不到这份公告。")
    if not identity.period:
        warnings.append("没有认出报告期，按报告期提问时可能找不到这份公告。")
    return Filing(
        card.id,
        card.file_name,
        identity.title or card.file_name,
        identity.issuer,
        identity.kind,
        identity.period,
        page_count,
        card.size_bytes,
        card.numbering,
        None,
        identity.evidence,
        tuple(warnings),
    )


def _outline(blocks: Sequence[Block], tokens: Sequence[Token]) -> tuple[Heading, ...]:
    return tuple(
        Heading(block.mark.level, block.mark.text, spans_of(tokens[block.first : block.first + 1])[0])
        for block in blocks
        if block.mark is not None
    )
