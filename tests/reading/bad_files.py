"""Files made to harm their reader."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

TEXT = b"BT /F1 12 Tf 50 500 Td (Revenue 1,234.56) Tj ET\n"
_HEAD = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
)
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    parts, starts, at = [b"%PDF-1.4\n"], [], 9
    for number, body in enumerate(objects, 1):
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        starts.append(at)
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at)
    return b"".join(parts) + head + table + tail


def one_page(content: bytes, *, packed: int = 0, more: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page with this content, compressed so many times, and with `more` objects that nobody uses."""
    for _ in range(packed):
        content = zlib.compress(content)
    filters = b"/Filter[" + b"/FlateDecode" * packed + b"]"
    stream = b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content)
    return raw_pdf([*_HEAD, stream, _FONT, *more])


def looped() -> bytes:
    """A PDF whose page tree holds itself and claims two thousand million pages."""
    return raw_pdf([_HEAD[0], b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2000000000>>", _HEAD[2]])
