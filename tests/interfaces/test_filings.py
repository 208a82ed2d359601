from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rag import open_assistant
from tests.interfaces.conftest import Xunju

HALF_YEAR = "lantu_2024_half_year.txt"


def test_the_list_names_company_period_and_file(xunju: Xunju, built: Path) -> None:
    line = next(
        line for line in xunju("filings", "list", "--index", built).out.splitlines() if HALF_YEAR in line
    )
    assert all(word in line for word in ("澜图工软（688974）", "2024H1", "半年度报告", "46 页"))


def test_a_filing_is_shown_by_the_beginning_of_its_id(xunju: Xunju, built: Path) -> None:
    cards = json.loads(xunju("filings", "list", "--json", "--index", built).out)
    card = next(card for card in cards if card["file_name"] == HALF_YEAR)
    assert card["id"] in xunju("filings", "show", card["id"][:10], "--index", built).out


def test_a_page_is_shown_as_stored(xunju: Xunju, built: Path) -> None:
    assert "214,889,491.45" in xunju("filings", "show", HALF_YEAR, "--page", "6", "--index", built).out


def test_the_outline_names_the_sections_and_pages(xunju: Xunju, built: Path) -> None:
    lines = xunju("filings", "show", HALF_YEAR, "--outline", "--index", built).out.splitlines()
    assert any(line.startswith("第十节财务报告") and line.endswith("页") for line in lines)


@pytest.mark.parametrize("more", [(), ("--page", "99")])
def test_an_unknown_filing_or_page_is_told(xunju: Xunju, built: Path, more: tuple[str, ...]) -> None:
    run = xunju("filings", "show", HALF_YEAR if more else "none", *more, "--index", built)
    assert (run.code, run.out, run.err.startswith(("没有公告", "这份公告没有"))) == (1, "", True)


def test_a_removed_filing_is_gone(xunju: Xunju, own_index: Path) -> None:
    assert xunju("filings", "remove", HALF_YEAR, "--index", own_index).code == 0
    assert HALF_YEAR not in xunju("filings", "list", "--index", own_index).out


def test_a_damaged_index_fails_verify(xunju: Xunju, own_index: Path) -> None:
    original = next(path for path in (own_index / "originals").rglob("*") if path.is_file())
    original.chmod(0o600)
    original.write_bytes(b"changed")
    run = xunju("filings", "verify", "--index", own_index)
    assert run.code == 1
    assert "原始文件" in run.err


@pytest.fixture
def other_model(tmp_path: Path) -> Path:
    """A config with another embedding model."""
    from rag.models import embedding

    folder = Path(shutil.copytree(embedding.BUNDLED_FOLDER, tmp_path / "model"))
    card = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps({**card, "name": "another"}), encoding="utf-8")
    config = tmp_path / "other.toml"
    config.write_text(f'[embedding]\nmodel = "{folder}"\n', encoding="utf-8")
    return config


def test_another_embedding_model_is_told_with_its_remedy(
    xunju: Xunju, own_index: Path, other_model: Path
) -> None:
    run = xunju("ask", "营业收入", "--index", own_index, "--config", other_model)
    assert run.code == 1
    assert "xunju filings rebuild" in run.err


def test_rebuild_makes_the_index_fit_another_model(xunju: Xunju, own_index: Path, other_model: Path) -> None:
    assert xunju("filings", "rebuild", "--index", own_index, "--config", other_model).code == 0
    assert xunju("ask", "澜图工软营业收入", "--index", own_index, "--config", other_model).code == 0


def test_the_bundled_samples_are_read_whole(built: Path) -> None:
    from rag import Settings

    settings = Settings()
    index = settings.index.model_copy(update={"path": built})
    assistant = open_assistant(settings.model_copy(update={"index": index}))
    try:
        assert [filing.page_count > 0 for filing in assistant.filings()] == [True, True]
    finally:
        assistant.close()


@pytest.mark.parametrize(
    ("view", "line"),
    [
        ("--tables", "货币资金"),
        ("--facts", "monetary_funds"),
        ("--checks", "不符 0 项。"),
    ],
)
def test_what_was_read_is_shown(xunju: Xunju, built: Path, view: str, line: str) -> None:
    assert line in xunju("filings", "show", HALF_YEAR, view, "--index", built).out


def test_a_fact_is_told_with_page_scope_and_period(xunju: Xunju, built: Path) -> None:
    facts = json.loads(xunju("filings", "show", HALF_YEAR, "--facts", "--json", "--index", built).out)[
        "facts"
    ]
    assert any(
        (fact["页"], fact["口径"], fact["期间"], fact["数"]) == (6, "", "2024H1", "214,889,491.45")
        for fact in facts
    )


@pytest.mark.parametrize("kind", [".xlsx", ".csv", ".json"])
def test_what_was_read_is_written_to_a_file(xunju: Xunju, built: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"facts{kind}"
    run = xunju("filings", "show", HALF_YEAR, "--facts", "--out", out, "--index", built)
    assert (run.code, run.out, out.stat().st_size > 1000) == (0, "", True)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--facts", "--tables", "--out", "a.xlsx"), "一次写一种"),
        (("--out", "a.xlsx"), "一次写一种"),
        (("--facts", "--out", "a.docx"), "不能写成"),
        (("--facts", "--out", "none/a.json"), "结果写不到"),
    ],
)
def test_a_file_that_cannot_be_written_is_told(
    xunju: Xunju, built: Path, more: tuple[str, ...], message: str
) -> None:
    run = xunju("filings", "show", HALF_YEAR, *more, "--index", built)
    assert (run.code, message in run.err) == (1, True)


def test_verify_counts_the_identities_that_hold(xunju: Xunju, built: Path) -> None:
    run = xunju("filings", "verify", "--json", "--index", built)
    checks = json.loads(run.out)["checks"]
    assert (run.code, checks["held"] > 100, checks["failed"]) == (0, True, {})


def test_verify_says_how_many_identities_hold(xunju: Xunju, built: Path) -> None:
    assert "不符 0 项。" in xunju("filings", "verify", "--index", built).out
