"""Answers as Slack messages: text in sections, citations as links to the viewer, buttons for feedback."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.interfaces.links import hit_link, viewer_url
from rag.interfaces.show import REASONS, origin, place, shortened
from rag.interfaces.slack.splitting import pieces
from rag.interfaces.slack.wording import escaped

if TYPE_CHECKING:
    from rag import Answer, Citation, Hit

Block = dict[str, object]

# Slack refuses a section over 3,000 characters, a message over 50 blocks or about 13,200 characters.
SECTION_CHARS = 2900
MESSAGE_CHARS = 12_000
MESSAGE_BLOCKS = 45
QUOTE_CHARS = 200  # a quote is shown to recognise it; the link shows all of it
FEEDBACK = "xunju_feedback"
_VERDICTS = {"good": "👍 有用", "wrong_figure": "数字不对", "wrong_page": "页码不对", "missing": "没答全"}
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its blocks, and the same in plain words for notifications and screen readers."""

    blocks: tuple[Block, ...]
    text: str


def answer_messages(answer: Answer, base: str, turn: int | None) -> list[Message]:
    """An answer or refusal as messages in their order; `base` is the web page's address, empty for no links.

    The last one has the buttons for feedback on `turn`, where it was stored.
    """
    blocks = [*_said(answer, base), *_evidence(answer, base), *_beside(answer)]
    if turn is not None:
        blocks.append(_buttons(turn))
    return _packed(blocks)


def plain_messages(text: str) -> list[Message]:
    """Words of ours as messages."""
    return _packed(_section(escaped(piece)) for piece in pieces(text, SECTION_CHARS, _escaped_size))


def _said(answer: Answer, base: str) -> Iterator[Block]:
    links = {citation.marker: viewer_url(base, citation.link) for citation in answer.citations}
    refusal = answer.refusal
    said = f"{REASONS[refusal.reason]}：{refusal.message}" if refusal else answer.answer

    def marked(text: str) -> str:
        return _MARKER.sub(lambda found: _link(links.get(int(found[1]), ""), found[0]), escaped(text))

    for piece in pieces(said, SECTION_CHARS, lambda text: len(marked(text))):
        yield _section(marked(piece))


def _evidence(answer: Answer, base: str) -> Iterator[Block]:
    for citation in answer.citations:
        yield _section(_cited(citation, base))
    for hit in answer.nearest if answer.refused else ():
        yield _section(_found(hit, base))


def _cited(citation: Citation, base: str) -> str:
    head = _link(viewer_url(base, citation.link), f"[{citation.marker}] {place(citation)}")
    return f"{head}\n>{escaped(shortened(citation.quote, QUOTE_CHARS))}"


def _found(hit: Hit, base: str) -> str:
    head = _link(viewer_url(base, hit_link(hit)), f"最接近的段落 {hit.rank}：{place(hit)}")
    return f"{head}\n>{escaped(shortened(hit.text, QUOTE_CHARS))}"


def _beside(answer: Answer) -> Iterator[Block]:
    """What stands beside the answer, in small print, and who worded it."""
    refusal = answer.refusal
    if answer.calculation is not None:
        yield from _small(f"算式：{answer.calculation.formula}；得 {answer.calculation.result.text}")
    for other in answer.alternatives:
        yield from _small(f"另：{other.label} {other.text}[{other.marker}]")
    if refusal and refusal.searched:
        yield from _small(f"查看过：{'；'.join(refusal.searched)}")
    if refusal and refusal.options:
        yield from _small(f"可选：{'；'.join(refusal.options)}")
    for warning in answer.warnings:
        yield from _small(f"注意：{warning}")
    if answer.suggestions:
        yield from _small(f"可以接着问：{'；'.join(answer.suggestions)}")
    if not answer.refused:
        yield from _small(origin(answer))


def _buttons(turn: int) -> Block:
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": f"{FEEDBACK}_{verdict}",
                "text": {"type": "plain_text", "text": words},
                "value": f"{turn}:{verdict}",
            }
            for verdict, words in _VERDICTS.items()
        ],
    }


def _section(mrkdwn: str) -> Block:
    return {"type": "section", "text": _text(mrkdwn)}


def _small(text: str) -> Iterator[Block]:
    for piece in pieces(text, SECTION_CHARS, _escaped_size):
        yield {"type": "context", "elements": [_text(escaped(piece))]}


def _text(mrkdwn: str) -> Block:
    """Text whose names and addresses Slack leaves alone; only our own links are links."""
    return {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}


def _link(url: str, words: str) -> str:
    """Words that lead to the viewer, or the words where there is none; `words` are not yet escaped."""
    label = escaped(" ".join(words.split())).replace("|", "｜")
    return f"<{escaped(url)}|{label}>" if url else label


def _escaped_size(text: str) -> int:
    return len(escaped(text))


def _packed(blocks: Iterable[Block]) -> list[Message]:
    """Neighbouring blocks in one message while it is legal."""
    messages: list[list[Block]] = []
    size = 0
    for block in blocks:
        added = len(_words(block))
        if not messages or len(messages[-1]) >= MESSAGE_BLOCKS or size + added > MESSAGE_CHARS:
            messages.append([])
            size = 0
        messages[-1].append(block)
        size += added
    return [Message(tuple(blocks), "\n".join(filter(None, map(_words, blocks)))) for blocks in messages]


def _words(block: Block) -> str:
    """The text that a block shows."""
    text = block.get("text")
    if isinstance(text, dict):
        return str(text["text"])
    elements = block.get("elements")
    shown = [one for one in elements if one.get("type") == "mrkdwn"] if isinstance(elements, list) else []
    return "".join(str(one["text"]) for one in shown)
