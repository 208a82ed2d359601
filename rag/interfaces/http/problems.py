"""What goes wrong, as problem+json in Chinese (RFC 9457): one table from error to status and title."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from rag import FilingError, ModelError, StoreError, UserError, XunjuError

OPENAI_PATH = "/v1/"
_LOG = logging.getLogger("xunju.http")


class Problem(BaseModel):
    """What is wrong and what to do about it; `kind` is a stable name, `request_id` the one to report."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    kind: str
    request_id: str = ""
    errors: list[str] = []


class OpenAIFault(BaseModel):
    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIProblem(BaseModel):
    """What is wrong in the shape that clients of OpenAI's read."""

    error: OpenAIFault


class Refused(Exception):  # noqa: N818  it is raised to answer, not to report a fault of ours
    """A request that is not served, with its status, its stable kind and its words."""

    def __init__(self, status: int, kind: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.headers = status, kind, detail, dict(headers or {})


_TITLES = {
    400: "请求不对",
    401: "需要密钥",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种请求方式",
    409: "正在写入",
    413: "内容太大",
    415: "不支持的格式",
    422: "请求不对",
    429: "请求太多",
    500: "程序内部出错",
    503: "暂时不能使用",
}
# Error class -> status.  The first that fits counts.
_STATUS: tuple[tuple[type[XunjuError], int], ...] = (
    (UserError, 400),
    (FilingError, 422),
    (StoreError, 503),
    (ModelError, 503),
    (XunjuError, 400),
)
_FAULTS = {
    "missing": "缺少",
    "json_invalid": "不是合法的 JSON",
    "extra_forbidden": "没有这个字段",
    "string_too_short": "太短",
    "string_too_long": "太长",
    "string_type": "应是文字",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "literal_error": "不在可选的值之内",
    "list_type": "应是列表",
    "too_long": "太多",
    "string_pattern_mismatch": "写法不对",
    "model_attributes_type": "应是 JSON 对象",
}

_HTTP_WORDS = {
    400: "请求的内容读不出来，请检查格式和编码。",
    404: "没有这个地址。请对照 /openapi.json。",
    405: "这个地址不支持这种请求方式。",
}


def _described(media_type: str, model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"default": {"description": "出错时的说明", "content": {media_type: {"schema": schema}}}}


RESPONSES = _described("application/problem+json", Problem)
OPENAI_RESPONSES = _described("application/json", OpenAIProblem)


def describe(described: dict[str, Any]) -> None:
    """Adds what problems look like to an OpenAPI description, which refers to them."""
    schemas = described.setdefault("components", {}).setdefault("schemas", {})
    for model in (Problem, OpenAIProblem):
        schemas[model.__name__] = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas[OpenAIFault.__name__] = OpenAIFault.model_json_schema()


def install(app: FastAPI) -> None:
    """Makes the app answer every error as a problem."""
    for kind in (XunjuError, Refused, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer)


def status_of(error: XunjuError) -> int:
    """The status of an error of the core."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def respond(request: Request, refused: Refused, errors: list[str] | None = None) -> Response:
    """The problem as a response; to clients that speak OpenAI's interface in OpenAI's shape."""
    request_id = getattr(request.state, "request_id", "")
    if request.url.path.startswith(OPENAI_PATH):
        told = {"message": refused.detail, "type": refused.kind, "param": None, "code": refused.kind}
        return JSONResponse({"error": told}, refused.status, headers=refused.headers)
    title = _TITLES.get(refused.status, "出错")
    problem = Problem(
        title=title,
        status=refused.status,
        detail=refused.detail,
        kind=refused.kind,
        request_id=request_id,
        errors=errors or [],
    )
    content = json.dumps(problem.model_dump(), ensure_ascii=False)
    return Response(content, refused.status, refused.headers, "application/problem+json")


async def answer(request: Request, error: Exception) -> Response:
    """The error as a problem; one that nobody foresaw is logged and told without its insides."""
    if isinstance(error, RequestValidationError):
        faults = [f"{_place(one['loc'])}：{_FAULTS.get(one['type'], '不合要求')}" for one in error.errors()]
        detail = f"请求的内容不对：{'；'.join(faults[:3])}。请对照 /openapi.json 改正。"
        return respond(request, Refused(422, "invalid", detail), faults)
    return respond(request, _refusal(request, error))


def _refusal(request: Request, error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, XunjuError):
        return Refused(status_of(error), error.kind, str(error))
    if isinstance(error, HTTPException):
        detail = _HTTP_WORDS.get(error.status_code, str(error.detail))
        return Refused(error.status_code, "http", detail, error.headers)
    request_id = getattr(request.state, "request_id", "")
    _LOG.error("bug", exc_info=error, extra={"request_id": request_id})
    return Refused(
        500,
        "bug",
        f"程序内部出错（{type(error).__name__}），已存的内容没有改动。请把请求编号 {request_id} 告诉维护者。",
    )


def _place(location: tuple[object, ...]) -> str:
    return ".".join(str(part) for part in location if part not in ("body", "query", "path")) or "正文"
