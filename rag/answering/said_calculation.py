"""Formulas of a model's reply become claims whose result we have computed, over figures found where it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rag.answering.draft import Material
from rag.answering.pointed import pointed_operand
from rag.answering.reply import SaidClaim
from rag.answering.showing import Shown
from rag.checking.calculation import calculate
from rag.checking.check import CheckedClaim, check
from rag.checking.claim import Claim, Operand, Quote
from rag.checking.when import mentions
from rag.errors import UserError
from rag.filings.amount import format_decimal
from rag.filings.fiscal import year_of
from rag.filings.formula import find_formulas
from rag.filings.lexicon import find_line_items
from rag.filings.passage import Fact
from rag.filings.text import is_cjk, squeeze
from rag.filings.unit import unit_of

_NAME = re.compile(r"\b(?:f[0-9a-z]{3}|x\d{1,2})\b")
_RISES = {"增长": "下降", "增加": "减少", "上升": "下降", "提升": "下降", "提高": "下降", "上涨": "下跌"}
_FALLS = {"下降": "上升", "减少": "增加", "降低": "提高", "下滑": "上升", "下跌": "上涨"}
_RESULT = re.compile(rf"(?P<word>{'|'.join([*_RISES, *_FALLS])})?(?P<filler>了|约|：|为)?\{{result\}}")
# Signs of labels that tell one line item from none.
_COMMON = frozenset("的其中合计总额金额项目期末期初本上年人民币数量情况（）()、：")


def checked_calculation(
    said: SaidClaim, shown: Shown, material: Material, beside: tuple[Quote, ...] = ()
) -> CheckedClaim:
    """The calculation as a claim whose result we have computed; a problem where it cannot be.

    `beside` are quotes for what else the sentence says; they are cited only where the operands' do not do.
    """
    names = list(dict.fromkeys(_NAME.findall(said.formula)))
    found = [_operand(name, said, shown, material) for name in names]
    operands = tuple(operand for operand in found if operand is not None)
    facts = tuple(operand.fact for operand in operands)
    quotes = tuple(dict.fromkeys(operand.quote for operand in operands))
    blank = Claim(said.text or said.formula, quotes, facts)
    missing = [name for name, operand in zip(names, found, strict=True) if operand is None]
    if missing or not operands:
        lost = "、".join(missing)
        return CheckedClaim(blank, (), (f"算式中的 {lost} 没有出处" if lost else "算式没有用到有出处的数",))
    unit = unit_of(said.unit.strip())
    try:
        arithmetic = calculate(
            _numbered(said.formula, names), operands, unit.name if unit else said.unit.strip()
        )
    except UserError as error:
        return CheckedClaim(blank, (), (str(error),))
    problems = (
        *wording_problems(said.text, operands, _period(material, operands)),
        *rival_problems(said.text, operands, material),
    )
    text = filled(said.text, f"{format_decimal(arithmetic.value)}{arithmetic.unit}")
    checked = check(Claim(text, quotes, facts, arithmetic), material.evidence)
    if not checked.passed and beside:
        wider = tuple(dict.fromkeys((*quotes, *beside)))
        checked = check(Claim(text, wider, facts, arithmetic), material.evidence)
    return CheckedClaim(checked.claim, checked.figures, tuple(dict.fromkeys((*checked.problems, *problems))))


def _operand(name: str, said: SaidClaim, shown: Shown, material: Material) -> Operand | None:
    """What a name in a formula stands for: a fact shown, or a figure pointed at in shown evidence."""
    if name in shown.facts:
        fact = shown.facts[name]
        quote = row_quote(fact, material)
        return Operand(fact, quote) if quote else None
    key, text = said.figures.get(name, ("", ""))
    if key in shown.evidence:
        return pointed_operand(material.evidence, shown.evidence[key], text, said.text)
    return None


def row_quote(fact: Fact, material: Material) -> Quote | None:
    """The whole printed row of a fact, where its passage is among the evidence."""
    for index, found in enumerate(material.evidence):
        if found.passage.id == fact.passage_id:
            return Quote(index, *fact.row)
    return None


def wording_problems(text: str, operands: Sequence[Operand], period: str) -> list[str]:
    """Chinese phrases for operands that the sentence does not speak of: another item, year or scope."""
    named = {item.key for item in find_line_items(text)}
    covered = {key for formula in find_formulas(text) for key in formula.operands} | named
    facts = [operand.fact for operand in operands]
    problems = [
        f"句子没有写明算式用到的“{squeeze(fact.label)}”" for fact in facts if not _spoken(fact, text, covered)
    ]
    scopes = {fact.scope or "consolidated" for fact in facts}
    if (scopes == {"parent"}) != ("母公司" in text) and "归属于母公司" not in text and "合并" not in text:
        problems.append("算式用到的数的口径（合并或母公司）与句子不同")
    if len(scopes) > 1 and not ("母公司" in text and "合并" in text):
        problems.append("算式把合并数和母公司数放在一起")
    years = {year_of(fact.period) for fact in facts if fact.period}
    said = {year_of(mention.period) for mention in mentions(text, period)}
    if len(years) > 1 and len({squeeze(f.label) for f in facts}) == len(facts) and not years <= said:
        problems.append("算式把不同期间的数放在一起")
    return problems


def rival_problems(text: str, operands: Sequence[Operand], material: Material) -> Iterator[str]:
    """Operands beside which another table, about more of what the sentence names, has a like-named figure.

    职工薪酬 stands in the notes on each expense; 职工薪酬占销售费用 is about the one in 销售费用.
    """
    named = {text[item.start : item.end] for item in find_line_items(text)}
    tables = {piece.passage.id: squeeze(piece.passage.text) for piece in material.evidence}
    # A statement's own line has no rival; the notes repeat their labels.
    for fact in (operand.fact for operand in operands if operand.fact.statement == "other"):
        like = [
            other
            for other in material.facts
            if squeeze(other.label) == squeeze(fact.label)
            and (other.filing_id, other.period, other.scope) == (fact.filing_id, fact.period, fact.scope)
            and other.value != fact.value
        ]
        own = _about(tables.get(fact.passage_id, ""), named)
        if any(_about(tables.get(other.passage_id, ""), named) > own for other in like):
            yield f"“{squeeze(fact.label)}”取自另一张表"


def _about(table: str, named: set[str]) -> int:
    return sum(name in table for name in named)


def _spoken(fact: Fact, text: str, covered: set[str]) -> bool:
    """Whether the sentence names an operand: its line item, or words of its label."""
    if fact.line_item:
        return fact.line_item in covered or squeeze(fact.label) in squeeze(text)
    label = squeeze(fact.label)
    if not fact.column:  # words before a figure of running text, of which its name is only a part
        return any(label[i : i + 2] in text for i in range(len(label) - 1))
    signs = [sign for sign in label if is_cjk(sign) and sign not in _COMMON]
    return not signs or sum(sign in text for sign in signs) * 2 >= len(signs)


def _period(material: Material, operands: Sequence[Operand]) -> str:
    return material.evidence[operands[0].quote.evidence].filing.period


def filled(text: str, result: str) -> str:
    """The sentence with its result; 增长 before a negative one becomes 下降, and the other way round."""
    template = text if "{result}" in text else "按所列数据计算，结果为{result}。"

    def put(match: re.Match[str]) -> str:
        word, filler = match["word"] or "", match["filler"] or ""
        if not word:
            return filler + result
        negative = result.startswith("-")
        turned = _RISES.get(word, word) if negative else _FALLS.get(word, word)
        return turned + filler + result.removeprefix("-")

    return _RESULT.sub(put, template)


def _numbered(formula: str, names: Sequence[str]) -> str:
    numbers: Mapping[str, int] = {name: n for n, name in enumerate(names, 1)}
    return _NAME.sub(lambda match: f"f{numbers[match[0]]}", formula)
