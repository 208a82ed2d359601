"""`xunju eval gate`: fails where a measure of the offline run has fallen below its floor, and says who fell."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from eval.measures import BY_NAME
from eval.overrides import settings_with
from eval.places import EVAL, RESULTS
from eval.results import Result, read_run
from eval.runner import Order
from eval.runner import run as run_order
from eval.scoring.score import totals
from eval.sets import own_sets
from eval.showing import figure, progress
from rag import UserError

GATE = EVAL / "gate.toml"
MISSES = EVAL / "gate_misses.json"

Given = Annotated[Path | None, typer.Option("--run", metavar="目录", help="检查已有的一次运行，不再提问")]
Accept = Annotated[bool, typer.Option("--accept", help="通过后，把现在失分的题记为已知")]
GateFile = Annotated[Path, typer.Option("--floors", metavar="文件", help="下限文件")]
Results = Annotated[Path, typer.Option("--results", metavar="目录", help="结果放在哪里")]


@dataclass(frozen=True, slots=True)
class Floors:
    """What a run must reach: the set asked, the least of measures that rise, the most of those that fall."""

    set: str
    floors: dict[str, float]
    ceilings: dict[str, float]


@dataclass(frozen=True, slots=True)
class Fall:
    """A measure beyond its limit, and the questions that lost points: those not known to do so come first."""

    measure: str
    value: float | None
    limit: float
    new: tuple[str, ...]
    known: tuple[str, ...]


def gate(
    given: Given = None, accept: Accept = False, floors: GateFile = GATE, results: Results = RESULTS
) -> None:
    """离线回答 samples 题集，任何一项指标低于 eval/gate.toml 的下限就失败，并列出失分的题。"""
    limits = read_floors(floors)
    done = read_run(given).results if given is not None else _offline_run(limits.set, results)
    known = _known_misses()
    fallen = falls(done, limits, known)
    for fall in fallen:
        for line in in_words(fall):
            typer.echo(line, err=True)
    if fallen:
        raise UserError(
            f"评测没有过关：{len(fallen)} 项指标越限。请修复上面新失分的题，再运行 xunju eval gate。"
        )
    if accept:
        text = json.dumps(misses(done, limits), ensure_ascii=False, indent=1)
        MISSES.write_text(text + "\n", encoding="utf-8")
    typer.echo(f"评测过关：{len(done)} 题，{len(limits.floors) + len(limits.ceilings)} 项指标都在限内。")


def read_floors(path: Path) -> Floors:
    """The limits in a file; UserError where it is none or names an unknown measure."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        floors = Floors(table["set"], dict(table["floors"]), dict(table.get("ceilings", {})))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UserError(f"{path.name} 读不出下限（{error}）。请对照项目里的 eval/gate.toml 改正。") from error
    for name in (*floors.floors, *floors.ceilings):
        if name not in BY_NAME:
            raise UserError(f"{path.name} 里有不认识的指标 {name}。可用的有：{'、'.join(BY_NAME)}。")
    return floors


def falls(results: Sequence[Result], limits: Floors, known: Mapping[str, Sequence[str]]) -> list[Fall]:
    """The measures beyond their limits; a measure that no question has any more is beyond it as well."""
    values = totals(results)
    found = []
    for name, floor in limits.floors.items():
        value = values.get(name)
        if value is None or value < floor:
            found.append(_fall(name, value, floor, results, known))
    for name, ceiling in limits.ceilings.items():
        if values.get(name, 0.0) > ceiling:
            found.append(Fall(name, values[name], ceiling, (), ()))
    return found


def misses(results: Sequence[Result], limits: Floors) -> dict[str, list[str]]:
    """The questions that lost points, by measure with a floor."""
    return {name: lost for name in limits.floors if (lost := _lost(name, results))}


def in_words(fall: Fall) -> list[str]:
    """What the gate says of a measure beyond its limit."""
    measure = BY_NAME[fall.measure]
    value = figure(measure, fall.value) if fall.value is not None else "没有任何题有此项得分"
    beyond = "低于下限" if measure.direction == "up" else "高于上限"
    lines = [f"{measure.title}（{fall.measure}）{value}，{beyond} {figure(measure, fall.limit)}。"]
    if fall.new:
        lines.append(f"  新失分的题：{' '.join(fall.new)}")
    if fall.known:
        lines.append(f"  原已失分的题：{' '.join(fall.known)}")
    return lines


def _fall(
    name: str,
    value: float | None,
    limit: float,
    results: Sequence[Result],
    known: Mapping[str, Sequence[str]],
) -> Fall:
    lost = _lost(name, results)
    before = set(known.get(name, ()))
    return Fall(
        name, value, limit, tuple(i for i in lost if i not in before), tuple(i for i in lost if i in before)
    )


def _lost(name: str, results: Sequence[Result]) -> list[str]:
    return [r.id for r in results if (score := r.scores.get(name)) is not None and score < 1.0]


def _offline_run(name: str, results: Path) -> Sequence[Result]:
    asked, _ = own_sets([name])
    settings = settings_with(None, ["llm.provider=none"])
    return run_order(Order(tuple(asked), settings, "gate"), results, show=progress()).results


def _known_misses() -> dict[str, list[str]]:
    if not MISSES.is_file():
        return {}
    known: dict[str, list[str]] = json.loads(MISSES.read_text(encoding="utf-8"))
    return known
