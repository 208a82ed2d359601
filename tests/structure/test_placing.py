"""Rows with fewer figures than columns; the figures are invented."""

from __future__ import annotations

from collections.abc import Sequence

from rag.filings.passage import Column
from rag.structure.placing import figures_of, settled

MOVEMENTS = ("期初余额", "本期增加", "本期减少", "期末余额")


def heads(*words: str | tuple[str, ...]) -> list[tuple[Column, tuple[str, ...]]]:
    levels = [(word,) if isinstance(word, str) else word for word in words]
    return [
        (Column("".join(level), measure="ratio" if "比例" in level[-1] else "amount"), level)
        for level in levels
    ]


def place(columns: Sequence[str | tuple[str, ...]], *rows: tuple[str, str]) -> list[tuple[int, ...]]:
    """The columns of the figures of rows, each a label and its figures."""
    return settled([figures_of(label, figures.split(), heads(*columns)) for label, figures in rows])


def test_a_figure_that_may_close_or_leave_the_row_is_left_open() -> None:
    assert place(MOVEMENTS, ("某项", "100.00 30.00 130.00")) == [(0, 1, -1)]


def test_the_total_tells_the_balance_that_is_left() -> None:
    rows = ("某项", "100.00 30.00 130.00"), ("合计", "100.00 30.00 0.00 130.00")
    assert place(MOVEMENTS, *rows)[0] == (0, 1, 3)


def test_two_equal_figures_alone_may_be_balances_or_movements() -> None:
    assert place(MOVEMENTS, ("某项", "30.00 30.00")) == [(-1, -1)]


def test_the_total_tells_movements_from_balances() -> None:
    placed = place(
        MOVEMENTS,
        ("甲", "100.00 50.00 40.00 110.00"),
        ("乙", "30.00 30.00"),
        ("合计", "100.00 80.00 70.00 110.00"),
    )
    assert placed[1] == (1, 2)


def test_a_lone_figure_stands_where_the_total_needs_it() -> None:
    placed = place(
        ("本期发生额", "上期发生额"), ("甲", "10.00 20.00"), ("乙", "5.00"), ("合计", "10.00 25.00")
    )
    assert placed[1] == (1,)


def test_a_row_inside_another_is_not_added_twice() -> None:
    placed = place(
        ("本期发生额", "上期发生额"),
        ("一、甲", "10.00 20.00"),
        ("其中:丙", "4.00 6.00"),
        ("丁", "6.00 14.00"),
        ("二、乙", "5.00"),
        ("合计", "15.00 20.00"),
    )
    assert placed[3] == (0,)


def test_a_share_stands_beside_what_it_is_a_share_of() -> None:
    columns = (("期末", "金额"), ("期末", "比例(%)"), ("期初", "金额"), ("期初", "比例(%)"))
    rows = ("甲", "10.00 100.00 20.00 99.00"), ("乙", "0.20 1.00"), ("合计", "10.00 100.00 20.20 100.00")
    assert place(columns, *rows)[1] == (2, 3)


def test_a_total_without_allowance_has_its_net_value() -> None:
    columns = tuple(
        (period, word) for period in ("期末", "期初") for word in ("账面余额", "减值准备", "账面价值")
    )
    assert place(columns, ("合计", "10.00 10.00 20.00 20.00")) == [(0, 2, 3, 5)]


def test_increases_of_a_class_are_found_down_its_column() -> None:
    rows = (
        ("1.期初余额", "10.00 20.00 30.00"),
        ("2.本期增加金额", "5.00 5.00"),
        ("(1)购置", "5.00 5.00"),
        ("4.期末余额", "10.00 25.00 35.00"),
    )
    assert place(("房屋", "设备", "合计"), *rows)[1:3] == [(1, 2), (1, 2)]


def test_sums_that_never_come_out_place_nothing() -> None:
    assert place(MOVEMENTS, ("某项", "100.00 30.00 75.00")) == [(-1, -1, -1)]
