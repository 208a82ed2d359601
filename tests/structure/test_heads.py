"""Heads of tables whose lines came one after the other; the words are those of the notes' forms."""

from __future__ import annotations

from rag.structure.heads import known_until, leveled, mended, role_of, total_name


def test_the_pieces_of_broken_words_are_put_together_in_their_order() -> None:
    assert mended(["收回或转", "期末余额", "计提", "回"]) == ["收回或转回", "期末余额", "计提"]


def test_a_known_word_ends_a_broken_one() -> None:
    assert mended(["收回或", "计提", "转回"]) == ["收回或转回", "计提"]


def test_balances_stand_around_their_movements_wherever_the_lines_put_them() -> None:
    words = ["本期变动金额", "类别", "期初余额", "期末余额", "计提", "收回或转回", "转销或核销", "其他变动"]
    assert leveled(words) == [
        ("期初余额",),
        ("计提",),
        ("收回或转回",),
        ("转销或核销",),
        ("其他变动",),
        ("期末余额",),
    ]


def test_periods_stand_over_groups_of_the_same_words() -> None:
    words = ["项目", "本期发生额", "上期发生额", "收入", "成本", "收入", "成本"]
    periods = [levels[0] for levels in leveled(words)]
    assert periods == ["本期发生额", "本期发生额", "上期发生额", "上期发生额"]


def test_a_word_beside_the_periods_is_a_column_of_its_own() -> None:
    words = ["2024年", "2023年", "占比", "金额", "比例(%)", "金额", "比例(%)"]
    assert leveled(words)[-1] == ("占比",)


def test_gross_allowance_and_net_value_come_in_their_order() -> None:
    words = [
        "期末余额",
        "期初余额",
        "项目",
        "减值",
        "减值",
        "账面余额",
        "账面价值",
        "账面余额",
        "账面价值",
        "准备",
        "准备",
    ]
    assert [levels[1] for levels in leveled(words)] == ["账面余额", "减值准备", "账面价值"] * 2


def test_classes_of_things_end_with_their_sum() -> None:
    words = ["项目", "房屋及建筑物", "专用设备", "合计", "一、账面原值:"]
    assert leveled(words) == [("房屋及建筑物",), ("专用设备",), ("合计",)]


def test_the_unit_above_a_head_is_none_of_it() -> None:
    assert leveled(["单位:元", "币种:人民币", "项目", "期末余额", "期初余额"]) == [
        ("期末余额",),
        ("期初余额",),
    ]


def test_rows_without_figures_below_a_head_are_none_of_it() -> None:
    assert leveled(["项目", "期末余额", "期初余额", "某种存款"]) == [("期末余额",), ("期初余额",)]


def test_an_unknown_word_inside_a_head_leaves_it_unknown() -> None:
    assert leveled(["项目", "期末余额", "某某情况", "期初余额"]) == []


def test_the_head_ends_before_the_first_row() -> None:
    assert known_until(["类别", "期初余额", "期末余额", "计提", "其他变动", "某种组合"]) == 5


def test_a_sum_of_money_does_what_the_level_above_says() -> None:
    assert (role_of(("期末余额", "坏账准备", "金额")), role_of(("占比",))) == ("allowance", None)


def test_a_period_before_and_after_a_restatement_has_two_columns() -> None:
    words = ["主要会计数据", "本报告期", "上年同期", "本报告期比上年同期增减(%)", "调整后", "调整前"]
    assert leveled(words) == [
        ("本报告期",),
        ("上年同期", "调整后"),
        ("上年同期", "调整前"),
        ("本报告期比上年同期增减(%)",),
    ]


def test_a_change_may_be_against_restated_figures_only() -> None:
    words = [
        "2024年",
        "2023年",
        "本年比上年增减",
        "2022年",
        *("调整前", "调整后", "调整后", "调整前", "调整后"),
    ]
    assert [levels[-1] for levels in leveled(words)] == [
        "2024年",
        "调整前",
        "调整后",
        "调整后",
        "调整前",
        "调整后",
    ]


def test_a_period_over_a_whole_word_is_no_broken_one() -> None:
    words = ["期末", "期初", "项目", "账面余额", "账面价值", "账面余额", "账面价值"]
    assert leveled(words) == [
        (period, value) for period in ("期末", "期初") for value in ("账面余额", "账面价值")
    ]


def test_a_head_whose_broken_word_stands_around_others_is_not_read() -> None:
    words = ["占营业收入", "项目", "本期金额", "上期金额", "比重"]
    assert leveled(words) == []


def test_the_quarters_of_a_year_are_columns() -> None:
    words = ["第一季度", "第二季度", "第三季度", "第四季度"]
    assert leveled(words) == [(word,) for word in words]


def test_the_total_of_a_prescribed_table_is_called_by_what_it_adds_up() -> None:
    assert total_name("合 计", "九、非经常性损益项目及金额") == "非经常性损益合计"
    assert total_name("合计", "1、应收账款") == "合计"
    assert total_name("政府补助", "九、非经常性损益项目及金额") == "政府补助"
