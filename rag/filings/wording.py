"""General filing words: synonyms, and the sections of the standard forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rag.errors import UserError
from rag.filings.text import squeeze
from rag.filings.vocabulary import entries, text_of, texts_of


@dataclass(frozen=True, slots=True)
class Named:
    """A section of the standard forms: its key, canonical name and every other wording."""

    key: str
    name: str
    words: tuple[str, ...]


@cache
def synonym_groups() -> tuple[tuple[str, ...], ...]:
    """Every group of words that may stand for each other in a search, the colloquial one first."""
    groups: list[tuple[str, ...]] = []
    for entry in entries("synonyms.toml", "synonyms"):
        written = entry.get("groups")
        if not isinstance(written, list):
            raise UserError("词表 synonyms.toml 缺少 groups；请按文件开头说明的格式写成一列文字。")
        groups += [tuple(word.strip() for word in str(group).split("|") if word.strip()) for group in written]
    return tuple(groups)


@cache
def _groups_of() -> Mapping[str, tuple[str, ...]]:
    """The other words of all groups that a word is in."""
    found: dict[str, dict[str, None]] = {}
    for group in synonym_groups():
        for word in group:
            found.setdefault(squeeze(word).lower(), {}).update(dict.fromkeys(group))
    return {
        word: tuple(other for other in others if squeeze(other).lower() != word)
        for word, others in found.items()
    }


def synonyms(term: str) -> tuple[str, ...]:
    """The words that may stand for a term in a search, without the term itself; empty if there are none."""
    return _groups_of().get(squeeze(term).lower(), ())


def find_synonyms(question: str) -> dict[str, tuple[str, ...]]:
    """Each vocabulary word that stands in a question, with its synonyms; words inside longer ones dropped."""
    text, found = squeeze(question).lower(), dict[str, tuple[str, ...]]()
    for word in sorted(_groups_of(), key=len, reverse=True):
        if word in text:
            found[word] = _groups_of()[word]
            text = text.replace(word, "\n")
    return found


@cache
def sections() -> tuple[Named, ...]:
    """The standard sections of annual, half-year and quarterly reports of both exchanges."""
    file = "sections.toml"
    return tuple(
        Named(text_of(entry, "key", file), text_of(entry, "name", file), texts_of(entry, "aliases", file))
        for entry in entries(file, "section")
    )


def find_sections(text: str) -> tuple[Named, ...]:
    """The standard sections that a text names, the longest wording first."""
    return _found(text, sections())


def _found(text: str, known: Iterable[Named]) -> tuple[Named, ...]:
    """What a text names, the longest wording first; a wording inside a longer one does not count."""
    wordings = [(squeeze(word).lower(), named) for named in known for word in (named.name, *named.words)]
    left, found = squeeze(text).lower(), list[Named]()
    for word, named in sorted(wordings, key=lambda wording: -len(wording[0])):
        if word in left:
            found.append(named)
            left = left.replace(word, "\n")
    return tuple(dict.fromkeys(found))
