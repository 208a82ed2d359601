from __future__ import annotations

import pytest

from rag.filings.issuers import IssuerTable, ListedCompany
from rag.filings.page import Page
from rag.structure import identity, outside_names
from rag.structure.identity import identify

NAME = "青珩科技股份有限公司"
HEAD = "公司代码：688999 公司简称：青珩科技"
LISTED = ListedCompany("688999", "SH", "青珩科技", NAME, ("青珩软件",))


def page(*lines: str, position: int = 1) -> Page:
    return Page(position, "\n".join(lines))


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    table = IssuerTable({LISTED.code: LISTED, "688111": LISTED}, dict.fromkeys(LISTED.names, LISTED))
    monkeypatch.setattr(identity, "issuer_table", lambda: table)
    monkeypatch.setattr(outside_names, "issuer_table", lambda: table)


def test_a_title_page_tells_all() -> None:
    found = identify([page(HEAD, NAME, "2024 年半年度报告")])
    assert (found.title, found.kind, found.period) == ("2024年半年度报告", "half_year", "2024H1")
    assert (found.issuer.name, found.issuer.short_name) == (NAME, "青珩科技")
    assert found.issuer.stock_codes == ("688999",)


def test_a_title_page_of_one_line_tells_the_same() -> None:
    flat = Page(1, f"2024 年半年度报告 公司代码:688999 公司简称:青珩科技 {NAME} 2024 年半年度报告 重要提示")
    found = identify([flat])
    assert (found.issuer.name, found.title, found.period) == (NAME, "2024年半年度报告", "2024H1")


def test_every_field_says_where_it_was_read() -> None:
    found = identify([page(HEAD, NAME, "2024 年半年度报告")])
    assert found.evidence["stock_code"] == "p.1: 688999"
    assert found.evidence["issuer"] == f"p.1: {NAME}"


HEADED = "证券代码：300999 证券简称：青珩科技 公告编号：2025-064"


@pytest.mark.parametrize(
    ("lines", "title", "kind", "period"),
    [
        (
            [NAME, "QINGHENG CO., LTD.", "2024", "年度报告", "ANNUAL REPORT"],
            "2024年度报告",
            "annual",
            "2024FY",
        ),
        ([NAME, "2024 ANNUAL REPORT", "年度报告"], "2024年度报告", "annual", "2024FY"),
        ([NAME, "2024年度财务决算报告"], "2024年度财务决算报告", "other", "2024FY"),
        (["年度报告", "2024", NAME], "年度报告2024", "annual", "2024FY"),
        ([NAME, "二〇二四年", "年度报告"], "二〇二四年年度报告", "annual", "2024FY"),
        (["2024 年半年度报告", NAME], "2024年半年度报告", "half_year", "2024H1"),
        ([HEADED, NAME, "2025 年第三季度报告"], "2025年第三季度报告", "quarterly", "2025Q3"),
        ([NAME, "2025年第1季度报告全文"], "2025年第1季度报告全文", "quarterly", "2025Q1"),
        ([NAME, "2005年中期报告"], "2005年中期报告", "half_year", "2005H1"),
        ([NAME, "2024年年度报告", "（更正后）"], "2024年年度报告(更正后)", "annual", "2024FY"),
        ([HEADED, NAME, "2024年年度报告", "摘要"], "2024年年度报告摘要", "annual_summary", "2024FY"),
        ([HEADED, NAME, "2024年半年度业绩快报公告"], "2024年半年度业绩快报公告", "earnings_flash", "2024H1"),
        ([HEADED, NAME, "2024年度业绩预亏公告"], "2024年度业绩预亏公告", "earnings_forecast", "2024FY"),
        (
            [NAME, "（住所：某路一号）", "首次公开发行股票", "招股说明书"],
            "首次公开发行股票招股说明书",
            "prospectus",
            "",
        ),
        (
            [HEADED, NAME, "关于2023年年度报告", "的更正公告"],
            "关于2023年年度报告的更正公告",
            "other",
            "2023FY",
        ),
        (
            [HEADED, NAME, "关于回复2023年年度报告", "监管工作函的公告"],
            "关于回复2023年年度报告监管工作函的公告",
            "other",
            "2023FY",
        ),
        (
            [
                HEADED,
                NAME,
                "关于2024年度“提质增效重回报”行动方案",
                "的评估报告暨2025年度“提质增效重回报”",
                "行动方案",
            ],
            "关于2024年度“提质增效重回报”行动方案的评估报告暨2025年度“提质增效重回报”行动方案",
            "action_plan_evaluation",
            "2024FY",
        ),
        ([HEADED, NAME, "2025年第二季度经营数据公告"], "2025年第二季度经营数据公告", "other", ""),
    ],
)
def test_titles_of_many_shapes_tell_kind_and_period(
    lines: list[str], title: str, kind: str, period: str
) -> None:
    found = identify([page(*lines, "本公司董事会保证公告内容真实。")])
    assert (found.title, found.kind, found.period) == (title, kind, period)
    assert found.issuer.name == NAME


