"""The extractive answerer: reads figures from table cells and says the sentences that say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answering.aged_share import misses_age
from rag.answering.agreement import told_agreement
from rag.answering.alternatives import Read, with_alternatives
from rag.answering.answer import Refusal
from rag.answering.calc_answer import Calculator
from rag.answering.compound_growth import answer_by_compound_growth
from rag.answering.denied import denied_thing
from rag.answering.difference import asks_which, compare, in_order
from rag.answering.disclosed import told_disclosure
from rag.answering.dissent import with_dissent
from rag.answering.draft import Draft, Material
from rag.answering.enough import is_unheard_of
from rag.answering.extreme import asks_extreme, extreme_row, is_one_of_many
from rag.answering.fact_answer import answer_from_facts
from rag.answering.formula_answer import answer_by_formula
from rag.answering.heading_list import listed_headings
from rag.answering.listing import Beside
from rag.answering.meetings import told_meetings
from rag.answering.nth_largest import nth_largest
from rag.answering.ordered_items import ordered_items
from rag.answering.premise import MESSAGE, denied_premise, still_under_way
from rag.answering.quarter_among import answer_among_quarters, asks_among_quarters
from rag.answering.quarters_total import answer_by_quarters
from rag.answering.ranking import FIGURE_KINDS, Scored
from rag.answering.ratio_gap import compare_ratios
from rag.answering.reasons import with_reasons
from rag.answering.refuse import refuse_unanswered, refuse_uncompared, refuse_unranked
from rag.answering.relevance import COMPOSED, Need, met, needs_of
from rag.answering.row_pair import compare_rows
from rag.answering.signed_on import told_signing
from rag.answering.table_list import named_table
from rag.answering.telling import parts_of, ranked, told_claims
from rag.answering.total_answer import answer_total
from rag.answering.two_voices import with_voices
from rag.answering.units import Unit, held_units, units_of
from rag.checking.check import check
from rag.checking.claim import Claim
from rag.filings.formula import find_formulas
from rag.filings.lexicon import line_items
from rag.filings.text import squeeze
from rag.retrieval.corpus import Corpus
from rag.retrieval.wording import says

# Another issuer's filing answers as well from this share of the best score, or coverage of a line item, on.
AS_GOOD = 0.85
# The asker wants it worked out, whatever is printed.
_SPELT_OUT = re.compile(r"算|除以|÷|/")
BY_FORMULA = "按公式计算"
# A sentence that covers this much of the question gives the ratio asked for.
PRINTED = 0.8
# How a sentence gives a ratio behind its name; those that filings tell of products and projects too.
_GIVEN = r"(?:(?!不[超高低少]|[高低]于)[^\d，,。;；]){0,12}\d[\d.]*%"
_BOUND = r"[^\d，,。;；]{0,8}(?:不[超高低少]|[高低]于)[^\d，,。;；]{0,4}\d"
_OF_PRODUCTS = ("gross_margin", "net_margin")
# Units that sentences give with the figure, as they may not give 倍.
_WITH_SIGN = ("%", "天")
# A sentence about a part of the company gives the part's ratio.
_OF_PART = re.compile(r"项目|子公司|产品|板块")


class ExtractiveAnswerer:
    """Works without a model: facts first, then rows and sentences in the filing's own words."""

    name = "extractive"

    def __init__(
        self, corpus: Corpus, calculator: Calculator, read: Read | None = None, beside: Beside | None = None
    ) -> None:
        """`read` gives the cells that near misses are told from; without it none are told.

        `beside` gives the passages around one, for tables that are split.
        """
        self._corpus = corpus
        self._calculator = calculator
        self._read = read
        self._beside_of: Beside = beside or (lambda piece: ())

    def draft(self, material: Material, say: Callable[[str], None] | None = None) -> Draft:
        """A draft of figures and verbatim sentences, or a refusal with its reason."""
        needs = needs_of(material.query, self._corpus)
        material = with_reasons(material, self._corpus)
        total = _checked(answer_total(material), material)
        draft = self._beside(material, needs, total) if total is not None else self._draft(material, needs)
        if misses_age(material.query, draft.claims):
            draft = Draft(refusal=refuse_unanswered(material, needs))
        draft = with_voices(draft, material, self._corpus)
        if self._read is not None:
            draft = with_alternatives(draft, material, self._read)
        if say is not None:
            for claim in draft.claims:
                say(claim.text)
        return draft if draft.material is not None else replace(draft, material=material)

    def fits_several(self, material: Material) -> bool:
        """Whether a question that names no company is answered as well by the filings of another issuer."""
        best: dict[str, Scored] = {}
        needs = needs_of(material.query, self._corpus)
        for scored in ranked(range(len(material.evidence)), needs, material):
            filing = material.evidence[scored.unit.evidence].filing
            best.setdefault(filing.issuer.name or filing.id, scored)
        if len(best) < 2:
            return False
        if material.query.line_items:
            most = max(scored.coverage for scored in best.values())
            return sum(scored.coverage >= AS_GOOD * most for scored in best.values()) > 1
        first, second, *_ = sorted((scored.score for scored in best.values()), reverse=True)
        return second >= AS_GOOD * first

    def _draft(self, material: Material, needs: tuple[Need, ...]) -> Draft:
        """A draft from cells and formulas, else from headings, rows and sentences."""
        worked_out = self._worked_out(material, needs)
        if worked_out is not None:
            return worked_out
        if asks_among_quarters(material.query):
            return Draft(refusal=refuse_unanswered(material, needs))
        if self._is_unheard_of(material, needs):
            return self._formula_or_refusal(material, needs)
        told = self._listed(material, needs) or self._told(material, needs)
        return _after(self._figure_asked_too(material, needs), told)

    @staticmethod
    def _figure_asked_too(material: Material, needs: tuple[Need, ...]) -> Draft | None:
        """The figure of a line item whose reason is asked for, where the question asks for both."""
        query = material.query
        if query.kind != "why" or not says("amount", query.text):
            return None
        asked = replace(material, query=replace(query, kind="number"))
        return _checked(answer_from_facts(asked, needs), material)

    def _worked_out(self, material: Material, needs: tuple[Need, ...]) -> Draft | None:
        """What premises, formulas and the statements' cells answer."""
        draft = _checked(told_signing(material, self._corpus) or nth_largest(material), material)
        draft = draft or _checked(denied_thing(material, self._corpus), material)
        draft = draft or _checked(told_meetings(material, self._corpus), material)
        draft = draft or told_disclosure(material, needs, self._corpus)
        draft = draft or self._from_a_table(material)
        if asks_among_quarters(material.query):
            return draft
        draft = draft or _checked(denied_premise(material), material)
        draft = draft or _checked(self._extreme(material, needs), material)
        draft = draft or _checked(self._calculated(material, needs), material)
        named = "" if draft else self._calculator.named_ratio(material.query)
        if named and not any(named in unit.text for unit in units_of(material.evidence)):
            return Draft(refusal=refuse_unanswered(material, needs))
        draft = draft or with_dissent(_checked(answer_from_facts(material, needs), material), material)
        if draft is None and material.query.kind in FIGURE_KINDS and not self._is_printed(material, needs):
            # A ratio of the whole company, where a sentence or row would give that of a product.
            draft = _checked(answer_by_formula(material), material)
            draft = draft and _after(_beside_formulas(material, needs), draft)
        return draft

    def _from_a_table(self, material: Material) -> Draft | None:
        """What the tables of quarters, by age or by class answer, and the ratios of two issuers."""
        draft = _checked(answer_by_compound_growth(material), material)
        draft = draft or _checked(answer_by_quarters(material), material)
        draft = draft or _checked(answer_among_quarters(material), material)
        draft = draft or _checked(self._calculator.aged_share(material.query), material)
        draft = draft or _checked(compare_rows(material), material)
        return draft or _checked(compare_ratios(material), material)

    def _told(self, material: Material, needs: tuple[Need, ...]) -> Draft:
        """The rows and sentences that tell what is asked, each issuer's in turn."""
        claims: list[Claim] = []
        said: list[Unit] = []
        kind = material.query.kind
        parts = parts_of(material, needs)
        if agreed := _checked(told_agreement(material, parts), material):
            return agreed
        told_of: dict[str, bool] = {}
        for part in parts:
            told = told_claims(material, part, said, words=kind not in FIGURE_KINDS)
            told_of[part.called] = bool(told)
            claims.extend(told)
        missing = [part.called for part in parts if part.called and not told_of.get(part.called)]
        if missing and claims and asks_which(material.query):
            return Draft(tuple(claims), refusal=refuse_uncompared(material.query, missing))
        compared = compare(material, said, needs)
        if compared is not None and check(compared, material.evidence).passed:
            claims = list(in_order(material.query, claims, compared))
        if is_one_of_many(material, claims):
            return Draft(refusal=refuse_unranked(material))
        if not claims:
            return self._formula_or_refusal(material, needs)
        if kind != "yesno" and still_under_way(material.query, claims):
            return Draft(tuple(claims[:1]), refusal=Refusal("unsupported_premise", MESSAGE))
        return Draft(tuple(claims))

    @staticmethod
    def _formula_or_refusal(material: Material, needs: Sequence[Need]) -> Draft:
        by_formula = (
            None if material.query.kind == "yesno" else _checked(answer_by_formula(material), material)
        )
        return by_formula or Draft(refusal=refuse_unanswered(material, needs))

    def _listed(self, material: Material, needs: tuple[Need, ...]) -> Draft | None:
        """The headings below the part that a question for a list names, or the items told by order words."""
        query = material.query
        if query.kind != "list" or query.expects:
            return None
        listed = None if query.line_items else listed_headings(material, self._corpus)
        listed = listed or named_table(material, needs, self._corpus)
        if listed is None and query.line_items:
            return None
        if listed is None and not query.sides:
            found = ranked(range(len(material.evidence)), needs, material)
            listed = ordered_items(material, found, self._corpus)
        return _checked(Draft((listed[0],), material=listed[1]), material) if listed is not None else None

    def _is_printed(self, material: Material, needs: tuple[Need, ...]) -> bool:
        """Whether more than a ratio is asked for, or a sentence gives it."""
        found = find_formulas(material.query.text)
        known = {key for formula in found for key in (formula.key, *formula.operands)}
        others = set(material.query.line_items) - known  # 国内和国外收入哪个毛利率高 is of parts
        if material.query.terms or others or material.query.sides:
            # Of several issuers all are worked out alike.
            return bool(material.query.terms or others)
        return self._prints_ratio(material, needs) or self._says_name(material, needs)

    @staticmethod
    def _says_name(material: Material, needs: tuple[Need, ...]) -> bool:
        """Whether the best sentence gives a ratio by the very name asked for, which is no product's (毛利率)."""
        names = {formula.key: formula.name for formula in find_formulas(material.query.text)}
        said = [
            word
            for key, word in material.query.line_item_words
            if key in names and not (key in _OF_PRODUCTS and word == names[key])
        ]
        best = next(iter(ranked(range(len(material.evidence)), needs, material)), None) if said else None
        if best is None or best.unit.kind != "sentence" or best.coverage < PRINTED:
            return False
        given = [found for word in said for found in re.finditer(re.escape(word) + _GIVEN, best.unit.text)]
        return any(not _OF_PART.search(best.unit.text[: found.start()]) for found in given)

    @staticmethod
    def _prints_ratio(material: Material, needs: tuple[Need, ...]) -> bool:
        """Whether a sentence gives a ratio to balances, which products have not, and is about that above all."""
        found = find_formulas(material.query.text)
        if all(line_items()[key].nature != "balance" for formula in found for key in formula.operands):
            return False
        best = next(iter(ranked(range(len(material.evidence)), needs, material)), None)
        if best is None or best.unit.kind != "sentence" or best.coverage < PRINTED:
            return False
        held = held_units(best.unit)
        if any(formula.unit in _WITH_SIGN and formula.unit not in held for formula in found):
            return False
        # A bound (资产负债率不超过70%) is no ratio of the company's.
        names = {
            name for formula in found for name in (formula.name, *formula.spoken) if name in best.unit.text
        }
        bound = any(re.search(re.escape(name) + _BOUND, best.unit.text) for name in names)
        return not bound

    def _beside(self, material: Material, needs: tuple[Need, ...], total: Draft) -> Draft:
        """The total of some issuers, after what is said of the others that the question names."""
        told = {material.evidence[quote.evidence].filing.id for c in total.claims for quote in c.quotes}
        claims: list[Claim] = []
        for part in parts_of(material, needs) if material.query.sides else ():
            if part.indexes and not told & {material.evidence[i].filing.id for i in part.indexes}:
                claims.extend(told_claims(material, part, [], words=False))
        return replace(total, claims=(*claims, *total.claims))

    def _is_unheard_of(self, material: Material, needs: Sequence[Need]) -> bool:
        """Whether no filing asked of speaks of what the question names.

        For yes or no, something must be in no passage, not even two characters of its name.
        """
        kind = material.query.kind
        if kind == "yesno":
            names = [need.words[0] for need in needs if need.is_name and not need.count]
            pieces = [[name[i : i + 2] for i in range(max(1, len(name) - 1))] for name in names]
            return any(not count for _, count in self._corpus.rarity(pieces, material.query.filing_ids))
        unheard = kind in ("number", "text", "list") and is_unheard_of(needs)
        missing = [need for need in needs if need.is_known and not need.count] if kind != "why" else []
        rows = [unit for unit in units_of(material.evidence) if unit.row is not None] if missing else []
        # 其他业务收入 is said by 收入 beside 其他业务.
        return unheard or any(not any(met(row, need) >= COMPOSED for row in rows) for need in missing)

    def _calculated(self, material: Material, needs: tuple[Need, ...]) -> Draft | None:
        query = material.query
        if query.kind == "yesno":
            return self._calculator.told_excess(query)
        each = query.kind == "list" and says("amount", query.text)
        if (each or query.kind in ("compare", "calc")) and (two := self._calculator.compare_two(query)):
            return two
        if query.kind in ("compare", "number", "text") and len(query.sides) == 0:
            return self._calculator.answer(query)
        if query.kind != "calc":
            return None
        by_formula = None if _is_of_a_product(material) else _checked(answer_by_formula(material), material)
        if (
            by_formula is not None
            and not _SPELT_OUT.search(query.text)
            and self._prints_ratio(material, needs)
        ):
            # What the filing itself prints goes before what its figures come to.
            return replace(self._told(material, needs), alternatives=((BY_FORMULA, by_formula.claims[0]),))
        return by_formula or self._calculator.answer(query)

    def _extreme(self, material: Material, needs: tuple[Need, ...]) -> Draft | None:
        if not asks_extreme(material.query):
            return None
        found = ranked(range(len(material.evidence)), needs, material)
        return extreme_row(material, found, self._beside_of)


