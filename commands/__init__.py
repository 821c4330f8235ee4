"""What `fusuan` can be told to do: each public module here is one command and offers it as `command`.

A command only assembles: it imports what it needs inside, so that `fusuan --help` stays fast.
"""

from __future__ import annotations

from importlib import import_module

import click

from fusuan.commands._chinese import HELP, Chinese, listed, wrong_use
from fusuan.commands._exit import AGREES, BROKEN, FAILED, STOPPED
from fusuan.commands._project import project
from fusuan.commands._terminal import note
from fusuan.model.parts import names_of

__all__ = ["AGREES", "BROKEN", "FAILED", "HELP", "STOPPED", "Chinese", "command", "listed", "names", "note", "project", "wrong_use"]


def names() -> list[str]:
    """Return the name of every command that lies in this folder."""
    return names_of(__name__)


def command(name: str) -> click.Command:
    """Return the command of that name, one of `names`."""
    found: click.Command = import_module(f"{__name__}.{name}").command
    found.name = name
    return found
