"""Which headings of a filing a few free words mean: by their words, and by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rag.filings.passage import Passage
from rag.filings.text import squeeze
from rag.filings.vocabulary import entries, text_of, texts_of

_NUMBERS = re.compile(
    r"第[一二三四五六七八九十百\d]+(?:节|章|部分)|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)"
    r"|(?<!\d)\d{1,2}(?:[.、](?!\d)|(?=[^\d.,%年月日个项家、]))"
)
_JOINED = re.compile(r"以及|[、,，和与及]")
_SEPARATE = re.compile(r"[;；\n]+")
ALIKE = 0.62  # the share of words that a heading must have in common with what is asked
SAME = 0.9  # from here on it is the heading itself; below, a place that prints the very words is looked for
LONG = 8  # characters; shorter words are printed everywhere
NEARLY = 0.06  # headings that come so near to the best are meant too
NUMBERS_WEIGH = 0.25
ALIAS = 0.9  # a heading that bears another name of the section comes behind one that bears the words

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a filing's passages; `start` is where in the first one's text it begins."""

    passages: tuple[Passage, ...]
    start: int = 0
    heading: str = ""


def find_sections(words: str, passages: Sequence[Passage]) -> list[Stretch]:
    """The stretches that free words name, in reading order; empty where nothing in the filing is called so."""
    found: list[Stretch] = []
    context: list[str] = []
    for part in filter(None, (squeeze(p) for p in _SEPARATE.split(words))):
        stretches = _of_part(part, context, passages) or [
            stretch
            for piece in filter(None, _JOINED.split(part))
            for stretch in _of_part(piece, context, passages)
        ]
        context = context or _numbers(part)
        found += stretches
    return _distinct(found)


def paths_of(passages: Sequence[Passage], depth: int = 9) -> list[Path]:
    """Every heading path of these passages down to a depth, each once, in reading order."""
    seen: dict[Path, None] = {}
    for passage in passages:
        for end in range(1, min(len(passage.section), depth) + 1):
            seen.setdefault(passage.section[:end], None)
    return list(seen)


def without_number(heading: str) -> str:
    """A heading's words without its number."""
    return _NUMBERS.sub("", squeeze(heading), count=1)


def _of_part(part: str, context: Sequence[str], passages: Sequence[Passage]) -> list[Stretch]:
    """The stretches of the headings most alike; else where the text itself has such a heading."""
    numbers, words = _numbers(part), _words(part)
    paths = paths_of(passages)
    scored = [(_score(path, words, numbers, context), path) for path in paths]
    best = max((score for score, _ in scored), default=0.0)
    printed = [] if best >= SAME or (best >= ALIKE and len(words) < LONG) else _in_text(words, passages)
    if best >= ALIKE and not printed:
        chosen = [path for score, path in scored if score >= best - NEARLY]
        return [_under(path, passages) for path in chosen]
    return printed


def _score(path: Path, words: str, numbers: Sequence[str], context: Sequence[str]) -> float:
    """How far a heading is meant, 0 to about 1.3."""
    own = [number for heading in path for number in _numbers(heading)[:1]]
    if not words:
        named = bool(numbers) and bool(own) and own[-1] == numbers[-1]
        return float(named and _in_order([*numbers], own))
    heading = without_number(path[-1])
    alike = max(_alike(words, heading), *(ALIAS * _alike(name, heading) for name in _called(words)), 0.0)
    if alike < ALIKE:
        return alike
    asked = [*numbers] or [*context]
    agreeing = sum(number in own for number in asked) / len(asked) if asked else 0.0
    return alike + NUMBERS_WEIGH * agreeing


def _alike(words: str, heading: str) -> float:
    """The bigrams two headings share, as a share of those of the longer; more for a part of a longer heading."""
    if words == heading:
        return 1.0
    first, second = _bigrams(words), _bigrams(heading)
    if not first or not second:
        return 0.0
    if words in heading:
        return 0.7 + 0.3 * len(words) / len(heading)
    return len(first & second) / max(len(first), len(second))


def _called(words: str) -> Iterator[str]:
    """The other names of a section of the vocabulary that the words are."""
    for names in _section_names():
        if words in names:
            yield from (name for name in names if name != words)


@cache
def _section_names() -> tuple[tuple[str, ...], ...]:
    file = "sections.toml"
    return tuple(
        tuple(squeeze(name) for name in (text_of(e, "name", file), *texts_of(e, "aliases", file)))
        for e in entries(file, "section")
    )


def _in_text(words: str, passages: Sequence[Passage]) -> list[Stretch]:
    """From the first place that prints the words as a heading would be, to the end of that heading's stretch."""
    if len(words) < 4:
        return []
    for at, passage in enumerate(passages):
        start = _place(words, passage.text)
        if start >= 0:
            behind = [p for p in passages[at:] if p.section == passage.section]
            return [Stretch(tuple(behind), start, words)]
    return []


def _place(words: str, text: str) -> int:
    """Where the text prints the words, white space aside; -1 where it does not."""
    loose = re.compile(r"\s*".join(map(re.escape, words)))
    found = loose.search(text)
    return found.start() if found else -1


def _under(path: Path, passages: Sequence[Passage]) -> Stretch:
    return Stretch(tuple(p for p in passages if p.section[: len(path)] == path), 0, path[-1])


def _distinct(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches in reading order, without those that lie inside another."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: -len(s.passages)):
        ids = {p.id for p in stretch.passages}
        if ids and not any(ids <= {p.id for p in other.passages} for other in kept):
            kept.append(stretch)
    return sorted(kept, key=lambda s: s.passages[0].ordinal)


def _numbers(text: str) -> list[str]:
    return [number.strip("、.()") for number in _NUMBERS.findall(squeeze(text))]


def _words(text: str) -> str:
    return _NUMBERS.sub("", squeeze(text)).strip("“”\"'。.、，,:： ")


def _in_order(wanted: Sequence[str], own: Sequence[str]) -> bool:
    """Whether the numbers asked for stand in the path in this order."""
    left = iter(own)
    return all(number in left for number in wanted)


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
