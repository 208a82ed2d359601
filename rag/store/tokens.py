"""Tokens for lexical search; passages and questions are cut by the same function."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType

# Unified ideographs with extensions, and compatibility ideographs that NFKC leaves.
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_GAP = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_PIECE = re.compile(
    rf"(?P<cjk>[{_CJK}]+)"
    r"|(?P<grouped>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d))"
    rf"|(?P<plain>[^\W_{_CJK}]+(?:[-.&+/_'][^\W_{_CJK}]+)*)"
)
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_JOINER = re.compile(r"[-.&+/_']")

# Words of two characters are bigrams already; shorter ones tell nothing beside them.
SHORTEST_WORD = 3


def tokenize(text: str) -> list[str]:
    """The search tokens of a text, in order, repeated as often as they occur.

    `营业收入` gives its words of three characters and more and its character bigrams; a lone ideograph
    stands for itself.  `1,448.50` gives `1448.50`; `Q-GPT` gives `q-gpt`, `q` and `gpt`.  White space
    between ideographs is a line wrap and is closed first.  Traditional characters stay as they are.
    """
    plain = _GAP.sub("", unicodedata.normalize("NFKC", text).lower())
    return list(_tokens(plain))


# The commonest surnames of China, nine of ten people; the segmenter alone takes any rare word for a name.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿"
)
_PERSON = re.compile(rf"[{_CJK}]{{2,3}}")


def person_names(text: str) -> list[str]:
    """Words of two or three ideographs that the segmenter takes for a person's name, in order.

    A lone surname is told with the word behind it (王, 启明: 王启明).
    """
    tagged = _segmenter().tag(text)
    found: list[str] = []
    for n, (word, tag) in enumerate(tagged):
        if tag.startswith("nr") and word[0] in _SURNAMES:
            whole = word + (tagged[n + 1][0] if len(word) == 1 and n + 1 < len(tagged) else "")
            if _PERSON.fullmatch(whole):
                found.append(whole)
    return found


@lru_cache(maxsize=1)
def _segmenter() -> ModuleType:
    # The import loads the dictionary, 0.25 s: it waits until the first text is cut.
    import rjieba

    return rjieba


def _tokens(text: str) -> Iterator[str]:
    for piece in _PIECE.finditer(text):
        found = piece.group()
        if piece.lastgroup == "cjk":
            yield from _ideographs(found)
        elif piece.lastgroup == "grouped":
            yield found.replace(",", "")
        else:
            yield from _latin(found)


def _ideographs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
        return
    for start in range(len(run) - 1):
        yield run[start : start + 2]
    for word in _segmenter().cut(run):
        if len(word) >= SHORTEST_WORD:
            yield word


def _latin(word: str) -> Iterator[str]:
    yield word
    if not _DECIMAL.fullmatch(word):
        parts = _JOINER.split(word)
        if len(parts) > 1:
            yield from parts


def tagged_words(text: str) -> list[tuple[str, str]]:
    """The words of a text with their part of speech (ICTCLAS tags: n noun, v verb, m number …), in order."""
    plain = _GAP.sub("", unicodedata.normalize("NFKC", text).lower())
    found: list[tuple[str, str]] = []
    for piece in _PIECE.finditer(plain):
        if piece.lastgroup == "cjk":
            found.extend(_segmenter().tag(piece.group()))
        else:
            number = piece.group()[0].isdigit()
            found.append((piece.group(), "m" if number else "eng"))
    return found


def dictionary_tag(word: str) -> str:
    """The part of speech of a word that the segmenter's dictionary has; empty for any other."""
    pieces = _segmenter().tag(word, False)  # False: no guessing of new words
    return str(pieces[0][1]) if len(pieces) == 1 else ""
