"""Settings: `config.toml` and `XUNJU_…` environment variables become one frozen, typed value.

Every key is documented in `config.toml`, which is also the table of defaults.  A file given by
the user is laid over it, then the environment.  Unknown keys are refused with the nearest known one.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from rag.errors import UserError

ENV_PREFIX = "XUNJU_"
CONFIG_ENV = "XUNJU_CONFIG"
_HERE = Path(__file__).resolve().parent


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _listed(value: object) -> object:
    """A list written as one text, its parts set apart by commas, as the environment has it."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class IndexSettings(_Section):
    path: Path = Path("index")
    chroma_url: str = ""


class ReadingSettings(_Section):
    ocr: Literal["auto", "off"] = "auto"
    boxes: bool = True


class PassageSettings(_Section):
    max_chars: int = Field(600, ge=100, le=2000)


class EmbeddingSettings(_Section):
    model: str = "bundled"
    query_prefix: str = ""
    passage_prefix: str = ""
    device: str = "cpu"


class RetrievalSettings(_Section):
    top_k: int = Field(10, ge=1, le=100)
    lexical_candidates: int = Field(60, ge=1, le=1000)
    dense_candidates: int = Field(60, ge=0, le=1000)
    lexical_weight: float = Field(0.4, ge=0, le=1)
    window_chars: int = Field(1000, ge=0, le=4000)
    exact_below: int = Field(10_000, ge=0)
    issuers: str = ""
    reranker: str = ""


class AnswerSettings(_Section):
    max_citations: int = Field(6, ge=1, le=20)
    max_quote_chars: int = Field(300, ge=60, le=300)
    nearest: int = Field(3, ge=0, le=10)


class LlmSettings(_Section):
    provider: Literal["none", "openai", "ollama", "deepseek", "qwen", "glm", "kimi", "vllm"] = "none"
    model: str = ""
    base_url: str = ""
    api_key_env: str = "XUNJU_LLM_API_KEY"
    api_key: SecretStr = Field(SecretStr(""), exclude=True)
    temperature: float = Field(0.0, ge=0, le=2)
    max_output_tokens: int = Field(1200, ge=64)
    evidence_tokens: int = Field(6000, ge=500)
    timeout_s: float = Field(60.0, gt=0)
    retries: int = Field(1, ge=0, le=5)
    structured: Literal["auto", "json", "text"] = "auto"
    stream: bool = True


class ServeSettings(_Section):
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    answers_at_once: int = Field(8, ge=1, le=64)
    questions_per_minute: int = Field(60, ge=1)
    requests_per_minute: int = Field(1200, ge=1)
    body_kb: int = Field(256, ge=16)
    upload_mb: int = Field(200, ge=1)
    picture_cache_mb: int = Field(512, ge=1)
    log_questions: bool = False
    evaluation_folder: Path = Path("eval/results")


class SlackSettings(_Section):
    mode: Literal["socket", "http"] = "socket"
    host: str = "127.0.0.1"
    port: int = Field(3000, ge=1, le=65_535)
    viewer_url: str = ""
    uploaders: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    page_picture: bool = False


class SummarySettings(_Section):
    max_chars: int = Field(500, ge=50, le=5000)


class LimitSettings(_Section):
    file_mb: int = Field(100, ge=1)
    pages: int = Field(3000, ge=1)
    read_seconds: int = Field(300, ge=1)
    read_memory_mb: int = Field(2048, ge=256)
    question_chars: int = Field(2000, ge=10)
    history_days: int = Field(180, ge=1, le=36_500)
    local_only: bool = False


class Settings(_Section):
    """All settings; each layer receives its own section."""

    index: IndexSettings = IndexSettings()
    reading: ReadingSettings = ReadingSettings()
    passages: PassageSettings = PassageSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    answer: AnswerSettings = AnswerSettings()
    llm: LlmSettings = LlmSettings()
    serve: ServeSettings = ServeSettings()
    slack: SlackSettings = SlackSettings()
    summary: SummarySettings = SummarySettings()
    limits: LimitSettings = LimitSettings()

    @classmethod
    def load(cls, path: Path | None = None, env: Mapping[str, str] | None = None) -> Settings:
        """Settings from `path` (or $XUNJU_CONFIG, or ./config.toml if there) with the environment on top.

        Raises UserError for an unreadable file, an unknown key or a value out of range.
        """
        env = os.environ if env is None else env
        values = _read(_config_file(path, env))
        _lay_environment(values, env)
        _refuse_unknown(values)
        try:
            settings = cls.model_validate(values)
        except ValidationError as error:
            raise UserError(_in_words(error)) from error
        key = env.get(settings.llm.api_key_env, "")
        return settings.model_copy(
            update={"llm": settings.llm.model_copy(update={"api_key": SecretStr(key)})}
        )


def _config_file(path: Path | None, env: Mapping[str, str]) -> Path | None:
    if path is None and env.get(CONFIG_ENV):
        path = Path(env[CONFIG_ENV])
    if path is not None:
        if not path.is_file():
            raise UserError(f"找不到配置文件 {path}。请检查 --config 或 {CONFIG_ENV} 的路径。")
        return path
    here = Path("config.toml")
    return here if here.is_file() else None


def _read(path: Path | None) -> dict[str, dict[str, Any]]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"配置文件 {path} 读不出来（{error}）。请按 TOML 格式改正，并存为 UTF-8。") from error


def _lay_environment(values: dict[str, dict[str, Any]], env: Mapping[str, str]) -> None:
    for name, section in Settings.model_fields.items():
        for key in section.annotation.model_fields:  # type: ignore[union-attr]
            text = env.get(f"{ENV_PREFIX}{name}_{key}".upper())
            if text is not None and key != "api_key":
                values.setdefault(name, {})[key] = text


def _refuse_unknown(values: dict[str, dict[str, Any]]) -> None:
    _known(values, list(Settings.model_fields), "节 [{}]", "[{}]")
    for name, section in values.items():
        if not isinstance(section, dict):
            raise UserError(f"配置中的 {name} 应是一节（写作 [{name}]），请移到某一节之下。")
        fields = Settings.model_fields[name].annotation.model_fields  # type: ignore[union-attr]
        _known(section, [key for key in fields if key != "api_key"], f"[{name}] 的键 {{}}", "{}")


def _known(given: Mapping[str, object], known: list[str], what: str, suggestion: str) -> None:
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            hint = f"是否想写 {suggestion.format(near[0])}？" if near else f"可用的有：{'、'.join(known)}。"
            raise UserError(f"配置里有不认识的{what.format(key)}。{hint}")


_WORDS = {
    "literal_error": "只能是 {expected}",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "int_type": "应是整数",
    "float_parsing": "应是数字",
    "float_type": "应是数字",
    "bool_parsing": "应是 true 或 false",
    "bool_type": "应是 true 或 false",
    "string_type": "应是文字（加引号）",
    "path_type": "应是路径（加引号）",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
}


def _in_words(error: ValidationError) -> str:
    """The first fault of the values, in Chinese."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    bounds = {key: str(value).replace(" or ", " 或 ") for key, value in first.get("ctx", {}).items()}
    rule = _WORDS.get(first["type"], "不合要求").format(**bounds)
    return f"配置项 {where} 的值 {first['input']!r} 不对：{rule}。请对照 config.toml 里的说明改正。"
