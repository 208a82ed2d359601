"""Labels of rows, whole and broken."""

from __future__ import annotations

import pytest

from rag.structure.labels import is_broken


@pytest.mark.parametrize(
    "label",
    [
        "营业收入",
        "投资收益(损失以“-”号填列)",
        "经营性应付项目的增加(减少以“-”",
        "持股比例（%）",
        "1.期初余额",
        "某某(香港)有限公司",
    ],
)
def test_a_name_is_whole(label: str) -> None:
    assert not is_broken(label)


@pytest.mark.parametrize(
    "label", ["建“某平台+流程+全产品的状态、全", "(%)(%)按单项计提", "值准备的冲销部分）", "、某某", "某某，"]
)
def test_a_piece_of_text_is_no_name(label: str) -> None:
    assert is_broken(label)
