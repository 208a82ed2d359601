"""The accounting identities as `identities.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rag.errors import UserError
from rag.filings.lexicon import line_items
from rag.filings.passage import Scope, Statement

_FILE = Path(__file__).with_name("identities.toml")
_TERM = re.compile(r"([+-]?)\s*([a-z_]+)(\??)")


@dataclass(frozen=True, slots=True)
class Term:
    """A line item that is added (`sign` 1) or taken off (-1); one that is not `needed` counts zero if absent."""

    key: str
    sign: int
    needed: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    key: str
    statement: Statement
    total: str
    scope: Scope | None

    def applies(self, statement: Statement, scope: Scope | None) -> bool:
        """Whether the rule is one for this statement."""
        return statement == self.statement and self.scope in (None, scope)


@dataclass(frozen=True, slots=True)
class Formula(_Rule):
    """A total that equals one of several sums of line items."""

    forms: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class Subtotal(_Rule):
    """A total of all rows between the line `after` (empty: the statement's head) and itself."""

    after: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All identities; `gross_notes` are line items whose notes may total gross values; `inner` maps a line item
    ("" for any) to those that may be part of another row beside it.
    """

    formulas: tuple[Formula, ...]
    subtotals: tuple[Subtotal, ...]
    indicators: frozenset[str]
    gross_notes: frozenset[str]
    inner: Mapping[str, frozenset[str]]

    def inner_beside(self, keys: Collection[str]) -> frozenset[str]:
        """The line items that may be part of other rows where these stand."""
        return frozenset().union(*(items for of, items in self.inner.items() if not of or of in keys))


@cache
def identity_rules() -> Rules:
    """The rules of the file; UserError where it names a line item that the vocabulary lacks."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    rules = Rules(
        tuple(Formula(*_head(rule), tuple(map(_terms, rule["parts"]))) for rule in told["formula"]),
        tuple(Subtotal(*_head(rule), rule["after"]) for rule in told["subtotal"]),
        frozenset(told["indicators"]["items"]),
        frozenset(told["notes"]["gross"]),
        {rule["of"]: frozenset(rule["items"]) for rule in told["inner"]},
    )
    _demand_known(rules)
    return rules


def _head(rule: dict[str, Any]) -> tuple[str, Statement, str, Scope | None]:
    return rule["key"], rule["statement"], rule["total"], rule.get("scope")


def _terms(form: str) -> tuple[Term, ...]:
    return tuple(Term(key, -1 if sign == "-" else 1, not free) for sign, key, free in _TERM.findall(form))


def _demand_known(rules: Rules) -> None:
    used = {rule.total for rule in (*rules.formulas, *rules.subtotals)} | rules.indicators | rules.gross_notes
    used |= frozenset().union(*rules.inner.values()) | (set(rules.inner) - {""})
    used |= {term.key for rule in rules.formulas for form in rule.forms for term in form}
    used |= {rule.after for rule in rules.subtotals if rule.after}
    unknown = sorted(used - set(line_items()))
    if unknown:
        raise UserError(f"勾稽关系 {_FILE.name} 写了词表没有的科目 {'、'.join(unknown)}；请改成已有的 key。")
