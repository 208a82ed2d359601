"""The embedding door: the bundled model without torch, other models through sentence-transformers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError, UserError
from rag.models.embedding import BUNDLED_FOLDER, Embedder, StaticEmbedder, open_embedder

TEXTS = ["公司2024年上半年实现营业收入12.34亿元，同比增长5.6%。", "ＲＭＢ Revenue １２３", "研发投入", "䶮"]


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return open_embedder("bundled")


def test_a_vector_has_the_stated_dimension_and_length_one(bundled: Embedder) -> None:
    rows = bundled.embed_passages(TEXTS[:3])
    assert rows.shape == (3, bundled.dimension)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)


def test_an_empty_text_has_the_zero_vector(bundled: Embedder) -> None:
    rows = bundled.embed_passages(["", "营业收入", "  \n", ""])
    assert not rows[[0, 2, 3]].any()
    assert rows[1].any()


def test_no_texts_give_no_rows(bundled: Embedder) -> None:
    assert bundled.embed_passages([]).shape == (0, bundled.dimension)


def test_a_text_has_the_same_vector_in_any_company(bundled: Embedder) -> None:
    texts = [f"第{number}项：{TEXTS[number % 3]}" for number in range(150)]
    together = bundled.embed_passages(texts)
    alone = np.concatenate([bundled.embed_passages([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_wide_and_capital_letters_are_read_as_plain_ones(bundled: Embedder) -> None:
    rows = bundled.embed_queries(["ＲＯＥ为１２％", "roe为12%"])
    np.testing.assert_allclose(rows[0], rows[1], atol=1e-6)


def test_a_vector_is_the_mean_of_its_token_vectors(bundled: Embedder) -> None:
    assert isinstance(bundled, StaticEmbedder)
    ids = bundled._tokenizer.encode(TEXTS[0], add_special_tokens=False).ids
    mean = bundled._vectors[ids].mean(axis=0)
    np.testing.assert_allclose(bundled.embed_passages(TEXTS[:1])[0], mean / np.linalg.norm(mean), atol=1e-5)


def test_the_golden_text_has_the_vector_that_the_training_library_computed(bundled: Embedder) -> None:
    golden = json.loads((BUNDLED_FOLDER / "config.json").read_text(encoding="utf-8"))["golden"]
    vector = bundled.embed_passages([golden["text"]])[0]
    np.testing.assert_allclose(vector[: len(golden["vector_start"])], golden["vector_start"], atol=1e-5)


def test_a_question_is_nearer_to_its_answer_than_to_another_subject(bundled: Embedder) -> None:
    query = bundled.embed_queries(["今年打算怎么给股东分红？"])
    passages = [
        "公司拟向全体股东每10股派发现金红利3元（含税）。",
        "公司现有研发人员1,024人，占员工总数的31%。",
    ]
    near, far = (query @ bundled.embed_passages(passages).T)[0]
    assert near > far


def test_the_name_carries_the_digest_of_the_weights(bundled: Embedder) -> None:
    config = json.loads((BUNDLED_FOLDER / "config.json").read_text(encoding="utf-8"))
    assert bundled.name == f"{config['name']}-{config['sha256']['model.safetensors'][:8]}"


def test_the_bundled_files_stay_under_sixteen_megabytes() -> None:
    assert sum(file.stat().st_size for file in BUNDLED_FOLDER.iterdir()) <= 16_000_000


def test_a_damaged_weight_file_is_named_as_such(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BUNDLED_FOLDER, tmp_path / "copy"))
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelError, match="缺失或损坏"):
        open_embedder(str(folder))


def test_a_static_model_of_the_user_opens_by_folder(tmp_path: Path, bundled: Embedder) -> None:
    folder = shutil.copytree(BUNDLED_FOLDER, tmp_path / "own")
    assert open_embedder(str(folder)).name == bundled.name


def test_a_missing_folder_is_the_users_error() -> None:
    with pytest.raises(UserError, match="找不到嵌入模型文件夹"):
        open_embedder("./no/such/folder")


def test_the_bundled_model_loads_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from rag.models.embedding import open_embedder\n"
        "open_embedder('bundled').embed_queries(['营收'])\n"
        "sys.exit(bool({'torch', 'sentence_transformers', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_sentence_transformers_computes_the_same_vectors(bundled: Embedder) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    model = SentenceTransformer(modules=[StaticEmbedding.load(str(BUNDLED_FOLDER)).float()], device="cpu")
    expected = model.encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(bundled.embed_passages(TEXTS), expected, atol=1e-5)


@pytest.fixture(scope="module")
def random_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder with forty random token vectors."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    signs = dict.fromkeys("公司营业收入净利润研发人员查询文段：问答股东分红")
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0} | {s: i for i, s in enumerate(signs, 1)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    folder = tmp_path_factory.mktemp("model") / "random"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)], device="cpu").save(
        str(folder)
    )
    return folder


@pytest.mark.slow
def test_a_sentence_transformers_folder_gives_unit_vectors(random_model: Path) -> None:
    embedder = open_embedder(str(random_model))
    rows = embedder.embed_passages(["营业收入", "净利润", ""])
    assert rows.shape == (3, embedder.dimension) == (3, 16)
    np.testing.assert_allclose(np.linalg.norm(rows[:2], axis=1), 1.0, atol=1e-5)


@pytest.mark.slow
def test_a_prefix_changes_its_own_side_only(random_model: Path) -> None:
    plain = open_embedder(str(random_model))
    prefixed = open_embedder(str(random_model), query_prefix="查询：")
    assert not np.allclose(plain.embed_queries(["营业收入"]), prefixed.embed_queries(["营业收入"]))
    np.testing.assert_array_equal(plain.embed_passages(["净利润"]), prefixed.embed_passages(["净利润"]))


@pytest.mark.slow
def test_only_the_passage_prefix_changes_the_name_of_the_space(random_model: Path) -> None:
    plain = open_embedder(str(random_model)).name
    assert open_embedder(str(random_model), query_prefix="查询：").name == plain
    assert open_embedder(str(random_model), passage_prefix="文段：").name != plain


@pytest.mark.slow
def test_a_folder_without_a_model_is_a_model_error(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="无法载入"):
        open_embedder(str(tmp_path))


@pytest.mark.slow
def test_an_unreachable_hub_name_says_to_download_or_use_the_bundled_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="bundled"):
        open_embedder("nobody/no-such-model")
