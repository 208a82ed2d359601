"""What people ask in Slack, answered: questions in their conversation, files, a few words of command."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rag import StoreError, UserError, XunjuError
from rag.interfaces.exits import in_words
from rag.interfaces.slack.messages import Message, answer_messages, plain_messages
from rag.interfaces.slack.reply import Delivery, Place
from rag.interfaces.slack.uploads import SharedFile, Uploads

if TYPE_CHECKING:
    from rag import Answer, Assistant

_logger = logging.getLogger("xunju.slack")
_HELP = (
    "直接提问即可，例如：某公司2024年上半年营业收入多少，同比呢？\n"
    "在频道里请 @ 我；同一消息列里的追问接着上一问。\n"
    "公告列表：看读入了哪些公告；删除对话：删去这一消息列的问答记录；"
    "上传 PDF、Word、网页或文本文件：读入公告（须有权限）。"
)
_BROKEN = "程序出错了，这一问没有答成。请稍后再试；如果总是这样，请管理员查看日志。"
_MOST_LISTED = 50


class Desk:
    """Answers into deliveries; safe to use from several threads, one question of a conversation at a time."""

    def __init__(self, assistant: Assistant, uploads: Uploads) -> None:
        self._assistant = assistant
        self._uploads = uploads
        self._turns = _Turns()
        self._words = {
            "": lambda _: _HELP, "帮助": lambda _: _HELP, "help": lambda _: _HELP,
            "公告列表": self._list, "删除对话": self._forget,
        }  # fmt: skip

    def hear(
        self, place: Place, text: str, shared: Sequence[SharedFile], delivery: Delivery
    ) -> Answer | None:
        """The answer, once it is delivered; None for files and words of command, and where it went wrong."""
        with self._turns.of(place.owner):
            try:
                return self._heard(place, text, shared, delivery)
            except XunjuError as error:
                delivery.finish(plain_messages(in_words(error)))
            except Exception:
                delivery.finish(plain_messages(_BROKEN))
                raise
        return None

    def judge(self, turn: int, verdict: str, user: str) -> str:
        """What a member is told of their feedback, stored once however often they press."""
        if self._assistant.take_once(f"slack-feedback/{turn}/{user}/{verdict}"):
            self._assistant.give_feedback(self._assistant.conversations.turn(turn, None), verdict)
        return "已记下，谢谢。"

    def _heard(
        self, place: Place, text: str, shared: Sequence[SharedFile], delivery: Delivery
    ) -> Answer | None:
        taken = plain_messages("\n".join(self._uploads.take(shared, place.user))) if shared else []
        if taken and not text:
            delivery.finish(taken)
            return None
        if text in self._words:
            delivery.finish([*taken, *plain_messages(self._words[text](place))])
            return None
        answer, messages = self._answer(place, text, delivery)
        delivery.finish([*taken, *messages])
        return answer

    def _answer(self, place: Place, question: str, delivery: Delivery) -> tuple[Answer, list[Message]]:
        mine = self._assistant.conversations.of(place.owner)
        conversation = mine[0].id if mine else ""
        history = self._assistant.conversations.history(conversation, place.owner) if mine else ()
        answer = self._assistant.answer(question, history=history, say=delivery.grow)
        turn = self._kept(answer, place.owner, conversation)
        return answer, answer_messages(answer, self._assistant.settings.slack.viewer_url, turn)

    def _kept(self, answer: Answer, owner: str, conversation: str) -> int | None:
        """The number of the turn stored; None where it could not be, which is no reason to hold the answer back."""
        try:
            return self._assistant.conversations.record(answer, owner, conversation).id
        except StoreError as error:
            _logger.warning("对话没有保存：%s", error)
            return None

    def _list(self, _: Place) -> str:
        filings = self._assistant.filings()
        lines = [f"{one.issuer.short_name or one.issuer.name} {one.period} {one.title}" for one in filings]
        if not lines:
            raise UserError("还没有读入公告。")
        more = f"\n……共 {len(lines)} 份" if len(lines) > _MOST_LISTED else ""
        return "\n".join(line.strip() for line in lines[:_MOST_LISTED]) + more

    def _forget(self, place: Place) -> str:
        gone = self._assistant.conversations.forget_all(place.owner)
        return "已删除这段对话的记录；频道里的消息请在 Slack 里删除。" if gone else "这里没有保存的对话。"


class _Turns:
    """A lock for each conversation while somebody waits for it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._waiting: dict[str, int] = defaultdict(int)

    @contextmanager
    def of(self, owner: str) -> Iterator[None]:
        with self._guard:
            lock = self._locks[owner]
            self._waiting[owner] += 1
        try:
            with lock:
                yield
        finally:
            with self._guard:
                self._waiting[owner] -= 1
                if not self._waiting[owner]:
                    del self._locks[owner], self._waiting[owner]
