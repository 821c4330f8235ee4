"""可用的评分方案：随程序提供的，与用户自己的 .toml 文件。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def used(scheme: str | Path | None) -> Iterator[str]:
    """Have the checks use a scheme, by its name or its file, while the block runs; give its title, "" for none."""
    if scheme is None:
        yield ""
        return
    from checks import _schemes

    chosen = _schemes.load(str(scheme))
    with _schemes.use(chosen):
        yield chosen.title


def fault(scheme: str | Path) -> str:
    """Say in Chinese why a scheme cannot be used; nothing where it can."""
    from checks import _schemes

    try:
        _schemes.load(str(scheme))
    except _schemes.SchemeError as error:
        return str(error)
    return ""


def listed() -> Iterator[str]:
    """Yield some lines for every scheme that comes with the program."""
    from checks import _schemes

    for scheme in _schemes.schemes():
        yield f"{scheme.called}  {scheme.title}"
        yield f"    依据：{scheme.source}"
        yield f"    指标：{'、'.join(rule.name for rule in scheme.rules)}"
    yield "用法：fusuan check 文件 --scheme 名称；也可给出自己写的 .toml 文件。报告自己印有评分标准和分值的，以报告为准。"
