"""Calculations over facts, recomputed here: a model names the formula and never the result."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from rag.checking.claim import Arithmetic, Operand
from rag.checking.quantity import Quantity, dimension_of, quantity
from rag.checking.said import SENTENCE_END, figures_said
from rag.errors import UserError
from rag.filings.amount import format_decimal, parse_amount
from rag.filings.fiscal import in_chinese
from rag.filings.passage import Fact
from rag.filings.text import squeeze
from rag.filings.unit import kind_of, unit_of
from rag.retrieval.evidence import Evidence

DECIMALS = 2
MAX_EXPRESSION = 300
# A model may count days, months and percent, but not slip in a figure of its own.
_CONSTANTS = frozenset(map(Decimal, (0, 1, 2, 3, 4, 6, 9, 12, 90, 100, 180, 270, 360, 365, 10_000)))
_BINARY: dict[type[ast.operator], Callable[[Quantity, Quantity], Quantity]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_LEAD = re.compile(
    r"^(?:[（(]%[)）])?(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])?(?:其中|减|加)?[:：]?"
)
# Turnovers are bare numbers, said in times or days.
_TIMES = frozenset({"次", "天"})
_UNIT_END = re.compile(r"[（(][^（()）]{1,6}[）)]$")
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "（": "(", "）": ")", "－": "-", "＋": "+", "％": "%"})


def calculate(
    expression: str, operands: Sequence[Operand], unit: str, formula: str = "", decimals: int = DECIMALS
) -> Arithmetic:
    """The calculation carried out: f1, f2… in `expression` are the operands in order, + - * / ( ) abs root allowed.

    root(x, n) is the nth root of a positive bare number, n from 2 to 10.

    The value is in `unit`, rounded half up.  A fraction asked for in % is multiplied by 100 unless the
    expression does so itself.  UserError: unreadable, unknown operand, division by zero, units that do not fit.
    """
    tree = _parsed(expression)
    values = {
        f"f{n}": quantity(operand.fact.value, operand.fact.unit) for n, operand in enumerate(operands, 1)
    }
    result = _value(tree, values)
    value = _in_unit(result, unit, any(_constant(node) == 100 for node in ast.walk(tree)))
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    named = formula or in_words(expression, [operand.fact for operand in operands])
    return Arithmetic(named, tuple(operands), rounded, unit, expression)


def in_words(expression: str, facts: Sequence[Fact]) -> str:
    """The expression with operands named by label, and by period where they differ: 营业收入（2024年上半年） ÷ …"""
    apart = len({fact.period for fact in facts}) > 1
    words = expression.translate(_SIGNS).replace(" ", "")
    for sign, shown in (("*", " × "), ("/", " ÷ "), ("-", " − "), ("+", " + ")):
        words = words.replace(sign, shown)
    for n in range(len(facts), 0, -1):
        fact = facts[n - 1]
        label = _UNIT_END.sub("", _LEAD.sub("", "".join(fact.label.split()))) or fact.column or fact.text
        when = f"（{in_chinese(fact.period)}）" if apart and fact.period else ""
        words = words.replace(f"f{n}", f"{label}{when}")
    return words


def problem_of(arithmetic: Arithmetic, evidence: Sequence[Evidence]) -> str:
    """What is wrong with a calculation, in Chinese; empty when it recomputes and its operands are held."""
    if not arithmetic.operands:
        return "算式没有用到任何有出处的数"
    for operand in arithmetic.operands:
        if not _held(operand, evidence):
            return f"算式的操作数 {operand.fact.text} 不在它的引文里"
    try:
        again = calculate(
            arithmetic.expression, arithmetic.operands, arithmetic.unit, decimals=_decimals(arithmetic.value)
        )
    except UserError as error:
        return str(error)
    if again.value != arithmetic.value:
        return f"算式的结果应为 {format_decimal(again.value)}{arithmetic.unit}，不是 {format_decimal(arithmetic.value)}"
    return _base_problem(arithmetic)


def _held(operand: Operand, evidence: Sequence[Evidence]) -> bool:
    """Whether the operand's cell stands in its quote and still says the fact's value."""
    fact, quote = operand.fact, operand.quote
    if not 0 <= quote.evidence < len(evidence):
        return False
    passage = evidence[quote.evidence].passage
    start, end = fact.cell
    if passage.id != fact.passage_id or not quote.start <= start < end <= quote.end <= len(passage.text):
        return False
    if not any(row.start <= start < row.end for row in passage.rows):
        return _said(operand, passage.text)
    printed = parse_amount(passage.text[start:end])
    if printed is not None:
        return printed == fact.value
    # A cell whose digits the table printed in pieces is mended in the fact's text; its signs stand in order.
    signs = iter(squeeze(passage.text[start:end]))
    return parse_amount(fact.text) == fact.value and all(sign in signs for sign in squeeze(fact.text))


def _said(operand: Operand, text: str) -> bool:
    """Whether running text says the operand at its place, in its unit; 下降 and 亏损 may make it negative."""
    (start, end), fact = operand.fact.cell, operand.fact
    ends = [match.end() for match in SENTENCE_END.finditer(text, 0, start)]
    begin = ends[-1] if ends else 0
    for said in figures_said(text[begin:end], ""):
        if (begin + said.place, begin + said.amount.end) == (start, end):
            return said.amount.unit == fact.unit and fact.value in (said.amount.value, said.signed)
    return False


def _base_problem(arithmetic: Arithmetic) -> str:
    """A growth rate must divide by the earlier period."""
    compact = arithmetic.expression.translate(_SIGNS).replace(" ", "")
    if len(arithmetic.operands) != 2 or not compact.startswith(("(f1-f2)/f2", "f1/f2-1", "(f1/f2-1)")):
        return ""
    now, base = (operand.fact for operand in arithmetic.operands)
    same = now.label == base.label or (now.line_item and now.line_item == base.line_item)
    if same and now.period and base.period and now.period[:4] < base.period[:4]:
        return "算式把报告期和基期用反了"
    return ""


def _parsed(expression: str) -> ast.expr:
    if len(expression) > MAX_EXPRESSION:
        raise UserError("算式太长，无法计算；请拆成几步。")
    try:
        return ast.parse(expression.translate(_SIGNS).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UserError(f"算式 {expression} 读不懂；只能用 + - * / ( )、abs 和 root。") from error


def _value(node: ast.expr, values: dict[str, Quantity]) -> Quantity:
    match node:
        case ast.BinOp(left, op, right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left, values), _value(right, values))
        case ast.UnaryOp(ast.USub(), inner):
            return -_value(inner, values)
        case ast.Call(ast.Name("abs"), [inner], []):
            return abs(_value(inner, values))
        case ast.Call(ast.Name("root"), [inner, degree], []):
            return _value(inner, values).root(_constant(degree) or Decimal(0))
        case ast.Name(name) if name in values:
            return values[name]
    constant = _constant(node)
    if constant is None or constant not in _CONSTANTS:
        raise UserError(f"算式里的 {ast.unparse(node)} 没有出处，不能参与计算；只能用有引文的数。")
    return Quantity(constant)


def _constant(node: ast.AST) -> Decimal | None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Decimal(str(node.value))
    return None


def _in_unit(result: Quantity, unit: str, hundred: bool) -> Decimal:
    """The result's value in the unit asked for."""
    known = unit_of(unit)
    kind = kind_of(unit)
    if known is not None and kind in ("ratio", "points"):
        if result.dimension:
            raise UserError(f"算式的结果不是比率，不能写成 {unit}；请核对算式或单位。")
        factor = 1 if result.percent or hundred else 100
        return result.value * factor / known.factor
    plain = result.fraction()
    times = not plain.dimension and unit in _TIMES
    if plain.dimension != dimension_of(unit) and not times and not _per_head(plain, unit):
        raise UserError(f"算式的结果与单位 {unit or '（无）'} 不符；请核对算式或单位。")
    return plain.value / (known.factor if known else Decimal(1))


def _per_head(result: Quantity, unit: str) -> bool:
    """人均…万元 is written in a money unit."""
    return kind_of(unit) == "money_cny" and result.dimension == (("count:人", -1), ("money_cny", 1))


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
