"""可用的评分方案（随程序提供的与用户自己的 .toml 文件）。"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def loaded(name: str) -> Any:
    """Return the scheme of that name, or in the TOML file at that path; OSError, ValueError or LookupError if none."""
    from checks import _schemes

    return _schemes.load(name)


def listed() -> Iterator[str]:
    """Yield a line for every scheme that comes with the program."""
    from checks import _schemes

    for scheme in _schemes.schemes():
        yield str(scheme)
