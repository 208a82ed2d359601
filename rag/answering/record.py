"""Records of what a model was shown and replied, and their replay through parse and check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rag.answering.draft import Material
from rag.answering.reply import parse_reply
from rag.answering.said_claims import checked_reply, mended
from rag.answering.showing import Shown
from rag.checking.check import CheckedClaim
from rag.errors import ModelError, UserError


@dataclass(frozen=True, slots=True)
class Record:
    """One question, its evidence under the ids shown, and the replies as they came.

    `model` says who replied (a person playing the model says so in the name).  Prompts are not kept: a
    changed prompt does not void the record.
    """

    model: str
    question: str
    evidence: Material
    evidence_ids: dict[str, int]
    fact_ids: dict[str, str]
    reply: str
    repair: str | None = None

    @classmethod
    def of(cls, model: str, material: Material, shown: Shown, replies: Sequence[str]) -> Record:
        """The record of one question; what was not shown is left out, but for facts of tables that were."""
        kept = list(shown.evidence.values())
        passages = {material.evidence[index].passage.id for index in kept}
        told = [*shown.facts.values(), *(fact for fact in material.facts if fact.passage_id in passages)]
        facts = tuple({fact.id: fact for fact in told}.values())
        return cls(
            model,
            material.query.asked,
            Material(material.query, tuple(material.evidence[index] for index in kept), facts),
            {key: kept.index(index) for key, index in shown.evidence.items()},
            {key: fact.id for key, fact in shown.facts.items()},
            replies[0],
            replies[1] if len(replies) > 1 else None,
        )

    @property
    def shown(self) -> Shown:
        """The ids as the model saw them."""
        by_id = {fact.id: fact for fact in self.evidence.facts}
        facts = {key: by_id[fact] for key, fact in self.fact_ids.items() if fact in by_id}
        return Shown(self.evidence_ids, facts, {})


_RECORD = TypeAdapter(Record)


def to_line(record: Record) -> str:
    """The record as one line of JSON."""
    return _RECORD.dump_json(record).decode() + "\n"


def read_records(path: Path) -> list[Record]:
    """The records of a file, one a line; UserError where a line is none."""
    records: list[Record] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                records.append(_RECORD.validate_json(line))
            except ValidationError as error:
                raise UserError(
                    f"{path.name} 第 {number} 行不是有效的记录；请删去该行，或重新记录。"
                ) from error
    return records


def replay(record: Record, max_quote_chars: int = 300) -> tuple[CheckedClaim, ...]:
    """The claims of the replies as today's parser and check judge them, a repair included.

    ModelError where the first reply does not parse.
    """
    shown, material = record.shown, record.evidence
    checked = checked_reply(parse_reply(record.reply), shown, material, max_quote_chars)
    if record.repair is not None and any(not one.passed for one in checked):
        try:
            checked = mended(checked, parse_reply(record.repair), shown, material, max_quote_chars)
        except ModelError:
            return tuple(checked)
    return tuple(checked)
