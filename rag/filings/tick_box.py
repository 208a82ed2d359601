"""Tick boxes in every spelling that filings print: `□适用 √不适用`, `☒是 ☐否`, `R 适用 £ 不适用`.

Symbol fonts (Wingdings, Wingdings 2) reach the text as private-use characters, or, where their encoding
was lost, as the Latin characters on the same keys; those count only before an answer and beside a second box.
"""

from __future__ import annotations

import re

_ANSWER = "(?:不适用|适用|是|否|有|无)"
_TICKS = "√✓✔☑☒■🗹⊠\uf050\uf052\uf053\uf054\uf06e\uf0fc\uf0fd\uf0fe"
_EMPTY = "□☐▢◻\uf02a\uf06f\uf071\uf0a3\uf0a8"
_VAGUE_TICKS, _VAGUE_EMPTY = "RPþü●", "£¨o○◯"
BOX_SIGNS = _TICKS + _EMPTY
BOX_OPENERS = BOX_SIGNS + _VAGUE_TICKS + _VAGUE_EMPTY
BOX = rf"(?:[{BOX_SIGNS}]|(?<![A-Za-z])[{_VAGUE_TICKS}{_VAGUE_EMPTY}])\s*{_ANSWER}"
_GROUP = re.compile(rf"(?:{BOX}\s*)+")
_CLEAR = re.compile(f"[{BOX_SIGNS}]")
_ONE = re.compile(BOX)
_TICKED = re.compile(rf"(?:[{_TICKS}]|(?<![A-Za-z])[{_VAGUE_TICKS}])\s*({_ANSWER})")


def boxes_length(text: str) -> int:
    """How many characters the row of boxes at the start of `text` takes; 0 where there is none."""
    found = _GROUP.match(text)
    if found is None or not (_CLEAR.search(found[0]) or len(_ONE.findall(found[0])) > 1):
        return 0
    return found.end()


def ticked_answer(text: str) -> str:
    """The answer behind the first ticked box in `text`; empty where no box is ticked."""
    found = _TICKED.search(text)
    return found[1] if found else ""


def drawn(boxes: str) -> str:
    """Boxes with the signs that every font has: √ for any tick, □ for any empty box."""
    shown = re.sub(rf"[{_TICKS}{_VAGUE_TICKS}](?=\s*{_ANSWER})", "√", boxes)
    return re.sub(rf"[{_EMPTY}{_VAGUE_EMPTY}](?=\s*{_ANSWER})", "□", shown)
