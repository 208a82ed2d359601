"""One scope's accounts: given amounts, computed lines, and the statements that print them."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

Period = int
"""0 is the current column (本期、期末), 1 the prior one (上期、期初)."""

ZERO = Decimal("0.00")
_SPEC = re.compile(r"^(?P<label>.+?)(?: <(?P<key>[^>]+)>)?(?: = (?P<rule>.+))?$")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A printed line: its label, the key of its amount and, for computed ones, signed addends."""

    label: str
    key: str
    addends: tuple[tuple[int, str], ...] = ()

    @property
    def is_heading(self) -> bool:
        return self.label.endswith("：")


@dataclass(slots=True)
class Ledger:
    """Amounts by key for two periods; computed lines are added up whenever they are asked for."""

    given: dict[str, list[Decimal]] = field(default_factory=dict)
    rules: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)

    def put(self, key: str, current: Decimal, prior: Decimal) -> None:
        """Set both periods of a given amount."""
        self.given[key] = [current, prior]

    def value(self, key: str, period: Period = 0) -> Decimal:
        """The amount of a line; zero where the accounts have none."""
        if key in self.rules:
            return sum((sign * self.value(other, period) for sign, other in self.rules[key]), ZERO)
        return self.given[key][period] if key in self.given else ZERO

    def knows(self, key: str) -> bool:
        """Whether the line has an amount at all."""
        return key in self.rules or key in self.given

    def rise(self, key: str) -> Decimal:
        """By how much the line grew from the prior to the current column."""
        return self.value(key, 0) - self.value(key, 1)

    def balance(self, key: str, left: str, right: str, period: Period) -> None:
        """Set `key`, a part of `left`, so that `left` equals `right` in that period."""
        amounts = self.given.setdefault(key, [ZERO, ZERO])
        amounts[period] = ZERO
        amounts[period] = self.value(right, period) - self.value(left, period)


def read_statements(path: Path) -> dict[str, list[StatementLine]]:
    """The statements of the file by title, their computed lines worked out."""
    statements: dict[str, list[StatementLine]] = {}
    lines: list[StatementLine] = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        if raw.startswith("["):
            lines = statements.setdefault(raw.strip("[]"), [])
        elif raw and not raw.startswith("//"):
            lines.append(_read_line(raw, lines))
    return statements


def _read_line(raw: str, before: list[StatementLine]) -> StatementLine:
    match = _SPEC.match(raw)
    assert match is not None, raw
    label, rule = match["label"], match["rule"]
    key = match["key"] or label
    if rule == "Σ":
        return StatementLine(label, key, _section_sum(before))
    return StatementLine(label, key, tuple(_addends(rule)) if rule else ())


def _addends(rule: str) -> list[tuple[int, str]]:
    words = ["+", *rule.split()]
    return [(1 if sign == "+" else -1, key) for sign, key in zip(words[::2], words[1::2], strict=True)]


def _section_sum(before: list[StatementLine]) -> tuple[tuple[int, str], ...]:
    addends: list[tuple[int, str]] = []
    for line in reversed(before):
        if line.is_heading or line.addends:
            break
        if not line.key.startswith("其中"):
            addends.append((-1 if line.label.startswith("减：") else 1, line.key))
    return tuple(reversed(addends))


def rules_of(statements: list[list[StatementLine]]) -> dict[str, tuple[tuple[int, str], ...]]:
    """The computed lines of several statements together."""
    return {line.key: line.addends for lines in statements for line in lines if line.addends}
