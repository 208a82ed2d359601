"""`xunju chat`: a conversation in the terminal."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rag import Filters, Turn, XunjuError
from rag.interfaces.asking import answered_aloud
from rag.interfaces.exits import in_words, say
from rag.interfaces.options import opened
from rag.interfaces.show import answer_lines, page_in_words, tame

if TYPE_CHECKING:
    from rag import Answer, Assistant

_GREETING = "请输入问题。:open 1 看引文 [1] 所在的页，:new 换话题，:quit 退出。"
_AROUND = 400  # characters of the page shown before and after the quote
_MOST_TURNS = 6  # earlier questions kept for a follow-up; a subject older than that has changed


def converse(config: Path | None, index: Path | None, *, use_model: bool) -> None:
    """Questions from standard input and their answers, until :quit or the end of the input."""
    _with_line_editing()
    with opened(config, index) as assistant:
        typer.echo(_GREETING)
        talk = _Talk(assistant, use_model)
        while (line := _typed()) is not None:
            if line in (":quit", ":q"):
                return
            try:
                talk.hear(line)
            except XunjuError as error:
                say(in_words(error))


class _Talk:
    """What was said so far, and the last answer, whose citations can be opened."""

    def __init__(self, assistant: Assistant, use_model: bool) -> None:
        self._assistant = assistant
        self._use_model = use_model
        self._turns: list[Turn] = []
        self._last: Answer | None = None

    def hear(self, line: str) -> None:
        """Answers a question or follows a command."""
        if line == ":new":
            self._turns.clear()
            typer.echo("好，换个话题。")
        elif line.startswith(":open"):
            typer.echo(self._page_of(line.removeprefix(":open").strip()))
        elif line.startswith(":"):
            typer.echo(_GREETING)
        elif line:
            self._answer(line)

    def _answer(self, question: str) -> None:
        answer = answered_aloud(self._assistant, question, Filters(), self._turns, use_model=self._use_model)
        self._turns = [*self._turns, Turn(question, answer.answer)][-_MOST_TURNS:]
        self._last = answer
        typer.echo("\n".join(answer_lines(answer)))
        typer.echo("")

    def _page_of(self, number: str) -> str:
        """The page around the quote of a citation of the last answer."""
        citations = self._last.citations if self._last else ()
        chosen = next((c for c in citations if str(c.marker) == number.strip("[]")), None)
        if chosen is None:
            markers = "、".join(str(c.marker) for c in citations)
            return f"上一个回答的引用有：{markers}。" if markers else "上一个回答没有引用。"
        text = self._assistant.page(chosen.source.filing_id, chosen.source.page or 1).text
        before = tame(text[max(0, chosen.start - _AROUND) : chosen.start])
        after = tame(text[chosen.end : chosen.end + _AROUND])
        quote = typer.style(tame(text[chosen.start : chosen.end]), reverse=True)
        return f"—— {chosen.source.source} {page_in_words(chosen)} ——\n{before}{quote}{after}"


def _typed() -> str | None:
    """The line typed; None at the end of the input."""
    try:
        return input("› ").strip()
    except EOFError:
        typer.echo("")
        return None


def _with_line_editing() -> None:
    """Arrow keys and earlier lines at the prompt, where the platform has them."""
    with suppress(ImportError):
        import readline  # noqa: F401  importing it is all it takes
