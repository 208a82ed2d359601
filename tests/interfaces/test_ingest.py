from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfWriter

from rag import sample_folder
from tests.interfaces.conftest import FILINGS, Xunju

REPORT = sample_folder() / FILINGS[1]


def _locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    return _bytes(writer)


def _blank() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return _bytes(writer)


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


BAD = {
    "empty.txt": b"",
    "password.pdf": _locked(),
    "truncated.pdf": _blank()[:-40],
    "nopages.pdf": _bytes(PdfWriter()),
    "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(64),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_told_in_one_line(xunju: Xunju, own_index: Path, name: str) -> None:
    Path(name).write_bytes(BAD[name])
    run = xunju("ingest", name, "--index", own_index)
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith(f"未读入 {name}：")
    assert run.err.count("\n") == 1
    assert "Traceback" not in run.err


def test_a_file_that_fails_leaves_the_index_as_it_was(xunju: Xunju, own_index: Path) -> None:
    before = xunju("filings", "list", "--json", "--index", own_index).out
    Path("empty.txt").write_bytes(b"")
    xunju("ingest", "empty.txt", "--index", own_index)
    assert xunju("filings", "list", "--json", "--index", own_index).out == before
    assert xunju("filings", "verify", "--index", own_index).code == 0


def test_one_bad_file_in_a_folder_leaves_the_others(xunju: Xunju, own_index: Path) -> None:
    folder = Path("filings")
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "again.txt").write_bytes(REPORT.read_bytes() + b"\n")
    run = xunju("ingest", folder, "--index", own_index)
    assert run.code == 3
    assert "已读入 again.txt" in run.out
    assert "1 个文件没有读入，其余 1 个已在索引中。" in run.err


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_other_encodings_are_read(xunju: Xunju, own_index: Path, encoding: str) -> None:
    Path("report.txt").write_text(REPORT.read_text(encoding="utf-8"), encoding=encoding)
    assert xunju("ingest", "report.txt", "--index", own_index).code == 0


def test_the_same_bytes_are_skipped(xunju: Xunju, own_index: Path) -> None:
    run = xunju("ingest", REPORT, "--json", "--index", own_index)
    assert (run.code, json.loads(run.out)["outcome"]) == (0, "skipped")


def test_a_filing_read_wrong_is_put_right(xunju: Xunju, own_index: Path) -> None:
    said = ("--company", "某某科技", "--period", "2023中报", "--kind", "业绩快报")
    run = xunju("ingest", REPORT, *said, "--json", "--index", own_index)
    done = json.loads(run.out)
    assert (done["outcome"], done["company"], done["period"]) == ("replaced", "某某科技", "2023H1")
    shown = json.loads(xunju("filings", "show", done["filing_id"], "--json", "--index", own_index).out)
    assert shown["evidence"]["issuer"] == shown["evidence"]["kind"] == "由用户指定"


def test_a_correction_nobody_understands_is_told_before_anything_is_read(xunju: Xunju) -> None:
    run = xunju("ingest", REPORT, "--kind", "随笔", "--index", "new")
    assert (run.code, "没有公告类型“随笔”" in run.err, Path("new").exists()) == (1, True, False)


@pytest.mark.parametrize("path", ["none.pdf", "empty_folder"])
def test_a_wrong_path_is_told_and_makes_no_index(xunju: Xunju, path: str) -> None:
    Path("empty_folder").mkdir()
    run = xunju("ingest", path, "--index", "new")
    assert (run.code, path in run.err, Path("new").exists()) == (1, True, False)


def test_an_index_being_written_refuses_a_second_writer_and_still_answers(
    xunju: Xunju, own_index: Path
) -> None:
    import fcntl

    with (own_index / "write.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for command in (("ingest", REPORT), ("filings", "remove", REPORT.name), ("filings", "rebuild")):
            run = xunju(*command, "--index", own_index)
            assert (run.code, "写入" in run.err) == (1, True)
        assert xunju("ask", "澜图工软2024年上半年营业收入是多少？", "--index", own_index).code == 0
