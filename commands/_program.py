"""The program itself: a group whose commands are loaded when they are asked for."""

from __future__ import annotations

from importlib import import_module

import click

from fusuan.commands._chinese import HELP, Chinese, listed
from fusuan.model.parts import names_of


def names() -> list[str]:
    """Return the name of every command that lies in this folder."""
    return names_of(str(__package__))


def command(name: str) -> click.Command:
    """Return the command of that name, one of `names`."""
    found: click.Command = import_module(f"{__package__}.{name}").command
    found.name = name
    return found


class Program(Chinese, click.Group):
    """The program itself; a command is loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return command(cmd_name) if cmd_name in names() else None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Chinese.format_options(self, ctx, formatter)
        rows = [(name, command(name).get_short_help_str(80)) for name in names()]
        listed(formatter, "命令", rows)
        formatter.write_paragraph()
        formatter.write_text("退出码：0 没有不符；1 有不符；2 有文件未能读取，或用法有误。")


def program(version: str) -> click.Command:
    """Return the program, which says that it is of this version."""
    @click.group(cls=Program, context_settings=HELP, subcommand_metavar="命令 [参数]…", options_metavar="[选项]",
                 no_args_is_help=False, invoke_without_command=True)
    @click.version_option(version, "-V", "--version", message="fusuan %(version)s", help="显示版本号")
    @click.pass_context
    def app(ctx: click.Context) -> None:
        """复算：重算绩效自评报告里的合计、比率、增减与得分，列出对不上的数字。"""
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help())

    return app
