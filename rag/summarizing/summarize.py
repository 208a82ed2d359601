"""A wish becomes a summary: pieces gathered, weighed, chosen, checked, and said with their markers."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.answering.answer import Answer, Refusal
from rag.answering.assist import Desk
from rag.answering.compose import compose
from rag.answering.draft import Draft, Material
from rag.answering.phrase import issuer_name
from rag.answering.relevance import Need, needs_of
from rag.checking.check import check
from rag.checking.claim import Claim
from rag.errors import ModelError, UserError
from rag.filings.fiscal import in_chinese
from rag.filings.text import squeeze
from rag.retrieval.evidence import Evidence
from rag.retrieval.understand import about
from rag.summarizing.changes import row_pieces
from rag.summarizing.choose import LEAST_WORTH, choose
from rag.summarizing.coverage import left_out
from rag.summarizing.lists import list_pieces
from rag.summarizing.order import arranged, spoken
from rag.summarizing.piece import Piece
from rag.summarizing.scope import DEFAULT, Part, Scope, evidence_of, scope_of
from rag.summarizing.sentences import sentence_pieces
from rag.summarizing.weigh import is_unheard_of, section_weight, weigh
from rag.summarizing.wish import SummaryRequest, Wish, read_wish
from rag.summarizing.written import Order, Writer

# A summary cites every sentence: the usual number of citations of an answer is no limit.
CITATIONS = 200
PER_SENTENCE = 110


@dataclass(frozen=True, slots=True)
class Plan:
    """A request understood: what is read, how long, and what it keeps to."""

    request: SummaryRequest
    wish: Wish
    scope: Scope
    room: int
    needs: tuple[Need, ...]

    @property
    def strict(self) -> bool:
        """Whether only what speaks of the focus may be said: one is given, and it names something."""
        query = self.scope.query
        return bool(self.request.focus and (query.terms or query.line_items))


def summarize(
    desk: Desk, request: SummaryRequest, default_chars: int, writer: Callable[[], Writer] | None = None
) -> Answer:
    """The summary of a request, or a refusal: by a model where a writer is given, else in the filings' own words.

    Where the model fails the words are the filings', and a warning tells why.  UserError: no such filing or
    section, or no sentence fits in the length.
    """
    started = time.perf_counter()
    plan = plan_of(desk, request, default_chars)
    refusal = plan.scope.refusal or (_unheard_of(plan) if plan.strict else None)
    if refusal is not None:
        return refused(desk, plan, refusal, started)
    told: tuple[str, ...] = ()
    if writer is not None:
        try:
            return _written(desk, plan, writer(), started)
        except ModelError as error:
            told = (f"{error}已改用摘录式概括。",)
    return _extracted(desk, plan, started, told)


def _written(desk: Desk, plan: Plan, writer: Writer, started: float) -> Answer:
    """The summary in a model's words, every part read; ModelError where it fails."""
    evidence = [piece for part in plan.scope.parts for piece in read_of(part)[0]]
    scope = "；".join(_named(part) for part in plan.scope.parts)
    length = f"不超过 {plan.room} 字" + (f"，正好 {plan.wish.sentences} 句" if plan.wish.sentences else "")
    asked = " ".join(filter(None, (asked_of(plan), plan.request.section, plan.request.focus)))
    draft = writer.write(
        Material(plan.scope.query, tuple(evidence), ()), Order(asked, f"公告：{scope}", length, plan.room)
    )
    return replace(composed(desk, plan, draft, evidence, started), answerer=f"model:{writer.model.name}")


def _named(part: Part) -> str:
    filing = part.filing
    return f"{issuer_name(filing)}《{filing.title}》" + (in_chinese(filing.period) if filing.period else "")


def _extracted(desk: Desk, plan: Plan, started: float, told: tuple[str, ...]) -> Answer:
    """The summary in the filings' own words."""
    drafts = [_drafted(desk, plan, part) for part in plan.scope.parts]
    chosen = [piece for draft in drafts for piece in draft.pieces]
    if not chosen:
        return refused(desk, plan, _nothing(plan, drafts), started)
    evidence = [piece for draft in drafts for piece in draft.evidence]
    claims = _claims(plan, drafts)
    return composed(desk, plan, Draft(claims, warnings=told), evidence, started)


def asked_of(plan: Plan) -> str:
    """The wish in words."""
    return plan.request.instruction or plan.request.focus or DEFAULT


def read_of(part: Part) -> tuple[list[Evidence], list[int]]:
    """The passages of a part that are read, and where each may be said from; of a whole filing, those that weigh."""
    evidence, starts = evidence_of(part)
    pairs = [
        (piece, start)
        for piece, start in zip(evidence, starts, strict=True)
        if piece.passage.kind != "box" and (part.chosen or section_weight(piece.passage.section) > 0)
    ]
    return [piece for piece, _ in pairs], [start for _, start in pairs]


def plan_of(desk: Desk, request: SummaryRequest, default_chars: int) -> Plan:
    """What is read for a request, and how long its summary may be."""
    wish = read_wish(request.instruction)
    scope = scope_of(desk, request, wish)
    several = PER_SENTENCE * wish.sentences if wish.sentences else default_chars
    room = request.max_chars or wish.max_chars or several
    return Plan(request, wish, scope, room, _needs(desk, request, wish, scope))


