"""What an export says, whatever its format: entries with their label, citations numbered through the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from rag.interfaces.show import REASONS

Json = Mapping[str, object]
_MARKER = re.compile(r"\[(\d{1,3})\]")
# Signs that neither XML nor a terminal may hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
EXTRACTED = "本回答由程序从公告中摘录，未使用大模型"
GENERATED = "本内容由人工智能（大语言模型）生成，引文和数字经程序核对"
NO_ADVICE = "依据公告原文，不构成投资建议"


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation; `number` counts through the whole file from 1, in the order of first use."""

    number: int
    entry: int
    filing_id: str
    source: str
    title: str
    company: str
    stock_code: str
    period: str
    section: str
    page: int | None
    page_words: str
    quote: str
    rects: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an answer's text, and the numbers of the citations behind it."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One question and what came of it; `paragraphs` are runs of text with their citations."""

    number: int
    question: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    label: str
    generated: bool
    notes: tuple[str, ...]
    figures: tuple[Json, ...]
    citations: tuple[Cited, ...]
    model: str
    prompt_hash: str
    generation: str


@dataclass(frozen=True, slots=True)
class Content:
    """An export: its title and its entries in order."""

    title: str
    entries: tuple[Entry, ...]

    @property
    def citations(self) -> tuple[Cited, ...]:
        """All citations in the order of their numbers."""
        return tuple(cited for entry in self.entries for cited in entry.citations)

    @property
    def labels(self) -> tuple[str, ...]:
        """How the entries came about, each way once: a file carries the label of all it holds."""
        return tuple(dict.fromkeys(entry.label for entry in self.entries))

    @property
    def generated(self) -> bool:
        """Whether a language model wrote any of it."""
        return any(entry.generated for entry in self.entries)


def content_of(answers: Sequence[Json], title: str) -> Content:
    """The content of answers in the JSON form that `to_json` gives."""
    entries: list[Entry] = []
    used = 0
    for number, answer in enumerate(answers, 1):
        entry = _entry(number, answer, used)
        used += len(entry.citations)
        entries.append(entry)
    return Content(clean(title), tuple(entries))


def clean(text: object) -> str:
    """The text without control signs; "" for nothing."""
    return "" if text is None else _CONTROL.sub("", str(text))


def _entry(number: int, answer: Json, used: int) -> Entry:
    given = [_cited(c, number) for c in cast("Sequence[Json]", answer.get("citations") or ())]
    text = clean(answer.get("answer"))
    order = list(dict.fromkeys([int(m) for m in _MARKER.findall(text)] + [c.number for c in given]))
    by_marker = {c.number: c for c in given}
    numbers = {m: used + n for n, m in enumerate((m for m in order if m in by_marker), 1)}
    citations = tuple(_renumbered(by_marker[m], n) for m, n in numbers.items())
    model = clean(answer.get("answerer"))
    generated = bool(answer.get("generated_by_ai"))
    return Entry(
        number,
        clean(answer.get("question")),
        tuple(tuple(_pieces(line, numbers)) for line in text.split("\n") if line.strip()),
        f"{GENERATED}；{NO_ADVICE}" if generated else f"{EXTRACTED}；{NO_ADVICE}",
        generated,
        tuple(_notes(answer)),
        tuple(cast("Sequence[Json]", answer.get("figures") or ())),
        citations,
        model.removeprefix("model:") if generated else "",
        clean(answer.get("prompt_hash")),
        clean(answer.get("index_generation")),
    )


def _pieces(line: str, numbers: Mapping[int, int]) -> Iterator[Piece]:
    """The line's runs of text, each with the citations whose markers stand right behind it."""
    at = 0
    for match in re.finditer(r"(?:\[\d{1,3}\])+", line):
        behind = [numbers[int(m)] for m in _MARKER.findall(match[0]) if int(m) in numbers]
        if behind:
            yield Piece(line[at : match.start()], tuple(behind))
            at = match.end()
    if line[at:]:
        yield Piece(line[at:], ())


def _notes(answer: Json) -> Iterator[str]:
    """What stands below the text: why it was refused, the calculation, near misses, warnings."""
    refusal = cast("Json | None", answer.get("refusal"))
    if refusal:
        yield f"拒答原因：{REASONS.get(str(refusal.get('reason')), '')}"
    calculation = cast("Json | None", answer.get("calculation"))
    if calculation:
        yield f"算式：{clean(calculation.get('formula'))}"
    for other in cast("Sequence[Json]", answer.get("alternatives") or ()):
        yield f"另：{clean(other.get('label'))} {clean(other.get('text'))}"
    for warning in cast("Sequence[object]", answer.get("warnings") or ()):
        yield f"注意：{clean(warning)}"


def _cited(citation: Json, entry: int) -> Cited:
    page = cast("int | None", citation.get("page"))
    return Cited(
        number=int(cast("int", citation["marker"])),
        entry=entry,
        filing_id=clean(citation.get("filing_id")),
        source=clean(citation.get("source")),
        title=clean(citation.get("title")),
        company=clean(citation.get("company")),
        stock_code=clean(citation.get("stock_code")),
        period=clean(citation.get("period")),
        section=" › ".join(clean(part) for part in cast("Sequence[object]", citation.get("section") or ())),
        page=page,
        page_words=_page_words(citation, page),
        quote=" ".join(clean(citation.get("quote")).split()),
        rects=tuple(tuple(rect) for rect in cast("Sequence[Sequence[float]]", citation.get("rects") or ())),
    )


def _page_words(citation: Json, page: int | None) -> str:
    if page is None:
        return "页码不详"
    label = clean(citation.get("page_label"))
    if citation.get("page_inferred"):
        return f"第{page}页（由分页推算）"
    return f"第{page}页（印刷页码 {label}）" if label and label != str(page) else f"第{page}页"


def _renumbered(cited: Cited, number: int) -> Cited:
    return replace(cited, number=number)
