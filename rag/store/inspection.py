"""Whether the parts of an index agree with each other, and with the filings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from rag.errors import StoreError
from rag.filings.filing import Filing
from rag.filings.page import Page
from rag.filings.passage import Passage
from rag.store.catalogue import Catalogue
from rag.store.originals import Originals
from rag.store.terms import Terms
from rag.store.vectors import Vectors

_REBUILD = "请运行 xunju filings rebuild。"
_AGAIN = "请用 xunju ingest --force 重新导入。"


def inspect(
    catalogue: Catalogue, originals: Originals, open_terms: Callable[[], Terms], vectors: Vectors
) -> list[str]:
    """Every disagreement found, as a Chinese sentence with its remedy."""
    findings = [f"SQLite 自检发现：{line}。请从备份恢复。" for line in catalogue.damage()]
    for filing in catalogue.filings():
        findings += _filing(catalogue, originals, filing)
    for part in (_terms(catalogue, open_terms), _vectors(catalogue, vectors)):
        try:
            findings += part
        except StoreError as error:
            findings.append(str(error))
    return findings


def _filing(catalogue: Catalogue, originals: Originals, filing: Filing) -> Iterator[str]:
    try:
        content = originals.read(catalogue.original(filing.id) or "")
        if hashlib.sha256(content).hexdigest() != filing.id:
            yield f"《{filing.title}》的原始文件与导入时不同。{_AGAIN}"
    except StoreError as error:
        yield str(error)
    pages = {page.position: page for page in catalogue.pages(filing.id, boxes=False)}
    if len(pages) != filing.page_count:
        yield f"《{filing.title}》应有 {filing.page_count} 页，存有 {len(pages)} 页。{_AGAIN}"
    strayed = [
        passage.ordinal for passage in catalogue.passages_of(filing.id) if not _printed(passage, pages)
    ]
    if strayed:
        yield f"《{filing.title}》有 {len(strayed)} 个段落与页面文字不符（第一个序号 {strayed[0]}）。{_AGAIN}"


def _printed(passage: Passage, pages: dict[int, Page]) -> bool:
    """Whether a passage's text is what its spans cut from the pages, white space aside."""
    if any(span.page not in pages for span in passage.spans):
        return False
    cut = "".join(pages[span.page].text[span.start : span.end] for span in passage.spans)
    return "".join(cut.split()) == "".join(passage.text.split())


def _terms(catalogue: Catalogue, open_terms: Callable[[], Terms]) -> Iterator[str]:
    expected = {edition: len(catalogue.keys_of(edition)) for edition in catalogue.editions()}
    terms = open_terms()
    wrong = [edition for edition, count in expected.items() if terms.count(edition) != count]
    if wrong:
        yield f"词面索引与 SQLite 不一致：{len(wrong)} 份公告的段落数不同。{_REBUILD}"
    spare = terms.total() - sum(terms.count(edition) for edition in [*expected, *catalogue.hidden_editions()])
    if spare:
        yield f"词面索引多出 {spare} 个段落。{_REBUILD}"


def _vectors(catalogue: Catalogue, vectors: Vectors) -> Iterator[str]:
    editions = catalogue.editions()
    expected = {key for edition in editions for key in catalogue.keys_of(edition)}
    stored = len(catalogue.vectors(editions)[0])
    if stored != len(expected):
        yield f"SQLite 中有 {len(expected)} 个段落，却有 {stored} 个向量。{_AGAIN}"
    if not expected:
        return
    hidden = {key for edition in catalogue.hidden_editions() for key in catalogue.keys_of(edition)}
    there = vectors.keys()
    if lost := len(expected - there):
        yield f"向量索引缺少 {lost} 个段落。{_REBUILD}"
    if spare := len(there - expected - hidden):
        yield f"向量索引多出 {spare} 个段落。{_REBUILD}"
