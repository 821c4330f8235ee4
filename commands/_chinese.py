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
        name = error.param.make_metavar(error.ctx) if isinstance(error.param, click.Argument) and error.ctx else "、".join(error.param.opts)
        return f"{name} 的值不对：{_unfit(error.param.type, error.message)}"
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        return f"没有这个命令：{error.message.split(chr(39))[1]}"
    return error.format_message() if not isinstance(error, click.FileError) else error.message


def _unfit(kind: object, said: str) -> str:
    """Say why a value is not one of its kind.

    >>> _unfit(click.IntRange(1, 9), "…"), _unfit(click.FloatRange(0.1), "…"), _unfit(click.Path(), "'a' is a directory.")
    ('须是 1 至 9 的整数', '须是不小于 0.1 的数', '这是文件夹，请给出文件')
    """
    if isinstance(kind, click.Choice):
        return f"可用 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange | click.FloatRange):
        what = "整数" if isinstance(kind, click.IntRange) else "数"
        return f"须是 {kind.min:g} 至 {kind.max:g} 的{what}" if kind.max is not None else f"须是不小于 {kind.min:g} 的{what}"
    if isinstance(kind, click.Path):
        return "这是文件夹，请给出文件" if "is a directory" in said else "没有这个文件，或没有权限"
    return said
