"""Build the invented filings: texts in three shapes, PDFs, and the truth the tests check against.

python -m samples.build                 texts, truth and PDFs
python -m samples.build --no-pdf        without the PDFs: needs neither fonts nor reportlab
"""

import argparse
import sys
import tomllib
from pathlib import Path

from samples.making.accounts import Accounts, load
from samples.making.filing import Filing, lay_out, text_of
from samples.making.pdf import FontMissingError, write_pdf
from samples.making.truth import truth_of, write_truth
from samples.making.typeset import Layout

ROOT = Path(__file__).parent
SOURCES = ROOT / "source"
FONT = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
LATIN_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def read_filings() -> list[Filing]:
    """The filings that `source/filings.toml` names."""
    table = tomllib.loads((SOURCES / "filings.toml").read_text(encoding="utf-8"))
    return [Filing(**{**row, "kept_markers": tuple(row.get("kept_markers", ()))}) for row in table["filing"]]


def made_filings() -> list[tuple[Filing, Accounts, Layout]]:
    """Every filing with its issuer's accounts and its pages."""
    accounts = {filing.folder: load(SOURCES / filing.folder) for filing in read_filings()}
    return [(f, accounts[f.folder], lay_out(f, accounts[f.folder], SOURCES)) for f in read_filings()]


def main() -> int:
    """Write everything; 1 and a sentence where a font is missing."""
    parser = argparse.ArgumentParser(description="生成示例公告")
    parser.add_argument("--font", type=Path, default=FONT, help="中文 TrueType 字体")
    parser.add_argument("--latin-font", type=Path, default=LATIN_FONT, help="西文 TrueType 字体")
    parser.add_argument("--no-pdf", action="store_true", help="不生成 PDF")
    options = parser.parse_args()
    made = made_filings()
    for filing, _, layout in made:
        if filing.text:
            (ROOT / filing.text).write_text(text_of(filing, layout), encoding="utf-8")
        if filing.pdf and not options.no_pdf:
            try:
                write_pdf(layout, filing, (options.font, options.latin_font), ROOT / filing.pdf)
            except FontMissingError as missing:
                print(missing, file=sys.stderr)
                return 1
        print(f"{filing.text or filing.pdf}：{len(layout.pages)} 页")
    write_truth(ROOT / "truth.json", [truth_of(*item) for item in made])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
