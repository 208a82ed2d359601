from __future__ import annotations

from rag.interfaces.exports.content import content_of
from rag.interfaces.exports.markdown import as_markdown, escaped
from rag.interfaces.exports.write import exported

Json = dict[str, object]


def markdown(*answers: Json) -> str:
    return as_markdown(content_of(answers, "公告问答")).decode()


def test_markers_become_footnotes(extracted: Json) -> None:
    assert "营业收入为1,234.56元[^1]。同比增长[^1][^2]。" in markdown(extracted)


def test_a_footnote_has_company_period_page_and_quote(extracted: Json) -> None:
    assert (
        "[^1]: 甲公司 · 2024H1 · 第7页 · 第二节 › 一、主要会计数据：“营业收入 1,234.56 1,000.00”"
        in markdown(extracted)
    )


def test_the_file_and_its_hash_are_told(extracted: Json) -> None:
    assert f"| 7 | {'ab' * 32} |" in markdown(extracted)


def test_an_extract_says_that_it_is_one(extracted: Json) -> None:
    assert "> 本回答由程序从公告中摘录，未使用大模型" in markdown(extracted)


def test_a_generated_text_carries_its_label_model_and_prompt(generated: Json) -> None:
    said = markdown(generated)
    assert "> 本内容由人工智能（大语言模型）生成" in said
    assert "模型：某模型；提示词：abc123" in said


def test_a_conversation_counts_its_citations_through(extracted: Json, generated: Json) -> None:
    assert "乙[^3]。" in markdown(extracted, generated)


def test_a_conversation_carries_both_labels(extracted: Json, generated: Json) -> None:
    assert markdown(extracted, generated).count("\n> ") == 2


def test_a_refusal_gives_its_reason(refused: Json) -> None:
    assert "拒答原因：未披露" in markdown(refused)


def test_warnings_are_kept(extracted: Json) -> None:
    assert "注意：未覆盖：第八节" in markdown(extracted)


def test_what_a_filing_says_is_no_markup() -> None:
    assert escaped("<b>*粗*</b>\n# 题") == r"\<b\>\*粗\*\</b\>" + "\n" + r"\# 题"


def test_a_figure_stays_as_it_is() -> None:
    assert escaped("-0.4519元/股 8.11%") == "-0.4519元/股 8.11%"


def test_the_suffix_chooses_the_format(extracted: Json) -> None:
    assert exported([extracted], ".md", "题").startswith("# 题".encode())
