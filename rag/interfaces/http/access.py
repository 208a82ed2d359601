"""Who comes, and what they may do: a bearer key, the page's cookie, or this very machine."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from rag.interfaces.http.keys import SCOPES, Scope
from rag.interfaces.http.problems import Refused
from rag.interfaces.http.service import Service, service_of

COOKIE = "xunju_key"
_OWN_HOSTS = {"localhost", "testserver"}
_SAFE = {"GET", "HEAD", "OPTIONS"}
_bearer = HTTPBearer(auto_error=False, description="xunju keys add 发出的密钥；只在本机开放时可以不带")
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may come in; `owner` names whose conversations are theirs."""

    name: str
    scopes: tuple[Scope, ...]

    @property
    def owner(self) -> str:
        """The owner of what they ask, as the store knows it."""
        return f"web:{self.name}"

    def may(self, scope: Scope) -> bool:
        """Whether the scope is theirs; admin is all of them."""
        return scope in self.scopes or "admin" in self.scopes


def needs(scope: Scope) -> Callable[[Request, Bearer], Caller]:
    """A dependency: the caller, who has this scope; 401 or 403 otherwise, 429 for one who comes too often."""

    def check(request: Request, bearer: Bearer) -> Caller:
        service = service_of(request)
        caller = caller_of(request, bearer.credentials if bearer else request.cookies.get(COOKIE, ""))
        wait = service.requests.wait_s(caller.name)
        if wait:
            raise too_often(wait)
        if not caller.may(scope):
            raise Refused(403, "forbidden", f"这个密钥没有 {scope} 权限。请向管理员要一个有此权限的密钥。")
        return caller

    return check


def caller_of(request: Request, key: str) -> Caller:
    """Who shows this key; without keys configured, a program of this machine that is no stranger's page."""
    service = service_of(request)
    if is_open(service):
        _check_local(request)
        return Caller("local", SCOPES)
    known = service.keys.find(key) if key else None
    if known is None:
        said = "密钥不对或已被移除。" if key else "需要密钥。"
        raise Refused(
            401, "unauthorized", f"{said}请在 Authorization: Bearer 里带上 xunju keys add 发出的密钥。",
            {"WWW-Authenticate": "Bearer"},
        )  # fmt: skip
    _check_same_site(request)
    return Caller(known.name, known.scopes)


def is_open(service: Service) -> bool:
    """Whether no key is asked for: only where nobody else can come, and none was made."""
    return service.local and not service.keys.keys()


def is_loopback(host: str) -> bool:
    """Whether an address reaches no further than this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def count_question(request: Request, caller: Caller) -> None:
    """Counts one question of the caller; 429 where there were too many."""
    wait = service_of(request).questions.wait_s(caller.name)
    if wait:
        raise too_often(wait)


def too_often(wait_s: float) -> Refused:
    """The refusal of somebody who comes too often."""
    seconds = math.ceil(wait_s)
    return Refused(429, "too_often", f"请求太多，请 {seconds} 秒后再试。", {"Retry-After": str(seconds)})


def _check_local(request: Request) -> None:
    """Refuses a page of another site that this machine's browser was led to (DNS rebinding, cross-site posts)."""
    host = request.url.hostname or ""
    if host not in _OWN_HOSTS and not is_loopback(host):
        raise Refused(
            403, "forbidden",
            f"没有设密钥时只能从本机访问，不能经由 {host[:80]}。要从别处访问，请先用 xunju keys add 发密钥。",
        )  # fmt: skip
    _check_same_site(request)


def _check_same_site(request: Request) -> None:
    """Refuses changes that another site's page sends with this browser's rights."""
    if request.method in _SAFE:
        return
    origin = request.headers.get("origin", "")
    foreign = origin and origin.split("://", 1)[-1] != request.headers.get("host", "")
    if (foreign and "authorization" not in request.headers) or request.headers.get(
        "sec-fetch-site"
    ) == "cross-site":
        raise Refused(403, "forbidden", "这个请求来自别的网站，没有执行。")


Reader = Annotated[Caller, Depends(needs("read"))]
Ingester = Annotated[Caller, Depends(needs("ingest"))]
Admin = Annotated[Caller, Depends(needs("admin"))]


def _asker(request: Request, caller: Reader) -> Caller:
    count_question(request, caller)
    return caller


Asker = Annotated[Caller, Depends(_asker)]
