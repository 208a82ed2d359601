"""One file's pages become a parsed filing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.filings.filing import Filing, ParsedFiling
from rag.filings.page import Numbering, Page
from rag.filings.passage import Heading
from rag.settings import PassageSettings
from rag.structure.blocks import Block, blocks_of
from rag.structure.correction import NO_CORRECTION, Correction, corrected
from rag.structure.doubts import with_doubts
from rag.structure.facts import facts_of
from rag.structure.grid import grid_of
from rag.structure.identity import Identity, identify
from rag.structure.lone_figures import place_lone_figures
from rag.structure.passages import PassageMaker
from rag.structure.printed_changes import findings_of
from rag.structure.stated_units import statement_unit, with_stated_units
from rag.structure.tokens import Token, spans_of, tokens_of

# Raised with every change to structure that alters passages or facts: filings are then made anew.
STRUCTURE_VERSION = 9


@dataclass(frozen=True, slots=True)
class FileCard:
    """What is known of a file before its text is understood; `title` is what its own properties say."""

    id: str
    file_name: str
    size_bytes: int
    numbering: Numbering
    warnings: tuple[str, ...] = ()
    title: str = ""
    correction: Correction = NO_CORRECTION


def parse(card: FileCard, pages: Sequence[Page], settings: PassageSettings) -> ParsedFiling:
    """The filing of these pages: identity, outline, passages, facts."""
    identity = corrected(identify(pages, (card.file_name, card.title)), card.correction)
    tokens = tokens_of(pages)
    blocks = blocks_of(tokens, grid_of(pages, tokens))
    unit = statement_unit(pages)
    made = PassageMaker(card.id, identity.period, tokens, settings.max_chars, unit).run(blocks)
    passages = place_lone_figures(with_stated_units(made, pages))
    facts = facts_of(passages)
    findings = findings_of(facts)
    failed = sum(not finding.holds for finding in findings)
    return ParsedFiling(
        _filing(card, identity, len(pages), failed),
        tuple(pages),
        _outline(blocks, tokens),
        tuple(passages),
        tuple(with_doubts(facts, findings)),
    )


def _filing(card: FileCard, identity: Identity, page_count: int, failed: int) -> Filing:
    warnings = [*card.warnings, *(doubt.sentence for doubt in identity.doubts)]
    if not identity.issuer.names and not identity.issuer.stock_codes:
        warnings.append("没有认出发行人名称，按公司提问时可能找不到这份公告；可用 --company 指定。")
    if not identity.period:
        warnings.append("没有认出报告期，按报告期提问时可能找不到这份公告；可用 --period 指定。")
    if failed:
        warnings.append(
            f"读出的数字有 {failed} 项合计或增减对不上，用 xunju filings show {card.id[:12]} --checks 查看是哪几项。"
        )
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
        identity.announced,
        identity.evidence,
        tuple(warnings),
    )


def _outline(blocks: Sequence[Block], tokens: Sequence[Token]) -> tuple[Heading, ...]:
    return tuple(
        Heading(block.mark.level, block.mark.text, spans_of(tokens[block.first : block.first + 1])[0])
        for block in blocks
        if block.mark is not None
    )
