"""Settings of a run: the configuration in force with `--set section.key=value` on top."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

from rag import Settings, UserError


def settings_with(config: Path | None, overrides: Sequence[str]) -> Settings:
    """The settings with each override laid over them; UserError for an unknown key or a value out of range.

    The configuration's own rules apply: a value is taken as from an XUNJU_… environment variable.
    """
    known = [f"{section}.{key}" for section, keys in Settings().model_dump().items() for key in keys]
    environment = dict(os.environ)
    for override in overrides:
        name, equals, value = override.partition("=")
        if not equals or name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = (
                f"是否想写 {near[0]}=…？" if near else "写法是 --set 节.键=值，如 --set retrieval.top_k=5。"
            )
            raise UserError(f"不认识的设置 {override}。{hint}")
        environment[f"XUNJU_{name.replace('.', '_')}".upper()] = value
    return Settings.load(config, environment)
