"""Sentences of a model's reply become claims with tight quotes, or are told why they cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.answering.draft import Material
from rag.answering.reply import ModelReply, SaidCalculation, SaidClaim
from rag.answering.showing import Shown
from rag.answering.tighten import tightest
from rag.checking.calculation import calculate
from rag.checking.check import CheckedClaim, check
from rag.checking.claim import Claim, Operand, Quote
from rag.checking.figure import claim_figures, strength_in
from rag.errors import UserError
from rag.filings.amount import format_decimal
from rag.filings.passage import Fact
from rag.filings.unit import unit_of

_FACT_ID = re.compile(r"\bf[0-9a-z]{3}\b")
_SIGNS = re.compile(
    r"\s*[\[【]\s*[ef]?\w{1,4}\s*[\]】]"
)  # ids or markers that a model writes into its sentence
_RISES = {"增长": "下降", "增加": "减少", "上升": "下降", "提升": "下降", "提高": "下降", "上涨": "下跌"}
_FALLS = {"下降": "上升", "减少": "增加", "降低": "提高", "下滑": "上升", "下跌": "上涨"}
_RESULT = re.compile(rf"(?P<word>{'|'.join([*_RISES, *_FALLS])})?(?P<filler>了|约|：|为)?\{{result\}}")


def checked_reply(reply: ModelReply, shown: Shown, material: Material, limit: int) -> list[CheckedClaim]:
    """Every claim of a reply, checked; the calculation goes first where one was asked for."""
    claims = [checked_claim(said, shown, material, limit) for said in reply.claims]
    if reply.calculation:
        place = 0 if material.query.kind == "calc" else len(claims)
        claims.insert(place, checked_calculation(reply.calculation, shown, material))
    return claims


def mended(
    checked: Sequence[CheckedClaim], repair: ModelReply, shown: Shown, material: Material, limit: int
) -> list[CheckedClaim]:
    """The claims with the failed ones in the words of a repair; what fails again stays failed."""
    result = list(checked)
    failed = [n for n, one in enumerate(checked) if not one.passed]
    for k, said in enumerate(repair.claims, 1):
        number = said.number if said.number is not None else k
        if 1 <= number <= len(failed):
            result[failed[number - 1]] = checked_claim(said, shown, material, limit)
    spot = next((n for n in failed if not result[n].passed), None)
    if repair.calculation and spot is not None:
        result[spot] = checked_calculation(repair.calculation, shown, material)
    return result


def checked_claim(said: SaidClaim, shown: Shown, material: Material, limit: int) -> CheckedClaim:
    """The sentence as a claim, checked; unknown ids are dropped."""
    text = _SIGNS.sub("", said.text)
    facts = tuple(shown.facts[key] for key in said.facts if key in shown.facts)
    indexes = [shown.evidence[key] for key in said.evidence if key in shown.evidence]
    rows = [row for fact in facts if (row := row_quote(fact, material))]
    indexes += [row.evidence for row in rows]
    quotes = _quotes(text, list(dict.fromkeys(indexes)), material, limit)
    claim = Claim(text, quotes, facts)
    checked = check(claim, material.evidence)
    if checked.passed:
        return checked
    # The rows of the facts that the model names, or evidence beside that it names, may hold what is missing.
    held = [finding.quote for finding in checked.figures if finding.quote]
    for more in (rows, _elsewhere(checked, shown, material, limit)):
        wider = Claim(text, tuple(dict.fromkeys((*held, *more))), facts)
        if more and (again := check(wider, material.evidence)).passed:
            return again
    return checked


def _elsewhere(checked: CheckedClaim, shown: Shown, material: Material, limit: int) -> tuple[Quote, ...]:
    """Quotes of other evidence shown that hold, in every respect, the figures which the named evidence lacks."""
    evidence, found = material.evidence, []
    for finding in checked.figures:
        for index in shown.evidence.values() if finding.problem else ():
            whole = Quote(index, 0, len(evidence[index].passage.text))
            cut = tightest(checked.claim.text, (finding.said,), whole, evidence, limit)
            held = [quote for quote in cut if strength_in(finding.said, quote, evidence) == 2]
            if held:
                found += held[:1]
                break
    return tuple(found)


def checked_calculation(said: SaidCalculation, shown: Shown, material: Material) -> CheckedClaim:
    """The calculation as a claim whose result we have computed; a problem where it cannot be."""
    keys = list(dict.fromkeys(_FACT_ID.findall(said.formula)))
    known = [shown.facts[key] for key in keys if key in shown.facts]
    quotes = [row_quote(fact, material) for fact in known]
    operands = tuple(Operand(fact, quote) for fact, quote in zip(known, quotes, strict=True) if quote)
    blank = Claim(said.text or said.formula, tuple(operand.quote for operand in operands), tuple(known))
    if not operands or len(operands) < len(keys):
        return CheckedClaim(blank, (), ("算式用到了没有出处的数",))
    expression = _numbered(said.formula, keys)
    unit = unit_of(said.unit.strip())
    try:
        arithmetic = calculate(expression, operands, unit.name if unit else said.unit.strip())
    except UserError as error:
        return CheckedClaim(blank, (), (str(error),))
    text = filled(said.text, f"{format_decimal(arithmetic.value)}{arithmetic.unit}")
    claim = Claim(_SIGNS.sub("", text), tuple(dict.fromkeys(blank.quotes)), tuple(known), arithmetic)
    return check(claim, material.evidence)


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


def _numbered(formula: str, keys: Sequence[str]) -> str:
    numbers: Mapping[str, int] = {key: n for n, key in enumerate(keys, 1)}
    return _FACT_ID.sub(lambda match: f"f{numbers[match[0]]}", formula)


def row_quote(fact: Fact, material: Material) -> Quote | None:
    """The whole printed row of a fact, where its passage is among the evidence."""
    for index, found in enumerate(material.evidence):
        if found.passage.id == fact.passage_id:
            return Quote(index, *fact.row)
    return None


def _quotes(text: str, indexes: Sequence[int], material: Material, limit: int) -> tuple[Quote, ...]:
    """The tightest quotes in the evidence named; where one holds the figures, those that hold none are dropped."""
    evidence = material.evidence
    wholes = tuple(Quote(index, 0, len(evidence[index].passage.text)) for index in indexes)
    figures = claim_figures(Claim(text, wholes), evidence)
    quotes = [quote for whole in wholes for quote in tightest(text, figures, whole, evidence, limit)]
    holding = [quote for quote in quotes if any(strength_in(figure, quote, evidence) for figure in figures)]
    return tuple(dict.fromkeys(holding or quotes))
