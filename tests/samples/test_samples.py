"""The invented filings agree with themselves, with their source and with their truth."""

import json
import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from samples.making.filing import text_of
from samples.making.money import yuan
from samples.making.truth import compact, page_text, truth_of

SAMPLES = Path(__file__).parents[2] / "samples"
HALF_YEARS = ("lantu", "boning")


def ledgers(made: Any, folder: str) -> Any:
    return next(accounts for filing, accounts, _ in made if filing.folder == folder)


@pytest.mark.parametrize("folder", HALF_YEARS)
@pytest.mark.parametrize("scope", ["合并", "母公司"])
@pytest.mark.parametrize("period", [0, 1])
def test_assets_equal_liabilities_and_equity(made: Any, folder: str, scope: str, period: int) -> None:
    ledger = ledgers(made, folder).ledger(scope)
    assert ledger.value("资产总计", period) == ledger.value("负债和所有者权益总计", period)


@pytest.mark.parametrize("folder", HALF_YEARS)
@pytest.mark.parametrize("scope", ["合并", "母公司"])
def test_cash_flows_end_at_the_cash_of_the_balance_sheet(made: Any, folder: str, scope: str) -> None:
    ledger = ledgers(made, folder).ledger(scope)
    assert ledger.value("期末现金余额") == ledger.value("货币资金") - ledger.value("受限资金")
    assert ledger.value("期初现金余额") == ledger.value("货币资金", 1) - ledger.value("受限资金", 1)


@pytest.mark.parametrize("folder", HALF_YEARS)
@pytest.mark.parametrize("scope", ["合并", "母公司"])
def test_profit_and_dividends_explain_retained_earnings(made: Any, folder: str, scope: str) -> None:
    accounts = ledgers(made, folder)
    ledger, group = accounts.ledger(scope), scope == "合并"
    profit = ledger.value("归属于母公司股东的净利润" if group else "净利润")
    dividends = Decimal(accounts.source[scope]["结转"]["分红"])
    assert ledger.rise("未分配利润") == profit - dividends


@pytest.mark.parametrize("folder", HALF_YEARS)
@pytest.mark.parametrize("period", [0, 1])
def test_notes_add_up_to_their_statement_lines(made: Any, folder: str, period: int) -> None:
    accounts = ledgers(made, folder)
    group = accounts.group
    for line, parts in accounts.source["附注"]["分项"].items():
        assert group.value(line, period) == sum(group.value(f"{line}/{part}", period) for part in parts)
    regions = [key for key in (*group.rules, *group.given) if key.startswith("地区收入/")]
    assert sum(group.value(key, period) for key in regions) == group.value("主营营业收入", period)


def test_allowances_of_the_period_are_the_credit_loss(made: Any) -> None:
    for folder in HALF_YEARS:
        group = ledgers(made, folder).group
        charge = group.rise("应收账款/坏账") + group.value("应收账款/核销")
        assert group.value("信用减值损失/应收账款") == -charge


def test_every_text_is_what_the_build_makes(made: Any) -> None:
    for filing, _, layout in made:
        if filing.text:
            assert (SAMPLES / filing.text).read_text(encoding="utf-8") == text_of(filing, layout)


def test_the_committed_truth_is_what_the_build_makes(made: Any, truth: list[dict[str, Any]]) -> None:
    fresh = json.loads(json.dumps([truth_of(*item) for item in made], ensure_ascii=False))
    assert truth == fresh


def test_pages_of_the_truth_hold_its_amounts(made: Any, truth: list[dict[str, Any]]) -> None:
    for (_, _, layout), told in zip(made, truth, strict=True):
        for line in told["statements"]:
            text = page_text(layout.pages[line["page"] - 1])
            for value in line["values"].values():
                shown = value if "每股收益" in line["line_item"] else yuan(Decimal(value or 0))
                assert value is None or shown in text, line


def test_statement_labels_stand_on_their_pages(made: Any, truth: list[dict[str, Any]]) -> None:
    for (_, _, layout), told in zip(made, truth, strict=True):
        for line in told["statements"]:
            assert compact(line["label"]) in page_text(layout.pages[line["page"] - 1]), line


def test_pages_of_the_one_line_text_hold_the_facts(truth: list[dict[str, Any]]) -> None:
    told = truth[0]
    text = (SAMPLES / told["files"][0]).read_text(encoding="utf-8")
    pages = re.split(rf" \d+ / {told['pages']}(?: |$)", text)[: told["pages"]]
    for line in told["statements"]:
        first = next(value for value in line["values"].values() if value)
        assert ("每股" in line["label"]) or yuan(Decimal(first)) in pages[line["page"] - 1], line


def test_the_one_line_text_is_one_line_of_half_width_punctuation() -> None:
    text = (SAMPLES / "filings/lantu_2024_half_year.txt").read_text(encoding="utf-8")
    assert "\n" not in text
    assert not re.search("[：；（）]", text)
    assert text.startswith("2024 年半年度报告 公司代码:688974")


def test_few_page_markers_survive_in_the_second_shape() -> None:
    text = (SAMPLES / "filings/lantu_2024_evaluation.txt").read_text(encoding="utf-8")
    assert re.findall(r"^ (\d) / 5 $", text, re.MULTILINE) == ["1", "2", "5"]
    assert len(re.findall(r"[^\n]\n \S", text)) == 2


def test_the_third_shape_has_only_blank_lines_between_pages() -> None:
    text = (SAMPLES / "filings/boning_2024_evaluation.txt").read_text(encoding="utf-8")
    assert "/ 4" not in text
    breaks = [text[m.start() - 1] for m in re.finditer("\n{4}", text)]
    assert len(breaks) == 3
    assert any(sign not in "。：" for sign in breaks)


def test_pdf_pages_hold_the_facts(truth: list[dict[str, Any]]) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    for told in truth:
        for name in (name for name in told["files"] if name.endswith(".pdf")):
            document = pdfium.PdfDocument(SAMPLES / name)
            assert len(document) == told["pages"]
            texts = [compact(page.get_textpage().get_text_bounded()) for page in document]
            for fact in told["facts"]:
                wanted = unicodedata.normalize("NFKC", fact["anchor"])
                assert wanted in unicodedata.normalize("NFKC", texts[fact["pages"][0] - 1]), fact
            document.close()


def test_pdf_pages_hold_what_the_source_sets_on_them(made: Any) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    for filing, _, layout in made:
        if not filing.pdf:
            continue
        document = pdfium.PdfDocument(SAMPLES / filing.pdf)
        for page, laid_out in zip(document, layout.pages, strict=True):
            assert page_text(laid_out) in compact(page.get_textpage().get_text_range())
        document.close()


def test_pdfs_stay_small() -> None:
    assert all(path.stat().st_size < 600_000 for path in SAMPLES.rglob("*.pdf"))


def test_questions_are_twelve_and_named_once() -> None:
    rows = [
        json.loads(line) for line in (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len({row["id"] for row in rows}) == 12
