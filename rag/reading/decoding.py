"""Bytes of a text file become characters: UTF-8, UTF-16 or GB18030, found by what reads as text."""

from __future__ import annotations

import codecs
import re

from rag.errors import FilingError

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What a Chinese filing is written in; the rest are rare characters or a wrong guess.
_READABLE = re.compile(
    "[\t\n\r\f\x20-\x7e\u00b0-\u00b7\u00d7\u2010-\u2027\u2030-\u203b\u2103\u2160-\u217f\u2190-\u21ff\u2200-\u22ff"
    "\u2460-\u24ff\u2500-\u25ff\u2600-\u27bf\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe]")
_READABLE_SHARE = 0.8  # a wrong encoding of Chinese reads below 0.6, a filing full of symbols above 0.95
_CONTROL_SHARE = 0.01
_SAMPLE = 60_000


def decode(data: bytes) -> str:
    """The text of `data` with every line end as a newline; FilingError where the bytes are not text."""
    text = _decoded(data)
    if text is None:
        raise FilingError(
            "文件内容不是可读的文字（编码不是 UTF-8、UTF-16 或 GB18030，或本来是二进制文件）。"
            "请另存为 UTF-8 文本后重试。"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _strict(data, encoding)
    text = _strict(data, "utf-8")
    if text is not None and b"\x00" not in data:
        return text if _control_share(text) < _CONTROL_SHARE else None
    guesses = [_strict(data, encoding) for encoding in ("gb18030", "utf-16-le", "utf-16-be")]
    best = max((guess for guess in guesses if guess), key=_readable_share, default=None)
    damaged = data.decode("utf-8", errors="replace")
    return next((guess for guess in (best, damaged) if guess and _reads_as_text(guess)), None)


def _reads_as_text(text: str) -> bool:
    return _readable_share(text) >= _READABLE_SHARE and _control_share(text) < _CONTROL_SHARE


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _sample(text: str) -> str:
    half = _SAMPLE // 2
    return text if len(text) <= _SAMPLE else text[:half] + text[-half:]


def _readable_share(text: str) -> float:
    sample = _sample(text)
    return len(_READABLE.findall(sample)) / max(1, len(sample))


def _control_share(text: str) -> float:
    sample = _sample(text)
    return len(_CONTROL.findall(sample)) / max(1, len(sample))
