"""A bot over a real index and a workspace on loopback; what it answers is made up by the tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from slack_bolt import BoltResponse

import rag
from rag import Assistant, Settings, open_assistant
from rag.interfaces.slack.listener import Listener
from rag.interfaces.slack.running import make_listener, web_client
from tests.interfaces.slack import workspace as slack
from tests.interfaces.slack.workspace import SECRET, Workspace

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@pytest.fixture
def place() -> Iterator[Workspace]:
    with slack.workspace() as made:
        yield made


@pytest.fixture
def assistant(own_index: Path) -> Iterator[Assistant]:
    own = Settings()
    changed = {
        "index": own.index.model_copy(update={"path": own_index}),
        "slack": own.slack.model_copy(update={"viewer_url": "https://xunju.example", "uploaders": ("U1",)}),
    }
    opened = open_assistant(own.model_copy(update=changed))
    yield opened
    opened.close()


@dataclass
class Bot:
    """The bot as Slack sees it; `settled` waits until every message is answered."""

    listener: Listener
    place: Workspace
    responses: list[BoltResponse] = field(default_factory=list)

    def deliver(self, body: str, kind: str = JSON, **signing: object) -> int:
        """The status of one delivery."""
        response = self.listener.app.dispatch(slack.signed(body, kind, **signing))  # type: ignore[arg-type]
        self.responses.append(response)
        return int(response.status)

    def settled(self) -> Workspace:
        self.listener.close()
        return self.place


@pytest.fixture
def bot(assistant: Assistant, place: Workspace) -> Iterator[Bot]:
    made = start(assistant, place)
    yield made
    made.listener.close()


def start(assistant: Assistant, place: Workspace) -> Bot:
    client = web_client("xoxb-test", base_url=f"{place.url}/api/")
    return Bot(make_listener(assistant, client, SECRET), place)


@dataclass
class Heard:
    """What the assistant was asked, and what it says."""

    questions: list[str] = field(default_factory=list)
    histories: list[list[str]] = field(default_factory=list)
    says: Callable[[str], rag.Answer] = lambda question: rag.Answer(question, f"关于{question}的回答。")
    sentences: tuple[str, ...] = ()
    turn: threading.Lock = field(default_factory=threading.Lock)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Answers at once what the test says; nothing is looked up."""
    told = Heard()

    def answer(
        _: object,
        question: str,
        *,
        history: tuple[rag.Turn, ...] = (),
        say: Callable[[str], None],
        **__: object,
    ) -> rag.Answer:
        with told.turn:
            told.questions.append(question)
            told.histories.append([turn.question for turn in history])
        for sentence in told.sentences:
            say(sentence)
        return told.says(question)

    monkeypatch.setattr(rag.Assistant, "answer", answer)
    return told
