"""Lexical search over passages: the door to tantivy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from rag.errors import StoreError
from rag.filings.passage import Passage
from rag.store.tokens import tokenize

# A term in the passage's own words counts fully; its caption, unit and column heads explain what the
# words are about.  Fields for the section path and for row labels gained nothing (`benchmarks/retrieval`).
TEXT_BOOST = 1.0
CONTEXT_BOOST = 0.6
_BOOSTS = {"text": TEXT_BOOST, "context": CONTEXT_BOOST}

# Tantivy's smallest arena is 15 MB a thread; one thread writes 25,000 passages a second.
_WRITER_BYTES = 50_000_000
_COUNTED = "freq"  # term frequencies without positions: we never search phrases


class Terms:
    """A terms index in a folder; it sees commits of other processes after `reload`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._index = tantivy.Index.open(str(folder))
            self._index.config_reader("manual")
            self._index.reload()
        except (ValueError, OSError) as error:
            raise _damaged(folder, error) from error

    @staticmethod
    def create(folder: Path) -> Terms:
        """Make an empty terms index; raises StoreError when the folder cannot be written."""
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("key", fast=True)
        schema.add_unsigned_field("edition", indexed=True)
        for name in _BOOSTS:
            schema.add_text_field(name, tokenizer_name="whitespace", index_option=_COUNTED)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tantivy.Index(schema.build(), path=str(folder))
        except (ValueError, OSError) as error:
            raise StoreError(f"词面索引 {folder} 建不起来（{error}）。请检查磁盘空间和权限。") from error
        return Terms(folder)

    def reload(self) -> None:
        try:
            self._index.reload()
        except (ValueError, OSError) as error:
            raise _damaged(self._folder, error) from error

    def search(
        self,
        tokens: Sequence[str],
        k: int,
        *,
        editions: Sequence[int] | None = None,
        hidden: Sequence[int] = (),
    ) -> list[tuple[int, float]]:
        """Up to `k` passage keys with their BM25 score (above 0, higher is better), best first.

        `editions` limits the search to these; otherwise `hidden` ones are left out.
        """
        if not tokens or k < 1 or (editions is not None and not editions):
            return []
        try:
            searcher = self._index.searcher()
            hits = searcher.search(self._query(tokens, editions, hidden), k, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
        except (ValueError, OSError) as error:
            raise _damaged(self._folder, error) from error
        return [(int(key or 0), float(score)) for key, (score, _) in zip(keys, hits, strict=True)]

    def count(self, edition: int) -> int:
        """How many passages of an edition are there."""
        found = self._index.searcher().search(_of_edition(self._index.schema, edition), 1)
        return int(found.count)  # type: ignore[attr-defined]  # missing from the stubs of 0.27.0

    def total(self) -> int:
        return int(self._index.searcher().num_docs)

    def writer(self) -> TermsWriter:
        return TermsWriter(self._folder, self._index)

    def _query(
        self, tokens: Sequence[str], editions: Sequence[int] | None, hidden: Sequence[int]
    ) -> tantivy.Query:
        query, occur, schema = tantivy.Query, tantivy.Occur, self._index.schema
        words = [
            (occur.Should, query.boost_query(query.term_query(schema, name, token, _COUNTED), boost * times))
            for token, times in Counter(tokens).items()
            for name, boost in _BOOSTS.items()
        ]
        parts = [(occur.Must, query.boolean_query(words))]
        if editions is not None:
            within = query.const_score_query(query.term_set_query(schema, "edition", list(editions)), 0.0)
            parts.append((occur.Must, within))
        elif hidden:
            parts.append((occur.MustNot, query.term_set_query(schema, "edition", list(hidden))))
        return query.boolean_query(parts)


class TermsWriter:
    """Adds and deletes editions; each change is on the disk when its call returns."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        self._folder = folder
        try:
            self._schema = index.schema
            self._writer = index.writer(_WRITER_BYTES, 1)
        except (ValueError, OSError) as error:
            raise _damaged(folder, error) from error

    def add(self, edition: int, passages: Iterable[tuple[int, Passage]]) -> None:
        """Index an edition's passages under their keys."""
        try:
            for key, passage in passages:
                self._writer.add_document(_document(edition, key, passage))
            self._writer.commit()
        except (ValueError, OSError) as error:
            raise self._unwritten(error) from error

    def delete(self, editions: Iterable[int]) -> None:
        try:
            for edition in editions:
                # Not delete_documents_by_term: of a number it makes a signed term, which is never there (0.27.0).
                self._writer.delete_documents_by_query(_of_edition(self._schema, edition))
            self._writer.commit()
        except (ValueError, OSError) as error:
            raise self._unwritten(error) from error

    def close(self) -> None:
        """Drop what was not committed, wait for merges and let the folder go."""
        self._writer.rollback()
        self._writer.wait_merging_threads()

    def _unwritten(self, error: Exception) -> StoreError:
        return StoreError(
            f"词面索引 {self._folder} 写不进去（{error}）。"
            "请检查磁盘空间和权限；若仍失败，请运行 xunju filings rebuild。"
        )


def _of_edition(schema: tantivy.Schema, edition: int) -> tantivy.Query:
    return tantivy.Query.term_query(schema, "edition", edition)


def _document(edition: int, key: int, passage: Passage) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("key", key)
    document.add_unsigned("edition", edition)
    document.add_text("text", " ".join(tokenize(passage.text)))
    document.add_text("context", " ".join(tokenize(passage.context)))
    return document


def _damaged(folder: Path, error: Exception) -> StoreError:
    return StoreError(
        f"词面索引 {folder} 缺失或已损坏（{error}）。请运行 xunju filings rebuild 重建，无需重新读文件。"
    )
