"""Filings of kinds that nobody prepared for lose no page, no word and no figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.filings.text import squeeze
from rag.reading.pdf_file import read_pdf
from rag.settings import ReadingSettings, Settings
from rag.structure.parse import FileCard, parse
from tests.reading.odd_filings import OddFiling, with_english, without_contents, without_lines

pytestmark = pytest.mark.parametrize("make", [without_contents, with_english, without_lines])
Make = Callable[[], OddFiling]


def _parsed(odd: OddFiling):  # type: ignore[no-untyped-def]
    content = read_pdf(odd.data, ReadingSettings(ocr="off"), 100, lambda done, total: None)
    card = FileCard("f" * 64, "一.pdf", len(odd.data), content.numbering)
    return parse(card, content.pages, Settings().passages)


def test_no_page_and_no_word_is_lost(make: Make) -> None:
    odd = make()
    pages = _parsed(odd).pages
    assert [page.position for page in pages] == list(range(1, len(odd.pages) + 1))
    lost = [
        text
        for page, drawn in zip(pages, odd.pages, strict=True)
        for line in drawn
        for text in line
        if squeeze(text) not in squeeze(page.text)
    ]
    assert lost == []


def test_every_word_of_the_pages_stands_in_a_passage_or_names_its_section(make: Make) -> None:
    parsed = _parsed(make())
    said = squeeze("".join("".join((*passage.section, passage.text)) for passage in parsed.passages))
    lines = [line for page in parsed.pages for line in page.text.split("\n")]
    assert [line for line in lines if squeeze(line) not in said] == []


def test_issuer_and_period_are_known(make: Make) -> None:
    odd = make()
    filing = _parsed(odd).filing
    assert (filing.issuer.name, filing.period) == (odd.company, odd.period)


def test_every_figure_is_a_fact_of_its_row(make: Make) -> None:
    odd = make()
    facts = _parsed(odd).facts
    read = {(squeeze(fact.label), fact.text) for fact in facts}
    missed = [
        (label, figure)
        for label, *figures in odd.rows
        for figure in figures
        if figure and not any(squeeze(label) in own and figure == text for own, text in read)
    ]
    assert missed == []


def test_no_figure_stands_under_the_wrong_period(make: Make) -> None:
    odd = make()
    this_period = {figure for _, figure, _ in odd.rows}
    wrong = [
        (fact.label, fact.text, fact.period)
        for fact in _parsed(odd).facts
        if fact.period and fact.certain and (fact.text in this_period) != (fact.period == odd.period)
    ]
    assert wrong == []
