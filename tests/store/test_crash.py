"""A writer may die between any two of its steps: nothing half done is ever seen, and the next writer mends it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from rag.errors import StoreError
from rag.store.editions import Editions
from rag.store.index import FilingIndex
from rag.store.originals import Originals
from rag.store.terms import TermsWriter
from rag.store.tokens import tokenize
from rag.store.vectors import Vectors
from tests.fakes import a_parsed_filing, original_bytes, some_vectors
from tests.store.conftest import ONE, TWO, Opener, ingest

NEW = a_parsed_filing("丙公司", ["海外渠道扩张"])
NEWER = a_parsed_filing("甲公司", ["毛利率上升"])
Step = tuple[type, str]
STEPS: list[Step] = [
    (Editions, "write"),
    (Originals, "write"),
    (TermsWriter, "add"),
    (Vectors, "add"),
    (Editions, "publish"),
    (TermsWriter, "delete"),
    (Vectors, "delete"),
    (Originals, "delete"),
    (Editions, "forget"),
]
ROUNDS = 20


class Killed(BaseException):
    """Stands for SIGKILL: no code of ours runs after it but the closing of files."""


@contextmanager
def _killed(monkeypatch: pytest.MonkeyPatch, step: Step, *, after: bool = False) -> Iterator[None]:
    """The writer inside dies before, or right after, the step; or ends when it never comes to it."""
    owner, name = step
    real = getattr(owner, name)

    def dying(*args: object, **kwargs: object) -> None:
        if after:
            real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as broken, suppress(Killed):
        broken.setattr(owner, name, dying)
        yield


def _whole(index: FilingIndex, *expected: object) -> None:
    assert {filing.id for filing in index.filings()} == {parsed.filing.id for parsed in expected}
    assert index.verify() == []
    for parsed in expected:
        assert index.passages_of(parsed.filing.id) == parsed.passages
        assert len(index.search_vectors(some_vectors(1)[0], 9, [parsed.filing.id])) == len(parsed.passages)
    everything = {passage.id for parsed in expected for passage in parsed.passages}
    assert {found for found, _ in index.search_vectors(some_vectors(1)[0], 99)} == everything
    assert {
        found for found, _ in index.search_terms(tokenize("营业收入存货研发海外毛利率"), 99)
    } == everything


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "step", [STEPS[2], STEPS[3], STEPS[4]], ids=lambda step: f"{step[0].__name__}.{step[1]}"
)
def test_an_addition_cut_off_is_unseen_and_the_next_completes_it(
    filled: FilingIndex,
    open_index: Opener,
    monkeypatch: pytest.MonkeyPatch,
    step: Step,
    after: bool,
) -> None:
    with _killed(monkeypatch, step, after=after):
        ingest(filled, NEW)
    reader = open_index(create=False)
    published = step == (Editions, "publish") and after
    assert reader.filings() == (
        (ONE.filing, TWO.filing, NEW.filing) if published else (ONE.filing, TWO.filing)
    )
    assert bool(reader.search_terms(tokenize("海外渠道"), 5)) == published
    assert len(reader.search_vectors(some_vectors(1)[0], 7)) == 7  # hidden ones take nobody's place
    ingest(reader, NEW)
    _whole(reader, ONE, TWO, NEW)


@pytest.mark.parametrize("step", STEPS[3:], ids=lambda step: f"{step[0].__name__}.{step[1]}")
def test_a_replacement_cut_off_shows_old_or_new_and_never_both(
    filled: FilingIndex, open_index: Opener, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    with _killed(monkeypatch, step), filled.writing() as writer:
        writer.replace(NEWER, original_bytes("甲公司"), some_vectors(3))
    reader = open_index(create=False)
    shown = reader.passages_of(ONE.filing.id)
    assert shown in (ONE.passages, NEWER.passages)
    assert bool(reader.search_terms(tokenize("毛利率"), 5)) == (shown == NEWER.passages)
    with reader.writing():
        pass
    _whole(reader, NEWER if shown == NEWER.passages else ONE, TWO)


@pytest.mark.parametrize("step", STEPS[5::3], ids=lambda step: f"{step[0].__name__}.{step[1]}")
def test_a_removal_cut_off_is_finished_by_the_next_writer(
    filled: FilingIndex, open_index: Opener, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    with _killed(monkeypatch, step), filled.writing() as writer:
        writer.remove(TWO.filing.id)
    reader = open_index(create=False)
    assert reader.filings() == (ONE.filing,)
    assert reader.search_terms(tokenize("研发人员"), 5) == []
    with reader.writing():
        pass
    _whole(reader, ONE)


def test_an_addition_that_fails_leaves_nothing_behind(
    filled: FilingIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("磁盘已满。")

    with filled.writing() as writer:
        monkeypatch.setattr(Vectors, "add", full)
        with pytest.raises(StoreError, match="磁盘已满"):
            writer.add(NEW, original_bytes("丙公司"), some_vectors(3))
        monkeypatch.undo()
        _whole(filled, ONE, TWO)
        assert len(list((folder / "originals").rglob("*.pdf"))) == 2
        writer.add(NEW, original_bytes("丙公司"), some_vectors(3))
    _whole(filled, ONE, TWO, NEW)


@pytest.mark.parametrize(
    "step", [(Vectors, "create"), (Editions, "swap_build")], ids=["half", "nearly whole"]
)
def test_a_rebuild_cut_off_leaves_the_old_build_in_use(
    filled: FilingIndex, folder: Path, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    with _killed(monkeypatch, step):
        filled.rebuild()
    _whole(filled, ONE, TWO)
    filled.rebuild()
    _whole(filled, ONE, TWO)
    assert len(list(folder.glob("terms-*"))) == len(list(folder.glob("vectors-*"))) == 1


WRITER = """
import sys
from pathlib import Path
from rag.store.index import FilingIndex
from tests.fakes import *
sys.stdout.write("ready\\n"); sys.stdout.flush()
with FilingIndex.open(Path(sys.argv[1]), embedder_name="tiny", dimension=DIMENSION, create=True) as index:
    with index.writing() as writer:
        for number in range(6):
            parsed = a_parsed_filing(f"公司{number}", [f"第{number}家第{i}段的存货" for i in range(60)])
            vectors = some_vectors(len(parsed.passages))
            (writer.replace if number % 2 else writer.add)(parsed, original_bytes(f"公司{number}"), vectors)
"""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_twenty_kills_at_random_moments_leave_no_half_filing(folder: Path, open_index: Opener) -> None:
    moments = random.Random(7)
    for _ in range(ROUNDS):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE)
        with child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(moments.uniform(0.0, 2.5))
            child.send_signal(signal.SIGKILL)
        index = open_index()
        for filing in index.filings():
            assert len(index.passages_of(filing.id)) == 62
            assert len(index.search_vectors(some_vectors(1)[0], 99, [filing.id])) == 62
            assert len(index.search_terms(["存货"], 99, [filing.id])) == 60
        shown = {filing.id for filing in index.filings()}
        found = index.passages(found for found, _ in index.search_terms(["存货"], 999))
        assert {passage.filing_id for passage in found.values()} == shown
        index.close()
    subprocess.run([sys.executable, "-c", WRITER, str(folder)], check=True, stdout=subprocess.DEVNULL)
    index = open_index()
    assert len(index.filings()) == 6
    assert index.verify() == []
