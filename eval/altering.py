"""Altered copies of filings and of the questions on them: other issuers, other codes, other amounts.

A system that reads answers both alike; one that knows the filings by heart does not.
Every amount of money is multiplied by the same whole number, so that sums, shares and growth rates stay true;
amounts under a thousand without a unit behind them (a table's small cells) cannot be told from shares and stay.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path

from eval.gold import Evidence, GoldSet, Question, Value, read_gold
from eval.sets import Asked, Shelf, shelf_of
from rag import Filing

FACTOR = 3
TEXT_FORMATS = (".txt", ".md", ".html", ".htm")
# Heads of company names that belong to nobody; a filing's issuer keeps the rest of its name.
_INVENTED = ("澄岳", "昭衢", "霁川", "砺原", "衍禾", "旻澜", "栩峤", "沅湜")
_SHIFTED = str.maketrans("0123456789", "5678901234")
_MONEY_UNITS = r"(?:亿|百万|万|千)?(?:人民币)?(?:元|美元|港元)"
_AMOUNT = re.compile(
    rf"(?<![\d.,])(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?(?=\s?{_MONEY_UNITS}(?!/)))(?![\d,]|\.\d)"
)
_MONEY = re.compile(_MONEY_UNITS)


@dataclass(frozen=True, slots=True)
class Alteration:
    """What is put for what: `words` are patterns with their substitutes, applied in order."""

    words: tuple[tuple[str, str], ...]

    def __call__(self, text: str) -> str:
        """The text with names, codes and amounts altered."""
        for pattern, other in self.words:
            text = re.sub(pattern, other, text)
        return _AMOUNT.sub(lambda match: _times(match[0]), text)


def alteration_of(filings: Iterable[Filing]) -> Alteration:
    """Another name and another code for each issuer of the filings."""
    words: dict[str, str] = {}
    for filing in filings:
        issuer = filing.issuer
        head = min(issuer.names, key=len)[:2] if issuer.names else ""
        if head and (pattern := r"(\s?)".join(map(re.escape, head))) not in words:
            invented = _INVENTED[len(words) % len(_INVENTED)]
            words[pattern] = rf"{invented[0]}\g<1>{invented[1]}"
        words |= {
            rf"(?<!\d){code}(?!\d)": code[:3] + code[3:4].translate(_SHIFTED) + code[4:]
            for code in issuer.stock_codes
        }
    return Alteration(tuple(words.items()))


def _text(path: Path) -> str:
    """A text filing in either of the encodings that filings come in."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def altered_copy(asked: Asked, alter: Alteration, folder: Path) -> tuple[Asked, Asked]:
    """The set on its text filings as they are, and on altered copies written to the folder.

    Questions whose evidence stands in other formats, and those with an amount that the filings print
    nowhere, are left out of both.
    """
    texts = [path for path, _ in asked.shelf.files.values() if path.suffix.lower() in TEXT_FORMATS]
    said = {path.name: _text(path) for path in texts}
    place = folder / "filings"
    place.mkdir(parents=True, exist_ok=True)
    for name, text in said.items():
        (place / name).write_text(alter(text), encoding="utf-8")
    shelf, other = shelf_of(texts), shelf_of([place])
    kept = tuple(q for q in asked.gold.questions if _is_alterable(q, shelf, "".join(said.values())))
    gold = replace(asked.gold, questions=kept)
    quoted = _Quotes(said, alter)
    written = _write(gold, [_altered(question, quoted, other) for question in kept], folder)
    return Asked(gold, shelf), Asked(written, other)


def _is_alterable(question: Question, shelf: Shelf, said: str) -> bool:
    named = [evidence.file for evidence in question.evidence] + [question.filing]
    printed = all(_is_printed(value, said) for value in question.values if _MONEY.fullmatch(value.unit))
    return all(shelf.named(name) for name in named if name) and (printed or bool(question.derivation))


def _is_printed(value: Value, said: str) -> bool:
    return f"{abs(value.value):,}" in said or f"{abs(value.value)}" in said


@dataclass(frozen=True, slots=True)
class _Quotes:
    """Quotes altered as their filing is; gold quotes leave out the white space between two cells."""

    said: dict[str, str]
    alter: Callable[[str], str]

    def __call__(self, quote: str, file: str) -> str:
        pattern = r"\s*".join(map(re.escape, "".join(quote.split())))
        found = re.search(pattern, self.said.get(file, ""))
        return self.alter(found[0] if found else quote)


def _altered(question: Question, quoted: _Quotes, shelf: Shelf) -> Question:
    alter = quoted.alter
    evidence = tuple(
        replace(one, quote=quoted(one.quote, one.file), document=(shelf.named(one.file) or (None, ""))[1])
        for one in question.evidence
    )
    return replace(
        question,
        question=alter(question.question),
        answer=alter(question.answer),
        values=tuple(
            value if _stays(value, question, evidence) else _altered_value(value, alter)
            for value in question.values
        ),
        must_include=tuple(tuple(map(alter, group)) for group in question.must_include),
        history=tuple(replace(turn, question=alter(turn.question)) for turn in question.history),
        evidence=evidence,
        company=alter(question.company),
    )


def _stays(value: Value, question: Question, altered: tuple[Evidence, ...]) -> bool:
    """Whether the filings still print a figure that they print (a small cell of a table)."""
    forms = {f"{abs(value.value):,}", f"{abs(value.value)}"}
    before, after = ("".join(one.quote for one in pieces) for pieces in (question.evidence, altered))
    return any(form in before and form in after for form in forms)


def _altered_value(value: Value, alter: Callable[[str], str]) -> Value:
    told = alter(f"{abs(value.value):,}{value.unit}").removesuffix(value.unit).replace(",", "")
    return replace(value, value=Decimal(told).copy_sign(value.value))


def _times(printed: str) -> str:
    product = Decimal(printed.replace(",", "")) * FACTOR
    return f"{product:,}" if "," in printed else f"{product}"


def _write(gold: GoldSet, questions: list[Question], folder: Path) -> GoldSet:
    path = folder / f"{gold.name}.jsonl"
    lines = [json.dumps(_record(question), ensure_ascii=False, default=str) for question in questions]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(gold, path=path, sha256=digest, questions=read_gold(path).questions)


def _record(question: Question) -> dict[str, object]:
    kept = {name: value for name, value in asdict(question).items() if value and name != "place"}
    if "history" in kept:
        kept["history"] = [{"question": t.question, "answer": t.answer} for t in question.history]
    return kept
