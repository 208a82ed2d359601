"""Terms and vectors made anew from the catalogue, without reading a filing again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.filings.passage import Passage
from rag.store.catalogue import Catalogue, State
from rag.store.editions import Editions
from rag.store.exact import unit
from rag.store.places import Places
from rag.store.terms import Terms
from rag.store.vectors import Vectors

Embed = Callable[[Sequence[Passage]], NDArray[np.float32]]


def rebuild(
    places: Places, catalogue: Catalogue, target: State, vectors: Vectors, embed: Embed | None
) -> None:
    """Make the build that `target` names beside the present one, then switch to it in one transaction.

    Without `embed` the stored vectors serve again.  Until the switch every reader keeps the old build;
    a death before it costs the new folders only.
    """
    embedded = {} if embed is None else dict(_embedded(catalogue, target.dimension, embed))
    with closing(Terms.create(places.terms(target.build)).writer()) as terms, closing(vectors):
        vectors.drop()  # a server may keep what a rebuild of this number, cut off, has put there
        vectors.create()
        for edition in catalogue.editions():
            terms.add(edition, catalogue.passages_by_key(edition).items())
            stored = catalogue.vectors([edition])[1] if embed is None else embedded[edition]
            vectors.add(catalogue.keys_of(edition), stored)
    with closing(Editions(places.folder)) as editions:
        editions.swap_build(target, embedded)


def _embedded(
    catalogue: Catalogue, dimension: int, embed: Embed
) -> Iterator[tuple[int, NDArray[np.float32]]]:
    for edition in catalogue.editions():
        passages = list(catalogue.passages_by_key(edition).values())
        vectors = unit(embed(passages)) if passages else np.empty((0, dimension), np.float32)
        expected = (len(passages), dimension)
        if vectors.shape != expected:
            raise StoreError(
                f"嵌入模型给出的向量形状是 {vectors.shape}，应为 {expected}。请检查 [embedding] model。"
            )
        yield edition, vectors
