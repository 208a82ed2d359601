"""The codes and short names of an issuer's shares (A, B, H): from the head of a filing and its company card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.filings.page import Page
from rag.structure.doubt import Doubt
from rag.structure.statement import Statement, head_of, plain

_HEAD_LINES = 15
_CARD_PAGES = re.compile(r"中文名称|公司简介|股票简况|公司信息|公司基本情况")
_CODE_LABEL = re.compile(
    r"(?:公司|证券|股票|[ABH]\s?股(?:股票)?)\s?代\s?码|简\s?称及(?:股票)?代\s?码|股\s?票\s?代\s?码"
)
# A window behind a label ends where something else begins: postcodes look like codes.
_OTHER = re.compile(
    r"地址|邮政|邮编|电话|传真|法定代表|中文名称|其他有关|存托凭证简况|注册|登记|信用代码|编号|债券|转债|优先股"
)
_WINDOW = 160
_A = r"(?:00[0-4]|30[0-2]|60[0-35]|68[89])\d{3}|(?:43|83|87|88|92)\d{4}"
_B = r"(?:200|201|900)\d{3}"
_CODE = re.compile(rf"(?<![\d.,-])(?:(?P<six>{_A}|{_B})|(?P<five>0\d{{4}}))(?![\d,]|\.\d)")
_H = re.compile(r"(?<!\d)(\d{4,5})\s?(?:\.HK|\(H\s?股)|H\s?股(?:股票|证券)?\s?代\s?码\s?:?\s?(\d{4,5})(?!\d)")
_A_SHARE = re.compile(_A)
_NAME = r"(?:\*?ST ?)?[\u4e00-\u9fffA-Za-z]{2,9}(?: ?[ABH](?![A-Za-z]))?"
_SHORT = re.compile(
    r"(?<!变更前)(?<!变更前的)(?:公司|证券|股票|A\s?股)(?:股票)?\s?简\s?称"
    rf"\s?:?\s?({_NAME}(?:、{_NAME})*)(?=[\s,。;、]|$)"
)
_NAMED_CODE = re.compile(rf"((?:\*?ST ?)?[\u4e00-\u9fff]{{2,8}}(?: ?[AB])?)\s+(?:{_A}|{_B}|0\d{{4}})(?!\d)")
_CARD_SHORT = re.compile(r"公司的?中文简称(?:\(如有\))?\s?:?\s?([\u4e00-\u9fffA-Za-z]{2,10})(?=\s|$)")
_LABELS = re.compile(
    r"代码|简称|股票|上市|交易所|变更|不适用|公司|公告|编号|行情|种类|名称|板块|转债|[ABH]股"
)
_SHARE_CLASS = re.compile(r"(?<=[\u4e00-\u9fff])[ABH]$")


@dataclass(frozen=True, slots=True)
class Shares:
    """Codes in print order, short names, other names, and the doubt where codes disagree."""

    codes: tuple[Statement, ...] = ()
    short_names: tuple[Statement, ...] = ()
    also_called: tuple[str, ...] = ()
    doubt: Doubt | None = None


def shares_of(pages: Sequence[Page]) -> Shares:
    """The shares that the head of the first two pages and the company card name."""
    head = [(page.position, head_of(page, _HEAD_LINES)) for page in pages[:2]]
    cards = [(page.position, text) for page in pages if _CARD_PAGES.search(text := plain(page))]
    codes = _unique(code for at, text in (*head, *cards) for code in _codes(at, text))
    shorts = _unique(name for at, text in (*head, *cards) for name in _shorts(at, text))
    codes, doubt = _one_a_share(codes)
    called = [
        found[1] for _, text in cards if (found := _CARD_SHORT.search(text)) and not _LABELS.search(found[1])
    ]
    bases = [_SHARE_CLASS.sub("", name.value) for name in shorts]
    others = dict.fromkeys([name.value for name in shorts[1:]] + bases + called)
    own = shorts[0].value if shorts else ""
    return Shares(tuple(codes), tuple(shorts), tuple(n for n in others if n != own), doubt)


def _unique(found: Iterator[Statement]) -> list[Statement]:
    kept: dict[str, Statement] = {}
    for statement in found:
        kept.setdefault(statement.value, statement)
    return list(kept.values())


def _windows(text: str) -> Iterator[str]:
    for label in _CODE_LABEL.finditer(text):
        window = text[label.end() : label.end() + _WINDOW]
        other = _OTHER.search(window)
        yield window[: other.start()] if other else window


def _codes(position: int, text: str) -> Iterator[Statement]:
    for window in _windows(text):
        for found in _CODE.finditer(window):
            yield Statement(found["six"] or found["five"], position)
    for found in _H.finditer(text):
        yield Statement((found[1] or found[2]).zfill(5), position)


def _shorts(position: int, text: str) -> Iterator[Statement]:
    for found in _SHORT.finditer(text):
        for name in found[1].split("、"):
            if not _LABELS.search(name):
                yield Statement("".join(name.split()), position)
    for window in _windows(text):
        for found in _NAMED_CODE.finditer(window):
            if not _LABELS.search(found[1]):
                yield Statement("".join(found[1].split()), position)


def _one_a_share(codes: list[Statement]) -> tuple[list[Statement], Doubt | None]:
    """The codes with only the first A share: an issuer has one, another code is somebody else's or a slip."""
    domestic = [code for code in codes if _A_SHARE.fullmatch(code.value)]
    if len(domestic) < 2:
        return codes, None
    one, other = domestic[:2]
    kept = [code for code in codes if code is one or code not in domestic]
    return kept, Doubt(
        "stock_code",
        f"第 {one.page} 页的证券代码 {one.value} 与第 {other.page} 页的 {other.value} 不同，以前者为准；请核对。",
    )
