from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import ModelError, UserError
from rag.models.reranking import CrossEncoderReranker


@pytest.fixture(scope="module")
def random_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder folder of two tiny random layers over single signs."""
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("model")
    signs = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *dict.fromkeys("营业收入净利润是多少研发人员：公司"),
    ]
    (folder / "vocab.txt").write_text("\n".join(signs), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(signs), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder / "bert")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    CrossEncoder(str(folder / "bert"), device="cpu").save_pretrained(str(folder / "saved"))
    return folder / "saved"


@pytest.mark.slow
def test_a_folder_gives_one_score_a_text(random_model: Path) -> None:
    scores = CrossEncoderReranker.load(str(random_model)).scores("营业收入是多少", ["营业收入", "研发人员"])
    assert len({round(score, 6) for score in scores}) == 2


@pytest.mark.slow
def test_no_texts_have_no_scores(random_model: Path) -> None:
    assert CrossEncoderReranker.load(str(random_model)).scores("营业收入", []) == []


@pytest.mark.slow
def test_a_folder_without_a_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reranker"):
        CrossEncoderReranker.load(str(tmp_path))


def test_a_missing_folder_is_the_users_error() -> None:
    with pytest.raises(UserError, match="找不到重排模型"):
        CrossEncoderReranker.load("./no/such/folder")