def refused(desk: Desk, plan: Plan, refusal: Refusal, started: float) -> Answer:
    """A refusal in the shape of an answer."""
    return Answer(
        asked_of(plan),
        refusal.message,
        refusal=refusal,
        elapsed_ms={"total": _ms(started)},
        index_generation=desk.index.generation,
    )


def composed(desk: Desk, plan: Plan, draft: Draft, evidence: Sequence[Evidence], started: float) -> Answer:
    """The draft's claims as an answer, with what it leaves out told as a warning."""
    material = Material(plan.scope.query, tuple(evidence), ())
    settings = desk.settings.model_copy(update={"max_citations": CITATIONS})
    made = compose(material, draft, desk.reader, settings)
    return Answer(
        asked_of(plan),
        made.answer,
        citations=made.citations,
        figures=made.figures,
        usage=draft.usage,
        warnings=(*draft.warnings, *(() if plan.strict else left_out(desk, plan.scope, made.citations))),
        elapsed_ms={"total": _ms(started)},
        index_generation=desk.index.generation,
        prompt_hash=draft.prompt_hash,
    )


def _ms(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)


@dataclass(frozen=True, slots=True)
class _PartDraft:
    """One filing's pieces in the order to be said, the candidates they were chosen from, and the evidence."""

    part: Part
    pieces: list[Piece]
    candidates: list[Piece]
    evidence: list[Evidence]


def _drafted(desk: Desk, plan: Plan, part: Part) -> _PartDraft:
    """The pieces of one filing that pass the check, within its share of the room."""
    whole = not part.chosen
    evidence, starts = read_of(part)
    key_only = whole and not plan.wish.changes
    pieces = [
        *sentence_pieces(evidence, starts),
        *list_pieces(evidence),
        *row_pieces(evidence, key_only=key_only),
    ]
    weighed = weigh(pieces, plan.wish, plan.needs, whole=whole, strict=plan.strict)
    leading = whole and not plan.needs
    room = plan.room // len(plan.scope.parts) - len(_lead(plan, part))

    def passes(piece: Piece) -> bool:
        return check(piece.claim, evidence).passed

    chosen = choose(weighed, room, passes, key_weight=float(leading))
    return _PartDraft(part, arranged(chosen, key_first=leading), weighed, evidence)


def _lead(plan: Plan, part: Part) -> str:
    """What names the filing before its sentences, where there are several or the period is not said."""
    filing = part.filing
    name = issuer_name(filing)
    period = in_chinese(filing.period) if filing.period else ""
    return f"{name}{period}：" if len(plan.scope.parts) > 1 else name + period


def _claims(plan: Plan, drafts: Sequence[_PartDraft]) -> tuple[Claim, ...]:
    """The pieces of every filing as claims, quotes pointing into all the evidence."""
    claims: list[Claim] = []
    offset = 0
    for draft in drafts:
        own = spoken(draft.pieces, plan.wish.sentences, draft.evidence, named=len(drafts) == 1)
        if len(drafts) > 1 and own:
            own = [replace(own[0], text=f"{_lead(plan, draft.part)}{own[0].text}"), *own[1:]]
        claims += [
            replace(c, quotes=tuple(replace(q, evidence=q.evidence + offset) for q in c.quotes)) for c in own
        ]
        offset += len(draft.evidence)
    return tuple(claims)


def _needs(desk: Desk, request: SummaryRequest, wish: Wish, scope: Scope) -> tuple[Need, ...]:
    """What the summary keeps to: the focus, else what the instruction names beside filing and section."""
    words = request.focus or wish.topic
    if not words or scope.refusal is not None:
        return ()
    query = about(replace(scope.query, terms=scope.query.terms), words)
    needs = needs_of(query, desk.corpus)
    if request.focus:
        return needs
    known = squeeze(
        request.section + "".join(p.filing.title + "".join(p.filing.issuer.names) for p in scope.parts)
    )
    return tuple(
        need for need in needs if not any(word in known.lower() for word in need.words[:1]) and need.count
    )


def _unheard_of(plan: Plan) -> Refusal | None:
    """The refusal where no passage says what the focus names."""
    if not is_unheard_of(plan.needs):
        return None
    return Refusal("not_disclosed", f"已通读{_titles(plan)}，没有找到对“{plan.request.focus}”的披露。")


def _titles(plan: Plan) -> str:
    return "、".join(f"《{part.filing.title}》" for part in plan.scope.parts)


def _nothing(plan: Plan, drafts: Sequence[_PartDraft]) -> Refusal:
    """Why nothing can be said: the part is tables and boxes, or (UserError) no sentence is short enough."""
    candidates = [piece for draft in drafts for piece in draft.candidates if piece.worth >= LEAST_WORTH]
    if candidates:
        shortest = min(candidates, key=lambda piece: len(piece.text))
        raise UserError(
            f"{plan.room} 个字写不下一句完整的话；最短的一句有 {len(shortest.text)} 字。请放宽字数。"
        )
    words = "这一部分没有可以摘录的内容（只有表格、勾选项，或写明不适用）。"
    if plan.request.focus:
        words = f"没有找到对“{plan.request.focus}”的披露。"
    return Refusal("not_disclosed", f"已通读{_titles(plan)}，{words}")
