"""What `fusuan` can be told to do: each public module here is one command and offers it as `command`.

A command only assembles: it imports what it needs inside, so that `fusuan --help` stays fast.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from fusuan.commands._chinese import wrong_use
from fusuan.commands._exit import AGREES, BROKEN, FAILED, STOPPED
from fusuan.commands._program import command, names, program
from fusuan.commands._project import project
from fusuan.commands._terminal import note

__all__ = ["AGREES", "BROKEN", "FAILED", "STOPPED", "command", "names", "project", "run"]


def run(arguments: Sequence[str] | None, version: str) -> int:
    """Run what the command line says; return the exit status."""
    try:
        status = program(version).main(arguments, prog_name="fusuan", standalone_mode=False, default_map=project())
    except click.ClickException as error:
        wrong = wrong_use(error)
        note(f"用法有误：{wrong}" if isinstance(error, click.UsageError) else wrong)
        if isinstance(error, click.UsageError):
            note(f"查看用法：{error.ctx.command_path if error.ctx else 'fusuan'} --help")
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        note("已中断")
        return STOPPED
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stdout = None  # nothing left to flush at exit
        return AGREES
    return status if isinstance(status, int) else AGREES
