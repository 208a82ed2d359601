from __future__ import annotations

from rag.filings.page import Span
from rag.filings.passage import Passage, passage_id
from rag.summarizing.headings import find_sections

SECTIONS = (
    ("第三节管理层讨论与分析", "一、核心竞争力分析"),
    ("第三节管理层讨论与分析", "二、风险因素", "1、市场竞争风险"),
    ("第三节管理层讨论与分析", "二、风险因素", "2、客户集中风险"),
    ("第三节管理层讨论与分析", "三、主要经营情况", "(一)主营业务分析"),
    ("第三节管理层讨论与分析", "三、主要经营情况", "(二)资产及负债状况"),
    ("第四节公司治理", "一、股东大会情况"),
)


def filing() -> list[Passage]:
    return [
        Passage(
            passage_id("f" * 64, n), "f" * 64, n, "prose", section, (Span(1, 0, 9),),
            "1 财务报表相关科目变动分析表 单位：元" if n == 3 else f"第{n}段。",
        )
        for n, section in enumerate(SECTIONS)
    ]  # fmt: skip


def found(words: str) -> list[list[int]]:
    return [[p.ordinal for p in stretch.passages] for stretch in find_sections(words, filing())]


def test_a_heading_is_found_by_its_words() -> None:
    assert found("核心竞争力分析") == [[0]]


def test_a_heading_is_found_by_part_of_its_words() -> None:
    assert found("风险") == [[1, 2]]


def test_a_whole_section_is_found_by_its_number() -> None:
    assert found("第三节") == [[0, 1, 2, 3, 4]]


def test_several_sections_are_found_in_reading_order() -> None:
    assert found("资产及负债状况；核心竞争力") == [[0], [4]]


def test_two_headings_joined_by_a_word_are_both_found() -> None:
    assert found("核心竞争力分析和风险因素") == [[0], [1, 2]]


def test_a_heading_that_stands_only_in_the_text_is_found_there() -> None:
    assert found("1 财务报表相关科目变动分析表") == [[3]]


def test_a_heading_that_is_not_there_is_not_guessed() -> None:
    assert found("元宇宙业务") == []
