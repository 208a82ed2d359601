from __future__ import annotations

import pytest

from rag.errors import FilingError
from rag.reading.text import paginate, read_text

BODY = "公司上半年持续推进各项业务，经营情况保持稳定，主要产品的销售规模有所扩大。"


def _pages(text: str) -> list[tuple[int, str]]:
    return [(page.position, page.text) for page in paginate(text).pages]


def test_a_mark_at_the_end_of_its_page_closes_it() -> None:
    text = "某某公司 封面 1 / 3 第二页的正文 接着 2 / 3 第三页的正文 3 / 3"
    assert _pages(text) == [(1, "某某公司 封面"), (2, "第二页的正文 接着"), (3, "第三页的正文")]


def test_a_running_head_after_an_end_mark_belongs_to_the_next_page_and_is_left_out() -> None:
    text = "2024 年半年度报告 封面 1 / 3 2024 年半年度报告 正文甲 2 / 3 2024 年半年度报告 正文乙 3 / 3"
    assert _pages(text) == [(1, "封面"), (2, "正文甲"), (3, "正文乙")]


def test_text_after_the_last_end_mark_is_the_last_page() -> None:
    text = "甲 1 / 3 乙 2 / 3 丙"
    assert _pages(text) == [(1, "甲"), (2, "乙"), (3, "丙")]


def test_a_mark_at_the_start_of_its_page_opens_it() -> None:
    text = "\n 1 / 2 \n \n\n甲页的话\n\n\n\n 2 / 2 \n \n\n乙页的话\n"
    assert _pages(text) == [(1, "甲页的话"), (2, "乙页的话")]


def test_lost_marks_are_counted_from_lines_that_open_with_one_space() -> None:
    text = "\n 1 / 4 \n\n甲页\n\n 2 / 4 \n\n乙页。 \n 丙页开始\n\n丙页\n\n\n\n 4 / 4 \n\n丁页\n"
    content = paginate(text)
    assert [(page.position, page.label) for page in content.pages] == [
        (1, "1"),
        (2, "2"),
        (3, None),
        (4, "4"),
    ]
    assert content.pages[2].text.startswith("丙页开始")
    assert content.numbering == "printed"


def test_lost_marks_that_cannot_be_counted_are_told() -> None:
    text = "\n 1 / 5 \n\n甲页\n\n 2 / 5 \n\n乙页。 \n 丙页开始\n\n丙页\n\n\n\n 5 / 5 \n\n丁页\n"
    content = paginate(text)
    assert [page.position for page in content.pages] == [1, 2, 5]
    assert content.numbering == "inferred"
    assert "2–4" in content.warnings[0]


def test_runs_of_blank_lines_are_page_breaks_where_no_mark_is_printed() -> None:
    page = "\n\n".join([BODY] * 10)
    content = paginate(f"\n{page}\n\n\n\n{page}\n\n\n\n{page}\n")
    assert [found.position for found in content.pages] == [1, 2, 3]
    assert content.numbering == "inferred"


def test_the_empty_line_after_every_printed_line_is_dropped() -> None:
    lines = [
        "公司上半年持续推进各项业务，经营情况保持稳",
        "定，主要产品的销售规模有所扩大，毛利率稳",
        "中有升。",
    ]
    text = "\n\n".join(lines * 4)
    assert "\n\n" not in paginate(text).pages[0].text


def test_form_feeds_are_page_breaks() -> None:
    assert _pages("甲页\f乙页\f丙页") == [(1, "甲页"), (2, "乙页"), (3, "丙页")]


def test_text_without_breaks_is_one_page_without_number() -> None:
    content = paginate(BODY)
    assert (len(content.pages), content.numbering, content.pages[0].label) == (1, "none", None)


MARKS = ["第 {} 页 共 4 页", "第{}页/共4页", "- {} -", "— {} —", "Page {} of 4", "{}/4", "第 {} 页"]


@pytest.mark.parametrize("mark", MARKS)
def test_habits_of_marking_pages_are_known(mark: str) -> None:
    text = "\n".join(f"{BODY}{n}甲\n{mark.format(n)}" for n in range(1, 5))
    assert _pages(text) == [(n, f"{BODY}{n}甲") for n in range(1, 5)]


def test_lone_numbers_below_a_running_head_open_pages_and_the_cover_joins_the_first() -> None:
    pages = "\n".join(f"某某股份有限公司 2018 年年度报告 \n {n} \n{BODY}{n}乙\n44\n16" for n in range(1, 6))
    found = _pages(f"封面\n{pages}")
    assert [number for number, _ in found] == [1, 2, 3, 4, 5]
    assert found[0][1].startswith("封面")
    assert found[4][1] == f"{BODY}5乙\n44\n16"


def test_fractions_in_a_sentence_are_no_page_marks() -> None:
    content = paginate(f"{BODY}第一期 1/2 已完成，其余 1/3 尚在建设。{BODY}")
    assert (len(content.pages), content.numbering) == (1, "none")


def test_ticked_boxes_at_the_end_of_pages_are_kept() -> None:
    text = "\f".join(f"{BODY}{n}\n□适用 √不适用" for n in range(5))
    assert all(page.text.endswith("□适用 √不适用") for page in paginate(text).pages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_chinese_text_are_found(encoding: str) -> None:
    assert read_text(f"{BODY}\nABC 123".encode(encoding)).pages[0].text == f"{BODY}\nABC 123"


def test_binary_rubbish_is_refused() -> None:
    with pytest.raises(FilingError, match="UTF-8"):
        read_text(bytes(range(256)) * 20)


def test_blank_text_is_refused() -> None:
    with pytest.raises(FilingError, match="没有文字"):
        read_text(b" \n \n\t")


def test_every_character_of_the_pages_stands_in_the_file_in_order() -> None:
    text = "2024 年报 甲 1 / 3 2024 年报 乙 2 / 3 2024 年报 丙 3 / 3"
    whole = "".join(text.split())
    assert all("".join(page.text.split()) in whole for page in paginate(text).pages)
