"""The tokenizer and the vectors that its tokens start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from math import log

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.utils.extmath import randomized_svd
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
LONGEST_TOKEN = 4
CONTEXT_TOKENS = 5
SIF_A = 1e-3


def trained_tokenizer(texts: Sequence[str], size: int, names: Set[str]) -> Tokenizer:
    """A unigram tokenizer over words of at most four signs, with every sign of the texts and of GB 2312.

    Names never become tokens: the name of whatever company is read in its parts.
    """
    normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    words: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for text in texts:
        plain = normalizer.normalize_str(text)
        signs.update(sign for sign in plain if not sign.isspace())
        words.update(word for word in rjieba.cut(plain) if _is_word(word) and word not in names)
    for sign in gb2312_signs():
        signs[sign] += 0
    alphabet = sorted(signs, key=lambda sign: (-signs[sign], sign))
    frequent = sorted(words, key=lambda word: (-words[word], word))[: size - len(alphabet) - 1]
    total = sum(words.values()) + sum(signs.values())
    vocabulary = [(UNKNOWN, -30.0)]
    vocabulary += [(sign, log((0.3 * signs[sign] + 0.5) / total)) for sign in alphabet]
    vocabulary += [(word, log((words[word] + 0.5) / total)) for word in frequent]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Split(Regex(r"[0-9]+|[a-z]+|\p{Han}+"), behavior="isolated"),
            pre_tokenizers.Punctuation("isolated"),
        ]
    )
    return tokenizer


def _is_word(word: str) -> bool:
    return 1 < len(word) <= LONGEST_TOKEN and word.isalnum()


def gb2312_signs() -> list[str]:
    """The 6,763 characters of GB 2312."""
    pairs = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [pair.decode("gb2312") for pair in pairs if not (pair[0] == 0xD7 and pair[1] > 0xF9)]


def token_frequencies(encoded: Iterable[Sequence[int]], size: int) -> NDArray[np.float64]:
    """How often each token occurs."""
    counts = np.zeros(size)
    for ids in encoded:
        np.add.at(counts, np.asarray(ids, np.int64), 1)
    return counts


def smooth_inverse_weights(counts: NDArray[np.float64]) -> NDArray[np.float32]:
    """Weight a / (a + p) of each token (Arora et al. 2017): frequent tokens count less."""
    weights: NDArray[np.float32] = (SIF_A / (SIF_A + counts / counts.sum())).astype(np.float32)
    return weights


def cooccurrence_vectors(
    encoded: Sequence[Sequence[int]], size: int, dimension: int, seed: int
) -> NDArray[np.float32]:
    """Token vectors of unit length from the positive mutual information of neighbours; zero where unseen."""
    matrix = csr_matrix((size, size))
    for distance in range(1, CONTEXT_TOKENS + 1):
        left = np.concatenate(
            [np.asarray(ids[:-distance], np.int64) for ids in encoded if len(ids) > distance]
        )
        right = np.concatenate(
            [np.asarray(ids[distance:], np.int64) for ids in encoded if len(ids) > distance]
        )
        pairs = coo_matrix((np.full(len(left), 1.0 / distance), (left, right)), shape=(size, size)).tocsr()
        matrix = matrix + pairs + pairs.T
    rows = np.asarray(matrix.sum(axis=1)).ravel()
    contexts = rows**0.75
    entries = matrix.tocoo()
    values = np.log(entries.data * contexts.sum() / (rows[entries.row] * contexts[entries.col]))
    kept = values > 0
    positive = csr_matrix((values[kept], (entries.row[kept], entries.col[kept])), shape=(size, size))
    left_vectors, strengths, _ = randomized_svd(positive, dimension, random_state=seed)
    vectors = left_vectors * np.sqrt(strengths)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
