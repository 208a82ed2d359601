"""Train the bundled embedding model: python -m training.train_embedding --data FOLDER."""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from rag.models.static_embedding import STATIC_KIND, StaticEmbedder
from training import text_sets
from training.contrastive import Schedule, Source, trained_vectors
from training.report import measured_tables
from training.text_sets import Pair
from training.token_vectors import (
    cooccurrence_vectors,
    smooth_inverse_weights,
    token_frequencies,
    trained_tokenizer,
)
from training.wording import report_pairs

NAME = "bundled-1"
VERSION = "1"
LICENCE = "CC-BY-SA-4.0"
VOCABULARY = 20_000
DIMENSION = 256
FINANCE_SHARE = 0.4
ENCYCLOPEDIA_SHARE = 0.45
WORDING_SHARE = 0.15
GOLDEN_TEXT = "报告期内，公司实现营业收入1,234.56万元，同比增长7.8%。"


def main() -> None:
    """Train, save and measure."""
    arguments = _arguments()
    torch.set_num_threads(1)  # measured faster than two threads: the work is memory traffic
    np.random.seed(arguments.seed)
    started = time.monotonic()
    sources, texts = training_texts(arguments.data, arguments.seed)
    tokenizer = trained_tokenizer(texts, VOCABULARY, text_sets.listed_names(arguments.data))
    start = starting_vectors(tokenizer, texts, arguments.seed)
    schedule = Schedule()
    table = trained_vectors(tokenizer, start, sources, schedule, arguments.seed)
    table[0] = 0  # an unknown sign says nothing
    save_model(arguments.out, tokenizer, table, schedule, arguments.seed)
    print(f"trained in {time.monotonic() - started:.0f} s")
    if not arguments.no_measure:
        embedder = StaticEmbedder.load(arguments.out)
        print(measured_tables(arguments.data, arguments.seed, embedder.embed_passages))


def training_texts(data: Path, seed: int) -> tuple[list[Source], list[str]]:
    """What is trained on: pairs with their shares, and all texts that the vocabulary is learnt from."""
    finance = text_sets.finance_split(data, seed)
    encyclopedia = text_sets.encyclopedia_split(data, seed).train + text_sets.traditional_pairs(data)
    sources = [
        Source(finance.train, FINANCE_SHARE),
        Source(encyclopedia, ENCYCLOPEDIA_SHARE),
        Source(report_pairs(seed), WORDING_SHARE),
    ]
    pairs: tuple[Pair, ...] = tuple(pair for source in sources for pair in source.pairs)
    texts = [text for pair in pairs for text in (pair.query, pair.passage)]
    texts += text_sets.finance_replies(data, without=finance.dev + finance.test)
    texts += text_sets.report_question_wordings(data)
    return sources, list(dict.fromkeys(texts))


def starting_vectors(tokenizer: Tokenizer, texts: Sequence[str], seed: int) -> NDArray[np.float32]:
    """Random vectors plus those of neighbourhood, shorter for frequent tokens."""
    size = tokenizer.get_vocab_size()
    encoded = [one.ids for one in tokenizer.encode_batch(list(texts))]
    noise = np.random.default_rng(seed).standard_normal((size, DIMENSION)) / np.sqrt(DIMENSION)
    start = noise.astype(np.float32) + cooccurrence_vectors(encoded, size, DIMENSION, seed)
    weights = smooth_inverse_weights(token_frequencies(encoded, size) + 1)
    weighted: NDArray[np.float32] = start * weights[:, None]
    return weighted


def save_model(
    folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32], schedule: Schedule, seed: int
) -> None:
    """Write tokenizer.json, model.safetensors (half precision) and config.json with their digests."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "model.safetensors").write_bytes(save({"embedding.weight": table.astype(np.float16)}))
    files = ("tokenizer.json", "model.safetensors")
    config = {
        "kind": STATIC_KIND,
        "name": NAME,
        "version": VERSION,
        "dimension": DIMENSION,
        "licence": LICENCE,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files},
        "golden": {"text": GOLDEN_TEXT, "vector_start": golden_start(folder)},
        "training": {"seed": seed, "sets": list(text_sets.TRAINED_SETS), **asdict(schedule)},
    }
    text = json.dumps(config, ensure_ascii=False, indent=2) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8")


def golden_start(folder: Path) -> list[float]:
    """The first components of the vector that sentence-transformers computes from the saved files."""
    static = StaticEmbedding.load(str(folder)).float()
    vector = SentenceTransformer(modules=[static], device="cpu").encode(
        [GOLDEN_TEXT], normalize_embeddings=True
    )
    return [round(float(value), 6) for value in vector[0][:8]]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the text sets")
    parser.add_argument("--out", type=Path, default=Path("rag/models/bundled"), help="folder of the model")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-measure", action="store_true", help="train and save only")
    return parser.parse_args()


if __name__ == "__main__":
    main()
