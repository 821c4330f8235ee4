"""项目文件 fusuan.toml：一个项目里各次核对都用的词汇、方案和选项。"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import click

NAME = "fusuan.toml"
_PATHS = ("output", "jsonl", "store", "manifest", "marked", "template")
_KNOWN: dict[str, type | tuple[type, ...]] = {
    "scheme": str, "output": str, "jsonl": str, "store": str, "manifest": str, "marked": str, "template": str,
    "fail-on": str, "timeout": (int, float), "jobs": int, "vocabulary": dict}
GIVEN = {"check": ("scheme", "output", "marked", "fail-on", "timeout"), "compare": ("scheme",), "letter": ("scheme", "template"),
         "review": ("store",), "serve": ("scheme", "store", "jobs", "timeout"),
         "batch": ("scheme", "output", "jsonl", "store", "manifest", "marked", "fail-on", "timeout", "jobs")}
"""Which command takes which of them: what is typed goes before it."""
VOCABULARY = "FUSUAN_PROJECT"


def project(start: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the options that a project file in this folder or above gives to the commands; what is typed goes before them."""
    path = next((folder / NAME for folder in (start or Path.cwd(), *(start or Path.cwd()).parents) if (folder / NAME).is_file()), None)
    if path is None:
        return {}
    said = _read(path)
    if said.pop("vocabulary", None):
        os.environ[VOCABULARY] = str(path)  # the processes of a batch read it too
    options = {name: str(path.parent / value) if name in _PATHS else value for name, value in said.items()}
    if isinstance(options.get("scheme"), str) and options["scheme"].endswith(".toml"):
        options["scheme"] = str(path.parent / options["scheme"])
    return {command: {name.replace("-", "_"): options[name] for name in names if name in options} for command, names in GIVEN.items()}


def _read(path: Path) -> dict[str, Any]:
    """Read a project file; what is wrong with it is said in Chinese."""
    try:
        said = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise click.UsageError(f"{path} 无法读取：应是 UTF-8 编码的 TOML 文件（{error}）") from error
    for name, value in said.items():
        if name not in _KNOWN:
            raise click.UsageError(f"{path}：不认识“{name}”。可用：{'、'.join(_KNOWN)}")
        if not isinstance(value, _KNOWN[name]) or isinstance(value, bool):
            raise click.UsageError(f"{path}：“{name}”的值不对")
    names = said.get("vocabulary", {})
    if not all(isinstance(also, list) and all(isinstance(one, str) for one in also) for also in names.values()):
        raise click.UsageError(f"{path}：[vocabulary] 每行应是 \"规范名称\" = [\"别名\", …]")
    return said
