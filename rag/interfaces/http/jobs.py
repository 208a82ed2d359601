"""Uploads on their way into the index: one at a time, page by page, in a thread of their own."""

from __future__ import annotations

import logging
import queue
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rag import XunjuError

if TYPE_CHECKING:
    from rag import Assistant, Correction, Ingested

JobState = Literal["waiting", "reading", "done"]
FileState = Literal["waiting", "reading", "added", "replaced", "skipped", "failed"]
_REMEMBERED = 200  # finished jobs that can still be asked about
_LOG = logging.getLogger("xunju.http")


@dataclass(frozen=True, slots=True)
class FileProgress:
    """How far one file is: pages read and pages in all, then what became of it."""

    name: str
    state: FileState = "waiting"
    done: int = 0
    total: int = 0
    filing_id: str = ""
    title: str = ""
    company: str = ""
    period: str = ""
    warnings: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """An upload: its files in order."""

    id: str
    owner: str
    state: JobState
    files: tuple[FileProgress, ...]


@dataclass(slots=True)
class _Work:
    job_id: str
    folder: Path
    paths: tuple[Path, ...]
    correction: Correction


@dataclass
class IngestJobs:
    """Takes uploads in and tells how far they are; safe to use from several threads."""

    assistant: Assistant
    counted: Callable[[str], None]
    _jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    _waiting: queue.Queue[_Work | None] = field(default_factory=queue.Queue)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None

    def submit(self, owner: str, folder: Path, paths: Sequence[Path], correction: Correction) -> Job:
        """The job of taking in these files, which lie in a folder that is deleted at its end."""
        job = Job(
            secrets.token_urlsafe(9), owner, "waiting", tuple(FileProgress(path.name) for path in paths)
        )
        with self._turn:
            self._jobs[job.id] = job
            self._forget_old()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)
                self._thread.start()
        self._waiting.put(_Work(job.id, folder, tuple(paths), correction))
        return job

    def job(self, job_id: str) -> Job | None:
        """The job as it stands."""
        with self._turn:
            return self._jobs.get(job_id)

    def of(self, owner: str | None) -> tuple[Job, ...]:
        """The jobs of an owner, the newest first; everybody's where no owner is given."""
        with self._turn:
            return tuple(job for job in reversed(self._jobs.values()) if owner in (None, job.owner))

    def close(self) -> None:
        """Lets the file at hand finish, and takes no more."""
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(timeout=30)

    def _run(self) -> None:
        while (work := self._waiting.get()) is not None:
            try:
                self._take_in(work)
            except XunjuError as error:
                self._fail_rest(work.job_id, str(error))
            except Exception as error:  # the thread serves the next upload all the same
                _LOG.exception("bug")
                self._fail_rest(work.job_id, f"程序内部出错（{type(error).__name__}）。")
            finally:
                shutil.rmtree(work.folder, ignore_errors=True)
                self._change(work.job_id, lambda job: replace(job, state="done"))

    def _take_in(self, work: _Work) -> None:
        self._change(work.job_id, lambda job: replace(job, state="reading"))
        at = 0

        def progress(_: str, done: int, total: int) -> None:
            self._set(work.job_id, at, state="reading", done=done, total=total)

        for one in self.assistant.ingest(work.paths, correction=work.correction, progress=progress):
            self._report(work.job_id, at, one)
            self.counted(one.outcome)
            at += 1

    def _report(self, job_id: str, at: int, one: Ingested) -> None:
        self._set(
            job_id,
            at,
            state=one.outcome,
            filing_id=one.filing_id,
            title=one.title,
            company=one.company,
            period=one.period,
            warnings=one.warnings,
            message=one.message,
        )

    def _fail_rest(self, job_id: str, message: str) -> None:
        def failed(job: Job) -> Job:
            open_states = ("waiting", "reading")
            files = (
                replace(one, state="failed", message=message) if one.state in open_states else one
                for one in job.files
            )
            return replace(job, files=tuple(files))

        self._change(job_id, failed)

    def _set(self, job_id: str, at: int, **values: object) -> None:
        def changed(job: Job) -> Job:
            files = list(job.files)
            files[at] = replace(files[at], **values)  # type: ignore[arg-type]
            return replace(job, files=tuple(files))

        self._change(job_id, changed)

    def _change(self, job_id: str, change: Callable[[Job], Job]) -> None:
        with self._turn:
            if job_id in self._jobs:
                self._jobs[job_id] = change(self._jobs[job_id])

    def _forget_old(self) -> None:
        while len(self._jobs) > _REMEMBERED:
            oldest = next((job.id for job in self._jobs.values() if job.state == "done"), None)
            if oldest is None:
                return
            del self._jobs[oldest]
