from __future__ import annotations

from rag.answering.listing import listings
from rag.filings.passage import Cell, Column, Passage, Row
from rag.retrieval.evidence import Evidence
from tests.answering.invented import filing


def part(ordinal: int, lines: tuple[tuple[str, str], ...], lead: str = "") -> Evidence:
    """A part of a table of one column; a line without a figure stands between its rows."""
    text, rows = lead, []
    for label, figure in lines:
        start = len(text)
        text += f"{label} {figure}\n"
        if figure:
            place = start + len(label) + 1
            cell = Cell(figure, place, place + len(figure), 0, "元")
            rows.append(Row(label, start, place + len(figure), (cell,)))
    passage = Passage(
        f"p{ordinal}", "f", ordinal, "table", ("主营业务",), (), text, "",
        columns=(Column("营业收入", "", None, "amount", "元"),), rows=tuple(rows),
    )  # fmt: skip
    return Evidence(1, 0.5, passage, filing().filing)


def names(*parts: Evidence) -> list[list[str]]:
    _, found = listings(parts[:1], 0, lambda piece: parts[1:])
    return [[item.name for item in listing.items] for listing in found if listing.whole]


PRODUCTS = (("内窥镜", "100.00"), ("监护仪", "90.00"))


def test_a_table_lists_by_one_thing_after_another() -> None:
    one = part(1, (("分产品", ""), *PRODUCTS, ("分地区", ""), ("华东", "120.00"), ("华南", "70.00")))
    assert names(one) == [["内窥镜", "监护仪"], ["华东", "华南"]]


def test_the_rows_of_a_split_table_are_listed_together() -> None:
    assert names(part(1, PRODUCTS), part(2, (("导管", "10.00"),))) == [["内窥镜", "监护仪", "导管"]]


def test_a_total_ends_a_listing_and_belongs_to_it() -> None:
    _, found = listings((part(1, (*PRODUCTS, ("合计", "190.00"), ("其他", "1.00"))),), 0, lambda piece: ())
    assert [item.name for item in found[0].items] == ["内窥镜", "监护仪"]
    assert found[0].total is not None
    assert found[0].total.operands[0].fact.text == "190.00"


def test_a_table_of_its_own_behind_another_is_another_listing() -> None:
    behind = part(2, (("导管", "10.00"),), lead="单位：元 分地区\n")
    assert names(part(1, PRODUCTS), behind) == [["内窥镜", "监护仪"], ["导管"]]


def test_a_subtotal_does_not_end_what_is_listed() -> None:
    lines = (*PRODUCTS, ("小计", "190.00"), ("导管", "300.00"), ("小计", "300.00"))
    assert names(part(1, lines)) == [["内窥镜", "监护仪", "导管"]]
