"""A run: every question asked in parallel, each result on disk as it is done, resumed where it was cut off."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from eval import results
from eval.corpus import code_hash, index_for
from eval.places import ROOT
from eval.results import FilingUsed, Result, Run, RunCard, RunMode, SetUsed
from eval.scoring.score import all_totals
from eval.sets import Asked
from eval.worker import Job, Plan, Worker
from rag import Settings, UserError

Show = Callable[[str, int, int], None]
DEFAULT_SEED = 20241

# One question at a time does not fill a core's vector units; more threads make small matrices slower.
_LOOK_S = 1.0  # between looks whether the run is still there
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "RAYON_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Order:
    """What to run: the sets with their filings, how, and under which name; `limit` takes the first of each set.

    `ask_with` are the settings to ask with where they differ from those to record: of a replayed model.
    """

    asked: tuple[Asked, ...]
    settings: Settings
    name: str = "run"
    mode: RunMode = "end_to_end"
    seed: int = DEFAULT_SEED
    workers: int = 2
    limit: int | None = None
    prices: tuple[float, float] | None = None
    ask_with: Settings | None = None


def run(order: Order, folder_of_runs: Path, *, resume: Path | None = None, show: Show | None = None) -> Run:
    """The finished run; with `resume` a run that was cut off is brought to its end in its own folder.

    UserError: `resume` is of other questions, filings or settings.
    """
    indexes = {a.gold.name: index_for(a.shelf, order.settings, _teller(show)) for a in order.asked}
    card = _card(order, indexes)
    if resume is not None:
        folder, done = resume, _taken_up(resume, card)
        card = replace(card, started=results.read_card(folder).started)
    else:
        folder, done = results.new_run(card, folder_of_runs), set()
    _ask(order, _jobs(order, indexes), folder, done, show)
    return _finish(order, card, folder)


def _jobs(order: Order, indexes: dict[str, Path]) -> list[Job]:
    return [
        Job(question, one.gold.name, indexes[one.gold.name])
        for one in order.asked
        for question in one.gold.questions[: order.limit]
    ]


def _ask(
    order: Order, jobs: Sequence[Job], folder: Path, done: set[tuple[str, str]], show: Show | None
) -> None:
    left = [job for job in jobs if (job.set, job.question.id) not in done]
    plan = Plan(order.ask_with or order.settings, order.mode, order.seed, order.prices)
    for number, result in enumerate(_results(plan, left, order.workers), len(jobs) - len(left) + 1):
        results.add_result(folder, result)
        if show is not None:
            show("提问", number, len(jobs))


def _results(plan: Plan, jobs: Sequence[Job], workers: int) -> Iterator[Result]:
    """The results in the order of the jobs."""
    if workers <= 1 or len(jobs) <= 1:
        worker = Worker(plan)
        try:
            yield from map(worker.result, jobs)
        finally:
            worker.close()
        return
    os.environ.update({name: os.environ.get(name, value) for name, value in _ONE_THREAD.items()})
    start = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=start, initializer=_begin, initargs=(plan,)) as pool:
        try:
            yield from pool.map(_one, jobs)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_worker: Worker | None = None


def _begin(plan: Plan) -> None:
    global _worker  # noqa: PLW0603  the one place a pool's process can keep its assistants
    _worker = Worker(plan)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    """Ends this process once the one that began it is gone: a killed run leaves nobody waiting."""
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os._exit(1)


def _one(job: Job) -> Result:
    if _worker is None:
        raise RuntimeError("a worker was asked before it began")
    return _worker.result(job)


def _taken_up(folder: Path, card: RunCard) -> set[tuple[str, str]]:
    """The questions that a run cut off has answered; those that ended in an error are asked again."""
    before = results.read_card(folder)
    same = ("sets", "filings", "settings", "mode", "seed", "prompt_hashes", "code")
    changed = [name for name in same if getattr(before, name) != getattr(card, name)]
    if changed:
        raise UserError(
            f"{folder.name}/run.json:1 与现在的 {'、'.join(changed)} 不同，不能接着跑。请去掉 --resume 重新运行。"
        )
    results.drop_torn_line(folder)
    return {result.key for result in results.read_run(folder).results if result.error is None}


def _finish(order: Order, card: RunCard, folder: Path) -> Run:
    """Puts the totals down and the run in the order asked."""
    done = results.read_run(folder)
    by_key = done.by_key
    keys = [(one.gold.name, q.id) for one in order.asked for q in one.gold.questions[: order.limit]]
    reasons = {
        (one.gold.name, q.id): q.reason
        for one in order.asked
        for q in one.gold.questions
        if q.reason is not None
    }
    ordered = tuple(by_key[key] for key in keys if key in by_key)
    results.write_scores(folder, all_totals(ordered, dict(reasons)))
    finished = replace(card, finished=results.now())
    results.write_card(folder, finished)
    return Run(folder, finished, ordered)


def _card(order: Order, indexes: dict[str, Path]) -> RunCard:
    worker = Worker(Plan(order.settings, order.mode, order.seed))
    try:
        generations = {name: worker.generation(index) for name, index in indexes.items()}
    finally:
        worker.close()
    shelves = {name: found for one in order.asked for name, found in one.shelf.files.items()}
    return RunCard(
        name=order.name,
        started=results.now(),
        commit=_git("rev-parse", "HEAD") or "unknown",
        dirty=bool(_git("status", "--porcelain", "--untracked-files=no")),
        mode=order.mode,
        seed=order.seed,
        settings=_told(order.settings),
        sets=tuple(
            SetUsed(one.gold.path.name, one.gold.sha256, len(one.gold.questions[: order.limit]))
            for one in order.asked
        ),
        filings=tuple(FilingUsed(name, digest) for name, (_, digest) in sorted(shelves.items())),
        index_generation=generations,
        prompt_hashes=_prompt_hashes(),
        prices=order.prices,
        code=code_hash(),
    )


def _told(settings: Settings) -> dict[str, dict[str, object]]:
    """The settings as recorded: without secrets, and without the index folder, which each set has its own of."""
    values: dict[str, dict[str, object]] = settings.model_dump(mode="json")
    values["index"].pop("path", None)
    return values


def _prompt_hashes() -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted((ROOT / "prompts").glob("*.md"))
    }


def _git(*arguments: str) -> str:
    """What git says of the checkout; empty where it is none."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def _teller(show: Show | None) -> Callable[[str], None]:
    return lambda what: show(what, 0, 0) if show is not None else None
