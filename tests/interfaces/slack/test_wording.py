"""What filings and models say cannot make Slack do anything; what people type is read as they meant it."""

from __future__ import annotations

import pytest

from rag.interfaces.slack.wording import escaped, escaped_markdown, question_of

PAYLOADS = (
    "<!channel>", "<!here|here>", "<@U123>", "<#C1|general>", "<https://evil.example|点我>",
    "<script>alert(1)</script>", "<mailto:a@b.c>", "a & b", "&lt;!channel&gt;",
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("escape", [escaped, escaped_markdown])
def test_nothing_that_slack_obeys_is_left(payload: str, escape: object) -> None:
    said = escape(payload)  # type: ignore[operator]
    assert "<" not in said
    assert ">" not in said
    assert "&" not in said.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


def test_a_stream_shows_markdown_signs_as_they_are() -> None:
    assert escaped_markdown("*ST甲[1](x)`y`") == r"\*ST甲\[1\](x)\`y\`"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<@UBOT> 营收多少", "营收多少"),
        ("<@UBOT|bot> 营收 <@U2> 多少", "营收   多少"),
        ("见 <https://x.cn/a|公告> 和 <https://x.cn>", "见 公告 和 https://x.cn"),
        ("在 <#C1|财务> 问", "在 财务 问"),
        ("毛利率 &gt; 50% &amp; 增长", "毛利率 > 50% & 增长"),
        ("<!here> 在吗", "在吗"),
        ("  ", ""),
    ],
)
def test_a_question_is_read_without_slacks_marks(typed: str, meant: str) -> None:
    assert question_of(typed) == meant
