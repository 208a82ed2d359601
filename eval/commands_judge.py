"""`xunju eval judge`: a model grades the answers of a run; the grades stand beside the scores, not among them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from eval.agreement import Agreement
from eval.commands_report import Own, Results, run_folders
from eval.judge import ASPECTS, Asked, Aspect, Opinion, agreements, asked_of, grade, mean_grade, read_labels
from eval.outcomes import outcomes_of, sets_of
from eval.overrides import settings_with
from eval.places import EVAL, RESULTS
from eval.results import now, read_run
from eval.showing import progress
from rag import PromptedModel, UserError, open_prompted

Folder = Annotated[
    Path | None, typer.Argument(metavar="[结果目录]", help="目录或其名字；不写则取最近一次运行")
]
Config = Annotated[
    Path | None, typer.Option("--config", metavar="文件", help="配置文件；默认读当前目录的 config.toml")
]
Override = Annotated[list[str] | None, typer.Option("--set", metavar="节.键=值", help="改一项设置，可写多次")]
Labels = Annotated[
    Path | None, typer.Option("--labels", metavar="文件", help="自己人评过的回答；不写则用随附的参考评分")
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="只评前几个回答")]

NAMES: dict[Aspect, str] = {"fluency": "通顺", "completeness": "完整"}
LABELS = EVAL / "judge_labels.jsonl"


def judge(  # noqa: PLR0913  each is an option of the command
    folder: Folder = None,
    own: Own = None,
    labels: Labels = None,
    config: Config = None,
    override: Override = None,
    limit: Limit = None,
    results: Results = RESULTS,
) -> None:
    """用配置的大模型按 prompts/judge.md 评通顺与完整，并报告与人工评分的一致程度；只作参考。"""
    (place,) = run_folders([folder] if folder else [], results, 1)
    run = read_run(place)
    known = read_labels(labels or LABELS)
    outcomes = [one for one in outcomes_of(run, sets_of(run, own or [])) if one.reply is not None][:limit]
    if not outcomes:
        raise UserError(f"{place.name} 里没有回答可评（只检索的运行没有回答）。请换一次运行。")
    model = open_prompted(settings_with(config, override or []), "judge")
    told = agreements(_graded([asked for asked, _ in known], model, "对照"), [grades for _, grades in known])
    opinions = _graded([asked_of(one) for one in outcomes], model, "评分")
    path = place / f"judge-{now().replace('-', '').replace(':', '')}.json"
    keys = [one.result.key for one in outcomes]
    path.write_text(_record(model, dict(zip(keys, opinions, strict=True)), told), encoding="utf-8")
    for line in lines_of(opinions, told, "人工评分" if labels else "参考评分"):
        typer.echo(line)
    typer.echo(f"评分：{path}")


def _graded(asked: Sequence[Asked], model: PromptedModel, what: str) -> list[Opinion]:
    show, opinions = progress(), []
    for number, one in enumerate(asked, 1):
        opinions.append(grade(one, model))
        show(what, number, len(asked))
    return opinions


def lines_of(
    opinions: Sequence[Opinion], told: Mapping[Aspect, Agreement | None], against: str = "人工评分"
) -> list[str]:
    """Mean grades, each with how far the model agrees with the labels, and what could not be judged."""
    lines = []
    for aspect in ASPECTS:
        mean = mean_grade(opinions, aspect)
        lines.append(
            f"{NAMES[aspect]}：{'–' if mean is None else f'{mean:.1%}'}，{_words(told[aspect], against)}"
        )
    failed = sum(one.grades is None for one in opinions)
    return [*lines, *([f"{failed} 个回答没有评成。"] if failed else []), "模型评分只作参考，不代替其他指标。"]


def _words(told: Agreement | None, against: str) -> str:
    if told is None:
        return f"没有可对照的{against}，可信程度未知"
    kappa = "无法计算（评分全部相同）" if told.kappa is None else f"{told.kappa:.2f}"
    return f"与{against}一致 {told.share:.1%}（{told.count} 个回答，Cohen κ {kappa}）"


def _record(
    model: PromptedModel,
    opinions: Mapping[tuple[str, str], Opinion],
    told: Mapping[Aspect, Agreement | None],
) -> str:
    record = {
        "schema": 1,
        "model": model.name,
        "prompt_hash": model.prompt_hash,
        "means": {aspect: mean_grade(list(opinions.values()), aspect) for aspect in ASPECTS},
        "agreement": {aspect: dataclasses.asdict(one) if one else None for aspect, one in told.items()},
        "opinions": [
            {"set": name, "id": number, "grades": one.grades, "reason": one.reason}
            for (name, number), one in opinions.items()
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"
