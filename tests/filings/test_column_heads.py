from __future__ import annotations

import pytest

from rag.filings.column_heads import is_change_of_share, measured, told_by_heading


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("期末余额坏账准备金额", "坏账准备金额"),
        ("本期发生额收入", "收入"),
        ("上年期末数占总资产的比例(%)", "占总资产的比例"),
        ("2024年6月30日", ""),
        ("上年同期", ""),
        ("2024年1-6月合并", ""),
        ("本期增加", "本期增加"),
        ("电子设备", "电子设备"),
    ],
)
def test_a_head_measures_what_it_says_beside_the_time(head: str, what: str) -> None:
    assert measured(head) == what


def test_a_total_is_that_of_its_note() -> None:
    assert told_by_heading("合计", ("七、附注", "10、存货", "(1).存货分类")) == "存货合计"


def test_the_rows_of_a_note_on_an_allowance_are_told_as_such() -> None:
    section = ("5、应收账款", "(3).坏账准备的情况")
    assert told_by_heading("应收账款", section) == "应收账款坏账准备"
    assert told_by_heading("按组合", section) == "按组合"


def test_a_change_of_a_share_is_no_growth_of_the_amount() -> None:
    assert is_change_of_share("比重增减")
    assert is_change_of_share("占总资产比例变动")
    assert not is_change_of_share("本期期末金额较上期期末变动比例(%)")
