"""可用的评分方案：随程序提供的，与用户自己的 .toml 文件。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path


@contextmanager
def used(scheme: str | Path | None) -> Iterator[str]:
    """Have the checks use a scheme, by its name or its file, while the block runs; give its title, "" for none."""
    if scheme is None:
        yield ""
        return
    from fusuan import checks

    chosen = checks.load_scheme(str(scheme))
    with checks.use_scheme(chosen):
        yield chosen.title


def digest(scheme: str | Path | None) -> str:
    """Return what tells this scheme from another and from itself with other rules; "" for none."""
    path = Path(scheme or "")
    return sha256(path.read_bytes()).hexdigest() if scheme and path.is_file() else str(scheme or "")


def fault(scheme: str | Path) -> str:
    """Say in Chinese why a scheme cannot be used; nothing where it can."""
    from fusuan import checks

    try:
        checks.load_scheme(str(scheme))
    except checks.SchemeError as error:
        return str(error)
    return ""


def listed() -> Iterator[str]:
    """Yield some lines for every scheme that comes with the program."""
    from fusuan import checks

    for scheme in checks.schemes():
        yield f"{scheme.called}  {scheme.title}"
        yield f"    依据：{scheme.source}"
        yield f"    指标：{'、'.join(rule.name for rule in scheme.rules)}"
    yield "用法：fusuan check 文件 --scheme 名称；也可给出自己写的 .toml 文件。报告自己印有评分标准和分值的，以报告为准。"
