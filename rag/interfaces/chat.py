"""`xunju chat`: a conversation in the terminal, kept and taken up again."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rag import Filters, StoreError, Turn, UserError, XunjuError
from rag.interfaces.asking import answered_aloud
from rag.interfaces.exits import in_words, say
from rag.interfaces.keeping import filed
from rag.interfaces.links import page_position
from rag.interfaces.options import opened
from rag.interfaces.show import answer_lines, page_in_words, shortened, tame

if TYPE_CHECKING:
    from rag import Answer, Assistant, Citation, Conversation

_GREETING = "请输入问题；:help 看有哪些命令，:quit 退出。"
_AROUND = 400  # characters of the page shown before and after the quote
_MOST_TURNS = 6  # earlier questions kept for a follow-up; a subject older than that has changed
_MOST_LISTED = 20
_LISTED_CHARS = 40
_GONE = {
    "changed": "（公告后来重新读入过，这句原文不在原处了，以下是当时的引文）",
    "removed": "（这份公告已从索引中移除，以下是当时的引文）",
}


def converse(config: Path | None, index: Path | None, *, use_model: bool, resume: bool) -> None:
    """Questions from standard input and their answers, until :quit or the end of the input."""
    _with_line_editing()
    with opened(config, index) as assistant:
        typer.echo(_GREETING)
        talk = _Talk(assistant, use_model, f"terminal:{_user()}")
        if resume:
            talk.hear(":resume")
        while (line := _typed()) is not None:
            if line in (":quit", ":q"):
                return
            talk.hear(line)


class _Talk:
    """What was said so far, and the last answer, whose citations can be opened."""

    def __init__(self, assistant: Assistant, use_model: bool, owner: str) -> None:
        self._assistant = assistant
        self._use_model = use_model
        self._owner = owner
        self._keeps = True
        self._begin()
        self._commands: dict[str, tuple[Callable[[str], None], str]] = {
            ":open": (self._open, "看引文所在的页，如 :open 1"),
            ":export": (self._export, "存下这段对话，如 :export 对话.docx（.md、.docx 或 .xlsx）"),
            ":new": (self._new, "换话题，另起一段对话"),
            ":history": (self._list, "列出以前的对话"),
            ":resume": (self._resume, "接着以前的对话，如 :resume 2；不写编号接最近一段"),
            ":forget": (self._forget, "删除以前的对话，如 :forget 2；不写编号删除当前这段"),
            ":help": (self._help, "看有哪些命令"),
        }

    def hear(self, line: str) -> None:
        """Answers a question or follows a command; what goes wrong is told, and the conversation goes on."""
        try:
            if line.startswith((":", "：")):
                self._follow(":" + line[1:])
            elif line:
                self._answer(line)
        except XunjuError as error:
            say(in_words(error))

    def _begin(self) -> None:
        """Nothing said yet."""
        self._turns: tuple[Turn, ...] = ()
        self._conversation = ""
        self._last: Answer | None = None
        self._standing: dict[int, str] = {}

    def _follow(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        if name not in self._commands:
            raise UserError(f"没有命令 {tame(name)}。可用的有：{'、'.join([*self._commands, ':quit'])}。")
        self._commands[name][0](rest.strip())

    def _answer(self, question: str) -> None:
        answer = answered_aloud(self._assistant, question, Filters(), self._turns, use_model=self._use_model)
        self._turns = (*self._turns, Turn(question, answer.answer))[-_MOST_TURNS:]
        self._last, self._standing = answer, {}
        typer.echo("\n".join(answer_lines(answer)))
        typer.echo("")
        if self._keeps:
            self._keep(answer)

    def _keep(self, answer: Answer) -> None:
        try:
            kept = self._assistant.conversations.record(answer, self._owner, self._conversation)
        except StoreError as error:
            self._keeps = False  # the index may be read-only: one can ask, and says so once
            say(f"这段对话没有保存：{in_words(error)}")
        else:
            self._conversation = kept.conversation_id

    def _open(self, number: str) -> None:
        """The page around the quote of a citation of the last answer."""
        citations = self._last.citations if self._last else ()
        chosen = next((c for c in citations if str(c.marker) == number.strip("[]")), None)
        if chosen is None:
            markers = "、".join(str(c.marker) for c in citations)
            raise UserError(f"上一个回答的引用有：{markers}。" if markers else "上一个回答没有引用。")
        typer.echo(f"—— {tame(chosen.source.source)} {page_in_words(chosen)} ——")
        gone = _GONE.get(self._standing.get(chosen.marker, ""))
        typer.echo(f"{gone}\n{tame(chosen.quote)}" if gone else self._around(chosen))

    def _around(self, chosen: Citation) -> str:
        page = self._assistant.page(chosen.source.filing_id, page_position(chosen.link))
        before = tame(page.text[max(0, chosen.start - _AROUND) : chosen.start])
        quote = typer.style(tame(page.text[chosen.start : chosen.end]), reverse=True)
        return f"{before}{quote}{tame(page.text[chosen.end : chosen.end + _AROUND])}"

    def _export(self, target: str) -> None:
        """Keeps the conversation as a file."""
        if not target or not self._conversation:
            raise UserError("还没有可以存的对话。" if target else "请写文件名，如 :export 对话.docx。")
        turns = self._assistant.conversations.turns(self._conversation, self._owner)
        with filed(self._assistant, target, title="公告问答对话") as keep:
            keep([turn.answer for turn in turns])

    def _new(self, _: str) -> None:
        self._begin()
        typer.echo("好，换个话题。")

    def _list(self, _: str) -> None:
        mine = self._mine()
        for number, card in enumerate(mine[:_MOST_LISTED], 1):
            now = "（当前）" if card.id == self._conversation else ""
            title = shortened(card.title, _LISTED_CHARS)
            typer.echo(f"{number}. {card.last[:10]} {title} · {card.turn_count} 问{now}")
        typer.echo(":resume 编号 接着问，:forget 编号 删除。" if mine else "还没有保存的对话。")

    def _resume(self, number: str) -> None:
        from rag import from_json

        card = self._chosen(number or "1")
        self._turns = self._assistant.conversations.history(card.id, self._owner)
        last = self._assistant.conversations.turns(card.id, self._owner)[-1]
        self._conversation, self._last = card.id, from_json(last.answer)
        shown = last.answer["citations"]
        cited = shown if isinstance(shown, list) else []
        self._standing = {citation["marker"]: citation["standing"] for citation in cited}
        typer.echo(
            f"接着 {card.last[:10]} 的对话，共 {card.turn_count} 问，最后一问：\n› {tame(last.question)}"
        )
        typer.echo("\n".join(answer_lines(self._last)))
        gone = sum(standing in _GONE for standing in self._standing.values())
        typer.echo(f"注意：其中 {gone} 条引文所在的公告后来已改动或移除。\n" if gone else "")

    def _forget(self, number: str) -> None:
        if not number and not self._conversation:
            raise UserError("当前还没有对话。用 :history 看编号，再写 :forget 编号。")
        gone = self._chosen(number).id if number else self._conversation
        self._assistant.conversations.forget(gone, self._owner)
        if gone == self._conversation:
            self._begin()
        typer.echo("已删除这段对话。")

    def _help(self, _: str) -> None:
        for name, (_follow, words) in self._commands.items():
            typer.echo(f"{name:<10}{words}")
        typer.echo(f"{':quit':<10}退出")

    def _mine(self) -> tuple[Conversation, ...]:
        return self._assistant.conversations.of(self._owner)

    def _chosen(self, number: str) -> Conversation:
        """The conversation of this number in the list."""
        mine = self._mine()
        if not mine:
            raise UserError("还没有保存的对话。")
        if not number.isdecimal() or not 1 <= int(number) <= len(mine):
            raise UserError(f"没有第 {tame(number)} 段对话。用 :history 看编号。")
        return mine[int(number) - 1]


def _user() -> str:
    """Who sits at the terminal, as the system names them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's number without a name
        return str(os.getuid())


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
