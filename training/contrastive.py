"""Contrastive training of token vectors: a question beside its passage, the other passages away."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from training.text_sets import Pair

WARM_UP_STEPS = 50
SHORTEST_CUT_PASSAGE = 40
CUT_TOKENS = (8, 24)
CUT_REMOVED_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Schedule:
    """Settings of a run, chosen on the development questions (RESULTS.md)."""

    steps: int = 500
    batch: int = 512
    rate: float = 0.004
    scale: float = 12.0
    token_dropout: float = 0.1
    cut_share: float = 0.4
    """Share of pairs whose question is replaced by a short stretch of the passage itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs of one kind and the share of the batches that come from it; a batch never mixes kinds."""

    pairs: tuple[Pair, ...]
    share: float


def trained_vectors(
    tokenizer: Tokenizer,
    start: NDArray[np.float32],
    sources: Sequence[Source],
    schedule: Schedule,
    seed: int,
) -> NDArray[np.float32]:
    """The table of token vectors after training, one row a token."""
    torch.manual_seed(seed)
    static = StaticEmbedding(tokenizer, embedding_weights=start)
    loss = MultipleNegativesRankingLoss(
        SentenceTransformer(modules=[static], device="cpu"), scale=schedule.scale
    )
    optimizer = torch.optim.Adam(static.parameters(), lr=schedule.rate, betas=(0.9, 0.99), fused=True)
    rates = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP_STEPS, max(0.02, 1 - step / schedule.steps))
    )
    batches = Batches(tokenizer, sources, schedule, seed)
    for step in range(schedule.steps):
        value = loss(batches.next_batch(), None)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        rates.step()
        if step % 200 == 0:
            print(f"step {step}: loss {value.item():.3f}", flush=True)
    table: NDArray[np.float32] = static.embedding.weight.detach().numpy().copy()
    return table


class Batches:
    """Endless batches of pairs as token ids, each subject once."""

    def __init__(
        self, tokenizer: Tokenizer, sources: Sequence[Source], schedule: Schedule, seed: int
    ) -> None:
        self._random = random.Random(seed)
        self._sources = sources
        self._schedule = schedule
        texts = list(dict.fromkeys(t for s in sources for p in s.pairs for t in (p.query, p.passage)))
        encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
        self._ids = {text: one.ids for text, one in zip(texts, encoded, strict=True)}

    def next_batch(self) -> list[dict[str, torch.Tensor]]:
        """Questions and, in the same order, their passages."""
        source = self._random.choices(self._sources, [source.share for source in self._sources])[0]
        count = min(self._schedule.batch, len(source.pairs))
        sample = self._random.sample(source.pairs, count)
        drawn = {pair.subject or pair.passage: pair for pair in sample}
        sides = [self._sides(pair) for pair in drawn.values()]
        return [_features([query for query, _ in sides]), _features([passage for _, passage in sides])]

    def _sides(self, pair: Pair) -> tuple[list[int], list[int]]:
        query, passage = self._ids[pair.query], self._ids[pair.passage]
        if len(passage) > SHORTEST_CUT_PASSAGE and self._random.random() < self._schedule.cut_share:
            length = self._random.randint(*CUT_TOKENS)
            start = self._random.randrange(len(passage) - length)
            query = passage[start : start + length]
            if self._random.random() < CUT_REMOVED_SHARE:
                passage = passage[:start] + passage[start + length :]
        return self._thinned(query), self._thinned(passage)

    def _thinned(self, ids: list[int]) -> list[int]:
        return [one for one in ids if self._random.random() > self._schedule.token_dropout] or ids


def _features(texts: Sequence[Sequence[int]]) -> dict[str, torch.Tensor]:
    offsets = np.cumsum([0, *(len(text) for text in texts[:-1])])
    flat = [one for text in texts for one in text]
    return {"input_ids": torch.tensor(flat), "offsets": torch.from_numpy(offsets)}
