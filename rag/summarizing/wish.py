"""What is to be summarised, as asked: in an instruction's words and in fields beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.filings.numeral import read_numeral
from rag.retrieval.wording import simplified
from rag.summarizing.words import Reader, summary_words

_NUMBER = r"(\d[\d,]*|[一二两三四五六七八九十百千零〇]+)"
_MOST = re.compile(
    rf"(?:最多|不超过|不多于|控制在|限)\s*{_NUMBER}\s*(?:个)?字|{_NUMBER}\s*(?:个)?字\s*(?:以内|之内|以下|内)"
)
_ABOUT = re.compile(rf"(?:大约|约)?{_NUMBER}\s*(?:来)?(?:个)?字\s*(?:左右|上下)?")
_SENTENCES = re.compile(rf"{_NUMBER}\s*(?:句(?:话)?|点|条)(?!件)")
_PARTS = re.compile(r"[，,。；;、\s]+")


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """A wish for a summary; all fields may be empty.

    `filing` is a file name, id or title, `section` free words for one or several sections, `focus` a question
    that the summary keeps to; `max_chars` counts the text without markers and ranks over the instruction.
    """

    instruction: str = ""
    filing: str = ""
    company: str = ""
    period: str = ""
    section: str = ""
    focus: str = ""
    max_chars: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """An instruction understood: the length in characters, the number of sentences, the reader, and the rest.

    `topic` is what is left of it once length, reader and asking are taken out.
    """

    max_chars: int | None
    sentences: int | None
    reader: Reader | None
    changes: bool
    topic: str


def read_wish(instruction: str) -> Wish:
    """What an instruction asks for."""
    text = simplified(instruction) if instruction.strip() else ""
    words = summary_words().instruction
    most, about, count = _MOST.search(text), _ABOUT.search(text), _SENTENCES.search(text)
    length = _first_number(most) or _first_number(about)
    reader = next((r for r in summary_words().readers if r.pattern.search(text)), None)
    topic = text
    for pattern in (_MOST, _ABOUT, _SENTENCES, words["reader"], words["asking"], words["filler"]):
        topic = pattern.sub(" ", topic)
    return Wish(
        length,
        _first_number(count),
        reader,
        bool(words["changes"].search(text)),
        _PARTS.sub(" ", topic).strip(),
    )


def _first_number(match: re.Match[str] | None) -> int | None:
    written = next((group for group in match.groups() if group), "") if match else ""
    if not written:
        return None
    if written[0].isdigit():
        return int(written.replace(",", ""))
    value = read_numeral(written.replace("两", "二"))
    return int(value) if value is not None else None
