"""Sentences of a model's reply become claims with tight quotes, or are told why they cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering.draft import Material
from rag.answering.reply import ModelReply, SaidClaim
from rag.answering.said_calculation import checked_calculation, row_quote
from rag.answering.showing import Shown
from rag.answering.tighten import tightest
from rag.checking.check import CheckedClaim, check
from rag.checking.claim import Claim, Quote
from rag.checking.figure import claim_figures, strength_in

# Ids or markers that a model writes into its sentence; 国发[2020]14号 is none.
_ID = r"(?:[ef][0-9a-z]{1,4}|\d{1,2})"
_SIGNS = re.compile(rf"\s*[\[【]\s*{_ID}(?:\s*[,，、]\s*{_ID})*\s*[\]】]")


def checked_reply(reply: ModelReply, shown: Shown, material: Material, limit: int) -> list[CheckedClaim]:
    """Every claim of a reply, checked."""
    return [checked_claim(said, shown, material, limit) for said in reply.claims]


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
    return result


def failed_lines(failed: Sequence[CheckedClaim]) -> str:
    """The sentences that failed with what is wrong with them, numbered from 1, as a repair prompt shows them."""
    return "\n".join(
        f"{k}. {one.claim.text}\n   问题：{'；'.join(one.problems)}" for k, one in enumerate(failed, 1)
    )


def checked_claim(said: SaidClaim, shown: Shown, material: Material, limit: int) -> CheckedClaim:
    """The sentence as a claim, checked; unknown ids are dropped, a formula is computed."""
    text = _SIGNS.sub("", said.text)
    facts = tuple(shown.facts[key] for key in said.evidence if key in shown.facts)
    indexes = [shown.evidence[key] for key in said.evidence if key in shown.evidence]
    if said.formula:
        beside = tuple(_quotes(text.replace("{result}", ""), indexes, material, limit)) if indexes else ()
        return checked_calculation(said.model_copy(update={"text": text}), shown, material, beside)
    rows = [row for fact in facts if (row := row_quote(fact, material))]
    indexes += [row.evidence for row in rows]
    quotes = _quotes(text, list(dict.fromkeys(indexes)), material, limit)
    claim = Claim(text, quotes, facts)
    checked = check(claim, material.evidence)
    if not indexes:
        return CheckedClaim(claim, (), ("没有写 evidence，或其中的编号不存在",))
    if checked.passed:
        return checked
    # The rows of the facts that the model names, or evidence beside that it names, may hold what is missing.
    held = [finding.quote for finding in checked.figures if finding.quote]
    beside = _speaking(text, indexes, material, limit)
    for more in (rows, _elsewhere(checked, shown, material, limit), beside):
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


def _speaking(text: str, indexes: Sequence[int], material: Material, limit: int) -> tuple[Quote, ...]:
    """What each piece of evidence named says in words, figures or not: a reason stands apart from its figure."""
    evidence = material.evidence
    return tuple(
        quote
        for index in dict.fromkeys(indexes)
        for quote in tightest(text, (), Quote(index, 0, len(evidence[index].passage.text)), evidence, limit)
    )


def _quotes(text: str, indexes: Sequence[int], material: Material, limit: int) -> tuple[Quote, ...]:
    """The tightest quotes in the evidence named; where one holds the figures, those that hold none are dropped."""
    evidence = material.evidence
    wholes = tuple(Quote(index, 0, len(evidence[index].passage.text)) for index in indexes)
    figures = claim_figures(Claim(text, wholes), evidence)
    quotes = [quote for whole in wholes for quote in tightest(text, figures, whole, evidence, limit)]
    holding = [quote for quote in quotes if any(strength_in(figure, quote, evidence) for figure in figures)]
    return tuple(dict.fromkeys(holding or quotes))
