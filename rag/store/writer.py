"""Writing to the index: a filing comes in or goes whole, whenever the process dies."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError, UserError
from rag.filings.filing import ParsedFiling
from rag.store.catalogue import Catalogue
from rag.store.editions import Editions
from rag.store.exact import unit
from rag.store.originals import Originals
from rag.store.places import Places
from rag.store.terms import Terms, TermsWriter
from rag.store.vectors import Vectors


class IndexWriter:
    """Adds, replaces and removes filings; made by `FilingIndex.writing`, which holds the lock.

    The order of writing is the guarantee: rows of an edition that nobody sees, the original, terms,
    vectors, then one lasting transaction that makes the edition visible.  Going is the reverse:
    invisible first, then deleted.  Whatever a dead process left hidden is deleted by `recover`.
    """

    def __init__(self, places: Places, catalogue: Catalogue, vectors: Vectors, made_by: str) -> None:
        self._places = places
        self._catalogue = catalogue
        self._vectors = vectors
        self._made_by = made_by
        self._originals = Originals(places.folder)
        self._editions = Editions(places.folder)
        self._terms: TermsWriter | None = None

    def add(self, parsed: ParsedFiling, original: bytes, vectors: NDArray[np.floating]) -> bool:
        """Store a filing with one vector a passage; False, and nothing written, when it is there already."""
        if self._catalogue.filing(parsed.filing.id) is not None:
            return False
        self.replace(parsed, original, vectors)
        return True

    def replace(self, parsed: ParsedFiling, original: bytes, vectors: NDArray[np.floating]) -> None:
        """Store a filing in place of its earlier reading, if there is one; readers see the old until the new is whole.

        Raises StoreError when the vectors do not fit the index or something cannot be written; readers
        then go on with what they had.
        """
        fitting = self._fitting(vectors, len(parsed.passages))
        place = Originals.place(parsed.filing.id, parsed.filing.file_name)
        edition = self._editions.write(parsed, fitting, place, self._made_by)
        try:
            self._originals.write(place, original)
            self._write_terms(edition)
            self._write_vectors(edition)
            self._editions.publish(edition)
        except Exception:
            with suppress(StoreError):  # what is left hidden goes with the next writer
                self.recover()
            raise
        self.recover()

    def remove(self, filing_id: str) -> None:
        """Take a filing out with its original; raises UserError when there is none of this id."""
        if self._catalogue.filing(filing_id) is None:
            raise UserError(
                f"索引中没有 id 为 {filing_id} 的公告。请用 xunju filings list 查看已导入的公告。"
            )
        self._editions.hide(filing_id)
        self.recover()

    def recover(self) -> None:
        """Delete everything hidden: half additions, replaced and removed editions, half rebuilds."""
        self._places.sweep(self._editions.state().build)
        remains = self._editions.remains()
        if not remains:
            return
        self._terms_writer().delete(left.edition for left in remains)
        for left in remains:
            if left.keys:
                self._open_vectors()
                self._vectors.delete(left.keys)
            if left.original:
                self._originals.delete(left.original)
            self._editions.forget(left.edition)

    def close(self) -> None:
        if self._terms is not None:
            self._terms.close()
        self._editions.close()

    def _fitting(self, vectors: NDArray[np.floating], count: int) -> NDArray[np.float32]:
        expected = (count, self._editions.state().dimension)
        if vectors.shape != expected:
            raise StoreError(
                f"向量的形状是 {vectors.shape}，索引要求 {expected}。请检查 [embedding] model 是否换过。"
            )
        return unit(vectors)

    def _write_terms(self, edition: int) -> None:
        self._terms_writer().add(edition, self._catalogue.passages_by_key(edition).items())

    def _write_vectors(self, edition: int) -> None:
        keys, vectors = self._catalogue.vectors([edition])
        if len(keys):
            self._open_vectors()
            self._vectors.add([int(key) for key in keys], vectors)

    def _terms_writer(self) -> TermsWriter:
        if self._terms is None:
            self._terms = Terms(self._places.terms(self._editions.state().build)).writer()
        return self._terms

    def _open_vectors(self) -> None:
        # With filings visible a missing folder is damage and must not be papered over by an empty one.
        if not self._catalogue.has_passages():
            self._vectors.create()
