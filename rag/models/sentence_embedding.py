"""The door to sentence-transformers: any of its models by folder or hub name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelError
from rag.models.static_embedding import DIGEST_SIGNS, unit_rows

EDGE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class SentenceTransformerEmbedder:
    """Any sentence-transformers model; a prefix given here replaces the model's own prompt."""

    name: str
    dimension: int
    _model: Any
    _query_prefix: str
    _passage_prefix: str

    @classmethod
    def load(
        cls, model: str, query_prefix: str = "", passage_prefix: str = "", device: str = "cpu"
    ) -> SentenceTransformerEmbedder:
        """The model of a folder or of a hub name.  ModelError: not there, not reachable, not loadable."""
        folder = Path(model).expanduser()
        place = str(folder) if folder.is_dir() else model
        try:
            from sentence_transformers import SentenceTransformer

            loaded = SentenceTransformer(place, device=device)
            dimension = int(loaded.get_embedding_dimension() or 0)
        except Exception as error:  # the hub, torch and the model's own code each raise their own
            raise ModelError(_load_failure(model, folder.is_dir())) from error
        name = f"{folder.name}-{_digest(folder)}" if folder.is_dir() else model
        if passage_prefix:  # the prefix of questions leaves the stored vectors as they are
            name += "+" + hashlib.sha256(passage_prefix.encode()).hexdigest()[:DIGEST_SIGNS]
        return cls(name, dimension, loaded, query_prefix, passage_prefix)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a passage, made with the passage prefix."""
        return self._encoded(self._model.encode_document, texts, self._passage_prefix)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector a question, made with the question prefix."""
        return self._encoded(self._model.encode_query, texts, self._query_prefix)

    def _encoded(self, encode: Any, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        try:
            rows = encode(list(texts), prompt=prefix or None, show_progress_bar=False)
        except RuntimeError as error:  # out of memory, a device that went away
            raise ModelError(
                f"嵌入模型 {self.name} 计算向量失败，请检查内存、显存与 [embedding] device，"
                '或改用 model = "bundled"。',
                retryable=True,
            ) from error
        return unit_rows(np.asarray(rows, dtype=np.float32))


def _digest(folder: Path) -> str:
    """Digest of the files' names, sizes and edges: a gigabyte of weights is not read twice."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = file.stat().st_size
        digest.update(f"{file.relative_to(folder).as_posix()}:{size}".encode())
        with file.open("rb") as content:
            digest.update(content.read(EDGE_BYTES))
            content.seek(max(0, size - EDGE_BYTES))
            digest.update(content.read(EDGE_BYTES))
    return digest.hexdigest()[:DIGEST_SIGNS]


def _load_failure(model: str, is_folder: bool) -> str:
    if is_folder:
        return (
            f"嵌入模型文件夹 {model} 无法载入，请检查文件是否完整、[embedding] device 是否可用，"
            '或改用 model = "bundled"。'
        )
    return (
        f"无法取得嵌入模型 {model}：请先在联网的机器上下载好模型文件夹并在 [embedding] model 填写其路径，"
        '或改用 model = "bundled"。'
    )
