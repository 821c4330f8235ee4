"""命令行的帮助与报错，都用中文。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def listed(formatter: click.HelpFormatter, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write names and what they do side by side, a Chinese character counting two columns."""
    room = max(_columns(name) for name, _ in rows)
    formatter.write_paragraph()
    formatter.write(f"{heading}：\n")
    for name, words in rows:
        formatter.write(f"  {name}{' ' * (room - _columns(name))}  {words}\n")


def _columns(text: str) -> int:
    return sum(2 if char > "\u2e80" else 1 for char in text)


class Chinese(click.Command):
    """A command whose own help speaks Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (option.get_help_record(ctx) for option in self.get_params(ctx) if isinstance(option, click.Option))
        listed(formatter, "选项", [row for row in options if row is not None])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明"
        return option


def chinese(function: Callable[..., Any]) -> click.Command:
    """Make a command of a function, its help in Chinese."""
    return click.command(cls=Chinese, options_metavar="[选项]", context_settings=HELP)(function)


def wrong_use(error: click.ClickException) -> str:
    """Say in Chinese what click found wrong with a command line."""
    if isinstance(error, click.MissingParameter):
        return f"缺少参数：{error.param.make_metavar(error.ctx) if error.param and error.ctx else ''}"
    if isinstance(error, click.NoSuchOption):
        near = f"。是否想用：{'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有这个选项：{error.option_name}{near}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        kind = error.param.type
        why = f"可用 {'、'.join(map(str, kind.choices))}" if isinstance(kind, click.Choice) else error.message
        return f"{'、'.join(error.param.opts)} 的值不对：{why}"
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        return f"没有这个命令：{error.message.split(chr(39))[1]}"
    return error.format_message() if not isinstance(error, click.FileError) else error.message
