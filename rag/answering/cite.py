"""Quotes become citations: verbatim text of one page, its place, its rectangles, its link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.answering.answer import Citation
from rag.checking.quote import PlacedQuote
from rag.filings.filing import Filing
from rag.filings.lines import printed_lines
from rag.filings.page import Page, Span
from rag.filings.passage import Passage
from rag.filings.source import Source

Rectangle = tuple[int, float, float, float, float]
LINK_ID = 16  # hexadecimal signs of a filing id in a link: 64 bits never collide in one index


@dataclass(slots=True)
class CitationList:
    """Citations in the order in which they are first used; the same place keeps its marker."""

    citations: list[Citation] = field(default_factory=list)
    places: list[tuple[str, Span]] = field(default_factory=list)

    def marker(self, placed: PlacedQuote, filing: Filing, passage: Passage) -> int:
        """The number of the citation of this place, made if it is new."""
        found = self.find(placed, filing)
        if found:
            return found
        self.citations.append(cite(len(self.citations) + 1, placed, filing, passage))
        self.places.append((filing.id, placed.span))
        return len(self.citations)

    def find(self, placed: PlacedQuote, filing: Filing) -> int:
        """The number of the citation that holds this place already; 0 if none does."""
        span = placed.span
        for marker, (filing_id, cited) in enumerate(self.places, 1):
            if (
                filing_id == filing.id
                and cited.page == span.page
                and cited.start <= span.start
                and (span.end <= cited.end)
            ):
                return marker
        return 0


def cite(marker: int, placed: PlacedQuote, filing: Filing, passage: Passage) -> Citation:
    """The citation of one placed quote."""
    span = placed.span
    return Citation(
        marker=marker,
        source=source_of(filing, passage, placed.page),
        quote=placed.text,
        start=span.start,
        end=span.end,
        rects=rectangles(placed.page, span),
        link=link_to(filing.id, span),
    )


def source_of(filing: Filing, passage: Passage, page: Page) -> Source:
    """Where a piece of a passage on this page stands, in the words of a citation."""
    codes = filing.issuer.stock_codes
    return Source(
        filing_id=filing.id,
        source=filing.file_name,
        title=filing.title,
        company=filing.issuer.short_name or filing.issuer.name,
        stock_code=codes[0] if codes else "",
        period=filing.period,
        kind=filing.kind,
        section=passage.section,
        page=page.position if filing.numbering != "none" else None,
        page_label=page.label,
        page_inferred=_is_inferred(filing, page),
        page_recognized=page.origin == "ocr",
    )


def _is_inferred(filing: Filing, page: Page) -> bool:
    """Whether the page's number is counted: in a text filing also where single marks are lost."""
    lost = filing.numbering == "printed" and page.origin == "text" and page.label is None
    return filing.numbering == "inferred" or lost


def recognized_warning(citations: Sequence[Citation]) -> tuple[str, ...]:
    """A sentence that names the citations whose text was read from a picture, if there are any."""
    markers = "".join(f"[{citation.marker}]" for citation in citations if citation.source.page_recognized)
    return (f"引文{markers}所在的页是图像，文字由识别得到，可能有误，请核对原件。",) if markers else ()


def link_to(filing_id: str, span: Span) -> str:
    """The address in the viewer: `p` is the page's position, `c` the range of code points on it."""
    return f"/v/{filing_id[:LINK_ID]}?p={span.page}&c={span.start}-{span.end}"


def rectangles(page: Page, span: Span) -> tuple[Rectangle, ...]:
    """One rectangle a printed line of the span, in points from the top left; empty without boxes."""
    if page.boxes is None:
        return ()
    return tuple(
        (page.position, *(round(float(value), 2) for value in box))  # type: ignore[misc]
        for _, _, box in printed_lines(page.boxes[span.start : span.end])
    )
