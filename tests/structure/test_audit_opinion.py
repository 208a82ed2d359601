from __future__ import annotations

import pytest

from rag.filings.page import Page
from rag.structure.audit_opinion import audit_opinion


@pytest.mark.parametrize(
    ("text", "opinion"),
    [
        ("审计意见类型  标准的无保留意见", "标准的无保留意见"),
        ("白砚会计师事务所为本公司出具了标准无保留意见的审计报告。", "标准无保留意见"),
        ("审计意见类型 带强调事项段的无保留意见", "带强调事项段的无保留意见"),
        ("对本年度公司财务报告的审计意见为：保留意见。", "保留意见"),
        ("审计意见类型 无法表示意见", "无法表示意见"),
        ("三、本半年度报告未经审计。", "未经审计"),
        ("所载数据为初步核算数据，未经会计师事务所审计", "未经审计"),
    ],
)
def test_the_opinion_is_read_as_stated(text: str, opinion: str) -> None:
    found = audit_opinion([Page(1, "封面"), Page(2, text)])
    assert found is not None
    assert (found.value, found.page) == (opinion, 2)


def test_a_filing_that_says_nothing_of_an_audit_has_no_opinion() -> None:
    assert audit_opinion([Page(1, "形成审计意见为背景，我们不对这些事项单独发表意见。")]) is None
