"""A command written wrongly, in Chinese words: the command line library speaks English."""

from __future__ import annotations

from collections.abc import Sequence

_KINDS = {"option": "选项", "argument": "参数"}


def usage_in_words(error: Exception) -> str:
    """What is wrong with the command as typed, and where to look it up."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "xunju"
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error)
    return f"{_wrong(error)}用法见 {command} --help。"


def _wrong(error: Exception) -> str:
    """One sentence by the kind of error; kinds are told by name, since the library keeps its classes to itself."""
    message = str(getattr(error, "message", error))
    match type(error).__name__:
        case "NoSuchOption":
            near = getattr(error, "possibilities", None)
            return f"没有选项 {getattr(error, 'option_name', '')}。{_near(near)}"
        case "MissingParameter":
            return f"缺少{_parameter(error)}。"
        case "BadParameter":
            return _bad_value(error, message)
        case _:
            return _by_message(message, getattr(error, "option_name", ""))


def _by_message(message: str, option: str) -> str:
    if message.startswith("No such command"):
        return f"没有命令{message.removeprefix('No such command').split('.')[0]}。"
    if "unexpected extra argument" in message:
        extra = message[message.rfind("(") + 1 : message.rfind(")")]
        return f"多出了 {extra}。有空格的问题请用引号括起来。"
    if "requires an argument" in message:
        return f"选项 {option} 后面要跟一个值。"
    return f"命令写法不对（{message}）。"


def _bad_value(error: Exception, message: str) -> str:
    """Our own words where the value was refused by us, the library's left out: they are English."""
    if getattr(error, "param", None) is None:
        return message
    return (
        f"{_parameter(error)} 的值不对。" if message.isascii() else f"{_parameter(error)} 的值不对：{message}"
    )


def _parameter(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "参数"
    options = getattr(parameter, "opts", [])
    name = options[-1] if parameter.param_type_name == "option" else (parameter.metavar or parameter.name)
    return f"{_KINDS.get(parameter.param_type_name, '参数')} {name}"


def _near(possibilities: Sequence[str] | None) -> str:
    return f"是否想写 {'、'.join(sorted(possibilities))}？" if possibilities else ""
