"""A summary written by a language model: every part read and noted, the notes reduced, each sentence checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rag.answering.draft import Draft, Material
from rag.answering.prompts import load_prompt
from rag.answering.reply import ModelReply, parse_reply, reply_schema
from rag.answering.said_claims import checked_reply, failed_lines, mended
from rag.answering.showing import Shown, show_in_parts
from rag.checking.check import CheckedClaim
from rag.errors import ModelError
from rag.models.chain import Chain, answer_chain
from rag.models.chat import LanguageModel, Message, Reply
from rag.settings import LlmSettings

# Notes that fail the check are dropped; a summary of which more than this share fails is not used at all.
MOST_FAILED = 0.5


@dataclass(frozen=True, slots=True)
class Order:
    """What the model is asked for: the instruction, what is read, the length in words and in characters."""

    instruction: str
    scope: str
    length: str
    room: int


@dataclass(slots=True)
class Writer:
    """One summary on its way through the model; `usage` adds up the tokens of all replies."""

    model: LanguageModel
    llm: LlmSettings
    max_quote_chars: int
    usage: dict[str, int] = field(default_factory=dict)
    hashes: list[str] = field(default_factory=list)

    def write(self, material: Material, order: Order) -> Draft:
        """The checked sentences in the model's order, within the length; ModelError where too few pass."""
        try:
            return self._written(material, order)
        except ModelError as error:
            error.tokens_spent = max(error.tokens_spent, 0) + self.usage.get("total", 0)
            raise

    def _written(self, material: Material, order: Order) -> Draft:
        shown, parts = show_in_parts(material, self.llm.evidence_tokens)
        whole = [shown.variables[key] for key in parts[0]]
        if len(parts) > 1:
            whole = [self._noted(part, shown, material, order) for part in parts]
        text = "\n\n".join(filter(None, whole))
        if not text:
            raise ModelError("模型没有从公告中记下任何要点。")
        values = {"instruction": order.instruction, "scope": order.scope, "length": order.length}
        reply = self._ask("summary", {**values, "evidence": text})
        checked = self._mended(reply, shown, material, order)
        passed = [one for one in checked if one.passed]
        if not passed or len(checked) - len(passed) > MOST_FAILED * len(checked):
            raise ModelError("模型写的摘要没有通过核对，未予采用。")
        kept = _within(passed, order.room)
        if not kept:
            raise ModelError("模型写的摘要超过了篇幅。")
        return Draft(
            tuple(one.claim for one in kept),
            warnings=tuple(_warnings(len(checked) - len(passed), len(passed) - len(kept))),
            usage=dict(self.usage),
            prompt_hash="+".join(dict.fromkeys(self.hashes)),
        )

    def _mended(
        self, reply: ModelReply, shown: Shown, material: Material, order: Order
    ) -> list[CheckedClaim]:
        """The sentences checked, the failed ones written anew once from what they lean on."""
        checked = checked_reply(reply, shown, material, self.max_quote_chars)
        failed = [(said, one) for said, one in zip(reply.claims, checked, strict=True) if not one.passed]
        if not failed:
            return checked
        keys = dict.fromkeys(key for said, _ in failed for key in said.evidence if key in shown.variables)
        values = {
            "question": order.instruction,
            "scope": order.scope,
            "evidence": "\n\n".join(shown.variables[key] for key in keys) or "（无）",
            "facts": "（无）",
            "failed": failed_lines([one for _, one in failed]),
        }
        try:
            again = self._ask("repair", values)
        except ModelError:
            return checked
        return mended(checked, again, shown, material, self.max_quote_chars)

    def _noted(self, part: Sequence[str], shown: Shown, material: Material, order: Order) -> str:
        """The notes of one part that pass the check, each behind the ids it leans on; "" where there are none."""
        text = "\n\n".join(shown.variables[key] for key in part)
        values = {"instruction": order.instruction, "scope": order.scope, "evidence": text}
        reply = self._ask("summary_notes", values)
        checked = checked_reply(reply, shown, material, self.max_quote_chars)
        return "\n".join(
            f"[{', '.join(said.evidence)}] {said.text}"
            for said, one in zip(reply.claims, checked, strict=True)
            if one.passed
        )

    def _ask(self, name: str, values: Mapping[str, str]) -> ModelReply:
        """The parsed reply to a prompt, through the chain."""
        prompt = load_prompt(name)
        self.hashes.append(prompt.hash)
        schema = None if self.llm.structured == "text" else reply_schema()

        def model(messages: Sequence[Message]) -> Reply:
            reply = self.model.reply(messages, schema)
            for key, tokens in reply.usage.items():
                self.usage[key] = self.usage.get(key, 0) + tokens
            return reply

        chain: Chain[Mapping[str, str], ModelReply] = answer_chain(
            prompt.turns, lambda given: given, model, lambda reply: _parsed(reply.text)
        )
        return chain.invoke(values)


def _parsed(text: str) -> ModelReply:
    """The reply; an empty list of claims is one too: nothing worth noting."""
    try:
        return parse_reply(text)
    except ModelError:
        if '"claims"' in text and "[]" in "".join(text.split()):
            return ModelReply()
        raise


def _within(passed: Sequence[CheckedClaim], room: int) -> list[CheckedClaim]:
    """The sentences in order, without the shortest that make room where there are too many; the first one stays."""
    kept = list(passed)
    while len(kept) > 1 and (over := sum(map(_size, kept)) - room) > 0:
        enough = [one for one in kept[1:] if _size(one) >= over]
        kept.remove(min(enough, key=_size) if enough else max(kept[1:], key=_size))
    return kept if sum(map(_size, kept)) <= room else []


def _size(one: CheckedClaim) -> int:
    """The characters of a sentence with its full stop."""
    return len(one.claim.text) + (not one.claim.text.endswith(("。", "；", "！", "？")))


def _warnings(failed: int, over: int) -> list[str]:
    told = [f"模型的摘要中有 {failed} 句没有通过核对，已略去。"] if failed else []
    return [*told, *([f"模型的摘要超过篇幅，略去了 {over} 句。"] if over else [])]
