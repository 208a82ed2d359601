"""What tests do on the page, and answers made up for it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, Route

from rag import Assistant, to_json

QUESTION = "珀宁医疗2024年上半年营业收入是多少，同比增长多少？"
ANSWER = "463,190,513.06元"
Json = dict[str, Any]


def ask(page: Page, question: str = QUESTION) -> None:
    """Types a question, sends it and waits for the whole answer."""
    before = page.locator(".reply .answer").count()
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.locator(".reply .answer").nth(before).wait_for()


def painted(page: Page) -> list[list[float]]:
    """The rectangles painted for the chosen citation, in points of their page: page, x0, y0, x1, y1."""
    found = page.eval_on_selector_all(
        ".box.active",
        """(boxes) => boxes.map((box) => {
            const page = box.closest(".page"), whole = page.getBoundingClientRect();
            const own = box.getBoundingClientRect();
            const zoom = whole.width / parseFloat(box.parentElement.style.width);
            const [left, right] = [own.left - whole.left, own.right - whole.left];
            const [top, bottom] = [own.top - whole.top, own.bottom - whole.top];
            return [Number(page.dataset.page), left / zoom, top / zoom, right / zoom, bottom / zoom];
        })""",
    )
    return [list(map(float, one)) for one in found]


def covered(
    assistant: Assistant, filing: str, position: int, rects: list[list[float]]
) -> NDArray[np.float64]:
    """For each character of a page the part of its box that the rectangles cover; NaN for white space."""
    page = assistant.page(filing, position)
    assert page.boxes is not None
    boxes = page.boxes.astype(np.float64)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    best = np.zeros(len(boxes))
    for _, x0, y0, x1, y1 in (rect for rect in rects if rect[0] == position):
        wide = np.minimum(boxes[:, 2], x1) - np.maximum(boxes[:, 0], x0)
        high = np.minimum(boxes[:, 3], y1) - np.maximum(boxes[:, 1], y0)
        best = np.fmax(best, np.clip(wide, 0, None) * np.clip(high, 0, None) / area)
    return np.where(np.isnan(area), np.nan, best)


def stored_answer(assistant: Assistant, question: str = QUESTION) -> Json:
    """A real answer as JSON, to be altered."""
    return json.loads(json.dumps(to_json(assistant.answer(question))))


def answering(page: Page, answers: list[Json]) -> None:
    """Makes the page get these answers, one a question, the last one again and again."""
    left = list(answers)

    def fulfil(route: Route) -> None:
        answer = {"conversation": "", "turn": None, **(left.pop(0) if len(left) > 1 else left[0])}
        told = [("sources", []), ("sentence", {"text": answer["answer"]}), ("answer", answer)]
        body = "".join(f"event: {name}\ndata: {json.dumps(value)}\n\n" for name, value in told)
        route.fulfill(body=body, content_type="text/event-stream")

    page.route("**/api/ask/stream", fulfil)
