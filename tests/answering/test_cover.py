from __future__ import annotations

from rag.answering.cover import cover, cover_of_two


def test_words_are_covered_in_whatever_order_a_text_says_them() -> None:
    assert cover("存货账面余额", "账面余额存货") == 1.0


def test_single_signs_cover_nothing() -> None:
    assert cover("账面余额", "账户余地") == 0.0


def test_what_only_the_surroundings_say_is_worth_less() -> None:
    assert cover_of_two("存货账面余额", "账面余额", "存货", 0.5) == (4 + 2 * 0.5) / 6


def test_no_words_are_not_covered() -> None:
    assert cover("", "存货") == 0.0
