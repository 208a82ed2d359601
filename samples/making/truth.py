"""What the filings hold, told by the accounts themselves, for tests of reading and facts."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from samples.making.accounts import Accounts
from samples.making.filing import Filing
from samples.making.ledger import ZERO
from samples.making.typeset import Layout, Page
from samples.making.wording import fill

SOURCES = Path(__file__).parent.parent / "source"
PERIOD = {"half_year": "2024H1", "action_plan_evaluation": "2024H1"}
FLOWS = ("2024H1", "2023H1")
COLUMNS = {"资产负债表": ("2024-06-30", "2023-12-31"), "利润表": FLOWS, "现金流量表": FLOWS}


def truth_of(filing: Filing, accounts: Accounts, layout: Layout) -> dict[str, Any]:
    """The truth of one filing: who, when, how many pages, its statement lines and further facts."""
    company = accounts.source["公司"]
    return {
        "files": [name for name in (filing.text, filing.pdf) if name],
        "title": filing.title,
        "company": company["全称"],
        "short_name": company["简称"],
        "stock_code": company["代码"],
        "kind": filing.kind,
        "period": PERIOD[filing.kind],
        "pages": len(layout.pages),
        "statements": _statements(accounts, layout) if filing.kind == "half_year" else [],
        "facts": _facts(filing, accounts, layout),
    }


def _statements(accounts: Accounts, layout: Layout) -> list[dict[str, Any]]:
    """Each statement line that has an amount: title, scope, label, page and both amounts in yuan."""
    lines = []
    for title in (
        "合并资产负债表",
        "母公司资产负债表",
        "合并利润表",
        "母公司利润表",
        "合并现金流量表",
        "母公司现金流量表",
    ):
        scope = "母公司" if title.startswith("母公司") else "合并"
        ledger = accounts.ledger(scope)
        name = "现金流量表" if title.endswith("现金流量表") else title
        periods = next(pair for end, pair in COLUMNS.items() if title.endswith(end))
        for line in accounts.statements[name]:
            page = layout.tags.get(f"{title}.{line.key}")
            if page is None:
                continue
            values = [ledger.value(line.key, 0), ledger.value(line.key, 1)]
            lines.append(
                {
                    "statement": title,
                    "scope": scope,
                    "label": line.label,
                    "line_item": line.key,
                    "page": page,
                    "values": {
                        p: str(v) if v != ZERO else None for p, v in zip(periods, values, strict=True)
                    },
                }
            )
    return lines


def _facts(filing: Filing, accounts: Accounts, layout: Layout) -> list[dict[str, Any]]:
    """The facts of `facts.toml` for this filing, each found on its pages or the build fails."""
    path = SOURCES / filing.folder / "facts.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    facts = []
    for row in table.get(Path(filing.source).stem, []):
        value, anchor = fill(row["value"], accounts).replace(",", ""), compact(fill(row["anchor"], accounts))
        pages = [n for n, page in enumerate(layout.pages, 1) if anchor in page_text(page)]
        if not pages:
            raise ValueError(f"fact not in {filing.title}: {row['name']}: {anchor}")
        facts.append(
            {"name": row["name"], "value": value, "unit": row["unit"], "pages": pages, "anchor": anchor}
        )
    return facts


def page_text(page: Page) -> str:
    """The text of a page in drawing order without white space."""
    return compact("".join(run.text for run in page.runs))


def compact(text: str) -> str:
    """The text without white space."""
    return re.sub(r"\s+", "", text)


def write_truth(path: Path, filings: list[dict[str, Any]]) -> None:
    """Write the truth as indented JSON that a person can read."""
    path.write_text(json.dumps({"filings": filings}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
