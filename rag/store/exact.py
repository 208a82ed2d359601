"""Exact nearest neighbours among given vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """The vectors at length one; a zero vector stays zero and is similar to nothing."""
    floats = np.asarray(vectors, np.float32)
    lengths = np.linalg.norm(floats, axis=-1, keepdims=True)
    lengths[lengths == 0] = 1
    scaled: NDArray[np.float32] = floats / lengths
    return scaled


def nearest(
    vector: NDArray[np.floating], keys: NDArray[np.int64], vectors: NDArray[np.float32], k: int
) -> list[tuple[int, float]]:
    """Up to `k` keys with their cosine similarity (-1 to 1, higher is nearer), nearest first."""
    similarities = vectors @ unit(vector)
    top = np.argsort(-similarities, kind="stable")[:k]
    return [(int(keys[i]), float(similarities[i])) for i in top]