def _is_of_a_product(material: Material) -> bool:
    """Whether a margin that filings tell of each product too is asked for one that a table has a row of."""
    if all(formula.key not in _OF_PRODUCTS for formula in find_formulas(material.query.text)):
        return False
    names = [term.text for term in material.query.terms if term.is_name]
    rows = (squeeze(row.label).lower() for piece in material.evidence for row in piece.passage.rows)
    return bool(names) and any(name in label for label in rows for name in names)


def _beside_formulas(material: Material, needs: tuple[Need, ...]) -> Draft | None:
    """The line items that a question names beside its formulas: 货币资金和有息负债各多少."""
    query, formulas = material.query, find_formulas(material.query.text)
    names = {name for formula in formulas for name in (formula.name, *formula.spoken)}
    operands = {key for formula in formulas for key in formula.operands}
    others = tuple(
        (key, word) for key, word in query.line_item_words if word not in names and key not in operands
    )
    if not others:
        return None
    asked = replace(query, line_items=tuple(key for key, _ in others), line_item_words=others)
    return _checked(answer_from_facts(replace(material, query=asked), needs), material)


def _after(first: Draft | None, told: Draft) -> Draft:
    """What is told, behind the claims of another draft; a refusal gives way to it, and is told of."""
    if first is None:
        return told
    if told.refusal is not None:
        return replace(first, warnings=(*first.warnings, told.refusal.message))
    return replace(told, claims=(*first.claims, *told.claims))


def _checked(draft: Draft | None, material: Material) -> Draft | None:
    """The draft if its first claim passes the check, without the claims that do not."""
    if draft is None:
        return None
    evidence = (draft.material or material).evidence
    passed = tuple(claim for claim in draft.claims if check(claim, evidence).passed)
    return replace(draft, claims=passed) if passed and passed[0] is draft.claims[0] else None
