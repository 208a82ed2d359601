"""Texts to vectors: the bundled static model without torch, or any sentence-transformers model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import UserError
from rag.models.sentence_embedding import SentenceTransformerEmbedder
from rag.models.static_embedding import STATIC_KIND, StaticEmbedder

__all__ = ["Embedder", "SentenceTransformerEmbedder", "StaticEmbedder", "open_embedder"]

BUNDLED = "bundled"
BUNDLED_FOLDER = Path(__file__).parent / "bundled"


class Embedder(Protocol):
    """Texts to unit vectors whose inner product is the similarity: higher is nearer."""

    @property
    def name(self) -> str:
        """Name of the vector space; vectors of two names are never compared."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, of length one; all zero for a text without a known sign."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a question, in the space of the passages."""
        ...


def open_embedder(
    model: str, query_prefix: str = "", passage_prefix: str = "", device: str = "cpu"
) -> Embedder:
    """The embedder that the setting names: "bundled", a folder, or a name on the Hugging Face hub.

    UserError: the folder is not there.  ModelError: the model cannot be loaded.
    """
    if model == BUNDLED:
        return StaticEmbedder.load(BUNDLED_FOLDER)
    folder = Path(model).expanduser()
    if folder.is_dir() and _kind(folder) == STATIC_KIND:
        return StaticEmbedder.load(folder)
    if not folder.is_dir() and is_path(model):
        raise UserError(
            f"找不到嵌入模型文件夹：{model}。"
            '请检查 config.toml 的 [embedding] model，或改用 model = "bundled"。'
        )
    return SentenceTransformerEmbedder.load(model, query_prefix, passage_prefix, device)


def _kind(folder: Path) -> str:
    try:
        return str(json.loads((folder / "config.json").read_text(encoding="utf-8")).get("kind", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def is_path(model: str) -> bool:
    """Whether a model is meant as a folder of this machine, not as a name on the hub."""
    return model.startswith((".", "/", "~")) or "\\" in model or model.count("/") > 1
