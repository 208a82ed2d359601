"""Files sent in Slack become filings of the index, for those who may."""

from __future__ import annotations

import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rag import FilingError
from rag.interfaces.exits import in_words
from rag.interfaces.slack.troubles import told_missing

if TYPE_CHECKING:
    from rag import Assistant, Ingested

SharedFile = Mapping[str, object]

_HOSTS = (".slack.com", ".slack-files.com", ".slack-edge.com")
_TIMEOUT_S = 60
_CHUNK = 1 << 20
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]")
_OUTCOMES = {"added": "已读入", "replaced": "已重新读入", "skipped": "已经读入过"}


class Uploads:
    """Fetches shared files with the app's token and reads them in, one after the other."""

    def __init__(self, assistant: Assistant, token: str, api: str) -> None:
        """`api` is the Web API's address, whose host may also serve files."""
        self._assistant = assistant
        self._token = token
        self._api = urlsplit(api)
        self._opener = urllib.request.build_opener(_NoRedirect)

    def may(self, user: str) -> bool:
        """Whether this member may add filings."""
        uploaders = self._assistant.settings.slack.uploaders
        return user in uploaders or "*" in uploaders

    def take(self, shared: Sequence[SharedFile], user: str) -> Iterator[str]:
        """What became of each file, in words."""
        if not self.may(user):
            yield f"您没有上传公告的权限。请管理员把成员 ID {user} 加进设置 [slack] uploaders。"
            return
        for file in shared:
            name = _UNSAFE.sub("_", str(file.get("name") or ""))[-120:].lstrip(".") or "公告.pdf"
            try:
                yield from self._read_in(name, str(file.get("url_private_download") or ""))
            except FilingError as error:
                yield f"{name}：{in_words(error)}"

    def _read_in(self, name: str, url: str) -> Iterator[str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            self._fetch(url, path)
            for one in self._assistant.ingest([path]):
                yield _told(one)

    def _fetch(self, url: str, path: Path) -> None:
        """Writes the file's bytes, no more than a filing may have."""
        if not self._trusted(url):
            raise FilingError("Slack 没有给出可下载的地址。请把文件直接上传到对话里。")
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {self._token}"})  # noqa: S310
        most = self._assistant.settings.limits.file_mb * 1024 * 1024
        try:
            with self._opener.open(request, timeout=_TIMEOUT_S) as answer, path.open("wb") as file:
                left = most
                while chunk := answer.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise FilingError(f"文件超过上限 {most // 1024 // 1024} MiB（[limits] file_mb）。")
                    file.write(chunk)
        except urllib.error.HTTPError as error:
            if error.code in (
                301,
                302,
                303,
                307,
                401,
                403,
            ):  # Slack sends those without the permission to log in
                raise FilingError(told_missing(["files:read"])) from error
            raise FilingError(f"从 Slack 下载失败（{error.code}）。请稍后再试。") from error
        except OSError as error:
            raise FilingError("从 Slack 下载失败。请稍后再试。") from error

    def _trusted(self, url: str) -> bool:
        """Whether the token may be sent there."""
        parts = urlsplit(url)
        if parts.netloc == self._api.netloc:
            return parts.scheme == self._api.scheme
        return parts.scheme == "https" and (parts.hostname or "").endswith(_HOSTS)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


def _told(one: Ingested) -> str:
    if one.outcome == "failed":
        return f"{one.file}：{one.message}"
    about = "，".join(part for part in (one.company, one.period, one.title) if part)
    pages = f"，{one.pages} 页" if one.pages else ""
    warnings = "".join(f"\n注意：{warning}" for warning in one.warnings)
    return f"{one.file}：{_OUTCOMES[one.outcome]}（{about}{pages}）{warnings}"
