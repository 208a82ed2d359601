from __future__ import annotations

from rag.answering.draft import Material
from rag.answering.excerpt import excerpt, passage_excerpts
from rag.answering.relevance import Need
from rag.answering.units import Unit, units_of
from rag.filings.filing import Filing
from rag.filings.page import Page
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query, QuestionKind
from rag.structure.blocks import blocks_of
from rag.structure.passages import PassageMaker
from rag.structure.tokens import tokens_of
from tests.checking.hand_built import FILING


def material(text: str, kind: QuestionKind = "why", filing: Filing = FILING) -> Material:
    tokens = tokens_of([Page(1, text)])
    made = PassageMaker(filing.id, filing.period, tokens, 900).run(blocks_of(tokens))
    evidence = tuple(Evidence(n, 0.5, passage, filing) for n, passage in enumerate(made, 1))
    return Material(Query("", "", kind), evidence, ())


def sentence(held: Material, words: str) -> Unit:
    return next(u for u in units_of(held.evidence) if u.kind == "sentence" and words in u.text)


def test_a_short_sentence_is_said_whole() -> None:
    held = material("报告期内公司实现营业收入41,234.57万元，同比增长3.09%。", "number")
    claim = excerpt(held, sentence(held, "41,234.57"), ())
    assert claim is not None
    assert claim.text == "报告期内公司实现营业收入41,234.57万元，同比增长3.09%。"


def test_a_long_sentence_is_cut_to_the_clauses_asked_for() -> None:
    filler = "公司持续完善治理结构与内部控制制度，" * 8
    held = material(f"{filler}报告期末公司共有软件著作权318项，{filler}并取得成效。", "number")
    need = Need(("软件著作权",), 1.0, 1)
    claim = excerpt(held, sentence(held, "318项"), (need,))
    assert claim is not None
    assert "软件著作权318项" in claim.text
    assert len(claim.text) <= 111


def test_a_cut_sentence_is_quoted_whole() -> None:
    filler = "公司持续完善治理结构与内部控制制度，" * 8
    held = material(f"{filler}报告期末公司共有软件著作权318项。", "number")
    unit = sentence(held, "318项")
    claim = excerpt(held, unit, (Need(("软件著作权",), 1.0, 1),))
    assert claim is not None
    assert (claim.quotes[0].start, claim.quotes[0].end) == (unit.start, unit.end)


def test_the_items_of_a_list_are_said_one_by_one() -> None:
    held = material("公司面临下列风险。1、市场竞争加剧的风险；2、核心人员流失的风险。其他说明内容。", "list")
    claims = passage_excerpts(held, sentence(held, "市场竞争"), ())
    assert [claim.text for claim in claims] == ["1、市场竞争加剧的风险。", "2、核心人员流失的风险。"]


def test_the_reason_in_the_next_sentence_is_said_too() -> None:
    held = material(
        "报告期内管理费用同比有较大幅度的增长，较上年同期多出近三成左右。这主要系办公楼装修所致。", "why"
    )
    claims = passage_excerpts(held, sentence(held, "管理费用"), ())
    assert len(claims) == 2


def test_the_unit_in_brackets_is_drawn_to_its_figure() -> None:
    held = material("对外担保总额为12,252.20（单位：万元 币种：人民币）。", "number")
    claim = excerpt(held, sentence(held, "担保"), ())
    assert claim is not None
    assert claim.text == "对外担保总额为12,252.20万元。"


def test_the_factors_right_before_a_reason_are_told_with_it() -> None:
    before = "受客户预算管理和集中采购制度等因素影响，公司收入具有季节性。"
    held = material(f"{before}由于下单集中，公司收入集中在第四季度实现。")
    said = [claim.text for claim in passage_excerpts(held, sentence(held, "下单集中"), ())]
    assert said == ["由于下单集中，公司收入集中在第四季度实现。", before]


def test_a_numbered_sentence_of_another_matter_is_no_item_of_a_list() -> None:
    held = material("这款一体机面向中小企业。2、公司发布新一代系统。", "list")
    said = [claim.text for claim in passage_excerpts(held, sentence(held, "一体机"), ())]
    assert said == ["这款一体机面向中小企业。"]


def test_an_entry_needs_no_sentence_behind_it() -> None:
    held = material("董事会秘书：顾未眠\n电子信箱：ir@qingheng.invalid\n", "text")
    said = [claim.text for claim in passage_excerpts(held, sentence(held, "顾未眠"), ())]
    assert said == ["董事会秘书：顾未眠。"]
