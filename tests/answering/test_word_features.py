from __future__ import annotations

import pytest

from rag.answering.ranking import WORD_WEIGHTS, features
from rag.answering.units import Unit, units_of
from rag.answering.word_features import grams_of, word_features
from rag.filings.page import Span
from rag.filings.passage import Cell, Passage, Row
from tests.answering.invented import material, needs


def seen(question: str, text: str, section: str = "第三节 经营情况") -> dict[str, float]:
    query = material(question).query
    unit = Unit("sentence", 0, 0, len(text), text, "")
    passage = Passage("p", "f", 0, "prose", (section,), (Span(1, 0, len(text)),), text)
    return word_features(unit, query, passage, grams_of(query, [unit]))


def test_a_word_that_the_segmenter_misses_is_seen_by_its_characters() -> None:
    query = material("无形资产在哪种情形下须停止摊销").query
    right, other = (
        Unit("sentence", 0, 0, len(text), text, "")
        for text in ("持有待售的,停止无形资产的摊销。", "可供使用时,开始无形资产的摊销。")
    )
    grams = grams_of(query, [right, other])
    assert grams.share(right.text) > grams.share(other.text)


def test_a_cause_counts_where_its_matter_stands_before_it() -> None:
    asked = "投资活动现金流量为什么减少"
    assert seen(asked, "投资活动现金流量减少,主要系购买理财减少所致。")["why_because"] == 1
    assert seen(asked, "主要系购买理财减少所致,投资活动现金流量减少。")["why_because"] == 0


@pytest.mark.parametrize(
    ("feature", "question", "text"),
    [
        ("supposed", "应收账款余额为什么高", "如果不能及时收回,可能产生坏账。"),
        ("yesno_denied", "公司有没有优先股", "公司不存在优先股。"),
        ("list_opened", "在研项目有哪些", "主要在研项目如下:"),
        ("person", "实际控制人是谁", "董事顾未眠女士为实际控制人。"),
        ("tells_course", "上半年是不是减亏了", "亏损同比收窄28.81%。"),
        ("of_progress", "章程都修订完了没", "章程的修订已全面启动。"),
        ("of_progress", "降本目标跟得上进度吗", "降本评估为滞后。"),
        ("name_field", "董事会秘书叫什么名字", "董事会秘书:顾未眠"),
        ("spans_dates", "行权期从哪天到哪天", "行权期为2022年9月28日至2028年3月21日。"),
    ],
)
def test_the_manner_of_a_sentence_is_seen(feature: str, question: str, text: str) -> None:
    assert seen(question, text)[feature] == 1


def test_how_things_are_booked_is_aside_where_it_is_not_asked_for() -> None:
    assert seen("子公司有哪些", "子公司自购买日起纳入。", "五、重要会计政策及会计估计")["of_policy"] == 1


def test_what_the_notes_on_method_say_is_no_reason() -> None:
    assert seen("为什么亏损", "由于差异而确认。", "(二十九)递延所得税资产")["of_method"] == 1


def test_every_weight_for_words_has_its_feature() -> None:
    held = material("为什么软件著作权增加")
    units = units_of(held.evidence)
    grams = grams_of(held.query, units)
    for unit in units:
        piece = held.evidence[unit.evidence]
        found = features(unit, needs(held), held.query, piece)
        found |= word_features(unit, held.query, piece.passage, grams)
        assert set(WORD_WEIGHTS) <= set(found)
        assert all(0 <= value <= 1 for value in found.values())


def test_the_row_of_a_body_is_seen_where_it_is_asked_who() -> None:
    query = material("第一大客户是谁").query
    row = Row("1 白砚医院", 0, 12, (Cell("9.47%", 7, 12),))
    unit = Unit("row", 0, 0, 12, "1白砚医院9.47%", "", row=row)
    passage = Passage("p", "f", 0, "table", (), (Span(1, 0, 12),), "1 白砚医院 9.47%", rows=(row,))
    assert word_features(unit, query, passage, grams_of(query, [unit]))["names_body"] == 1