@pytest.mark.parametrize(
    "lines",
    [
        ["青珩科技股", "份有限公司", "2024 年年度报告"],
        ["青 珩 科 技 股 份 有 限 公 司", "2 0 2 4 年 年 度 报 告"],
        ["白砚证券股份有限公司", "关于青珩科技股份有限公司", "2024年度持续督导跟踪报告"],
        ["青珩科技股份有限公司关于", "2024年度利润分配的公告"],
    ],
)
def test_the_issuer_is_read_off_covers_of_many_shapes(lines: list[str]) -> None:
    assert identify([page(*lines)]).issuer.name == NAME


def test_a_filing_without_a_cover_is_read_from_running_heads_and_the_company_card() -> None:
    heads = [page(f"{NAME} 2024 年年度报告", "文字", "文字", position=n) for n in (4, 5, 6)]
    card = page("一、公司信息", "股票简称 青珩科技 股票代码 300999", f"公司的中文名称 {NAME}", position=2)
    found = identify([page("重要提示", "保证年度报告内容的真实。"), card, page("目录", position=3), *heads])
    assert (found.issuer.name, found.issuer.stock_codes, found.period) == (NAME, ("300999",), "2024FY")
    assert found.evidence["issuer"] == f"p.2: {NAME}"
    assert found.evidence["title"] == "p.4: 2024年年度报告（页眉）"
    assert [doubt.field for doubt in found.doubts] == ["title"]


def test_a_report_without_any_title_is_told_by_its_pledge_and_definitions() -> None:
    terms = page("释义", "报告期 指 2024 年 1 月 1 日至 2024 年 6 月 30 日", position=2)
    found = identify([page("公司董事会保证半年度报告内容的真实、准确、完整。"), terms])
    assert (found.title, found.kind, found.period) == ("", "half_year", "2024H1")
    assert {doubt.field for doubt in found.doubts} == {"kind", "period"}


def test_another_report_that_the_text_names_is_not_the_title() -> None:
    found = identify(
        [page(NAME, "关于签订合同的公告", "详见公司", "2023年年度报告"), page("2023年年度报告", position=2)]
    )
    assert (found.title, found.kind, found.period) == ("关于签订合同的公告", "other", "")


def test_a_period_in_a_sentence_alone_is_no_reporting_period() -> None:
    assert identify([page(NAME, "关于签订合同的公告", "公司2023年度营业收入增长。")]).period == ""


def test_a_title_that_contradicts_the_definition_of_the_period_is_doubted() -> None:
    terms = page("报告期 指 2023 年度", position=2)
    (doubt,) = identify([page(NAME, "2024年年度报告"), terms]).doubts
    assert (doubt.field, "第 2 页" in doubt.sentence) == ("period", True)


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("A股代码：601999 H股代码：01999", ("601999", "01999")),
        ("股票代码Stock Code:002999.SZ/6999.HK", ("002999", "06999")),
        ("股票代码：000998、200998", ("000998", "200998")),
        ("证券代码：688999 债券代码：118999 债券简称：青珩转债", ("688999",)),
        ("（H股股票代码：1999）", ("01999",)),
    ],
)
def test_codes_of_all_share_classes_are_read(line: str, codes: tuple[str, ...]) -> None:
    assert identify([page(line, NAME, "2024年年度报告")]).issuer.stock_codes == codes


def test_the_company_card_names_the_shares_row_by_row() -> None:
    card = page(
        "公司股票简况",
        "股票种类 股票上市交易所 股票简称 股票代码 变更前股票简称",
        "A股 上海证券交易所 青珩科技 603999 无",
        "H股 香港联合交易所有",
        "限公司",
        "青珩科技 06999 无",
        "办公地址的邮政编码 200120",
        position=2,
    )
    issuer = identify([page(NAME, "2024年年度报告"), card]).issuer
    assert (issuer.short_name, issuer.stock_codes) == ("青珩科技", ("603999", "06999"))


def test_the_names_of_both_share_classes_and_their_stem_are_known() -> None:
    card = page(
        "公司信息", "股票简称 青珩 A、青珩 B 股票代码 000998、200998", "公司的中文简称 青珩集团", position=2
    )
    issuer = identify([page(NAME, "2024年年度报告"), card]).issuer
    assert (issuer.short_name, issuer.also_called) == ("青珩A", ("青珩B", "青珩", "青珩集团"))


def test_two_codes_of_one_market_are_doubted() -> None:
    card = page("公司信息", "股票简称 青珩科技 股票代码 300998", position=2)
    found = identify([page(HEADED, NAME, "2024年年度报告"), card])
    assert found.issuer.stock_codes == ("300999",)
    assert [doubt.field for doubt in found.doubts] == ["stock_code"]


def test_the_company_card_ranks_over_an_advisers_letterhead() -> None:
    card = page(f"公司的中文名称 {NAME}", position=2)
    found = identify([page("白砚证券股份有限公司", "2024年年度报告"), card])
    assert (found.issuer.name, [doubt.field for doubt in found.doubts]) == (NAME, ["issuer"])


