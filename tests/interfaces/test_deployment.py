"""The container files name what is there: files, extras, commands, settings; and run as nobody in particular."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from rag import Settings
from rag.interfaces.cli import app
from rag.interfaces.slack.running import APP, BOT
from rag.store.database import FILE

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCUMENTS = ("docs/deployment.md", "docs/slack.md")
COMMANDS = getattr(get_command(app), "commands", {})
KEYS = {
    f"XUNJU_{section}_{key}".upper()
    for section, field in Settings.model_fields.items()
    for key in field.annotation.model_fields  # type: ignore[union-attr]
}


def test_what_is_copied_into_the_image_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    files = [name for line in copied for name in line.split()]
    assert len(files) > 5
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_what_is_copied_is_not_held_back() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert {name.removeprefix("./") for line in copied for name in line.split()} <= kept


def test_the_image_has_all_that_the_wheel_is_made_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    wanted = {*wheel["only-include"], *wheel["force-include"], project["project"]["readme"]}
    assert [name for name in wanted if name not in DOCKERFILE] == []


def test_the_extras_of_the_image_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (extras,) = re.findall(r'^ARG EXTRAS="(.*)"', DOCKERFILE, re.MULTILINE)
    assert set(extras.split(",")) <= set(project["optional-dependencies"])


def test_the_image_runs_as_an_ordinary_user_with_its_data_in_a_volume() -> None:
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.findall(r"^USER (\S+)", last, re.MULTILINE) == ["xunju"]
    assert re.search(r"^VOLUME /data$", last, re.MULTILINE)
    assert "XUNJU_INDEX_PATH=/data/" in last
    assert "/livez" in last.split("HEALTHCHECK")[1]


def test_nothing_in_the_files_is_a_secret() -> None:
    text = DOCKERFILE + (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert re.findall(r"xox[bap]-\w|sk-\w{8}|xapp-\w", text) == []
    assert all(
        str(value).startswith("${")
        for service in SERVICES.values()
        for name, value in service.get("environment", {}).items()
        if "TOKEN" in name or "KEY" in name
    )


@pytest.mark.parametrize("name", ["web", "slack"])
def test_a_service_of_ours_is_hardened(name: str) -> None:
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["volumes"] == ["data:/data"]


def test_the_port_is_open_to_this_machine_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_a_local_model_is_reached_at_a_loopback_address() -> None:
    assert SERVICES["model"]["network_mode"] == "service:web"


def test_every_variable_of_the_files_is_a_setting() -> None:
    text = DOCKERFILE + (ROOT / "compose.yaml").read_text(encoding="utf-8")
    text += "".join((ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    assert set(re.findall(r"XUNJU_[A-Z]+_[A-Z_]+", text)) - {"XUNJU_LLM_API_KEY"} <= KEYS
    assert {BOT, APP} <= set(SERVICES["slack"]["environment"])


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_names_commands_settings_and_files_that_are_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [name for name in re.findall(r"xunju ([a-z]+)", text) if name not in COMMANDS] == []
    keys = re.findall(r"\[(\w+)\] (\w+)", text)
    assert [key for key in keys if f"XUNJU_{key[0]}_{key[1]}".upper() not in KEYS] == []
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_a_backup_of_the_database_and_the_originals_is_enough(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from rag.interfaces.cli import main

    restored = tmp_path / "restored"
    shutil.copytree(built / "originals", restored / "originals")
    with closing(sqlite3.connect(built / FILE)) as live, closing(sqlite3.connect(restored / FILE)) as copy:
        live.backup(copy)
    assert main(["filings", "rebuild", "--index", str(restored)]) == 0
    assert main(["filings", "verify", "--index", str(restored)]) == 0
    capsys.readouterr()
    assert main(["ask", "澜图工软2024年上半年营业收入是多少？", "--index", str(restored)]) == 0
    assert "214,889,491.45" in capsys.readouterr().out
