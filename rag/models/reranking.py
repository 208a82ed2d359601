"""The door to sentence-transformers' cross-encoders: how well a text answers a question, read together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rag.errors import ModelError, UserError
from rag.models.embedding import is_path


class Reranker(Protocol):
    """Scores texts for a question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text, higher is better; comparable within one question only."""
        ...


@dataclass(frozen=True, slots=True)
class CrossEncoderReranker:
    """Any cross-encoder with one score, by folder or hub name."""

    _model: Any

    @classmethod
    def load(cls, model: str, device: str = "cpu") -> CrossEncoderReranker:
        """The model of a folder or of a hub name.

        UserError: the folder is not there.  ModelError: the model cannot be had or loaded, or gives several scores.
        """
        folder = Path(model).expanduser()
        if not folder.is_dir() and is_path(model):
            raise UserError(f"找不到重排模型文件夹：{model}。请检查 config.toml 的 [retrieval] reranker。")
        try:
            from sentence_transformers import CrossEncoder

            loaded = CrossEncoder(str(folder) if folder.is_dir() else model, device=device)
            labels = int(loaded.num_labels)
        except Exception as error:  # the hub, torch and the model's own code each raise their own
            raise ModelError(
                f"重排模型 {model} 无法取得或载入，请检查文件夹是否完整、能否联网，或把 [retrieval] reranker 留空。"
            ) from error
        if labels != 1:
            raise ModelError(f"重排模型 {model} 给出 {labels} 个分数，应为一个。请换一个重排（相关性）模型。")
        return cls(loaded)

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """As in `Reranker`.  ModelError: out of memory, the device went away."""
        if not texts:
            return []
        try:
            found = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        except RuntimeError as error:
            raise ModelError(
                "重排模型计算失败，请检查内存、显存与 [embedding] device，或把 [retrieval] reranker 留空。",
                retryable=True,
            ) from error
        return [float(score) for score in found]