def test_a_company_met_once_in_a_sentence_is_not_taken_for_the_issuer() -> None:
    assert identify([page("会议资料", f"与会者参观了{NAME}的工厂。")]).issuer.name == ""


def test_a_name_found_in_sentences_only_is_doubted() -> None:
    found = identify([page("会议资料", f"推动{NAME}发展。", f"{NAME}表示同意。")])
    assert (found.issuer.name, [doubt.field for doubt in found.doubts]) == (NAME, ["issuer"])


@pytest.mark.parametrize(
    ("outside", "field"),
    [
        ("青珩2023年年报.pdf", "period"),
        ("青珩2024年业绩快报.pdf", "kind"),
        ("688111_20250101.pdf", "stock_code"),
    ],
)
@pytest.mark.usefixtures("listed")
def test_a_file_name_that_contradicts_the_pages_is_told_and_not_followed(outside: str, field: str) -> None:
    pages = [page(HEAD, NAME, "2024年年度报告")]
    found = identify(pages, (outside,))
    assert field in [doubt.field for doubt in found.doubts]
    assert (found.period, found.kind, found.issuer) == ("2024FY", "annual", identify(pages).issuer)


def test_what_only_a_file_name_says_is_not_taken_over() -> None:
    found = identify([page(NAME, "公司资料")], ("青珩科技2024年半年度报告.pdf",))
    assert (found.kind, found.period) == ("other", "")
    assert any("--period 2024H1" in doubt.sentence for doubt in found.doubts)


@pytest.mark.parametrize(
    "between",
    ["Qingheng Technology Co., Ltd.", "QINGHENG (GROUP) CO.,LTD", "公告编号：2024-031", HEAD],
)
def test_lines_before_the_title_are_no_part_of_it(between: str) -> None:
    assert identify([page(NAME, between, "2024 年半年度报告")]).title == "2024年半年度报告"


def test_a_title_broken_over_lines_is_mended() -> None:
    found = identify([page(NAME, "2024年度“提质增效重回报”行动方案", "的半年度评估报告")])
    assert found.title == "2024年度“提质增效重回报”行动方案的半年度评估报告"
    assert (found.kind, found.period) == ("action_plan_evaluation", "2024H1")


def test_a_summary_is_told_by_the_line_below_the_title() -> None:
    found = identify([page(HEAD, NAME, "2024年半年度报告", "摘要", "重要提示")])
    assert (found.title, found.period) == ("2024年半年度报告摘要", "2024H1")
    assert found.kind != "half_year"


def test_the_issuers_name_is_no_part_of_the_title() -> None:
    assert identify([page(f"{NAME}2024年年度报告")]).title == "2024年年度报告"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2024年年度报告", "2024FY"),
        ("2024年半年度报告摘要", "2024H1"),
        ("2024年第一季度报告", "2024Q1"),
        ("2024年第三季度报告", "2024Q3"),
        ("二〇二四年半年度报告", "2024H1"),
    ],
)
def test_a_title_names_the_period(title: str, period: str) -> None:
    assert identify([page(HEAD, NAME, title)]).period == period


def test_names_it_goes_by_stand_behind_the_full_name() -> None:
    body = f"{NAME}（以下简称“公司”、“青珩”）专注于软件。"
    assert identify([page(NAME, "2024年半年度报告", body)]).issuer.also_called == ("青珩",)


def test_a_name_inside_a_sentence_counts_where_none_stands_alone() -> None:
    found = identify([page("公告内容如下。", f"{NAME}董事会保证公告真实。", f"特此公告。{NAME}董事会")])
    assert found.issuer.name == NAME


def test_a_page_without_a_company_leaves_the_issuer_empty() -> None:
    found = identify([page("关于市场的若干说明", "没有公司。")])
    assert (found.issuer.name, found.issuer.stock_codes, found.period) == ("", (), "")


@pytest.mark.usefixtures("listed")
def test_the_table_gives_the_short_name_and_code_that_are_not_printed() -> None:
    found = identify([page(NAME, "2024年半年度报告")])
    assert (found.issuer.short_name, found.issuer.stock_codes) == ("青珩科技", ("688999",))
    assert found.evidence["short_name"] == found.evidence["stock_code"] == "上市公司表"


@pytest.mark.usefixtures("listed")
def test_a_printed_short_name_ranks_over_the_table() -> None:
    found = identify([page("公司代码：688999 公司简称：青珩新名", NAME, "2024年半年度报告")])
    assert found.issuer.short_name == "青珩新名"
    assert found.evidence["short_name"] == "p.1: 青珩新名"


@pytest.mark.usefixtures("listed")
def test_the_table_is_silent_where_another_code_is_printed() -> None:
    found = identify([page("公司代码：688111", NAME, "2024年半年度报告")])
    assert (found.issuer.short_name, found.issuer.stock_codes) == ("", ("688111",))


@pytest.mark.usefixtures("listed")
def test_a_company_outside_the_table_stays_without_short_name() -> None:
    found = identify([page("白砚股份有限公司", "2024年半年度报告")])
    assert (found.issuer.short_name, found.issuer.stock_codes) == ("", ())
