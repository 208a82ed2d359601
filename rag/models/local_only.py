"""The switch by which no text of a filing leaves the machine: what would send it is refused, by its setting."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from urllib.parse import urlsplit

from rag.errors import UserError
from rag.models.chat_presets import PRESETS
from rag.models.embedding import BUNDLED
from rag.settings import Settings

# What libraries would send or fetch by themselves: traces of prompts, use of Chroma, models; and a proxy
# would see even what goes to this machine.
_ENVIRONMENT = {
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "NO_PROXY": "*",
    "no_proxy": "*",
}


def stay_local(settings: Settings) -> None:
    """With `[limits] local_only`: UserError for every setting that leads elsewhere, and no tracing, no proxy."""
    if not settings.limits.local_only:
        return
    llm = settings.llm
    if llm.provider != "none" and not is_loopback(llm.base_url or PRESETS[llm.provider].base_url):
        raise _refused(f'[llm] 的模型不在本机（provider = "{llm.provider}"，base_url = "{llm.base_url}"）')
    model = settings.embedding.model
    if model != BUNDLED and not Path(model).expanduser().is_dir():
        raise _refused(f'[embedding] model = "{model}" 不是本机的文件夹')
    reranker = settings.retrieval.reranker
    if reranker and not Path(reranker).expanduser().is_dir():
        raise _refused(f'[retrieval] reranker = "{reranker}" 不是本机的文件夹')
    chroma = settings.index.chroma_url
    if chroma and not is_loopback(chroma):
        raise _refused(f'[index] chroma_url = "{chroma}" 不在本机')
    os.environ.update(_ENVIRONMENT)


def is_loopback(url: str) -> bool:
    """Whether an address leads to this machine and nowhere else; an empty one does not."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(what: str) -> UserError:
    return UserError(f"设置了 [limits] local_only，而{what}。请改用本机的，或关闭 local_only。")
