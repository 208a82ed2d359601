"""What Slack refuses, in words that name the permission or the step that is missing."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.errors import SlackApiError, SlackClientError

from rag.interfaces.slack.manifest import wanted_scopes

_INSTALL = "请在应用设置的 OAuth & Permissions 里加上，再重新安装到工作区。"
_ERRORS = {
    "invalid_auth": "令牌无效。请检查环境变量 SLACK_BOT_TOKEN（以 xoxb- 开头）。",
    "not_authed": "没有令牌。请设置环境变量 SLACK_BOT_TOKEN（以 xoxb- 开头）。",
    "account_inactive": "应用已被停用或移出工作区。请重新安装，并更新 SLACK_BOT_TOKEN。",
    "token_revoked": "令牌已被撤销。请重新安装应用，并更新 SLACK_BOT_TOKEN。",
    "token_expired": "令牌已过期。请重新安装应用，并更新 SLACK_BOT_TOKEN。",
    "not_in_channel": "应用不在这个频道里。请先把它邀请进来。",
    "channel_not_found": "应用看不到这个频道。请先把它邀请进来。",
    "not_allowed_token_type": "令牌种类不对：SLACK_BOT_TOKEN 以 xoxb- 开头，SLACK_APP_TOKEN 以 xapp- 开头。",
}


def in_slack_words(error: SlackClientError) -> str:
    """What to do about an error of Slack; a missing permission is named."""
    if not isinstance(error, SlackApiError):
        return f"Slack 连接出错（{error}）。请检查网络后重试。"
    code = str(error.response.get("error", ""))
    if code == "missing_scope":
        return f"应用缺少权限 {error.response.get('needed') or '（Slack 没有说明）'}。{_INSTALL}"
    return _ERRORS.get(code, f"Slack 拒绝了请求：{code or error}。")


def missing_scopes(granted: str, more: Sequence[str] = ()) -> list[str]:
    """The permissions of the manifest, and `more`, that are not among those granted (`a,b,c`)."""
    have = {scope.strip() for scope in granted.split(",")}
    return [scope for scope in (*wanted_scopes(), *more) if scope not in have]


def told_missing(scopes: Sequence[str]) -> str:
    """What to do about missing permissions."""
    return f"应用缺少权限 {'、'.join(scopes)}。{_INSTALL}"
