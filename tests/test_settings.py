"""Settings from file and environment, and their errors in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import UserError
from rag.settings import Settings


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_laid_over_the_defaults(tmp_path: Path) -> None:
    settings = Settings.load(written(tmp_path, "[retrieval]\ntop_k = 3\n"), {})
    assert (settings.retrieval.top_k, settings.llm.provider) == (3, "none")


def test_the_environment_is_laid_over_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "[retrieval]\ntop_k = 3\n")
    assert Settings.load(path, {"XUNJU_RETRIEVAL_TOP_K": "7"}).retrieval.top_k == 7


def test_the_key_comes_from_the_environment_and_hides() -> None:
    settings = Settings.load(None, {"XUNJU_LLM_API_KEY": "secret"})
    assert settings.llm.api_key.get_secret_value() == "secret"
    assert "secret" not in repr(settings)


def test_a_key_in_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Settings.load(written(tmp_path, '[llm]\napi_key = "x"\n'), {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[retrieval]\ntop_kk = 3\n", "是否想写 top_k"),
        ("[retreival]\ntop_k = 3\n", "是否想写 [retrieval]"),
        ("[retrieval]\ntop_k = 0\n", "应不小于 1"),
        ('[retrieval]\ntop_k = "many"\n', "应是整数"),
        ('[llm]\nprovider = "none such"\n', "只能是"),
        ("[llm]\nstream = 3.5\n", "true 或 false"),
        ("top_k = 3\n", "不认识"),
        ("[retrieval\n", "读不出来"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_chinese(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said.replace("[", r"\[")) as caught:
        Settings.load(written(tmp_path, text), {})
    assert "Input should" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到配置文件"):
        Settings.load(tmp_path / "none.toml", {})
