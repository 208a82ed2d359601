from __future__ import annotations

import pytest

from rag.store.tokens import dictionary_tag, tokenize


def test_ideographs_give_bigrams_and_longer_words() -> None:
    assert tokenize("净利润") == ["净利", "利润", "净利润"]


def test_a_line_wrap_inside_a_word_is_closed() -> None:
    assert tokenize("销售人 员\n人均") == tokenize("销售人员人均")


@pytest.mark.parametrize(
    ("printed", "tokens"),
    [
        ("1,448", ["1448"]),
        ("38,079.22", ["38079.22"]),
        ("１，４４８", ["1448"]),
        ("12.5%", ["12.5"]),
        ("600000", ["600000"]),
        ("Q-GPT", ["q-gpt", "q", "gpt"]),
        ("600000.SH", ["600000.sh", "600000", "sh"]),
        ("2024-06-30", ["2024-06-30", "2024", "06", "30"]),
        ("2024H1", ["2024h1"]),
        ("2023,2024", ["2023", "2024"]),
        ("元", ["元"]),
        ("", []),
        ("。 ，—", []),
    ],
)
def test_numbers_and_latin_words_stay_whole(printed: str, tokens: list[str]) -> None:
    assert tokenize(printed) == tokens


@pytest.mark.parametrize(("word", "tag"), [("医疗", "n"), ("长江", "ns"), ("棠屿", "")])
def test_only_words_of_the_dictionary_have_a_tag(word: str, tag: str) -> None:
    assert dictionary_tag(word) == tag
