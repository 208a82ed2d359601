"""What people type to report, compare, judge and let gold grow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import commands_judge
from rag import PromptedModel, Settings, assemble, open_assistant, sample_folder
from rag.answering.prompts import load_prompt
from rag.ingest import pipeline
from rag.interfaces.cli import main
from rag.reading.read import read_file
from tests.eval.builders import a_gold_file, a_question, a_run, right, wrong
from tests.fakes_chat import ScriptedModel

GRADES = '{"fluency": 2, "completeness": 1, "reason": ""}'


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def runs(tmp_path: Path) -> list[str]:
    """Two runs on the disk, as arguments of a command."""
    gold = a_gold_file(tmp_path, [a_question("q1"), a_question("q2")])
    a_run(tmp_path / "results", gold, [right("q1"), wrong("q2")], "first")
    a_run(tmp_path / "results", gold, [right("q1"), right("q2")], "second")
    return ["--results", str(tmp_path / "results"), "--own", str(gold)]


def folders(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "results").iterdir())


def test_a_report_is_written_beside_its_run(tmp_path: Path, runs: list[str]) -> None:
    assert main(["eval", "report", *runs]) == 0
    assert sorted(path.name for path in folders(tmp_path)[-1].glob("report.*")) == [
        "report.html",
        "report.md",
    ]


def test_a_report_leaves_the_results_as_they_are(tmp_path: Path, runs: list[str]) -> None:
    before = {path: path.read_bytes() for path in (tmp_path / "results").rglob("*.json*")}
    assert main(["eval", "report", *runs]) == 0
    assert {path: path.read_bytes() for path in (tmp_path / "results").rglob("*.json*")} == before


def test_a_run_can_be_named_without_its_path(tmp_path: Path, runs: list[str]) -> None:
    name = folders(tmp_path)[0].name
    assert main(["eval", "report", name, *runs, "--out", "told"]) == 0
    assert "first" in Path("told/report.html").read_text(encoding="utf-8")


def test_the_last_two_runs_are_compared(runs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "compare", *runs, "--out", "told.md"]) == 0
    said = capsys.readouterr().out
    assert "由错变对：1 题" in said
    assert Path("told.md").read_text(encoding="utf-8") in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "nowhere"], "run.json"),
        (["report", "--results", "empty"], "只有 0 次运行"),
        (["compare", "only-one"], "至少要两次"),
    ],
)
def test_what_is_not_there_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", *arguments]) == 1
    assert said in capsys.readouterr().err


def test_results_of_another_schema_are_refused(
    tmp_path: Path, runs: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    card = folders(tmp_path)[-1] / "run.json"
    card.write_text(
        json.dumps(json.loads(card.read_text(encoding="utf-8")) | {"schema": 99}), encoding="utf-8"
    )
    assert main(["eval", "report", *runs]) == 1
    assert "run.json:1" in capsys.readouterr().err
    assert not (folders(tmp_path)[-1] / "report.html").exists()


def test_a_model_grades_the_answers_of_a_run(
    tmp_path: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    label = {"question": "问", "gold": "答", "answer": "答", "fluency": 2, "completeness": 0}
    Path("labels.jsonl").write_text(json.dumps(label) + "\n", encoding="utf-8")
    model = PromptedModel(load_prompt("judge"), ScriptedModel([GRADES] * 3))
    monkeypatch.setattr(commands_judge, "open_prompted", lambda settings, prompt: model)
    assert main(["eval", "judge", *runs, "--labels", "labels.jsonl"]) == 0
    said = capsys.readouterr().out
    assert "通顺：100.0%，与人工评分一致 100.0%（1 个回答" in said
    assert "完整：50.0%，与人工评分一致 0.0%" in said
    (kept,) = folders(tmp_path)[-1].glob("judge-*.json")
    assert json.loads(kept.read_text(encoding="utf-8"))["prompt_hash"] == model.prompt_hash


def test_judging_without_a_model_says_what_to_do(runs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "judge", *runs]) == 1
    assert "[llm]" in capsys.readouterr().err


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index over one invented filing, read in this process."""
    monkeypatch.setattr(pipeline, "read_guarded", read_file)
    folder = tmp_path / "index"
    file = sample_folder() / "lantu_2024_evaluation.txt"
    half_year = sample_folder() / "lantu_2024_half_year.txt"
    assert main(["ingest", str(file), str(half_year), "--index", str(folder)]) == 0
    return folder


def opened(index: Path) -> assemble.Assistant:
    settings = Settings()
    return open_assistant(
        settings.model_copy(update={"index": settings.index.model_copy(update={"path": index})})
    )


def test_gold_grows_from_figures_and_from_feedback(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assistant = opened(index)
    answer = assistant.answer("营业收入多少", use_model=False)
    given = assistant.give_feedback(answer, "good", "对的")
    assistant.close()

    assert main(["eval", "propose", "--index", str(index), "--count", "3"]) == 0
    drafts = [json.loads(line) for line in Path("eval_drafts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(draft["draft"] for draft in drafts)
    assert {"neighbouring_year", "absent_year"} <= {draft.get("trap") for draft in drafts}

    wanted = f"{drafts[0]['id']},{drafts[1]['id']}"
    assert main(["eval", "review", "--index", str(index), "--accept", wanted]) == 0
    assert "营业收入多少" in capsys.readouterr().out
    assert main(["eval", "review", "--index", str(index), "--confirm", str(given.id)]) == 0
    Path("eval_drafts.jsonl").write_text(
        Path("eval_drafts.jsonl")
        .read_text(encoding="utf-8")
        .replace('"draft": true, "id": "fb', '"draft": false, "id": "fb'),
        encoding="utf-8",
    )
    assert main(["eval", "review", "--index", str(index)]) == 0
    gold = Path("eval_gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"][:3] for line in gold] == ["pr-", "pr-", "fb-"]


def test_an_unknown_number_of_feedback_is_told(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "review", "--index", str(index), "--confirm", "9"]) == 1
    assert main(["eval", "review", "--index", str(index), "--confirm", "x"]) == 1
    assert "没有第 9 号反馈" in capsys.readouterr().err
