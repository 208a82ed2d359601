from __future__ import annotations

import pytest

from rag.summarizing.trim import balanced, ways_to_say


def test_an_aside_that_defines_a_name_is_left_out() -> None:
    said = ways_to_say("公司第一大股东某某科技有限公司（以下简称“某某科技”）计划增持2,000万元。")
    assert said[0] == "公司第一大股东某某科技有限公司计划增持2,000万元。"


def test_clauses_of_hope_at_the_end_are_left_out() -> None:
    said = ways_to_say("公司推出新品5款，覆盖三个行业，有助于提升竞争力，为长远发展奠定基础。")
    assert said[0] == "公司推出新品5款，覆盖三个行业。"


def test_a_sentence_that_is_only_a_hope_keeps_its_predicate() -> None:
    (said,) = ways_to_say("产品结构的不断丰富，有助于公司构建解决方案能力。")
    assert said == "产品结构的不断丰富，有助于公司构建解决方案能力。"


def test_a_long_sentence_can_stop_before_another_matter() -> None:
    said = ways_to_say("公司召开董事会4次，审计委员会3次，根据有关规定，对重大事项进行监督。")
    assert "公司召开董事会4次，审计委员会3次。" in said


def test_no_way_to_say_it_ends_in_the_middle() -> None:
    said = ways_to_say("待完成第一次流片的内测工作后，公司将继续进入第二次流片环节，预计在2025年完成。")
    assert "待完成第一次流片的内测工作后。" not in said


def test_half_width_stops_become_full_width_but_not_in_figures() -> None:
    assert ways_to_say("公司实现营业收入38,079.22万元,同比增长2.02%;")[0] == (
        "公司实现营业收入38,079.22万元，同比增长2.02%。"
    )


def test_a_list_number_is_left_out() -> None:
    assert ways_to_say("2）支持工业协议数量达到17种；")[0] == "支持工业协议数量达到17种。"


@pytest.mark.parametrize(("text", "whole"), [("“甲”和《乙》", True), ("“甲", False), ("甲”", False)])
def test_open_quotation_marks_are_seen(text: str, whole: bool) -> None:
    assert balanced(text) is whole
