"""The numbers that Word writes before the paragraphs of a list: headings often have no other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from rag.filings.numeral import write_numeral
from rag.reading.docx_xml import attribute, name, named

_LEVELS = 9
_CHINESE = re.compile(r"(?:chinese|japanese|taiwanese|ideographDigital|korean).*|ideographTraditional")
_SILENT = ("bullet", "none")
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: `text` holds `%1` for the first level's number."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _List:
    """A list of the file: its levels, and the number reached on each."""

    levels: dict[int, _Level]
    reached: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)

    def next(self, level: int) -> str:
        """The printed number of the list's next paragraph on this level, with a space behind it."""
        here = self.levels.get(level, _Level())
        before = self.reached[level]
        self.reached[level] = here.start if before is None else before + 1
        self.reached[level + 1 :] = [None] * (_LEVELS - level - 1)
        if here.form in _SILENT:
            return ""
        printed = _PLACE.sub(lambda place: self._written(int(place[1]) - 1), here.text)
        return f"{printed} " if printed else ""

    def _written(self, level: int) -> str:
        here = self.levels.get(level, _Level())
        reached = self.reached[level]
        number = here.start if reached is None else reached
        return write_numeral(number) if _CHINESE.match(here.form) else str(number)


class ListNumbers:
    """Counts the list paragraphs of one document, which must be asked for in their order."""

    def __init__(self, document: Any) -> None:
        parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")]
        root = parts[0].element if parts else None
        abstract = {attribute(one, "abstractNumId"): _List(_levels(one)) for one in _own(root, "abstractNum")}
        self._lists = {
            attribute(one, "numId"): abstract.get(_value(one, "abstractNumId"), _List({}))
            for one in _own(root, "num")
        }
        self._styles = {attribute(one, "styleId"): one for one in _own(document.styles.element, "style")}

    def of(self, paragraph: Any) -> str:
        """The number before a paragraph, with a space behind it; empty where it has none."""
        style = self._styles.get(_value(paragraph, "pStyle"))
        number, level = _numbered(paragraph)
        seen: set[int] = set()
        while not number and style is not None and id(style) not in seen:
            seen.add(id(style))
            number, level = _numbered(style)
            style = self._styles.get(_value(style, "basedOn"))
        found = self._lists.get(number)
        return found.next(min(level, _LEVELS - 1)) if found is not None else ""


def _own(root: Any, tag: str) -> list[Any]:
    return [] if root is None else [element for element in root if name(element) == tag]


def _value(element: Any, tag: str) -> str:
    """The value of the first descendant with this tag; empty where there is none."""
    found = next(named(element, tag), None)
    return "" if found is None else attribute(found, "val")


def _numbered(holder: Any) -> tuple[str, int]:
    """The list and the level that a paragraph or a style names; an empty list where it names none."""
    found = next(named(holder, "numPr"), None)
    if found is None:
        return "", 0
    level = _value(found, "ilvl")
    return _value(found, "numId"), int(level) if level.isdigit() else 0


def _levels(abstract: Any) -> dict[int, _Level]:
    return {
        int(attribute(one, "ilvl")): _Level(
            _value(one, "numFmt") or "decimal", _value(one, "lvlText"), int(_value(one, "start") or 1)
        )
        for one in _own(abstract, "lvl")
        if attribute(one, "ilvl").isdigit()
    }
