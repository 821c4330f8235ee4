"""终端：结果写到标准输出，提示写到标准错误。"""

from __future__ import annotations

import sys
from os import environ

import click


def width() -> int:
    from shutil import get_terminal_size

    return max(40, get_terminal_size((120, 24)).columns)


def say(text: str, *, escape: bool = False) -> None:
    """Print a line in characters the terminal has; JSON keeps the rest as escapes, which lose nothing."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        if escape:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            text = "".join(_escaped(char, encoding) for char in text)
        else:
            from fusuan.export.text import encodable

            text = encodable(text, encoding)
    click.echo(text, color=False if environ.get("NO_COLOR") else None)


def _escaped(char: str, encoding: str) -> str:
    from json import dumps

    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return dumps(char)[1:-1]
    return char


def note(text: str) -> None:
    """Say something beside the result: standard output may be a program's to read."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    text = "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text)  # a path may hold anything
    click.echo(text.encode(encoding, "replace").decode(encoding), err=True)


def recognising(_file: object, page: int, pages: int) -> None:
    """Say which page of a scan is being read, on a terminal: it takes seconds."""
    if sys.stderr.isatty():
        click.echo(f"\r正在识别扫描页：第 {page} / {pages} 页", err=True, nl=page == pages)
