"""Links into the viewer, as they are shown and read away from the web page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag import Hit

_LINK_ID = 16  # hexadecimal signs of a filing's id, as in the links of citations
_POSITION = re.compile(r"\?p=(\d+)&")


def viewer_url(base: str, link: str) -> str:
    """The whole address of a link (`/v/…`) under the web page's address; empty where either is missing."""
    return f"{base.rstrip('/')}{link}" if base and link else ""


def page_position(link: str) -> int:
    """The page that a link leads to, counted from 1, also in filings whose pages have no number."""
    found = _POSITION.search(link)
    return int(found[1]) if found else 1


def page_link(filing_id: str, position: int) -> str:
    """The viewer's link of a whole page."""
    return f"/v/{filing_id[:_LINK_ID]}?p={position}"


def hit_link(hit: Hit) -> str:
    """The viewer's link of a passage found; empty where its page has no number."""
    source = hit.source
    if source.page is None:
        return ""
    return f"/v/{source.filing_id[:_LINK_ID]}?p={source.page}&c={hit.start}-{hit.end}"
