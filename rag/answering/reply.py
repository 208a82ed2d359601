"""What a model may reply, read leniently: fenced, followed by prose, cut off, or piece by piece."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from rag.errors import ModelError

_MAX_TEXT = 600
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_CLAIMS = re.compile(r'"claims"\s*:\s*\[')


def _ids(value: object) -> object:
    """Ids given as one string, as numbers or as null become a list of strings."""
    if value is None:
        return []
    given = value if isinstance(value, list) else [value]
    return [str(one).strip().strip("[]") for one in given]


def _flat(value: object) -> object:
    return "" if value is None else value.strip()[:_MAX_TEXT] if isinstance(value, str) else value


def _pointers(value: object) -> object:
    """Figures given as pairs, or as objects with the evidence first; anything else points nowhere."""
    given = value.items() if isinstance(value, dict) else ()
    pairs = {str(name): list(one.values()) if isinstance(one, dict) else one for name, one in given}
    return {
        name: (str(pair[0]).strip().strip("[]"), str(pair[1]).strip())
        for name, pair in pairs.items()
        if isinstance(pair, list) and len(pair) >= 2
    }


class _Loose(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


Ids = Annotated[list[str], BeforeValidator(_ids)]
Text = Annotated[str, BeforeValidator(_flat)]


Pointers = Annotated[dict[str, tuple[str, str]], BeforeValidator(_pointers)]


class SaidClaim(_Loose):
    """One sentence and the ids (of evidence or facts) it leans on.

    With a `formula` over fact ids and the names in `figures` (evidence id, printed text) the sentence has
    `{result}` where the result in `unit` goes.  `number` names the failed sentence that a repair replaces.
    """

    text: Text
    evidence: Ids = Field(default_factory=list)
    formula: Text = ""
    unit: Text = ""
    figures: Pointers = Field(default_factory=dict)
    number: int | None = None


class SaidRefusal(_Loose):
    """Why the model would not answer."""

    reason: Text = "not_disclosed"
    message: Text = ""


class ModelReply(_Loose):
    """A whole reply."""

    refusal: SaidRefusal | None = None
    claims: list[SaidClaim] = Field(default_factory=list)


def reply_schema() -> dict[str, Any]:
    """The JSON schema of a reply, for models that take one."""
    return ModelReply.model_json_schema()


def parse_reply(text: str) -> ModelReply:
    """The reply in a model's text; of a cut-off one the sentences that are whole.

    ModelError: there is no JSON object of the wanted shape in it.
    """
    bare = _THOUGHT.sub("", text)
    for candidate in _objects(bare):
        if not {"claims", "refusal"} & candidate.keys():
            continue
        reply = _validated(candidate)
        if reply is not None:
            return reply
    claims = list(whole_claims(bare))
    if claims:
        return ModelReply(claims=claims)
    raise ModelError("模型没有按约定的格式回答；请重试，或换一个模型。", retryable=True)


def _validated(value: dict[str, Any]) -> ModelReply | None:
    """The reply with the parts that have the right shape; one bad claim does not spoil the others."""
    given = value.get("claims")
    claims = [claim for one in (given if isinstance(given, list) else []) if (claim := _claim(one))]
    refusal = None
    if isinstance(value.get("refusal"), dict):
        with suppress(ValidationError):
            refusal = SaidRefusal.model_validate(value["refusal"])
    return ModelReply(refusal=refusal, claims=claims) if claims or refusal else None


def _claim(value: object) -> SaidClaim | None:
    try:
        claim = SaidClaim.model_validate(value)
    except ValidationError:
        return None
    return claim if claim.text else None


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Every outermost JSON object in the text."""
    decoder = json.JSONDecoder()
    position = text.find("{")
    while position >= 0:
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            position = text.find("{", position + 1)
            continue
        if isinstance(value, dict):
            yield value
        position = text.find("{", end)


def whole_claims(text: str) -> Iterator[SaidClaim]:
    """The claims that have come in full, of a reply that is still coming or was cut off."""
    start = _CLAIMS.search(text)
    if start is None:
        return
    decoder = json.JSONDecoder()
    position = start.end()
    while (brace := re.compile(r"[\s,]*(?=\{)").match(text, position)) is not None:
        try:
            value, position = decoder.raw_decode(text, brace.end())
        except (ValueError, RecursionError):
            return
        claim = _claim(value)
        if claim:
            yield claim
