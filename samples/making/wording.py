"""Placeholders of the source texts become figures of the accounts: prose cannot disagree with the tables."""

import re
from collections.abc import Callable
from decimal import Decimal

from samples.making.accounts import Accounts
from samples.making.ledger import Ledger, Period
from samples.making.money import change, hundred_millions, points, rounded, share, ten_thousands, yuan

_FIGURE = re.compile(r"\{(元|万|亿|比|幅|占|个|值|绝万) ([^}]+)\}")
_FACT = re.compile(r"\{公司\.([^}]+)\}")
_TERMS = re.compile(r" ([-+]) ")


def fill(text: str, accounts: Accounts) -> str:
    """The text with each placeholder replaced.

    `{元 K}` yuan, `{万 K}` 万元, `{绝万 K}` without sign, `{亿 K}` 亿元, `{比 K}` change in percent, `{幅 K}`
    the same without sign, `{占 A÷B}` ratio in percent, `{个 A÷B}` its change in points. K may be `K@上` for the prior
    column, `母:K` for the parent company, and a sum such as `K1 - K2`.
    """
    text = _FACT.sub(lambda match: str(accounts.source["公司"][match[1]]), text)
    return _FIGURE.sub(lambda match: _figure(match[1], match[2], accounts), text)


def _figure(kind: str, expression: str, accounts: Accounts) -> str:
    printers: dict[str, Callable[[], str]] = {
        "元": lambda: yuan(evaluate(expression, accounts)),
        "值": lambda: str(evaluate(expression, accounts)),
        "万": lambda: ten_thousands(evaluate(expression, accounts)),
        "绝万": lambda: ten_thousands(abs(evaluate(expression, accounts))),
        "亿": lambda: hundred_millions(evaluate(expression, accounts)),
        "比": lambda: _change(expression, accounts),
        "幅": lambda: _change(expression, accounts).lstrip("-"),
        "占": lambda: _ratio(expression, accounts, share),
        "个": lambda: points(_ratio_value(expression, accounts, 0), _ratio_value(expression, accounts, 1)),
    }
    return printers[kind]()


def evaluate(expression: str, accounts: Accounts, period: Period = 0) -> Decimal:
    """The value of a sum of keys in that period."""
    parts = _TERMS.split(expression)
    total = _term(parts[0], accounts, period)
    for sign, key in zip(parts[1::2], parts[2::2], strict=True):
        term = _term(key, accounts, period)
        total += term if sign == "+" else -term
    return total


def _term(key: str, accounts: Accounts, period: Period) -> Decimal:
    ledger: Ledger = accounts.parent if key.startswith("母:") else accounts.group
    name, _, when = key.removeprefix("母:").partition("@")
    assert ledger.knows(name), f"unknown key in a source text: {key}"
    return ledger.value(name, 1 if when == "上" else period)


def _change(expression: str, accounts: Accounts) -> str:
    """The change in percent; between two losses it says by how much the loss moved."""
    current, prior = evaluate(expression, accounts, 0), evaluate(expression, accounts, 1)
    if prior < 0:
        return f"{rounded((current - prior) / abs(prior) * 100):,}"
    return change(current, prior)


def _ratio(expression: str, accounts: Accounts, printer: Callable[[Decimal, Decimal], str]) -> str:
    part, whole = expression.split("÷")
    return printer(evaluate(part, accounts), evaluate(whole, accounts))


def _ratio_value(expression: str, accounts: Accounts, period: Period) -> Decimal:
    part, whole = expression.split("÷")
    return rounded(evaluate(part, accounts, period) / evaluate(whole, accounts, period) * 100)
