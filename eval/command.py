"""`xunju eval`: what can be typed, and which file does it.

Each command is a function of its own file; a further one is one more line in `COMMANDS`.
"""

from __future__ import annotations

from importlib import import_module

import typer

app = typer.Typer(
    name="eval",
    help="评测：改了模型、提示词、切段或公告之后，看回答是好了还是坏了。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Command -> the module and the function that carry it out.
COMMANDS = {
    "check": ("eval.check", "check"),
    "run": ("eval.running", "run"),
    "gate": ("eval.gate", "gate"),
    "alter": ("eval.commands_altered", "alter"),
    "compare": ("eval.commands_report", "compare"),
    "report": ("eval.commands_report", "report"),
    "judge": ("eval.commands_judge", "judge"),
    "propose": ("eval.commands_growth", "propose"),
    "review": ("eval.commands_growth", "review"),
}
for _name, (_module, _function) in COMMANDS.items():
    app.command(_name)(getattr(import_module(_module), _function))
