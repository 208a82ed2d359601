"""Uploads: files come in, a job reads them, its progress can be followed page by page."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from rag import SUFFIXES, Correction
from rag.interfaces.http.access import Caller, Ingester
from rag.interfaces.http.jobs import Job
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.service import Served, Service
from rag.interfaces.http.sse import TYPE, described, event

router = APIRouter(prefix="/api", tags=["读入"])
_LONGEST_NAME = 200  # bytes; file systems take 255
_MOST_FILES = 50
_BETWEEN_S = 0.15  # a job's progress is looked at this often
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f/\\]")
Note = Annotated[str, Form(max_length=200)]


class FileShape(BaseModel):
    name: str
    state: Literal["waiting", "reading", "added", "replaced", "skipped", "failed"]
    done: int
    total: int
    filing_id: str
    title: str
    company: str
    period: str
    warnings: list[str]
    message: str


class JobShape(BaseModel):
    id: str
    state: Literal["waiting", "reading", "done"]
    files: list[FileShape]


class Jobs(BaseModel):
    jobs: list[JobShape]


@router.post("/filings", status_code=202, response_model=JobShape)
async def upload(  # noqa: PLR0913  a form's fields are its parameters
    caller: Ingester,
    served: Served,
    files: Annotated[list[UploadFile], File(description="公告文件")],
    company: Note = "",
    period: Note = "",
    kind: Note = "",
) -> dict[str, object]:
    """Takes files in; the answer names the job that reads them.  What was typed ranks over what the pages say."""
    if len(files) > _MOST_FILES:
        raise Refused(422, "invalid", f"一次最多上传 {_MOST_FILES} 个文件，请分几次。")
    correction = Correction.typed(company, period, kind)
    names = [plain_name(one.filename or "") for one in files]
    folder = Path(tempfile.mkdtemp(prefix="xunju-upload-"))
    try:
        sent = list(zip(names, files, strict=True))
        paths = await served.run(lambda: [_saved(folder / str(n), *one) for n, one in enumerate(sent)])
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _shape(served.jobs.submit(caller.owner, folder, paths, correction))


@router.get("/jobs", response_model=Jobs)
def jobs(caller: Ingester, served: Served) -> dict[str, object]:
    """The caller's uploads, the newest first; an admin sees everybody's."""
    return {"jobs": [_shape(job) for job in served.jobs.of(None if caller.may("admin") else caller.owner)]}


@router.get("/jobs/{job_id}", response_model=JobShape)
def job(job_id: str, caller: Ingester, served: Served) -> dict[str, object]:
    """An upload as it stands."""
    return _shape(_job(served, caller, job_id))


@router.get(
    "/jobs/{job_id}/events",
    response_class=StreamingResponse,
    responses=described("job"),
)
def job_in_events(job_id: str, caller: Ingester, served: Served, request: Request) -> StreamingResponse:
    """Events `job`, each with the upload as it stands, until it is done."""
    first = _job(served, caller, job_id)
    return StreamingResponse(_progress(served, first), media_type=TYPE, headers={"X-Accel-Buffering": "no"})


async def _progress(served: Service, job: Job) -> AsyncIterator[str]:
    yield event("job", _shape(job))
    while job.state != "done":
        await asyncio.sleep(_BETWEEN_S)
        now = served.jobs.job(job.id)
        if now is None:
            return
        if now != job:
            job = now
            yield event("job", _shape(job))


def plain_name(given: str) -> str:
    """The last part of a file name as sent, without signs that a path or a terminal obeys; 422 where it is unfit."""
    name = _UNFIT.sub("", PurePosixPath(given.replace("\\", "/")).name).strip(" .")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused(415, "unsupported", f"不支持“{name[-60:]}”这种文件。支持的格式：{' '.join(SUFFIXES)}。")
    stem = name[: -len(suffix)]
    while len(stem.encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return (stem or "公告") + suffix


def _saved(folder: Path, name: str, sent: UploadFile) -> Path:
    """The file written to a folder of its own, so that equal names do not meet."""
    folder.mkdir()
    with (folder / name).open("wb") as out:
        shutil.copyfileobj(sent.file, out)
    return folder / name


def _job(served: Service, caller: Caller, job_id: str) -> Job:
    job = served.jobs.job(job_id)
    if job is None or not (job.owner == caller.owner or caller.may("admin")):
        raise Refused(404, "no_job", "没有这次上传：可能早已结束。请查看公告列表。")
    return job


def _shape(job: Job) -> dict[str, object]:
    return {"id": job.id, "state": job.state, "files": [asdict(one) for one in job.files]}
