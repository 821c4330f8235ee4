"""fusuan（复算）的命令行：只做组装，命令在 commands/ 里，用到时才加载。"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import click

if __name__ in ("__main__", "__mp_main__"):  # run from a checkout: the folders beside this file are the package
    _package = ModuleType("fusuan")
    _package.__path__ = [str(Path(__file__).parent)]
    sys.modules["fusuan"] = _package

from fusuan import commands

VERSION = "0.1.0"


class Program(commands.Chinese, click.Group):
    """The program itself; a command is loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return commands.names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return commands.command(cmd_name) if cmd_name in commands.names() else None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands.Chinese.format_options(self, ctx, formatter)
        rows = [(name, commands.command(name).get_short_help_str(80)) for name in commands.names()]
        commands.listed(formatter, "命令", rows)
        formatter.write_paragraph()
        formatter.write_text("退出码：0 没有不符；1 有不符；2 有文件未能读取，或用法有误。")


@click.group(cls=Program, context_settings=commands.HELP, subcommand_metavar="命令 [参数]…", options_metavar="[选项]",
             no_args_is_help=False, invoke_without_command=True)
@click.version_option(VERSION, "-V", "--version", message="fusuan %(version)s", help="显示版本号")
@click.pass_context
def app(ctx: click.Context) -> None:
    """复算：重算绩效自评报告里的合计、比率、增减与得分，列出对不上的数字。"""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    try:
        status = app.main(arguments, prog_name="fusuan", standalone_mode=False, default_map=commands.project())
    except click.ClickException as error:
        wrong = commands.wrong_use(error)
        commands.note(f"用法有误：{wrong}" if isinstance(error, click.UsageError) else wrong)
        if isinstance(error, click.UsageError):
            commands.note(f"查看用法：{error.ctx.command_path if error.ctx else 'fusuan'} --help")
        return commands.FAILED
    except (click.Abort, KeyboardInterrupt):
        commands.note("已中断")
        return commands.STOPPED
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stdout = None  # nothing left to flush at exit
        return commands.AGREES
    return status if isinstance(status, int) else commands.AGREES


if __name__ == "__main__":
    raise SystemExit(main())
