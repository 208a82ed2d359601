"""The pages that an answer cites, as pictures in the thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from slack_sdk import WebClient

from rag import XunjuError
from rag.interfaces.links import page_position
from rag.interfaces.show import place as where
from rag.interfaces.slack.reply import Place

if TYPE_CHECKING:
    from rag import Answer, Assistant

_MOST = 2  # pages shown; the others are a click away


def show_pages(assistant: Assistant, client: WebClient, place: Place, answer: Answer) -> None:
    """Uploads the first pages cited; text filings have no picture.  SlackClientError where Slack refuses."""
    for title, name, picture in _pages(assistant, answer):
        client.files_upload_v2(
            channel=place.channel, thread_ts=place.thread, filename=name, title=title, content=picture
        )


def _pages(assistant: Assistant, answer: Answer) -> Iterator[tuple[str, str, bytes]]:
    """Title, file name and PNG of each page once, in the order of the markers."""
    seen: list[tuple[str, int]] = []
    for citation in answer.citations:
        page = (citation.source.filing_id, page_position(citation.link))
        if page in seen or len(seen) == _MOST:
            continue
        with suppress(XunjuError):
            picture = assistant.page_image(*page)
            seen.append(page)
            yield f"[{citation.marker}] {where(citation)}", f"page-{page[1]}.png", picture
