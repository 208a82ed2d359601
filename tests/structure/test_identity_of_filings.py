"""Issuer, codes, kind and period of the filings at hand, whose files have been given random names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from rag.reading.read import read_file
from rag.settings import Settings
from rag.structure.parse import FileCard, parse

FILINGS = Path(__file__).parents[3] / "shared" / "filings"
# By the first signs of the file's SHA-256; each looked up on the filing's own pages.
EXPECTED = {
    "bf4f12aeb1a5": (("688561",), "action_plan_evaluation", "2025H1"),
    "22f2d5a2bcca": (("688030",), "action_plan_evaluation", "2024H1"),
    "b1adf005403e": (("688030",), "half_year", "2024H1"),
    "ecc59464b8d9": (("600080",), "half_year", "2024H1"),
    "43c5346bd4b0": (("000012", "200012"), "annual", "2018FY"),
    "9c1259afc619": (("000410",), "annual", "2025FY"),
    "aa99259cf086": (("002099",), "annual", "2019FY"),
    "f85ca09379d1": (("000002", "200002"), "annual", "2008FY"),
    "793dd897d99f": (("300106",), "annual", "2025FY"),
    "65bf677d1b74": (("600284",), "annual", "2025FY"),
    "71326438f79b": (("603127", "06127"), "half_year", "2024H1"),
    "1053343716b4": (("688222",), "annual", "2024FY"),
    "a6ff5e468c20": (("002821", "06821"), "quarterly", "2025Q3"),
    "974acec03571": (("300347",), "half_year", "2025H1"),
    "18d5196f8241": (("301080",), "annual_summary", "2024FY"),
    "01d80fcbb4ce": (("301096",), "annual", "2023FY"),
    "8db0283899e6": (("688005",), "earnings_flash", "2021FY"),
    "464e4c179a18": (("600519",), "annual", "2020FY"),
}


def _files() -> dict[str, Path]:
    found = [path for path in FILINGS.rglob("*.*") if path.suffix in (".pdf", ".txt", ".html")]
    return {hashlib.sha256(path.read_bytes()).hexdigest()[:12]: path for path in found}


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("digest", EXPECTED)
def test_a_filing_is_known_by_its_pages_alone(digest: str, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="two of the filings hold pictures of pages: xunju[ocr]")
    original = _files().get(digest)
    if original is None:
        pytest.skip("the filings lie beside the project, and are not there")
    renamed = tmp_path / f"{digest[::-1]}{original.suffix}"
    renamed.symlink_to(original)
    settings = Settings()
    read = read_file(renamed, settings.limits, settings.reading)
    card = FileCard(read.id, read.file_name, read.size_bytes, read.numbering, title=read.title)
    filing = parse(card, read.pages, settings.passages).filing
    assert (filing.issuer.stock_codes, filing.kind, filing.period) == EXPECTED[digest]
    assert filing.issuer.name.endswith("股份有限公司")
    # Two of the filings print a change that their own figures do not give; that is no doubt about who they are.
    assert [warning for warning in filing.warnings if "--checks" not in warning] == []
