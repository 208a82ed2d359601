from __future__ import annotations

import pytest

from rag.summarizing.wish import read_wish


@pytest.mark.parametrize(
    ("instruction", "length"),
    [
        ("用800字以内概括", 800),
        ("概括核心竞争力，400字左右，最多500字", 500),
        ("不超过三百字", 300),
        ("大约200字", 200),
        ("两百字以内", 200),
        ("概括主要内容", None),
    ],
)
def test_the_length_is_read_from_the_words(instruction: str, length: int | None) -> None:
    assert read_wish(instruction).max_chars == length


@pytest.mark.parametrize(
    ("instruction", "count"), [("三句话说清楚", 3), ("3句话", 3), ("一句话", 1), ("概括要点", None)]
)
def test_the_number_of_sentences_is_read_from_the_words(instruction: str, count: int | None) -> None:
    assert read_wish(instruction).sentences == count


@pytest.mark.parametrize(
    ("instruction", "reader"),
    [
        ("给基金经理看的", "基金经理"),
        ("给董秘办存档用", "投资者关系"),
        ("给审计底稿用", "审计"),
        ("概括", None),
    ],
)
def test_the_reader_is_read_from_the_words(instruction: str, reader: str | None) -> None:
    found = read_wish(instruction).reader
    assert (found.name if found else None) == reader


def test_the_topic_is_what_is_left() -> None:
    assert read_wish("概括这份报告里关于分红、回购的内容，350字以内。").topic == "分红 回购"


def test_a_wish_for_changes_is_heard() -> None:
    assert read_wish("列出主要科目的大幅变动及原因").changes
