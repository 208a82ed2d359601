from __future__ import annotations

import stat
from pathlib import Path

import pytest

from rag import UserError
from rag.interfaces.http.keys import FILE, KeyFile
from tests.interfaces.conftest import Xunju


def test_a_key_is_found_by_itself_alone(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path)
    key = keys.add("张三", ["read", "ingest"])
    found = keys.find(key)
    assert found is not None
    assert (found.name, found.scopes) == ("张三", ("read", "ingest"))
    assert keys.find("xunju-nothing") is None


def test_the_file_holds_no_key_and_is_the_owner_s_alone(tmp_path: Path) -> None:
    key = KeyFile(tmp_path).add("张三", ["read"])
    file = tmp_path / FILE
    assert key not in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_name_is_given_once(tmp_path: Path) -> None:
    KeyFile(tmp_path).add("张三", ["read"])
    with pytest.raises(UserError, match="已经有"):
        KeyFile(tmp_path).add("张三", ["read"])


def test_an_unknown_scope_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="权限只能是"):
        KeyFile(tmp_path).add("张三", ["write"])


def test_a_damaged_file_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match="读不出来"):
        KeyFile(tmp_path).keys()


def test_a_key_is_made_listed_and_removed_on_the_command_line(xunju: Xunju, tmp_path: Path) -> None:
    index = tmp_path / "index"
    made = xunju("keys", "add", "张三", "--scope", "ingest", "--index", index)
    assert made.out.startswith("xunju-")
    assert "张三  ingest" in xunju("keys", "list", "--index", index).out
    assert xunju("keys", "remove", "张三", "--index", index).code == 0
    assert "还没有密钥" in xunju("keys", "list", "--index", index).err


def test_a_key_that_is_not_there_cannot_be_removed(xunju: Xunju, tmp_path: Path) -> None:
    gone = xunju("keys", "remove", "张三", "--index", tmp_path)
    assert gone.code == 1
    assert "没有名为" in gone.err
