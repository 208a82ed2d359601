"""Failures of chat services told apart, each in one Chinese sentence with what to do."""

from __future__ import annotations

from rag.errors import ModelError

_BY_STATUS = {
    400: ("模型服务不接受这个请求（400）；请检查 [llm] 的 model 和 max_output_tokens。", False),
    401: ("模型服务不认这个密钥（401）；请检查环境变量中的密钥。", False),
    402: ("模型服务的余额不足（402）；请充值或换一个服务。", False),
    403: ("模型服务拒绝访问（403）；请检查密钥的权限和所在地区。", False),
    404: ("模型服务没有这个地址或模型（404）；请检查 [llm] 的 base_url 和 model。", False),
    408: ("模型服务超时（408）；请稍后重试。", True),
    413: ("交给模型的内容太长（413）；请调小 [llm] evidence_tokens。", False),
    422: ("模型服务不接受这个请求（422）；请检查 [llm] 的 model 和参数。", False),
    429: ("模型服务限流或额度用尽（429）；请稍后重试，或检查额度。", True),
}


def as_model_error(error: Exception, started: bool, tokens_spent: int) -> ModelError:
    """The failure in our words; `started` says that the reply had begun, after which nothing is tried again."""
    message, retryable = _told(error)
    if started:
        message, retryable = "模型的回答中途断开；请稍后重试。", True
    return ModelError(message, retryable=retryable, tokens_spent=tokens_spent)


def _told(error: Exception) -> tuple[str, bool]:
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= 400:
        return _BY_STATUS.get(status) or (f"模型服务出错（{status}）；请稍后重试。", status >= 500)
    names = {kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__}
    if "UnicodeEncodeError" in names:
        return "密钥或模型名里有不能发送的字符（如中文）；请检查环境变量中的密钥。", False
    if any("Timeout" in name for name in names):
        return "等待模型回答超时；请稍后重试，或调大 [llm] timeout_s。", True
    if names & {"APIConnectionError", "ConnectError", "ConnectionError", "NetworkError", "TransportError"}:
        return "连不上模型服务；请检查网络和 [llm] base_url。", True
    return "模型服务返回的不是约定的内容（可能是网页）；请检查 [llm] base_url 是否为接口地址。", False


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in found:
        found.append(cause)
        cause = cause.__cause__ or cause.__context__
    return found
