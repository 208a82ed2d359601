"""The model answerer: evidence to a model, its reply to claims, each checked, the failed ones repaired once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from rag.answering.answer import Refusal, RefusalReason
from rag.answering.draft import Draft, Material
from rag.answering.prompts import Prompt, load_prompt
from rag.answering.record import Record
from rag.answering.reply import ModelReply, parse_reply, reply_schema, whole_claims
from rag.answering.said_claims import checked_claim, checked_reply, failed_lines, mended
from rag.answering.showing import Shown, show
from rag.checking.check import CheckedClaim
from rag.errors import ModelError
from rag.filings.amount import find_amounts
from rag.models.chain import Chain, answer_chain
from rag.models.chat import LanguageModel, Message, Reply
from rag.settings import AnswerSettings, LlmSettings

_MESSAGES = {
    "not_disclosed": "公告中没有披露所问的内容。",
    "not_found": "没有找到所问公司或期间的公告。",
    "ambiguous": "问题有几种理解，请说明公司、期间或口径。",
    "conflicting": "公告中的说法互相矛盾。",
    "unsupported_premise": "前提有误：问题的前提与公告不符。",
    "out_of_scope": "问题与公告无关。",
}
# Questions whose answer is a figure: sentences beside it do not make up for its loss.
_FIGURE_KINDS = frozenset({"number", "compare", "calc"})
NOTHING_LEFT = "模型的回答没有通过核对，未予采用。"


@dataclass(frozen=True, slots=True)
class ModelAnswerer:
    """An answerer that lets a model write and believes none of it unchecked.

    `keep` receives a record of each question, its evidence and the replies.
    """

    model: LanguageModel
    llm: LlmSettings
    answer: AnswerSettings = field(default_factory=AnswerSettings)
    keep: Callable[[Record], None] | None = None

    @property
    def name(self) -> str:
        """`model:NAME`."""
        return f"model:{self.model.name}"

    def draft(self, material: Material, say: Callable[[str], None] | None = None) -> Draft:
        """Checked claims or a refusal; ModelError where the model fails or nothing of its reply passes.

        The error's message is fit to be shown as a warning above the extractive answer.
        """
        return _Round(self, material, show(material, self.llm.evidence_tokens), say).draft()


@dataclass(slots=True)
class _Round:
    """One question on its way through the model."""

    answerer: ModelAnswerer
    material: Material
    shown: Shown
    say: Callable[[str], None] | None
    started: float = field(default_factory=time.monotonic)
    usage: dict[str, int] = field(default_factory=dict)
    hashes: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    spoken: set[str] = field(default_factory=set)

    def draft(self) -> Draft:
        try:
            reply = self._ask(load_prompt("answer"), {}, _Listener(self) if self.say else None)
            checked = checked_reply(reply, self.shown, self.material, self._limit)
            if any(not one.passed for one in checked):
                checked = self._repaired(checked)
        except ModelError as error:
            error.tokens_spent = max(error.tokens_spent, 0) + self.usage.get("total", 0)
            raise
        finally:
            self._record()
        draft = drafted(reply, checked, self.material, self.usage.get("total", 0))
        self._speak([one for one in checked if one.passed])
        return replace(draft, usage=dict(self.usage), prompt_hash="+".join(self.hashes))

    def _repaired(self, checked: list[CheckedClaim]) -> list[CheckedClaim]:
        """The claims with the failed ones written anew once."""
        if self._left() <= 0:
            return checked
        failed = [one for one in checked if not one.passed]
        try:
            reply = self._ask(load_prompt("repair"), {"failed": failed_lines(failed)}, None)
        except ModelError:
            return checked
        return mended(checked, reply, self.shown, self.material, self._limit)

    @property
    def _limit(self) -> int:
        return self.answerer.answer.max_quote_chars

    def _left(self) -> float:
        return self.answerer.llm.timeout_s - (time.monotonic() - self.started)

    def _ask(self, prompt: Prompt, more: dict[str, str], listen: Callable[[str], None] | None) -> ModelReply:
        """The parsed reply to a prompt, through the chain."""
        self.hashes.append(prompt.hash)
        schema = None if self.answerer.llm.structured == "text" else reply_schema()

        def model(messages: Sequence[Message]) -> Reply:
            reply = self.answerer.model.reply(messages, schema, listen, self._left())
            self.replies.append(reply.text)
            for key, tokens in reply.usage.items():
                self.usage[key] = self.usage.get(key, 0) + tokens
            return reply

        known = {**self.shown.variables, **more}
        variables = {key: known[key] for key in prompt.placeholders}
        chain: Chain[Material, ModelReply] = answer_chain(
            prompt.turns, lambda _: variables, model, lambda reply: parse_reply(reply.text)
        )
        return chain.invoke(self.material)

    def _speak(self, passed: Sequence[CheckedClaim]) -> None:
        """Say the sentences that have not been said while the reply came."""
        for one in passed:
            if self.say and one.claim.text not in self.spoken:
                self.spoken.add(one.claim.text)
                self.say(one.claim.text)

    def hear(self, text: str, count: int) -> int:
        """Say the claims of a growing reply beyond the first `count` that pass; how many it holds now."""
        claims = list(whole_claims(text))
        for said in claims[count:]:
            one = checked_claim(said, self.shown, self.material, self._limit)
            if one.passed:
                self._speak([one])
        return len(claims)

    def _record(self) -> None:
        if self.answerer.keep and self.replies:
            self.answerer.keep(Record.of(self.answerer.model.name, self.material, self.shown, self.replies))


class _Listener:
    """Collects a streamed reply and says each sentence once it is whole and checked."""

    def __init__(self, heard: _Round) -> None:
        self._round = heard
        self._text = ""
        self._count = 0

    def __call__(self, token: str) -> None:
        self._text += token
        if "}" in token:
            self._count = self._round.hear(self._text, self._count)


def drafted(
    reply: ModelReply, checked: Sequence[CheckedClaim], material: Material, tokens_spent: int = 0
) -> Draft:
    """What is left of a reply once its claims are checked; ModelError where that is nothing, or beside the point."""
    refusal = _refusal(reply)
    passed = [one for one in checked if one.passed]
    if (not passed and refusal is None) or _lost_its_point(checked, passed, material):
        raise ModelError(NOTHING_LEFT, tokens_spent=tokens_spent)
    told = refusal if refusal and (not passed or refusal.reason == "unsupported_premise") else None
    left_out = len(checked) - len(passed)
    warnings = (f"模型的回答中有 {left_out} 句没有通过核对，已略去。",) if left_out else ()
    return Draft(tuple(one.claim for one in passed), told, warnings=warnings)


def _lost_its_point(
    checked: Sequence[CheckedClaim], passed: Sequence[CheckedClaim], material: Material
) -> bool:
    """Whether the direct answer was a figure that failed, and one was asked for or no sentence left gives any."""
    if not passed or not checked or checked[0].passed or not _has_figure(checked[0].claim.text):
        return False
    return material.query.kind in _FIGURE_KINDS or not any(one.figures for one in passed)


def _has_figure(text: str) -> bool:
    return bool(find_amounts(text)) or "{result}" in text


def _refusal(reply: ModelReply) -> Refusal | None:
    """The refusal in our terms; a message with figures in it is replaced, since nothing holds them."""
    if reply.refusal is None:
        return None
    reason: RefusalReason = "not_disclosed"
    for known in get_args(RefusalReason):
        if reply.refusal.reason == known:
            reason = known
    message = reply.refusal.message
    safe = message and not find_amounts(message) and not any(map(str.isdigit, message))
    return Refusal(reason, message if safe else _MESSAGES[reason])
