"""Over Socket Mode the same listener acknowledges and answers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from queue import Queue

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from tests.interfaces.slack import workspace as slack
from tests.interfaces.slack.conftest import Bot, Heard

server = pytest.importorskip("websockets.sync.server")


@pytest.fixture
def acknowledged(bot: Bot) -> Iterator[Queue[str]]:
    """Delivers the same message twice to whoever connects; what came back."""
    came: Queue[str] = Queue()
    over = threading.Event()

    def talk(connection: object) -> None:
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))  # type: ignore[attr-defined]
        for envelope in ("e1", "e2"):
            payload = json.loads(slack.event("营收多少"))
            connection.send(  # type: ignore[attr-defined]
                json.dumps({"type": "events_api", "envelope_id": envelope, "payload": payload})
            )
            came.put(connection.recv(timeout=60))  # type: ignore[attr-defined]
        over.wait(60)  # the bot hangs up, not we

    with server.serve(talk, "127.0.0.1", 0) as serving:
        bot.place.socket = f"ws://127.0.0.1:{serving.socket.getsockname()[1]}/"
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield came
        over.set()
        serving.shutdown()


@pytest.mark.timeout(200)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_envelope_is_acknowledged_and_its_question_answered_once(
    bot: Bot, heard: Heard, acknowledged: Queue[str]
) -> None:
    handler = SocketModeHandler(bot.listener.app, "xapp-test")
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        envelopes = [json.loads(acknowledged.get(timeout=60))["envelope_id"] for _ in range(2)]
    finally:
        handler.close()  # type: ignore[no-untyped-call]
    (message,) = bot.settled().shown()
    assert (envelopes, "关于营收多少的回答。" in message.text) == (["e1", "e2"], True)
